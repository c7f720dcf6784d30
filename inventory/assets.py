"""Information assets as they are stored. Who may change them is for operations to ask."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from domain.actor import TECHNICAL
from domain.asset import TEXTS, Asset, Location, Parties, Party, Standing
from domain.audit import Act
from domain.item import readable
from domain.person import PrincipalKind
from inventory.accounts import accounts
from inventory.dialects import upsert
from inventory.recording import AnyRow
from inventory.tables import AssetLocationRow, AssetRow, AuditRow, DirRow, PrincipalRow, ServiceRow, SourceRow


def assets(connection: Connection) -> dict[str, Asset]:
    """Every asset of the register by its id, in their order."""
    lying: defaultdict[str, list[Location]] = defaultdict(list)
    located = select(AssetLocationRow.asset_id, SourceRow.name, AssetLocationRow.path).join(SourceRow)
    for number, source, path in connection.execute(located.order_by(SourceRow.name, AssetLocationRow.path)):
        lying[number].append(Location(source, path))
    rows = connection.execute(select(AssetRow.__table__).order_by(AssetRow.id))
    return {row.id: _asset(row, tuple(lying[row.id])) for row in rows}


def write_asset(connection: Connection, asset: Asset) -> None:
    """Put an asset in the place of the one of its id. Its locations must be no other asset's."""
    said = {name: getattr(asset, name) for name in TEXTS} | {
        "confirmed": json.dumps(sorted(asset.confirmed)), "confirmed_by": asset.confirmed_by,
        "confirmed_on": asset.confirmed_on, "released": asset.released,
    }  # fmt: skip
    statement = upsert(connection, AssetRow).values(id=asset.id, **said)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=said))
    free_locations(connection, [asset.id])
    numbers = {row.name: row.id for row in connection.execute(select(SourceRow.id, SourceRow.name))}
    rows = [{"source_id": numbers[at.source], "path": at.path, "asset_id": asset.id} for at in asset.locations]
    if rows:
        connection.execute(insert(AssetLocationRow), rows)


def free_locations(connection: Connection, ids: Iterable[str]) -> None:
    """Have these assets lie nowhere, before they are written anew: one may take what another gives up."""
    for number in ids:
        connection.execute(delete(AssetLocationRow).where(AssetLocationRow.asset_id == number))


def drop_asset(connection: Connection, number: str) -> None:
    free_locations(connection, [number])
    connection.execute(delete(AssetRow).where(AssetRow.id == number))


def parties(connection: Connection, names: Iterable[str]) -> Parties:
    """What is known of those who are named: as accounts of this inventory, and by what a directory last said.

    An account that is disabled, that runs the machine, or whose person the directory knows only as one who left,
    answers for nothing. A name that several people in the directory have is somebody's who is there where any of them
    is.
    """
    wanted = {name.casefold() for name in names} - {""}
    known: defaultdict[str, list[Party]] = defaultdict(list)
    people = connection.execute(_PEOPLE).all()
    left, here = (
        {name.casefold() for row in people if bool(row.left) is gone for name in (row.account, row.name)}
        for gone in (True, False)
    )
    for account in accounts(connection).values():
        names = {account.name.casefold(), account.person.casefold()} - {""}
        acts = not account.disabled and not account.roles & TECHNICAL and not (names & left and not names & here)
        _know(known, wanted, (account.name, account.person), Standing.PRESENT if acts else Standing.GONE)
    for row in people:
        _know(known, wanted, (row.account, row.name), Standing.GONE if row.left else Standing.PRESENT)
    return lambda name: _one(known.get(name.casefold(), ()), name)


def dropped_ids(connection: Connection) -> frozenset[str]:
    """Ids that were some asset's once: the audit trail speaks of them, so they are no other's."""
    asked = select(AuditRow.subject).where(AuditRow.act == Act.ASSET_DROPPED).distinct()
    return frozenset(subject.partition(":")[2] for subject in connection.execute(asked).scalars())


def source_names(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.execute(select(SourceRow.name).order_by(SourceRow.name)).scalars())


def service_names(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.execute(select(ServiceRow.name).order_by(ServiceRow.name)).scalars())


def services_in(connection: Connection, location: Location) -> frozenset[str]:
    """The services that have folders there; none where no scan has listed any."""
    asked = select(ServiceRow.name).distinct().join(DirRow).join(SourceRow, SourceRow.id == DirRow.source_id)
    return frozenset(connection.execute(asked.where(*_within(location))).scalars())


def services_of(connection: Connection, asset: Asset) -> frozenset[str]:
    """Whom an asset concerns: the service that has it, and those whose folders it is made of."""
    return frozenset({asset.service}).union(*(services_in(connection, at) for at in asset.locations))


def folders_shown_as(connection: Connection, source: str, text: str) -> list[bytes]:
    """The folders of a source whose path people read so, though other bytes are what it is made of."""
    paths = connection.execute(select(DirRow.path).join(SourceRow).where(SourceRow.name == source)).scalars()
    return [path for path in paths if readable(path) == text]


def _within(location: Location) -> tuple[ColumnElement[bool], ...]:
    here = SourceRow.name == location.source
    if not location.path:
        return (here,)
    below = and_(DirRow.path > location.path + b"/", DirRow.path < location.path + b"0")  # "0" comes behind "/"
    return (here, or_(DirRow.path == location.path, below))


def _know(known: dict[str, list[Party]], wanted: set[str], names: tuple[str, str], standing: Standing) -> None:
    known_as = frozenset(name.casefold() for name in names if name)
    for name in known_as & wanted:
        known[name].append(Party(standing, known_as))


def _one(found: Iterable[Party], name: str) -> Party:
    known_as = frozenset({name.casefold()} - {""}).union(*(party.known_as for party in found))
    standings = {party.standing for party in found}
    return Party(next((each for each in Standing if each in standings), Standing.UNKNOWN), known_as)


_PEOPLE = select(PrincipalRow.account, PrincipalRow.name, PrincipalRow.left).where(
    PrincipalRow.resolved.is_not(None), PrincipalRow.kind == PrincipalKind.USER
)


def _asset(row: AnyRow, locations: tuple[Location, ...]) -> Asset:
    return Asset(
        id=row.id, locations=locations, **{name: getattr(row, name) for name in TEXTS},
        confirmed=frozenset(json.loads(row.confirmed)), confirmed_by=row.confirmed_by,
        confirmed_on=row.confirmed_on, released=row.released,
    )  # fmt: skip
