"""The views for business-intelligence tools as Parquet files, written a part at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.views import VIEWS, View, rows_of
from operations.access import ask
from operations.people.audit import Trail

_MISSING = "Parquet needs pyarrow, which is not here. Install it: pip install muniment[parquet]"


def export_parquet(actor: Actor, trail: Trail, folder: Path, *, paths: bool) -> dict[Path, int]:
    """Write each view into a file of its own, that with `paths` only where asked for; file → rows.

    Raises RefusedError where the actor may not, which takes the right to lists for paths, and ConfigurationError where
    pyarrow is not installed.
    """
    authority = ask(actor, Verb.VIEW_LIST if paths else Verb.EXPORT)
    schemas = {view: _schema(view) for view in VIEWS if paths or not view.names}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = {folder / f"{view.name}.parquet": _write(trail, view, schemas[view], folder) for view in schemas}
    trail.note(authority, Act.FIGURES_EXPORTED, rows=sum(written.values()), paths=paths)
    return written


def _schema(view: View) -> Any:
    """The fields with their meanings, which go into the file."""
    try:
        import pyarrow as pa  # noqa: PLC0415  a large library, for those who want it
    except ImportError as error:
        raise ConfigurationError(_MISSING) from error
    kinds: dict[type[Any], Any] = {
        str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
    }  # fmt: skip
    fields = [pa.field(one.name, kinds[one.kind], metadata={"meaning": one.meaning}) for one in view.fields]
    return pa.schema(fields, metadata={"meaning": view.meaning})


def _write(trail: Trail, view: View, schema: Any, folder: Path) -> int:
    """Write a view whole or not at all, for its owner's eyes; the number of rows."""
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=f".{view.name}.")
    os.close(descriptor)
    rows = 0
    try:
        with ParquetWriter(temporary, schema, compression="zstd") as writer:
            for part in _batches(trail, view, schema):
                writer.write_batch(part)
                rows += part.num_rows
        os.replace(temporary, folder / f"{view.name}.parquet")
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    return rows


def _batches(trail: Trail, view: View, schema: Any) -> Iterator[Any]:
    from pyarrow import RecordBatch, array  # noqa: PLC0415

    for rows in rows_of(trail.database, view):
        columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True))
        yield RecordBatch.from_arrays(
            [array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
        )
