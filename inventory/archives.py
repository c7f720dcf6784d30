"""Archives beside which lies all that is in them: the folder has the archive's name without its ending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, literal, select

from domain.copies import Copy
from domain.examination import Outcome
from domain.item import ItemKind
from inventory.copies import copies
from inventory.engine import Database, reading
from inventory.tables import ContentRow, DirRow, ItemRow

_A_PAGE = 200
_MOST_FILES = 10_000
"""Below one folder; of one that holds more nothing is said."""
_ARCHIVES = (
    "application/zip", "application/x-7z-compressed", "application/x-tar", "application/gzip", "application/vnd.rar",
    "application/x-bzip2", "application/x-xz",
)  # fmt: skip
_ENDINGS = (b".tar.gz", b".tar.bz2", b".tar.xz")


def archives_unpacked(database: Database) -> Iterator[tuple[Copy, tuple[Copy, ...]]]:
    """Each archive that was read whole, and the files that are the same as all that is in it; by number."""
    after = 0
    while True:
        with reading(database) as connection:
            rows = connection.execute(_OF_ARCHIVES.where(ItemRow.id > after).limit(_A_PAGE)).all()
            for row in rows:
                if files := _unpacked(connection, row):
                    found = copies(connection, [row.id, *files])
                    yield found[row.id], tuple(found[file] for file in files)
        if len(rows) < _A_PAGE:
            return
        after = rows[-1].id


_OF_ARCHIVES = (
    select(ItemRow.id, ItemRow.dir_id, ItemRow.name, DirRow.source_id, DirRow.path)
    .join(DirRow, DirRow.id == ItemRow.dir_id)
    .where(ItemRow.media_type.in_(_ARCHIVES), ItemRow.kind == ItemKind.FILE, ItemRow.gone.is_(None),
           ItemRow.outcome == Outcome.EXAMINED)
    .order_by(ItemRow.id)
)  # fmt: skip


def _unpacked(connection: Connection, archive: Any) -> Sequence[int]:
    """The files below the archive's folder that are the same as its members; none where one of these is not there."""
    folder = (archive.path + b"/" if archive.path else b"") + _stem(archive.name)
    if connection.execute(_FOLDER.where(DirRow.source_id == archive.source_id, DirRow.path == folder)).first() is None:
        return ()
    below = literal(folder + b"/", DirRow.path.type), literal(folder + b"0", DirRow.path.type)
    beside = _FILES.where(
        DirRow.source_id == archive.source_id,
        (DirRow.path == folder) | ((DirRow.path >= below[0]) & (DirRow.path < below[1])),
    )
    files = connection.execute(beside).all()
    members = connection.execute(_MEMBERS.where(ItemRow.dir_id == archive.dir_id, ItemRow.name == archive.name)).all()
    wanted = {row.digest for row in members}
    if not wanted or None in wanted or len(files) > _MOST_FILES or not wanted <= {row.digest for row in files}:
        return ()
    return [row.id for row in files if row.digest in wanted]


def _stem(name: bytes) -> bytes:
    ending = next((ending for ending in _ENDINGS if name.lower().endswith(ending)), None)
    return name[: -len(ending)] if ending else name.rpartition(b".")[0]


_FOLDER = select(DirRow.id).limit(1)
_FILES = (
    select(ItemRow.id, ContentRow.digest).join(DirRow, DirRow.id == ItemRow.dir_id)
    .join(ContentRow, ContentRow.id == ItemRow.content_id)
    .where(ItemRow.part == "", ItemRow.kind == ItemKind.FILE, ItemRow.gone.is_(None))
    .order_by(ItemRow.id).limit(_MOST_FILES + 1)
)  # fmt: skip
_MEMBERS = (
    select(ContentRow.digest).select_from(ItemRow).outerjoin(ContentRow, ContentRow.id == ItemRow.content_id)
    .where(ItemRow.part.like("%/"), ~ItemRow.part.like("%/%/"), ItemRow.gone.is_(None))
)  # fmt: skip
