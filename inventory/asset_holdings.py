"""What lay in each asset when it was added up last: kept for pages, which cannot go through all folders each time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from domain.asset import Asset, Holding
from domain.summary import Tally
from inventory.columns import Base
from inventory.dialects import upsert
from inventory.tables import AssetHoldingRow, SettingRow

Lying = Mapping[tuple[str | None, str], Holding]
"""What lies in folders by their asset, None of those in no asset, and by their service."""
_ADDED_UP = "assets_added_up"
_TABLE: Table = Base.metadata.tables[AssetHoldingRow.__tablename__]
_COUNTS = ("unread", "personal", "special", "children", "criminal", "high", "highest", "oldest", "newest")


@dataclass(frozen=True, slots=True)
class AddedUp:
    """What lay where on a `day`; `moved`: assets have other folders since, so that it is not what they hold now."""

    day: date
    moved: bool
    lying: Lying


def keep_holdings(connection: Connection, day: date, known: Mapping[str, Asset], lying: Lying) -> None:
    """Keep what was added up over the folders of these assets, in the place of what was kept before."""
    connection.execute(delete(_TABLE))
    rows = [_row(asset, service, holding) for (asset, service), holding in lying.items()]
    if rows:
        connection.execute(insert(_TABLE), rows)
    said = {"value": f"{day} {_digest(known)}"}
    statement = upsert(connection, SettingRow).values(name=_ADDED_UP, **said)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=said))


def kept_holdings(connection: Connection, known: Mapping[str, Asset]) -> AddedUp | None:
    """What was kept last; None where nothing was."""
    said = connection.execute(select(SettingRow.value).where(SettingRow.name == _ADDED_UP)).scalar_one_or_none()
    if said is None:
        return None
    day, _, digest = said.partition(" ")
    return AddedUp(date.fromisoformat(day), digest != _digest(known), dict(_rows(connection)))


def _row(asset: str | None, service: str, holding: Holding) -> dict[str, Any]:
    return {
        "asset_id": asset or "", "service": service, "files": holding.files.items, "bytes": holding.files.bytes,
        "going": holding.going.items, "going_bytes": holding.going.bytes, "kinds": json.dumps(dict(holding.kinds)),
        **{name: getattr(holding, name) for name in _COUNTS},
    }  # fmt: skip


def _rows(connection: Connection) -> Iterator[tuple[tuple[str | None, str], Holding]]:
    for row in connection.execute(select(_TABLE)):
        counts = {name: getattr(row, name) for name in _COUNTS}
        files, going = Tally(row.files, row.bytes), Tally(row.going, row.going_bytes)
        yield (row.asset_id or None, row.service), Holding(files, **counts, kinds=json.loads(row.kinds), going=going)


def _digest(known: Mapping[str, Asset]) -> str:
    """Of which asset has which folders."""
    places = sorted((at.source, at.path.hex(), one.id) for one in known.values() for at in one.locations)
    return blake2b(json.dumps(places).encode(), digest_size=16).hexdigest()
