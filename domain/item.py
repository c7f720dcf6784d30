"""An item is one file or message, or one part inside another; its reference is an address and nothing more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote, unquote

from domain.access import Access
from domain.errors import Problem


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Where an item is: a source by name, the locator's bytes below its root, and the names of the parts inside.

    Carries no credential and serialises as it stands. An attachment or archive member has the locator of what it
    sits in and a non-empty `part`, outermost first.
    """

    source: str
    locator: bytes
    part: tuple[str, ...] = ()

    @property
    def folder(self) -> bytes:
        return self.locator.rpartition(b"/")[0]

    @property
    def name(self) -> bytes:
        return self.locator.rpartition(b"/")[2]

    @property
    def path(self) -> str:
        """For people to read: never bytes that are not text, control characters or bidirectional overrides."""
        return " > ".join((readable(self.locator), *map(printable, self.part)))

    def inside(self, name: str) -> ItemRef:
        return replace(self, part=(*self.part, name))


class ItemKind(StrEnum):
    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Item:
    """What a listing tells of an item before it is opened. Sizes in bytes, times in UTC.

    `version` changes whenever the source says that the item may have changed. `file_id` names the file on its volume
    whatever its path: hard links share it, and a move keeps it (a message has one of its own headers). `created` and
    `accessed` are as the server says, which may say nothing or not the truth; `allocated` is what the item takes up.
    `owner` is a principal, as in `Access`. `mangled`: the name is one that the server made up for a name that it cannot
    show. `access` is who can read it, where that is told of it: its folder's own where it comes to the same. `problem`
    is set where the listing already knows that the item cannot be read.
    """

    ref: ItemRef
    kind: ItemKind = ItemKind.FILE
    size: int = 0
    modified: datetime | None = None
    version: bytes = b""
    file_id: str | None = None
    problem: Problem | None = None
    created: datetime | None = None
    accessed: datetime | None = None
    allocated: int | None = None
    owner: str | None = None
    mangled: bool = False
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One folder and all that it holds, folders apart unless they could not be listed.

    Where `complete` is false, what is absent from `items` is unknown, not gone; `problem` is what ended the listing
    early, where something did. `state` is what the source wants to be told of this folder at the next scan. With
    `since_known` only what changed after the state that it was told is listed: what left the folder is in `gone`, and
    everything else is as it was.
    """

    folder: bytes
    items: Sequence[Item]
    complete: bool = True
    problem: Problem | None = None
    access: Access | None = None
    state: bytes = b""
    since_known: bool = False
    gone: tuple[bytes, ...] = ()


def readable(name: bytes) -> str:
    r"""Text of a name for people: bytes that are not UTF-8 appear as \xNN."""
    return printable(name.decode("utf-8", "backslashreplace"))


def printable(text: str) -> str:
    """The text with control, bidirectional-override and lone surrogate characters written out as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    if unicodedata.category(char) == "Zs":
        return " "
    return f"\\x{ord(char):02x}" if ord(char) < 256 else char.encode("ascii", "backslashreplace").decode()


def part_key(part: Iterable[str]) -> str:
    """A part's address as one string in which a parent is a prefix of its children; the empty part is ''."""
    return "".join(quote(name, safe=" ", errors="surrogatepass") + "/" for name in part)


def part_of(key: str) -> tuple[str, ...]:
    """The inverse of `part_key`."""
    return tuple(unquote(name, errors="surrogatepass") for name in key.split("/")[:-1])
