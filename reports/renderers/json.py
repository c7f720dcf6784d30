"""JSON: the whole report with raw values, for programs. Sizes are bytes, dates ISO 8601, times in UTC."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO

from domain.summary import Coverage
from reports.renderers.flat import Writer
from reports.report import BarChart, Cell, Column, Heat, Report, Row, RowSource, Section, Table
from reports.wording import utc


def render_json(report: Report) -> str:
    """One object. Anything that is not ASCII is escaped, so no character in a name can act on a terminal."""
    return "".join(_pieces(report))


def files(report: Report) -> dict[str, Writer]:
    whole: dict[str, Writer] = {f"{report.name}.json": partial(_write, report)}
    return whole if report.linked is None else {**whole, f"{report.name}.jsonld": partial(_write_linked, report.linked)}


class _Rows(list[Any]):
    """Rows that are read as they are written: of sequences, json's encoder takes nothing but lists."""

    def __init__(self, rows: tuple[Row, ...] | RowSource) -> None:
        super().__init__()
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[list[Any]]:
        return ([_value(cell) for cell in row] for row in self._rows)


def _write(report: Report, file: BinaryIO) -> None:
    file.writelines(piece.encode() for piece in _pieces(report))


def _write_linked(linked: Mapping[str, Any], file: BinaryIO) -> None:
    file.write(f"{json.dumps(linked, indent=1)}\n".encode())


def _pieces(report: Report) -> Iterator[str]:
    # The encoder written in Python, which an indent chooses, iterates; the one in C would take the list as empty.
    yield from json.JSONEncoder(indent=1).iterencode(_report(report))
    yield "\n"


def _report(report: Report) -> dict[str, Any]:
    return {
        "report": report.name,
        "title": report.title,
        "organisation": report.provenance.organisation,
        "handling": report.watermark,
        "lead": report.lead,
        "caveats": report.caveats,
        "provenance": _provenance(report),
        "sections": [_section(section) for section in report.pages],
    }


def _provenance(report: Report) -> dict[str, Any]:
    made = report.provenance
    return {
        "scope": made.scope,
        "scanned": _value(made.scanned),
        "scan_complete": made.scan_complete,
        "schedule": made.schedule,
        "evaluated": _value(made.evaluated),
        "detector": made.detector,
        **({} if report.publishable else _coverage(made.coverage)),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    """Not published as it stands; the quality box has it."""
    missing = coverage.not_fully_examined
    return {
        "not_fully_examined": {"items": missing.items, "bytes": missing.bytes},
        "awaiting_ocr": coverage.awaiting_ocr,
        "parts": coverage.parts,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "text": section.text,
        "figures": [
            {"label": figure.label, "value": _value(figure.value), "kind": figure.kind, "note": figure.note}
            for figure in section.figures
        ],
        "charts": [_chart(chart) for chart in section.charts],
        "tables": [_table(table) for table in section.tables],
        "points": section.points,
    }


def _chart(chart: BarChart) -> dict[str, Any]:
    bars = [{"label": bar.label, "values": bar.values} for bar in chart.bars]
    return {"title": chart.title, "series": chart.series, "kind": chart.kind, "bars": bars, "table": chart.table}


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "caption": table.caption,
        "note": table.note,
        "columns": [_column(column) for column in table.columns],
        "rows": _Rows(table.rows),
        "total": None if table.total is None else [_value(cell) for cell in table.total],
    }


def _column(column: Column) -> dict[str, str]:
    return {"heading": column.heading, "kind": column.kind}


def _value(cell: Cell) -> Any:
    if isinstance(cell, Heat):
        return {"items": cell.items, "highest": cell.highest}
    if isinstance(cell, datetime):
        return utc(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
