"""Somebody who reads a page of docs/ and does what it says: types its commands, writes its files, lets days pass.

What is to be done stands in the page: a block of `sh` is typed, and what Markdown does not show says the rest, such as
`<!-- into people.txt -->` before a block that is written into a file, or `<!-- 29 days later -->`.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).with_name("muniment")
FIRST, OWN = "seven brown otters paddle north", "quiet lanterns over wet slate"
_MARK = r"^<!-- {} -->\n"
_BLOCK = r"```{}\n(?P<{}>.*?)^```"
_STEP = re.compile(
    "|".join((
        _MARK.format(r"into (?P<file>\S+)") + _BLOCK.format(r"\w+", "text"), "^" + _BLOCK.format("sh", "typed"),
        _MARK.format(r"(?P<days>\d+) days later"),
        _MARK.format(r"in the browser: (?P<who>\S+) confirms (?P<asset>\S+)"),
        _MARK.format(r"picture: (?P<picture>\S+) of (?P<path>\S+) as (?P<viewer>\S+)"),
    )),
    re.MULTILINE | re.DOTALL,
)  # fmt: skip
_ASKED = re.compile(rb"(Type the number of files|\[y/N\]|Present password): $")
_SECONDS = 300


def steps(page: str) -> Iterator[dict[str, str]]:
    """What a page says is to be done, in its order; of each what it is made of, by the names above."""
    for found in _STEP.finditer((ROOT / "docs" / page).read_text("utf-8")):
        yield {name: value for name, value in found.groupdict().items() if value is not None}


def commands(page: str) -> list[str]:
    return [line for step in steps(page) for line in step.get("typed", "").splitlines()]


@dataclass
class Reader:
    """`words` are what capitals stand for: the numbers that the commands before have shown."""

    folder: Path
    environment: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    said: str = ""

    def type(self, line: str) -> None:
        """Fails where the command does; a scan may say that some items have problems."""
        words = [self.words.get(word, word) for word in shlex.split(line)]
        if words[0] == "cd":
            self.folder /= words[1]
            return
        self.said = self._answered([part for word in words for part in word.split()] if "ITEMS" in line else words)
        self._learn(line)

    def write(self, name: str, text: str) -> None:
        """Into a new file; in the configuration the lines that are given take the place of those behind a mark."""
        file = self.folder / name
        if file.name == "muniment.toml":
            set_tables(file, text)
        else:
            file.write_text(text)

    def _answered(self, words: list[str]) -> str:
        if words[0] == "python3":
            words = [sys.executable, str(ROOT / "deploy" / words[1]), *words[2:]]
        elif words[0] == "muniment":
            words = [str(PROGRAM), *words[1:], *self._passwords(words)]
        with subprocess.Popen(
            words, cwd=self.folder, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        ) as running, _ended_after(running.pid, _SECONDS):  # fmt: skip
            assert running.stdin is not None
            assert running.stdout is not None
            said = b""
            while more := os.read(running.stdout.fileno(), 4096):
                said += more
                if asked := _ASKED.search(said):
                    running.stdin.write(self._typed(asked[1], said) + b"\n")
                    running.stdin.flush()
        assert running.returncode in ((0, 3) if words[1] == "scan" else (0,)), f"{words}\n{said.decode()}"
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
        if " review show " in line:
            self.words["ITEM"] = rows[-1]
        if issued := re.search(r"Issued certificate (\d+/\d+)", self.said):
            number = issued[1]
            self.words |= {"NUMBER": number, "CERTIFICATE": f"evidence/certificate-{number.replace('/', '-')}.json"}


@contextmanager
def _ended_after(group: int, seconds: int) -> Iterator[None]:
    """A command that waits for something that nobody types must not wait for ever."""
    end = threading.Timer(seconds, os.killpg, (group, signal.SIGKILL))
    end.start()
    try:
        yield
    finally:
        end.cancel()


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
