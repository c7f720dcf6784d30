"""Tables of a schedule that are sound, turned into the domain's values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.hold import Hold, HoldKind, HoldScope, RequestKind
from domain.rule import (
    Action,
    AllOf,
    AnyOf,
    Choice,
    Clock,
    Combined,
    DateSource,
    DuplicateOf,
    HasKind,
    HasTerm,
    KeyForm,
    Marked,
    Not,
    Period,
    RecordClass,
    Review,
    Rule,
    Schedule,
    Scope,
    Span,
    Step,
    Test,
    Trigger,
)  # fmt: skip
from retention.period import add_period
from retention.rule_tables import ClockTable, MatchTable, ReviewTable, RuleTable, ScopeTable, StepTable, TriggerTable
from retention.tables import ClassTable, EventTable, FunctionTable, HoldTable, ScheduleFile, ScheduleTable
from retention.years import year_named

DISPUTABLE = {
    RequestKind.FOI: Period(months=6),
    RequestKind.SAR: Period(months=6),
    RequestKind.ERASURE: Period(months=3),
}
"""How long an answer is expected to be disputed, where a hold does not say. Ours to begin with, and not law."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What triggers refer to: the ends of years, and the events that are told by another."""

    years: dict[str, str]
    events: dict[str, EventTable]


def schedule_of(files: Sequence[ScheduleFile], digest: str) -> Schedule:
    head = next(file.schedule for file in files if file.schedule is not None)
    terms = _Terms(_years(head), {event.name: event for file in files for event in file.events})
    return Schedule(
        id=head.id,
        version=head.version,
        title=head.title or head.id,
        effective_from=head.effective_from,
        min_observed=head.observed,
        classes=tuple(_class(table, file.function) for file in files for table in file.classes),
        rules=tuple(_rule(table, terms) for file in files for table in file.rules),
        digest=digest,
        holds=tuple(hold_of(table) for file in files for table in file.holds),
        keys=tuple(KeyForm(table.name, table.pattern) for file in files for table in file.keys),
        review_by=head.review_by,
        approved_by=head.approved_by,
        owner=head.owner or "",
        status=head.status,
    )


def _years(head: ScheduleTable) -> dict[str, str]:
    return {"financial-year": head.defaults.year_end, "academic-year": head.defaults.academic_year_end}


def _class(table: ClassTable, function: FunctionTable | None) -> RecordClass:
    return RecordClass(
        id=table.id,
        title=table.title,
        paths=table.paths or (),
        labels=table.labels or (),
        words=table.words or (),
        hints=table.hints or (),
        lgcs=table.lgcs or (function.lgcs if function else "") or "",
        risk=table.risk,
        owner=table.owner or "",
        approver=table.approver or "",
        function=table.function or (function.title if function else ""),
        description=table.description or "",
    )


def _rule(table: RuleTable, terms: _Terms) -> Rule:
    last = table.last
    own = _clock(table, terms)
    return Rule(
        id=table.id,
        title=table.title or "",
        scope=_scope(table.scope, table.class_),
        action=_action(last),
        clock=_clock(last, terms) or own,
        authority=table.authority,
        justification=table.justification,
        match=_test(table.match) if table.match else None,
        before=tuple(_step(step, own, terms) for step in (table.steps or ())[:-1]),
        target=last.into or last.to or "",
        purpose=table.purpose,
        basis=table.basis,
        says=table.says,
        apd_ref=table.apd_ref,
        owner=table.owner or "",
        approver=table.approver or "",
        review=_review(table.review),
        risk=table.risk,
        status=table.status,
        effective_from=table.effective_from,
        effective_to=table.effective_to,
    )


def _action(table: StepTable | RuleTable) -> Action:
    assert table.action is not None  # a rule without steps has one
    return table.action


def _step(table: StepTable, own: Clock | None, terms: _Terms) -> Step:
    return Step(table.action, _clock(table, terms) or own, table.into or table.to or "")


def _clock(table: ClockTable, terms: _Terms) -> Clock | None:
    if table.trigger is not None and table.period is not None:
        return Span(_trigger(table.trigger, terms), table.period)
    for choice, parts in (
        (Choice.LATER, table.later_of),
        (Choice.EARLIER, table.earlier_of),
        (Choice.FIRST_KNOWN, table.first_known),
    ):
        if parts:
            clocks = (_clock(part, terms) for part in parts)
            return Combined(choice, tuple(clock for clock in clocks if clock is not None))
    return None


def _trigger(table: TriggerTable, terms: _Terms) -> Trigger:
    event, plus = _reported(table.event, table.plus or Period(), terms.events)
    source, on = (table.date, None) if isinstance(table.date, DateSource) else (None, table.date)
    return Trigger(
        date=source,
        on=on,
        event=event,
        person=table.person,
        key=table.key,
        under=table.under,
        reopened_by=table.reopened_by,
        plus=plus,
        end_of=year_named(table.end_of, terms.years) if table.end_of else None,
    )


def _reported(event: str | None, plus: Period, told: dict[str, EventTable]) -> tuple[str | None, Period]:
    """The event that somebody reports, and how long after it the one that is meant comes."""
    while event in told:
        table = told[event]
        event = table.from_
        plus = Period(plus.years + table.plus.years, plus.months + table.plus.months, plus.days + table.plus.days)
    return event, plus


def _scope(table: ScopeTable, record_class: str | None) -> Scope:
    return Scope(
        classes=(record_class,) if record_class else table.classes or (),
        paths=table.paths or (),
        exclude=table.exclude or (),
        services=table.services or (),
        sources=table.sources or (),
        owners=table.owners or (),
        types=table.types or (),
        formats=table.formats or (),
        mailbox_folders=table.mailbox_folders or (),
        min_size=table.min_size,
        max_size=table.max_size,
    )


def _test(table: MatchTable) -> Test:
    if table.mark is not None:
        return Marked(table.mark)
    if table.kind is not None:
        return HasKind(table.kind, table.min_count or 1, table.min_confidence or 0.0)
    if table.term is not None:
        return HasTerm(table.term, table.min_count or 1)
    if table.duplicate_of is not None:
        return DuplicateOf(table.duplicate_of)
    if table.not_ is not None:
        return Not(_test(table.not_))
    return AllOf(_tests(table.all)) if table.all else AnyOf(_tests(table.any or ()))


def _tests(tables: Iterable[MatchTable]) -> tuple[Test, ...]:
    return tuple(map(_test, tables))


def _review(table: ReviewTable | None) -> Review | None:
    return Review(table.first, table.second or "", table.remind, table.escalate) if table else None


def hold_of(table: HoldTable) -> Hold:
    scope, days = table.scope, table.scope.created
    period = table.ends_after or (DISPUTABLE[table.request] if table.request else None)
    return Hold(
        id=table.id,
        kind=HoldKind(table.kind),
        reason=table.reason,
        authorised_by=table.authorised_by,
        scope=HoldScope(
            classes=scope.classes or (),
            paths=scope.paths or (),
            services=scope.services or (),
            sources=scope.sources or (),
            begins=days.from_ if days else None,
            ends=days.to if days else None,
            terms=scope.terms or (),
            people=scope.people or (),
        ),
        status=table.status,
        placed=table.placed,
        review_by=table.review_by,
        request=table.request,
        answered=table.answered,
        ends_on=add_period(table.answered, period) if table.answered and period else None,
    )
