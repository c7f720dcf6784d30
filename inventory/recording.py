"""Writes down what came of one item or part, where rows that are there already decide how: copies, and items begun."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, delete, select, update

from domain.errors import Problem, ProblemCode
from domain.examination import Batch, Cursor, Examination, Outcome
from domain.item import Item, part_key
from inventory.dialects import upsert
from inventory.staging import Rows, copy
from inventory.tables import ContentRow, FindingRow, FingerprintRow, ItemRow, TraitRow
from inventory.twins import content_like, copy_parts, message_twin

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

OF_THE_CONTENT = frozenset({
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
class Spot:
    """Where a batch is written: the transaction, the folder, the outer item, and what stamps the rows."""

    connection: Connection
    dir_id: int
    item: Item
    pipeline: Pipeline
    today: date

    @property
    def own(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return ItemRow.dir_id == self.dir_id, ItemRow.name == self.item.ref.name


def write_one(spot: Spot, examination: Examination, batch: Batch) -> bool:
    """Write what came of an item or part. False where a copy could not be linked, because its twin has changed
    meanwhile.
    """
    if examination.same_message is not None:
        return _link_message(spot, examination)
    found: dict[str, Any] = {"outcome": examination.outcome, **problem_values(examination.problem)}
    if not examination.begun:
        found |= {"media_type": examination.media_type, "content_id": None, "misnamed": examination.misnamed}
    if examination.digest is not None:
        found["content_id"] = _content(spot, examination)
    item_id = _item(spot, examination.item, found, is_met=not examination.begun)
    is_part = bool(examination.item.ref.part)
    if is_part and examination.whole and examination.digest is not None and comes_out_the_same(examination, batch):
        _hold_whole(spot, found["content_id"], item_id)
    return True


def _item(spot: Spot, item: Item, found: dict[str, Any], *, is_met: bool = True) -> int:
    """Write an item's row; what it already says of its size and age stays where the item was not met again."""
    values = {"gone": None, **found, "pipeline": spot.pipeline.mark(found["problem_code"])}
    row = {"dir_id": spot.dir_id, "name": item.ref.name, "first_seen": spot.today, **facts(item), **values}
    changed = {**facts(item), **values} if is_met else values
    statement = (
        upsert(spot.connection, ItemRow).values(row).on_conflict_do_update(index_elements=_ITEM_KEY, set_=changed)
    )
    return spot.connection.execute(statement.returning(ItemRow.id)).scalar_one()


def _link_message(spot: Spot, examination: Examination) -> bool:
    """Give a message the findings and parts of a copy of it that came another way. Its content has a row of its own:
    by its digest it is no duplicate of the other.
    """
    media_type = examination.media_type or ""
    twin = message_twin(spot.connection, examination.same_message or b"", media_type, spot.pipeline.version)
    if twin is None:
        return False
    item, content_id = examination.item, content_like(spot.connection, twin.content_id, examination.digest or b"")
    item_id = _item(spot, item, {
        "content_id": content_id, "media_type": media_type, "outcome": twin.outcome,
        "problem_code": twin.problem_code, "problem_limit": twin.problem_limit, "misnamed": examination.misnamed,
    })  # fmt: skip
    place = spot.dir_id, item.ref.name, part_key(item.ref.part)
    if not copy_parts(spot.connection, {place: twin}, spot.today):
        return False
    _hold_whole(spot, content_id, item_id)
    return True


def write_rest(spot: Spot, rest: Cursor | None) -> None:
    spot.connection.execute(update(ItemRow).where(*spot.own, ItemRow.part == "").values(rest_values(rest)))


def await_again(spot: Spot) -> None:
    """Have the outer item examined anew, from its beginning. Nothing in it can be what copies are written by: what is
    to be linked is missing there.
    """
    spot.connection.execute(update(ItemRow).where(*spot.own, ItemRow.part == "").values(WAITING))
    here = select(ItemRow.id, ItemRow.content_id).where(*spot.own).subquery()
    held = update(ContentRow).where(ContentRow.id.in_(select(here.c.content_id)))
    spot.connection.execute(held.where(ContentRow.whole_item_id.in_(select(here.c.id))).values(whole_item_id=None))


_ITEM_KEY = ("dir_id", "name", "part")


def facts(item: Item) -> dict[str, Any]:
    return {
        "part": part_key(item.ref.part), "kind": item.kind, "size": item.size, "modified": item.modified,
        "version": item.version, "file_id": item.file_id, "created": item.created, "accessed": item.accessed,
        "allocated": item.allocated, "mangled": item.mangled, "gone": None,
    }  # fmt: skip


def problem_values(problem: Problem | None) -> dict[str, Any]:
    return {"problem_code": problem and problem.code, "problem_limit": problem and problem.limit}


def rest_values(rest: Cursor | None) -> dict[str, Any]:
    if rest is None:
        return {name: value for name, value in WAITING.items() if name.startswith("rest_")}
    return {
        "rest_at": ",".join(map(str, rest.at)), "rest_parts": rest.parts, "rest_expanded": rest.expanded,
        "rest_seconds": rest.seconds, "rest_digest": rest.digest,
    }  # fmt: skip


def comes_out_the_same(examination: Examination, batch: Batch) -> bool:
    """Whether another copy of this part would come out the same: nothing in it was left for a reason of its own."""
    if len(batch.examinations) == 1:
        return examination.problem is None or examination.problem.code in OF_THE_CONTENT
    part = examination.item.ref.part
    inside = (e for e in batch.examinations if e.item.ref.part[: len(part)] == part)
    return all(e.problem is None or e.problem.code in OF_THE_CONTENT for e in inside)


def _hold_whole(spot: Spot, content_id: int, item_id: int) -> None:
    spot.connection.execute(update(ContentRow).where(ContentRow.id == content_id).values(whole_item_id=item_id))


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
        written |= judged(examination) | {"pending": "ocr" if left else ""}
        _findings(connection, content_id, examination)
    connection.execute(update(ContentRow).where(ContentRow.id == content_id).values(written))
    if examination.problem is not None and examination.problem.code is ProblemCode.NO_TEXT:
        clean = (ItemRow.content_id == content_id, ItemRow.problem_code.is_(None))
        empty = {"outcome": examination.outcome, **problem_values(examination.problem)}
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


def _content(spot: Spot, examination: Examination) -> int:
    """The row of this content, written with its findings unless this pipeline has recorded it as well or better."""
    connection, key = spot.connection, {"digest": examination.digest, "media_type": examination.media_type or ""}
    columns = (ContentRow.id, ContentRow.pipeline, ContentRow.outcome, ContentRow.text_chars)
    known = connection.execute(select(*columns).filter_by(**key)).one_or_none()
    if known is not None and _is_as_good(known, examination, spot.pipeline):
        return int(known.id)
    values = {"pipeline": spot.pipeline.version, "whole_item_id": None, "recognised": None, **judged(examination)}
    statement = upsert(connection, ContentRow).values(**key, **values)
    statement = statement.on_conflict_do_update(index_elements=["digest", "media_type"], set_=values)
    content_id = int(connection.execute(statement.returning(ContentRow.id)).scalar_one())
    _findings(connection, content_id, examination)
    return content_id


def _is_as_good(known: AnyRow, examination: Examination, pipeline: Pipeline) -> bool:
    return bool(known.pipeline == pipeline.version and worth(known) >= worth(examination))


def worth(told: Examination | AnyRow) -> tuple[int, int]:
    """How much was read of a content, to be compared: the more, the better."""
    return _WORTH.get(told.outcome, 0), told.text_chars


def judged(examination: Examination) -> dict[str, Any]:
    """What is kept of a content itself, as drivers take it."""
    assessment = examination.assessment
    return {
        "outcome": examination.outcome.value, "pending": ",".join(examination.pending),
        "text_chars": examination.text_chars, "seconds": examination.seconds,
        "personal": assessment.personal, "special": ",".join(assessment.special), "children": assessment.children,
        "criminal": assessment.criminal, "risk": assessment.risk,
        "risk_parts": json.dumps(dict(assessment.risk_parts)) if assessment.risk_parts else "{}",
        "message": examination.traits.message,
    }  # fmt: skip


def _signed(number: int) -> int:
    """64 bits as databases hold them."""
    return number - 2**64 if number >= 2**63 else number


def _findings(connection: Connection, content_id: int, examination: Examination) -> None:
    for row in (FindingRow, FingerprintRow, TraitRow):
        connection.execute(delete(row).where(row.content_id == content_id))
    for table, columns, rows_of in OF_CONTENTS:
        copy(connection, table, columns, rows_of(content_id, examination))


def _finding_rows(content_id: int, examination: Examination) -> Rows:
    return [
        (content_id, f.kind, f.count, f.confidence, _places(f.places), f.shape, f.sampled, f.overflow)
        for f in examination.findings
    ]


@lru_cache(maxsize=10_000)
def _places(places: tuple[str, ...]) -> str:
    """Most findings are where others are: on page 1."""
    return json.dumps(places)


def _fingerprint_rows(content_id: int, examination: Examination) -> Rows:
    return [
        (content_id, finding.kind, fingerprint)
        for finding in examination.findings
        for fingerprint in finding.fingerprints
    ]


def _trait_rows(content_id: int, examination: Examination) -> Rows:
    traits = examination.traits
    dates = [(dated.source, dated.on.isoformat()) for dated in traits.dates]
    hints = [(hint.record_class, hint.confidence, hint.reason) for hint in traits.hints]
    told = (_json(dict(traits.properties)), _json(dates), _json(dict(traits.terms)), _json(hints))
    looks = (traits.simhash and _signed(traits.simhash), traits.picture and _signed(traits.picture), traits.minhash)
    return [(content_id, *looks, *told, traits.reader or None, traits.pronom)]


def _json(told: dict[str, Any] | list[Any]) -> str | None:
    return json.dumps(told) if told else None


OF_CONTENTS: tuple[tuple[str, tuple[str, ...], Callable[[int, Examination], Rows]], ...] = (
    ("finding", ("content_id", "kind", "count", "confidence", "places", "shape", "sampled", "overflow"), _finding_rows),
    ("fingerprint", ("content_id", "kind", "hmac"), _fingerprint_rows),
    ("trait",
     ("content_id", "simhash", "picture", "minhash", "properties", "dates", "terms", "hints", "reader", "pronom"),
     _trait_rows),
)  # fmt: skip
"""What is written with a content, and anew with it: the table, its columns and its rows."""
