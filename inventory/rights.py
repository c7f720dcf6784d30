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
        self._last: tuple[Access | None, int | None] = None, None

    def principal(self, connection: Connection, account: str | None) -> int | None:
        if account is None:
            return None
        if account not in self._principals:
            connection.execute(upsert(connection, PrincipalRow).values(account=account).on_conflict_do_nothing())
            known = select(PrincipalRow.id).where(PrincipalRow.account == account)
            self._principals[account] = connection.execute(known).scalar_one()
        return self._principals[account]

    def rights(self, connection: Connection, access: Access | None) -> int | None:
        last, number = self._last
        if access is last:  # Mostly the very same, which need not be looked up by all that it says.
            return number
        if access is None:
            return None
        if access not in self._rights:
            row = {
                "owner_id": self.principal(connection, access.owner),
                "readers": self._list(connection, access.readers), "writers": self._list(connection, access.writers),
            } | self._entries(connection, access)  # fmt: skip
            digest = hashlib.blake2b(json.dumps(row).encode(), digest_size=16).digest()
            # Entries anew too: rights that were kept by a version before lost theirs.
            written = upsert(connection, AccessRow).values(digest=digest, **row)
            written = written.on_conflict_do_update(index_elements=["digest"], set_={"entries": row.get("entries")})
            connection.execute(written)
            known = select(AccessRow.id).where(AccessRow.digest == digest)
            self._rights[access] = connection.execute(known).scalar_one()
        self._last = access, self._rights[access]
        return self._rights[access]

    def _entries(self, connection: Connection, access: Access) -> dict[str, str]:
        """Nothing where it has none: rights without any are the same as those that were kept before there were some."""
        if access.entries is None:
            return {}
        told = [(self.principal(connection, one.principal), one.allows) for one in access.entries]
        return {"entries": json.dumps([number if allows else -number for number, allows in told if number])}

    def _list(self, connection: Connection, accounts: tuple[str, ...]) -> str:
        return json.dumps([self.principal(connection, account) for account in accounts])
