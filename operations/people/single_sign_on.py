"""Who an identity provider says that somebody is: the account that is theirs, and the roles that their groups give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from domain.account import Account, Identity, fault_of_name, fault_of_roles
from domain.actor import TECHNICAL, Actor, Proof, Role
from domain.audit import Act, Event, Fact
from inventory import accounts as kept
from inventory.audit import append
from inventory.engine import writing
from operations.access import RefusedError
from operations.configuration.oidc_settings import OidcSettings
from operations.people.audit import Trail
from operations.people.sign_in import actor_of

KIND = "oidc"
DOOR = "web"


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a provider vouches for: its name for a person, which never changes; what they are called; their groups."""

    issuer: str
    subject: str
    name: str = ""
    person: str = ""
    groups: frozenset[str] = frozenset()
    principals: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        return Identity(KIND, self.issuer, self.subject)


def admit(trail: Trail, vouched: Vouched, settings: OidcSettings) -> Actor:
    """The account of who has just shown themself to the provider. Raises RefusedError that says what they can do.

    Where groups are mapped, the account has from now on just what they give, unless an administrator gave it a
    technical role.
    """
    with writing(trail.database) as transaction:
        before = kept.account_known_by(transaction, vouched.identity)
        account = _account(vouched, settings, before)
        if before is None:
            if kept.account_called(transaction, account.name) is not None:
                raise RefusedError(f"There is an account {account.name!r}, but not bound to you. {_bind(vouched)}")
            kept.add_account(transaction, account, datetime.now(UTC))
        elif account != before:
            kept.change_account(transaction, account)
        append(transaction, trail.key, _told(before, account))
    known_now = actor_of(trail.database, account.name, Proof.OIDC, DOOR)
    if known_now is None:
        raise RefusedError("Your account is disabled. Ask an administrator.")
    return known_now[0]


def _account(vouched: Vouched, settings: OidcSettings, before: Account | None) -> Account:
    """The account as it is from now on. Raises RefusedError where there is none for them."""
    if before is not None and before.disabled:
        raise RefusedError("Your account is disabled. Ask an administrator.")
    if before is None and not settings.make_accounts:
        raise RefusedError(f"You have no account here yet. {_bind(vouched)}")
    if before is not None and (not settings.group or before.roles & TECHNICAL):
        return before
    roles, services = _given(vouched.groups, settings)
    if not roles:
        raise RefusedError(
            "None of the groups that you are in has a role here. Ask who keeps groups to put you into the right one."
        )
    if fault := fault_of_roles(roles):
        raise RefusedError(f"The groups that you are in do not go together. {fault}")
    if before is not None:
        return replace(before, roles=roles, services=services)
    name = vouched.name.lower()
    if fault := fault_of_name(name):
        raise RefusedError(f"The provider gave no name that an account can have. {fault}")
    return Account(name, vouched.person, roles, services, identities=(vouched.identity,))


def _bind(vouched: Vouched) -> str:
    """What an administrator must know of them; only they themselves are told."""
    return f"Ask an administrator for: muniment users bind NAME --subject {vouched.subject}"


def _given(groups: frozenset[str], settings: OidcSettings) -> tuple[frozenset[Role], frozenset[str]]:
    found = [one for one in settings.group if one.id in groups]
    services = frozenset[str]().union(*(one.services for one in found))
    return frozenset(one.role for one in found), services


def _told(before: Account | None, after: Account) -> list[Event]:
    """What the trail says of it: the groups decided, and nobody here."""
    subject, now = f"user:{after.name}", datetime.now(UTC)

    def event(act: Act, **facts: Fact) -> Event:
        return Event(now, after.name, "", "", Proof.OIDC, DOOR, act, subject, facts)

    roles, services = sorted(after.roles), sorted(after.services)
    events = []
    if before is None:
        events.append(event(Act.USER_ADDED, roles=[*roles], services=services, bound=1, password=False))
    elif before.roles != after.roles:
        events.append(event(Act.USER_ROLES, before=[*sorted(before.roles)], after=[*roles]))
    if before is not None and before.services != after.services:
        events.append(event(Act.USER_SERVICES, before=sorted(before.services), after=services))
    return [*events, event(Act.SIGNED_IN)]
