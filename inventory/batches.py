"""Writes batches of examinations down, many in few statements: contents and findings once, then items and parts.

What is alike is written together: what was examined, then copies of what is there. Items that were begun in an earlier
batch, and messages that came another way, are written behind that, one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Connection

from domain.examination import Batch, Cursor, Examination, Outcome
from domain.item import Item, ItemKind, ItemRef, part_key
from inventory.examined import item_row, short_type, write_items
from inventory.recording import (
    OF_CONTENTS,
    OF_THE_CONTENT,
    Pipeline,
    Spot,
    await_again,
    comes_out_the_same,
    judged,
    worth,
    write_one,
    write_rest,
)
from inventory.staging import Stage, Staged, copy, over_it
from inventory.tables import LONG_TYPES
from inventory.twins import Place, copy_parts, whole_twins

Come: TypeAlias = tuple[int, Item, Cursor | None, Batch]
"""The number of a folder, an item in it, the cursor that led to a batch of it, and that."""

_Key: TypeAlias = tuple[bytes, str]


def record_batches(connection: Connection, came: Iterable[Come], pipeline: Pipeline, today: date, scan_id: int) -> None:
    """Write batches down. Parts recorded before are set aside when an item begins anew, and deleted with its last batch
    unless they are still there.
    """
    for together in _once_each(came):
        _Together(connection, pipeline, today, scan_id).write(together)


def _once_each(came: Iterable[Come]) -> Iterator[Sequence[Come]]:
    """The batches in their order, in runs in which no item comes twice."""
    run: list[Come] = []
    met: set[tuple[int, bytes]] = set()
    for one in came:
        place = one[0], one[1].ref.name
        if place in met:
            yield run
            run, met = [], set()
        run.append(one)
        met.add(place)
    yield run


@dataclass(slots=True)
class _Together:
    """What is gathered of some batches, to be written in few statements."""

    connection: Connection
    pipeline: Pipeline
    today: date
    scan_id: int
    contents: dict[_Key, Examination] = field(default_factory=dict)
    holders: dict[_Key, tuple[int, bytes]] = field(default_factory=dict)
    items: dict[Place, tuple[Examination, Cursor | None]] = field(default_factory=dict)
    copies: dict[Place, tuple[Spot, Examination, Cursor | None]] = field(default_factory=dict)
    whole_parts: dict[Place, _Key] = field(default_factory=dict)
    singly: list[tuple[Spot, Examination, Batch]] = field(default_factory=list)

    def write(self, came: Sequence[Come]) -> None:
        outers = [
            (dir_id, item.ref.name, after is None or after.at == (), batch.rest is None)
            for dir_id, item, after, batch in came
        ]
        staged = _OUTERS.put(self.connection, outers)
        self._run(_SET_ASIDE.format(outers=staged.table, scan=int(self.scan_id)), staged)
        for outer, (dir_id, item, _, batch) in zip(outers, came, strict=True):
            self._gather_all(Spot(self.connection, dir_id, item, self.pipeline, self.today), batch, all(outer[2:]))
        numbers, held = self._write_contents(staged)
        self._write_items(numbers)
        unlinked = [spot for spot, examination, batch in self.singly if not write_one(spot, examination, batch)]
        unlinked += self._write_copies({(spot.dir_id, spot.item.ref.name) for spot in unlinked})
        incomplete = {(spot.dir_id, spot.item.ref.name) for spot in unlinked}
        self._hold_parts(numbers, incomplete)
        for (dir_id, name, *_), (_, item, _, batch) in zip(outers, came, strict=True):
            if (dir_id, name, "") not in self.items and (dir_id, name, "") not in self.copies:
                write_rest(Spot(self.connection, dir_id, item, self.pipeline, self.today), batch.rest)
        self._run(_DELETE_GONE.format(outers=staged.table), staged)
        self._hold_outers([outer for outer in outers if outer[3] and outer[:2] not in {*held, *incomplete}])
        for spot in unlinked:
            await_again(spot)

    def _run(self, statement: str, staged: Staged) -> Any:
        return self.connection.exec_driver_sql(statement, staged.values or None)

    def _gather_all(self, spot: Spot, batch: Batch, is_all: bool) -> None:
        """`is_all`: this batch is all of its item, so that it is known here whether another copy would come out so."""
        for examination in batch.examinations:
            self._gather(spot, examination, batch)
            key = _key(examination)
            if is_all and key is not None and not examination.item.ref.part and comes_out_the_same(examination, batch):
                self.holders.setdefault(key, (spot.dir_id, spot.item.ref.name))

    def _gather(self, spot: Spot, examination: Examination, batch: Batch) -> None:
        part = examination.item.ref.part
        place, rest = (spot.dir_id, spot.item.ref.name, part_key(part)), None if part else batch.rest
        if examination.same_as is not None:
            self.copies[place] = spot, examination, rest
            return
        if examination.begun or examination.same_message is not None:
            self.singly.append((spot, examination, batch))
            return
        self.items[place] = examination, rest
        if (key := _key(examination)) is not None:
            known = self.contents.get(key)
            if known is None or worth(known) < worth(examination):
                self.contents[key] = examination
            if part and examination.whole and comes_out_the_same(examination, batch):
                self.whole_parts[place] = key

    def _write_contents(self, outers: Staged) -> tuple[Mapping[_Key, int], Collection[tuple[int, bytes]]]:
        """Write the contents that are not known as well or better, with their findings; the numbers of all, and the
        items that are said with it to hold theirs.
        """
        if not self.contents:
            return {}, ()
        there = {
            (row[1], bytes(row[2])): row[0] for row in self._run(_OUTER_NUMBERS.format(outers=outers.table), outers)
        }
        holders = {key: there[place] for key, place in self.holders.items() if place in there}
        # In one order whoever writes, or two hosts could wait for each other.
        rows = [self._content_row(key, self.contents[key], holders.get(key)) for key in sorted(self.contents)]
        staged = _CONTENTS.put(self.connection, rows)
        told = self._run(_WRITE_CONTENTS.format(staged=staged.table), staged)
        written = {(bytes(digest), _long(media_type)): number for number, digest, media_type in told}
        self._write_findings({number: self.contents[key] for key, number in written.items()})
        held = {self.holders[key] for key in written if key in holders}
        if len(written) == len(rows):
            return written, held
        told = self._run(_NUMBERS.format(staged=staged.table), staged)
        return {(bytes(digest), _long(media_type)): number for number, digest, media_type in told}, held

    def _content_row(self, key: _Key, examination: Examination, holder: int | None) -> tuple[object, ...]:
        own = key[0], short_type(key[1]), self.pipeline.version, holder, None
        return (*own, *judged(examination).values())

    def _write_findings(self, written: Mapping[int, Examination]) -> None:
        if not written:
            return
        staged = _NUMBERED.put(self.connection, [(number,) for number in written])
        for table, columns, rows_of in OF_CONTENTS:
            self._run(_DELETE_OLD.format(table=table, staged=staged.table), staged)
            rows = [row for number, examination in written.items() for row in rows_of(number, examination)]
            copy(self.connection, table, columns, rows)

    def _write_items(self, numbers: Mapping[_Key, int]) -> None:
        rows = []
        for place, (examination, rest) in self.items.items():
            key, problem = _key(examination), examination.problem
            code, limit = (None, None) if problem is None else (problem.code.value, problem.limit)
            found = None if key is None else numbers[key], examination.outcome.value, code, limit
            rows.append(item_row(place, examination, rest, found, self.pipeline, self.today))
        write_items(self.connection, rows)

    def _write_copies(self, incomplete: set[tuple[int, bytes]]) -> list[Spot]:
        """Give copies the outcome, findings and parts of the item that their content was recorded whole with; where
        that has changed meanwhile, or lies in an item that is `incomplete`, tell whose they are.
        """
        if not self.copies:
            return []
        keys = {place: _kept_key(told.same_as, told.media_type) for place, (_, told, _) in self.copies.items()}
        twins = whole_twins(self.connection, set(keys.values()), self.pipeline.version)
        linked = {place: twins[key] for place, key in keys.items() if key in twins}
        told = [(place, *self.copies[place][1:], twin.found) for place, twin in linked.items()]
        write_items(self.connection, [item_row(*one, self.pipeline, self.today) for one in told])
        whole = copy_parts(self.connection, linked, self.today)
        more = unlinked = set(self.copies) - set(whole)
        while more:
            incomplete = incomplete | {place[:2] for place in more}
            more = {place for place in linked if linked[place][:2] in incomplete} - unlinked
            unlinked = unlinked | more
        return [self.copies[place][0] for place in sorted(unlinked)]

    def _hold_outers(self, unheld: Sequence[tuple[object, ...]]) -> None:
        """Of those that were not said to hold their content when that was written."""
        if unheld:
            staged = _OUTERS.put(self.connection, unheld)
            self._run(_HOLD_OUTERS.format(outers=staged.table), staged)

    def _hold_parts(self, numbers: Mapping[_Key, int], incomplete: Collection[tuple[int, bytes]]) -> None:
        """But for those of items that have to be examined anew, since not all of it could be linked."""
        rows = [(*place, numbers[key]) for place, key in self.whole_parts.items() if place[:2] not in incomplete]
        if rows:
            staged = _PARTS.put(self.connection, rows)
            self._run(_HOLD_PARTS.format(staged=staged.table), staged)


def _key(examination: Examination) -> _Key | None:
    return None if examination.digest is None else (examination.digest, examination.media_type or "")


def _kept_key(digest: bytes | None, media_type: str | None) -> _Key:
    return digest or b"", short_type(media_type) or ""


def _long(media_type: str) -> str:
    return LONG_TYPES.get(media_type, media_type)


_NOTHING = Item(ItemRef("", b""), ItemKind.FILE, 0, None, b"")
_UNSEEN = Examination(_NOTHING, Outcome.SKIPPED)

_OUTERS = Stage("staged_outer", "item", ("dir_id", "name"), ("anew", "finished"))
_PARTS = Stage("staged_part", "item", ("dir_id", "name", "part", "content_id"))
_NUMBERED = Stage("staged_content_number", "content", ("id",))
_CONTENTS = Stage(
    "staged_content", "content",
    ("digest", "media_type", "pipeline", "whole_item_id", "recognised", *judged(_UNSEEN)),
)  # fmt: skip


_WORTH = "(CASE {0}.outcome WHEN 'examined' THEN 2 WHEN 'partial' THEN 1 ELSE 0 END, {0}.text_chars)"
_WRITE_CONTENTS = (
    f"INSERT INTO content ({', '.join(_CONTENTS.names)}) "  # noqa: S608  our names
    f"SELECT {', '.join(_CONTENTS.names)} FROM {{staged}} WHERE true"
    f"{over_it(_CONTENTS.names, ('digest', 'media_type'))}"
    f" WHERE content.pipeline <> excluded.pipeline OR {_WORTH.format('content')} < {_WORTH.format('excluded')}"
    " RETURNING id, digest, media_type"
)
_NUMBERS = (
    "SELECT c.id, c.digest, c.media_type FROM {staged} "
    "JOIN content c ON c.digest = staged_content.digest AND c.media_type = staged_content.media_type"
)
_DELETE_OLD = "DELETE FROM {table} WHERE content_id IN (SELECT id FROM {staged})"
_OUTER_NUMBERS = (
    "SELECT i.id, i.dir_id, i.name FROM {outers} "
    "JOIN item i ON i.dir_id = staged_outer.dir_id AND i.name = staged_outer.name AND i.part = ''"
)

_SET_ASIDE = """
UPDATE item SET gone = {scan} FROM {outers} WHERE staged_outer.anew AND item.dir_id = staged_outer.dir_id
AND item.name = staged_outer.name AND item.part <> '' AND item.gone IS NULL
"""
_DELETE_GONE = """
DELETE FROM item WHERE id IN (
    SELECT i.id FROM {outers} JOIN item i ON i.dir_id = staged_outer.dir_id AND i.name = staged_outer.name
    WHERE staged_outer.finished AND i.part <> '' AND i.gone IS NOT NULL
)
"""

# A content that some item holds already keeps that one: its row need not be written anew for each copy.
_UNHELD = """
AND NOT EXISTS (
    SELECT 1 FROM item h WHERE h.id = content.whole_item_id AND h.content_id = content.id AND h.rest_at IS NULL
    AND h.outcome IS NOT NULL
)
"""
_HOLD_PARTS = (
    """
UPDATE content SET whole_item_id = i.id FROM {staged}
JOIN item i ON i.dir_id = staged_part.dir_id AND i.name = staged_part.name AND i.part = staged_part.part
WHERE content.id = staged_part.content_id
"""
    + _UNHELD
)
_LASTING = ", ".join(f"'{code}'" for code in sorted(OF_THE_CONTENT))
_HOLD_OUTERS = (
    """
UPDATE content SET whole_item_id = i.id FROM {outers}
JOIN item i ON i.dir_id = staged_outer.dir_id AND i.name = staged_outer.name AND i.part = ''
WHERE staged_outer.finished AND content.id = i.content_id AND NOT EXISTS (
    SELECT 1 FROM item p WHERE p.dir_id = staged_outer.dir_id AND p.name = staged_outer.name
    AND p.problem_code NOT IN ("""  # noqa: S608  codes of ours
    + _LASTING
    + "))"
    + _UNHELD
)
