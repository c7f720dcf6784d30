"""The ROT report: what is put forward as redundant, obsolete or trivial, and how much room it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.summary import Provenance, RotItem, RotReason, ServiceEstate, Tally
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE, held_by_service
from reports.wording import day, items_and_size, part, plural, share, size

_PROPOSED = "These are proposals: nothing has been approved and nothing has been disposed of."
_NOTHING = "Nothing was found to be redundant, obsolete or trivial."
_COUNTED_ONCE = (
    "An item may be put forward for more than one reason. It is counted once, under the first of these that holds, "
    "and its size is counted once: it is what would be freed if all of it were disposed of. A further name of the "
    "same file on disk (a hard link) frees nothing and counts as no bytes."
)
_MEANINGS = {
    RotReason.PAST_DUE: "The retention schedule says that it may be disposed of, and its time is up.",
    RotReason.COPY: "Another item that stays has exactly the same content.",
    RotReason.TRIVIAL: "Its name says that it is temporary or technical, or it is empty.",
    RotReason.REVIEW: "The retention schedule asks a person to look at it, and the day has come; it may well stay.",
}


_Tallies = dict[tuple[str, RotReason], Tally]
"""By service and primary reason; absent where nothing was found."""


def rot_report(provenance: Provenance, services: Sequence[ServiceEstate], items: Sequence[RotItem]) -> Report:
    """Each item counts once, under its primary reason; bytes are those that disposal would free."""
    held = held_by_service(services, (item.service for item in items))
    tallies = _tallies(items)
    return Report(
        name="rot",
        title="Redundant, obsolete and trivial files",
        lead=_lead(provenance, _sum(held.values()), _sum(tallies.values())),
        sections=(
            _headline(_sum(held.values()), _sum(tallies.values())),
            _by_reason(tallies),
            _by_service(held, tallies),
            _list(items),
            _leaves_out(provenance, services, items),
        ),
        provenance=provenance,
    )


def _tallies(items: Iterable[RotItem]) -> _Tallies:
    tallies: _Tallies = {}
    for item in items:
        key = (item.service or NO_SERVICE, item.reason)
        tallies[key] = tallies.get(key, Tally()) + Tally(1, item.size)
    return tallies


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _lead(provenance: Provenance, held: Tally, rot: Tally) -> str:
    if not rot.items and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to put forward."
    if not rot.items:
        return f"Nothing was found to be redundant, obsolete or trivial among {_amount(held)} held."
    fraction = part(rot.bytes, held.bytes)
    of_it = f", {share(fraction)} of the {size(held.bytes)} held," if fraction is not None else ""
    verb = "is" if rot.items == 1 else "are"
    return f"{_amount(rot)}{of_it} {verb} put forward as redundant, obsolete or trivial. {_PROPOSED}"


def _amount(amount: Tally) -> str:
    return items_and_size(amount.items, amount.bytes)


def _headline(held: Tally, rot: Tally) -> Section:
    figures = (
        Figure("Items put forward", rot.items, ColumnKind.COUNT, f"of {plural(held.items, 'item')} held"),
        Figure("Size put forward", rot.bytes, ColumnKind.BYTES, f"of {size(held.bytes)} held"),
        Figure("Share of the size held", part(rot.bytes, held.bytes), ColumnKind.SHARE),
    )
    return Section("In short", figures=figures)


def _by_reason(tallies: _Tallies) -> Section:
    of_reason = {reason: _sum(amount for (_, of), amount in tallies.items() if of is reason) for reason in RotReason}
    total = _sum(of_reason.values())
    table = Table(
        "by-reason",
        "Items put forward, by primary reason",
        (Column("Reason"), Column("Items", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES)),
        tuple((reason.value, amount.items, amount.bytes) for reason, amount in of_reason.items()) if tallies else (),
        total=("Total", total.items, total.bytes) if tallies else None,
        empty=_NOTHING,
    )
    meanings = tuple(f"{reason.value}: {meaning}" for reason, meaning in _MEANINGS.items())
    return Section("Why items are put forward", text=(_COUNTED_ONCE,), tables=(table,), points=meanings)


def _by_service(held: dict[str, Tally], tallies: _Tallies) -> Section:
    tables = (_service_table(held, tallies), _service_and_reason_table(held, tallies))
    chart = _chart(held, tallies)
    return Section("By service", charts=(chart,) if chart.bars else (), tables=tables)


def _service_table(held: dict[str, Tally], tallies: _Tallies) -> Table:
    columns = (
        Column("Service"),
        Column("Items held", ColumnKind.COUNT),
        Column("Size held", ColumnKind.BYTES),
        Column("Items put forward", ColumnKind.COUNT),
        Column("Size put forward", ColumnKind.BYTES),
        Column("Share of size held", ColumnKind.SHARE),
    )
    of_service = {name: _sum(tallies.get((name, reason), Tally()) for reason in RotReason) for name in held}
    rows = tuple(_service_row(name, held[name], rot) for name, rot in of_service.items())
    total = _service_row("Total", _sum(held.values()), _sum(of_service.values()))
    return Table(
        "by-service",
        "What each service holds, and what of it is put forward",
        columns,
        rows,
        total,
        empty="Nothing is held.",
    )


def _service_row(name: str, held: Tally, rot: Tally) -> Row:
    return name, held.items, held.bytes, rot.items, rot.bytes, part(rot.bytes, held.bytes)


def _service_and_reason_table(held: dict[str, Tally], tallies: _Tallies) -> Table:
    columns = (
        Column("Service"),
        Column("Reason"),
        Column("Items", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
    )
    rows = tuple(
        (name, reason.value, tallies[name, reason].items, tallies[name, reason].bytes)
        for name in held
        for reason in RotReason
        if (name, reason) in tallies
    )
    total = _sum(tallies.values())
    return Table(
        "by-service-and-reason",
        "Items put forward, by service and primary reason",
        columns,
        rows,
        total=("Total", "All reasons", total.items, total.bytes) if tallies else None,
        empty=_NOTHING,
    )


def _chart(held: dict[str, Tally], tallies: _Tallies) -> BarChart:
    bars = (Bar(name, tuple(tallies.get((name, reason), Tally()).bytes for reason in RotReason)) for name in held)
    return BarChart(
        title="Size put forward, by service and primary reason",
        series=tuple(reason.value for reason in RotReason),
        bars=tuple(bar for bar in bars if bar.total),
        kind=ColumnKind.BYTES,
        table="by-service-and-reason",
    )


def _list(items: Sequence[RotItem]) -> Section:
    largest_first = sorted(items, key=lambda item: (-item.size, item.service, item.path))
    total = sum(item.size for item in items)
    columns = (
        Column("Path", ColumnKind.PATH),
        Column("Service"),
        Column("Reason"),
        Column("Detail", ColumnKind.PATH),
        Column("Size", ColumnKind.BYTES),
        Column("Modified", ColumnKind.DATE),
        Column("Also"),
    )
    table = Table(
        "items",
        "Every item put forward, largest first",
        columns,
        tuple(map(_row, largest_first)),
        total=(f"Total of {plural(len(items), 'item')}", "", "", "", total, None, "") if items else None,
        empty=_NOTHING,
    )
    return Section("The items", tables=(table,))


def _row(item: RotItem) -> Row:
    also = "; ".join(reason.value for reason in item.also)
    return item.path, item.service or NO_SERVICE, item.reason.value, item.detail, item.size, item.modified, also


def _leaves_out(provenance: Provenance, services: Sequence[ServiceEstate], items: Sequence[RotItem]) -> Section:
    ruled = _sum(service.under_rule for service in services)
    points: tuple[str, ...] = (
        "Attachments and members of archives are not counted: they go when what they sit in goes.",
        "Near copies and chains of versions have not been looked for; only exact copies are counted.",
        _unread(provenance),
        _without_rule(provenance, ruled),
        "Items that have only not been touched for a long time are not counted: age alone is no reason for disposal.",
        "Legal holds, requests in progress and copies on backups are for people to check before anything goes.",
        "Cost (£) and carbon (CO2e) are left blank, because the organisation's own factors for them are not set.",
    )
    undated = sum(item.modified is None for item in items)
    if undated:
        points += (f"{plural(undated, 'item')} put forward {_has(undated)} no date of modification.",)
    return Section("What this leaves out", points=points)


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _unread(provenance: Provenance) -> str:
    missing = provenance.coverage.not_fully_examined
    if nothing_scanned(provenance):
        return "Nothing has been scanned yet."
    if not missing.items:
        return "Every item that the scan has listed was examined whole."
    return (
        f"{_amount(missing)} {'was' if missing.items == 1 else 'were'} not fully examined. Copies among them may be "
        "missing here."
    )


def _without_rule(provenance: Provenance, ruled: Tally) -> str:
    if provenance.schedule is None or provenance.evaluated is None:
        return "No retention schedule has been applied, so nothing could be found past due."
    return (
        f"Past due was judged on {day(provenance.evaluated)}, for the {_amount(ruled)} that a rule of the schedule "
        "was found for. Nothing else can be past due."
    )
