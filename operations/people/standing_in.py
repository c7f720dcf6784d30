"""Who stands in for oneself, for whom one does, and to whom one could lend a role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.account import Account, Delegation
from domain.actor import TECHNICAL, Actor, Role, Verb
from inventory import accounts as kept
from inventory.engine import reading
from operations.access import allowed, ask
from operations.people.audit import Trail


@dataclass(frozen=True, slots=True)
class Lent:
    """A role that is lent from day to day, both included; `holds`: today too."""

    giver: str
    taker: str
    role: Role
    begins: date
    ends: date
    holds: bool


@dataclass(frozen=True, slots=True)
class Person:
    """An account that can lend a role or take one: `roles` are its own."""

    account: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class StandingIn:
    """What is lent by the account and to it; of all where it arranges cover. `people` may be chosen from."""

    own_roles: tuple[Role, ...]
    lent: tuple[Lent, ...]
    people: tuple[Person, ...]
    arranges: bool


def standing_in(actor: Actor, trail: Trail, today: date) -> StandingIn:
    """What has ended is left out."""
    ask(actor, Verb.DELEGATE)
    arranges = allowed(actor, Verb.ARRANGE_COVER)
    with reading(trail.database) as connection:
        known, lent = kept.accounts(connection), kept.delegations(connection)
    shown = tuple(
        _lent(one, today) for one in lent
        if one.ends >= today and (arranges or actor.account in (one.giver, one.taker))
    )  # fmt: skip
    people = tuple(_person(one) for one in known.values() if not one.disabled and not one.roles & TECHNICAL)
    own = next((one.roles for one in people if one.account == actor.account), ())
    return StandingIn(own, shown, people, arranges)


def _lent(one: Delegation, today: date) -> Lent:
    return Lent(one.giver, one.taker, one.role, one.begins, one.ends, one.holds_on(today))


def _person(one: Account) -> Person:
    return Person(one.name, one.person or one.name, tuple(role for role in Role if role in one.roles))
