"""Goes on where a disposal broke off: journal and quarantine together tell of each file the one place where it is."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from domain.audit import Act
from domain.disposal import IN_QUARANTINE, UNDER_WAY, Disposal, Fate, Refusal, RefusedFileError, Step
from inventory import disposals as kept
from inventory.engine import reading
from operations.access import RefusedError
from operations.disposal.disposer import Disposer
from operations.disposal.holding import Taken
from operations.disposal.taking import settle_taken


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many were settled, and how many could not be, since their source is not there."""

    settled: int
    left: int


NOTHING_BROKEN = Recovered(0, 0)


def recover(disposer: Disposer) -> Recovered:
    """Settle what was under way when a run, restoring or purging broke off, before anything else is done."""
    with reading(disposer.trail.database) as connection:
        broken = kept.under_way(connection)
    left = sum(not _settled(disposer, one) for one in broken)
    return Recovered(len(broken) - left, left)


def _settled(disposer: Disposer, one: Disposal) -> bool:
    try:
        holding = disposer.holding(one.planned.ref.source, taking=False)
        match one.fate:
            case Fate.MOVING:
                _moving(disposer, one, holding.finish(one))
            case Fate.RESTORING:
                locator = one.planned.ref.locator if one.given_to is None else one.given_to
                _restoring(disposer, one, is_back=holding.is_back(one, locator))
            case _:
                _purging(disposer, one, is_gone=holding.is_gone(one))
    except RefusedFileError as refused:
        if refused.refusal is not Refusal.MISSING:
            return False
        disposer.settle(one, Fate.LOST, Step.RECOVERED, Act.ITEM_LOST, Refusal.MISSING, ended=disposer.clock())
    except RefusedError:
        return False
    return True


def _moving(disposer: Disposer, one: Disposal, taken: Taken | None) -> None:
    if taken is None:
        disposer.settle(one, Fate.PLANNED, Step.RECOVERED, None, token="")
    else:
        settle_taken(disposer, one, taken, Step.RECOVERED)


def _restoring(disposer: Disposer, one: Disposal, *, is_back: bool) -> None:
    if is_back:
        disposer.settle(one, Fate.RESTORED, Step.RECOVERED, Act.ITEM_RESTORED, ended=disposer.clock())
    else:
        disposer.settle(one, standing(one), Step.RECOVERED, None, one.refusal, given_to=None)


def _purging(disposer: Disposer, one: Disposal, *, is_gone: bool) -> None:
    """Its bytes were hashed before the intent was written down, and nobody else unlinks there: gone is purged."""
    if is_gone:
        disposer.settle(one, Fate.PURGED, Step.RECOVERED, Act.ITEM_PURGED, ended=disposer.clock())
    else:
        disposer.settle(one, Fate.QUARANTINED, Step.RECOVERED, None)


def standing(one: Disposal) -> Fate:
    """As what a file lies in quarantine: one that was found to be the planned one has its version there."""
    return Fate.QUARANTINED if one.kept else Fate.STRANDED


def look_around(disposer: Disposer, sources: Collection[str]) -> int:
    """Compare quarantine and journal: what the journal has there and is not is lost, and written down so. How many
    things lie there that the journal knows nothing of.
    """
    with reading(disposer.trail.database) as connection:
        known = tuple(kept.disposals(connection, fates=(*IN_QUARANTINE, *UNDER_WAY)))
    strange = 0
    for source in sorted(sources):
        with suppress(RefusedFileError):  # A source that cannot dispose has no quarantine.
            expected = {one.token: one for one in known if one.planned.ref.source == source}
            found = disposer.holding(source, taking=False).look_around(expected.values())
            strange += found.strange
            for token in found.missing:
                if (lost := expected[token]).fate in IN_QUARANTINE:
                    now = disposer.clock()
                    disposer.settle(lost, Fate.LOST, Step.FAILED, Act.ITEM_LOST, Refusal.MISSING, ended=now)
    return strange
