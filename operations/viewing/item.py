"""One item with all that is known of it, in words and of services that the one who looks may see."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.actor import Actor, Verb
from domain.content import DateSource
from domain.copies import SENTENCES, WHY, Role
from domain.finding import KINDS, Band, Finding
from inventory.engine import Database
from inventory.rot_listing import rot_of
from inventory.told import InFamily, Placed, Told, told_of
from operations.viewing.board import named
from operations.viewing.lists import Listed, listed
from operations.viewing.sight import Sight, sight_of
from reports.access import BREADTH_WORDS
from reports.score import part_in_words
from reports.vocabulary import KIND_WORDS, THEMES, special_in_words

_BANDS = {Band.HIGH: "Sure", Band.MEDIUM: "Fairly sure", Band.LOW: "Unsure"}
_ROLES = {
    Role.RECORD: "It is proposed to stay as the record.", Role.COPY: "Another is proposed to stay as the record.",
    Role.CHOOSE: "A person must choose which stays.",
}  # fmt: skip
_DATES: Mapping[DateSource, str] = {
    DateSource.SENT: "Sent, as the message says", DateSource.RECEIVED: "Received, as the message says",
    DateSource.TAKEN: "Taken, as the picture says", DateSource.CREATED: "Created, as the document says",
    DateSource.MODIFIED: "Changed, as the document says", DateSource.PRINTED: "Printed, as the document says",
    DateSource.TEXT: "Dated in its first lines", DateSource.NAME: "Dated in its name",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of an item, and who says so. Times in UTC."""

    words: str
    on: date | datetime


@dataclass(frozen=True, slots=True)
class Found:
    """How many values of one kind were found, how surely, in which form (AA999999A) and where."""

    words: str
    theme: str
    count: int
    sure: str
    shape: str
    places: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of copies that an item is in. `record` is where that lies which is proposed to stay, "" where it may
    not be told or nothing is proposed; `record_number` is its number then.
    """

    sentence: str
    items: int
    role: str
    record: str
    record_number: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item. `said` is what must be known before anything else; `copies` are by service, of those that may be seen,
    and `elsewhere` how many lie in others.
    """

    item: Listed
    path_b64: str
    folder64: str
    said: str
    media_type: str
    owner: str
    who_can_read: str
    first_seen: date
    dates: tuple[Dated, ...]
    findings: tuple[Found, ...]
    personal: bool | None
    warnings: tuple[str, ...]
    risk_parts: Mapping[str, float]
    looks_like: tuple[str, ...]
    action: str
    due: date | None
    rule: str
    rot: str
    families: tuple[Family, ...]
    copies: Mapping[str, int]
    elsewhere: int
    outer: str
    outer_number: int | None
    inside: int


def item_shown(actor: Actor, database: Database, number: int) -> ItemShown | None:
    """The item of this number; None where there is none, or none that the actor may see: which, is not told."""
    sight, told = sight_of(actor, Verb.VIEW_LIST), told_of(database, number)
    return in_words(told, sight, database) if told and sight.sees(told.held.record.service) else None


def in_words(told: Told, sight: Sight, database: Database) -> ItemShown:
    """An item that may be seen, and of others just what the sight allows."""
    held, record = told.held, told.held.record
    rot = rot_of(database, held.number, sight.services)
    copies = {named(service): count for service, count in told.copies.items() if sight.sees(service)}
    assessment, flag = record.assessment, held.flag
    return ItemShown(
        listed(held), base64.b64encode(record.ref.locator).decode(),
        base64.urlsafe_b64encode(record.ref.folder).decode(), _said(told), record.media_type or "",
        _owner(told), BREADTH_WORDS[held.breadth], record.first_seen, tuple(_dates(told)),
        tuple(map(_found, told.findings)), _personal(told), tuple(_warnings(told)),
        {part_in_words(name): amount for name, amount in (assessment.risk_parts if assessment else {}).items()},
        tuple(f"{hint.record_class}: {hint.reason}" for hint in record.hints),
        flag.action if flag else "", flag.due if flag else None, flag.rule or "" if flag else "",
        f"{rot.reason.label}. {rot.detail}" if rot else "",
        tuple(_family(one, sight) for one in told.families), copies, sum(told.copies.values()) - sum(copies.values()),
        _place(told.outer), told.outer.number if told.outer else None, told.inside,
    )  # fmt: skip


def _said(told: Told) -> str:
    if told.gone:
        return "It was not there when its folder was listed last."
    if told.held.record.outcome is None:
        return "Nobody has looked into it yet: what it holds is not known."
    problem = told.held.record.problem
    return f"{problem.message} What it holds is not known, or not wholly." if problem else ""


def _personal(told: Told) -> bool | None:
    """None where it was not read, or nothing was found in the part that was."""
    record = told.held.record
    if record.assessment is None:
        return None
    return True if record.assessment.personal else None if record.problem or record.pending else False


def _owner(told: Told) -> str:
    owner = told.held.owner
    if owner is None:
        return "Not known"
    works = f", {owner.service}" if owner.service else ""
    return f"{owner.name or owner.account}{works}{' (has left)' if owner.left else ''}"


def _dates(told: Told) -> Iterator[Dated]:
    record = told.held.record
    told_by_source = {"Created": record.created, "Changed": record.modified, "Opened": record.accessed}
    yield from (Dated(f"{what}, as its source says", when) for what, when in told_by_source.items() if when is not None)
    yield from (Dated(_DATES[one.source], one.on) for one in record.dates)


def _found(finding: Finding) -> Found:
    more = ("There were more values than are told apart." if finding.overflow else "",
            "Reckoned from some rows of a long table." if finding.sampled else "")  # fmt: skip
    theme = THEMES.get(KINDS[finding.kind], "Other") if finding.kind in KINDS else "Other"
    return Found(KIND_WORDS.get(finding.kind, finding.kind), theme, finding.count, _BANDS[finding.band], finding.shape,
                 finding.places, " ".join(filter(None, more)))  # fmt: skip


def _warnings(told: Told) -> Iterator[str]:
    assessment = told.held.record.assessment
    if assessment is None:
        return
    if assessment.special:
        yield f"Possible special category data: {', '.join(map(special_in_words, assessment.special))}"
    if assessment.criminal:
        yield "Possible criminal offence data"
    if assessment.children:
        yield "About children"


def _family(one: InFamily, sight: Sight) -> Family:
    seen = one.record is not None and sight.sees(one.record.service)
    return Family(
        SENTENCES[one.kind], one.items, _ROLES[one.role], _place(one.record) if seen else "",
        one.record.number if one.record and seen else None, tuple(WHY[why] for why in one.reasons),
    )  # fmt: skip


def _place(placed: Placed | None) -> str:
    return f"{placed.ref.source}: {placed.ref.path}" if placed else ""
