"""What new files that wait come to, counted here as they are written: a trigger would cost more than the row."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, select

from domain.entry import microseconds_of
from domain.family import family_of
from domain.item import ItemKind
from inventory.dialects import in_parts
from inventory.sums import BY_FACET, BY_OUTCOME, Sums, add
from inventory.tables import DirRow

Waiting: TypeAlias = Sequence[Any]
"""A row of which the first values are folder, name, first seen, kind, size and time of last change."""

_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_YEARS = [microseconds_of(datetime(year, 1, 1, tzinfo=UTC)) or 0 for year in range(_FIRST_YEAR, _LAST_YEAR + 2)]
_SERVICES = select(DirRow.id, DirRow.service_id).where(DirRow.id.in_(bindparam("folders", expanding=True)))


def add_waiting(connection: Connection, rows: Sequence[Waiting]) -> None:
    """Add new files and other items of listings, which wait and have no flag, to what is kept."""
    services = _services(connection, {row[0] for row in rows})
    by_outcome, by_facet = _counted(rows, services)
    add(connection, BY_OUTCOME, by_outcome)
    add(connection, BY_FACET, by_facet)


def _services(connection: Connection, folders: Iterable[int]) -> Mapping[int, int]:
    asked = (connection.execute(_SERVICES, {"folders": some}) for some in in_parts(sorted(folders)))
    return {folder: service for rows in asked for folder, service in rows}


def _counted(rows: Iterable[Waiting], services: Mapping[int, int]) -> tuple[Sums, Sums]:
    sizes: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows:  # Of each as little as can be: it is done for every file there is.
        named, changed = bytes(row[1]).lstrip(b".").rpartition(b".")[1:], row[5]
        sizes[row[0], row[3], named, 0 if changed is None else bisect_right(_YEARS, changed)].append(row[4])
    by_outcome: Sums = {}
    by_facet: Sums = {}
    for (folder, kind, (dot, extension), year), those in sizes.items():
        service, is_file = services[folder], kind == ItemKind.FILE
        family = _family(extension.lower() if dot else b"")
        _add(by_outcome, (service, is_file, False, "", "", family, -1), those)
        if is_file:
            _add(by_facet, (service, "year", _year(year), False), those)
    return by_outcome, by_facet


def _add(sums: Sums, key: tuple[Any, ...], sizes: Sequence[int]) -> None:
    items, size = sums.get(key, (0, 0))
    sums[key] = items + len(sizes), size + sum(sizes)


@lru_cache(maxsize=256)
def _family(extension: bytes) -> str:
    return family_of(None, b"x." + extension).value


def _year(place: int) -> str:
    return str(_FIRST_YEAR + place - 1) if 0 < place < len(_YEARS) else ""
