"""What would become of the items held if a schedule were in force: every change of outcome. Writes nothing."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import TypeAlias

from domain.decision import State
from domain.errors import ConfigurationError
from domain.event import EventRegister
from domain.item import readable
from domain.rule import Action, Rule, Schedule, Status
from domain.summary import Tally
from inventory.considered import Considered, Estate, Standing, considered
from inventory.considered_folders import locator_of
from inventory.engine import Database
from operations.schedule.evaluate import bare_flag
from operations.schedule.judging import Grounds, Judge, grounds_in, judged
from retention.decide import NO_EVENTS, Situation, Verdict
from retention.reach import Reach

_EXAMPLES = 20


class Effect(StrEnum):
    """How a draft changes what becomes of an item. One item may show two: no longer due, and uncomputable."""

    NEWLY_DUE = "newly due"
    NO_LONGER_DUE = "no longer due"
    BLOCKED = "newly due but for a hold"
    UNCOMPUTABLE = "newly uncomputable"
    OTHERWISE = "another day, action, rule or class"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where an item stands. `is_due`: something may be done with it, if only a step before the last."""

    state: State
    action: Action
    due: date | None
    rule: str | None
    record_class: str | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """An item of which something else would become. `contradicts`: a flag that stands would be another."""

    number: int
    source: str
    path: str = field(repr=False)
    service: str
    size: int
    before: Outcome
    after: Outcome
    effects: tuple[Effect, ...]
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a draft would change on a day. `sums` are by service, class and effect; an item with two effects is in two
    of them, and once in `changed`. `contradicted`: flags now standing that would be others. `freed` and `kept` are
    bytes that would be newly due for disposal, and no longer.
    """

    draft: str
    against: str
    day: date
    sums: dict[tuple[str, str, Effect], Tally]
    changed: Tally
    contradicted: Tally
    freed: int
    kept: int
    examples: tuple[Changed, ...]

    def of(self, effect: Effect) -> Tally:
        return sum((tally for key, tally in self.sums.items() if key[2] is effect), Tally())


def simulate(
    database: Database,
    draft: Schedule,
    against: Schedule,
    grounds: Grounds,
    seed: int = 0,
    tell: Callable[[Changed], object] = lambda _: None,
) -> Simulation:
    """Compare a draft with another schedule on every file held, and `tell` each that changes.

    The examples are drawn by `seed`: the same of the same inventory. Nothing is written.
    """
    sums: dict[tuple[str, str, Effect], Tally] = {}
    changed = contradicted = Tally()
    freed = kept = 0
    drawn: list[tuple[bytes, int, Changed]] = []
    for one in changes(database, draft, against, grounds):
        tell(one)
        held = Tally(1, one.size)
        changed += held
        contradicted += held if one.contradicts else Tally()
        for effect in one.effects:
            key = (one.service, one.after.record_class or "", effect)
            sums[key] = sums.get(key, Tally()) + held
        freed += one.size if Effect.NEWLY_DUE in one.effects and one.after.action is Action.DISPOSE else 0
        kept += one.size if Effect.NO_LONGER_DUE in one.effects and one.before.action is Action.DISPOSE else 0
        _draw(drawn, one, seed)
    examples = tuple(one for _, _, one in sorted(drawn, reverse=True))
    return Simulation(_named(draft), _named(against), grounds.today, sums, changed, contradicted, freed, kept, examples)


def changes(database: Database, draft: Schedule, against: Schedule, grounds: Grounds) -> Iterator[Changed]:
    """Every file of which something else would become, in no order that is promised."""
    holds = bool(grounds.holds or draft.holds or against.holds)
    judges = [Judge(schedule, grounds) for schedule in (against, draft)]
    if holds:
        free = replace(grounds, holds=())
        judges += [Judge(replace(schedule, holds=()), free) for schedule in (against, draft)]

    def answer(_: Considered, verdicts: Sequence[Verdict]) -> _Difference | None:
        outcomes = [_outcome(verdict, grounds.today) for verdict in verdicts]
        return _difference(*outcomes, *outcomes[: 4 - len(outcomes)])

    def matters(situations: Sequence[Situation]) -> bool:
        """Where both see the same and are of as long an observation, they come to the same."""
        return draft.min_observed != against.min_observed or not situations[0].is_like(situations[1])

    asked = judges[0].asked | judges[1].asked
    with considered(database, asked) as estate:
        for one, found in judged(estate, judges, answer, _touched(estate, against, draft, grounds), matters):
            if found:
                yield _changed(one, estate, found)


def grounds_of_both(
    database: Database,
    draft: Schedule,
    against: Schedule,
    today: date,
    term_keys: Collection[str] = (),
    events: EventRegister = NO_EVENTS,
) -> Grounds:
    """What either of them decides by."""
    both = replace(draft, holds=(*draft.holds, *against.holds), rules=(*draft.rules, *against.rules))
    return grounds_in(database, both, today, term_keys, events)


def on_trial(draft: Schedule, against: Schedule, rule: str | None = None) -> Schedule:
    """What is to be compared: of a draft, its drafted rules as if they were approved; with `rule`, the schedule that
    it is compared with, and that one rule of the draft in it (or, where the draft has none of that id, without it).

    Raises ConfigurationError where neither has such a rule.
    """
    if rule is None:
        drafted = draft.status is Status.DRAFT
        return replace(draft, rules=tuple(_approved(each) for each in draft.rules)) if drafted else draft
    taken = [_approved(each) for each in draft.rules if each.id == rule]
    others = tuple(each for each in against.rules if each.id != rule)
    if not taken and len(others) == len(against.rules):
        raise ConfigurationError(f"There is no rule {rule!r} in either schedule. See: muniment retention diff OLD NEW")
    known = {each.id for each in against.classes}
    added = tuple(each for each in draft.classes if each.id not in known and taken)
    return replace(
        against, title=f"{against.title} with {rule}", rules=(*others, *taken), classes=(*against.classes, *added)
    )


def _touched(estate: Estate, against: Schedule, draft: Schedule, grounds: Grounds) -> Collection[int] | None:
    """The folders that what differs may be about; None where that is all of them."""
    said = grounds.classes
    claims = {claim.record_class for claim in (*said.items.values(), *said.folders.values())}
    reach = Reach(against, draft, claims)
    touched, is_all = array("q"), True
    for number, each in estate.folders.every():
        if reach.touches(readable(each.path), each.service, each.source):
            touched.append(number)
        else:
            is_all = False
    return None if is_all else touched


def _approved(rule: Rule) -> Rule:
    return replace(rule, status=Status.APPROVED) if rule.status is Status.DRAFT else rule


_Difference: TypeAlias = tuple[Outcome, Outcome, tuple[Effect, ...]]


def _difference(before: Outcome, after: Outcome, free_before: Outcome, free_after: Outcome) -> _Difference | None:
    """`free` is what it would be without holds."""
    found = []
    if after.is_due and not before.is_due:
        found.append(Effect.NEWLY_DUE)
    if before.is_due and not after.is_due:
        found.append(Effect.NO_LONGER_DUE)
    if after.state is State.HELD and free_after.is_due and not free_before.is_due:
        found.append(Effect.BLOCKED)
    if after.state is State.UNCOMPUTABLE and before.state is not State.UNCOMPUTABLE:
        found.append(Effect.UNCOMPUTABLE)
    if not found and before == after:
        return None
    return before, after, tuple(found) or (Effect.OTHERWISE,)


def _outcome(verdict: Verdict, today: date) -> Outcome:
    said = bare_flag(verdict, today) or verdict
    is_due = said is not verdict and said.state is State.DUE
    return Outcome(said.state, said.action, said.due, verdict.rule, verdict.record_class, is_due)


def _changed(one: Considered, estate: Estate, found: _Difference) -> Changed:
    folder = estate.folders[one.folder]
    before, after, effects = found
    return Changed(
        one.number, folder.source, readable(locator_of(folder, one.name)), folder.service, one.size, before, after,
        effects, _contradicts(one.standing, after),
    )  # fmt: skip


def _contradicts(standing: Standing, after: Outcome) -> bool:
    due = None if after.due is None else str(after.due)
    return standing[1] is not None and standing[1:5] != (str(after.state), str(after.action), due, after.rule)


def _draw(drawn: list[tuple[bytes, int, Changed]], one: Changed, seed: int) -> None:
    """Those whose lot is least: a sample that does not hang on the order."""
    lot = blake2b(b"%d %d" % (seed, one.number), digest_size=8).digest()
    entry = (bytes(255 - each for each in lot), one.number, one)
    if len(drawn) < _EXAMPLES:
        heapq.heappush(drawn, entry)
    else:
        heapq.heappushpop(drawn, entry)


def _named(schedule: Schedule) -> str:
    return f"{schedule.title}, version {schedule.version}" if schedule.version else schedule.title
