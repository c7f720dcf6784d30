"""Redundant, obsolete and trivial files (ROT) as they were added up last: what could go, why, and what guards keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from domain.figures import Breakdown, BrokenDown
from domain.rot import Guard, RotReason
from domain.summary import Tally
from inventory.breakdowns import last_breakdown
from inventory.engine import Database
from inventory.rot_listing import rot_found
from operations.viewing.board import Board, Grid, Headline, Number, grid_of, in_order, line, named, rot
from operations.viewing.sight import Sight
from operations.viewing.standing import NOT_KEPT, standing_of
from reports.section import Bar, BarChart, Column, ColumnKind
from reports.wording import day, plural, size

_COUNTED = (Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES))
_LOOK_FIRST = "ROT has not been looked for yet. To look, run: muniment rot find"
_LEAVES_OUT = (
    "Bytes are counted once: of copies one stays, and what is proposed to stay is never counted.",
    "What is due for review, and what is merely old, asks a person to look; it is not counted as what could go.",
    "What a guard keeps out counts nowhere as what could go. Guards are listed above.",
    "Nothing goes by this: a person decides, another approves.",
)

_Sums = Mapping[tuple[str, Breakdown, tuple[str, ...]], Tally]


def rot_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, as it was added up last."""
    standing, broken, looked = standing_of(database, sight, now), last_breakdown(database), rot_found(database)
    sums = _seen(broken, sight)
    goes = _sum(sums, [reason for reason in RotReason if reason.disposable])
    look = _sum(sums, [reason for reason in RotReason if not reason.disposable])
    kept = sum((tally for (_, by, _), tally in sums.items() if by is Breakdown.GUARDED), Tally())
    step = standing.next_step(sight) or (_LOOK_FIRST if looked is None else "" if broken else NOT_KEPT)
    title, lead = "Redundant, obsolete and trivial files", _lead(goes, sums, looked, broken)
    if broken is None:  # 0 would say that there is none, where nobody knows
        return Board("rot", title, lead, leaves_out=_LEAVES_OUT, next_step=step)
    return Board(
        "rot", title, lead,
        (
            Headline("Could go", Number(goes.items, rot()), note=size(goes.bytes)),
            Headline("To be looked at", Number(look.items, rot(look="1")), note="due for review, or merely old"),
            Headline("Kept out by guards", Number(kept.items, rot(guarded="1")), note=size(kept.bytes)),
        ),
        (_chart(sums),) if goes.items else (),
        (_by_reason(sums), _by_service(sums), _by_guard(sums)), _LEAVES_OUT, step, broken.day,
    )  # fmt: skip


def _seen(broken: BrokenDown | None, sight: Sight) -> _Sums:
    ours = (Breakdown.ROT, Breakdown.GUARDED)
    return {
        key: tally for key, tally in (broken.sums if broken else {}).items() if key[1] in ours and sight.sees(key[0])
    }


def _sum(sums: _Sums, reasons: Sequence[RotReason], service: str | None = None) -> Tally:
    """Of what no guard keeps out."""
    some = (
        tally for (of, by, words), tally in sums.items()
        if by is Breakdown.ROT and words[0] in reasons and service in (None, of)
    )  # fmt: skip
    return sum(some, Tally())


def _lead(goes: Tally, sums: _Sums, looked: date | None, broken: BrokenDown | None) -> str:
    if looked is None or broken is None:
        return "How much could go is not known yet."
    if not goes.items:
        return f"Nothing was put forward as redundant, obsolete or trivial when it was looked for on {day(looked)}."
    largest = max((one for one in RotReason if one.disposable), key=lambda one: _sum(sums, [one]).bytes)
    return (
        f"{plural(goes.items, 'file')} ({size(goes.bytes)}) could go, if people agree; the most of it, "
        f"{size(_sum(sums, [largest]).bytes)}, is of the kind “{largest.label}”."
    )


def _by_reason(sums: _Sums) -> Grid:
    found = {reason: _sum(sums, [reason]) for reason in RotReason}
    rows = [
        line(reason.label, Number(tally.items, rot(reason=reason)), tally.bytes,
             "Could go" if reason.disposable else "To be looked at")
        for reason, tally in found.items() if tally.items
    ]  # fmt: skip
    return grid_of("by-reason", "Files by their first reason", (Column("Reason"), *_COUNTED, Column("What it means")),
                   rows, empty="None is known.")  # fmt: skip


def _by_service(sums: _Sums) -> Grid:
    goes = [reason for reason in RotReason if reason.disposable]
    columns = (Column("Service"), *_COUNTED, *(Column(reason.label, ColumnKind.COUNT) for reason in goes))
    rows = []
    for service in in_order(service for service, _, _ in sums):
        name, whole = named(service), _sum(sums, goes, service)
        cells = (Number(_sum(sums, [one], service).items, rot(reason=one, service=name)) for one in goes)
        rows.append(line(name, Number(whole.items, rot(service=name)), whole.bytes, *cells))
    return grid_of("by-service", "What could go, by service", columns, rows, empty="None is known.")


def _by_guard(sums: _Sums) -> Grid:
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for (_, by, words), tally in sums.items():
        if by is Breakdown.GUARDED:
            found[words[0]] += tally
    rows = [
        line(guard.sentence, Number(found[guard].items, rot(guarded="1")), found[guard].bytes)
        for guard in Guard if found[guard].items
    ]  # fmt: skip
    return grid_of("by-guard", "What is kept out, and why", (Column("Why"), *_COUNTED), rows,
                   empty="No guard keeps anything out.")  # fmt: skip


def _chart(sums: _Sums) -> BarChart:
    bars = (Bar(one.label, (_sum(sums, [one]).bytes,)) for one in RotReason if one.disposable)
    return BarChart("Size of what could go, by reason", ("Size",), tuple(bar for bar in bars if bar.total),
                    ColumnKind.BYTES, "by-reason")  # fmt: skip
