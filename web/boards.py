"""Dashboards as pages: their numbers with addresses, and the same as plain values for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import urlencode

from domain.actor import Verb
from operations.viewing.board import Board, Grid, Link, Number, named, service_named
from operations.viewing.services import services_of
from operations.viewing.sight import Sight, sight_of
from reports.charts import drawn
from reports.renderers.flat import flat_columns, flat_rows
from reports.section import Cell, Heat, Table
from reports.wording import written
from web.answers import Rows, View
from web.asking import Asked
from web.errors import NotFoundError

_PATHS = {"items": "/items", "rot-items": "/rot/items"}
PAGES = (
    ("Overview", "/"), ("Due", "/due"), ("Risk", "/risk"), ("ROT", "/rot"), ("Estate", "/estate"),
    ("Coverage", "/coverage"), ("Trend", "/trend"), ("Scans", "/scans"),
)  # fmt: skip
"""The dashboards, in the order in which each leads to the others."""

Plain: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class FigureData:
    """A figure: `list` is the address of what it counts, where there is a list of it. Sizes are bytes."""

    label: str
    value: Plain
    kind: str
    note: str
    list: str | None


@dataclass(frozen=True, slots=True)
class TableData:
    """A table; the total is apart, so that a sum over the rows counts nothing twice."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class BoardData:
    """A dashboard: `lead` is what must be read first, `leaves_out` what the figures do not cover."""

    page: str
    title: str
    lead: str
    next_step: str
    as_of: date | None
    figures: tuple[FigureData, ...]
    tables: tuple[TableData, ...]
    leaves_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links lead for somebody who sees so much, on a page that may be narrowed to a service."""

    sight: Sight
    service: str

    def of(self, link: Link | None) -> str | None:
        """None where it leads to what they may not see, or not in one list."""
        if link is None or (link.page in _PATHS and not self._may_list(link)):
            return None
        narrowed = dict(link.narrowed)
        if self.service:
            narrowed.setdefault("service", self.service)
        path = _PATHS.get(link.page, f"/{link.page}")
        return f"{path}?{urlencode(narrowed)}" if narrowed else path

    def _may_list(self, link: Link) -> bool:
        services = self.sight.services
        narrows = bool(self.service) or "service" in dict(link.narrowed)
        return self.sight.may_list and (services is None or len(services) == 1 or narrows)


Made: TypeAlias = Callable[[Sight], Board]


def shown(asked: Asked, service: str | None, table: str | None, make: Made, **values: Any) -> View:
    """The page of a dashboard, of one service where it is named, its CSV of the table that is named or the first.

    Raises NotFoundError for a service or table that is not there, or not theirs to see.
    """
    services = services_of(asked.database, sight_of(asked.actor))
    if service and service_named(service) not in services:
        raise NotFoundError
    sight = sight_of(asked.actor, Verb.VIEW_FIGURES, service_named(service) if service else None)
    board, addresses = make(sight), Addresses(sight, service or "")
    return View(
        "pages/board.html", board.title, data_of(board, addresses), _rows(board, table, addresses),
        {
            "board": board, "address": addresses.of, "drawn": drawn, "written": written, "pages": PAGES,
            "services": [named(one) for one in services], "service": service or "", "refresh": 0,
            "csv": partial(_file, asked, service, "csv"), "json": _file(asked, service, "json"), **values,
        },
        fragment="board",
    )  # fmt: skip


def _file(asked: Asked, service: str | None, shape: str, table: str = "") -> str:
    """The address of the same page for programs."""
    path = asked.request.url.path if asked.request.url.path != "/" else "/overview"
    words = {name: word for name, word in (("service", service), ("table", table)) if word}
    return f"{path}.{shape}?{urlencode(words)}" if words else f"{path}.{shape}"


def data_of(board: Board, addresses: Addresses) -> BoardData:
    figures = tuple(
        FigureData(one.label, _plain(one.number.value), one.kind, one.note, addresses.of(one.number.to))
        for one in board.headlines
    )
    tables = tuple(
        TableData(one.name, one.caption, *_flat(one), one.note) for one in board.grids
    )  # fmt: skip
    return BoardData(
        board.name, board.title, board.lead, board.next_step, board.as_of, figures, tables, board.leaves_out
    )


def _rows(board: Board, table: str | None, addresses: Addresses) -> Rows:
    if table is None and not board.grids:
        told = data_of(board, addresses).figures
        return Rows(("figure", "value", "note"), [(one.label, one.value, one.note) for one in told])
    chosen = [one for one in board.grids if table in (None, one.name)]
    if not chosen:
        raise NotFoundError
    return Rows(*_flat(chosen[0]))


def _flat(grid: Grid) -> tuple[tuple[str, ...], tuple[tuple[Plain, ...], ...]]:
    """Headings and rows, a heat map's cells as two."""
    rows = tuple(tuple(_cell(number) for number in row) for row in grid.rows)
    table = Table(grid.name, grid.caption, grid.columns, rows)
    flat = flat_rows(rows, table.columns)
    return tuple(one.heading for one in flat_columns(table)), tuple(tuple(map(_plain, row)) for row in flat)


def _cell(number: Number) -> Cell:
    return number.value


def _plain(cell: Cell) -> Plain:
    if isinstance(cell, Heat):
        return cell.items
    if isinstance(cell, float):
        return float(cell)  # a share that knows its parts is no plain number
    return cell.isoformat() if isinstance(cell, date | datetime) else cell
