"""What waits for a verdict, in words: the queues, a queue in groups, the items of a group; of own services alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.actor import Actor, Verb
from domain.copies import SENTENCES
from domain.review import Odd
from domain.rot import RotReason
from inventory.engine import reading
from inventory.held import Held
from inventory.pages import held_numbered
from inventory.review_groups import Queued, queued_page
from inventory.review_queue import ROT_RULE
from inventory.review_sent import sent_to
from operations.access import allowed, ask, own_services
from operations.review.approving import waiting
from operations.review.desk import Desk
from operations.review.grouping import First, Group, GroupBy, Order, Within, groups, items, meant, of_service
from operations.review.queue import Queue, queues
from operations.review.seeing import Looked, look
from operations.viewing.board import named
from operations.viewing.lists import Listed, listed
from reports.wording import day


@dataclass(frozen=True, slots=True)
class QueueShown:
    """What waits in a service. `standing` says until when it is to be decided, or since when it is overdue."""

    service: str
    items: int
    bytes: int
    odd: int
    due: date
    entered: date
    waited: int
    overdue_from: date
    overdue: bool
    standing: str
    mine: int


@dataclass(frozen=True, slots=True)
class QueuesShown:
    """Every queue that may be seen, what waits longest first; `approvals` wait for whoever looks, `sent` to them."""

    queues: tuple[QueueShown, ...]
    approvals: int
    sent: int


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of a queue by its address (`by` and `key`); `due` is the earliest day."""

    by: GroupBy
    key: str
    title: str
    items: int
    bytes: int
    odd: int
    due: date


@dataclass(frozen=True, slots=True)
class GroupsShown:
    """A queue in groups; `following` is the word `after` of the next page."""

    service: str
    by: GroupBy
    order: Order
    groups: tuple[GroupShown, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """An item that waits in the queue of a service: `why` in a sentence, `odd` and `holds` what is special about it,
    `assignee` to whom it was sent; `stamp` is what a form about it carries.
    """

    item: Listed
    service: str
    why: str
    due: date | None
    odd: tuple[str, ...]
    holds: tuple[str, ...]
    assignee: str
    stamp: str


@dataclass(frozen=True, slots=True)
class WaitingList:
    """A page of what waits in a group, or in the whole queue where `by` is None; `odd`: of its outliers alone.
    `following` as above.
    """

    service: str
    by: GroupBy | None
    key: str
    items: tuple[WaitingShown, ...]
    following: str | None
    first: First = First.DUE
    odd: bool = False


@dataclass(frozen=True, slots=True)
class GroupMeant:
    """A group that is to be decided on as one, `title` in words; `more`: it holds more than a batch may, and these are
    due first.
    """

    service: str
    by: GroupBy | None
    key: str
    title: str
    items: int
    bytes: int
    odd: int
    more: bool


def queues_shown(actor: Actor, desk: Desk) -> QueuesShown:
    shown = tuple(map(_queue, queues(actor, desk)))
    return QueuesShown(shown, len(waiting(actor, desk)), sum(one.mine for one in shown))


def groups_shown(
    actor: Actor, desk: Desk, service: str, by: GroupBy, order: Order, mark: str | None, limit: int = 50
) -> GroupsShown:  # fmt: skip
    """Raises ConfigurationError for a mark that is of no such list, and RefusedError for another's service."""
    page = groups(actor, desk, service, by, order, mark or None, limit)
    return GroupsShown(named(service), by, order, tuple(map(_group, page.groups)), page.following)


def waiting_shown(
    actor: Actor, desk: Desk, service: str, within: Within | None, mark: str | None, limit: int = 50,
    first: First = First.DUE, *, odd: bool = False,
) -> WaitingList:  # fmt: skip
    """The same of items."""
    page = items(actor, desk, service, within, mark or None, limit, first, odd=odd)
    shown = tuple(
        WaitingShown(listed(one.held), named(service), why(one.held, one.rule), one.due, _words(one.odd), one.holds,
                     one.assignee, one.stamp)
        for one in page.items
    )  # fmt: skip
    return WaitingList(
        named(service), within.by if within else None, within.key if within else "", shown, page.following, first, odd
    )


def group_meant(actor: Actor, desk: Desk, service: str, within: Within | None) -> GroupMeant:
    """What a batch of this group would be made of."""
    ask(actor, Verb.VIEW_LIST, of_service(service))
    with reading(desk.trail.database) as connection:
        group = meant(connection, desk, service, within)
        found, more = queued_page(connection, service, group, None, desk.settings.most_items)
        first = held_numbered(connection, [one.item for one in found[:1]])
    return GroupMeant(
        named(service), within.by if within else None, within.key if within else "",
        _title(desk, within, first[0]) if within and first else "", len(found),
        sum(one.bytes for one in found), sum(bool(one.odd) for one in found), more is not None,
    )  # fmt: skip


def sent_shown(actor: Actor, desk: Desk, mark: int = 0, limit: int = 50) -> WaitingList:
    """What others sent to this very account, in whatever queue of theirs."""
    with reading(desk.trail.database) as connection:
        found = sent_to(connection, actor.account, mark, limit + 1)
    shown = chosen(actor, desk, found[:limit])
    return WaitingList("", None, "", shown, str(found[limit - 1]) if len(found) > limit else None)


def chosen(actor: Actor, desk: Desk, numbers: Sequence[int]) -> tuple[WaitingShown, ...]:
    """Items by their numbers, as they are now; those that are gone or another service's are left out, unsaid which."""
    possible = [one for one in numbers if is_possible(one)]
    looked, services = look(desk, possible), own_services(actor, Verb.VIEW_LIST)
    seen = [one for one in possible if _may_see(looked.service(one), services)]
    with reading(desk.trail.database) as connection:
        held = {one.number: one for one in held_numbered(connection, seen)}
    return tuple(_chosen(held[number], looked) for number in seen if number in held)


def is_possible(number: int) -> bool:
    """Whether anything can have this number in an inventory."""
    return 0 < number < 2**63


def may_look_at(actor: Actor, service: str) -> bool:
    return allowed(actor, Verb.VIEW_LIST, of_service(service))


def why(held: Held, rule: str) -> str:
    """Why it waits, in a sentence."""
    if rule.startswith(ROT_RULE):
        return f"{RotReason(rule.removeprefix(ROT_RULE)).label}."
    return held.flag.sentence if held.flag else ""


def action_in_words(action: str) -> str:
    return action.replace("-", " ").capitalize()


def _title(desk: Desk, within: Within, first: Held) -> str:
    """What a group is called, by the first of its items."""
    if within.by is GroupBy.FOLDER:
        return listed(first).place
    if within.by is GroupBy.ACTION:
        return action_in_words(within.key)
    if within.key.startswith(ROT_RULE):
        return RotReason(within.key.removeprefix(ROT_RULE)).label
    titled = {one.id: one.title for one in (desk.schedule.classes if desk.schedule else ())}
    rule = desk.rule(within.key)
    return f"{within.key} {rule.title if rule else titled.get(within.key, '')}".strip()


def _queue(one: Queue) -> QueueShown:
    standing = f"Overdue since {day(one.overdue_from)}" if one.overdue else f"To be decided by {day(one.overdue_from)}"
    return QueueShown(
        named(one.service), one.items, one.bytes, one.odd, one.due, one.entered, one.waited, one.overdue_from,
        one.overdue, standing, one.mine,
    )  # fmt: skip


def _group(one: Group) -> GroupShown:
    title = action_in_words(one.title) if one.by is GroupBy.ACTION else one.title
    if one.by is GroupBy.RULE and one.key.startswith(ROT_RULE):
        title = RotReason(one.key.removeprefix(ROT_RULE)).label
    if one.by is GroupBy.FAMILY and title in SENTENCES.values():
        title = f"{title.rstrip('.')} (family {one.key})"
    return GroupShown(one.by, one.key, title, one.items, one.bytes, one.odd, one.due)


def _chosen(held: Held, looked: Looked) -> WaitingShown:
    place: Queued | None = looked.places.get(held.number)
    return WaitingShown(
        listed(held), named(looked.service(held.number) or ""), why(held, place.rule if place else ""),
        place.due if place else None, _words(looked.facts[held.number].odd), looked.holds.get(held.number, ()),
        place.assignee if place else "", looked.stamp(held.number),
    )  # fmt: skip


def _may_see(service: str | None, services: frozenset[str] | None) -> bool:
    return service is not None and (services is None or service in services)


def _words(odd: Iterable[Odd]) -> tuple[str, ...]:
    return tuple(one.words for one in odd)
