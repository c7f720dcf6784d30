"""What other systems report: how much of what, never of whom; and feeds that are sent in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.actor import Verb
from domain.errors import ConfigurationError
from domain.event import BIRTH, DEATH
from inventory.events import Reported
from operations.schedule.events import import_feed, reported, unheard
from web import registers
from web.answers import Answer, Done, Fault, Rows, View
from web.asking import Asked
from web.routes import Room, page

ROOM = Room()
_HEADINGS = ("source", "key", "event", "events", "references", "first", "last", "imported")
_SOURCE = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True, slots=True)
class ReportedShown:
    """Of births and deaths no day is told: it could be one person's."""

    source: str
    key: str
    event: str
    events: int
    references: int
    first: date | None
    last: date | None
    imported: date


@dataclass(frozen=True, slots=True)
class EventsShown:
    reported: tuple[ReportedShown, ...]


@page(ROOM, "GET", "/events", verb=Verb.VIEW_FIGURES, data=EventsShown)
def events(asked: Asked) -> Answer:
    """How much each source has reported of what."""
    return _shown(asked, {})


@page(
    ROOM, "POST", "/events", verb=Verb.IMPORT_EVENTS, data=Done,
    form={"file": "The feed: a CSV file or a workbook.", "source": "Who reports it, such as hr.",
          "replace": "1: this is all that the source knows, and what it reports no more is taken back."},
)  # fmt: skip
def send_events(asked: Asked) -> Answer:
    """Take in a feed: all of it or, where a line cannot be, nothing."""
    source, schedule = asked.form.one("source"), registers.schedule_in_force(asked)
    if not _SOURCE.fullmatch(source):
        return _shown(asked, {"source": "Say who reports it in letters, digits, dots and dashes, such as hr."})
    try:
        with registers.sent_file(asked) as path:
            replaces = asked.form.one("replace") == "1"
            done, found = import_feed(
                asked.actor, asked.trail, asked.settings, path, source, asked.today, replaces=replaces
            )
    except ConfigurationError as error:
        said = "Nothing was taken in. Mend what is said above, and send it again."
        return _shown(asked, {"file": said}, registers.lines_of(error, "file"))
    told = f"Events: {done.added:,} new, {done.known:,} known before, {done.withdrawn:,} taken back."
    return Done("/events", " ".join([told, *(unheard(found, schedule) if schedule else ())]))


def _shown(asked: Asked, faults: Mapping[str, str], lines: tuple[Fault, ...] = ()) -> View:
    found = tuple(map(_reported, reported(asked.actor, asked.database)))
    rows = [
        (one.source, one.key, one.event, one.events, one.references, str(one.first or ""), str(one.last or ""),
         str(one.imported))
        for one in found
    ]  # fmt: skip
    values = {"typed": registers.typed(asked, faults)}
    return View("pages/registers/events.html", "Events", EventsShown(found), Rows(_HEADINGS, rows), values,
                lines or registers.told(faults))  # fmt: skip


def _reported(one: Reported) -> ReportedShown:
    is_ones_own = one.name in (BIRTH, DEATH)
    first, last = (None, None) if is_ones_own else (one.first, one.last)
    return ReportedShown(one.source, one.known_by, one.name, one.events, one.references, first, last, one.entered)
