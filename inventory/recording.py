"""Writes one batch of examinations: each content and its findings once, the item and its parts, and links of copies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.errors import Problem, ProblemCode
from domain.examination import Batch, Cursor, Examination, Outcome
from domain.item import Item, part_key
from inventory.tables import ContentRow, FindingRow, FingerprintRow, ItemRow

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

_OF_THE_CONTENT = frozenset({
    ProblemCode.ENCRYPTED, ProblemCode.CORRUPT, ProblemCode.NO_TEXT, ProblemCode.UNSUPPORTED
})  # fmt: skip
"""Problems that every copy of a content has; the others hang on where the copy lies, on a limit, or on the day."""

_OF_THE_READING = frozenset({ProblemCode.TIMEOUT, ProblemCode.MEMORY, ProblemCode.CRASHED})
"""Problems of a content that was got to but could not be read."""

_WORTH = {Outcome.EXAMINED: 2, Outcome.PARTIAL: 1}

WAITING: dict[str, Any] = {
    "outcome": None, "problem_code": None, "problem_limit": None, "content_id": None,
    "rest_at": None, "rest_parts": None, "rest_expanded": None, "rest_seconds": None, "rest_digest": None,
}  # fmt: skip
"""What an item has that is to be examined from its beginning."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What decides how an item comes out: the versions of all that reads and finds, and apart from them the limits.

    An item is marked with the limits only where it met one, so that another limit has just those examined again.
    """

    version: str
    limits: str = ""

    def mark(self, problem_code: str | None) -> str:
        limited = problem_code in (ProblemCode.LIMIT, ProblemCode.TOO_DEEP)
        return f"{self.version}/{self.limits}" if limited else self.version


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a batch is written: the transaction, the folder, the outer item, and what stamps the rows."""

    connection: Connection
    dir_id: int
    item: Item
    pipeline: Pipeline
    today: date

    @property
    def own(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return ItemRow.dir_id == self.dir_id, ItemRow.name == self.item.ref.name


def record_batch(
    connection: Connection,
    dir_id: int,
    item: Item,
    after: Cursor | None,
    batch: Batch,
    pipeline: Pipeline,
    today: date,
    scan_id: int,
) -> None:
    """Write a batch of `item`, which `after` led to. Parts recorded before are set aside when an item begins anew,
    and deleted with its last batch unless they are still there.
    """
    entry = _Entry(connection, dir_id, item, pipeline, today)
    if after is None or after.at == ():
        set_parts_aside(connection, dir_id, item.ref.name, scan_id)
    linked = [_write(entry, examination, batch) for examination in batch.examinations]
    connection.execute(update(ItemRow).where(*entry.own, ItemRow.part == "").values(_rest(batch.rest)))
    if batch.rest is None:
        connection.execute(delete(ItemRow).where(*entry.own, ItemRow.part != "", ItemRow.gone.is_not(None)))
        _note_whole(entry)
    if not all(linked):
        connection.execute(update(ItemRow).where(*entry.own, ItemRow.part == "").values(WAITING))


def set_parts_aside(connection: Connection, dir_id: int, name: bytes, scan_id: int) -> None:
    rows = (ItemRow.dir_id == dir_id, ItemRow.name == name, ItemRow.part != "", ItemRow.gone.is_(None))
    connection.execute(update(ItemRow).where(*rows).values(gone=scan_id))


def _write(entry: _Entry, examination: Examination, batch: Batch) -> bool:
    """False where a copy could not be linked, because its twin has changed meanwhile."""
    if examination.same_as is not None:
        return _link(entry, examination)
    found: dict[str, Any] = {"outcome": examination.outcome, **_problem(examination.problem)}
    if not examination.begun:
        found |= {"media_type": examination.media_type, "content_id": None, "misnamed": examination.misnamed}
    if examination.digest is not None:
        found["content_id"] = _content(entry, examination)
    item_id = _item(entry, examination.item, found, is_met=not examination.begun)
    is_part = bool(examination.item.ref.part)
    if is_part and examination.whole and examination.digest is not None and _is_whole(examination, batch):
        _hold_whole(entry, found["content_id"], item_id)
    return True


def _item(entry: _Entry, item: Item, found: dict[str, Any], *, is_met: bool = True) -> int:
    """Write an item's row; what it already says of its size and age stays where the item was not met again."""
    values = {"gone": None, **found, "pipeline": entry.pipeline.mark(found["problem_code"])}
    row = {"dir_id": entry.dir_id, "name": item.ref.name, "first_seen": entry.today, **facts(item), **values}
    changed = {**facts(item), **values} if is_met else values
    statement = upsert(ItemRow).values(row).on_conflict_do_update(index_elements=_ITEM_KEY, set_=changed)
    return entry.connection.execute(statement.returning(ItemRow.id)).scalar_one()


def _link(entry: _Entry, examination: Examination) -> bool:
    """Give an item the outcome, findings and parts of a content that was recorded whole with another item."""
    digest, media_type = examination.same_as or b"", examination.media_type or ""
    twin = whole_twin(entry.connection, digest, media_type, entry.pipeline.version)
    if twin is None:
        return False
    item = examination.item
    _item(entry, item, {
        "content_id": twin.content_id, "media_type": media_type, "outcome": twin.outcome,
        "problem_code": twin.problem_code, "problem_limit": twin.problem_limit,
    })  # fmt: skip
    for part in entry.connection.execute(select(*_COPIED).where(*_below(twin))).mappings().all():
        place = {
            "dir_id": entry.dir_id,
            "name": item.ref.name,
            "part": part_key(item.ref.part) + part["part"][len(twin.part) :],
        }
        row = {**part, **place, "first_seen": entry.today, "gone": None}
        statement = upsert(ItemRow).values(row).on_conflict_do_update(index_elements=_ITEM_KEY, set_=row)
        entry.connection.execute(statement)
    return True


def whole_twin(connection: Connection, digest: bytes, media_type: str, version: str) -> AnyRow | None:
    """The item that a content was recorded whole with by this pipeline, while it still stands."""
    same = (ContentRow.digest == digest, ContentRow.media_type == media_type, ContentRow.pipeline == version)
    stands = (ItemRow.content_id == ContentRow.id, ItemRow.rest_at.is_(None), ItemRow.outcome.is_not(None))
    return connection.execute(
        select(*_TWIN).join(ContentRow, ContentRow.whole_item_id == ItemRow.id).where(*same, *stands)
    ).one_or_none()


def _below(twin: AnyRow) -> tuple[ColumnElement[bool], ...]:
    """The parts inside an item or part. A range, not a LIKE: that would be blind to case and refuse long names."""
    whole = (ItemRow.dir_id == twin.dir_id, ItemRow.name == twin.name, ItemRow.part > twin.part)
    return whole if not twin.part else (*whole, ItemRow.part < twin.part[:-1] + chr(ord("/") + 1))


_ITEM_KEY = ("dir_id", "name", "part")

_TWIN = (
    ItemRow.dir_id, ItemRow.name, ItemRow.part, ItemRow.content_id, ItemRow.outcome, ItemRow.problem_code,
    ItemRow.problem_limit,
)  # fmt: skip

_COPIED = (
    ItemRow.part, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id, ItemRow.media_type,
    ItemRow.content_id, ItemRow.pipeline, ItemRow.outcome, ItemRow.problem_code, ItemRow.problem_limit,
    ItemRow.misnamed,
)  # fmt: skip


def facts(item: Item) -> dict[str, Any]:
    return {
        "part": part_key(item.ref.part), "kind": item.kind, "size": item.size, "modified": item.modified,
        "version": item.version, "file_id": item.file_id, "created": item.created, "accessed": item.accessed,
        "allocated": item.allocated, "mangled": item.mangled, "gone": None,
    }  # fmt: skip


def _problem(problem: Problem | None) -> dict[str, Any]:
    return {"problem_code": problem and problem.code, "problem_limit": problem and problem.limit}


def _rest(rest: Cursor | None) -> dict[str, Any]:
    if rest is None:
        return {name: value for name, value in WAITING.items() if name.startswith("rest_")}
    return {
        "rest_at": ",".join(map(str, rest.at)), "rest_parts": rest.parts, "rest_expanded": rest.expanded,
        "rest_seconds": rest.seconds, "rest_digest": rest.digest,
    }  # fmt: skip


def _is_whole(examination: Examination, batch: Batch) -> bool:
    """Whether another copy of this part would come out the same: nothing in it was left for a reason of its own."""
    part = examination.item.ref.part
    inside = (e for e in batch.examinations if e.item.ref.part[: len(part)] == part)
    return all(e.problem is None or e.problem.code in _OF_THE_CONTENT for e in inside)


def _note_whole(entry: _Entry) -> None:
    """After an item's last batch: note that its content was recorded whole, unless something was left for now."""
    left = ItemRow.problem_code.not_in(_OF_THE_CONTENT)
    if entry.connection.execute(select(ItemRow.id).where(*entry.own, left).limit(1)).first() is None:
        outer = select(ItemRow.id, ItemRow.content_id).where(*entry.own, ItemRow.part == "")
        row = entry.connection.execute(outer).one_or_none()
        if row is not None and row.content_id is not None:
            _hold_whole(entry, row.content_id, row.id)


def _hold_whole(entry: _Entry, content_id: int, item_id: int) -> None:
    entry.connection.execute(update(ContentRow).where(ContentRow.id == content_id).values(whole_item_id=item_id))


def record_recognised(connection: Connection, dir_id: int, name: bytes, examination: Examination, by: str) -> None:
    """Write down what the recogniser `by` read in the pictures of a content: for the content, whoever holds it.

    What could not be read, or not wholly, goes on waiting, for another recogniser: the first pass's findings stand. A
    trouble of getting to it is nothing to write down: it waits for the next pass.
    """
    content_id = _content_recognised(connection, dir_id, name, examination)
    if content_id is None or (examination.digest is None and _met_on_the_way(examination)):
        return
    written: dict[str, Any] = {"recognised": by}
    if examination.outcome in _WORTH and examination.digest is not None:
        left = examination.problem is not None and examination.problem.code is ProblemCode.LIMIT
        written |= _judged(examination) | {"pending": "ocr" if left else ""}
        _findings(connection, content_id, examination)
    connection.execute(update(ContentRow).where(ContentRow.id == content_id).values(written))
    if examination.problem is not None and examination.problem.code is ProblemCode.NO_TEXT:
        clean = (ItemRow.content_id == content_id, ItemRow.problem_code.is_(None))
        empty = {"outcome": examination.outcome, **_problem(examination.problem)}
        connection.execute(update(ItemRow).where(*clean).values(empty))


def _met_on_the_way(examination: Examination) -> bool:
    return examination.problem is None or examination.problem.code not in _OF_THE_READING


def _content_recognised(connection: Connection, dir_id: int, name: bytes, examination: Examination) -> int | None:
    """The content's number; None where it changed meanwhile, and waits to be examined anew."""
    if examination.digest is not None:
        key = {"digest": examination.digest, "media_type": examination.media_type or ""}
        return connection.execute(select(ContentRow.id).filter_by(**key)).scalar_one_or_none()
    place = (ItemRow.dir_id == dir_id, ItemRow.name == name, ItemRow.part == part_key(examination.item.ref.part))
    return connection.execute(select(ItemRow.content_id).where(*place)).scalar_one_or_none()


def _content(entry: _Entry, examination: Examination) -> int:
    """The row of this content, written with its findings unless this pipeline has recorded it as well or better."""
    connection, key = entry.connection, {"digest": examination.digest, "media_type": examination.media_type or ""}
    columns = (ContentRow.id, ContentRow.pipeline, ContentRow.outcome, ContentRow.text_chars)
    known = connection.execute(select(*columns).filter_by(**key)).one_or_none()
    if known is not None and _is_as_good(known, examination, entry.pipeline):
        return int(known.id)
    values = {"pipeline": entry.pipeline.version, "whole_item_id": None, "recognised": None, **_judged(examination)}
    statement = upsert(ContentRow).values(**key, **values)
    statement = statement.on_conflict_do_update(index_elements=["digest", "media_type"], set_=values)
    content_id = int(connection.execute(statement.returning(ContentRow.id)).scalar_one())
    _findings(connection, content_id, examination)
    return content_id


def _is_as_good(known: AnyRow, examination: Examination, pipeline: Pipeline) -> bool:
    worth = (_WORTH.get(examination.outcome, 0), examination.text_chars)
    return bool(known.pipeline == pipeline.version and (_WORTH.get(known.outcome, 0), known.text_chars) >= worth)


def _judged(examination: Examination) -> dict[str, Any]:
    assessment, traits = examination.assessment, examination.traits
    return {
        "outcome": examination.outcome, "pending": ",".join(examination.pending),
        "text_chars": examination.text_chars, "seconds": examination.seconds,
        "personal": assessment.personal, "special": ",".join(assessment.special), "children": assessment.children,
        "criminal": assessment.criminal, "risk": assessment.risk, "risk_parts": json.dumps(dict(assessment.risk_parts)),
        "simhash": traits.simhash and _signed(traits.simhash), "minhash": traits.minhash,
        "picture": traits.picture and _signed(traits.picture), "properties": json.dumps(dict(traits.properties)),
        "dates": json.dumps([(dated.source, dated.on.isoformat()) for dated in traits.dates]),
        "hints": json.dumps([(hint.record_class, hint.confidence, hint.reason) for hint in traits.hints]),
        "terms": json.dumps(dict(traits.terms)), "reader": traits.reader, "pronom": traits.pronom,
    }  # fmt: skip


def _signed(number: int) -> int:
    """64 bits as databases hold them."""
    return number - 2**64 if number >= 2**63 else number


def _findings(connection: Connection, content_id: int, examination: Examination) -> None:
    connection.execute(delete(FindingRow).where(FindingRow.content_id == content_id))
    connection.execute(delete(FingerprintRow).where(FingerprintRow.content_id == content_id))
    findings = [
        {"content_id": content_id, "kind": f.kind, "count": f.count, "confidence": f.confidence,
         "places": json.dumps(f.places), "shape": f.shape, "sampled": f.sampled, "overflow": f.overflow}
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
