"""Who disposes, by what authority and with which sources open; and how what became of a file is written down."""

from __future__ import annotations

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
from operations.configuration.source_settings import Disposable, SourceSettings
from operations.disposal.clocks import BACK, Steady
from operations.disposal.holding import Holding, Watch, unwatched
from operations.disposal.holdings import can_dispose, is_told_to, journal_of, open_holding
from operations.people.audit import Change, Trail

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Disposer:
    """`trail` is of an inventory in which what was committed is on the disk. `holdings` are the sources open so far."""

    trail: Trail
    authority: Authority
    settings: Settings
    clock: Steady
    watch: Watch
    stack: ExitStack
    holdings: dict[str, Holding] = field(default_factory=dict)

    def holding(self, source: str, *, taking: bool) -> Holding:
        """A source with its quarantine. What is only given back needs nobody's leave in the configuration.

        Raises RefusedFileError where the source cannot, or may not, be disposed of; RefusedError where it is not there.
        """
        found = self._configured(source)
        if found is None or not can_dispose(found) or (taking and not is_told_to(found)):
            raise RefusedFileError(Refusal.SOURCE)
        if source not in self.holdings:
            opened = open_holding(found, self.settings, self.watch, journal_of(self.trail.database, source))
            self.holdings[source] = self.stack.enter_context(opened)
        return self.holdings[source]

    def may_purge(self, source: str) -> bool:
        found = self._configured(source)
        return isinstance(found, Disposable) and found.allow_purge

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

    def _configured(self, source: str) -> SourceSettings | None:
        return next((one for one in self.settings.sources if one.name == source), None)

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
        steady = Steady(clock, last)
        if steady.went_back:
            raise RefusedError(BACK)
        yield Disposer(replace(trail, database=database), authority, settings, steady, watch, stack)
