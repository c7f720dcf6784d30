"""What samples that people labelled said of the detector, kept for every report to tell."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from domain.rate import Rate
from domain.summary import Sampled
from inventory.engine import Database, reading
from inventory.tables import SampledRow


def write_sampled(connection: Connection, measured: Iterable[Sampled]) -> None:
    """Keep what was measured beside what is of other draws, and in the place of what was of the same."""
    for one in measured:
        values = {name: getattr(one, name) for name in ("at", "question", "detector", "labelled", "flagged")}
        shares = _shares("precision", one.precision) | _shares("recall", one.recall)
        same = (SampledRow.at == one.at, SampledRow.question == one.question)
        connection.execute(delete(SampledRow).where(*same))
        connection.execute(insert(SampledRow).values(values | shares))


def sampled(database: Database) -> tuple[Sampled, ...]:
    """Of each question what was measured of the latest draw."""
    columns = SampledRow.__table__.columns
    with reading(database) as connection:
        rows = connection.execute(select(*columns).order_by(SampledRow.at)).all()
    last = {row.question: row for row in rows}
    return tuple(
        Sampled(
            row.question, row.labelled, row.flagged, _rate(row.precision, row.precision_low, row.precision_high),
            _rate(row.recall, row.recall_low, row.recall_high), row.at, row.detector,
        )
        for row in last.values()
    )  # fmt: skip


def _shares(name: str, rate: Rate | None) -> dict[str, float]:
    return {name: rate.value, f"{name}_low": rate.low, f"{name}_high": rate.high} if rate else {}


def _rate(value: float | None, low: float | None, high: float | None) -> Rate | None:
    return None if value is None or low is None or high is None else Rate(value, low, high)
