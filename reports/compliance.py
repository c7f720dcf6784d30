"""The retention compliance report: what a rule of the schedule is about, what it can be computed for, what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.decision import State
from domain.figures import AGES, Flagged, Reviewing
from domain.hold import Hold
from domain.rule import Action
from domain.summary import Provenance, ServiceEstate, Tally
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE
from reports.wording import count, day, part, plural, share

_DECISIONS = (
    "An item is reviewed in time where somebody decided on it before it was overdue in its queue. Decisions of before "
    "this was kept, and items that were only sent on to others, are not counted."
)
_UNCOMPUTABLE = (
    "A rule that cannot be computed lacks an event or a date from outside the file, such as the day that a case was "
    "closed or a person was born. Such an item is kept, never taken for expired. To bring the days in: muniment events "
    "import."
)
_OBSERVED = (
    "Nothing is due until it has been in the inventory for as long as the schedule asks: it is under observation."
)


def compliance_report(
    provenance: Provenance,
    services: Sequence[ServiceEstate],
    flagged: Sequence[Flagged],
    frozen: int | None,
    holds: Sequence[Hold],
    today: date,
    reviews: Sequence[Reviewing] = (),
) -> Report:
    """`frozen` is how many items holds kept from anything when the schedule was last applied; `reviews` one for each
    service that has a queue, or had one.
    """
    return Report(
        name="compliance",
        title="Retention compliance",
        lead=_lead(provenance, services, flagged),
        sections=(
            _headline(services, flagged, frozen, holds, reviews),
            _by_service(services, flagged),
            _late(flagged),
            _actions(flagged),
            _reviews(reviews),
            _holds(holds, today),
            Section("How to read this", points=(_UNCOMPUTABLE, _OBSERVED, _DECISIONS)),
        ),
        provenance=provenance,
    )


def _tally(flagged: Sequence[Flagged], state: State, service: str | None = None) -> Tally:
    of = (each.tally for each in flagged if each.state == state and (service is None or each.service == service))
    return sum(of, Tally())


def _under(services: Sequence[ServiceEstate]) -> Tally:
    return sum((each.under_rule for each in services), Tally())


def _held(services: Sequence[ServiceEstate]) -> Tally:
    return sum((each.held for each in services), Tally())


def _lead(provenance: Provenance, services: Sequence[ServiceEstate], flagged: Sequence[Flagged]) -> str:
    if provenance.schedule is None or provenance.evaluated is None:
        return "No retention schedule has been applied yet, so nothing can be said of compliance."
    held, under, due = _held(services), _under(services), _tally(flagged, State.DUE)
    unsure = _tally(flagged, State.UNCOMPUTABLE)
    fraction, sure = part(under.items, held.items), part(under.items - unsure.items, under.items)
    return (
        f"The schedule has a rule for {'no file' if not fraction else share(fraction) + ' of all files'}; of these "
        f"{'none' if sure is None else share(sure)} can be computed. {plural(due.items, 'file')} "
        f"{'is' if due.items == 1 else 'are'} past the day on which something should have been done. "
        f"Judged on {day(provenance.evaluated)}."
    )


def _headline(
    services: Sequence[ServiceEstate],
    flagged: Sequence[Flagged],
    frozen: int | None,
    holds: Sequence[Hold],
    reviews: Sequence[Reviewing],
) -> Section:
    reviewed = sum(reviews, Reviewing(""))
    held, under = _held(services), _under(services)
    unsure = _tally(flagged, State.UNCOMPUTABLE)
    figures = (
        Figure(
            "Under a rule", part(under.items, held.items), ColumnKind.SHARE, f"of {plural(held.items, 'file')} held"
        ),
        Figure("Under a rule, by size", part(under.bytes, held.bytes), ColumnKind.SHARE, "of all bytes held"),
        Figure("Computable", part(under.items - unsure.items, under.items), ColumnKind.SHARE, "of files under a rule"),
        Figure("Past their day", _tally(flagged, State.DUE).items, ColumnKind.COUNT, "files"),
        Figure(
            "Under observation",
            _tally(flagged, State.OBSERVED).items,
            ColumnKind.COUNT,
            "due, but not long enough known",
        ),
        Figure("Frozen by holds", frozen, ColumnKind.COUNT, f"files; {plural(len(holds), 'hold')} in force"),
        Figure(
            "Reviewed in time",
            part(reviewed.in_time, reviewed.decided),
            ColumnKind.SHARE,
            f"of {plural(reviewed.decided, 'item')} decided on" if reviewed.decided else "nothing was decided on yet",
        ),
        Figure(
            "Overdue for review", reviewed.overdue, ColumnKind.COUNT, f"of {plural(reviewed.waiting, 'item')} that wait"
        ),
    )
    return Section("In short", figures=figures)


_SERVICE_COLUMNS = (
    Column("Service"),
    Column("Files held", ColumnKind.COUNT),
    Column("Under a rule", ColumnKind.COUNT),
    Column("Share under a rule", ColumnKind.SHARE),
    Column("Cannot be computed", ColumnKind.COUNT),
    Column("Under observation", ColumnKind.COUNT),
    Column("Past their day", ColumnKind.COUNT),
)


def _by_service(services: Sequence[ServiceEstate], flagged: Sequence[Flagged]) -> Section:
    rows = tuple(
        _row(each.service or NO_SERVICE, each.held, each.under_rule, flagged, each.service) for each in services
    )
    total = _row("Total", _held(services), _under(services), flagged, None)
    table = Table(
        "by-service",
        "How much of each service's holding the schedule rules",
        _SERVICE_COLUMNS,
        rows,
        total if rows else None,
        empty="Nothing is held.",
    )
    bars = tuple(
        Bar(each.service or NO_SERVICE, (each.under_rule.items, each.held.items - each.under_rule.items))
        for each in services
    )
    chart = BarChart(
        "Files under a rule and under none, by service",
        ("Under a rule", "Under no rule"),
        tuple(bar for bar in bars if bar.total),
        ColumnKind.COUNT,
        "by-service",
    )
    return Section("By service", charts=(chart,) if chart.bars else (), tables=(table,))


def _row(name: str, held: Tally, under: Tally, flagged: Sequence[Flagged], service: str | None) -> Row:
    states = (State.UNCOMPUTABLE, State.OBSERVED, State.DUE)
    return (
        name,
        held.items,
        under.items,
        part(under.items, held.items),
        *(_tally(flagged, state, service).items for state in states),
    )


def _late(flagged: Sequence[Flagged]) -> Section:
    due = [each for each in flagged if each.state == State.DUE]
    names = sorted({each.service for each in due})
    columns = (
        Column("Service"),
        *(Column(f"Late by {words}", ColumnKind.COUNT) for words in AGES),
        Column("Files", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
    )
    rows = tuple(_aged(name or NO_SERVICE, [each for each in due if each.service == name]) for name in names)
    table = Table(
        "past-due",
        "Files past their day, by how long",
        columns,
        rows,
        _aged("Total", due) if rows else None,
        empty="Nothing is past its day.",
    )
    return Section("Past their day", tables=(table,))


def _aged(name: str, due: Sequence[Flagged]) -> Row:
    bands = tuple(sum(each.tally.items for each in due if each.late == place) for place in range(len(AGES)))
    whole = sum((each.tally for each in due), Tally())
    return name, *bands, whole.items, whole.bytes


def _actions(flagged: Sequence[Flagged]) -> Section:
    found: dict[Action, Tally] = {}
    for each in flagged:
        if each.state == State.DUE:
            found[Action(each.action)] = found.get(Action(each.action), Tally()) + each.tally
    rows = tuple(
        (_ACTIONS.get(action) or str(action).replace("-", " ").capitalize(), tally.items, tally.bytes)
        for action, tally in sorted(found.items())
    )
    columns = (
        Column("What the schedule asks for"),
        Column("Files", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
    )
    table = Table(
        "actions", "What should be done with what is past its day", columns, rows, empty="Nothing is past its day."
    )
    return Section("What is to be done", tables=(table,))


_ACTIONS: Mapping[Action, str] = {
    Action.DISPOSE: "Dispose of it",
    Action.REVIEW: "Have a person look at it",
    Action.ARCHIVE: "Offer it to the archives",
}


_REVIEW_COLUMNS = (
    Column("Service"),
    Column("Wait for a decision", ColumnKind.COUNT),
    Column("Of these overdue", ColumnKind.COUNT),
    Column("Decided on", ColumnKind.COUNT),
    Column("Of these in time", ColumnKind.COUNT),
    Column("Share in time", ColumnKind.SHARE),
)


def _reviews(reviews: Sequence[Reviewing]) -> Section:
    rows = tuple(_reviewing(each.service or NO_SERVICE, each) for each in reviews)
    total = _reviewing("Total", sum(reviews, Reviewing(""))) if rows else None
    table = Table(
        "reviews", "What waits for a decision, and what was decided in time", _REVIEW_COLUMNS, rows, total,
        empty="Nothing waits in a queue, and nothing was decided on.",
    )  # fmt: skip
    return Section("Review", tables=(table,))


def _reviewing(name: str, of: Reviewing) -> Row:
    return name, of.waiting, of.overdue, of.decided, of.in_time, part(of.in_time, of.decided)


def _holds(holds: Sequence[Hold], today: date) -> Section:
    columns = (
        Column("Hold", names=True),
        Column("Kind"),
        Column("Placed", ColumnKind.DATE),
        Column("Review by", ColumnKind.DATE, absent="no day set"),
        Column("Review"),
    )
    rows = tuple(
        (hold.id, str(hold.kind), hold.placed, hold.review_by, "late" if hold.nags(today) else "not late")
        for hold in holds
    )
    late = sum(hold.nags(today) for hold in holds)
    note = f"{count(late)} of them should have been looked at again by now; they go on all the same." if late else ""
    table = Table("holds", "Holds in force", columns, rows, note=note, empty="No hold is in force.")
    return Section("Holds", tables=(table,))
