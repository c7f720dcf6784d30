"""A small text file in the place of one that went to an archive or to another body: it says where that is now."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date

from domain.item import printable
from domain.packing import PackageKind
from operations.disposal.quarantine import refusing

_ENDING = b".moved.txt"
_LONGEST = 255
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_SAID = {PackageKind.ARCHIVE: "archived", PackageKind.TRANSFER: "transferred"}


@dataclass(frozen=True, slots=True)
class StubFacts:
    """Where a file went: the package, for whom it is (""), and whom people ask for it. Nothing of what was in it."""

    kind: PackageKind
    package: str
    on: date
    ask: str
    recipient: str = ""


def stub_name(name: bytes) -> bytes:
    """Beside the name that the file had, which may come back; shortened where no file system would take it."""
    return name[: _LONGEST - len(_ENDING)] + _ENDING


def stub_text(told: StubFacts) -> bytes:
    to = f" to {printable(told.recipient)}" if told.recipient else ""
    return (
        f"The file that stood here was {_SAID[told.kind]}{to} on {told.on.isoformat()}, under the retention schedule.\n"
        f"It is in the package {printable(told.package)}.\n"
        f"Who needs it asks: {printable(told.ask)}\n"
    ).encode()


def leave_stub(folder: int, name: bytes, told: StubFacts) -> bytes:
    """Write a stub into an open folder beside where the file was, and give its name.

    Raises RefusedFileError: nothing is ever replaced, and nothing half-written left.
    """
    stub = stub_name(name)
    with refusing():
        descriptor = os.open(stub, _NEW, 0o644, dir_fd=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(stub_text(told))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            os.unlink(stub, dir_fd=folder)
            raise
    return stub
