"""Scanning: list a source, examine what is new or changed, write it down; killed at any moment, it goes on."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from domain.actor import Actor, Verb
from domain.errors import ConfigurationError, ItemTroubleError, MunimentError, Problem, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemRef, Listing, readable
from inventory.engine import Database, InventoryError, only_scan
from inventory.noting import Unexamined
from inventory.progress import Figures, told_by_workers
from inventory.recorder import Recorder, RunningScan
from inventory.waiting import FirstOf, Worth
from operations.access import ask
from operations.audit import open_trail
from operations.config import Settings
from operations.courtesy import AT_EASE, Courtesy
from operations.engine import Engine, engine_of, fit_for
from operations.examine import failed, unlisted_folder
from operations.executor import Executor, Task
from operations.people import know_people
from operations.recognise import recognise
from operations.scan_told import told_of_scan
from operations.source_settings import MicrosoftSettings, SourceSettings
from operations.sources import courtesy_of, opened
from operations.telling import telling
from operations.wiring import (
    ad_hoc_source,
    detector_of,
    load_key,
    ocr_queue,
    place_of,
    recorder_of,
)  # fmt: skip
from operations.worth import RISKY, risky_by
from scanner.source import Source
from scanner.sources.mail_policy import CONTENT_OFF
from scanner.sources.unreachable import SourceUnreachableError

_MOST_FOLDERS, _MOST_ITEMS, _LONGEST_SECONDS = 1000, 5000, 0.5
"""Listings that are written down together."""

MOST_AT_ONCE = 50
"""Examinations that are recorded together: a transaction for each item would cost several times as much."""


@dataclass(slots=True)
class Progress:
    """Running figures of a scan. `done` of `expected` items are examined; parts inside items are counted apart, and
    so are the files that were but moved. `worth` says why what is examined now comes before what else waits, where an
    earlier scan has left it. Of unchanged files that were read again at random `proved` had the content
    that they should have and `disproved` another. While the source is left alone `paused_until` says until when.

    `recognised` of `to_recognise` contents have had the text in their pictures read.
    """

    listed: int = 0
    expected: int = 0
    done: int = 0
    parts: int = 0
    moved: int = 0
    proved: int = 0
    disproved: int = 0
    bytes: int = 0
    all_listed: bool = False
    worth: Worth | None = None
    paused_until: datetime | None = None
    to_recognise: int = 0
    recognised: int = 0
    problems: Counter[ProblemCode] = field(default_factory=Counter)


Watcher = Callable[[Progress], None]
Scanned: TypeAlias = list[tuple[SourceSettings, RunningScan]]

_MOST_UNDER_WAY = 50_000
"""Items with the executor, to which they are not given twice; more than any of them takes ahead."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def first_of(recent_days: int = 90, risky: Iterable[str] = RISKY) -> FirstOf:
    """What is read first of what waits: changed in so many days, and in folders of these words."""
    return FirstOf(utc_now() - timedelta(days=recent_days), risky_by(risky))


def scan_sources(
    actor: Actor, settings: Settings, sources: Iterable[SourceSettings], watcher: Watcher, *,
    examine_content: bool = True,
) -> Progress:  # fmt: skip
    """Scan sources one after the other into the configured inventory; return the figures of all together.

    A source that cannot be reached stops no other, nor does the directory. Raises MunimentError at the end for those,
    InventoryError where another scan is running, and RefusedError for an actor that may not scan.
    """
    authority = ask(actor, Verb.SCAN)
    sources = tuple(sources)
    fit_for(settings, sources)
    key = load_key(settings.inventory.key_file)
    settings = settings.over(sources)
    progress, unreachable, scanned = Progress(), [], []
    with (
        only_scan(settings.inventory.url),
        opened(settings.sources, settings.mail) as made,
        open_trail(settings) as trail,
    ):
        database = trail.database
        timezone = settings.organisation.timezone
        courtesies = {source.name: courtesy_of(source, timezone) for source in settings.sources}
        engine = engine_of(settings, key, database, made, courtesies)
        for source in settings.sources:
            recorder = recorder_of(settings, database, source, utc_now().date())
            withheld = CONTENT_OFF if source.is_mail and not settings.mail.content else None
            _begin(recorder, settings, source, key.id, reads=examine_content or withheld is not None)
            first = first_of(settings.scan.recent_days, settings.scan.risky)
            run = Run(recorder, progress, watcher, courtesies[source.name], withheld, first, MOST_AT_ONCE)
            progress.all_listed, progress.worth = False, None
            try:
                policy, began, reads = _policy_of(settings, source), recorder.scan, examine_content and not withheld
                told = told_of_scan(trail, authority, began, progress, policy=policy, content=reads)
                with told, telling(database, began, progress):
                    executor = engine.examining(began, source, run.follow)
                    scan(made[source.name], run, executor, examine_content=examine_content)
            except SourceUnreachableError as error:
                unreachable.append(str(error))
            else:
                scanned.append((source, began))
        unreachable += know_people(settings.directory, database, utc_now().date())
        if examine_content:
            _recognise(settings, scanned, engine, database, progress, watcher)
    if unreachable:
        raise MunimentError("\n".join(unreachable))
    return progress


def _begin(recorder: Recorder, settings: Settings, source: SourceSettings, key_id: str, *, reads: bool) -> None:
    """Open the scan of a source under the policy that holds for it."""
    holds_mail = _holds_mail(source)
    policy = _policy_of(settings, source)
    # A server may put the same message together otherwise every time: what is proved is the look of files.
    proof = 0.0 if holds_mail else settings.scan.proof
    recorder.begin(utc_now(), detector_of(settings), key_id, policy, reads=reads, proof=proof)


def _policy_of(settings: Settings, source: SourceSettings) -> str:
    """On shares lie mailboxes too, as files."""
    mail = settings.mail
    if _holds_mail(source):
        return mail.policy
    return f"mailboxes kept as files: {'read, as files are' if mail.on_shares and not mail.content else mail.policy}"


def _holds_mail(source: SourceSettings) -> bool:
    return source.is_mail or isinstance(source, MicrosoftSettings)


def _recognise(
    settings: Settings, scanned: Scanned, engine: Engine, database: Database, progress: Progress, watcher: Watcher
) -> None:
    """Read the text in pictures, where that is wanted and some wait; last of all, so that nothing waits for it."""
    if not settings.ocr.pictures and not settings.ocr.documents:
        return
    queues = [(ocr_queue(settings, database, source.name), source, scan) for source, scan in scanned]
    progress.to_recognise = sum(len(queue) for queue, _, _ in queues)
    if not progress.to_recognise:
        return

    def read(contents: int) -> None:
        progress.recognised += contents
        watcher(progress)

    watcher(progress)
    for queue, source, scan in queues:
        before = told_by_workers(database, scan.id).recognised if len(queue) else 0
        with telling(database, scan, progress, "pictures"):
            recognise(queue, engine.recognising(scan, source, _Increase(before, read)), read)


class _Increase:
    """Tells how many more pictures other hosts have read since it was last told."""

    def __init__(self, before: int, read: Callable[[int], None]) -> None:
        self._before, self._read = before, read

    def __call__(self, figures: Figures) -> None:
        more, self._before = figures.recognised - self._before, figures.recognised
        self._read(more)


def with_ocr(settings: Settings) -> Settings:
    """The same settings with all text recognition on."""
    return settings.model_copy(update={"ocr": settings.ocr.model_copy(update={"pictures": True, "documents": True})})


def ad_hoc_sources(settings: Settings, paths: Iterable[Path]) -> tuple[SourceSettings, ...]:
    """Sources for paths named on the command line; a path that is a configured source's root is that source.

    Raises ConfigurationError for a path that is not there, or lies in or around a configured source's root.
    """
    return tuple(_ad_hoc(settings, path) for path in paths)


def _ad_hoc(settings: Settings, path: Path) -> SourceSettings:
    source = ad_hoc_source(readable(os.fsencode(path.resolve())), path.resolve())
    own = place_of(source)
    for configured in settings.sources:
        place = place_of(configured)
        if place.root == own.root:
            return configured
        if place.overlaps(own.root):
            raise ConfigurationError(
                f"This path overlaps source {configured.name!r}, so files would be counted twice. "
                f"Scan that: muniment scan --source {configured.name!r}"
            )
    return source


def scan(
    source: Source,
    run: Run,
    executor: Executor,
    *,
    examine_content: bool = True,
) -> None:
    """Scan one source into the inventory that the run's recorder writes; the scan must have begun.

    Without `examine_content` items are only listed; they wait for a scan that examines them.
    """
    recorder, work = run.recorder, run.work(source, reads=examine_content)
    try:
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
        came, self._came = self._came, []
        if came:
            self.recorder.record_all(came)
        for item, _, batch in came:
            # Until it is written down it waits, as far as the inventory knows.
            if batch.rest is None:
                self._under_way.pop(item.ref, None)

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
