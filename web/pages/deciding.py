"""Deciding: on one item with all that is known of it, on several that were ticked, or on a whole group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Query

from domain.actor import Verb
from domain.errors import ConfigurationError
from domain.review import VerdictKind
from operations.access import RefusedError
from operations.review.bulk import draft
from operations.review.deciding import Decided, decide
from operations.review.desk import Desk
from operations.review.grouping import GroupBy, Within
from operations.review.ruling import StaleError
from operations.viewing.board import service_named
from operations.viewing.considering import DECIDED, ConsideredItem, considered_item, targets
from operations.viewing.waiting import GroupMeant, WaitingShown, chosen, group_meant
from reports.wording import plural
from web.answers import Answer, Done, View
from web.asking import Asked
from web.errors import Fault, NotFoundError
from web.pages.review import GROUPS
from web.reviewing import address, desk, hidden, own, way_back
from web.routes import Room, page
from web.verdicts import FIELDS, UNTOUCHED, Typed, choices, refused, sent

ROOM = Room()
MOST = 200
"""How many can be ticked at once."""

_MOST = f"At most {MOST} can be decided on at once. Decide on the whole group instead."
_TOGETHER = "Of several at once, this is drafted for the whole group, so that a sample of it is opened first."
_STALE = 409


@dataclass(frozen=True, slots=True)
class SeveralShown:
    """Items that were ticked, as they are now; `missing` are gone, or another's by now."""

    items: tuple[WaitingShown, ...]
    missing: int


@page(ROOM, "GET", "/review/items/{number}", verb=Verb.VIEW_LIST, data=ConsideredItem)
def review_item(asked: Asked, number: int) -> Answer:
    """One item with all that one sees before deciding on it: why it waits, what it holds, who can read it, its copies,
    the holds on it now, what was decided on others like it and on it before.
    """
    at = desk(asked)
    return _item(asked, at, _considered(asked, at, number), UNTOUCHED)


@page(
    ROOM, "POST", "/review/items/{number}", verb=Verb.DECIDE, data=Done,
    form={**FIELDS, "stamp": "The stamp of what was seen."},
)  # fmt: skip
def decide_on_item(asked: Asked, number: int) -> Answer:
    """Decide on one item, as it was seen."""
    at = desk(asked)
    seen, said = _considered(asked, at, number), sent(asked.form)
    if said.ruling is None:
        return _item(asked, at, seen, said.typed)
    try:
        decided = decide(asked.actor, at, {number: asked.form.one("stamp")}, said.ruling)
    except StaleError as stale:
        return replace(_item(asked, at, _considered(asked, at, number), _stale(said.typed, stale)), status=_STALE)
    except (ConfigurationError, RefusedError) as error:
        return _item(asked, at, seen, refused(said.typed, error))
    return _done(asked, decided)


@page(ROOM, "GET", "/review/several", verb=Verb.VIEW_LIST, data=SeveralShown)
def review_several(asked: Asked, item: Annotated[list[int], Query()] = []) -> Answer:  # noqa: B006  as FastAPI says it
    """The items that were ticked, as they are now."""
    if not item:
        raise ConfigurationError("No item is ticked. Go back, and tick those that you want to decide on.")
    return _several(asked, desk(asked), item, UNTOUCHED)


@page(
    ROOM, "POST", "/review/several", verb=Verb.DECIDE, data=Done,
    form={**FIELDS, "item": "The numbers of items, each with a field stamp-NUMBER: the stamp of what was seen."},
)  # fmt: skip
def decide_on_several(asked: Asked) -> Answer:
    """Decide the same on several items of one queue, each as it was seen, or on none."""
    at, said = desk(asked), sent(asked.form)
    items = tuple(int(one) for one in asked.form.all("item") if one.isdecimal() and len(one) < len(str(2**63)))
    if said.leaves:
        return Done(way_back(asked, "/review"), "Nothing was changed.")
    if not items:
        raise ConfigurationError("No item is ticked. Go back, and tick those that you want to decide on.")
    seen = {one.item.number for one in chosen(asked.actor, at, items)}
    if gone := len(set(items) - seen):
        sentence = f"{plural(gone, 'item')} of those that you ticked cannot be decided on here any more."
        return replace(_several(asked, at, items, Typed(said.typed.values, {"kind": sentence})), status=_STALE)
    if said.ruling is None:
        return _several(asked, at, items, said.typed)
    stamps = {number: asked.form.one(f"stamp-{number}") for number in items}
    try:
        decided = decide(asked.actor, at, stamps, said.ruling)
    except StaleError as stale:
        return replace(_several(asked, at, items, _stale(said.typed, stale)), status=_STALE)
    except (ConfigurationError, RefusedError) as error:
        return _several(asked, at, items, refused(said.typed, error))
    return _done(asked, decided)


@page(ROOM, "GET", "/review/group", verb=Verb.VIEW_LIST, data=GroupMeant)
def review_group(asked: Asked, service: str, by: GroupBy | None = None, key: str = "") -> Answer:
    """A group of a queue, or the whole queue, before it is decided on as one."""
    return _group(asked, desk(asked), own(asked, service), Within(by, key) if by else None, UNTOUCHED)


@page(
    ROOM, "POST", "/review/group", verb=Verb.DECIDE, data=Done,
    form={**FIELDS, "service": "Whose queue.", "by": "How the group is made.", "key": "Which it is."},
)  # fmt: skip
def draft_for_group(asked: Asked) -> Answer:
    """Draft the same verdict for a group: nothing is decided by that, and a sample is drawn."""
    at, said = desk(asked), sent(asked.form)
    service, by, key = (asked.form.one(name) for name in ("service", "by", "key"))
    name, within = own(asked, service), Within(GroupBy(by), key) if by in set(GroupBy) else None
    if said.leaves:
        return Done(address("/review/groups", service=service), "Nothing was changed.")
    if said.ruling is None:
        return _group(asked, at, name, within, said.typed)
    try:
        drafted = draft(asked.actor, at, name, within, said.ruling)
    except (ConfigurationError, RefusedError) as error:
        return _group(asked, at, name, within, refused(said.typed, error))
    return Done(f"/review/batches/{drafted.batch.number}")


def _considered(asked: Asked, at: Desk, number: int) -> ConsideredItem:
    with hidden():
        return considered_item(asked.actor, at, number)


def _item(asked: Asked, at: Desk, seen: ConsideredItem, typed: Typed) -> View:
    service = service_named(seen.service)
    offered = choices(seen.barred, targets(asked.actor, at, service))
    values = {
        # The page of the item itself is what this one begins with.
        "view": seen.item, "seen": seen, "typed": typed, "choices": offered, "several": False,
        "may_decide": asked.may(Verb.DECIDE), "back": way_back(asked, address("/review/items", service=seen.service)),
    }  # fmt: skip
    return View("pages/review/item.html", seen.item.item.name, seen, values=values, faults=_told(typed))


def _several(asked: Asked, at: Desk, numbers: Sequence[int], typed: Typed) -> View:
    unique = tuple(dict.fromkeys(numbers))
    if len(unique) > MOST:
        raise ConfigurationError(_MOST)
    shown = chosen(asked.actor, at, unique)
    if not shown:
        raise NotFoundError
    told = SeveralShown(shown, len(unique) - len(shown))
    barred = {} if len(shown) <= max(1, at.settings.without_sample) else {
        kind: _TOGETHER for kind in VerdictKind if kind.is_proposal
    }  # fmt: skip
    return View(
        "pages/review/several.html", f"Decide on {plural(len(shown), 'item')}", told,
        values=_offered(asked, at, service_named(shown[0].service), typed, barred), faults=_told(typed),
    )  # fmt: skip


def _group(asked: Asked, at: Desk, service: str, within: Within | None, typed: Typed) -> View:
    told = group_meant(asked.actor, at, service, within)
    if not told.items:
        raise NotFoundError
    return View(
        "pages/review/group.html", "Decide on a whole group", told,
        values={**_offered(asked, at, service, typed, {}), "groupings": GROUPS}, faults=_told(typed),
    )  # fmt: skip


def _offered(
    asked: Asked, at: Desk, service: str, typed: Typed, barred: dict[VerdictKind, str]
) -> dict[str, object]:  # fmt: skip
    return {
        "typed": typed, "choices": choices(barred, targets(asked.actor, at, service)), "several": True,
        "may_decide": asked.may(Verb.DECIDE), "barred": barred, "address": address,
        "back": way_back(asked, address("/review/groups", service=service)),
    }  # fmt: skip


def _stale(typed: Typed, stale: StaleError) -> Typed:
    """What changed, told above the form as it was typed; that it came from there may be said again."""
    back = [one for one in stale.refused if not one.changed and typed.of("kind") == VerdictKind.REFER]
    if back and len(back) == len(stale.refused):
        return Typed(typed.values, {"again": back[0].why})
    return Typed(typed.values, {"kind": str(stale)})


def _told(typed: Typed) -> tuple[Fault, ...]:
    return tuple(Fault(name, sentence) for name, sentence in typed.faults.items())


def _done(asked: Asked, decided: Decided) -> Done:
    batch = decided.batch
    assert batch is not None
    said = f"{DECIDED[batch.kind]}: {plural(len(decided.items), 'item')}."
    if batch.kind.is_proposal:
        said += f" Somebody else has to approve it: batch {batch.number}."
    return Done(way_back(asked, address("/review/items", service=batch.service)), said)
