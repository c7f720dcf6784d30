"""Puts a file back from quarantine, with its path, its times and who may do what with it, over nothing."""

from __future__ import annotations

from contextlib import suppress

from domain.audit import Act
from domain.disposal import Disposal, Fate, Refusal, RefusedFileError, Step
from operations.disposal.disposer import Disposer
from operations.disposal.holding import Holding
from operations.disposal.recovery import standing
from operations.disposal.stub import take_away


def give_back(disposer: Disposer, one: Disposal, to: bytes | None) -> None:
    """Restore a file to its place, or `to` a path below its source's root; or write down why that was not possible."""
    locator = one.planned.ref.locator if to is None else to
    try:
        holding = disposer.holding(one.planned.ref.source, taking=False)
    except RefusedFileError as refused:
        disposer.settle(one, one.fate, Step.FAILED, Act.ITEM_REFUSED, refused.refusal)
        return
    with disposer.trail.changing(disposer.authority) as change:
        begun = disposer.begin(change, one, Fate.RESTORING, Step.RESTORE_INTENT, given_to=to)
    disposer.watch(Step.RESTORE_INTENT)
    try:
        as_it_was = holding.give_back(one, locator)
    except RefusedFileError as refused:
        _not_given(disposer, begun, holding, locator, refused.refusal)
        return
    # It is back whatever it became meanwhile: that is said, and for people to look into.
    refusal = None if as_it_was or one.fate is Fate.STRANDED else Refusal.CHANGED
    disposer.settle(begun, Fate.RESTORED, Step.RESTORED, Act.ITEM_RESTORED, refusal, ended=disposer.clock())
    take_away(disposer, begun)


def _not_given(disposer: Disposer, one: Disposal, holding: Holding, locator: bytes, refusal: Refusal) -> None:
    """It is where it was; or back all the same, where no more than having that last has failed."""
    if refusal is Refusal.MISSING:
        disposer.settle(one, Fate.LOST, Step.FAILED, Act.ITEM_LOST, refusal, ended=disposer.clock())
        return
    with suppress(RefusedFileError):  # Where even that cannot be told, the next run looks.
        if _is_back(holding, locator, one):
            disposer.settle(one, Fate.RESTORED, Step.RESTORED, Act.ITEM_RESTORED, ended=disposer.clock())
        elif not holding.is_gone(one):
            disposer.settle(one, standing(one), Step.FAILED, Act.ITEM_REFUSED, refusal, given_to=None)


def _is_back(holding: Holding, locator: bytes, one: Disposal) -> bool:
    with suppress(RefusedFileError):
        return holding.is_back(one, locator)
    return False
