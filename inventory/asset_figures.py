"""What lies in assets, added up folder by folder: nothing is kept of an item for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Connection, Select, and_, func, select, type_coerce

from domain.asset import Asset, Holding, Lack, Missing, Parties, Registered, lacks, register_of
from domain.decision import State
from domain.examination import Outcome
from domain.item import ItemKind
from domain.rule import Action
from domain.summary import Tally
from inventory.asset_holdings import Lying, kept_holdings
from inventory.assets import assets, parties
from inventory.dialects import total
from inventory.engine import Database, reading
from inventory.held import LOOKED_INTO, PRESENT, SURE
from inventory.queries import AWAITS_OCR
from inventory.sums import sums
from inventory.tables import ContentRow, DirRow, FindingRow, FlagRow, ItemRow, ServiceRow, SourceRow

Of = TypeVar("Of")
_AT_ONCE = 10_000
SMALL = 20_000
"""Items that are added up for a page in a tenth of a second."""
_ITEMS = select(total(sums().c["items"]))


@dataclass(frozen=True, slots=True)
class Register:
    """Every asset with what lies in it, by id; and as findings what each lacks, and what lies in none, the riskiest
    first. `as_of` is the day on which it was added up, where that is not now; `moved`: assets have other folders since.
    `counted` is false where it never was: then nothing seems to lie anywhere.
    """

    registered: tuple[Registered, ...]
    missing: tuple[Missing, ...]
    as_of: date | None = None
    moved: bool = False
    counted: bool = True


def registered_and_missing(database: Database) -> tuple[tuple[Registered, ...], tuple[Missing, ...]]:
    """Every asset with what lies in it now, by id; and as findings what each lacks, and what lies in none, the riskiest
    first.
    """
    with reading(database) as connection:
        known = assets(connection)
        told = _register(connection, known, holdings(connection, register_of(known).of))
    return told.registered, told.missing


def register_told(database: Database) -> Register:
    """The register at once, however much is held: of a small inventory as it is now, of another as it was added up
    last.
    """
    with reading(database) as connection:
        known = assets(connection)
        if connection.execute(_ITEMS).scalar_one() <= SMALL:
            return _register(connection, known, holdings(connection, register_of(known).of))
        kept = kept_holdings(connection, known)
        told = _register(connection, known, kept.lying if kept else {})
    return replace(told, counted=False) if kept is None else replace(told, as_of=kept.day, moved=kept.moved)


def added_up(database: Database) -> tuple[Mapping[str, Asset], Lying]:
    """The register, and what lies in it now: what `keep_holdings` keeps."""
    with reading(database) as connection:
        known = assets(connection)
        return known, holdings(connection, register_of(known).of)


def _register(connection: Connection, known: Mapping[str, Asset], lying: Lying) -> Register:
    people = parties(connection, (name for one in known.values() for name in named(one)))
    found: defaultdict[str, Holding] = defaultdict(Holding)
    loose: defaultdict[str, Holding] = defaultdict(Holding)
    for (asset, service), holding in lying.items():
        (loose if asset is None else found)[service if asset is None else asset] += holding
    register = tuple(_registered(one, found[one.id], people) for one in known.values())
    return Register(register, tuple(_ranked(register, loose)))


def registered(database: Database) -> tuple[Registered, ...]:
    return registered_and_missing(database)[0]


def missing(database: Database) -> tuple[Missing, ...]:
    return registered_and_missing(database)[1]


def named(asset: Asset) -> tuple[str, str, str]:
    return asset.owner, asset.approver, asset.technical_officer


def holdings(connection: Connection, of: Callable[[str, bytes], Of | None]) -> Mapping[tuple[Of | None, str], Holding]:
    """What lies in folders that are `of` the same (by source and path), and in the same service."""
    kinds: defaultdict[tuple[Of | None, str], Counter[str]] = defaultdict(Counter)
    found: defaultdict[tuple[Of | None, str], Holding] = defaultdict(Holding)
    streamed = connection.execution_options(yield_per=_AT_ONCE)
    for source, path, service, *counts in streamed.execute(_LYING):
        found[of(source, path), service] += _lying(*counts)
    for source, path, service, kind, items in streamed.execute(_KINDS):
        kinds[of(source, path), service][kind] += items
    for source, path, service, *going in streamed.execute(_GOING):
        found[of(source, path), service] += Holding(going=Tally(*going))
    return {key: replace(holding, kinds=dict(kinds[key])) for key, holding in found.items()}


def _registered(asset: Asset, holding: Holding, people: Parties) -> Registered:
    special = bool(holding.special or holding.criminal)
    return Registered(asset, holding, lacks(asset, people, personal=bool(holding.personal), special=special))


def _ranked(register: tuple[Registered, ...], loose: Mapping[str, Holding]) -> Iterator[Missing]:
    lacking = [
        Missing(one.asset.service, one.asset.id, one.asset.title, one.lacks, one.holding)
        for one in register if one.lacks
    ]  # fmt: skip
    nowhere = [Missing(service, "", "", (Lack.NO_ASSET,), holding) for service, holding in loose.items()]
    yield from sorted((*lacking, *nowhere), key=lambda one: (one.holding.risk, one.service, one.asset), reverse=True)


_IS_FILE, _IS_PART = ItemRow.kind == ItemKind.FILE, ItemRow.kind == ItemKind.PART
_COUNTS = and_(PRESENT, _IS_FILE | _IS_PART)
_UNREAD = ~func.coalesce(ItemRow.outcome == Outcome.EXAMINED, False) | func.coalesce(AWAITS_OCR, False)
_PERSONAL = and_(ContentRow.personal, LOOKED_INTO)
_CHANGED = type_coerce(ItemRow.modified, BigInteger)
_DAY = 86_400_000_000
_IS_DATED = and_(_IS_FILE, _CHANGED >= _DAY, _CHANGED < 2_000_000 * _DAY)
"""Neither of a day that is not in the calendar, nor before there were such files: these would hide the others."""


def _count(*conditions: Any) -> Any:
    return func.count().filter(*conditions)


def _by_folder(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Of files and parts, folder by folder."""
    return (
        select(SourceRow.name, DirRow.path, ServiceRow.name, *columns).select_from(DirRow)
        .join(SourceRow, SourceRow.id == DirRow.source_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .join(ItemRow, ItemRow.dir_id == DirRow.id).where(_COUNTS).group_by(DirRow.id, SourceRow.id, ServiceRow.id)
    )  # fmt: skip


_LYING = _by_folder(
    _count(_IS_FILE), total(ItemRow.size, _IS_FILE), _count(_UNREAD), _count(_PERSONAL),
    _count(_PERSONAL, ContentRow.special != ""), _count(_PERSONAL, ContentRow.children),
    _count(_PERSONAL, ContentRow.criminal), _count(_PERSONAL, ContentRow.risk >= 60),
    func.coalesce(func.max(ContentRow.risk).filter(_PERSONAL), 0),
    func.min(_CHANGED).filter(_IS_DATED), func.max(_CHANGED).filter(_IS_DATED),
).outerjoin(ContentRow, ContentRow.id == ItemRow.content_id)  # fmt: skip
_KINDS = (
    _by_folder(FindingRow.kind, func.count()).join(FindingRow, FindingRow.content_id == ItemRow.content_id)
    .where(SURE, LOOKED_INTO).group_by(FindingRow.kind)
)  # fmt: skip
_GOING = (
    _by_folder(func.count(), total(ItemRow.size)).join(FlagRow, FlagRow.item_id == ItemRow.id)
    .where(_IS_FILE, FlagRow.state == State.DUE, FlagRow.action == Action.DISPOSE)
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).date()


def _lying(files: int, size: int, *counts: Any) -> Holding:
    return Holding(Tally(files, size), *counts[:-2], *map(_day, counts[-2:]))


def _day(moment: int | None) -> date | None:
    return None if moment is None else _EPOCH + timedelta(days=moment // _DAY)
