"""Who disposes, by what authority and with which sources open; and how what became of a file is written down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.actor import Authority
from domain.audit import Act
from domain.disposal import Disposal, Fate, Refusal, RefusedFileError, Step
from domain.review import VerdictState
from inventory import disposals as kept
from inventory.engine import only_disposal, reading
from inventory.reviews import alone, set_verdict_state
from operations.access import RefusedError
from operations.config import Settings
from operations.configuration.source_settings import FolderSettings
from operations.disposal.filesystem import FileTree, Watch, unwatched
from operations.disposal.quarantine import open_quarantine
from operations.people.audit import Change, Trail

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Disposer:
    """`trail` is of an inventory in which what was committed is on the disk. `trees` are the sources open so far."""

    trail: Trail
    authority: Authority
    settings: Settings
    clock: Clock
    watch: Watch
    stack: ExitStack
    trees: dict[str, FileTree] = field(default_factory=dict)

    def tree(self, source: str, *, taking: bool) -> FileTree:
        """A source with its quarantine. What is only given back needs nobody's leave in the configuration.

        Raises RefusedFileError where the source cannot, or may not, be disposed of; RefusedError where it is not there.
        """
        found = next((one for one in self.settings.sources if one.name == source), None)
        if not isinstance(found, FolderSettings) or found.only is not None or (taking and not found.dispose):
            raise RefusedFileError(Refusal.SOURCE)
        if source not in self.trees:
            opened = open_quarantine(source, os.fsencode(found.root), self.settings.disposal.quarantine)
            self.trees[source] = FileTree(self.stack.enter_context(opened), self.watch)
        return self.trees[source]

    def may_purge(self, source: str) -> bool:
        found = next((one for one in self.settings.sources if one.name == source), None)
        return isinstance(found, FolderSettings) and found.allow_purge

    def begin(self, change: Change, one: Disposal, fate: Fate, step: Step, **facts: Any) -> Disposal:
        """Journal what is about to be done, before it is. Raises RefusedError where somebody else has begun."""
        if not kept.change(change.transaction, one, fate, **facts):
            raise RefusedError("Somebody else has just changed what is disposed of. Run the same command again.")
        kept.note_step(change.transaction, one.number, step, self.clock(), self._account)
        return replace(one, fate=fate, **facts)

    def settle(
        self, one: Disposal, fate: Fate, step: Step, act: Act | None, refusal: Refusal | None = None, **facts: Any
    ) -> None:
        """Write down what became of a file, in the journal and in the trail; where it was not what was approved, the
        approval is void.
        """
        with self.trail.changing(self.authority) as change:
            void = fate in (Fate.REFUSED, Fate.STRANDED, Fate.RESTORED)
            if void:
                alone(change.transaction)
            if not kept.change(change.transaction, one, fate, refusal=refusal, **facts):
                raise RefusedError("Somebody else has just changed what is disposed of. Run the same command again.")
            kept.note_step(change.transaction, one.number, step, self.clock(), self._account, refusal)
            if void:
                set_verdict_state(change.transaction, [one.planned.verdict], VerdictState.VOID)
            if act is not None:
                why = {"why": str(refusal)} if refusal else {}
                change.note(
                    act, f"item:{one.planned.item}", manifest=one.manifest, tag=one.planned.tag,
                    blake3=one.planned.digest.hex(), **why,
                )  # fmt: skip
        self.watch(step)

    @property
    def _account(self) -> str:
        return self.authority.actor.account


@contextmanager
def disposing(
    trail: Trail, authority: Authority, settings: Settings, clock: Clock, watch: Watch = unwatched
) -> Iterator[Disposer]:
    """Have the inventory to oneself for disposal, and durably. Raises InventoryError where somebody else disposes, and
    RefusedError where the clock has gone back behind what the journal knows.
    """
    with only_disposal(settings.inventory.url), kept.durable(trail.database) as database, ExitStack() as stack:
        with reading(database) as connection:
            last = kept.last_moment(connection)
        if last is not None and clock() < last:
            raise RefusedError(
                "The clock of this machine stands before what was last disposed of. Set it right, then run the same "
                "command again: how long files stay in quarantine is reckoned by it."
            )
        yield Disposer(replace(trail, database=database), authority, settings, clock, watch, stack)
