"""Defects that published schedules have: no parser would refuse them, and a records manager would mend them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.rule import Action, ByOutcome, Clock, Combined, Purpose, Rule, Schedule, Span, Status
from retention.glob import compile_glob
from retention.words import in_words, listed

REPEALED = {
    "Data Protection Act 1998": "the Data Protection Act 2018 and the UK GDPR",
    "Ionising Radiations Regulations 1999": "the Ionising Radiations Regulations 2017",
    "Control of Asbestos Regulations 2006": "the Control of Asbestos Regulations 2012",
    "Children's Homes Regulations 2001": "the Children's Homes (England) Regulations 2015",
    "Accounts and Audit Regulations 2011": "the Accounts and Audit Regulations 2015",
    "Public Contracts Regulations 2006": "the Public Contracts Regulations 2015, then the Procurement Act 2023",
    "Disability Discrimination Act 1995": "the Equality Act 2010",
    "Race Relations Act 1976": "the Equality Act 2010",
    "Sex Discrimination Act 1975": "the Equality Act 2010",
    "National Assistance Act 1948": "the Care Act 2014",
    "Standards Board": "the Localism Act 2011",
}
"""Repealed or superseded law that schedules still cite, and what came after it: a lead to check, not advice."""

_IONISING_1999 = re.compile(r"ionising radiation.{0,20}1999", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})\s*(year|yr|month|week|day)s?\b", re.IGNORECASE)
_AGE = re.compile(r"\bage (?:of )?(\d{1,3})\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(as long as (?:is )?(?:required|needed|necessary)|until no longer (?:required|needed)|as required)\b|^current$",
    re.IGNORECASE,
)
_PERMANENT = re.compile(r"\b(permanent(?:ly)?|for ever|forever|indefinite(?:ly)?)\b", re.IGNORECASE)
_EXPIRES = re.compile(r"\b(?:expires?|valid until|ends?)\b(?: at)?(?: the)?(?: end)?(?: of)? ((?:[A-Z][a-z]+ )?\d{4})")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong, where (a rule's, class's or hold's id, or the schedule's) and what to do about it."""

    code: str
    where: str
    sentence: str


def lint(
    schedule: Schedule, today: date, held_classes: Collection[str] = (), unruled: Collection[str] = ()
) -> list[Defect]:
    """Every defect, in the order of the schedule. `held_classes` are those with items in the inventory, `unruled` the
    functions or services with items that no rule is about: both are gaps only an inventory can show.
    """
    found = [*_head(schedule, today)]
    for rule in schedule.rules:
        found += [*_wording(rule), *_law(rule), *_force(rule, today), *_reach(rule, schedule)]
    found += [*_series(schedule), *_gaps(schedule, held_classes), *_holds(schedule, today)]
    found += [
        Defect("gap", name, f"{name} holds items and no rule is about them; write one") for name in sorted(unruled)
    ]
    return found


def _head(schedule: Schedule, today: date) -> Iterator[Defect]:
    if schedule.review_by is None:
        yield Defect("no-review", schedule.id, "No day is set on which the schedule is reviewed; write review_by")
    elif schedule.review_by < today:
        said = f"The schedule was to be reviewed by {in_words(schedule.review_by)}; review it and set a new day"
        yield Defect("expired", schedule.id, said)
    match = _EXPIRES.search(schedule.title)
    ended = _month_end(match[1]) if match else None
    if match and ended and ended < today:
        yield Defect("expired", schedule.id, f'Its title says "{match[0]}", which is over; publish a new version')


def _wording(rule: Rule) -> Iterator[Defect]:
    said = " ".join(filter(None, (rule.says, rule.title)))
    if match := _VAGUE.search(said) or _VAGUE.search(rule.says):
        yield Defect("vague", rule.id, f'"{match[0]}" is no period that anybody can compute; write one, or an event')
    numbers = [*_NUMBER.findall(rule.says), *((age, "year") for age in _AGE.findall(rule.says))]
    permanent = _PERMANENT.search(said)
    if permanent and numbers and not rule.action.is_transfer:
        yield Defect(
            "permanent", rule.id, f'"{rule.says or rule.title}" is for ever and a number of years; say which is meant'
        )
    elif permanent and rule.action is not Action.KEEP and not rule.action.is_transfer:
        yield Defect("disagrees", rule.id, f'The words say "{permanent[0]}", the rule ends; make them agree')
    elif not permanent and numbers and rule.action is Action.KEEP and rule.status is not Status.DRAFT:
        yield Defect("disagrees", rule.id, f'The words say "{rule.says}", the rule keeps for ever; make them agree')
    if rule.clock is not None and numbers and not permanent:
        yield from _disagreement(rule, {(int(number), unit[0].upper()) for number, unit in numbers})


def _disagreement(rule: Rule, said: set[tuple[int, str]]) -> Iterator[Defect]:
    """Words and code agree where every period of the code is among the words."""
    assert rule.clock is not None
    spoken = said | {(number * 12, "M") for number, unit in said if unit == "Y"}
    spoken |= {(number // 12, "Y") for number, unit in said if unit == "M" and number % 12 == 0}
    spoken |= {(number * 7, "D") for number, unit in said if unit == "W"}
    missing = [str(period) for period in _periods(rule.clock) if not period <= spoken]
    if missing:
        yield Defect("disagrees", rule.id, f'The words say "{rule.says}", the rule another period; make them agree')


class _Units(frozenset[tuple[int, str]]):
    """The numbers of one period with their units."""


def _periods(clock: Clock) -> Iterator[_Units]:
    if isinstance(clock, Combined):
        for part in clock.of:
            yield from _periods(part)
        return
    span: Span = clock
    given = span.period
    periods = [period for _, period in given.periods] if isinstance(given, ByOutcome) else [given]
    for period in periods:
        yield _Units((n, u) for n, u in ((period.years, "Y"), (period.months, "M"), (period.days, "D")) if n)


def _law(rule: Rule) -> Iterator[Defect]:
    cited = f"{rule.authority} {rule.justification}"
    found = [law for law in REPEALED if law.casefold() in cited.casefold()]
    if not found and _IONISING_1999.search(cited):
        found = ["Ionising Radiations Regulations 1999"]
    for law in found:
        yield Defect("repealed", rule.id, f"It cites {law}, since replaced by {REPEALED[law]}; check the authority")


def _force(rule: Rule, today: date) -> Iterator[Defect]:
    if rule.effective_to and rule.effective_to < today and rule.status is Status.APPROVED:
        said = f"It ended on {in_words(rule.effective_to)} and is still approved; retire it, or give it a new day"
        yield Defect("expired", rule.id, said)
    if not rule.justification and rule.status is Status.APPROVED:
        yield Defect("no-reason", rule.id, "It says on whose authority but not why; write a justification")


def _reach(rule: Rule, schedule: Schedule) -> Iterator[Defect]:
    if rule.status is Status.RETIRED:
        return
    if rule.scope.classes and not any(_can_be_of(each.id, rule) for each in schedule.classes):
        yield Defect("unreachable", rule.id, "No class of the schedule is meant by it; mend scope.classes")
    elif rule.scope.classes and not any(
        (each.paths or each.labels or each.words or each.hints) and _can_be_of(each.id, rule)
        for each in schedule.classes
    ):
        said = "Nothing leads to its class but a person's decision; give the class paths, labels, words or hints"
        yield Defect("unreachable", rule.id, said)
    if rule.scope.paths and set(rule.scope.paths) <= set(rule.scope.exclude):
        yield Defect("unreachable", rule.id, "It excludes all that its paths include; mend one of the two")


def _can_be_of(record_class: str, rule: Rule) -> bool:
    return any(compile_glob(glob).matches(record_class) for glob in rule.scope.classes)


def _series(schedule: Schedule) -> Iterator[Defect]:
    """Two rules about exactly the same things with different periods: one of them was forgotten."""
    same: dict[object, list[Rule]] = defaultdict(list)
    for rule in schedule.rules:
        if rule.purpose is Purpose.RECORD and rule.status is not Status.RETIRED:
            same[rule.scope, rule.match].append(rule)
    for rules in same.values():
        if len({(rule.clock, rule.action is Action.KEEP) for rule in rules}) > 1 and not _follow(rules):
            ids = listed([rule.id for rule in rules])
            yield Defect(
                "two-periods",
                rules[0].id,
                f"{ids} give one series different periods; the longest holds: retire the others",
            )
    titles: dict[str, list[str]] = defaultdict(list)
    for each in schedule.classes:
        titles[each.title.casefold()].append(each.id)
    for named in titles.values():
        if len(named) > 1:
            yield Defect(
                "two-classes", named[0], f"{listed(named)} have one title; tell them apart, or make them one class"
            )


def _follow(rules: Iterable[Rule]) -> bool:
    """Whether each ends before the next begins, so that never two are in force."""
    ordered = sorted(rules, key=lambda rule: rule.effective_from or date.min)
    return all((a.effective_to or date.max) < (b.effective_from or date.min) for a, b in pairwise(ordered))


def _gaps(schedule: Schedule, held_classes: Collection[str]) -> Iterator[Defect]:
    for each in schedule.classes:
        rules = [rule for rule in schedule.rules if _can_be_of(each.id, rule)]
        if not any(rule.status is not Status.RETIRED and rule.purpose is Purpose.RECORD for rule in rules):
            items = ", and items are of it" if each.id in held_classes else ""
            yield Defect("gap", each.id, f"No record rule is about class {each.id} ({each.title}){items}; write one")


def _holds(schedule: Schedule, today: date) -> Iterator[Defect]:
    for hold in schedule.holds:
        if hold.nags(today) and hold.review_by:
            said = f"The hold was to be reviewed by {in_words(hold.review_by)} and goes on; review it"
            yield Defect("hold-review", hold.id, said)
        elif hold.is_active(today) and hold.review_by is None and hold.request is None:
            yield Defect("hold-review", hold.id, "The hold has no day on which it is reviewed; write review_by")


def _month_end(text: str) -> date | None:
    *month, year = text.split()
    if month and month[0].casefold() not in _MONTHS:
        return None
    number = _MONTHS.index(month[0].casefold()) + 1 if month else 12
    return date(int(year), number, 28)
