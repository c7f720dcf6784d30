"""Accounts, groups and the rights of folders as they are kept: each once, whatever number of folders it is met at."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection, select

from domain.access import Access
from inventory.dialects import upsert
from inventory.tables import AccessRow, PrincipalRow


class RightsBook:
    """Numbers of principals and rights. What one scan has met it remembers: folders mostly have their neighbours'."""

    def __init__(self) -> None:
        self._principals: dict[str, int] = {}
        self._rights: dict[Access, int] = {}

    def principal(self, connection: Connection, account: str | None) -> int | None:
        if account is None:
            return None
        if account not in self._principals:
            connection.execute(upsert(connection, PrincipalRow).values(account=account).on_conflict_do_nothing())
            known = select(PrincipalRow.id).where(PrincipalRow.account == account)
            self._principals[account] = connection.execute(known).scalar_one()
        return self._principals[account]

    def rights(self, connection: Connection, access: Access | None) -> int | None:
        if access is None:
            return None
        if access not in self._rights:
            row = {
                "owner_id": self.principal(connection, access.owner),
                "readers": self._list(connection, access.readers), "writers": self._list(connection, access.writers),
            }  # fmt: skip
            digest = hashlib.blake2b(json.dumps(row).encode(), digest_size=16).digest()
            connection.execute(upsert(connection, AccessRow).values(digest=digest, **row).on_conflict_do_nothing())
            known = select(AccessRow.id).where(AccessRow.digest == digest)
            self._rights[access] = connection.execute(known).scalar_one()
        return self._rights[access]

    def _list(self, connection: Connection, accounts: tuple[str, ...]) -> str:
        return json.dumps([self.principal(connection, account) for account in accounts])
