"""Destroys a file whose time in quarantine is over: decided on and hashed once more, unlinked, seen to be gone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from domain.audit import Act
from domain.disposal import Disposal, Fate, Later, Manifest, Refusal, RefusedFileError, Step
from domain.privacy import FingerprintKey
from inventory import disposals as kept
from inventory.audit import Transaction, alone
from inventory.engine import reading
from operations.disposal.deciding import Deciding
from operations.disposal.disposer import Disposer
from operations.disposal.manifests import is_as_signed, later_version
from operations.disposal.package_standing import Copies, Packages, refuse_changed
from operations.disposal.stopping import refuse_stopped


@dataclass(frozen=True, slots=True)
class Purging:
    """What is destroyed by one manifest, whose files are `told` as they were signed."""

    disposer: Disposer
    deciding: Deciding
    manifest: Manifest
    told: Mapping[int, Mapping[str, Any]]
    key: FingerprintKey
    packages: Packages = field(default_factory=Packages)

    def purge(self, one: Disposal) -> None:
        """Destroy a file, or write down why not. Raises StoppedError where somebody stopped disposal."""
        begun: list[Disposal] = []
        copies: Copies = {}

        def intend() -> None:
            # Decided here again: reading a large file takes long, and a hold may have come meanwhile.
            with self.disposer.trail.changing(self.disposer.authority) as change:
                alone(change.transaction)
                self._refuse(change.transaction, one)
                refuse_changed(copies)
                begun.append(self.disposer.begin(change, one, Fate.PURGING, Step.PURGE_INTENT, refusal=None))
            self.disposer.watch(Step.PURGE_INTENT)

        try:
            with reading(self.disposer.trail.database) as connection:
                if not self._is_ripe(connection, one):
                    return
                self.deciding.read_others(connection, one.planned, self._reason, self._later(one))
                self._refuse(connection, one)
                copies = self._copies(connection, one)
            holding = self.disposer.holding(one.planned.ref.source, taking=False)
            holding.purge(one, intend)
        except RefusedFileError as refused:
            self._not_purged(begun[0] if begun else one, refused.refusal)
            return
        self.disposer.settle(begun[0], Fate.PURGED, Step.PURGED, Act.ITEM_PURGED, ended=self.disposer.clock())

    def _refuse(self, transaction: Transaction, one: Disposal) -> None:
        """Raises RefusedFileError for what may not be destroyed now."""
        refuse_stopped(transaction, self.manifest.service)
        if not is_as_signed(one.planned, self.told.get(one.planned.item), self.key):
            raise RefusedFileError(Refusal.ALTERED)
        if not self.disposer.may_purge(one.planned.ref.source):
            raise RefusedFileError(Refusal.PURGE_OFF)
        self.deciding.refuse_purge(
            transaction, one.planned, self.manifest.action, self._reason, self._later(one)
        )  # fmt: skip

    def _copies(self, transaction: Transaction, one: Disposal) -> Copies:
        """The copy in a package for whose sake it may go, read now. Raises RefusedFileError."""
        if self.manifest.action == "dispose":
            return {}
        packed = kept.package_of(transaction, one.number)
        if packed is None:
            raise RefusedFileError(Refusal.NOT_PACKAGED)
        package, sha256 = packed
        return self.packages.read(package, one.planned.item, sha256)

    @property
    def _reason(self) -> str:
        return str(self.manifest.told["reason"])

    def _later(self, one: Disposal) -> Later | None:
        return later_version(self.manifest, one.planned.item)

    def _is_ripe(self, transaction: Transaction, one: Disposal) -> bool:
        """Whether it is in quarantine still, and has been for its time."""
        now = kept.disposal_numbered(transaction, one.number)
        is_over = one.purge_after is not None and one.purge_after <= self.disposer.clock().date()
        return now is not None and now.fate is Fate.QUARANTINED and is_over

    def _not_purged(self, one: Disposal, refusal: Refusal) -> None:
        """It stays where it is; or it is gone: by us, where the intent is on the disk, else not by us."""
        now = self.disposer.clock()
        if refusal is Refusal.MISSING:
            self.disposer.settle(one, Fate.LOST, Step.FAILED, Act.ITEM_LOST, refusal, ended=now)
        elif one.fate is Fate.QUARANTINED:
            self.disposer.settle(one, Fate.QUARANTINED, Step.FAILED, Act.ITEM_REFUSED, refusal)
        else:
            with suppress(RefusedFileError):  # Where even that cannot be told, the next run looks.
                holding = self.disposer.holding(one.planned.ref.source, taking=False)
                is_gone = holding.is_gone(one)
                fate, act = (Fate.PURGED, Act.ITEM_PURGED) if is_gone else (Fate.QUARANTINED, Act.ITEM_REFUSED)
                step = Step.PURGED if is_gone else Step.FAILED
                self.disposer.settle(one, fate, step, act, refusal, ended=now if is_gone else None)
