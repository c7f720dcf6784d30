"""The dashboards: each reads kept sums alone, and each of its numbers leads to the list of what it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from domain.actor import Verb
from inventory.engine import Database
from operations.viewing.board import Board
from operations.viewing.coverage import coverage_board
from operations.viewing.due import due_board
from operations.viewing.estate import estate_board
from operations.viewing.risk import risk_board
from operations.viewing.rot_found import rot_board
from operations.viewing.scans import scans_board
from operations.viewing.sight import Sight, sight_of
from operations.viewing.trend import trend_board
from web.answers import Answer
from web.asking import Asked
from web.boards import BoardData, shown
from web.routes import Room, page

ROOM = Room()
_SECONDS, _TURNS = 10, 60
"""How often a page of what runs asks again by itself, and how many times: somebody who went away is signed out."""


@page(ROOM, "GET", "/estate", verb=Verb.VIEW_FIGURES, data=BoardData)
def estate(asked: Asked, service: str | None = None, table: str | None = None) -> Answer:
    """What is held, by family, age and service."""
    return _board(asked, service, table, estate_board)


@page(ROOM, "GET", "/risk", verb=Verb.VIEW_FIGURES, data=BoardData)
def risk(asked: Asked, service: str | None = None, table: str | None = None) -> Answer:
    """Where personal data lies, by service, score and theme."""
    return _board(asked, service, table, risk_board)


@page(ROOM, "GET", "/rot", verb=Verb.VIEW_FIGURES, data=BoardData)
def rot(asked: Asked, service: str | None = None, table: str | None = None) -> Answer:
    """What is redundant, obsolete or trivial, and what guards keep."""
    return _board(asked, service, table, rot_board)


@page(ROOM, "GET", "/coverage", verb=Verb.VIEW_FIGURES, data=BoardData)
def coverage(asked: Asked, service: str | None = None, table: str | None = None) -> Answer:
    """What was read, what was not and why."""
    return _board(asked, service, table, coverage_board)


@page(ROOM, "GET", "/due", verb=Verb.VIEW_FIGURES, data=BoardData)
def due(asked: Asked, service: str | None = None, table: str | None = None) -> Answer:
    """What is due under the retention schedule, and for how long it has been."""
    return _board(asked, service, table, due_board)


@page(ROOM, "GET", "/trend", verb=Verb.VIEW_FIGURES, data=BoardData)
def trend(asked: Asked, service: str | None = None, table: str | None = None) -> Answer:
    """What has changed since the baseline."""
    return _board(asked, service, table, trend_board)


@page(ROOM, "GET", "/scans", verb=Verb.VIEW_FIGURES, data=BoardData)
def scans(asked: Asked, table: str | None = None, turn: int = 0) -> Answer:
    """What runs now, and how the last scan of each source ended."""
    progress = scans_board(asked.database, sight_of(asked.actor), asked.now, asked.zone)
    again = turn + 1 if progress.running and 0 <= turn < _TURNS else 0
    return shown(
        asked, None, table, lambda _: progress.board, refresh=again, seconds=_SECONDS, running=progress.running
    )


def _board(
    asked: Asked, service: str | None, table: str | None, make: Callable[[Database, Sight, datetime], Board]
) -> Answer:
    return shown(asked, service, table, partial(_made, make, asked))


def _made(make: Callable[[Database, Sight, datetime], Board], asked: Asked, sight: Sight) -> Board:
    return make(asked.database, sight, asked.now)
