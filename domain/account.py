"""Accounts: what is kept of the people who may act, and how one stands in for another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.actor import TECHNICAL, Grant, Role

LONGEST_COVER = timedelta(days=92)
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True, slots=True)
class Identity:
    """By what an account is known elsewhere: a user of a host's operating system, or a subject of an OIDC issuer.

    A user of the operating system is number and name at once, since a number is given again once its user is gone.
    """

    kind: str
    issuer: str
    subject: str

    @classmethod
    def of_system_user(cls, host: str, uid: int, login: str) -> Identity:
        return cls("operating-system", host, f"{uid}:{login}")


@dataclass(frozen=True, slots=True)
class Account:
    """One who may act. `services` are those it belongs to; `temporary`, where somebody else set its password."""

    name: str
    person: str = ""
    roles: frozenset[Role] = frozenset()
    services: frozenset[str] = frozenset()
    disabled: bool = False
    has_password: bool = False
    temporary: bool = False
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegation:
    """That `taker` has a role of `giver`'s from one day to another, both included."""

    giver: str
    taker: str
    role: Role
    begins: date
    ends: date

    def holds_on(self, day: date) -> bool:
        return self.begins <= day <= self.ends


def grants_of(account: Account, lent: Iterable[tuple[Delegation, Account]], today: date) -> tuple[Grant, ...]:
    """What an account may act in today: its own roles, and those lent to it by accounts (the givers) that have them.

    A role is lent for the giver's services as they are today, and only as long as the giver has it themself; so what
    was lent cannot be lent on, and ends with the giver's account.
    """
    if account.disabled:
        return ()
    own = tuple(Grant(role, account.services) for role in Role if role in account.roles)
    if account.roles & TECHNICAL:
        return own
    taken = (
        Grant(delegation.role, giver.services, giver.name)
        for delegation, giver in lent
        if delegation.holds_on(today) and not giver.disabled and delegation.role in giver.roles
    )
    return (*own, *taken)


def fault_of_name(name: str) -> str | None:
    """What is wrong with the name of an account, in a sentence that says how to write one; None where nothing is."""
    if _NAME.fullmatch(name):
        return None
    return "An account's name is 2 to 64 small letters, digits and . _ @ -, such as amy.marsh"


def fault_of_roles(roles: frozenset[Role]) -> str | None:
    """What is wrong with roles in one hand, in a sentence; None where nothing is."""
    if Role.OWNER in roles:
        return "No account has the role 'owner': it is whose files an inventory without accounts are."
    if roles & TECHNICAL and roles - TECHNICAL:
        return "An administrator or operator sees no content and decides nothing: give the other roles to another."
    return None
