"""What dashboards show of all that is held: a few sums that are kept, never the items themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Select, Subquery, select

from domain.decision import State
from domain.errors import ProblemCode
from domain.estate import Portion, RiskBand
from domain.examination import Outcome
from domain.family import Family
from domain.summary import Tally
from inventory.engine import Database, reading
from inventory.sums import BY_FACET, BY_OUTCOME
from inventory.tables import ServiceRow

_T = TypeVar("_T")


def by_family(database: Database) -> tuple[Portion[Family], ...]:
    """By service and family; what nobody has looked into is of the family that its name ends with."""
    return tuple(_portions(database, _of_items("family"), Family))


def by_band(database: Database) -> tuple[Portion[RiskBand], ...]:
    """By service and risk, in the order of the bands."""
    return tuple(_portions(database, _of_items("band"), RiskBand))


def by_outcome(database: Database) -> tuple[Portion[Outcome | None], ...]:
    """By service and what came of examining; None for what waits."""
    return tuple(_portions(database, _of_items("outcome"), lambda said: Outcome(said) if said else None))


def by_problem(database: Database) -> tuple[Portion[ProblemCode], ...]:
    """By service and problem, of all that has one: folders that could not be listed too, as files."""
    added = BY_OUTCOME.added("service_id", "is_part", "problem_code").subquery()
    troubled = _named(added, added.c.problem_code).where(added.c.problem_code != "")
    return tuple(_portions(database, troubled, ProblemCode))


def by_state(database: Database) -> tuple[Portion[State], ...]:
    """By service and state, of what the schedule has flagged; the rest has no flag."""
    return tuple(_portions(database, _of_facet("state"), State))


def by_year(database: Database) -> tuple[Portion[int | None], ...]:
    """By service and year of last change; None first, for what tells no day that can be."""
    return tuple(_portions(database, _of_facet("year"), lambda year: int(year) if year else None))


def _of_items(of: str) -> Select[*tuple[Any, ...]]:
    """Of files and parts: links, pipes and folders are neither."""
    added = BY_OUTCOME.added("service_id", "is_file", "is_part", of).subquery()
    return _named(added, added.c[of]).where(added.c.is_file | added.c.is_part)


def _of_facet(facet: str) -> Select[*tuple[Any, ...]]:
    added = BY_FACET.added("service_id", "facet", "is_part", "value").subquery()
    return _named(added, added.c.value).where(added.c.facet == facet)


def _named(added: Subquery, of: Any) -> Select[*tuple[Any, ...]]:
    columns = (ServiceRow.name, of, added.c.is_part, added.c["items"], added.c.bytes)
    return select(*columns).join(ServiceRow, ServiceRow.id == added.c.service_id).order_by(ServiceRow.name, of)


def _portions(database: Database, asked: Select[*tuple[Any, ...]], read: Callable[[Any], _T]) -> Iterator[Portion[_T]]:
    with reading(database) as connection:
        rows = connection.execute(asked).all()
    for (service, of), some in groupby(rows, itemgetter(0, 1)):
        both = {bool(is_part): Tally(items, size) for _, _, is_part, items, size in some}
        files, parts = both.get(False, Tally()), both.get(True, Tally())
        if files.items or parts.items:
            yield Portion(service, read(of), files, parts.items)
