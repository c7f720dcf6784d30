"""A file that is considered as the record that it is, as far as it was asked for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from domain.content import DatedBy
from domain.content import DateSource as Said
from domain.examination import Assessment, Outcome
from domain.item import ItemRef
from domain.record import OwnDates, Record
from domain.record_class import ClassClaim
from domain.record_hint import RecordHint
from inventory.considered import READ, Considered, listed
from inventory.considered_folders import Folder, locator_of
from inventory.tables import LONG_TYPES

_LAST_DAY = date.max.toordinal()
_MESSAGES = ("message/rfc822", "application/vnd.ms-outlook")


class Facts(NamedTuple):
    """What items may share, as the database has it; None where it is not there, or was not asked for."""

    outcome: str | None
    media_type: str | None
    terms: str | None
    hints: str | None
    owner: str | None
    pending: str | None
    personal: int | None
    special: str | None
    children: int | None
    criminal: int | None


class Dates(NamedTuple):
    """Days are ordinals, the first of the year 1 being 1; a media type says since when there are files like this."""

    media_type: str | None
    modified: int | None
    created: int | None
    accessed: int | None
    first_seen: str
    dates: str | None


def record_of(one: Considered, folder: Folder, claims: tuple[ClassClaim, ...] = ()) -> Record:
    """The record as far as it was asked for; what was not is as if nobody had looked."""
    facts, dates = Facts(*one.facts), Dates(*one.dates)
    outcome = Outcome(facts.outcome) if facts.outcome else None
    media_type = facts.media_type or dates.media_type
    media_type = long_type(media_type)
    is_message = media_type in _MESSAGES
    return Record(
        ItemRef(folder.source, locator_of(folder, one.name)), folder.service, one.size, _moment(dates.modified),
        date.fromisoformat(dates.first_seen), media_type, outcome,
        assessment=_assessment(facts) if facts.personal is not None and outcome in READ else None,
        pending=tuple(filter(None, (facts.pending or "").split(","))), created=_moment(dates.created),
        accessed=_moment(dates.accessed), owner=facts.owner or "", item_type="message" if is_message else "file",
        mailbox_folder=folder.in_mailbox if is_message else None,
        dates=written(dates.dates), claims=claims, hints=tuple(RecordHint(*hint) for hint in listed(facts.hints)),
        terms=json.loads(facts.terms) if facts.terms else None, kinds=one.kinds, references=one.told[0],
        labels=one.told[1],
    )  # fmt: skip


def own_dates_of(one: Considered) -> OwnDates:
    """The dates of its record, without the rest of it."""
    short, modified, created, accessed, first_seen, text = one.dates
    return OwnDates(
        long_type(short), _calendar_day(modified), _calendar_day(created), _calendar_day(accessed),
        _first_seen(first_seen), None, written(text) if text else (),
    )  # fmt: skip


def long_type(short: str | None) -> str | None:
    """A media type in full, as people know it."""
    return None if short is None else LONG_TYPES.get(short, short)


@lru_cache(maxsize=50_000)
def written(dates: str | None) -> tuple[DatedBy, ...]:
    """What a content and its name say of their age."""
    return tuple(DatedBy(Said(said), date.fromisoformat(on)) for said, on in listed(dates))


@lru_cache
def _first_seen(text: str) -> date:
    return date.fromisoformat(text)


def _assessment(facts: Facts) -> Assessment:
    special = tuple((facts.special or "").split(",")) if facts.special else ()
    return Assessment(bool(facts.personal), special, bool(facts.children), bool(facts.criminal))


def _moment(day: int | None) -> datetime | None:
    """Midnight of the day; None of a day that is not in the calendar."""
    on = _calendar_day(day)
    return None if on is None else datetime.combine(on, time(), UTC)


def _calendar_day(day: int | None) -> date | None:
    return date.fromordinal(day) if day is not None and 0 < day <= _LAST_DAY else None
