"""What assets are suggested by: which folders are whose, and who owns the files in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, func, select

from domain.item import ItemKind
from inventory.held import PRESENT
from inventory.tables import AccessRow, DirRow, ItemRow, PrincipalRow, ServiceRow, SourceRow

Of = TypeVar("Of")
_AT_ONCE = 10_000
Branches = Mapping[tuple[str, bytes], Counter[str]]
"""Source and folder → in how many folders, itself and all below it, each service has."""


def branches(connection: Connection, depth: int) -> Branches:
    """The folders down to a depth; the root of a source is none."""
    found: defaultdict[tuple[str, bytes], Counter[str]] = defaultdict(Counter)
    asked = (
        select(SourceRow.name, DirRow.path, ServiceRow.name).select_from(DirRow)
        .join(SourceRow, SourceRow.id == DirRow.source_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
    )  # fmt: skip
    for source, path, service in connection.execution_options(yield_per=_AT_ONCE).execute(asked):
        names = path.split(b"/")[:depth] if path else ()
        for end in range(1, len(names) + 1):
            found[source, b"/".join(names[:end])][service] += 1
    return found


def owners(
    connection: Connection, of: Callable[[str, bytes], Of | None]
) -> Mapping[Of | None, Counter[tuple[str, bool]]]:
    """Who owns files in folders that are `of` the same, whether they have left, and of how many."""
    found: defaultdict[Of | None, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for source, path, name, account, left, files in connection.execution_options(yield_per=_AT_ONCE).execute(_OWNED):
        found[of(source, path)][name or account, bool(left)] += files
    return found


_OWNED = (
    select(SourceRow.name, DirRow.path, PrincipalRow.name, PrincipalRow.account, PrincipalRow.left, func.count())
    .select_from(DirRow).join(SourceRow, SourceRow.id == DirRow.source_id).join(ItemRow, ItemRow.dir_id == DirRow.id)
    .outerjoin(AccessRow, AccessRow.id == func.coalesce(ItemRow.access_id, DirRow.access_id))
    .join(PrincipalRow, PrincipalRow.id == func.coalesce(ItemRow.owner_id, AccessRow.owner_id))
    .where(PRESENT, ItemRow.kind == ItemKind.FILE).group_by(DirRow.id, SourceRow.id, PrincipalRow.id)
)  # fmt: skip
