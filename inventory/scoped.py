"""The folders of a scope, as conditions on whatever is joined to its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, false, not_, or_, select
from sqlalchemy.orm import aliased

from domain.asset import Asset, Location
from domain.pilot import PilotScope
from inventory.tables import DirRow, ServiceRow, SourceRow

Conditions: TypeAlias = tuple[ColumnElement[bool], ...]
_Term: TypeAlias = Callable[[Any], ColumnElement[bool]]
_AT_ONCE = 100
"""Places in one chain of conditions: SQLite takes none that is more than 1,000 deep."""


def folders_of(scope: PilotScope, assets: Mapping[str, Asset]) -> Conditions:
    """Met by the folders of a scope: none for all there are. An asset that is there no more has none."""
    found: list[ColumnElement[bool]] = []
    if scope.services:
        named = select(ServiceRow.id).where(ServiceRow.name.in_(sorted(scope.services)))
        found.append(DirRow.service_id.in_(named))
    if scope.locations or scope.assets:
        places: list[_Term] = [partial(_below, at) for at in scope.locations]
        for number in sorted(scope.assets & assets.keys()):
            places += _of_asset(assets[number], assets.values())
        found.append(_any(places, DirRow))
    return tuple(found)


def _of_asset(asset: Asset, every: Iterable[Asset]) -> Iterator[_Term]:
    """Of nested assets the deepest counts, so what is another's is left out."""
    others = [at for one in every if one.id != asset.id for at in one.locations]
    for at in asset.locations:
        yield partial(_but, at, [inner for inner in others if at.covers(inner.source, inner.path)])


def _but(at: Location, others: list[Location], folder: Any) -> ColumnElement[bool]:
    if not others:
        return _below(at, folder)
    return and_(_below(at, folder), not_(_any([partial(_below, inner) for inner in others], folder)))


def _any(terms: list[_Term], folder: Any) -> ColumnElement[bool]:
    """Whether a folder is among those that meet one of the terms; each part of them is looked up once, by the index."""
    found: list[ColumnElement[bool]] = []
    for first in range(0, len(terms), _AT_ONCE):
        near = aliased(DirRow)
        chosen = or_(false(), *(term(near) for term in terms[first : first + _AT_ONCE]))
        found.append(folder.id.in_(select(near.id).where(chosen)))
    return or_(false(), *found)


def _below(at: Location, folder: Any) -> ColumnElement[bool]:
    here: ColumnElement[bool] = (
        folder.source_id == select(SourceRow.id).where(SourceRow.name == at.source).scalar_subquery()
    )
    if not at.path:
        return here
    below = and_(folder.path > at.path + b"/", folder.path < at.path + b"0")  # "0" comes behind "/"
    return and_(here, or_(folder.path == at.path, below))
