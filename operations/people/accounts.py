"""Keeping accounts: who may act, in which roles and services, bound to whom, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from domain.account import LONGEST_COVER, Account, Delegation, Identity, fault_of_name, fault_of_roles
from domain.actor import TECHNICAL, Actor, Authority, Role, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory import accounts as kept
from inventory.engine import reading
from inventory.sessions import end_sessions_of
from operations.access import RefusedError, allowed, ask
from operations.people.audit import Change, Trail
from operations.people.broken_passwords import refuse_broken
from operations.people.passwords import forgiven, hashed


def list_accounts(actor: Actor, trail: Trail) -> tuple[tuple[Account, ...], tuple[Delegation, ...]]:
    """Every account, and everything that is lent."""
    if not allowed(actor, Verb.VIEW_AUDIT):
        ask(actor, Verb.MANAGE_USERS)
    with reading(trail.database) as connection:
        return tuple(kept.accounts(connection).values()), kept.delegations(connection)


def has_accounts(trail: Trail) -> bool:
    """Whether anybody can sign in."""
    with reading(trail.database) as connection:
        return bool(kept.accounts(connection))


def add_account(
    actor: Actor, trail: Trail, account: Account, password: str | None = None, broken: Path | None = None
) -> None:
    """Make an account. The first of an inventory is an administrator's, and its owner makes it.

    A password that is given here is known to somebody else: with it the account approves nothing. Raises
    ConfigurationError for one that is easily guessed, or stands in the list `broken`.
    """
    authority = ask(actor, Verb.MANAGE_USERS)
    if fault := fault_of_name(account.name) or fault_of_roles(account.roles):
        raise ConfigurationError(fault)
    secret = None
    if password is not None:
        refuse_broken(password, broken)
        secret = kept.Secret(hashed(password, account.name), True, 0, None)
    with trail.changing(authority) as change:
        _refuse_out_of_turn(actor, account, first=not kept.accounts(change.transaction))
        kept.add_account(change.transaction, account, datetime.now(UTC))
        if secret is not None:
            kept.set_secret(change.transaction, account.name, secret)
        change.note(
            Act.USER_ADDED, subject_of(account.name), roles=_told(account.roles), services=_told(account.services),
            bound=len(account.identities), password=secret is not None,
        )  # fmt: skip


def change_account(actor: Actor, trail: Trail, name: str, change_of: Callable[[Account], Account]) -> None:
    """Give an account other roles or services, or let it act no more, nor others on its behalf.

    Nobody changes their own, and one administrator is always left.
    """
    authority = ask(actor, Verb.MANAGE_USERS)
    if name == actor.account:
        raise RefusedError("Nobody changes the roles or services of their own account. Ask another administrator.")
    with _changing(authority, trail, name) as (change, before):
        after = change_of(before)
        if fault := fault_of_roles(after.roles):
            raise ConfigurationError(fault)
        kept.change_account(change.transaction, after)
        if after.disabled:
            end_sessions_of(change.transaction, name)
        _refuse_without_administrator(change)
        if after.roles != before.roles:
            change.note(Act.USER_ROLES, subject_of(name), before=_told(before.roles), after=_told(after.roles))
        if after.services != before.services:
            facts = {"before": _told(before.services), "after": _told(after.services)}
            change.note(Act.USER_SERVICES, subject_of(name), **facts)
        if after.disabled != before.disabled:
            change.note(Act.USER_DISABLED if after.disabled else Act.USER_ENABLED, subject_of(name))


def bind(actor: Actor, trail: Trail, name: str, identity: Identity) -> None:
    """Let who shows themself by this identity act as the account."""
    authority = ask(actor, Verb.MANAGE_USERS)
    with _changing(authority, trail, name) as (change, _):
        kept.bind(change.transaction, name, identity)
        change.note(Act.USER_BOUND, subject_of(name), kind=identity.kind, issuer=identity.issuer)


def unbind(actor: Actor, trail: Trail, name: str, identity: Identity) -> None:
    authority = ask(actor, Verb.MANAGE_USERS)
    with _changing(authority, trail, name) as (change, account):
        if identity not in account.identities:
            raise ConfigurationError(f"{name!r} is not bound to that user. See: muniment users list")
        kept.unbind(change.transaction, identity)
        end_sessions_of(change.transaction, name)
        change.note(Act.USER_UNBOUND, subject_of(name), kind=identity.kind, issuer=identity.issuer)


def set_password(actor: Actor, trail: Trail, name: str, password: str, broken: Path | None = None) -> None:
    """Give another's account a password that its person has to change within a week: until then it approves nothing."""
    authority = ask(actor, Verb.MANAGE_USERS)
    refuse_broken(password, broken)
    secret = kept.Secret(hashed(password, name), True, 0, None)
    with _changing(authority, trail, name) as (change, _):
        kept.set_secret(change.transaction, name, secret)
        change.note(Act.USER_PASSWORD, subject_of(name), own=False)


def sign_out(actor: Actor, trail: Trail, name: str | None) -> int:
    """End every session of an account, or without a name of all of them. How many there were."""
    authority = ask(actor, Verb.MANAGE_USERS)
    with trail.changing(authority) as change:
        if name is not None:
            _one_of(kept.accounts(change.transaction), name)
        ended = end_sessions_of(change.transaction, name)
        change.note(Act.SIGNED_OUT, "users" if name is None else subject_of(name), sessions=ended)
    return ended


def unlock(actor: Actor, trail: Trail, name: str) -> None:
    """Let an account sign in again that was locked after too many wrong passwords."""
    authority = ask(actor, Verb.MANAGE_USERS)
    with _changing(authority, trail, name) as (change, _):
        secret = kept.secret_of(change.transaction, name)
        assert secret is not None
        kept.set_secret(change.transaction, name, forgiven(secret))
        change.note(Act.USER_UNLOCKED, subject_of(name))


def lend(actor: Actor, trail: Trail, delegation: Delegation, today: date) -> None:
    """Let one account act in a role of another's, from day to day: one's own role, or as cover for somebody else.

    What was lent is not lent on, since the giver must have the role themself.
    """
    authority = _over(actor, delegation)
    if fault := _fault_of_days(delegation, today):
        raise ConfigurationError(fault)
    with trail.changing(authority) as change:
        known = kept.accounts(change.transaction)
        giver, taker = _one_of(known, delegation.giver), _one_of(known, delegation.taker)
        if fault := _fault_of_parties(giver, taker, delegation.role):
            raise RefusedError(fault)
        kept.lend(change.transaction, delegation)
        change.note(
            Act.ROLE_LENT, subject_of(giver.name), to=taker.name, role=delegation.role,
            begins=delegation.begins.isoformat(), ends=delegation.ends.isoformat(),
        )  # fmt: skip


def take_back(actor: Actor, trail: Trail, delegation: Delegation) -> None:
    """End at once what was lent."""
    authority = _over(actor, delegation)
    with trail.changing(authority) as change:
        if not kept.take_back(change.transaction, delegation.giver, delegation.taker, delegation.role):
            raise ConfigurationError("Nothing of the kind is lent. See: muniment users list")
        change.note(Act.ROLE_TAKEN_BACK, subject_of(delegation.giver), to=delegation.taker, role=delegation.role)


def subject_of(name: str) -> str:
    """An account as the audit trail names it."""
    return f"user:{name}"


def _refuse_out_of_turn(actor: Actor, account: Account, *, first: bool) -> None:
    if first and Role.ADMINISTRATOR not in account.roles:
        raise ConfigurationError(
            "The first account is an administrator's, who then makes the others: "
            "muniment users add NAME --administrator"
        )
    if not first and Role.OWNER in actor.roles:
        raise RefusedError("Somebody has just made the first account. Run the same command again.")


@contextmanager
def _changing(authority: Authority, trail: Trail, name: str) -> Iterator[tuple[Change, Account]]:
    with trail.changing(authority) as change:
        yield change, _one_of(kept.accounts(change.transaction), name)


def _one_of(known: dict[str, Account], name: str) -> Account:
    if name not in known:
        raise ConfigurationError(f"There is no account {name!r}. See: muniment users list")
    return known[name]


def _refuse_without_administrator(change: Change) -> None:
    left = kept.accounts(change.transaction).values()
    if not any(Role.ADMINISTRATOR in account.roles and not account.disabled for account in left):
        raise RefusedError("No administrator would be left. Make another account one first: muniment users role")


def _over(actor: Actor, delegation: Delegation) -> Authority:
    """The authority over what is lent: the giver's own, or that of who arranges cover, and never for themself."""
    if delegation.giver == actor.account:
        return ask(actor, Verb.DELEGATE)
    if delegation.taker == actor.account:
        raise RefusedError("Nobody lends themself another's role. Ask that account, or another who arranges cover.")
    return ask(actor, Verb.ARRANGE_COVER)


def _fault_of_days(delegation: Delegation, today: date) -> str | None:
    if delegation.ends < delegation.begins or delegation.ends < today:
        return "It would end before it begins, or has ended. Name a later last day."
    if delegation.ends - delegation.begins >= LONGEST_COVER:
        return f"A role is lent for {LONGEST_COVER.days} days at most. Name an earlier last day, and renew it then."
    return None


def _fault_of_parties(giver: Account, taker: Account, role: Role) -> str | None:
    if giver.name == taker.name:
        return "An account cannot stand in for itself. Name another."
    if role not in giver.roles or giver.disabled:
        return f"{giver.name!r} does not have the role {role} in its own right, so it cannot be lent."
    if role in TECHNICAL or taker.roles & TECHNICAL:
        return "The roles of administrators and operators are not lent, nor are others lent to them."
    return f"{taker.name!r} is disabled." if taker.disabled else None


def _told(words: frozenset[str] | frozenset[Role]) -> list[str]:
    return sorted(map(str, words))
