"""A service's queue in the groups that its people think in, and the items of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.actor import About, Actor, Verb
from domain.review import Odd
from inventory.audit import Transaction
from inventory.engine import reading
from inventory.held import Held
from inventory.pages import held_numbered
from inventory.review_groups import First, Group, GroupBy, Order, Within, groups_of, queued_page
from operations.access import ask
from operations.review.desk import Desk
from operations.review.seeing import look

__all__ = [
    "First", "Group", "GroupBy", "GroupPage", "ItemPage", "Order", "Waiting", "Within", "groups", "items", "of_service",
]  # fmt: skip

_MOST_RULES = 10_000


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Some groups; `following` is the mark that the next page begins behind."""

    groups: tuple[Group, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits: `ground` is "flag" or "rot", `assignee` for whom it was sent there, `holds` the ids of those
    that freeze it now, and `stamp` what a form about it carries.
    """

    held: Held
    ground: str
    rule: str
    due: date
    entered: date
    odd: tuple[Odd, ...]
    assignee: str
    holds: tuple[str, ...]
    stamp: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    items: tuple[Waiting, ...]
    following: str | None


def groups(
    actor: Actor, desk: Desk, service: str, by: GroupBy, order: Order = Order.MOST, mark: str | None = None,
    limit: int = 50,
) -> GroupPage:  # fmt: skip
    """A page of groups. What is in no family of copies is in no group of them; classes come all at once."""
    ask(actor, Verb.VIEW_LIST, of_service(service))
    with reading(desk.trail.database) as connection:
        if by is GroupBy.CLASS:
            rules, _ = groups_of(connection, service, GroupBy.RULE, order, None, _MOST_RULES)
            return GroupPage(tuple(sorted(_by_class(desk, rules), key=_KEYS[order])), None)
        found, following = groups_of(connection, service, by, order, mark, limit)
    return GroupPage(tuple(_titled(desk, group) for group in found), following)


def items(
    actor: Actor, desk: Desk, service: str, within: Within | None = None, mark: str | None = None, limit: int = 50,
    first: First = First.DUE, *, odd: bool = False,
) -> ItemPage:  # fmt: skip
    """A page of what waits in a service's queue, or in a group of it, or of its outliers alone (`odd`); holds are those
    of this moment.
    """
    ask(actor, Verb.VIEW_LIST, of_service(service))
    with reading(desk.trail.database) as connection:
        group = meant(connection, desk, service, within)
        found, following = queued_page(connection, service, group, mark, limit, first, odd=odd)
        known = {one.number: one for one in held_numbered(connection, [one.item for one in found])}
    looked = look(desk, [one.item for one in found])
    shown = (
        Waiting(
            known[one.item], one.ground, one.rule, one.due, one.entered, one.odd, one.assignee,
            looked.holds.get(one.item, ()), looked.stamp(one.item),
        )
        for one in found
    )  # fmt: skip
    return ItemPage(tuple(shown), following)


def of_service(service: str) -> About:
    return About(frozenset({service}))


def meant(connection: Transaction, desk: Desk, service: str, within: Within | None) -> Within | None:
    """The group with the rules that are about it, where it is that of a class."""
    if within is None or within.by is not GroupBy.CLASS:
        return within
    rules, _ = groups_of(connection, service, GroupBy.RULE, Order.MOST, None, _MOST_RULES)
    return replace(within, rules=tuple(rule.key for rule in rules if _class_of(desk, rule.key) == within.key))


def _class_of(desk: Desk, rule: str) -> str:
    """The one class that a rule is about; "" where it is about several, or about something else."""
    named = desk.classes_of(rule)
    return named[0] if len(named) == 1 else ""


def _by_class(desk: Desk, rules: Iterable[Group]) -> Iterator[Group]:
    together: dict[str, list[Group]] = {}
    for group in rules:
        together.setdefault(_class_of(desk, group.key), []).append(group)
    titles = {one.id: one.title for one in desk.schedule.classes} if desk.schedule else {}
    for key, some in together.items():
        title = f"{key} {titles.get(key, '')}".strip() or "Several classes, or none"
        yield Group(
            GroupBy.CLASS, key, title, sum(one.items for one in some), sum(one.bytes for one in some),
            sum(one.odd for one in some), min(one.due for one in some), min(one.entered for one in some),
        )  # fmt: skip


_KEYS = {
    Order.MOST: lambda group: (-group.items, group.key),
    Order.LARGEST: lambda group: (-group.bytes, group.key),
    Order.EARLIEST: lambda group: (group.due, group.key),
}


def _titled(desk: Desk, group: Group) -> Group:
    """With a rule's title beside its id."""
    rule = desk.rule(group.key) if group.by is GroupBy.RULE else None
    return replace(group, title=f"{rule.id} {rule.title}".strip()) if rule else group
