"""Who owns what is held and who can read it, added up. Files alone: what lies in one is its owner's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from domain.access import Breadth
from domain.item import ItemKind
from domain.summary import Ownership, Tally
from inventory.dialects import total
from inventory.engine import Database, reading
from inventory.tables import AccessRow, DirRow, ItemRow, PrincipalRow, ServiceRow

_FILES = (ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE)
_TALLY = (func.count(), total(ItemRow.size))


def ownership_of(database: Database) -> Ownership:
    """The files by how many can read them, and those of people who have left by service."""
    breadths = _files(AccessRow.breadth, *_TALLY).group_by(AccessRow.breadth)
    services = _owned(ServiceRow.name, *_TALLY).join(ServiceRow, ServiceRow.id == DirRow.service_id)
    left = services.where(PrincipalRow.left.is_(True)).group_by(ServiceRow.name).order_by(ServiceRow.name)
    tallies: dict[Breadth, Tally] = {}
    with reading(database) as connection:
        for breadth, *tally in connection.execute(breadths):
            key = Breadth(breadth or Breadth.UNKNOWN)  # a folder without rights has none that are known
            tallies[key] = tallies.get(key, Tally()) + Tally(*tally)
        return Ownership(tallies, {service: Tally(*tally) for service, *tally in connection.execute(left)})


def owners_by_folder(database: Database) -> Iterator[tuple[bytes, str, int]]:
    """Yield folder, the service of owners ("" where it is not known), and how many of its files are theirs."""
    service = func.coalesce(PrincipalRow.service, "")
    owners = _owned(DirRow.path, service, func.count()).group_by(DirRow.id, service)
    with reading(database) as connection:
        yield from map(tuple, connection.execute(owners))


def _owned(*columns: Any) -> Select[*tuple[Any, ...]]:
    owner = PrincipalRow.id == func.coalesce(ItemRow.owner_id, AccessRow.owner_id)
    return _files(*columns).outerjoin(PrincipalRow, owner)


def _files(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id)
        .outerjoin(AccessRow, AccessRow.id == func.coalesce(ItemRow.access_id, DirRow.access_id)).where(*_FILES)
    )  # fmt: skip
