"""Files that were moved: a row that vanished and a new one are one item only where everything known of both agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from domain.item import Item, ItemKind
from inventory.recording import WAITING, AnyRow, Pipeline
from inventory.tables import ContentRow, DirRow, ItemRow

_MOST_AT_ONCE = 500  # SQLite takes 999 variables in a statement where it was built long ago.


def seen_elsewhere(connection: Connection, source_id: int, items: Iterable[Item]) -> Collection[str]:
    """Of new items, the file ids that a row of this source has just so: same size, same time, same version.

    Such a file was probably moved with its folder, and need not be read before that is settled.
    """
    known = {item.file_id: (item.size, item.modified, item.version) for item in items if item.file_id}
    ids: list[str] = list(known)
    found: set[str] = set()
    for at in range(0, len(ids), _MOST_AT_ONCE):
        rows = select(ItemRow.file_id, ItemRow.size, ItemRow.modified, ItemRow.version).join(DirRow)
        rows = rows.where(ItemRow.file_id.in_(ids[at : at + _MOST_AT_ONCE]), ItemRow.part == "")
        rows = rows.where(DirRow.source_id == source_id, ItemRow.outcome.is_not(None))
        found |= {row.file_id for row in connection.execute(rows).all() if known[row.file_id] == tuple(row[1:])}
    return found


def settle_moves(connection: Connection, source_id: int, since: int, pipeline: Pipeline) -> int:
    """Give rows that vanished after the scan `since` the places of the new rows that are the same files; say how many.

    File number, size and time of modification agree, and besides the content; where that is not known of both,
    everything else that the source compares (version), and the time of birth where both have one. A number that
    several rows have, vanished or new, settles nothing: hard links share one. What was moved keeps its number, and so
    its decisions.
    """
    known = {"source": source_id, "since": since}
    pairs = [
        (old, new)
        for old in connection.execute(_VANISHED, known).all()
        for new in connection.execute(_APPEARED, {"source": source_id, "file": old.file_id, "behind": old.id}).all()
        if _agree(old, new)
    ]
    settled = _one_to_one(pairs)
    for old, new in settled:
        _settle(connection, old, new, pipeline)
    return len(settled)


_PLACE = ("dir_id", "name")
_FACTS = (
    "size", "modified", "version", "created", "accessed", "allocated", "mangled", "owner_id", "access_id",
)  # fmt: skip
_RESULT = ("media_type", "content_id", "pipeline", "misnamed", "outcome", *WAITING)

# A sum, so that no index leads there: SQLite would look at every item of the source rather than at those few.
_OF_THE_SOURCE = DirRow.source_id + 0 == bindparam("source")
_FILES = select(ItemRow.__table__).join(DirRow, DirRow.id == ItemRow.dir_id).where(
    _OF_THE_SOURCE, ItemRow.part == "", ItemRow.kind == ItemKind.FILE, ItemRow.file_id.is_not(None),
)  # fmt: skip
_VANISHED = _FILES.where(ItemRow.gone > bindparam("since"))
_APPEARED = _FILES.where(ItemRow.gone.is_(None), ItemRow.file_id == bindparam("file"), ItemRow.id > bindparam("behind"))


def _agree(old: AnyRow, new: AnyRow) -> bool:
    if (old.size, old.modified) != (new.size, new.modified):
        return False
    if None not in (old.content_id, new.content_id):
        return bool(old.content_id == new.content_id)
    born_apart = None not in (old.created, new.created) and old.created != new.created
    return bool(old.version == new.version) and not born_apart


def _one_to_one(pairs: Sequence[tuple[AnyRow, AnyRow]]) -> Sequence[tuple[AnyRow, AnyRow]]:
    olds, news = Counter(old.id for old, _ in pairs), Counter(new.id for _, new in pairs)
    return [(old, new) for old, new in pairs if olds[old.id] == news[new.id] == 1]


def _settle(connection: Connection, old: AnyRow, new: AnyRow, pipeline: Pipeline) -> None:
    """The old row with its parts takes the place and the facts of the new one, whose rows are deleted."""
    names = (*_PLACE, *_FACTS, *(_RESULT if new.outcome is not None else ()))
    values: dict[str, Any] = {"gone": None} | {name: getattr(new, name) for name in names}
    if new.outcome is None and old.pipeline != pipeline.mark(old.problem_code):
        values |= WAITING
    connection.execute(update(ContentRow).where(ContentRow.whole_item_id == new.id).values(whole_item_id=old.id))
    connection.execute(delete(ItemRow).where(ItemRow.dir_id == new.dir_id, ItemRow.name == new.name))
    parts = (ItemRow.dir_id == old.dir_id, ItemRow.name == old.name, ItemRow.part != "", ItemRow.gone == old.gone)
    connection.execute(update(ItemRow).where(*parts).values(dir_id=new.dir_id, name=new.name, gone=None))
    connection.execute(update(ItemRow).where(ItemRow.id == old.id).values(values))
