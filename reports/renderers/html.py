"""HTML: the reading copy, in one file that asks nothing of a network, runs no script, prints and can be read aloud."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.item import printable
from reports.certificate import CertificatePage
from reports.charts import drawn
from reports.renderers.flat import Writer
from reports.report import Cell, Column, ColumnKind, Figure, Heat, Report, Table
from reports.wording import count, day, exact, plural, written


def render_html(report: Report) -> str:
    tables = {table.name: number for number, table in enumerate(report.tables, start=1)}
    return _environment().get_template("template.html").render(report=report, numbers=tables)


def render_certificate(page: CertificatePage) -> str:
    return _environment().get_template("certificate.html").render(report=page)


def files(report: Report) -> dict[str, Writer]:
    return {f"{report.name}.html": partial(_write, report)}


def _write(report: Report, file: BinaryIO) -> None:
    file.write(render_html(report).encode("utf-8", "backslashreplace"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "renderers"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "drawn": drawn, "cell": _cell, "exact": _exact, "side": _side, "shade": _shade, "value": _value,
        "count": count, "day": day,
    }  # fmt: skip
    environment.tests |= {"heated": _heated}
    environment.globals |= {"left_out": _left_out}
    return environment


def _harmless(value: Any) -> Any:
    """Control and bidirectional characters written out, whatever they came in by; markup of a macro is left alone."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _cell(cell: Cell, column: Column) -> str:
    return written(cell, column.kind, column.absent)


def _value(figure: Figure) -> str:
    return written(figure.value, figure.kind)


def _exact(cell: Cell, column: Column) -> str:
    """The number behind a rounded size, shown when pointed at; empty for anything else."""
    return exact(cell) if column.kind is ColumnKind.BYTES and isinstance(cell, int) else ""


def _side(column: Column) -> str:
    """The style of a column: on which side it stands and where it may break."""
    if column.kind in (ColumnKind.PATH, ColumnKind.HEAT, ColumnKind.DATE):
        return column.kind.value
    return "number" if column.kind.numeric else "text"


def _shade(cell: Cell) -> str:
    return f" heat-{cell.level}" if isinstance(cell, Heat) and cell.items else ""


def _heated(cell: Cell) -> bool:
    return isinstance(cell, Heat) and cell.items > 0


def _left_out(report: Report, table: Table) -> str:
    return (
        f"This page shows the first {count(table.shown)} of {plural(len(table.rows), 'row')} and leaves out "
        f"{count(table.left_out)}. The CSV form of this report has them all, in the file {report.file_of(table)}."
    )
