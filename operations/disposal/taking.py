"""Takes one planned file into quarantine: decided on again, its intent journalled, moved, looked at, written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.audit import Act
from domain.disposal import Disposal, Fate, Later, Manifest, Refusal, RefusedFileError, Step
from domain.privacy import FingerprintKey
from inventory import disposals as kept
from inventory.audit import Transaction, alone
from inventory.engine import reading
from operations.disposal import stub
from operations.disposal.deciding import Deciding
from operations.disposal.disposer import Disposer
from operations.disposal.holding import Taken
from operations.disposal.manifests import is_as_signed, later_version
from operations.disposal.quarantine import new_token
from operations.disposal.stopping import refuse_stopped


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken from where: by one manifest, whose files are `told` as they were signed."""

    disposer: Disposer
    deciding: Deciding
    manifest: Manifest
    told: Mapping[int, Mapping[str, Any]]
    key: FingerprintKey

    def take(self, planned: Disposal) -> None:
        """Take a file of the manifest, or write down why not. Raises StoppedError where somebody stopped disposal."""
        one = self._intended(planned.number)
        if one is None:
            return
        try:
            taken = self.disposer.holding(one.planned.ref.source, taking=True).take(one)
        except RefusedFileError as refused:
            taken = Taken(refusal=refused.refusal)
        settle_taken(self.disposer, one, taken, Step.RECORDED)
        stub.leave(self.disposer, one.number, self.manifest)

    def _intended(self, number: int) -> Disposal | None:
        """The file, with its intent on the disk; None of what may not go, which is written down."""
        trail, authority = self.disposer.trail, self.disposer.authority
        with reading(trail.database) as connection:
            one = kept.disposal_numbered(connection, number)
            if one is not None:
                self.deciding.read_others(connection, one.planned, self._reason, self._later(one))
        try:
            with trail.changing(authority) as change:
                alone(change.transaction)
                refuse_stopped(change.transaction, self.manifest.service)
                one = kept.disposal_numbered(change.transaction, number)
                if one is None or one.fate is not Fate.PLANNED:
                    return None
                self._refuse(change.transaction, one)
                token = new_token(one.manifest)
                one = self.disposer.begin(change, one, Fate.MOVING, Step.INTENT, token=token, refusal=None)
        except RefusedFileError as refused:
            assert one is not None
            settle_taken(self.disposer, one, Taken(refusal=refused.refusal), Step.REFUSED)
            return None
        self.disposer.watch(Step.INTENT)
        return one

    @property
    def _reason(self) -> str:
        return str(self.manifest.told["reason"])

    def _later(self, one: Disposal) -> Later | None:
        return later_version(self.manifest, one.planned.item)

    def _refuse(self, transaction: Transaction, one: Disposal) -> None:
        """Raises RefusedFileError for what may not go now."""
        planned, manifest = one.planned, self.manifest
        if not is_as_signed(planned, self.told.get(planned.item), self.key):
            raise RefusedFileError(Refusal.ALTERED)
        self.disposer.holding(planned.ref.source, taking=True)
        self.deciding.refuse(transaction, planned, manifest.action, self._reason, self._later(one))
        if manifest.action != "dispose" and kept.package_of(transaction, one.number) is None:
            raise RefusedFileError(Refusal.NOT_PACKAGED)


def settle_taken(disposer: Disposer, one: Disposal, taken: Taken, step: Step) -> None:
    """Write down what came of taking a file: it is in quarantine, or in its place, or could not be put back."""
    now = disposer.clock()
    if taken.refusal is None:
        until = now.date() + timedelta(days=disposer.settings.disposal.quarantine_days)
        disposer.settle(
            one, Fate.QUARANTINED, step, Act.ITEM_QUARANTINED, kept=taken.kept, quarantined=now, purge_after=until
        )
    elif taken.stranded:
        disposer.settle(one, Fate.STRANDED, step, Act.ITEM_STRANDED, taken.refusal, quarantined=now)
    elif taken.refusal.passing:
        # It was not found to be another: the approval stands, and the next run tries again.
        disposer.settle(one, Fate.PLANNED, step, Act.ITEM_REFUSED, taken.refusal, token="")
    else:
        disposer.settle(one, Fate.REFUSED, step, Act.ITEM_REFUSED, taken.refusal, ended=now)
