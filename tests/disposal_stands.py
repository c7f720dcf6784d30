"""Sources of each kind that can dispose, to be tried in the same way: with things in them that a person would have."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from disposal_trees import a_tree, on_its_way, planned_as_listed
from samba_servers import Samba

from domain.disposal import MARKER, QUARANTINE, Disposal
from operations.disposal.holding import Holding, Watch
from operations.disposal.smb_quarantine import open_share
from scanner.source import Source
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.source import SmbSource

TOKEN = "1-0123"


@dataclass(frozen=True)
class Stand:
    """`opened` opens it for disposal; `source` reads it as a scan does. The others go behind the back of both: `put`
    gives the locator of what it puts there, `standing` all content by locator, `lying` what is in quarantine, `remove`
    takes something away, and `rid` all that is in quarantine.
    """

    opened: Callable[[Watch], AbstractContextManager[Holding]]
    source: Source
    put: Callable[[str, bytes], bytes]
    standing: Callable[[], dict[bytes, bytes]]
    lying: Callable[[], list[bytes]]
    remove: Callable[[bytes], None]
    rid: Callable[[], None]

    def planned(self, name: str, content: bytes) -> Disposal:
        """Something new, as the journal has it when it is about to be taken."""
        locator = self.put(name, content)
        return on_its_way(planned_as_listed(self.source, locator, content), TOKEN)


def a_folder(folder: Path) -> Stand:
    root = folder / "share"
    root.mkdir()
    return _of_files(root, lambda watch: a_tree(root, watch), FilesystemSource("shares", os.fsencode(root)))


@contextmanager
def a_share(samba: Samba) -> Iterator[Stand]:
    """The share "edge", for the account that may do all there."""
    root = samba.empty("edge")
    shutil.chown(root, samba.boss)
    settings = SmbSettings("127.0.0.1", "edge", "", samba.boss, samba.password, port=samba.port, connections=1)
    source = SmbSource("shares", settings, sleep=_never)
    try:
        yield _of_files(
            root, lambda watch: open_share("shares", settings, QUARANTINE, watch, _never), source, samba.boss
        )
    finally:
        source.close()


def kept(one: Disposal, holding: Holding) -> Disposal:
    """Taken, as the journal has it then."""
    taken = holding.take(one)
    assert taken.refusal is None
    return replace(one, kept=taken.kept)


def _never(_seconds: float) -> None:
    raise AssertionError("it waited to try again")


def _of_files(
    root: Path, opened: Callable[[Watch], AbstractContextManager[Holding]], source: Source, owner: str = "root"
) -> Stand:
    quarantine = root / QUARANTINE

    def put(name: str, content: bytes) -> bytes:
        path = root / "Housing" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        for made in (path, path.parent):
            shutil.chown(made, owner)
        return f"Housing/{name}".encode()

    def standing() -> dict[bytes, bytes]:
        paths = (path for path in root.rglob("*") if path.is_file() and QUARANTINE not in path.parts)
        return {os.fsencode(path.relative_to(root)): path.read_bytes() for path in paths}

    def lying() -> list[Path]:
        return [path for path in sorted(quarantine.iterdir()) if path.name != MARKER] if quarantine.exists() else []

    def rid() -> None:
        for path in lying():
            path.unlink()

    return Stand(
        opened, source, put, standing, lambda: [path.read_bytes() for path in lying()],
        lambda locator: (root / os.fsdecode(locator)).unlink(), rid,
    )  # fmt: skip
