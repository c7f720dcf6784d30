"""Makes the ROT report of what was found last: sums by the database, and lists that are read as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from domain.rot import Guard, RotReason, RotSum
from inventory.decided import decided
from inventory.queries import Inventory
from inventory.rot_listing import RotWanted, copy_groups, rot_found, rot_items, rot_sums
from operations.reporting.making import factors
from operations.reporting.wanted import Wanted
from reports.report import Report
from reports.rot import rot_report
from reports.rot_lists import RotLists, rot_row
from reports.section import RowSource

_GROUPS = 50
_MOST_LISTED = 10_000
_COUNTED = tuple(reason for reason in RotReason if reason.disposable)
_LOOKED_AT = tuple(reason for reason in RotReason if not reason.disposable)


def make_rot(wanted: Wanted) -> Report:
    """Of what `find_rot` wrote last, for all services or one."""
    sums = [each for each in rot_sums(wanted.database) if wanted.service in (None, each.service)]
    services = [each for each in Inventory(wanted.database).services() if wanted.service in (None, each.service)]
    groups = copy_groups(wanted.database, _GROUPS, wanted.service)
    found, lists = rot_found(wanted.database), _lists(wanted, sums)
    so_far = decided(wanted.database, wanted.service)
    return rot_report(wanted.provenance, services, sums, lists, found, groups, factors(wanted.settings), so_far)


def _lists(wanted: Wanted, sums: Sequence[RotSum]) -> RotLists:
    free = [each for each in sums if each.guard is None]
    return RotLists(
        _rows(wanted, [each for each in free if each.reason.disposable], RotWanted(_COUNTED, wanted.service)),
        _rows(wanted, [each for each in free if not each.reason.disposable], RotWanted(_LOOKED_AT, wanted.service)),
        _rows(wanted, [each for each in sums if each.guard], RotWanted(service=wanted.service, guarded=True)),
    )


def _rows(wanted: Wanted, sums: Sequence[RotSum], listed: RotWanted) -> RowSource:
    """Of each reason and guard the largest: there may be millions, of which `muniment rot list` has all."""
    held = Counter[tuple[RotReason, Guard | None]]()
    for each in sums:
        held[each.reason, each.guard] += each.tally.items
    count = sum(min(items, _MOST_LISTED) for items in held.values())
    return RowSource(count, lambda: map(rot_row, rot_items(wanted.database, listed, _MOST_LISTED)))
