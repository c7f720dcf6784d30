"""What it takes to find exact copies among files that nobody read, beside hashing all of them and other programs.

usage: python -m benchmarks.duplicate_cost [--files N] [--mean KIB]

Three in ten files are copies of another, of some more often than of others. One in ten differs from another of its
size in a single byte, at its beginning, in the middle or at its end. Sizes are log-normal, as those of a share are. All
files are in the page cache. Other programs are measured where they are installed: b3sum, which hashes all, and those
that find copies by stages as ours does; the CPU seconds are of all their threads. Ours ends with rows in an inventory.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from blake3 import blake3
from sqlalchemy import select

from benchmarks.measure import machine
from benchmarks.scanned import scanned
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from domain.copies import CopyKind
from inventory.audit import keep_audit_key
from inventory.engine import Database, reading
from inventory.tables import DirRow, ItemRow
from operations.families.find import FOUND_BY
from operations.families.staged_hashing import hash_unread
from operations.people.audit import Trail
from scanner.sources.filesystem import FilesystemSource

_Result = TypeVar("_Result")
_HASHES_ALL = "b3sum"
_OTHERS = {
    _HASHES_ALL: 'find "$1" -type f -print0 | xargs -0 b3sum --num-threads 1',
    "fclones": 'fclones group --quiet --format fdupes "$1"',
    "jdupes": 'jdupes -r -q "$1"',
    "rmlint": 'rmlint -T df -o fdupes:stdout "$1"',
}
"""How each is asked for the copies below a folder, in groups as fdupes writes them."""

_OWNER = Actor("benchmark", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)


def main(files: int, mean: int) -> None:
    print(f"Machine: {machine()}\n")
    with tempfile.TemporaryDirectory(prefix="duplicates-") as folder:
        root = Path(folder) / "tree"
        size = _made(root, files, mean * 1024)
        print(f"{files:,} files, {size / 1e6:.0f} MB.\n")
        database = scanned(root, Path(folder), examines=False)
        trail = Trail(database, AuditKey(b"k" * 32))
        keep_audit_key(database, trail.key)
        wanted, all_cpu = _timed(lambda: _hashed_whole(root))
        source = FilesystemSource("tree", str(root).encode())
        staged, cpu = _timed(lambda: hash_unread(_OWNER, trail, {"tree": source}))
        found, group_cpu = _timed(lambda: _found(database))
        print("| | MB read | files read whole | CPU s |\n|---|---|---|---|")
        print(f"| hash everything | {size / 1e6:.0f} | {files:,} | {all_cpu:.2f} |")
        print(f"| size, ends, whole | {staged.bytes / 1e6:.0f} | {staged.whole:,} | {cpu:.2f} |")
        print(f"\nBytes read: {staged.bytes / size:.0%} of all. Grouping: {group_cpu:.2f} CPU s.")
        print(
            f"Groups: {len(found):,}, members: {sum(map(len, found)):,}; the same as by hashing all: {found == wanted}."
        )
        again, cpu = _timed(lambda: hash_unread(_OWNER, trail, {"tree": source}))
        print(f"Once more: {again.bytes:,} bytes read, {cpu:.2f} CPU s.")
        _others(root, wanted)
        database.dispose()


def _others(root: Path, wanted: set[frozenset[str]]) -> None:
    print("\n| program | CPU s | groups | the same as by hashing all |\n|---|---|---|---|")
    for name, command in _OTHERS.items():
        if shutil.which(name) is None:
            print(f"| {name}, which is not installed | | | |")
            continue
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(["/bin/sh", "-c", command, name, str(root)], capture_output=True, check=True, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found = set() if name == _HASHES_ALL else groups_of(os.fsdecode(run.stdout), root)
        told = f"{len(found):,} | {'yes' if found == wanted else 'no'}" if found else "not asked |"
        print(f"| {name} | {cpu:.2f} | {told} |")


def groups_of(said: str, root: Path) -> set[frozenset[str]]:
    """Groups of paths, a path a line, with an empty line behind each group, as fdupes writes them."""
    groups = (block.splitlines() for block in said.strip().split("\n\n"))
    return {frozenset(str(Path(path).relative_to(root)) for path in group) for group in groups if len(group) > 1}


def _timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    began = time.process_time()
    return work(), time.process_time() - began


def _made(root: Path, files: int, mean: int) -> int:
    chance, size, contents = random.Random(1), 0, list[bytes]()
    for number in range(files):
        draw = chance.random()
        if draw < 0.3 and contents:
            content = contents[int(len(contents) * chance.random() ** 2)]
        elif draw < 0.4 and contents:
            content = _one_byte_other(chance, chance.choice(contents))
        else:
            content = chance.randbytes(max(1, min(64 * mean, int(mean * 0.4 * chance.lognormvariate(0, 1.35)))))
            contents.append(content)
        path = root / f"folder {number // 100}" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(content)
    return size


def _one_byte_other(chance: random.Random, content: bytes) -> bytes:
    at = chance.choice((0, len(content) // 2, len(content) - 1))
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _hashed_whole(root: Path) -> set[frozenset[str]]:
    groups: dict[bytes, set[str]] = defaultdict(set)
    for path in root.rglob("*.bin"):
        groups[blake3(path.read_bytes()).digest()].add(str(path.relative_to(root)))
    return {frozenset(paths) for paths in groups.values() if len(paths) > 1}


def _found(database: Database) -> set[frozenset[str]]:
    families = list(FOUND_BY[CopyKind.COPY](database))
    with reading(database) as connection:
        rows = connection.execute(
            select(ItemRow.id, DirRow.path, ItemRow.name).join(DirRow, DirRow.id == ItemRow.dir_id)
        )
        paths = {row.id: f"{row.path.decode()}/{row.name.decode()}" for row in rows}
    return {frozenset(paths[member.item] for member in family.members) for family in families}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=12_000)
    parser.add_argument("--mean", type=int, default=70)
    main(**vars(parser.parse_args()))
