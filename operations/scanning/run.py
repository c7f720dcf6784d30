"""One scan of one source as it goes on: what is listed is written down, what is to be examined is, and what came of it
is written down too.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemRef, Listing
from inventory.engine import InventoryError
from inventory.noting import Unexamined
from inventory.progress import Figures
from inventory.recorder import Recorder
from inventory.waiting import FirstOf
from operations.examine import failed, unlisted_folder
from operations.executor import Executor, Task
from operations.scanning.courtesy import AT_EASE, Courtesy
from operations.scanning.progress import Progress, Watcher
from operations.scanning.worth import RISKY, risky_by
from scanner.source import Source

_MOST_FOLDERS, _MOST_ITEMS, _LONGEST_SECONDS = 1000, 5000, 0.5
"""Listings that are written down together."""

MOST_AT_ONCE = 50
"""Examinations that are recorded together: a transaction for each item would cost several times as much."""


_MOST_UNDER_WAY = 50_000
"""Items with the executor, to which they are not given twice; more than any of them takes ahead."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def first_of(recent_days: int = 90, risky: Iterable[str] = RISKY) -> FirstOf:
    """What is read first of what waits: changed in so many days, and in folders of these words."""
    return FirstOf(utc_now() - timedelta(days=recent_days), risky_by(risky))


def scan(source: Source, run: Run, executor: Executor, *, examine_content: bool = True) -> None:
    """Scan one source into the inventory that the run's recorder writes; the scan must have begun.

    Without `examine_content` items are only listed; they wait for a scan that examines them.
    """
    recorder, work = run.recorder, run.work(source, reads=examine_content)
    try:
        with _what_there_is_kept():
            if examine_content:
                executor.run(work, run.record)
            else:
                for _ in work:
                    pass
        run.flush()
        run.progress.moved += recorder.settle()
        if examine_content:
            _run_again(run, executor)
            # What was read since then may have turned out to be the same content: some servers change times of birth.
            run.progress.moved += recorder.settle()
    except BaseException:
        with suppress(InventoryError):  # what is raised already is what the user must see
            run.flush()
            recorder.finish(utc_now(), complete=False)
        raise
    recorder.finish(utc_now(), complete=True)


@contextmanager
def _what_there_is_kept() -> Iterator[None]:
    """Meanwhile the garbage collector passes by what is in memory already: the program itself, which is large."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _run_again(run: Run, executor: Executor) -> None:
    """Examine what was not moved after all, and the few copies whose twin changed before they could share with it."""
    waiting = run.recorder.waiting()
    if waiting:
        executor.run((Task(todo.item, todo.after) for todo in waiting), run.record)
        run.flush()


class Run:
    """One scan of one source as it goes on: what writes it down, who watches it, and how the source is treated.

    With `withheld` nothing of the source may be opened: every item has that problem. `first` says what is read first
    of what waited. Some `at_once` examinations are written down together, or what came in half a second; `flush`
    writes down what is left.
    """

    def __init__(
        self,
        recorder: Recorder,
        progress: Progress,
        watcher: Watcher,
        courtesy: Courtesy = AT_EASE,
        withheld: Problem | None = None,
        first: FirstOf | None = None,
        at_once: int = 1,
    ) -> None:
        self.recorder, self.progress, self._watcher, self._courtesy = recorder, progress, watcher, courtesy
        self._withheld, self._first = withheld, first or first_of()
        self._under_way: dict[ItemRef, None] = {}
        self._proofs: dict[ItemRef, _Proof] = {}
        self._told = Figures()
        self._at_once = at_once
        self._came: list[tuple[Item, Cursor | None, Batch]] = []
        self._since = 0.0

    def work(self, source: Source, *, reads: bool = True) -> Iterable[Task]:
        """List the source and yield what is to be examined; what cannot be opened is recorded at once.

        Listings are written down some at a time, and always before anything in them is examined. What is new or has
        changed is examined as it is listed; what an earlier scan found and left comes when all is listed, by its worth.
        """
        waited = False
        listed = self._courtesy.listed(source.list(self.recorder.state_of), self._pausing)
        for listings in _together(listed):
            met = self.recorder.met
            todo = self.recorder.note(*listings)
            self.progress.listed += self.recorder.met - met
            self._record_troubled(source, listings, todo)
            for one in todo:
                if (one.item.problem or self._withheld) is not None:
                    continue
                if one.waited:
                    waited = True
                    continue
                self._courtesy.wait(self._pausing)
                yield self.task(source, one)
            self._watcher(self.progress)
        self.progress.all_listed = True
        if waited and reads:
            self.flush()
            self.progress.moved += self.recorder.settle()  # What was but moved need not be read.
            yield from self._by_worth(source)

    def _by_worth(self, source: Source) -> Iterator[Task]:
        for worth, item in self.recorder.by_worth(self._first):
            self.progress.worth = worth
            if item.ref not in self._under_way:
                self._courtesy.wait(self._pausing)
                yield self.task(source, Unexamined(item))

    def _record_troubled(self, source: Source, listings: Iterable[Listing], todo: Iterable[Unexamined]) -> None:
        """Write down what the listing itself has found unreadable, and the folders whose listing ended early."""
        folders = filter(None, (unlisted_folder(source, listing) for listing in listings))
        troubled = ((item, item.problem or self._withheld) for item in (*(one.item for one in todo), *folders))
        came = [(item, None, Batch((failed(item, problem),))) for item, problem in troubled if problem is not None]
        if came:
            self.recorder.record_all(came)
        for item, _, batch in came:
            self.progress.expected += 1
            self._count(item, batch)

    def task(self, source: Source, one: Unexamined) -> Task:
        """What is to be done for an item, as `record` expects it to come back."""
        self._under_way[one.item.ref] = None
        if len(self._under_way) > _MOST_UNDER_WAY:
            del self._under_way[next(iter(self._under_way))]
        if one.proof is None:
            self.progress.expected += 1
        else:
            self._proofs[one.item.ref] = _Proof(source, one.proof)
        return Task(one.item, one.after, proof=one.proof is not None)

    def follow(self, figures: Figures) -> None:
        """Count what other hosts have done for this scan, `figures` in all, and recorded themselves."""
        came, self._told = figures - self._told, figures
        self.progress.done += came.done
        self.progress.parts += came.parts
        self.progress.bytes += came.bytes
        self.progress.proved += came.proved
        self.progress.disproved += came.disproved
        self.progress.problems.update({ProblemCode(code): count for code, count in came.problems.items()})
        self._watcher(self.progress)

    def _pausing(self, until: datetime | None) -> None:
        self.progress.paused_until = until
        self._watcher(self.progress)

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        """Write a batch down, unless it only proves what is written already."""
        proof = self._proofs.get(item.ref)
        if proof is not None and (after is None or after.at == ()):
            self._prove(proof, item, batch)
        if item.ref not in self._proofs:
            self._keep(item, after, batch)
            self._count(item, batch)
        elif batch.rest is None:
            del self._proofs[item.ref]
            self._under_way.pop(item.ref, None)
        self._watcher(self.progress)

    def _keep(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        now = time.monotonic()
        self._since = self._since if self._came else now
        self._came.append((item, after, batch))
        examined = sum(len(batch.examinations) for _, _, batch in self._came)
        if examined >= self._at_once or now - self._since >= _LONGEST_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write down what came and is not written yet."""
        if self._came:
            self.recorder.record_all(self._came)
        came, self._came = self._came, []
        for item, _, batch in came:
            # Until it is written down it waits, as far as the inventory knows.
            if batch.rest is None:
                self._under_way.pop(item.ref, None)

    @property
    def is_written(self) -> bool:
        """Whether all that came is written down."""
        return not self._came

    def _prove(self, proof: _Proof, item: Item, batch: Batch) -> None:
        """Count what came of a proof. Other content is news; what cannot be read just now proves nothing."""
        found = next((e.digest or e.same_as for e in batch.examinations if not e.item.ref.part), None)
        if found == proof.digest:
            self.progress.proved += 1
        elif found is not None:
            self.progress.disproved += proof.source_shows(item)
            self.progress.expected += 1
            del self._proofs[item.ref]

    def _count(self, item: Item, batch: Batch) -> None:
        if batch.rest is None:
            self.progress.done += 1
            self.progress.bytes += item.size
        for examination in batch.examinations:
            self.progress.parts += bool(examination.item.ref.part)
            if examination.problem is not None:
                self.progress.problems[examination.problem.code] += 1


@dataclass(frozen=True, slots=True)
class _Proof:
    """The source of an item that was drawn, and the digest that its content should have."""

    source: Source
    digest: bytes

    def source_shows(self, item: Item) -> bool:
        """Whether the item still looks as it was listed, so that it did not simply change just now."""
        try:
            with self.source.open(item) as opened:
                return opened.version == item.version
        except ItemTroubleError:
            return False


def _together(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    """Listings in groups of half a second or so many: what a kill can cost, and what is kept in memory, stays small."""
    group: list[Listing] = []
    items, began = 0, time.monotonic()
    for listing in listings:
        group.append(listing)
        items += len(listing.items)
        if items >= _MOST_ITEMS or len(group) >= _MOST_FOLDERS or time.monotonic() - began >= _LONGEST_SECONDS:
            yield group
            group, items, began = [], 0, time.monotonic()
    if group:
        yield group
