"""The units for systemd: sound, hardened, and about commands that there are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.main import COMMANDS

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")


@pytest.fixture(params=UNITS, ids=lambda unit: unit.name)
def unit(request, tmp_path):
    """The unit as this machine could start it: with a program and an account that it has."""
    text = request.param.read_text()
    text = re.sub(r"(?m)^ExecStart=.*", "ExecStart=/bin/true", text)
    copy = tmp_path / request.param.name
    copy.write_text(re.sub(r"(?m)^(User|Group)=.*", r"\1=root", text))
    return copy


def test_every_unit_starts_a_command_that_there_is():
    started = {re.search(r"^ExecStart=\S+ (\S+)", unit.read_text(), re.MULTILINE).group(1) for unit in UNITS}
    assert started
    assert started <= set(COMMANDS)


@needs_systemd
def test_systemd_takes_it_without_complaint(unit):
    told = subprocess.run(["systemd-analyze", "verify", unit], check=False, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")


@needs_systemd
def test_little_is_exposed(unit):
    """Of ten, by systemd's own count; a service without any hardening has 9.6."""
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", unit],
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout[-300:]


def test_what_is_scanned_is_read_only_in_containers():
    compose = (DEPLOY / "compose.yaml").read_text()
    assert "${SHARES:-/srv/shares}:/srv/shares:ro" in compose
    assert "read_only: true" in compose


def test_the_database_of_containers_is_one_that_is_not_refused():
    assert '"--locale=C --encoding=UTF8"' in (DEPLOY / "compose.yaml").read_text()
