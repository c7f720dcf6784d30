"""A store of Outlook's that is faked below libpff's interface: all else, the real pipeline reads.

usage: python benchmarks/fake_store.py [MESSAGES]

Of the messages (20,000, in folders of a thousand) some cannot be opened, some break while they are read, and one
folder announces more than it holds. Detection by the language model is left out.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fakes import FakeEntry, FakeItem, FakeStore

from benchmarks.measure import PROGRAM, machine, measure

_MAGIC = b"!BDN"
_FOLDER = 1000
_UNREACHABLE, _BROKEN, _MISSING = 400, 250, 7
"""Every so many messages one cannot be opened, and one cannot be read; so many are announced and not there."""


def a_fake_store(messages: int) -> bytes:
    """A file that is a store by its first bytes and says how many messages the fake is to have."""
    return _MAGIC + struct.pack("<I", messages) + bytes(4096)


def open_fakes() -> None:
    """Let libpff open fake stores in this process."""
    import pypff  # noqa: PLC0415  only where it is replaced

    pypff.file = _FakeFile


class _FakeFile:
    """What pypff.file() gives: a store once it is given a file."""

    def open_file_object(self, file: BinaryIO) -> None:
        file.seek(len(_MAGIC))
        (messages,) = struct.unpack("<I", file.read(4))
        self._store = _store(messages)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def _store(messages: int) -> FakeStore:
    folders = tuple(
        FakeItem(
            0x8022 + 32 * number, f"Folder {number}", (_number(0x3602, held + (0 if number else _MISSING)),),
            messages=_Messages(number * _FOLDER, held),
        )
        for number, held in enumerate(_shares(messages))
    )  # fmt: skip
    return FakeStore(FakeItem(0x122, None, (_number(0x3602, 0),), folders=folders))


def _shares(messages: int) -> list[int]:
    return [min(_FOLDER, messages - start) for start in range(0, messages, _FOLDER)]


@dataclass(frozen=True, slots=True)
class _Messages(Sequence[FakeItem | None]):
    """The messages of one folder, each made when it is asked for: a store is larger than memory."""

    first: int
    messages: int

    def __len__(self) -> int:
        return self.messages

    def __getitem__(self, index: Any) -> Any:
        number = self.first + index
        return None if number % _UNREACHABLE == _UNREACHABLE - 1 else _message(number)


def _message(number: int) -> FakeItem:
    lines = f"Dear team,\r\n\r\nplease see case {number}, which is about the drains.\r\n" * (1 + number % 9)
    sender, address = _text(0x0042, "Ann Example"), _text(0x5D02, f"sender{number % 97}@example.org")
    sent = FakeEntry(0x0039, 0x40, struct.pack("<Q", 133_485_408_000_000_000 + number * 600_000_000))
    note = FakeItem(
        properties=(_text(0x3707, "case.csv"), _number(0x3705, 1)),
        content=f"Case,Street\n{number},Mill Lane\n".encode(),
    )
    return FakeItem(
        0x200024 + 32 * number,
        properties=(_text(0x0037, f"Case {number}"), sender, address, sent, _text(0x1000, lines)),
        attachments=(note,) if number % 20 == 0 else (),
        breaks=frozenset({"number_of_record_sets"}) if number % _BROKEN == _BROKEN - 1 else frozenset(),
    )


def _text(tag: int, value: str) -> FakeEntry:
    return FakeEntry(tag, 0x1F, value.encode("utf-16-le"))


def _number(tag: int, value: int) -> FakeEntry:
    return FakeEntry(tag, 3, struct.pack("<i", value))


def main(messages: int = 20_000) -> None:
    os.environ["MUNIMENT_DETECTION__MODEL"] = "none"
    with tempfile.TemporaryDirectory() as folder:
        share, work = Path(folder) / "share", Path(folder) / "work"
        share.mkdir()
        work.mkdir()
        (share / "team.pst").write_bytes(a_fake_store(messages))
        subprocess.run([PROGRAM, "-q", "init", "--root", share], cwd=work, check=True)
        observed = str(Path(__file__).with_name("observed.py"))
        run = measure([sys.executable, observed, str(work), "--fake-store"], str(work))
        print(f"Machine: {machine()}")
        _reconcile(work / "inventory.db", messages)
        batches = [int(line.split()[1]) for line in (work / "notes").read_text().splitlines() if line[0] == "b"]
    print(f"{len(batches)} batches, the largest of {max(batches)} examinations; exit status {run.status}")
    print(f"{run.wall:.1f} s wall, {run.cpu:.1f} CPU s, peak {run.peak_one:.0f} MiB in one process")


def _reconcile(inventory: Path, messages: int) -> None:
    """Print what the store announces against what the inventory says of each."""
    top = "length(part) - length(replace(part, '/', '')) = 1"
    with sqlite3.connect(inventory) as database:
        told = dict(
            database.execute(f"select coalesce(problem_code, 'read'), count(*) from item where {top} group by 1")
        )
        (inner,) = database.execute(f"select count(*) from item where part != '' and not ({top})").fetchone()
        (waiting,) = database.execute("select count(*) from item where outcome is null").fetchone()
        (slowest,) = database.execute("select max(seconds) from content").fetchone()
    expected, read = messages + _MISSING, told.pop("read", 0)
    print(f"Expected {expected} messages, read {read}, failed {sum(told.values())} {told}; waiting {waiting}")
    print(f"Broken on purpose: {_broken(messages)}; {inner} attachments; slowest content {slowest:.2f} CPU s")
    assert expected == read + sum(told.values())


def _broken(messages: int) -> int:
    numbers = (n for n in range(messages) if {n % _UNREACHABLE - _UNREACHABLE, n % _BROKEN - _BROKEN} & {-1})
    return sum(1 for _ in numbers) + _MISSING


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
