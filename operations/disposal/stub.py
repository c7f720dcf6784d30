"""Stubs, where they are asked for: left in the place of what went to an archive or another body, when it has gone, and
taken away when it comes back. What anybody changed in one is theirs, and stays.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from domain.audit import Act
from domain.disposal import Disposal, Fate, Manifest, RefusedFileError
from domain.packing import PackageKind
from domain.stub import LONGEST_STUB, Stub, is_stub, stub_name
from inventory import disposals as kept
from inventory.engine import reading
from operations.disposal import renaming
from operations.disposal.disposer import Disposer
from operations.disposal.filesystem import FileTree
from operations.disposal.quarantine import Quarantine, refusing
from operations.disposal.renaming import DRAFT
from scanner.sources.descriptors import closing_descriptor, open_file, open_within

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_MODE = 0o644


def leave(disposer: Disposer, number: int, manifest: Manifest) -> None:
    """Leave a stub for a file that is in quarantine now, if stubs are asked for; the trail says what came of it."""
    with reading(disposer.trail.database) as connection:
        one, package = kept.disposal_numbered(connection, number), kept.package_of(connection, number)
    if not disposer.settings.disposal.stub or package is None or one is None or one.fate is not Fate.QUARANTINED:
        return
    if (tree := _tree(disposer, one)) is None:
        return
    try:
        with refusing(), _folder(tree, one) as folder:
            told = _stub(disposer, manifest, Path(package[0]).name)
            leave_stub(tree.quarantine, folder, one.planned.ref.name, told)
    except RefusedFileError as refused:
        _note(disposer, one, f"not left: {refused.refusal}")
    else:
        _note(disposer, one, "left")


def take_away(disposer: Disposer, one: Disposal) -> None:
    """Remove the stub of a file that is back, if there is one that is as it was left."""
    if (tree := _tree(disposer, one)) is None:
        return
    # What cannot be reached is in nobody's way.
    with suppress(RefusedFileError), refusing(), _folder(tree, one) as folder:
        if take_stub(tree.quarantine, folder, one.planned.ref.name, one.token):
            _note(disposer, one, "taken away")


def leave_stub(quarantine: Quarantine, folder: int, name: bytes, told: Stub) -> bytes:
    """Put a stub into an open folder beside where the file was, and give its name. It is written in quarantine, where
    what fails can be unlinked and nobody else's.

    Raises RefusedFileError: nothing is ever replaced, and nothing half-written left.
    """
    stub = stub_name(name)
    with refusing():
        try:
            with os.fdopen(os.open(DRAFT, _NEW, _MODE, dir_fd=quarantine.folder), "wb") as file:
                file.write(told.text)
                file.flush()
                _as_made_there(file.fileno(), folder)
                os.fsync(file.fileno())
            renaming.give_back(DRAFT, quarantine.folder, stub, folder, quarantine.how)
        except OSError:
            with suppress(FileNotFoundError):
                os.unlink(DRAFT, dir_fd=quarantine.folder)
            raise
    return stub


def _as_made_there(file: int, folder: int) -> None:
    """What is moved into a folder does not get the folder's group by itself, nor rights that others can read it by."""
    facts = os.fstat(folder)
    with suppress(OSError):  # A mounted share may have neither.
        if facts.st_mode & stat.S_ISGID:
            os.fchown(file, -1, facts.st_gid)
        os.fchmod(file, _MODE)


def take_stub(quarantine: Quarantine, folder: int, name: bytes, token: str) -> bool:
    """Whether a stub stood in an open folder and is gone. It is looked at where nobody else can change it, as every
    file is that is removed; what is none is put back. Raises OSError.
    """
    stub, aside = stub_name(name), f"{token}.stub".encode()
    if not _is_stub(folder, stub):
        return False
    renaming.take(stub, folder, aside, quarantine.folder)
    if not _is_stub(quarantine.folder, aside):
        renaming.give_back(aside, quarantine.folder, stub, folder, quarantine.how)
        return False
    os.unlink(aside, dir_fd=quarantine.folder)
    return True


def _is_stub(folder: int, name: bytes) -> bool:
    with suppress(OSError), closing_descriptor(open_file(folder, name)) as file:
        return is_stub(os.read(file, LONGEST_STUB + 1))
    return False


def _tree(disposer: Disposer, one: Disposal) -> FileTree | None:
    """Stubs are for people who look into folders."""
    holding = disposer.holding(one.planned.ref.source, taking=False)
    return holding if isinstance(holding, FileTree) else None


@contextmanager
def _folder(tree: FileTree, one: Disposal) -> Iterator[int]:
    """Where the file lay. Raises OSError."""
    with closing_descriptor(open_within(tree.quarantine.root, one.planned.ref.folder)) as folder:
        yield folder


def _stub(disposer: Disposer, manifest: Manifest, package: str) -> Stub:
    settings = disposer.settings
    ask = settings.disposal.stub_ask or settings.organisation.name
    kind, recipient = PackageKind(manifest.action), str(manifest.told["target"])
    return Stub(kind, package, disposer.clock().date(), ask, recipient)


def _note(disposer: Disposer, one: Disposal, told: str) -> None:
    planned = one.planned
    disposer.trail.note(
        disposer.authority, Act.STUB, f"item:{planned.item}", manifest=one.manifest, tag=planned.tag, stub=told
    )
