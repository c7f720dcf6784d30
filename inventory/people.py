"""What directories say of accounts, kept with the day they said it; and what follows for who can read each folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, or_, select, update

from domain.access import Access, Breadth, well_known
from domain.person import Principal, PrincipalKind, kind_by_form
from inventory.dialects import upsert
from inventory.engine import Database, reading, writing
from inventory.recording import AnyRow
from inventory.tables import AccessRow, PrincipalRow


def unresolved(database: Database, since: date) -> tuple[str, ...]:
    """The accounts that no directory spoke of after this day, in order of their numbers; what means everybody needs
    none.
    """
    stale = or_(PrincipalRow.resolved.is_(None), PrincipalRow.resolved <= since)
    with reading(database) as connection:
        accounts = connection.execute(select(PrincipalRow.account).where(stale).order_by(PrincipalRow.id)).scalars()
        return tuple(account for account in accounts if well_known(account) is None)


def write_people(database: Database, people: Iterable[Principal], today: date) -> None:
    """Write down what a directory said today of accounts that the inventory has met."""
    rows = [
        {"account": one.account, "name": one.name, "kind": one.kind, "service": one.service, "left": one.left,
         "resolved": today}
        for one in people
    ]  # fmt: skip
    if rows:
        with writing(database) as connection:
            statement = upsert(connection, PrincipalRow)
            said = {name: statement.excluded[name] for name in ("name", "kind", "service", "left", "resolved")}
            connection.execute(statement.on_conflict_do_update(index_elements=["account"], set_=said), rows)


def judge_breadth(database: Database) -> None:
    """Judge for every set of rights how many can read, by what is now known of its principals."""
    with writing(database) as connection:
        known = {row.id: row for row in connection.execute(_PRINCIPALS)}
        judged = [
            {"number": row.id, "to": breadth}
            for row in connection.execute(select(AccessRow.id, AccessRow.readers, AccessRow.breadth))
            if (breadth := _breadth(row.readers, known)) != row.breadth
        ]
        if judged:
            connection.execute(_WIDEN, judged)


PRINCIPAL = (PrincipalRow.account, PrincipalRow.kind, PrincipalRow.name.label("person"),
             PrincipalRow.service.label("works_in"), PrincipalRow.left)  # fmt: skip


@lru_cache(4096)  # what lies together is mostly of the same few owners
def principal_of(account: str, kind: str, name: str, service: str, left: bool) -> Principal:
    """Of the columns of PRINCIPAL."""
    return Principal(account, PrincipalKind(kind) if kind else kind_by_form(account), name, service, left)


_PRINCIPALS = select(PrincipalRow.id, PrincipalRow.account, PrincipalRow.kind, PrincipalRow.left)
_WIDEN = update(AccessRow).where(AccessRow.id == bindparam("number")).values(breadth=bindparam("to"))


def _breadth(readers: str, known: Mapping[int, AnyRow]) -> Breadth:
    """An account that was deleted reads nothing, whatever it was."""
    kinds = {
        row.account: PrincipalKind(row.kind) if row.kind else kind_by_form(row.account)
        for row in map(known.__getitem__, json.loads(readers))
        if row.kind != PrincipalKind.UNKNOWN or not row.left
    }
    groups = {account for account, kind in kinds.items() if kind is PrincipalKind.GROUP}
    untold = {account for account, kind in kinds.items() if kind is PrincipalKind.UNKNOWN}
    return Access(None, tuple(kinds)).breadth(groups, untold)
