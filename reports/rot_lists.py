"""The lists of the ROT report: of each reason the items themselves, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.rot import RotItem, RotSum
from reports.report import Column, ColumnKind, Row, Section, Table
from reports.section import RowSource
from reports.services import NO_SERVICE
from reports.wording import count

NOTHING_FOUND = "Nothing was found to be redundant, obsolete or trivial."


@dataclass(frozen=True, slots=True)
class RotLists:
    """The items themselves: those put forward, those to be looked at, and those that guards keep out; largest first,
    maybe no more than so many of each reason.
    """

    put_forward: Sequence[RotItem] | RowSource = ()
    looked_at: Sequence[RotItem] | RowSource = ()
    kept_out: Sequence[RotItem] | RowSource = ()


def listed(lists: RotLists, sums: Sequence[RotSum]) -> Section:
    free = [each for each in sums if each.guard is None]
    put_forward, looked_at = ([e for e in free if e.reason.disposable is may_go] for may_go in (True, False))
    kept_out = [each for each in sums if each.guard is not None]
    return Section(
        "The items",
        tables=(
            _list("items", "Every item put forward, reason by reason, largest first", lists.put_forward, put_forward),
            _list(
                "items-to-look-at", "Every item that asks to be looked at, largest first", lists.looked_at, looked_at
            ),
            _list("items-kept-out", "Every item that is kept out, largest first", lists.kept_out, kept_out),
        ),
    )


def _list(name: str, caption: str, items: Sequence[RotItem] | RowSource, sums: Sequence[RotSum]) -> Table:
    columns = (
        Column("Path", ColumnKind.PATH),
        Column("Service"),
        Column("Source", names=True),
        Column("Reason"),
        Column("Detail", ColumnKind.PATH),
        Column("Size", ColumnKind.BYTES),
        Column("Modified", ColumnKind.DATE),
        Column("Also"),
    )
    rows = items if isinstance(items, RowSource) else tuple(map(rot_row, items))
    whole = sum(each.tally.items for each in sums)
    if len(rows) < whole:
        caption = f"The {count(len(rows))} largest of {count(whole)} items, so many of each reason"
    table = Table(name, caption, columns, rows, empty=NOTHING_FOUND if name == "items" else "There are none.")
    return replace(table, note=_left_out(table, whole))


def _left_out(table: Table, whole: int) -> str:
    listed = len(table.rows)
    on_a_page = f"Rows on a page: {count(table.shown)} of {count(listed)}. " if table.left_out else ""
    if listed < whole:
        return f"{on_a_page}A file of data has these {count(listed)}. For all of them: muniment rot list"
    return f"{on_a_page}A file of data has all of them." if on_a_page else ""


def rot_row(item: RotItem) -> Row:
    """An item as a row of a list."""
    also = "; ".join(reason.label for reason in item.also)
    service = item.service or NO_SERVICE
    return item.path, service, item.source, item.reason.label, item.detail, item.size, item.modified, also
