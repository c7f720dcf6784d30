"""The small text that may stand in the place of a file that went to an archive or to another body, and by which it is
known to be nobody's record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.item import printable
from domain.packing import PackageKind

STUB_ENDING = b".moved.txt"
LONGEST_STUB = 2_000
"""In bytes."""

_LONGEST_NAME = 255
_LONGEST_WORDS = 200
_SAID = {PackageKind.ARCHIVE: "archived", PackageKind.TRANSFER: "transferred"}
_STUB = re.compile(
    r"The file that stood here was (archived|transferred)( to [^\n]{1,200})? on \d{4}-\d\d-\d\d, under the retention "
    r"schedule\.\nIt is in the package [A-Za-z0-9][A-Za-z0-9._-]{0,99}\.\nWho needs it asks: [^\n]{1,200}\n"
)


@dataclass(frozen=True, slots=True)
class Stub:
    """Where a file went: the package, for whom it is (""), and whom people ask for it. Nothing of what was in it."""

    kind: PackageKind
    package: str
    on: date
    ask: str
    recipient: str = ""

    @property
    def text(self) -> bytes:
        to = f" to {_words(self.recipient)}" if self.recipient else ""
        return (
            f"The file that stood here was {_SAID[self.kind]}{to} on {self.on.isoformat()}, under the retention "
            f"schedule.\nIt is in the package {printable(self.package)}.\nWho needs it asks: {_words(self.ask)}\n"
        ).encode()


def stub_name(name: bytes) -> bytes:
    """Beside the name that the file had, which may come back; shortened where no file system would take it."""
    return name[: _LONGEST_NAME - len(STUB_ENDING)] + STUB_ENDING


def is_stub(content: bytes) -> bool:
    """Whether this is all of a stub, and nothing that anybody added.

    >>> is_stub(b"The file that stood here was archived.")
    False
    """
    return bool(_STUB.fullmatch(content.decode("utf-8", "replace")))


def _words(told: str) -> str:
    return printable(told)[:_LONGEST_WORDS]
