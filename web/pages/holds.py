"""Legal holds: the list, what one would freeze before it is placed, and what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.actor import Verb
from domain.errors import ConfigurationError
from operations.access import RefusedError
from operations.schedule import holds as operations
from operations.viewing.holds import (
    CONDITIONS,
    KINDS,
    REQUESTS,
    FrozenShown,
    HoldList,
    HoldShown,
    frozen_shown,
    hold_shown,
    holds_shown,
)
from retention.period import parse_period
from web import registers
from web.answers import Answer, Done, Rows, View
from web.asking import Asked
from web.errors import NotFoundError, in_plain_words
from web.hold_forms import FIELDS, entry_of, faults_of, filled_by, stamp_of
from web.routes import Room, page
from web.verdicts import Typed, typed_day

ROOM = Room()
_HEADINGS = ("hold", "kind", "state", "review late", "reason", "authorised by", "placed", "review by", "ends on",
             "where")  # fmt: skip


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """A hold that is not placed yet: what it would freeze; with `seen` and `sealed` sent back it is placed."""

    frozen: FrozenShown | None = None
    seen: str = ""
    sealed: tuple[str, ...] = ()


@page(ROOM, "GET", "/holds", verb=Verb.VIEW_FIGURES, data=HoldList)
def holds(asked: Asked, everything: bool = False) -> Answer:
    """The holds in force, those first whose review is late; with `everything` those that are over, too."""
    told = holds_shown(
        asked.actor, asked.trail, registers.schedule_in_force(asked), asked.today, everything=everything
    )  # fmt: skip
    rows = [
        (one.id, one.kind, one.state, "yes" if one.late else "no", one.reason, one.authorised_by,
         *(str(day or "") for day in (one.placed, one.review_by, one.ends_on)), one.where)
        for one in told.holds
    ]  # fmt: skip
    return View("pages/registers/holds.html", "Legal holds", told, Rows(_HEADINGS, rows), {"everything": everything})


@page(ROOM, "GET", "/holds/new", verb=Verb.ADD_HOLD)
def hold_form(asked: Asked, template: str = "") -> Answer:
    """The form for a new hold, filled by a template that is shipped where one is named."""
    return _form(asked, HoldDraft(), Typed(filled_by(template), {}))


@page(ROOM, "POST", "/holds/new", verb=Verb.ADD_HOLD, data=HoldDraft, form=FIELDS)
def place_hold(asked: Asked) -> Answer:
    """Say what a hold would freeze; sent again with what was `seen`, place it."""
    try:
        entry = entry_of(asked)
        if faults := faults_of(asked, entry):
            return _form(asked, HoldDraft(), registers.typed(asked, faults))
        return _looked_at(asked, entry)
    except ConfigurationError as error:
        return _form(asked, HoldDraft(), registers.typed(asked, {"id": in_plain_words(error)}))


@page(ROOM, "GET", "/holds/{name}", verb=Verb.VIEW_FIGURES, data=HoldShown)
def hold(asked: Asked, name: str) -> Answer:
    """One hold: what it freezes, since when, and what there is to do with it."""
    return _hold(asked, name, {})


@page(
    ROOM, "POST", "/holds/{name}/review", verb=Verb.ADD_HOLD, data=Done,
    form={"until": "The day of the next review, such as 2027-05-31."},
)  # fmt: skip
def review_hold(asked: Asked, name: str) -> Answer:
    """Say that a hold goes on, and when somebody looks at it again."""
    if (until := typed_day(asked.form, "until")) is None:
        return _hold(asked, name, {"until-day": "Enter the day of the next review, such as 31 5 2027."})
    try:
        operations.review_hold(asked.actor, asked.trail, name, until, asked.today)
    except ConfigurationError as error:
        return _hold(asked, name, {"until-day": in_plain_words(error)})
    return Done(f"/holds/{name}", "The hold goes on.")


@page(
    ROOM, "POST", "/holds/{name}/answer", verb=Verb.RELEASE_HOLD, data=Done,
    form={"answered": "The day of the answer.", "ends_after": "How long after it the hold ends, such as P6M."},
)  # fmt: skip
def answer_hold(asked: Asked, name: str) -> Answer:
    """Say when a request was answered: its hold ends by itself some time later."""
    if (answered := typed_day(asked.form, "answered")) is None:
        return _hold(asked, name, {"answered-day": "Enter the day of the answer, such as 31 5 2026."})
    after = asked.form.one("ends_after")
    try:
        period = parse_period(after) if after else None
    except ValueError as error:
        return _hold(asked, name, {"ends_after": f"{error}. Such as P6M for six months."})
    try:
        ended = operations.answer_request(asked.actor, asked.trail, name, answered, period, asked.today)
    except ConfigurationError as error:
        return _hold(asked, name, {"answered-day": in_plain_words(error)})
    return Done(f"/holds/{name}", f"The hold ends on {ended.ends_on}.")


@page(
    ROOM, "POST", "/holds/{name}/release", verb=Verb.RELEASE_HOLD, data=Done,
    form={"why": "Who said so, and in which letter. No names of people whom it is about."},
)  # fmt: skip
def release_hold(asked: Asked, name: str) -> Answer:
    """End a hold: what it froze is decided by the schedule again."""
    try:
        operations.release_hold(asked.actor, asked.trail, name, asked.form.one("why"), asked.today)
    except (ConfigurationError, RefusedError) as error:
        return _hold(asked, name, {"why": in_plain_words(error)})
    return Done("/holds", "The hold is released. What it froze is decided again at the next evaluation.")


def _looked_at(asked: Asked, entry: Mapping[str, Any]) -> Answer:
    """Placed where just this was seen before; else told what it would freeze."""
    schedule = registers.schedule_in_force(asked)
    if hold_shown(asked.actor, asked.trail, schedule, entry["id"], asked.today):
        raise ConfigurationError("There is, or was, a hold of that name already. Give this one another.")
    drafted = operations.drafted(entry, asked.settings, asked.database, schedule)
    seen = stamp_of(entry)
    if asked.form.one("seen") == seen and asked.form.one("place") != "no":
        operations.add_hold(asked.actor, asked.trail, drafted, asked.today)
        return Done("/holds", "The hold is placed. What it means is frozen from now on.")
    frozen = frozen_shown(asked.actor, asked.trail, drafted, asked.settings, schedule, asked.today)
    typed = registers.typed(asked, {})
    # Names are not sent back: their seals stand for them.
    values = {name: value for name, value in typed.values.items() if name != "people"}
    return _form(asked, HoldDraft(frozen, seen, drafted.scope.people), Typed(values, {}))


def _form(asked: Asked, draft: HoldDraft, typed: Typed) -> View:
    values = {
        "typed": typed, "kinds": {**KINDS, **REQUESTS}, "conditions": CONDITIONS, "templates": operations.templates(),
        "may_seal": asked.may(Verb.SEARCH_PEOPLE),
        "sealed": draft.sealed or tuple(typed.of("sealed").split()),
    }  # fmt: skip
    return View("pages/registers/hold_form.html", "Place a hold", draft, None, values, registers.told(typed.faults))


def _hold(asked: Asked, name: str, faults: dict[str, str]) -> View:
    found = hold_shown(asked.actor, asked.trail, registers.schedule_in_force(asked), name, asked.today)
    if found is None:
        raise NotFoundError
    values = {"typed": registers.typed(asked, faults), "conditions": CONDITIONS}
    return View("pages/registers/hold.html", f"Hold {found.id}", found, None, values, registers.told(faults))
