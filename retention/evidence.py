"""Dates are evidence: each has a witness, what cannot be true is set aside with the reason, the order is stated.

A date is not believed where it is that of a clock that was never set, lies in the future, lies before the format of the
file existed, or says that a file was last changed before the document itself says it was (a copy with an older clock).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from domain.content import DateSource as Said
from domain.record import OwnDates
from domain.rule import DateSource
from retention.words import in_words

EARLIEST_PLAUSIBLE = date(1980, 1, 2)
"""Earlier dates are those of clocks that were never set: of NTFS (1601), Unix (1970) and DOS (1980)."""

ORDER: dict[DateSource, tuple[str, ...]] = {
    DateSource.MODIFIED: ("file-modified", "document-modified"),
    DateSource.CREATED: (
        "document-created", "message-sent", "message-received", "picture-taken", "file-created", "name",
    ),
    DateSource.ACCESSED: ("file-accessed",),
    DateSource.SENT: ("message-sent", "message-received"),
    DateSource.RECEIVED: ("message-received", "message-sent"),
    DateSource.FIRST_SEEN: ("first-seen",),
    DateSource.SUPERSEDED: ("superseded",),
}  # fmt: skip
"""Whose word is taken for which date, the first that can be believed."""

NOUNS = {
    "file-modified": "date of last change", "file-created": "date of creation on its server",
    "file-accessed": "date of last access", "first-seen": "date of first sight",
    "document-modified": "date of last change in the document", "document-created": "date of creation in the document",
    "document-printed": "date of printing in the document", "message-sent": "date of sending",
    "message-received": "date of receipt", "picture-taken": "date of the picture", "name": "date in its name",
    "text": "date in its text", "superseded": "date of being superseded",
}  # fmt: skip

WITNESSES = {
    Said.SENT: "message-sent", Said.RECEIVED: "message-received", Said.TAKEN: "picture-taken",
    Said.CREATED: "document-created", Said.MODIFIED: "document-modified", Said.PRINTED: "document-printed",
    Said.TEXT: "text", Said.NAME: "name",
}  # fmt: skip
_FORMATS_SINCE = (
    # The first public versions: Office 2007 in beta; OpenDocument 1.0 of OASIS; PDF 1.0 of Adobe; HEIF of ISO/IEC.
    ("application/vnd.openxmlformats-officedocument", date(2005, 11, 1)),
    ("application/vnd.oasis.opendocument", date(2005, 3, 1)),
    ("application/pdf", date(1993, 6, 15)),
    ("image/heic", date(2015, 6, 1)),
)
_A_DAY = timedelta(days=1)
_NO_EVIDENCE_OF_AGE = ("first-seen", "file-accessed", "superseded")


class Candidate(NamedTuple):
    """A date and its witness. `doubt` says why it is not believed, "" where it is."""

    witness: str
    on: date
    doubt: str = ""

    def __str__(self) -> str:
        return f"{NOUNS[self.witness]}, {in_words(self.on)}"


Dated: TypeAlias = tuple[Candidate | None, tuple[Candidate, ...]]
"""The date to be counted from, and those that would have come before it but cannot be believed."""


@dataclass(frozen=True, slots=True)
class Days:
    """The dates of a record, and which of them is taken for what."""

    first_seen: date
    known: tuple[Candidate, ...]
    _chosen: dict[DateSource, Dated] = field(default_factory=dict, repr=False, compare=False)

    def chosen(self, source: DateSource) -> Dated:
        if source not in self._chosen:
            self._chosen[source] = choose(self.known, source)
        return self._chosen[source]


def days_of(dates: OwnDates, today: date) -> Days:
    """Every date of a record, those that cannot be believed too. Days are in UTC, which in the United Kingdom is the
    local day or, for an hour of the summer, the day before.
    """
    found = dict.fromkeys(_found(dates))
    written = max((on for witness, on in found if witness == "document-modified" and on <= today), default=date.min)
    since = format_since(dates.media_type)
    return Days(dates.first_seen, tuple([_candidate(*each, today, since, written) for each in found]))


def choose(known: tuple[Candidate, ...], source: DateSource) -> Dated:
    """The date to be counted from, and those that would have come before it but cannot be believed."""
    order = ORDER[source]
    asked = [each for each in known if each.witness in order]
    if len(asked) > 1:
        asked.sort(key=_day, reverse=True)
        asked.sort(key=lambda each: order.index(each.witness))
    for place, candidate in enumerate(asked):
        if not candidate.doubt:
            return candidate, tuple(asked[:place])
    return None, tuple(asked)


def heard(sources: Iterable[DateSource]) -> frozenset[str]:
    """The witnesses whose word is asked for such dates; that of others makes no difference to them."""
    return frozenset(witness for source in sources for witness in ORDER[source])


def lifetime(known: tuple[Candidate, ...]) -> tuple[date, date] | None:
    """The first and the last day that a record can be of; None where no date can be believed."""
    days = [each.on for each in known if not each.doubt and each.witness not in _NO_EVIDENCE_OF_AGE]
    return (min(days), max(days)) if days else None


def _found(dates: OwnDates) -> Iterator[tuple[str, date]]:
    if dates.modified:
        yield "file-modified", dates.modified
    if dates.created:
        yield "file-created", dates.created
    if dates.accessed:
        yield "file-accessed", dates.accessed
    if dates.superseded:
        yield "superseded", dates.superseded
    yield "first-seen", dates.first_seen
    for dated in dates.written:
        yield WITNESSES[dated.source], dated.on


def _day(candidate: Candidate) -> date:
    return candidate.on


@lru_cache(maxsize=100_000)
def _candidate(witness: str, on: date, today: date, since: date, written: date) -> Candidate:
    return Candidate(witness, on, _doubt(witness, on, today, since, written))


def _doubt(witness: str, on: date, today: date, since: date, written: date) -> str:
    if on < EARLIEST_PLAUSIBLE:
        return "is that of a clock that was not set"
    if on > today:
        return "lies in the future"
    if on < since and witness not in ("name", "text"):
        return f"lies before its format existed, {in_words(since)}"
    if witness == "file-modified" and on + _A_DAY < written:
        return f"lies before the document's own date of last change, {in_words(written)}"
    return ""


@lru_cache(maxsize=256)
def format_since(media_type: str | None) -> date:
    """The day before which no file of the format can be; the first of all days where that is not known."""
    return next((since for prefix, since in _FORMATS_SINCE if (media_type or "").startswith(prefix)), date.min)
