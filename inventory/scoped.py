"""The folders of a scope, as conditions on whatever is joined to its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, false, not_, or_, select

from domain.asset import Asset, Location
from domain.pilot import PilotScope
from inventory.tables import DirRow, ServiceRow, SourceRow

Conditions: TypeAlias = tuple[ColumnElement[bool], ...]


def folders_of(scope: PilotScope, assets: Mapping[str, Asset]) -> Conditions:
    """Met by the folders of a scope: none for all there are. An asset that is there no more has none."""
    found: list[ColumnElement[bool]] = []
    if scope.services:
        named = select(ServiceRow.id).where(ServiceRow.name.in_(sorted(scope.services)))
        found.append(DirRow.service_id.in_(named))
    if scope.locations or scope.assets:
        places = [_below(at) for at in scope.locations]
        places += [_of_asset(assets[number], assets.values()) for number in sorted(scope.assets) if number in assets]
        found.append(or_(false(), *places))
    return tuple(found)


def _of_asset(asset: Asset, every: Iterable[Asset]) -> ColumnElement[bool]:
    """Of nested assets the deepest counts, so what is another's is left out."""
    others = [at for one in every if one.id != asset.id for at in one.locations]
    places = ((at, [inner for inner in others if at.covers(inner.source, inner.path)]) for at in asset.locations)
    return or_(false(), *(and_(_below(at), *(not_(_below(inner)) for inner in within)) for at, within in places))


def _below(at: Location) -> ColumnElement[bool]:
    here = DirRow.source_id == select(SourceRow.id).where(SourceRow.name == at.source).scalar_subquery()
    if not at.path:
        return here
    below = DirRow.path.between(at.path + b"/", at.path + b"0")  # "0" comes behind "/"
    return and_(here, or_(DirRow.path == at.path, below))
