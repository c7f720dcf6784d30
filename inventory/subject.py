"""Contents in which somebody is met: by keyed fingerprints, and by the ids of configured terms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, or_, select

from domain.figures import Matched
from domain.item import ItemRef, part_of
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.held import LOOKED_INTO, PRESENT
from inventory.recording import AnyRow
from inventory.tables import ContentRow, DirRow, FindingRow, FingerprintRow, ItemRow, ServiceRow, SourceRow, TraitRow

Prints = Mapping[bytes, tuple[int, bool]]
"""Fingerprint → the number of the line that it is of, and whether it is likely to be of that person alone."""


@dataclass(slots=True)
class _Met:
    """What was met in a content: lines, lines by a single word of a name, and terms."""

    likely: set[int] = field(default_factory=set)
    loose: set[int] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)


def matches(
    database: Database, prints: Prints, terms: Mapping[str, str], most: int
) -> tuple[int, tuple[Matched, ...], int]:
    """How many contents are met, the likeliest of them, and how many may hold more than their fingerprints tell.

    `terms` are key → id. What nobody holds any more is not met.
    """
    met: dict[int, _Met] = {}
    with reading(database) as connection:
        _meet_prints(connection, prints, met)
        _meet_terms(connection, terms, met)
        likeliest = sorted(met, key=lambda content: (-len(met[content].likely), -len(met[content].terms), content))
        there, found = 0, list[Matched]()
        for some in in_parts(likeliest):
            copies = {row.id: row for row in connection.execute(_COPIES.where(ContentRow.id.in_(some)))}
            there += len(copies)
            listed = [content for content in some if content in copies][: max(most - len(found), 0)]
            found += _matched(connection, [copies[content] for content in listed], met)
        unsure = connection.execute(_UNSURE).scalar_one() if prints else 0
    return there, tuple(sorted(found, key=_rank)), unsure


def _rank(one: Matched) -> tuple[int, int, str, str]:
    return -len(one.likely), -len(one.terms), one.source, one.path


def _meet_prints(connection: Connection, prints: Prints, met: dict[int, _Met]) -> None:
    held = select(FingerprintRow.content_id, FingerprintRow.hmac)
    for some in in_parts(list(prints)):
        for content, hmac in connection.execute(held.where(FingerprintRow.hmac.in_(some))):
            line, likely = prints[bytes(hmac)]
            of = met.setdefault(content, _Met())
            (of.likely if likely else of.loose).add(line)


def _meet_terms(connection: Connection, terms: Mapping[str, str], met: dict[int, _Met]) -> None:
    if not terms:
        return
    named = or_(*(TraitRow.terms.contains(json.dumps(key), autoescape=True) for key in terms))
    for content, told in connection.execute(select(TraitRow.content_id, TraitRow.terms).where(named)):
        counts = json.loads(told or "{}")
        if hits := {name for key, name in terms.items() if counts.get(key)}:
            met.setdefault(content, _Met()).terms |= hits


_HELD = (PRESENT, LOOKED_INTO)
_COPIES = (
    select(ContentRow.id, ContentRow.text_chars, ContentRow.special, ContentRow.children, ContentRow.criminal,
           func.count().label("copies"), func.min(ItemRow.id).label("first"))
    .join(ItemRow, ItemRow.content_id == ContentRow.id).where(*_HELD).group_by(ContentRow.id)
)  # fmt: skip
_UNSURE = (
    select(func.count(FindingRow.content_id.distinct())).join(ItemRow, ItemRow.content_id == FindingRow.content_id)
    .where(*_HELD, or_(FindingRow.overflow, FindingRow.sampled))
)  # fmt: skip
_PLACES = (
    select(ItemRow.id, ItemRow.name, ItemRow.part, DirRow.path, SourceRow.name.label("source"),
           ServiceRow.name.label("service"))
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id)
)  # fmt: skip


def _matched(connection: Connection, rows: Sequence[AnyRow], met: Mapping[int, _Met]) -> list[Matched]:
    """With the place of the copy that was met first."""
    numbers = [row.first for row in rows]
    places = {place.id: place for place in connection.execute(_PLACES.where(ItemRow.id.in_(numbers)))}
    return [_match(row, places[row.first], met[row.id]) for row in rows]


def _match(row: AnyRow, place: AnyRow, met: _Met) -> Matched:
    ref = ItemRef(place.source, place.path + b"/" + place.name if place.path else place.name, part_of(place.part))
    return Matched(
        tuple(sorted(met.likely)), tuple(sorted(met.loose - met.likely)), tuple(sorted(met.terms)), ref.path,
        place.source, place.service, row.copies, row.text_chars, bool(row.special), row.children, row.criminal,
    )  # fmt: skip
