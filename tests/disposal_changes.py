"""What can happen to a file between the decision and its disposal: each takes its path, and a folder outside."""

from __future__ import annotations

import os
from pathlib import Path

from disposal_estate import OLD, write_old


def rewritten(path: Path, _: Path) -> None:
    path.write_bytes(b"something else")


def of_same_size_and_time(path: Path, _: Path) -> None:
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes().upper())
    os.utime(path, ns=times)


def grown(path: Path, _: Path) -> None:
    with path.open("ab") as file:
        file.write(b" and more")
    os.utime(path, (OLD, OLD))


def turned_into_a_link(path: Path, outside: Path) -> None:
    path.unlink()
    path.symlink_to(outside / "theirs.txt")


def parent_turned_into_a_link(path: Path, outside: Path) -> None:
    path.parent.rename(outside / path.parent.name)
    path.parent.symlink_to(outside / path.parent.name)


def turned_into_a_folder(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside.txt").write_bytes(b"new")


def turned_into_a_pipe(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def gone(path: Path, outside: Path) -> None:
    path.rename(outside / path.parent.name)


def gone_and_back_again(path: Path, outside: Path) -> None:
    path.rename(outside / path.parent.name)
    (outside / path.parent.name).rename(path)


def hard_linked(path: Path, outside: Path) -> None:
    os.link(path, outside / path.parent.name)


def renamed_over(path: Path, _: Path) -> None:
    write_old(path.with_name("new.txt"), path.read_bytes())
    path.with_name("new.txt").rename(path)


CHANGES = (
    rewritten, of_same_size_and_time, grown, turned_into_a_link, parent_turned_into_a_link, turned_into_a_folder,
    turned_into_a_pipe, gone, gone_and_back_again, hard_linked, renamed_over,
)  # fmt: skip
