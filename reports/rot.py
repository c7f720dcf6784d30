"""The ROT report: what is put forward as redundant, obsolete or trivial, and how much room it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.rot import CopyGroup, Decided, Factors, Guard, RotReason, RotSum
from domain.summary import Provenance, ServiceEstate, Tally
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.rot_lists import NOTHING_FOUND, RotLists, listed
from reports.savings import savings
from reports.services import NO_SERVICE, held_by_service
from reports.wording import day, items_and_size, part, plural, share, size

_PROPOSED = "These are proposals: nothing has been approved and nothing has been disposed of."
_UNDER_WAY = "These are proposals. What was approved, and what is gone, stands under savings."
_LOOK = "To look for it: muniment rot find"
_COUNTED_ONCE = (
    "An item may be put forward for more than one reason. It is counted once, under the first of these that holds, "
    "and its size is counted once: it is what would be freed if all of it were disposed of. A further name of the "
    "same file on disk (a hard link) frees nothing and counts as no bytes."
)
_NOT_COUNTED = (
    "These are not counted above. They ask a person to look, or to give them a class; age alone is no reason for "
    "disposal, and all of it may well stay. What is put forward above for another reason is not in these counts, so "
    "reports that tell what is past its day may name more."
)
_KEPT_OUT = (
    "A reason holds for these items too, and they are not put forward and not counted above, because of what is said "
    "here. Whoever may decide can look at each in the list."
)
_MEANINGS = {
    RotReason.PAST_DUE: "The retention schedule says that it may be disposed of, and its time is up.",
    RotReason.COPY: "Another item that is proposed to stay has exactly the same content.",
    RotReason.VERSION: "Another item that is proposed to stay says nearly the same, or is a later version of it.",
    RotReason.TECHNICAL: "Its name, type or place says that it is temporary or technical, or it is empty.",
    RotReason.PERSONAL: "It is somebody's own, or passing: out-of-office replies, answers to invitations, music.",
    RotReason.REVIEW: "The retention schedule asks a person to look at it, and the day has come.",
    RotReason.STALE: "Signs say that nobody uses it any more. It needs a class, or a rule keeps it on.",
}
_COUNTED = tuple(reason for reason in RotReason if reason.disposable)
_LOOKED_AT = tuple(reason for reason in RotReason if not reason.disposable)


def rot_report(
    provenance: Provenance,
    services: Sequence[ServiceEstate],
    sums: Sequence[RotSum],
    lists: RotLists,
    looked: date | None,
    groups: Sequence[CopyGroup] = (),
    factors: Factors = Factors(),  # noqa: B008  a frozen value
    decided: Decided = Decided(),  # noqa: B008  a frozen value
) -> Report:
    """Each item counts once, under its primary reason; bytes are those that disposal would free."""
    held = held_by_service(services, (each.service for each in sums))
    counted = [each for each in sums if each.guard is None and each.reason.disposable]
    whole, rot = sum(held.values(), Tally()), _sum(counted)
    return Report(
        name="rot",
        title="Redundant, obsolete and trivial files",
        lead=_lead(provenance, whole, rot, looked, decided),
        sections=(
            _headline(whole, rot),
            _by_reason(counted),
            _by_service(held, counted),
            _groups(groups),
            savings(factors, rot, decided),
            _looked_at([each for each in sums if each.guard is None and not each.reason.disposable]),
            _kept_out([each for each in sums if each.guard is not None]),
            listed(lists, sums),
            _leaves_out(provenance, services, looked),
        ),
        provenance=provenance,
    )


def _sum(sums: Iterable[RotSum]) -> Tally:
    return sum((each.tally for each in sums), Tally())


def _lead(provenance: Provenance, held: Tally, rot: Tally, looked: date | None, decided: Decided) -> str:
    if not rot.items and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to put forward."
    if looked is None:
        return f"Nobody has looked yet for what is redundant, obsolete or trivial. {_LOOK}"
    if not rot.items:
        return f"Nothing was found to be redundant, obsolete or trivial among {_amount(held)} held."
    fraction = part(rot.bytes, held.bytes)
    of_it = f", {share(fraction)} of the {size(held.bytes)} held," if fraction is not None else ""
    verb = "is" if rot.items == 1 else "are"
    so_far = _UNDER_WAY if decided else _PROPOSED
    return f"{_amount(rot)}{of_it} {verb} put forward as redundant, obsolete or trivial. {so_far}"


def _amount(amount: Tally) -> str:
    return items_and_size(amount.items, amount.bytes)


def _headline(held: Tally, rot: Tally) -> Section:
    figures = (
        Figure("Items put forward", rot.items, ColumnKind.COUNT, f"of {plural(held.items, 'item')} held"),
        Figure("Size put forward", rot.bytes, ColumnKind.BYTES, f"of {size(held.bytes)} held"),
        Figure("Share of the size held", part(rot.bytes, held.bytes), ColumnKind.SHARE),
    )
    return Section("In short", figures=figures)


def _by_reason(counted: Sequence[RotSum]) -> Section:
    table = _reason_table("by-reason", "Items put forward, by primary reason", _COUNTED, counted)
    return Section("Why items are put forward", text=(_COUNTED_ONCE,), tables=(table,), points=_meanings(_COUNTED))


def _reason_table(name: str, caption: str, reasons: Sequence[RotReason], sums: Sequence[RotSum]) -> Table:
    tallies = {reason: _sum(each for each in sums if each.reason is reason) for reason in reasons}
    total = _sum(sums)
    return Table(
        name,
        caption,
        (Column("Reason"), Column("Items", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES)),
        tuple((reason.label, tally.items, tally.bytes) for reason, tally in tallies.items()) if sums else (),
        total=("Total", total.items, total.bytes) if sums else None,
        empty=NOTHING_FOUND,
    )


def _meanings(reasons: Iterable[RotReason]) -> tuple[str, ...]:
    return tuple(f"{reason.label}: {_MEANINGS[reason]}" for reason in reasons)


def _by_service(held: dict[str, Tally], counted: Sequence[RotSum]) -> Section:
    of_service = {name: [each for each in counted if (each.service or NO_SERVICE) == name] for name in held}
    bars = tuple(
        Bar(name, tuple(_sum(each for each in sums if each.reason is reason).bytes for reason in _COUNTED))
        for name, sums in of_service.items()
    )
    chart = BarChart(
        title="Size put forward, by service and primary reason",
        series=tuple(reason.label for reason in _COUNTED),
        bars=tuple(bar for bar in bars if bar.total),
        kind=ColumnKind.BYTES,
        table="by-service-and-reason",
    )
    tables = (_service_table(held, of_service), _detailed(counted))
    return Section("By service", charts=(chart,) if chart.bars else (), tables=tables)


def _service_table(held: dict[str, Tally], of_service: dict[str, list[RotSum]]) -> Table:
    columns = (
        Column("Service"),
        Column("Items held", ColumnKind.COUNT),
        Column("Size held", ColumnKind.BYTES),
        Column("Items put forward", ColumnKind.COUNT),
        Column("Size put forward", ColumnKind.BYTES),
        Column("Share of size held", ColumnKind.SHARE),
    )
    rot = {name: _sum(sums) for name, sums in of_service.items()}
    total = _service_row("Total", sum(held.values(), Tally()), sum(rot.values(), Tally()))
    return Table(
        "by-service",
        "What each service holds, and what of it is put forward",
        columns,
        tuple(_service_row(name, held[name], rot[name]) for name in held),
        total,
        empty="Nothing is held.",
    )


def _service_row(name: str, held: Tally, rot: Tally) -> Row:
    return name, held.items, held.bytes, rot.items, rot.bytes, part(rot.bytes, held.bytes)


def _detailed(counted: Sequence[RotSum]) -> Table:
    columns = (
        Column("Service"),
        Column("Source", names=True),
        Column("Reason"),
        Column("Items", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
    )
    order = {reason: place for place, reason in enumerate(RotReason)}
    ordered = sorted(counted, key=lambda each: (not each.service, each.service, each.source, order[each.reason]))
    total = _sum(counted)
    return Table(
        "by-service-and-reason",
        "Items put forward, by service, source and primary reason",
        columns,
        tuple(
            (each.service or NO_SERVICE, each.source, each.reason.label, each.tally.items, each.tally.bytes)
            for each in ordered
        ),
        total=("Total", "All sources", "All reasons", total.items, total.bytes) if counted else None,
        empty=NOTHING_FOUND,
    )


def _groups(groups: Sequence[CopyGroup]) -> Section:
    columns = (
        Column("Proposed to stay", ColumnKind.PATH),
        Column("Service"),
        Column("Copies put forward", ColumnKind.COUNT),
        Column("Size put forward", ColumnKind.BYTES),
    )
    rows = tuple((each.keeps, each.service or NO_SERVICE, each.tally.items, each.tally.bytes) for each in groups)
    table = Table(
        "copies",
        "The groups of exact copies that would free the most",
        columns,
        rows,
        empty="There are no exact copies.",
        note="Which of several copies stays is proposed by what each is and where it lies, never by its age.",
    )
    return Section("The largest groups of copies", tables=(table,))


def _looked_at(sums: Sequence[RotSum]) -> Section:
    table = _reason_table("to-look-at", "Items that ask a person to look", _LOOKED_AT, sums)
    return Section("Not counted: what asks to be looked at", (_NOT_COUNTED,), tables=(table,),
                   points=_meanings(_LOOKED_AT))  # fmt: skip


def _kept_out(sums: Sequence[RotSum]) -> Section:
    tallies = {guard: _sum(each for each in sums if each.guard is guard) for guard in Guard}
    rows = tuple((guard.sentence, tally.items, tally.bytes) for guard, tally in tallies.items() if tally.items)
    total = _sum(sums)
    table = Table(
        "kept-out",
        "Items that are kept out, by why",
        (Column("Why"), Column("Items", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES)),
        rows,
        total=("Total", total.items, total.bytes) if rows else None,
        empty="Nothing had to be kept out.",
    )
    return Section("Not counted: what is kept out", text=(_KEPT_OUT,), tables=(table,))


def _leaves_out(provenance: Provenance, services: Sequence[ServiceEstate], looked: date | None) -> Section:
    ruled = sum((service.under_rule for service in services), Tally())
    points = (
        f"It is as it was found on {day(looked)}." if looked else "It was not looked for yet.",
        "Attachments and members of archives are not counted: they go when what they sit in goes.",
        "Near copies and versions are those of the families that were found last; pictures that look the same are for "
        "people to see, and are not counted.",
        _unread(provenance),
        _without_rule(provenance, ruled),
        "What a rule of the schedule keeps until a later day may be among the stale: it is not counted either way.",
        "Requests in progress that nobody entered as a hold, and copies on backups, are for people to check before "
        "anything goes.",
    )
    return Section("What this leaves out", points=points)


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
