"""Information assets as people see them: what each lacks and holds, the riskiest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.actor import Actor, Verb
from domain.asset import BARS_DISPOSAL, BARS_RELEASE, TEXTS, Asset, Holding, Lack, Missing, Registered
from domain.summary import Tally
from inventory.asset_figures import registered_and_missing
from inventory.assets import service_names, source_names
from inventory.engine import Database, reading
from operations.access import own_services
from operations.assets.exchange import stamp_of
from operations.assets.sheet import shown


@dataclass(frozen=True, slots=True)
class AssetLine:
    """An asset, or with id "" what of a service lies in none. `stopped`: files that are due and may not be disposed of
    for what is missing.
    """

    id: str
    title: str
    service: str
    state: str
    owner: str
    approver: str
    high: int
    personal: int
    files: Tally
    stopped: Tally
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssetList:
    """`services` are those that there are to choose from; `sheet` the register as `import` reads it."""

    assets: tuple[AssetLine, ...]
    lacking: int
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    said: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LackShown:
    words: str
    bars_disposal: bool
    bars_release: bool


@dataclass(frozen=True, slots=True)
class Lying:
    """What was found to lie in an asset; `unread` items were not read to the end, and nobody knows what is in them."""

    files: Tally
    due: Tally
    unread: int
    personal: int
    special: int
    children: int
    criminal: int
    high: int
    oldest: date | None
    newest: date | None
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AssetShown:
    """One asset. `stamp` is what a form about it has to carry: it says as what it was seen."""

    id: str
    title: str
    service: str
    state: str
    released: date | None
    confirmed_by: str
    confirmed_on: date | None
    fields: tuple[Field, ...]
    locations: tuple[str, ...]
    locations_confirmed: bool
    lacks: tuple[LackShown, ...]
    holding: Lying
    stamp: str


@dataclass(frozen=True, slots=True)
class Choices:
    services: tuple[str, ...]
    sources: tuple[str, ...]


def assets_shown(actor: Actor, database: Database, service: str = "") -> AssetList:
    """The assets of the services that the actor sees, or of one of these: first what lacks most at most risk."""
    sees = own_services(actor, Verb.VIEW_LIST)
    every, lacking = registered_and_missing(database)
    within = [one for one in every if sees is None or one.asset.service in sees]
    missing = [one for one in lacking if sees is None or one.service in sees]
    of = {one.asset.id: one for one in within}
    lines = [_lacking(one, of) for one in missing]
    named = {one.id for one in lines}
    lines += [_line(one) for one in within if one.asset.id not in named]
    services = tuple(sorted({one.service for one in lines}))
    chosen = tuple(one for one in lines if service in ("", one.service))
    return AssetList(chosen, sum(bool(one.lacks) for one in chosen), services)


def registered_assets(actor: Actor, database: Database, service: str = "") -> tuple[Registered, ...]:
    """The register as the actor sees it, for a sheet."""
    sees = own_services(actor, Verb.VIEW_LIST)
    return tuple(
        one for one in registered_and_missing(database)[0]
        if service in ("", one.asset.service) and (sees is None or one.asset.service in sees)
    )  # fmt: skip


def asset_shown(actor: Actor, database: Database, number: str) -> AssetShown | None:
    """One asset; None where there is none that the actor may see."""
    found = next((one for one in registered_assets(actor, database) if one.asset.id == number), None)
    return None if found is None else _shown(found)


def asset_choices(actor: Actor, database: Database) -> Choices:
    """What a form about an asset offers: the services for which the actor may edit, and the sources."""
    own = own_services(actor, Verb.EDIT_ASSET)
    with reading(database) as connection:
        services = (name for name in service_names(connection) if own is None or name in own)
        return Choices(tuple(services), tuple(source_names(connection)))


def _lacking(one: Missing, of: Mapping[str, Registered]) -> AssetLine:
    if one.asset in of:
        return _line(of[one.asset], one.stopped)
    return AssetLine("", "", one.service, "", "", "", one.holding.high, one.holding.personal, one.holding.files,
                     one.stopped, _words(one.lacks))  # fmt: skip


def _line(one: Registered, stopped: Tally = Tally()) -> AssetLine:  # noqa: B008  a frozen value
    asset, holding = one.asset, one.holding
    return AssetLine(asset.id, asset.title, asset.service, one.state, asset.owner, asset.approver, holding.high,
                     holding.personal, holding.files, stopped, _words(one.lacks))  # fmt: skip


def _shown(one: Registered) -> AssetShown:
    asset = one.asset
    return AssetShown(
        asset.id, asset.title, asset.service, one.state, asset.released, asset.confirmed_by, asset.confirmed_on,
        _fields(asset), tuple(map(shown, asset.locations)), "locations" in asset.confirmed,
        tuple(LackShown(lack.words, lack in BARS_DISPOSAL, lack in BARS_RELEASE) for lack in one.lacks),
        _lying(one.holding), stamp_of(asset),
    )  # fmt: skip


def _lying(held: Holding) -> Lying:
    kinds = sorted(held.kinds.items(), key=lambda each: (-each[1], each[0]))
    return Lying(held.files, held.going, held.unread, held.personal, held.special, held.children, held.criminal,
                 held.high, held.oldest, held.newest, tuple(kinds))  # fmt: skip


def _fields(asset: Asset) -> tuple[Field, ...]:
    return tuple(Field(name, getattr(asset, name), name in asset.confirmed) for name in TEXTS)


def _words(lacks: tuple[Lack, ...]) -> tuple[str, ...]:
    return tuple(lack.words for lack in lacks)
