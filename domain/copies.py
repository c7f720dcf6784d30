"""Families of copies: items that say the same, or nearly, and which of them is proposed to stay as the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.access import Breadth


class CopyKind(StrEnum):
    """By what a family is one. An item may be in families of several kinds; its bytes go once."""

    COPY = "copy"
    MESSAGE = "message"
    ATTACHMENT = "attachment"
    ARCHIVE = "archive"
    VERSIONS = "versions"
    APART = "versions-apart"
    NEAR = "near"
    PICTURES = "pictures"


SENTENCES: Mapping[CopyKind, str] = {
    CopyKind.COPY: "Files of the same bytes.",
    CopyKind.MESSAGE: "One message in several places.",
    CopyKind.ATTACHMENT: "Attachments of the same bytes as a file.",
    CopyKind.ARCHIVE: "An archive, and all that it holds unpacked beside it.",
    CopyKind.VERSIONS: "Versions: one name but for marks such as v2 or final, in one place, with text in common.",
    CopyKind.APART: "Versions in several places: one name but for such marks, and half of the text in common.",
    CopyKind.NEAR: "Nearly the same text, about the same people.",
    CopyKind.PICTURES: "Pictures that look the same.",
}


class Role(StrEnum):
    """What is proposed for a member. With CHOOSE nothing is: between those a person must choose."""

    RECORD = "record"
    COPY = "copy"
    CHOOSE = "choose"


class Why(StrEnum):
    """In what the record copy is ahead of another member, the weightiest first. Age alone never is a reason."""

    PLACE = "place"
    CLASS = "class"
    FINAL = "final"
    LATEST = "latest"
    NAME = "name"
    OWNER = "owner"
    ACCESS = "access"


WHY: Mapping[Why, str] = {
    Why.PLACE: "It lies in no mailbox or archive, nor in a place for backups or temporary files.",
    Why.CLASS: "A record class was given to it, or to its folder.",
    Why.FINAL: "Its name says that it is final, signed or approved.",
    Why.LATEST: "It is the latest version, by its name or by its last change.",
    Why.NAME: "Its name does not say that it is a copy.",
    Why.OWNER: "Its owner is known and has not left.",
    Why.ACCESS: "Fewer people can read it.",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """One item as the choice of a record copy looks at it.

    `inside`: it lies in a mail or an archive; its bytes do not go by themselves. `mailed`: it is a message. `file_id`
    is what hard links share. `part` is its own name where it is inside, and `name` that of the file around it. `alike`
    is the share of its text that it has in common with others of the family, where that was estimated.
    """

    item: int
    name: bytes
    folder: bytes
    size: int
    modified: datetime | None = None
    file_id: str | None = None
    inside: bool = False
    mailed: bool = False
    classed: bool = False
    owned: bool = False
    breadth: Breadth = Breadth.UNKNOWN
    part: str = ""
    alike: float | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An item of a family: `goes` are the bytes that would go with it, 0 for the record or a part of something."""

    item: int
    role: Role
    goes: int = 0
    alike: float | None = None


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Known at the next night by its kind and `key`. Without a `record` a person must choose.

    `goes` is what would go at the least: where a person must choose, all but the largest of those.
    """

    kind: CopyKind
    key: bytes
    members: tuple[Member, ...]
    reasons: tuple[Why, ...] = ()
    record: int | None = None
    goes: int = 0
