"""What is packed for an archive or another body: the files, what is known of each, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.disposal import Refusal
from domain.errors import MunimentError
from domain.item import ItemRef


class PackageKind(StrEnum):
    ARCHIVE = "archive"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Packing:
    """A file that is to go into a package, as it was approved. `pronom` is its PRONOM id, "" where none is known."""

    item: int
    ref: ItemRef = field(repr=False)
    size: int
    blake3: bytes
    modified: datetime | None = None
    media_type: str = ""
    pronom: str = ""
    misnamed: bool = False
    record_class: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What is said of a whole package. `name` becomes the name of its folder. `decisions` are who decided what and why,
    as values that JSON can hold; `history` what the audit trail says of them, a line of JSON each.
    """

    name: str
    kind: PackageKind
    organisation: str
    made: datetime
    manifest: int
    recipient: str = ""
    decisions: tuple[Mapping[str, Any], ...] = ()
    history: tuple[str, ...] = ()


class Renamed(StrEnum):
    """Why a file does not have its own name in a package; the package says which name it had."""

    NOT_TEXT = "not-text"
    NOT_PORTABLE = "not-portable"
    TOO_LONG = "too-long"
    SAME_NAME = "same-name"
    REFUSED_THERE = "refused-there"


class LeftOut(StrEnum):
    """Why a file is not in a package. Its original stays where it is."""

    A_PART = "a-part"
    NOT_OPENED = "not-opened"
    NOT_READ = "not-read"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not in a package; `refusal` is what opening it was refused for."""

    item: int
    why: LeftOut
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """What PRONOM calls a file's format: the first of `count` that it may be, and by what it was told ("Signature",
    "Container", "Extension" or "Text", as DROID says). `mismatched`: its extension is not one of that format.
    """

    puid: str
    name: str = ""
    version: str = ""
    media_type: str = ""
    method: str = ""
    count: int = 1
    mismatched: bool = False


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in a package: `path` from the package's folder on, as its manifest has it; `format` where it is known."""

    packing: Packing
    path: str
    size: int
    sha256: bytes
    renamed: Renamed | None = None
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A package that stands under its own name, each file of it read again there. `digest` is the SHA-256 of its tag
    manifest, by which all that is in it is known.
    """

    path: str
    digest: str
    packed: tuple[Packed, ...]
    left_out: tuple[Left, ...]

    @property
    def bytes(self) -> int:
        return sum(one.size for one in self.packed)


class Unpacked(StrEnum):
    """Why there is no package."""

    NAME = "name"
    TAKEN = "taken"
    FULL = "full"
    DENIED = "denied"
    GONE = "gone"
    FAILED = "failed"
    DIFFERS = "differs"
    EMPTY = "empty"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Unpacked.NAME: "A package's name is letters, digits, dots, hyphens and underlines. Give it such a name.",
    Unpacked.TAKEN: "At the target stands something of that name already. Give the package another name.",
    Unpacked.FULL: "There is no room for the package at the target. Make room, or name another target.",
    Unpacked.DENIED: "This account may not write at the target. Give it the right to, or name another target.",
    Unpacked.GONE: "The target is not there, or went away. Bring it back and pack again.",
    Unpacked.FAILED: "The target's disk or share failed. Check it, then pack again.",
    Unpacked.DIFFERS: "What was read back at the target is not what was written. Check its disk, then pack again.",
    Unpacked.EMPTY: "No file could be packed. See why each was left out, and decide again.",
}


class UnpackedError(MunimentError):
    """There is no package, and no original may go. `left_out` are the files that could not be packed anyway."""

    def __init__(self, why: Unpacked, left_out: tuple[Left, ...] = ()) -> None:
        super().__init__(why.sentence)
        self.why, self.left_out = why, left_out
