"""The Containerfile and the compose file: what they name is there, and what they hand on is what is wanted."""

from __future__ import annotations

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from cli.main import COMMANDS

TREE = Path(__file__).parents[2]
CONTAINERFILE = re.sub(r"(?m)^#.*\n", "", (TREE / "deploy" / "Containerfile").read_text()).replace("\\\n", " ")
COMPOSE = yaml.safe_load((TREE / "deploy" / "compose.yaml").read_text())
BUILT = tomllib.loads((TREE / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]


def lines(instruction: str) -> list[list[str]]:
    return [line.split()[1:] for line in CONTAINERFILE.splitlines() if line.startswith(f"{instruction} ")]


def sent() -> set[str]:
    """What of the tree is sent to the builder, as .dockerignore says: the last line about a file counts."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=TREE, check=True, capture_output=True, text=True, timeout=60,
    ).stdout.split()  # fmt: skip
    rules = [line for line in (TREE / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert (rules[0], rules[-1]) == ("*", "**/__pycache__")
    kept = [rule[1:] for rule in rules if rule.startswith("!")]
    return {name for name in listed if any(fnmatch(name, rule) or name.startswith(f"{rule}/") for rule in kept)}


def test_every_copied_file_is_sent_and_there():
    named = [source for line in lines("COPY") if not line[0].startswith("--from") for source in line[:-1]]
    assert {"requirements/run.txt", "requirements/model.txt", "."} <= set(named)
    assert {name for name in named if name != "."} <= sent()


def test_what_a_wheel_is_built_of_is_sent_and_nothing_else():
    assert {"pyproject.toml", "README.md", "LICENSE", "web/static/muniment.css", "cli/main.py"} <= sent()
    folders = {name.partition("/")[0] for name in sent() if "/" in name}
    assert folders == {*BUILT["packages"], "requirements"}


@pytest.mark.parametrize("file", re.findall(r"-r (\S+)|python (requirements/\S+)", CONTAINERFILE))
def test_every_list_of_packages_is_there_and_hashed(file):
    text = (TREE / "".join(file)).read_text()
    assert len(re.findall(r"(?m)^[a-z].*?==", text)) <= text.count("--hash=sha256:")


def test_the_operators_guide_installs_by_the_same_commands():
    """What differs is where the wheel lies, and caches that an image does not keep."""
    guide = (TREE / "docs" / "operator.md").read_text("utf-8").partition("## Installing")[2].partition("\n## ")[0]
    told = {_plain(line) for line in guide.replace("\\\n", " ").splitlines()}
    done = [part for line in lines("RUN") for part in " ".join(line).split(" && ") if "/opt/" in part]
    assert len(done) == 7
    assert [part for part in done if _plain(part) not in told] == []


def _plain(command: str) -> str:
    short = re.sub(r" --no-cache(-dir)?\b|/opt/build/(?=dist)|/build/(?=dist)|/usr/bin/(?=python3)", "", command)
    return " ".join(sorted(short.split()))


def test_what_goes_on_is_the_environment_and_runs_as_nobody_special():
    handed = [line for line in lines("COPY") if line[0] == "--from=build"]
    assert handed == [["--from=build", "/opt/muniment", "/opt/muniment"]]
    assert lines("USER") == [["muniment"]]
    assert lines("ENTRYPOINT") == [['["muniment"]']]


def test_every_service_runs_a_command_that_there_is_and_nothing_that_may_change_the_shares():
    ours = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "muniment"}
    assert {service["command"][0] for service in ours.values()} <= set(COMMANDS)
    assert set(ours) == {"timetable", "worker", "web"}
    for service in ours.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert next(volume for volume in service["volumes"] if "/srv/shares" in volume).endswith(":ro")
        assert (TREE / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_every_volume_and_secret_is_declared():
    for service in COMPOSE["services"].values():
        named = {volume.split(":")[0] for volume in service["volumes"] if volume[0] not in "./$"}
        assert named <= set(COMPOSE["volumes"])
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])


def test_nothing_is_published_to_other_machines():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
