"""Files that nobody read, beside those of the same bytes: what staged hashing told of them is enough for that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, LargeBinary, literal, select

from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.rot_reading import RotFile, files
from inventory.tables import ContentRow, HashedRow, ItemRow

_A_PAGE = 2_000


def of_same_bytes(database: Database) -> Iterator[list[RotFile]]:
    """The files of each digest that a file has which nobody read: all of them, read or not, in the order of numbers.

    A hash counts while the file is as it was.
    """
    after = b""
    while True:
        with reading(database) as connection:
            page = _DIGESTS.where(HashedRow.digest > literal(after, LargeBinary)).limit(_A_PAGE)
            digests = connection.execute(page).scalars().all()
            together = _together(connection, digests)
        yield from together
        if len(digests) < _A_PAGE:
            return
        after = digests[-1] or b""


def _together(connection: Connection, digests: Sequence[bytes | None]) -> list[list[RotFile]]:
    found: defaultdict[bytes, list[RotFile]] = defaultdict(list)
    for some in in_parts(digests):
        for asked in (_UNREAD.where(HashedRow.digest.in_(some)), _READ.where(ContentRow.digest.in_(some))):
            for digest, *file in connection.execute(asked):
                found[digest].append(RotFile._make(file))
    return [sorted(same) for same in found.values()]


_AS_IT_WAS = (HashedRow.version == ItemRow.version, ItemRow.content_id.is_(None))
_UNREAD = files(HashedRow.digest).join(HashedRow, HashedRow.item_id == ItemRow.id).where(*_AS_IT_WAS)
_READ = files(ContentRow.digest).join(ContentRow, ContentRow.id == ItemRow.content_id).where(ItemRow.size > 0)
_DIGESTS = (
    select(HashedRow.digest).distinct().join(ItemRow, ItemRow.id == HashedRow.item_id)
    .where(HashedRow.digest.is_not(None), ItemRow.gone.is_(None), *_AS_IT_WAS).order_by(HashedRow.digest)
)  # fmt: skip
