"""What items are when somebody looks at them, holds checked at that moment, and whether they still are so later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.hold import Hold
from domain.review import Aside, Odd, Seen, stamp
from domain.rule import Period, Risk, Schedule
from inventory import classes
from inventory import holds as kept
from inventory.audit import Transaction
from inventory.considered import considered
from inventory.engine import reading
from inventory.review_groups import Queued, queued
from inventory.review_seen import Facts, facts_of
from inventory.searched import search
from operations.review.desk import Desk
from operations.schedule.judging import Grounds, Judge

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of items at a moment: of files that are there their facts, of those that wait their place in a
    queue, and the ids of the holds on them; `in_force` are the inventory's holds that these were found by. `risks` are
    known where they were asked for: of what is to go.
    """

    facts: Mapping[int, Facts]
    places: Mapping[int, Queued]
    holds: Mapping[int, tuple[str, ...]]
    in_force: tuple[Hold, ...]
    risks: Mapping[int, Risk | None] = field(default_factory=dict)

    def seen(self, item: int) -> Seen | None:
        """None of an item that is not there."""
        return self.facts[item].seen(self.holds.get(item, ())) if item in self.facts else None

    def stamp(self, item: int) -> str:
        """What a form about the item carries; empty of one that is not there."""
        seen = self.seen(item)
        return stamp(seen) if seen else ""

    def bytes(self, items: Iterable[int]) -> int:
        return sum(self.facts[item].size for item in items)

    def service(self, item: int) -> str | None:
        """Who decides on it: in whose queue it waits, or whose its folder is; None of one that is not there."""
        if item in self.places:
            return self.places[item].service
        return self.facts[item].service if item in self.facts else None


class HoldsChangedError(Exception):
    """Holds were placed or released while somebody decided: look again."""


def look(desk: Desk, items: Sequence[int], *, risks: bool = False) -> Looked:
    with reading(desk.trail.database) as connection:
        facts, places = facts_of(connection, items, desk.today), queued(connection, items)
        in_force = _active(desk, kept.holds(connection))
    held = holds_on(desk, sorted(facts), in_force)
    return Looked(facts, places, held, in_force, _risks(desk, facts.values()) if risks else {})


def look_again(transaction: Transaction, desk: Desk, items: Sequence[int], before: Looked) -> Looked:
    """The same in the transaction that decides on them. Raises HoldsChangedError where holds are others by now."""
    if _active(desk, kept.holds(transaction)) != before.in_force:
        raise HoldsChangedError
    facts = facts_of(transaction, items, desk.today)
    return replace(before, facts=facts, places=queued(transaction, items))


def apart(looked: Looked, item: int) -> Aside | Odd | None:
    """Why an item does not go together with others; None where it may."""
    if looked.risks.get(item) is Risk.HIGH:
        return Aside.RISK
    return next(iter(looked.facts[item].odd), None)


def holds_on(desk: Desk, items: Sequence[int], in_force: Sequence[Hold] | None = None) -> dict[int, tuple[str, ...]]:
    """The ids of the holds that freeze each of these items on that day, the schedule's too; what cannot be told is
    frozen. Items that nothing freezes are left out.
    """
    database = desk.trail.database
    if in_force is None:
        with reading(database) as connection:
            in_force = _active(desk, kept.holds(connection))
    of_schedule = desk.schedule.holds if desk.schedule else ()
    if not items or not (in_force or _active(desk, of_schedule)):
        return {}
    bare = replace(desk.schedule, rules=()) if desk.schedule else _no_schedule(desk)
    register = classes.register(database)
    found: dict[int, tuple[str, ...]] = {}
    for at in range(0, len(items), _AT_ONCE):
        some = items[at : at + _AT_ONCE]
        sought = search(database, _active(desk, (*of_schedule, *in_force)), some)
        grounds = Grounds(desk.today, desk.term_keys, desk.events, tuple(in_force), register, sought)
        judge = Judge(bare, grounds)
        with considered(database, judge.asked) as estate:
            for one in estate.numbered(some):
                if held := judge.weigh(one, estate.folders[one.folder]).holds:
                    found[one.number] = tuple(each.hold.id for each in held)
    return found


def _risks(desk: Desk, facts: Collection[Facts]) -> dict[int, Risk | None]:
    """By items' numbers: of the classes that a rule names; where it names none, of the one that the item is of."""
    classes = _classes(desk, [one.item for one in facts if not desk.classes_of(one.rule)])
    return {one.item: desk.risk_of(one.rule, classes.get(one.item)) for one in facts}


def _classes(desk: Desk, items: Sequence[int]) -> dict[int, str | None]:
    if not items or desk.schedule is None:
        return {}
    database = desk.trail.database
    grounds = Grounds(desk.today, desk.term_keys, desk.events, classes=classes.register(database))
    judge = Judge(replace(desk.schedule, holds=()), grounds)
    with considered(database, judge.asked) as estate:
        return {
            one.number: judge.weigh(one, estate.folders[one.folder]).decision.record_class
            for one in estate.numbered(items)
        }


def _active(desk: Desk, holds: Iterable[Hold]) -> tuple[Hold, ...]:
    return tuple(hold for hold in holds if hold.is_active(desk.today))


def _no_schedule(desk: Desk) -> Schedule:
    return Schedule("none", "0", "none", desk.today, Period(), (), (), "")
