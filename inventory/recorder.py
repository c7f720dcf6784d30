"""Writes what a scan lists and finds: each listing, and each batch of examinations, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Engine, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.errors import PASSING, Problem, ProblemCode
from domain.examination import Batch, Cursor, Examination
from domain.item import Item, ItemKind, ItemRef, Listing, part_key
from inventory.engine import InventoryError, writing
from inventory.tables import (
    ContentRow,
    DirRow,
    FindingRow,
    FingerprintRow,
    ItemRow,
    ScanRow,
    ServiceRow,
    SettingRow,
    SourceRow,
)

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

_OF_THE_CONTENT = {ProblemCode.ENCRYPTED, ProblemCode.CORRUPT, ProblemCode.NO_TEXT, ProblemCode.UNSUPPORTED}
"""Problems that every copy of a content has; the others hang on where the copy lies, or on the day."""


@dataclass(frozen=True, slots=True)
class Unexamined:
    """An item that is new, changed or unfinished, and where to go on in it."""

    item: Item
    after: Cursor | None = None


class Recorder:
    """One scan of one source, as it is written down.

    Every method is one transaction, so that a scan killed at any moment goes on from the last one. Recording the same
    batch twice changes nothing.
    """

    def __init__(
        self, engine: Engine, source: str, pipeline: str, today: date, service_of: Callable[[bytes], str]
    ) -> None:
        self._engine, self._source, self._pipeline, self._today = engine, source, pipeline, today
        self._service_of = service_of
        self._services: dict[str, int] = {}
        self._unlisted: list[bytes] = []
        self._scan_id = 0
        self._source_id = 0

    def begin(self, started: datetime, detector: str, key_id: str) -> None:
        """Open the scan. Raises InventoryError where the inventory's fingerprints were made with another key."""
        with writing(self._engine) as connection:
            _same_key(connection, key_id)
            self._source_id = _id_of(connection, SourceRow, self._source)
            values = {"source_id": self._source_id, "started": started, "detector": detector, "complete": False}
            self._scan_id = connection.execute(insert(ScanRow).values(values).returning(ScanRow.id)).scalar_one()

    def note(self, listing: Listing) -> tuple[Unexamined, ...]:
        """Write a folder's listing down and say which of its items are to be examined."""
        if not listing.complete:
            self._unlisted.append(listing.folder)
        self._unlisted += [item.ref.locator for item in listing.items if item.kind is ItemKind.FOLDER]
        with writing(self._engine) as connection:
            dir_id = self._dir(connection, listing.folder)
            known = {row.name: row for row in connection.execute(_KNOWN_IN_DIR, {"dir": dir_id})}
            todo = [item for item in listing.items if not self._is_settled(item, known.get(item.ref.name))]
            self._expect(connection, dir_id, todo, known)
            if listing.complete:
                present = {item.ref.name for item in listing.items}
                self._miss(
                    connection,
                    dir_id,
                    [row.id for name, row in known.items() if name not in present and row.gone is None],
                )
            return tuple(Unexamined(item, _cursor(item, known.get(item.ref.name), self._pipeline)) for item in todo)

    def _dir(self, connection: Connection, path: bytes) -> int:
        service = self._service_of(path)
        if service not in self._services:
            self._services[service] = _id_of(connection, ServiceRow, service)
        stamp = {"service_id": self._services[service], "scan_id": self._scan_id}
        row = {"source_id": self._source_id, "path": path, **stamp}
        statement = upsert(DirRow).values(row).on_conflict_do_update(index_elements=["source_id", "path"], set_=stamp)
        return connection.execute(statement.returning(DirRow.id)).scalar_one()

    def _is_settled(self, item: Item, row: AnyRow | None) -> bool:
        return (
            row is not None
            and row.gone is None
            and row.version == item.version
            and row.kind == item.kind
            and row.outcome is not None
            and row.rest_at is None
            and row.pipeline == self._pipeline
            and row.problem_code not in PASSING
        )

    def _expect(
        self, connection: Connection, dir_id: int, items: Iterable[Item], known: Mapping[bytes, AnyRow]
    ) -> None:
        """Write new and changed items down as waiting to be examined, before they are."""
        new, changed = [], []
        for item in items:
            row = known.get(item.ref.name)
            if row is None:
                new.append({"dir_id": dir_id, "name": item.ref.name, "first_seen": self._today, **_facts(item)})
            elif _cursor(item, row, self._pipeline) is None:
                returned = {"first_seen": self._today} if row.gone is not None else {}
                changed.append((row.id, {**_facts(item), **_WAITING, **returned}))
        if new:
            connection.execute(insert(ItemRow), new)
        for row_id, values in changed:
            connection.execute(update(ItemRow).where(ItemRow.id == row_id).values(values))

    def _miss(self, connection: Connection, dir_id: int, names: Iterable[bytes]) -> None:
        """Mark items as gone, with their parts."""
        for name in names:
            rows = (ItemRow.dir_id == dir_id, ItemRow.name == name)
            connection.execute(update(ItemRow).where(*rows).values(gone=self._scan_id))

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        """Write a batch down: contents and findings once a digest, then the item and its parts.

        Parts recorded before are set aside until the last batch shows which of them are still there.
        """
        with writing(self._engine) as connection:
            dir_id = self._dir_id(connection, item.ref.folder)
            own = (ItemRow.dir_id == dir_id, ItemRow.name == item.ref.name)
            if after is None:
                connection.execute(update(ItemRow).where(*own, ItemRow.part != "").values(gone=self._scan_id))
            linked = [self._write(connection, dir_id, examination, batch) for examination in batch.examinations]
            connection.execute(update(ItemRow).where(*own, ItemRow.part == "").values(_rest(batch.rest)))
            if batch.rest is None:
                connection.execute(delete(ItemRow).where(*own, ItemRow.part != "", ItemRow.gone.is_not(None)))
                _make_reusable(connection, own)
            if not all(linked):
                connection.execute(update(ItemRow).where(*own, ItemRow.part == "").values(_WAITING))

    def _dir_id(self, connection: Connection, path: bytes) -> int:
        here = (DirRow.source_id == self._source_id, DirRow.path == path)
        return connection.execute(select(DirRow.id).where(*here)).scalar_one()

    def _write(self, connection: Connection, dir_id: int, examination: Examination, batch: Batch) -> bool:
        if examination.same_as is not None:
            return self._link(connection, dir_id, examination)
        reusable = _settled_whole(examination, batch)
        content_id = _content(connection, examination, self._pipeline, reusable) if examination.digest else None
        self._item(connection, dir_id, examination.item, {
            "content_id": content_id, "media_type": examination.media_type, "outcome": examination.outcome,
            **_problem(examination.problem),
        })  # fmt: skip
        return True

    def _item(self, connection: Connection, dir_id: int, item: Item, values: dict[str, Any]) -> None:
        result = {**_facts(item), **values, "pipeline": self._pipeline}
        row = {"dir_id": dir_id, "name": item.ref.name, "first_seen": self._today, **result}
        connection.execute(upsert(ItemRow).values(row).on_conflict_do_update(index_elements=_ITEM_KEY, set_=result))

    def _link(self, connection: Connection, dir_id: int, examination: Examination) -> bool:
        """Give an item the outcome, findings and parts of a content examined before.

        False where the only copy that had the parts has changed meanwhile: then the item must be examined after all.
        """
        item = examination.item
        content = connection.execute(_KNOWN_CONTENT, {"digest": examination.same_as}).one()
        twin = connection.execute(_TWIN, {"content": content.id}).one_or_none()
        if twin is None:
            return False
        self._item(connection, dir_id, item, {
            "content_id": content.id, "media_type": examination.media_type, "outcome": content.outcome,
            "problem_code": content.problem_code, "problem_limit": content.problem_limit,
        })  # fmt: skip
        own = part_key(item.ref.part)
        inside = (
            ItemRow.dir_id == twin.dir_id,
            ItemRow.name == twin.name,
            ItemRow.part.startswith(twin.part, autoescape=True),
        )
        for part in connection.execute(select(*_COPIED).where(*inside, ItemRow.part != twin.part)).mappings().all():
            place = {"dir_id": dir_id, "name": item.ref.name, "part": own + part["part"][len(twin.part) :]}
            row = {**part, **place, "first_seen": self._today, "gone": None}
            connection.execute(upsert(ItemRow).values(row).on_conflict_do_update(index_elements=_ITEM_KEY, set_=row))
        return True

    def waiting(self) -> tuple[Unexamined, ...]:
        """Items of this scan that still wait, such as copies whose twin changed before they could be linked."""
        with self._engine.connect() as connection:
            rows = connection.execute(_WAITING_ITEMS, {"source": self._source_id, "scan": self._scan_id}).all()
        return tuple(Unexamined(_item_of(self._source, row)) for row in rows)

    def finish(self, ended: datetime, *, complete: bool) -> None:
        """Close the scan. Where it saw everything, what lies in folders that it did not meet is gone."""
        with writing(self._engine) as connection:
            if complete:
                self._miss_folders(connection)
            connection.execute(
                update(ScanRow).where(ScanRow.id == self._scan_id).values(ended=ended, complete=complete)
            )

    def _miss_folders(self, connection: Connection) -> None:
        unmet = (DirRow.source_id == self._source_id, DirRow.scan_id != self._scan_id)
        for row in connection.execute(select(DirRow.id, DirRow.path).where(*unmet)).all():
            # What lies below a folder that could not be listed is unknown, not gone.
            if not any(_is_below(row.path, folder) for folder in self._unlisted):
                lost = (ItemRow.dir_id == row.id, ItemRow.gone.is_(None))
                connection.execute(update(ItemRow).where(*lost).values(gone=self._scan_id))


_KNOWN_IN_DIR = select(
    ItemRow.id, ItemRow.name, ItemRow.version, ItemRow.kind, ItemRow.outcome, ItemRow.problem_code, ItemRow.pipeline,
    ItemRow.gone, ItemRow.rest_at, ItemRow.rest_parts, ItemRow.rest_expanded,
).where(ItemRow.dir_id == bindparam("dir"), ItemRow.part == "")  # fmt: skip

_WAITING_ITEMS = select(DirRow.path, ItemRow.name, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version,
                        ItemRow.file_id).join(DirRow, DirRow.id == ItemRow.dir_id).where(
    DirRow.source_id == bindparam("source"), DirRow.scan_id == bindparam("scan"), ItemRow.outcome.is_(None),
    ItemRow.gone.is_(None), ItemRow.part == "",
)  # fmt: skip

_WAITING = {"outcome": None, "problem_code": None, "problem_limit": None, "content_id": None,
            "rest_at": None, "rest_parts": None, "rest_expanded": None}  # fmt: skip

_ITEM_KEY = ("dir_id", "name", "part")

_COPIED = (
    ItemRow.part, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id, ItemRow.media_type,
    ItemRow.content_id, ItemRow.pipeline, ItemRow.outcome, ItemRow.problem_code, ItemRow.problem_limit,
)  # fmt: skip


_KNOWN_CONTENT = select(
    ContentRow.id, ContentRow.outcome, ContentRow.problem_code, ContentRow.problem_limit
).where(ContentRow.digest == bindparam("digest"))  # fmt: skip

_TWIN = select(ItemRow.dir_id, ItemRow.name, ItemRow.part).where(
    ItemRow.content_id == bindparam("content"), ItemRow.rest_at.is_(None), ItemRow.outcome.is_not(None)
).order_by(ItemRow.id).limit(1)  # fmt: skip
"""The item that a content and its parts were recorded with."""


def _make_reusable(connection: Connection, own: tuple[ColumnElement[bool], ...]) -> None:
    """Once a container's last batch is there, other copies need not be read, unless a part was left for now."""
    left = ItemRow.problem_code.not_in(_OF_THE_CONTENT) & (func.coalesce(ItemRow.problem_limit, "") != "text")
    if connection.execute(select(ItemRow.id).where(*own, left).limit(1)).first() is None:
        content_id = select(ItemRow.content_id).where(*own, ItemRow.part == "").scalar_subquery()
        connection.execute(update(ContentRow).where(ContentRow.id == content_id).values(reusable=True))


def _same_key(connection: Connection, key_id: str) -> None:
    known = connection.execute(select(SettingRow.value).where(SettingRow.name == "key_id")).scalar_one_or_none()
    if known is None:
        connection.execute(insert(SettingRow).values(name="key_id", value=key_id))
    elif known != key_id:
        raise InventoryError(
            "The key file is not the one this inventory was made with, so fingerprints would not agree. "
            "Put the old key back, or start a new inventory with: muniment init"
        )


def _id_of(connection: Connection, table: type[SourceRow | ServiceRow], name: str) -> int:
    connection.execute(upsert(table).values(name=name).on_conflict_do_nothing())
    return connection.execute(select(table.id).where(table.name == name)).scalar_one()


def _facts(item: Item) -> dict[str, Any]:
    return {
        "part": part_key(item.ref.part), "kind": item.kind, "size": item.size, "modified": item.modified,
        "version": item.version, "file_id": item.file_id, "gone": None,
    }  # fmt: skip


def _problem(problem: Problem | None) -> dict[str, Any]:
    return {"problem_code": problem and problem.code, "problem_limit": problem and problem.limit}


def _rest(rest: Cursor | None) -> dict[str, int | None]:
    if rest is None:
        return {"rest_at": None, "rest_parts": None, "rest_expanded": None}
    return {"rest_at": rest.at, "rest_parts": rest.parts, "rest_expanded": rest.expanded}


def _cursor(item: Item, row: AnyRow | None, pipeline: str) -> Cursor | None:
    """Where an interrupted container goes on; None where it must begin anew."""
    if row is None or row.gone is not None or row.rest_at is None:
        return None
    if row.version != item.version or row.pipeline != pipeline:
        return None
    return Cursor(row.rest_at, row.rest_parts, row.rest_expanded)


def _item_of(source: str, row: AnyRow) -> Item:
    locator = row.path + b"/" + row.name if row.path else row.name
    return Item(ItemRef(source, locator), ItemKind(row.kind), row.size, row.modified, row.version, row.file_id)


def _is_below(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(folder + b"/") or not folder


def _settled_whole(examination: Examination, batch: Batch) -> bool:
    """Whether another copy would come out the same: nothing here or inside was left for a reason of its own."""
    part = examination.item.ref.part
    inside = (e for e in batch.examinations if e.item.ref.part[: len(part)] == part)
    return (part != () or batch.rest is None) and all(_of_the_content(e.problem) for e in inside)


def _of_the_content(problem: Problem | None) -> bool:
    return problem is None or problem.code in _OF_THE_CONTENT or problem.limit == "text"


def _content(connection: Connection, examination: Examination, pipeline: str, reusable: bool) -> int:
    """The row of this content, written with its findings unless this pipeline has already."""
    digest = examination.digest
    row = connection.execute(
        select(ContentRow.id, ContentRow.pipeline, ContentRow.reusable).where(ContentRow.digest == digest)
    )
    known = row.one_or_none()
    if known is not None and known.pipeline == pipeline and known.reusable:
        return int(known.id)
    assessment = examination.assessment
    values = {
        "pipeline": pipeline, "outcome": examination.outcome, **_problem(examination.problem),
        "pending": ",".join(examination.pending), "text_chars": examination.text_chars, "seconds": examination.seconds,
        "personal": assessment.personal, "special": ",".join(assessment.special), "children": assessment.children,
        "criminal": assessment.criminal, "risk": assessment.risk, "risk_parts": json.dumps(dict(assessment.risk_parts)),
        "reusable": reusable,
    }  # fmt: skip
    statement = upsert(ContentRow).values(digest=digest, **values)
    statement = statement.on_conflict_do_update(index_elements=["digest"], set_=values)
    content_id = int(connection.execute(statement.returning(ContentRow.id)).scalar_one())
    _findings(connection, content_id, examination)
    return content_id


def _findings(connection: Connection, content_id: int, examination: Examination) -> None:
    connection.execute(delete(FindingRow).where(FindingRow.content_id == content_id))
    connection.execute(delete(FingerprintRow).where(FingerprintRow.content_id == content_id))
    findings = [
        {"content_id": content_id, "kind": f.kind, "count": f.count, "confidence": f.confidence,
         "places": json.dumps(f.places), "shape": f.shape}
        for f in examination.findings
    ]  # fmt: skip
    prints = [
        {"content_id": content_id, "kind": finding.kind, "hmac": fingerprint}
        for finding in examination.findings
        for fingerprint in finding.fingerprints
    ]
    if findings:
        connection.execute(insert(FindingRow), findings)
    if prints:
        connection.execute(insert(FingerprintRow), prints)
