"""Information assets as people see them: what each lacks and holds, the riskiest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.actor import Actor, Verb
from domain.asset import BARS_DISPOSAL, BARS_RELEASE, TEXTS, Asset, Holding, Lack, Missing, Registered
from domain.summary import Tally
from inventory.asset_figures import Register, register_told
from inventory.assets import service_names, source_names
from inventory.engine import Database, reading
from operations.access import own_services
from operations.assets.exchange import sheet_row, stamp_of
from operations.assets.sheet import shown
from reports.wording import day

NOT_ADDED_UP = "what lies in it was not added up yet"


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
    """`services` are those that there are to choose from. `counted` says of when the counts are, "" of now; they are
    `known` once they were added up.
    """

    assets: tuple[AssetLine, ...]
    lacking: int
    services: tuple[str, ...]
    counted: str = ""
    known: bool = True


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
    """One asset. `stamp` is what a form about it has to carry: it says as what it was seen. `counted` says of when
    `holding` is, "" of now; it is `known` once it was added up.
    """

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
    counted: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    services: tuple[str, ...]
    sources: tuple[str, ...]


def assets_shown(actor: Actor, database: Database, service: str = "") -> AssetList:
    """The assets of the services that the actor sees, or of one of these: first what lacks most at most risk."""
    sees = own_services(actor, Verb.VIEW_LIST)
    register = register_told(database)
    within = [one for one in register.registered if sees is None or one.asset.service in sees]
    missing = [one for one in register.missing if sees is None or one.service in sees]
    of = {one.asset.id: one for one in within}
    lines = [_lacking(one, of) for one in missing]
    named = {one.id for one in lines}
    lines += [_line(one) for one in within if one.asset.id not in named]
    services = tuple(sorted({one.service for one in lines}))
    chosen = tuple(one for one in lines if service in ("", one.service))
    lacking = sum(bool(one.lacks) for one in chosen)
    return AssetList(chosen, lacking, services, _counted(register), register.counted)


def asset_rows(actor: Actor, database: Database, service: str = "") -> list[dict[str, str]]:
    """The register as the actor sees it, as lines of a sheet; `lacks` says where that may not be all."""
    register = register_told(database)
    rows = [sheet_row(one) for one in _seen(actor, register, service)]
    if not register.counted:
        rows = [row | {"lacks": "; ".join(filter(None, (row["lacks"], NOT_ADDED_UP)))} for row in rows]
    return rows


def asset_shown(actor: Actor, database: Database, number: str) -> AssetShown | None:
    """One asset; None where there is none that the actor may see."""
    register = register_told(database)
    found = next((one for one in _seen(actor, register, "") if one.asset.id == number), None)
    return None if found is None else _shown(found, register)


def asset_choices(actor: Actor, database: Database) -> Choices:
    """What a form about an asset offers: the services for which the actor may edit, and the sources."""
    own = own_services(actor, Verb.EDIT_ASSET)
    with reading(database) as connection:
        services = (name for name in service_names(connection) if own is None or name in own)
        return Choices(tuple(services), tuple(source_names(connection)))


def _seen(actor: Actor, register: Register, service: str) -> tuple[Registered, ...]:
    sees = own_services(actor, Verb.VIEW_LIST)
    return tuple(
        one for one in register.registered
        if service in ("", one.asset.service) and (sees is None or one.asset.service in sees)
    )  # fmt: skip


def _counted(register: Register) -> str:
    """Of when the counts are; what they leave out."""
    if not register.counted:
        return "What lies in assets was not added up yet: the step summarise of the timetable does so, once a day."
    if register.as_of is None:
        return ""
    told = f"What lies in assets was added up on {day(register.as_of)}."
    if register.moved:
        told += " Assets have other folders since; what these come to is not in it before it is added up again."
    return told


def _lacking(one: Missing, of: Mapping[str, Registered]) -> AssetLine:
    if one.asset in of:
        return _line(of[one.asset], one.stopped)
    return AssetLine("", "", one.service, "", "", "", one.holding.high, one.holding.personal, one.holding.files,
                     one.stopped, _words(one.lacks))  # fmt: skip


def _line(one: Registered, stopped: Tally = Tally()) -> AssetLine:  # noqa: B008  a frozen value
    asset, holding = one.asset, one.holding
    return AssetLine(asset.id, asset.title, asset.service, one.state, asset.owner, asset.approver, holding.high,
                     holding.personal, holding.files, stopped, _words(one.lacks))  # fmt: skip


def _shown(one: Registered, register: Register) -> AssetShown:
    asset = one.asset
    return AssetShown(
        asset.id, asset.title, asset.service, one.state, asset.released, asset.confirmed_by, asset.confirmed_on,
        _fields(asset), tuple(map(shown, asset.locations)), "locations" in asset.confirmed,
        tuple(LackShown(lack.words, lack in BARS_DISPOSAL, lack in BARS_RELEASE) for lack in one.lacks),
        _lying(one.holding), stamp_of(asset), _counted(register), register.counted,
    )  # fmt: skip


def _lying(held: Holding) -> Lying:
    kinds = sorted(held.kinds.items(), key=lambda each: (-each[1], each[0]))
    return Lying(held.files, held.going, held.unread, held.personal, held.special, held.children, held.criminal,
                 held.high, held.oldest, held.newest, tuple(kinds))  # fmt: skip


def _fields(asset: Asset) -> tuple[Field, ...]:
    return tuple(Field(name, getattr(asset, name), name in asset.confirmed) for name in TEXTS)


def _words(lacks: tuple[Lack, ...]) -> tuple[str, ...]:
    return tuple(lack.words for lack in lacks)
