"""The files that people keep in the cells of an SQLite database: letters, photographs, other documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.container import Part
from scanner.formats.cell_bytes import Held, held_in
from scanner.formats.sqlite import CellBlob, Database, open_sqlite

_TOO_LARGE = Problem(ProblemCode.LIMIT, "blobs")
_MOST = 100_000  # Blobs in a row that are no file: so long nobody else has a say.


@dataclass(frozen=True, slots=True)
class SqliteContainer:
    """Every cell that holds a file of a kind that its bytes tell, in the order of tables and rows. A position is an
    index into all blobs, and part of the name: "letters/scan-3". Text in blobs is read with its row, and is no part.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        """Raises ItemTroubleError, behind the parts there are, where a table could not be walked to its end."""
        latest = after
        with open_sqlite(blob) as database:
            for number, (table, cell) in enumerate(_blobs(database), 1):
                if number - latest > _MOST:
                    raise ItemTroubleError(ProblemCode.LIMIT, "blobs")
                if number > after and (cell.content is None or _is_file(cell.content)):
                    latest = number
                    yield _part(f"{table}/{cell.column}-{number}", number, cell)
            if database.problem:
                raise ItemTroubleError(database.problem.code, database.problem.limit)


def _blobs(database: Database) -> Iterator[tuple[str, CellBlob]]:
    for table in database.tables():
        for cell in database.blobs(table):
            yield table.name, cell


def _is_file(content: bytes) -> bool:
    return held_in(content, are_parts=True) is Held.FILE


def _part(name: str, number: int, cell: CellBlob) -> Part:
    if cell.content is None:
        return Part(name, number, BytesIO, cell.size, problem=_TOO_LARGE)
    return Part(name, number, partial(BytesIO, cell.content), cell.size)
