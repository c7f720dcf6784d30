"""The story of the user guide, typed as it stands there: from a scan to a certificate that is verified."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postgres_servers import Postgres, running_postgres

from operations.assets.register import confirm
from operations.config import load_settings
from operations.people.audit import open_trail
from operations.people.sign_in import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.servers]

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("muniment")
BLOCK = re.compile(
    r"^```(sh|csv|toml)\n(.*?)^```|^<!-- (\d+) days later -->|^<!-- in the browser: (\S+) confirms (\S+) -->",
    re.MULTILINE | re.DOTALL,
)
FIRST, OWN = "seven brown otters paddle north", "quiet lanterns over wet slate"
ASKED = re.compile(rb"(Type the number of files|\[y/N\]|Present password): $")


@dataclass
class Reader:
    """Somebody who types what the guide says, and reads what is answered; `words` are what capitals stand for."""

    folder: Path
    environment: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    said: str = ""

    def type(self, line: str) -> None:
        words = [self.words.get(word, word) for word in shlex.split(line)]
        if words[0] == "cd":
            self.folder /= words[1]
            return
        self.said = self._answered([part for word in words for part in word.split()] if "ITEMS" in line else words)
        self._learn(line)

    def _answered(self, words: list[str]) -> str:
        if words[0] == "python3":
            words = [sys.executable, str(ROOT / "deploy" / words[1]), *words[2:]]
        else:
            words = [str(PROGRAM), *words[1:], *self._passwords(words)]
        with subprocess.Popen(
            words, cwd=self.folder, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        ) as running:  # fmt: skip
            assert running.stdin is not None
            assert running.stdout is not None
            said = b""
            while more := os.read(running.stdout.fileno(), 4096):
                said += more
                if asked := ASKED.search(said):
                    running.stdin.write(self._typed(asked[1], said) + b"\n")
                    running.stdin.flush()
        assert running.returncode == 0, f"{words}\n{said.decode()}"
        return said.decode()

    def _passwords(self, words: list[str]) -> list[str]:
        """Instead of typing passwords, which needs a terminal."""
        adds, own = words[1:3] == ["users", "add"] and "--password" in words, "--own" in words
        if not (adds or own or "--account" in words):
            return []
        file = self.folder / ("first" if adds else "own")
        file.touch(0o600)
        file.write_text(FIRST if adds else OWN)
        return ["--password-file", str(file)]

    def _typed(self, asked: bytes, said: bytes) -> bytes:
        if asked == b"Present password":
            return FIRST.encode()
        return b"y" if asked == b"[y/N]" else re.findall(rb"([\d,]+) files", said)[-1].replace(b",", b"")

    def _learn(self, line: str) -> None:
        """What the next commands are to be told."""
        rows = re.findall(r"^(\d+)(?:  .*)?$", self.said, re.MULTILINE)
        if "--within" in line and " queue " in line:
            self.words["ITEM"] = rows[-1]
        if " draft " in line:
            self.words |= {"BATCH": rows[0], "ITEMS": " ".join(rows[1:])}
        if " show " in line:
            self.words["ITEM"] = rows[-1]
        if issued := re.search(r"Issued certificate (\d+/\d+)", self.said):
            number = issued[1]
            self.words |= {"NUMBER": number, "CERTIFICATE": f"evidence/certificate-{number.replace('/', '-')}.json"}


def set_tables(config: Path, block: str) -> None:
    """Take the mark of a comment away from the lines that a block has, each in its table."""
    text = config.read_text()
    for table, lines in re.findall(r"^(\[+\w+\]+)\n([^\[]*)", block, re.MULTILINE):
        head, there, rest = text.partition(f"\n{table}")
        for line in lines.splitlines():
            name = line.partition(" ")[0]
            rest, found = re.subn(rf"^# {name} = false ", f"{line} ", rest, count=1, flags=re.MULTILINE)
            assert found, line
        text = head + there + rest
    config.write_text(text)


def standing(estate: Path) -> dict[Path, tuple[bytes, int, int]]:
    files = (path for path in estate.rglob("*") if path.is_file() and ".muniment-quarantine" not in path.parts)
    return {path: (path.read_bytes(), path.stat().st_mtime_ns, stat.S_IMODE(path.stat().st_mode)) for path in files}


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def server(request) -> Iterator[Postgres | None]:
    if request.param == "SQLite":
        yield None
        return
    with running_postgres() as server:
        yield server


@pytest.fixture
def later() -> dict[str, str]:
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        pytest.skip("There is no faketime on this machine: requirements/apt.sh PYTHON servers")
    return {"LD_PRELOAD": str(library), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


def test_the_story_of_the_guide(server, later, tmp_path, surroundings, monkeypatch):
    (home := tmp_path / "home").mkdir()
    surroundings.pop("PYTHONWARNINGS")  # Without a terminal a password is read aloud, and that is warned of.
    if server is not None:
        surroundings["MUNIMENT_INVENTORY__URL"] = server.fresh()
    reader = Reader(home, surroundings)
    reader.words["DAY"] = (datetime.now(UTC).date() + timedelta(days=365)).isoformat()
    estate = home / "demo" / "estate"
    at_first: dict[Path, tuple[bytes, int, int]] = {}
    left: dict[str, set[Path]] = {}
    for kind, text, days, who, asset in BLOCK.findall((ROOT / "docs" / "guide.md").read_text("utf-8")):
        if days:
            moved = later | {"FAKETIME": f"+{days}d"}
            reader.environment |= moved
            if server is not None:
                _move_clock(server, moved, monkeypatch)
        elif who:
            _confirm(reader, who, asset, monkeypatch)
        elif kind == "toml":
            set_tables(reader.folder / "muniment.toml", text)
        elif kind == "csv":
            (reader.folder / "assets.csv").write_text(text)
        else:
            _type_all(reader, text, at_first, left, estate)
    _check(at_first, left, estate)


def _type_all(
    reader: Reader, text: str, at_first: dict[Path, tuple[bytes, int, int]], left: dict[str, set[Path]], estate: Path
) -> None:
    """`at_first` is what stands before anything is planned, `left` what is not in its place after each step."""
    for line in text.splitlines():
        if " plan " in line:
            at_first |= standing(estate)
        reader.type(line)
        for step in ("run", "restore", "purge"):
            if f" dispose {step} " in line:
                left[step] = at_first.keys() - standing(estate).keys()


def _check(at_first: dict[Path, tuple[bytes, int, int]], left: dict[str, set[Path]], estate: Path) -> None:
    (restored,) = left["run"] - left["restore"]
    assert standing(estate) == {path: file for path, file in at_first.items() if path not in left["purge"]}
    assert at_first[restored][0]
    assert left["purge"] == left["restore"]
    assert len(left["purge"]) > 1
    kept = {path.name for path in (estate / ".muniment-quarantine").iterdir()}
    assert kept <= {"muniment-quarantine.txt"}


def _confirm(reader: Reader, who: str, asset: str, monkeypatch) -> None:
    """What the page of an asset does."""
    with monkeypatch.context() as patch:
        for name, value in reader.environment.items():
            patch.setenv(name, value)
        settings = load_settings(reader.folder / "muniment.toml")
        with open_trail(settings) as trail:
            confirm(sign_in(trail, who, OWN, "web"), trail, [asset], datetime.now(UTC).date())


def _move_clock(server: Postgres, moved: dict[str, str], monkeypatch) -> None:
    server.stop()
    with monkeypatch.context() as patch:
        for name, value in moved.items():
            patch.setenv(name, value)
        server.start()


def test_every_command_of_the_guide_is_there():
    commands = [
        line for kind, text, *_ in BLOCK.findall((ROOT / "docs" / "guide.md").read_text("utf-8")) if kind == "sh"
        for line in text.splitlines()
    ]  # fmt: skip
    steps = ("demo", "decide", "propose", "approve", "run", "restore", "purge", "certificate", "verify_certificate")
    assert [step for step in steps if not any(step in line for line in commands)] == []
    assert os.access(PROGRAM, os.X_OK)
