"""Lists of items as people look at them: narrowed, in their order, a page at a time, and never of others' services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.actor import Actor, Verb
from domain.errors import ConfigurationError
from domain.item import ItemRef, printable, readable
from domain.rot import RotReason
from inventory.engine import Database
from inventory.held import Held, Narrowing
from inventory.pages import order_of, page_of
from inventory.rot_listing import RotWanted, rot_page
from inventory.told import told_of
from operations.viewing.board import named, service_named
from operations.viewing.coverage import WORDS as OUTCOMES
from operations.viewing.filters import ON, Chosen, Refused, filtered
from operations.viewing.services import services_of
from operations.viewing.sight import Sight, sight_of
from operations.viewing.standing import standing_of

PAGE, MOST = 50, 1_000
_EMPTY = "Nothing is meant by these filters. Take one away to see more."
_ONE_AT_A_TIME = "You see your own services alone, one at a time: this is {service}. Choose another below."


@dataclass(frozen=True, slots=True)
class Listed:
    """One item of a list, in words: `told` is what came of reading it, or why it was not read; `flag` what the
    schedule says, or why it is ROT. `risk` is None where no personal data is known of.
    """

    number: int
    name: str
    place: str
    service: str
    size: int
    modified: datetime | None
    risk: int | None
    told: str
    flag: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """A page of a list; `following` is the word `after` of the next. `said` is what must be known before reading it."""

    items: tuple[Listed, ...]
    following: str | None
    order: str
    chosen: tuple[Chosen, ...]
    refused: tuple[Refused, ...]
    services: tuple[str, ...]
    said: str = ""


def list_items(
    actor: Actor, database: Database, words: Mapping[str, str], after: str, limit: int, now: datetime
) -> ItemList:
    """What is meant by the words of an address (`filters.FILTERS`), of services that the actor may see.

    Raises RefusedError for a service that they may not see.
    """
    wanted = filtered(words)
    sight = sight_of(actor, Verb.VIEW_LIST, wanted.narrowing.service)
    own = services_of(database, sight_of(actor, Verb.VIEW_LIST))
    narrowing, said = _within(wanted.narrowing, sight, own)
    empty = ItemList((), None, order_of(narrowing), wanted.chosen, wanted.refused, tuple(map(named, own)))
    if wanted.refused:
        return empty
    if not own or not _seen(database, narrowing, sight):
        return replace(empty, said=said or standing_of(database, sight, now).next_step(sight) or _EMPTY)
    try:
        page = page_of(database, narrowing, after or None, min(limit, MOST))
    except ConfigurationError:
        return replace(empty, refused=(_NO_MARK,))
    if not page.held and not after:
        said = said or standing_of(database, sight, now).next_step(sight) or _EMPTY
    return replace(empty, items=tuple(map(listed, page.held)), following=page.following, said=said)


_NO_MARK = Refused("after", "The address asks for a page that this list does not have. Begin at its first page.")


def _within(narrowing: Narrowing, sight: Sight, own: tuple[str, ...]) -> tuple[Narrowing, str]:
    """Whoever sees some services alone sees a list of one of them: the first, where none is named."""
    if sight.services is None or narrowing.service is not None or not own:
        return narrowing, ""
    said = _ONE_AT_A_TIME.format(service=named(own[0])) if len(own) > 1 else ""
    return replace(narrowing, service=own[0]), said


def _seen(database: Database, narrowing: Narrowing, sight: Sight) -> bool:
    """Whether an item that the list refers to may be seen."""
    if narrowing.copies_of is None or sight.services is None:
        return True
    told = told_of(database, narrowing.copies_of)
    return told is not None and sight.sees(told.held.record.service)


def listed(held: Held) -> Listed:
    """One item as it stands in a list."""
    record = held.record
    personal = record.assessment is not None and record.assessment.personal
    folder, name = _place(record.ref)
    return Listed(
        held.number, name, f"{record.ref.source}: {folder}", named(record.service), record.size, record.modified,
        record.assessment.risk if record.assessment and personal else None, told_in_words(held),
        held.flag.sentence if held.flag else "",
    )  # fmt: skip


def _place(ref: ItemRef) -> tuple[str, str]:
    """Where it lies and what it is called, for people to read; a part lies in what holds it."""
    if ref.part:
        return replace(ref, part=ref.part[:-1]).path, printable(ref.part[-1])
    return readable(ref.folder), readable(ref.name)


def told_in_words(held: Held) -> str:
    """What came of reading an item."""
    record = held.record
    if record.problem is not None:
        return record.problem.message
    if "ocr" in record.pending:
        return "Read, but for the text in its pictures"
    return OUTCOMES[record.outcome]


@dataclass(frozen=True, slots=True)
class RotFilter:
    """What a list of ROT is narrowed to, in the words of its address."""

    service: str = ""
    reason: str = ""
    guarded: bool = False
    look: bool = False


def list_rot(actor: Actor, database: Database, wanted: RotFilter, after: str, limit: int, now: datetime) -> ItemList:
    """What could go, what is to be `look`ed at, or what guards keep out, the largest first of each reason.

    Raises RefusedError for a service that the actor may not see.
    """
    service = service_named(wanted.service) if wanted.service else None
    sight = sight_of(actor, Verb.VIEW_LIST, service)
    own = services_of(database, sight_of(actor, Verb.VIEW_LIST))
    within, said = _within(Narrowing(service=service), sight, own)
    reasons, refused = _reasons(wanted)
    empty = ItemList((), None, _ROT_ORDER, _chosen(wanted), refused, tuple(map(named, own)))
    if refused:
        return empty
    if not own:
        return replace(empty, said=said or standing_of(database, sight, now).next_step(sight) or _EMPTY)
    asked = RotWanted(reasons, within.service, None, wanted.guarded, sight_of(actor, Verb.VIEW_LIST).services)
    try:
        page = rot_page(database, asked, after or None, min(limit, MOST))
    except ConfigurationError:
        return replace(empty, refused=(_NO_MARK,))
    found = tuple(
        Listed(one.number, one.path.rpartition("/")[2], f"{one.source}: {one.path.rpartition('/')[0]}",
               named(one.service), one.size, one.modified, None, one.reason.label, one.detail)
        for one in page.items
    )  # fmt: skip
    said = said or ("" if found or after else standing_of(database, sight, now).next_step(sight) or _EMPTY)
    return replace(empty, items=found, following=page.following, said=said)


_ROT_ORDER = "reason by reason, the largest first"


def _reasons(wanted: RotFilter) -> tuple[tuple[RotReason, ...], tuple[Refused, ...]]:
    if wanted.reason and wanted.reason not in set(RotReason):
        return (), (Refused("reason", f"Reason: that is not known. It can be {', '.join(RotReason)}."),)
    if wanted.reason:
        return (RotReason(wanted.reason),), ()
    if wanted.guarded:
        return tuple(RotReason), ()
    return tuple(one for one in RotReason if one.disposable is not wanted.look), ()


def _chosen(wanted: RotFilter) -> tuple[Chosen, ...]:
    said = (
        Chosen("service", "Service", wanted.service, wanted.service),
        Chosen("reason", "Reason", wanted.reason, wanted.reason),
        Chosen("guarded", "Kept out by guards", ON if wanted.guarded else "", "Yes"),
        Chosen("look", "To be looked at", ON if wanted.look else "", "Yes"),
    )
    return tuple(one for one in said if one.word)
