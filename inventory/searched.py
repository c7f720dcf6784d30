"""What a file and all that lies inside it were found to hold of what holds ask for: people, and configured terms."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select
from sqlalchemy.orm import aliased

from domain.examination import Outcome
from domain.hold import Hold
from domain.item import ItemRef
from domain.record import Record
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.recording import AnyRow
from inventory.tables import ContentRow, DirRow, FindingRow, FingerprintRow, ItemRow, SourceRow, TraitRow


@dataclass(frozen=True, slots=True)
class Inside:
    """The parts of a file taken together: whether all were read to the end, and the hits of each term (by its key)
    that was tested in all of them, or met in any.
    """

    whole: bool
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Search:
    """By number of a file: the people asked for that were `met` in it; where there may be more than is known
    (`beyond`); and what is known of what lies inside it.
    """

    asks_people: bool
    met: Mapping[int, frozenset[str]]
    beyond: AbstractSet[int]
    inside: Mapping[int, Inside]

    def __bool__(self) -> bool:
        return self.asks_people or bool(self.inside)

    def likeness(self, number: int) -> Hashable:
        """The same for files of which the same was found."""
        inside = self.inside.get(number)
        terms = inside and (inside.whole, frozenset(inside.terms.items()))
        return (self.met.get(number), number in self.beyond, terms)

    def record(self, number: int, record: Record) -> Record:
        """The record of a file with what was found in it and inside it."""
        inside = self.inside.get(number)
        if self.asks_people:
            unsure = number in self.beyond or (inside is not None and not inside.whole)
            record = replace(record, people=self.met.get(number) or (None if unsure else frozenset()))
        return record if inside is None else replace(record, terms=_together(record.terms or {}, inside))


NOTHING_SOUGHT = Search(False, {}, frozenset(), {})


def search(database: Database, holds: Collection[Hold], only: Sequence[int] | None = None) -> Search:
    """Look for what the holds ask for, in all files or `only` in those of these numbers, of which a statement can name
    as many as `in_parts` gives, and which may be gone: into quarantine, say. Where none asks for people or terms this
    costs nothing.
    """
    people = sorted({person for hold in holds for person in hold.scope.people})
    if not people and not any(hold.scope.terms for hold in holds):
        return NOTHING_SOUGHT
    here = _PRESENT if only is None else and_(_FILE.id.in_(only), or_(_PRESENT, _PART.gone == _FILE.gone))
    with reading(database) as connection:
        met = _met(connection, people, here)
        beyond = frozenset(connection.execute(_BEYOND.where(here)).scalars()) if people else frozenset[int]()
        return Search(bool(people), met, beyond, _inside(connection, here))


def holds_kind(database: Database, ref: ItemRef, kind: str) -> bool:
    """Whether a finding of that kind, of at least medium confidence, stands in a file or in what lies inside it."""
    found = _of_files().join(FindingRow, FindingRow.content_id == _PART.content_id)
    found = found.join(DirRow, DirRow.id == _FILE.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    here = (_PRESENT, SourceRow.name == ref.source, DirRow.path == ref.folder, _FILE.name == ref.name)
    with reading(database) as connection:
        sure = (FindingRow.kind == kind, FindingRow.confidence >= _MEDIUM)
        return connection.execute(found.where(*here, *sure).limit(1)).first() is not None


_MEDIUM = 0.6
_FILE, _PART = aliased(ItemRow), aliased(ItemRow)
_PRESENT = _PART.gone.is_(None)
_SAME_FILE = and_(_FILE.dir_id == _PART.dir_id, _FILE.name == _PART.name, _FILE.part == "")


def _of_files(*columns: Any) -> Select[Any]:
    """Of everything, gone or not, a file as a part of itself too, the number of the file that it lies in."""
    return select(_FILE.id, *columns).select_from(_PART).join(_FILE, _SAME_FILE)


_BEYOND = (
    _of_files().join(FindingRow, FindingRow.content_id == _PART.content_id)
    .where(or_(FindingRow.overflow, FindingRow.sampled)).distinct()
)  # fmt: skip
"""Where more values were met than their fingerprints are kept of."""

_PARTS = (
    _of_files(_PART.outcome, ContentRow.pending, TraitRow.terms).where(_PART.part != "")
    .outerjoin(ContentRow, ContentRow.id == _PART.content_id)
    .outerjoin(TraitRow, TraitRow.content_id == _PART.content_id)
)  # fmt: skip


def _met(connection: Connection, people: Sequence[str], here: ColumnElement[bool]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    held = _of_files(FingerprintRow.hmac).join(FingerprintRow, FingerprintRow.content_id == _PART.content_id)
    held = held.where(here)
    for some in in_parts([bytes.fromhex(person) for person in people]):
        for number, hmac in connection.execute(held.where(FingerprintRow.hmac.in_(some))):
            found[number] = found.get(number, frozenset()) | {hmac.hex()}
    return found


def _inside(connection: Connection, here: ColumnElement[bool]) -> dict[int, Inside]:
    found: dict[int, Inside] = {}
    for number, part in _read_parts(connection, here):
        known = found.get(number)
        whole = part.whole if known is None else known.whole and part.whole
        found[number] = Inside(whole, part.terms if known is None else _together(known.terms, part))
    return found


def _read_parts(connection: Connection, here: ColumnElement[bool]) -> Iterator[tuple[int, Inside]]:
    for row in connection.execute(_PARTS.where(here)):
        yield row.id, Inside(_is_whole(row), json.loads(row.terms) if row.terms else {})


def _is_whole(row: AnyRow) -> bool:
    return row.outcome == Outcome.EXAMINED and not row.pending


def _together(terms: Mapping[str, int], part: Inside) -> dict[str, int]:
    """A term that was met is met; that it was not met is known only where it was tested in both, and wholly."""
    added = {key: terms.get(key, 0) + part.terms.get(key, 0) for key in terms.keys() | part.terms.keys()}
    sure = terms.keys() & part.terms.keys() if part.whole else frozenset[str]()
    return {key: hits for key, hits in added.items() if hits or key in sure}
