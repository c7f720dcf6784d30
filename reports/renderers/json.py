"""JSON: the whole report with raw values, for programs. Sizes are bytes, dates ISO 8601, times in UTC."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from reports.report import BarChart, Cell, Column, Heat, Report, Section, Table
from reports.wording import utc


def render_json(report: Report) -> str:
    """One object. Anything that is not ASCII is escaped, so no character in a name can act on a terminal."""
    return json.dumps(_report(report), indent=1) + "\n"


def files(report: Report) -> dict[str, bytes]:
    return {f"{report.name}.json": render_json(report).encode()}


def _report(report: Report) -> dict[str, Any]:
    return {
        "report": report.name,
        "title": report.title,
        "organisation": report.provenance.organisation,
        "lead": report.lead,
        "caveats": report.caveats,
        "provenance": _provenance(report),
        "sections": [_section(section) for section in report.pages],
    }


def _provenance(report: Report) -> dict[str, Any]:
    made = report.provenance
    missing = made.coverage.not_fully_examined
    return {
        "scope": made.scope,
        "scanned": _value(made.scanned),
        "scan_complete": made.scan_complete,
        "schedule": made.schedule,
        "evaluated": _value(made.evaluated),
        "detector": made.detector,
        "not_fully_examined": {"items": missing.items, "bytes": missing.bytes},
        "awaiting_ocr": made.coverage.awaiting_ocr,
        "parts": made.coverage.parts,
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
        "rows": [[_value(cell) for cell in row] for row in table.rows],
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
