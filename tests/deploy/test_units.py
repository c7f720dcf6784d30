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
WEB = "muniment-web.service"
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


def settings_of(unit: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^(\w+)=(.*)", unit.read_text()))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_processes_that_open_documents_may_filter_their_calls(unit):
    """Without seccomp(2) the filter would leave out the threads that libraries began."""
    assert {"seccomp", "@system-service"} == set(settings_of(unit)["SystemCallFilter"].split())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_takes_too_much_memory_is_ended_and_no_core_of_it_kept(unit):
    settings = settings_of(unit)
    assert re.fullmatch(r"\d+(%|G)", settings["MemoryMax"])
    assert settings["LimitCORE"] == "0"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_logs_go_to_the_journal_where_the_account_cannot_change_them(unit):
    assert {"StandardOutput", "StandardError", "LogNamespace", "SyslogIdentifier"} & set(settings_of(unit)) == set()
    assert settings_of(unit)["User"] == "muniment"


def test_a_preview_that_takes_too_much_memory_does_not_end_the_server_with_it():
    assert settings_of(DEPLOY / "systemd" / WEB)["OOMPolicy"] == "continue"


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
