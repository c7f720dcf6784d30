"""What no table can say of itself: ids used twice, classes and years that nobody knows, events that run in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from retention.document import Document
from retention.glob import compile_glob
from retention.refusal import did_you_mean, table_name
from retention.rule_tables import ClockTable, RuleTable, TriggerTable
from retention.tables import EventTable, ScheduleFile
from retention.years import YEARS, year_named

Parts = Sequence[tuple[Document, ScheduleFile]]


def contradictions(parts: Parts) -> Iterator[str]:
    """Each as one line: where it stands, what is wrong, what to write instead."""
    heads = [document for document, file in parts if file.schedule is not None]
    for extra in heads[1:]:
        place = extra.place("schedule", 0)
        yield f"{place}: [schedule]: {heads[0].name} has one too; a schedule has one, so leave this out"
    for table in ("class", "rule", "hold", "key", "event"):
        yield from _repeated(parts, table)
    yield from _ids_across(parts)
    yield from _rules(parts)
    yield from _holds(parts)
    yield from _circles(parts)
    yield from _reopening(parts)


def clocks_in(clock: ClockTable) -> Iterator[ClockTable]:
    """The clock and all that it is made of."""
    yield clock
    for part in (*(clock.later_of or ()), *(clock.earlier_of or ()), *(clock.first_known or ())):
        yield from clocks_in(part)
    if isinstance(clock, RuleTable):
        for step in clock.steps or ():
            yield from clocks_in(step)


def _entries(document: Document, table: str) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = document.tables.get(table, [])
    return entries


def _complaint(document: Document, table: str, number: int, keys: list[str], sentence: str) -> str:
    called = table_name(table, number, _entries(document, table)[number])
    return f"{document.place(table, number, keys)}: {called}, {'.'.join(keys)}: {sentence}"


def _repeated(parts: Parts, table: str) -> Iterator[str]:
    """Ids that differ only by case are the same to a reader, and to a glob."""
    named = "name" if table in ("key", "event") else "id"
    first: dict[str, str] = {}
    for document, _ in parts:
        for number, entry in enumerate(_entries(document, table)):
            folded = str(entry[named]).casefold()
            if folded in first:
                said = f"it stands at {first[folded]} too; write another, one {named} is never used twice"
                yield _complaint(document, table, number, [named], said)
            first.setdefault(folded, document.place(table, number, [named]))


def _ids_across(parts: Parts) -> Iterator[str]:
    """Reasons name rules and holds by id alone."""
    rules = {rule.id.casefold() for _, file in parts for rule in file.rules}
    for document, file in parts:
        for number, hold in enumerate(file.holds):
            if hold.id.casefold() in rules:
                yield _complaint(document, "hold", number, ["id"], "a rule has this id; write another")


def _rules(parts: Parts) -> Iterator[str]:
    known = [entry.id for _, file in parts for entry in file.classes]
    for document, file in parts:
        for number, rule in enumerate(file.rules):
            for keys, sentence in (*_unknown_classes(rule, known), *_unknown_years(rule)):
                yield _complaint(document, "rule", number, keys, sentence)


def _unknown_classes(rule: RuleTable, known: list[str]) -> Iterator[tuple[list[str], str]]:
    for glob in rule.scope.classes or ():
        if not any(map(compile_glob(glob).matches, known)):
            yield ["scope", "classes"], _no_class(glob, known)
    if rule.class_ and rule.class_ not in known:
        yield ["class"], _no_class(rule.class_, known)
    for target in (rule.into, *(step.into for step in rule.steps or ())):
        if target is not None and target not in known:
            yield ["into"], _no_class(target, known)


def _no_class(name: str, known: list[str]) -> str:
    return f'no class has the id "{name}"; {did_you_mean(name, known)}'


def _unknown_years(rule: RuleTable) -> Iterator[tuple[list[str], str]]:
    for clock in clocks_in(rule):
        year = clock.trigger.end_of if clock.trigger else None
        if year is not None and year_named(year) is None:
            said = f'"{year}" is not a year; write one of {", ".join(YEARS)}, or a day as in "06-30"'
            yield ["trigger", "end_of"], said


def _holds(parts: Parts) -> Iterator[str]:
    known = [entry.id for _, file in parts for entry in file.classes]
    for document, file in parts:
        for number, hold in enumerate(file.holds):
            for glob in hold.scope.classes or ():
                if known and not any(map(compile_glob(glob).matches, known)):
                    yield _complaint(document, "hold", number, ["scope", "classes"], _no_class(glob, known))


def _circles(parts: Parts) -> Iterator[str]:
    """Events that are told by each other never happen."""
    told = {event.name: event.from_ for _, file in parts for event in file.events}
    for document, file in parts:
        for number, event in enumerate(file.events):
            if path := _circle(event, told):
                said = f"it is told by itself ({path}); name an event that is reported"
                yield _complaint(document, "event", number, ["from"], said)


def _circle(event: EventTable, told: dict[str, str]) -> str:
    seen, at = [event.name], event.from_
    while at in told and at not in seen:
        seen.append(at)
        at = told[at]
    return " from ".join([*seen, at]) if at == event.name else ""


def _reopening(parts: Parts) -> Iterator[str]:
    """Events that reopen each other never close."""
    reopened = {(trigger.event, trigger.reopened_by) for _, _, trigger in _reopened(parts)}
    for document, number, trigger in _reopened(parts):
        if (trigger.reopened_by, trigger.event) in reopened:
            said = f"{trigger.event} and {trigger.reopened_by} reopen each other; let one of them close"
            yield _complaint(document, "rule", number, ["trigger", "reopened_by"], said)


def _reopened(parts: Parts) -> Iterable[tuple[Document, int, TriggerTable]]:
    for document, file in parts:
        for number, rule in enumerate(file.rules):
            for clock in clocks_in(rule):
                if clock.trigger and clock.trigger.reopened_by:
                    yield document, number, clock.trigger
