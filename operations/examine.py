"""The seam for scale: an item goes in, examinations come out; no database is written and no text leaves."""

from __future__ import annotations

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemKind, ItemRef, Listing
from operations.reading import failed
from operations.toolkit import Toolkit, surprises_named
from operations.walk import Walk
from scanner.blob import read_once
from scanner.source import Source

VERSION = "2"
"""Raise it when the same item would come out otherwise for a reason that no reader's or detector's version tells."""


def examine(item: Item, tools: Toolkit, after: Cursor | None = None) -> Batch:
    """Examine an item and a bounded number of the parts inside it, going on from `after` where that is given.

    The trouble of one item, or of one part, is that examination's problem; nothing is raised for it.
    """
    if item.problem is not None:
        return Batch((failed(item, item.problem),))
    if item.size > tools.budget.bytes:
        return Batch((failed(item, Problem(ProblemCode.LIMIT, "bytes")),))
    try:
        source = tools.sources[item.ref.source]
        with (
            surprises_named(tools.tag(item.ref)),
            source.open(item) as file,
            read_once(file, tools.budget.bytes) as blob,
        ):
            return Walk(tools, after or Cursor()).batch(item, blob)
    except ItemTroubleError as trouble:
        begun = after is not None and after.at != ()
        return Batch((failed(item, trouble.problem, begun=begun),))


def unlisted_folder(source: Source, listing: Listing) -> Item | None:
    """A folder whose listing ended early, as an item with that problem: it must not look as if it were whole."""
    if listing.problem is None:
        return None
    return Item(ItemRef(source.name, listing.folder), ItemKind.FOLDER, problem=listing.problem)


__all__ = ["Toolkit", "examine", "failed", "unlisted_folder"]
