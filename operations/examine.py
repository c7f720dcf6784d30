"""The seam for scale: an item goes in, examinations come out; no database is written and no text leaves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemKind, ItemRef, Listing
from operations.scanning.reading import failed, kind_of, withheld
from operations.scanning.walk import Walk
from operations.toolkit import Toolkit, surprises_named
from scanner.blob import Blob, hashed, read_once, where_it_lies
from scanner.containers import container_for
from scanner.source import Opened, Source

VERSION = "5"
"""Raise it when the same item would come out otherwise for a reason that no reader's or detector's version tells."""

_TRIES = 3
_CHANGED = Problem(ProblemCode.CHANGED)


def examine(item: Item, tools: Toolkit, after: Cursor | None = None) -> Batch:
    """Examine an item and a bounded number of the parts inside it, going on from `after` where that is given.

    The trouble of one item, or of one part, is that examination's problem; nothing is raised for it. What changed while
    it was read is read twice more, for most writing is short, unless it is a large store.
    """
    if item.problem is not None:
        return Batch((failed(item, item.problem),))
    for _ in range(_TRIES - 1 if after is None and item.size <= tools.budget.bytes else 0):
        batch = _examined(item, tools, after)
        if not batch.examinations or batch.examinations[-1].problem != _CHANGED:
            return batch
    return _examined(item, tools, after)


def _examined(item: Item, tools: Toolkit, after: Cursor | None) -> Batch:
    began, cursor = time.monotonic(), after or Cursor()
    try:
        source = tools.sources[item.ref.source]
        with (
            surprises_named(tools.tag(item.ref)),
            source.open(item) as opened,
            _read(item, opened, tools, cursor) as blob,
        ):
            own = replace(tools, budget=tools.budget.over(opened.taken))
            return Walk(own, cursor, began).batch(item, blob, opened.version)
    except ItemTroubleError as trouble:
        begun = after is not None and after.at != ()
        return Batch((failed(item, trouble.problem, begun=begun),))


@contextmanager
def _read(item: Item, opened: Opened, tools: Toolkit, cursor: Cursor) -> Iterator[Blob]:
    """An item's bytes: those of a large store where they lie, all else as a copy that nobody changes meanwhile."""
    lying = where_it_lies(opened.file)
    if lying is not None and _is_store(item, lying, tools):
        if problem := withheld(item, kind_of(item, lying), tools):
            raise ItemTroubleError(problem.code, problem.limit)  # Before all of it is hashed.
        yield _store(lying, opened.version, tools, cursor)
        return
    if (lying or item).size > tools.budget.bytes:
        raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
    if lying is not None:
        opened.file.seek(0)
    with read_once(opened.file, tools.budget.bytes) as copy:
        yield copy


def _is_store(item: Item, blob: Blob, tools: Toolkit) -> bool:
    """Whether there is nothing in it but parts: no reader is given what is read where it lies."""
    kind = kind_of(item, blob)
    return container_for(kind) is not None and tools.extractor_for(kind) is None


def _store(lying: Blob, version: bytes, tools: Toolkit, cursor: Cursor) -> Blob:
    """A large store, hashed unless it is as it was when the cursor was made."""
    if lying.size > tools.budget.store:
        raise ItemTroubleError(ProblemCode.LIMIT, "store")
    is_same = cursor.digest and cursor.version and cursor.version == version
    return replace(lying, digest=cursor.digest) if is_same else hashed(lying)


def unlisted_folder(source: Source, listing: Listing) -> Item | None:
    """A folder whose listing ended early, as an item with that problem: it must not look as if it were whole."""
    if listing.problem is None:
        return None
    return Item(ItemRef(source.name, listing.folder), ItemKind.FOLDER, problem=listing.problem)


__all__ = ["Toolkit", "examine", "failed", "unlisted_folder"]
