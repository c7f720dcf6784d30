"""The accounts of this machine, which a mounted share's owners are numbered by: passwd(5) and group(5), or what the
machine asks in their place, such as sssd.
"""

from __future__ import annotations

import grp
import pwd
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from domain.person import Principal, PrincipalKind
from scanner.directory import Directory


@dataclass(frozen=True, slots=True)
class LocalAccounts:
    """Names for uid:N and gid:N; all others, and the logins behind a uid, are looked for in another directory.

    A number that this machine does not know has not left: another machine may have given it.
    """

    beyond: Directory | None = None

    def people(self, accounts: Collection[str]) -> Mapping[str, Principal]:
        users = {account: user for account in accounts if (user := _user(account))}
        wanted = (*accounts, *(user.pw_name for user in users.values()))
        known = self.beyond.people(wanted) if self.beyond is not None else {}
        here = {account: _person(account, user, known.get(user.pw_name)) for account, user in users.items()}
        groups = {account: group for account in accounts if (group := _group(account))}
        return here | groups | {account: known[account] for account in accounts if account in known}

    def close(self) -> None:
        if self.beyond is not None:
            self.beyond.close()


def _user(account: str) -> pwd.struct_passwd | None:
    with suppress(ValueError, KeyError, OverflowError):
        return pwd.getpwuid(int(account.removeprefix("uid:"))) if account.startswith("uid:") else None
    return None


def _group(account: str) -> Principal | None:
    with suppress(ValueError, KeyError, OverflowError):
        if account.startswith("gid:"):
            return Principal(account, PrincipalKind.GROUP, grp.getgrgid(int(account.removeprefix("gid:"))).gr_name)
    return None


def _person(account: str, user: pwd.struct_passwd, known: Principal | None) -> Principal:
    """As the other directory knows the login, where it does. The full name is the first field of passwd's comment."""
    if known is not None and (known.name or known.left):
        return replace(known, account=account)
    return Principal(account, PrincipalKind.USER, user.pw_gecos.partition(",")[0] or user.pw_name)
