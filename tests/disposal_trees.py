"""A folder tree with its quarantine, apart from any inventory; and files of it as a manifest would have them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from blake3 import blake3

from domain.disposal import QUARANTINE, Disposal, Fate, Planned
from domain.item import ItemRef
from operations.disposal.filesystem import FileTree
from operations.disposal.holding import Watch, unwatched
from operations.disposal.quarantine import open_quarantine
from operations.disposal.renaming import Returning
from scanner.source import Source
from scanner.sources.filesystem import version_of


@contextmanager
def a_tree(root: Path, watch: Watch = unwatched, how: Returning | None = None) -> Iterator[FileTree]:
    """With `how`, as on a file system that lets files be put back in that way alone."""
    with open_quarantine("shares", os.fsencode(root), QUARANTINE) as quarantine:
        yield FileTree(quarantine if how is None else replace(quarantine, how=how), watch)


def planned_of(root: Path, locator: bytes, item: int = 1) -> Planned:
    path = root / os.fsdecode(locator)
    facts = path.stat()
    return Planned(
        item, item, ItemRef("shares", locator), "tag", "place", "Housing", facts.st_size,
        datetime.fromtimestamp(facts.st_mtime_ns // 1000 / 1_000_000, UTC), version_of(facts),
        f"{facts.st_dev}:{facts.st_ino}", blake3(path.read_bytes()).digest(), "HO", None, None, "schedule",
    )  # fmt: skip


def planned_as_listed(source: Source, locator: bytes, content: bytes) -> Planned:
    """What lies in any source, as its own listing has it."""
    items = {item.ref.locator: item for listing in source.list() for item in listing.items}
    item = items[locator]
    return Planned(
        1, 1, item.ref, "tag", "place", "Housing", item.size, item.modified, item.version, item.file_id or "",
        blake3(content).digest(), "HO", None, None, "schedule",
    )  # fmt: skip


def on_its_way(planned: Planned, token: str, kept: bytes = b"") -> Disposal:
    """As the journal has it before or behind each step: with `kept`, in quarantine."""
    return Disposal(planned.item, 1, planned, Fate.QUARANTINED if kept else Fate.MOVING, token=token, kept=kept)


def tokens(root: Path) -> set[str]:
    """What lies in quarantine."""
    folder = root / QUARANTINE
    return {path.name for path in folder.iterdir()} - {"muniment-quarantine.txt"} if folder.exists() else set()


def standing(folder: Path) -> list[tuple[str, int, int, bytes]]:
    """All that stands in a folder but in quarantine: path, kind, number, and bytes."""
    return [
        (str(path.relative_to(folder)), path.lstat().st_mode, path.lstat().st_ino,
         path.read_bytes() if path.is_file() and not path.is_symlink() else b"")
        for path in sorted(folder.rglob("*")) if QUARANTINE not in path.parts
    ]  # fmt: skip
