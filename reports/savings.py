"""What would be saved, in pounds and in carbon: by the organisation's own factors, and without them not at all."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rot import Decided, Factors
from domain.summary import Tally
from reports.section import Column, ColumnKind, Row, Section, Table

_TB = 10**12
_UNSET = "not said"
_UNRECORDED = "none recorded"
NOTHING_SAVED = (
    "Nothing is approved or achieved yet: no decision and no disposal is recorded in this inventory, so nothing has "
    "been saved."
)
_DISTINCT = (
    "Proposed, approved and achieved are three figures that are never added up: a proposal saves nothing until "
    "somebody approves it, and an approval nothing until it was carried out and backups have rolled over."
)


def savings(factors: Factors, proposed: Tally, decided: Decided) -> Section:
    """A year's cost of keeping what is proposed, approved and disposed of."""
    columns = (
        Column("Stage"),
        Column("Items", ColumnKind.COUNT, absent=_UNRECORDED),
        Column("Size", ColumnKind.BYTES, absent=_UNRECORDED),
        Column("£ a year", ColumnKind.COUNT, absent=_UNSET),
        Column("kg CO2e a year", ColumnKind.COUNT, absent=_UNSET),
    )
    stages = (("Proposed", proposed), ("Approved", decided.approved), ("Achieved", decided.achieved))
    rows = tuple(_row(stage, tally, factors) for stage, tally in stages)
    table = Table("savings", "What it costs a year to keep, by how far it got", columns, rows)
    points = (*(() if decided else (NOTHING_SAVED,)), *_assumed(factors))
    return Section("What it would save", text=(_DISTINCT,), tables=(table,), points=points)


def a_year(factor: float | None, factors: Factors, tally: Tally) -> int | None:
    """By one of the factors, copies on backups counted in; None where it is not set."""
    if factor is None:
        return None
    return round(factor * tally.bytes / _TB * (1 + (factors.backup_copies or 0)))


def _row(stage: str, tally: Tally | None, factors: Factors) -> Row:
    if tally is None:
        return stage, None, None, None, None
    pounds = a_year(factors.pounds_per_tb_year, factors, tally)
    return stage, tally.items, tally.bytes, pounds, a_year(factors.kg_co2e_per_tb_year, factors, tally)


def _assumed(factors: Factors) -> Iterator[str]:
    for factor, what, setting in (
        (factors.pounds_per_tb_year, "£", "pounds_per_tb_year"),
        (factors.kg_co2e_per_tb_year, "kg CO2e", "kg_co2e_per_tb_year"),
    ):
        if factor is None:
            yield (
                f"No figure in {what} is said: {setting} is not set in [savings] of the configuration, and nobody "
                "else's factor is used in its place."
            )
        else:
            yield f"By the organisation's own factor: {factor:,g} {what} a year for each terabyte (10^12 bytes) kept."
    if factors.backup_copies is None:
        yield "Copies on backups are not counted: backup_copies is not set in [savings]."
    else:
        yield f"Each byte is kept {factors.backup_copies:,g} further times on backups, which is counted in."
