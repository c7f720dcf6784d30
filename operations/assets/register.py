"""What people say of assets one by one: that it is as the register has it, that it may be found, that it is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from domain.actor import About, Actor, Verb
from domain.asset import BARS_DISPOSAL, BARS_RELEASE, Asset, Lack, Missing, Registered, lacks, register_of, said
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.asset_figures import named, registered_and_missing
from inventory.assets import assets, drop_asset, parties, services_of, write_asset
from inventory.audit import Transaction
from inventory.engine import Database, reading
from inventory.periods import pilots
from operations.access import RefusedError, ask
from operations.assets.exchange import ANY, subject_of
from operations.people.audit import Change, Trail


def listed(
    actor: Actor, database: Database, service: str | None = None
) -> tuple[tuple[Registered, ...], tuple[Missing, ...]]:
    """Every asset, or those of a service, with what lies in it; and what is missing, the riskiest first."""
    ask(actor, Verb.VIEW_LIST, About() if service is None else About(frozenset({service})))
    every, lacking = registered_and_missing(database)
    return (
        tuple(one for one in every if service in (None, one.asset.service)),
        tuple(one for one in lacking if service in (None, one.service)),
    )


def confirm(actor: Actor, trail: Trail, numbers: Sequence[str], today: date) -> None:
    """Vouch for assets as the register has them. Raises ConfigurationError for one that it does not have."""
    with _changing(actor, trail, Verb.CONFIRM_ASSET, numbers) as (change, found):
        for asset in found:
            vouched = replace(asset, confirmed=said(asset), confirmed_by=actor.account, confirmed_on=today)
            write_asset(change.transaction, vouched)
            change.note(Act.ASSET_CONFIRMED, subject_of(asset), fields=len(vouched.confirmed))


def release(actor: Actor, trail: Trail, numbers: Sequence[str], today: date) -> None:
    """Let assets be found in the catalogue. Raises RefusedError where one has no current owner and approver."""
    with _changing(actor, trail, Verb.RELEASE_ASSET, numbers) as (change, found):
        for asset in found:
            if barred := why_not_released(change.transaction, asset):
                raise RefusedError(f"{asset.id} is not released: {_told(barred)}. Nothing was released.")
            write_asset(change.transaction, replace(asset, released=asset.released or today))
            change.note(Act.ASSET_RELEASED, subject_of(asset))


def withdraw(actor: Actor, trail: Trail, numbers: Sequence[str]) -> None:
    """Make drafts of released assets."""
    with _changing(actor, trail, Verb.EDIT_ASSET, numbers) as (change, found):
        for asset in found:
            write_asset(change.transaction, replace(asset, released=None))
            change.note(Act.ASSET_WITHDRAWN, subject_of(asset))


def drop(actor: Actor, trail: Trail, numbers: Sequence[str]) -> None:
    """Take assets out of the register; what lies in them is of none then, or of the one around it.

    Raises RefusedError for one that is released, or that a pilot is measured in.
    """
    with _changing(actor, trail, Verb.EDIT_ASSET, numbers) as (change, found):
        of_pilots = {number: one.name for one in pilots(change.transaction) for number in one.scope.assets}
        for asset in found:
            if pilot := of_pilots.get(asset.id):
                raise RefusedError(f"{asset.id} is of the pilot {pilot}. First: muniment baseline drop {pilot}")
            if asset.released:
                raise RefusedError(f"{asset.id} is released. First: muniment assets withdraw {asset.id}")
            drop_asset(change.transaction, asset.id)
            change.note(Act.ASSET_DROPPED, subject_of(asset))


def why_not_released(transaction: Transaction, asset: Asset) -> tuple[Lack, ...]:
    """What bars an asset from being released; nothing of one that may be."""
    found = lacks(asset, parties(transaction, named(asset)))
    return tuple(lack for lack in found if lack in BARS_RELEASE)


class Bar:
    """Says what bars disposal in a folder, by the register and the people as they are in this transaction.

    Whatever disposes of anything asks it in the transaction in which it does so.
    """

    def __init__(self, transaction: Transaction) -> None:
        known = assets(transaction)
        people = parties(transaction, (name for asset in known.values() for name in named(asset)))
        self._register = register_of(known)
        self._bars = {
            asset.id: tuple(lack for lack in lacks(asset, people) if lack in BARS_DISPOSAL) for asset in known.values()
        }

    def why_not_disposed(self, source: str, folder: bytes) -> tuple[Lack, ...]:
        """Of a folder, and so of each file in it; nothing where a current owner and approver answer for it."""
        asset = self._register.of(source, folder)
        return (Lack.NO_ASSET,) if asset is None else self._bars[asset]


def _told(barred: Sequence[Lack]) -> str:
    return "; ".join(lack.words for lack in barred)


@contextmanager
def _changing(
    actor: Actor, trail: Trail, verb: Verb, numbers: Sequence[str]
) -> Iterator[tuple[Change, tuple[Asset, ...]]]:
    ask(actor, verb, ANY)
    with reading(trail.database) as connection:
        authority = ask(actor, verb, _about(connection, _known(connection, numbers)))
    with trail.changing(authority) as change:
        found = _known(change.transaction, numbers)
        ask(actor, verb, _about(change.transaction, found))  # they may have become another service's in between
        yield change, found


def _about(connection: Transaction, found: Sequence[Asset]) -> About:
    return About(frozenset[str]().union(*(services_of(connection, asset) for asset in found)))


def _known(connection: Transaction, numbers: Sequence[str]) -> tuple[Asset, ...]:
    known = assets(connection)
    if strange := [number for number in numbers if number not in known]:
        raise ConfigurationError(f"There is no asset {', '.join(strange)}. See: muniment assets list")
    return tuple(known[number] for number in dict.fromkeys(numbers))
