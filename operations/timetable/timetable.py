"""The timetable: starts what is due, once, wherever it runs; what nobody started in time is written down."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.interval import IntervalTrigger
from procrastinate.exceptions import ProcrastinateException

from domain.actor import Actor, Verb
from domain.errors import MunimentError
from inventory.engine import Database, InventoryError, only_timetable, server_time
from inventory.leases import driver_address
from inventory.slots import (
    Slot,
    SlotState,
    end_request,
    end_slot,
    interrupt_slots,
    last_slot,
    note_slots,
    take_request,
    take_slot,
)
from operations.access import ask
from operations.config import Settings
from operations.configuration.timetable_settings import TimetableSettings, duration
from operations.executors.timetable_service import tick_every_minute
from operations.scanning.progress import Progress, Watcher
from operations.scanning.telling import process_name
from operations.timetable.chain import STEPS, Work, run_chain
from operations.timetable.slot_times import due, next_times, trigger_of

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 10
"""How often is looked for requests."""

_FIRST_LOOK = timedelta(seconds=90)
"""An entry without a past is due from so long ago on, so that one which is due just now is."""

Run = Callable[[Actor, Settings, Work, Watcher], str]


@dataclass(frozen=True, slots=True)
class Timetable:
    """The entries of a configuration over an inventory. `clock` and `run` are given by tests.

    `tick` must not run twice at once, on whatever host: who calls it sees to that.
    """

    actor: Actor
    settings: Settings
    database: Database
    run: Run = run_chain
    clock: Callable[[Database], datetime] = lambda database: server_time(database) or datetime.now(UTC)
    stopping: threading.Event = field(default_factory=threading.Event)

    def now(self) -> datetime:
        return self.clock(self.database)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.organisation.timezone)

    def tick(self) -> None:
        """Run what is due and what was asked for, one after the other. What goes wrong is written down, and no more.

        Where it is stopped in the middle, the next tick, on whatever host, takes that up again. Raises RefusedError
        for an actor that may not scan.
        """
        ask(self.actor, Verb.SCAN)
        interrupt_slots(self.database)
        with suppress(_StoppedError):
            for entry in self.settings.timetable:
                self._watch()
                self._entry(entry)
            while self._request():
                self._watch()

    def _entry(self, entry: TimetableSettings) -> None:
        last, now = last_slot(self.database, entry.name), self.now()
        if last is not None and last.state is SlotState.INTERRUPTED and now - last.due <= duration(entry.grace):
            self._slot(entry, last.due)
            last, now = last_slot(self.database, entry.name), self.now()
        came = due(entry, self.zone, last.due if last else now - _FIRST_LOOK, now)
        note_slots(self.database, [_missed(entry.name, one, last) for one in came.missed])
        if came.now is not None:
            self._slot(entry, came.now)

    def _slot(self, entry: TimetableSettings, at: datetime) -> None:
        if not take_slot(self.database, entry.name, at, process_name(), self.now()):
            return
        _log.info("timetable: %r of %s begins", entry.name, at.isoformat())
        state, said = self._came_of(Work(entry.mode, entry.source, entry.then))
        end_slot(self.database, Slot(entry.name, at, state), state, said, self.now())

    def _request(self) -> bool:
        asked = take_request(self.database, process_name(), self.now())
        if asked is None:
            return False
        _log.info("timetable: request %s begins", asked.id)
        state, said = self._came_of(work_of(asked.verb, asked.subject))
        end_request(self.database, asked.id, state, said, self.now())
        return True

    def _came_of(self, work: Work | None) -> tuple[SlotState, str]:
        if work is None:
            return SlotState.FAILED, "There is no such work."
        try:
            return SlotState.DONE, self.run(self.actor, self.settings, work, self._watch)
        except _StoppedError:
            raise
        except MunimentError as error:
            _log.warning("timetable: a chain ended early: %s", type(error).__name__)
            return SlotState.FAILED, str(error)
        finally:
            gc.collect()  # Pools and engines hold each other: without, some 25 nights' of them lie about at a time.

    def _watch(self, _progress: Progress | None = None) -> None:
        if self.stopping.is_set():
            raise _StoppedError


class _StoppedError(MunimentError):
    """The timetable is to end."""


def work_of(verb: str, subject: str) -> Work | None:
    """What is to be done for a request: a scan of a source (`metadata`, `scan`, `ocr`), or a step of the chain."""
    modes = {"metadata": "metadata", "scan": "content", "ocr": "ocr"}
    if verb in modes:
        return Work(modes[verb], (subject,) if subject else ())
    return Work(None, (), (f"{verb} {subject}".strip(),)) if verb in STEPS else None


def run_here(timetable: Timetable) -> None:
    """Run the timetable in this process until it is stopped. Raises InventoryError where another does already.

    Whatever wakes it, one tick runs at a time, and what it slept through it runs once.
    """
    with only_timetable(timetable.settings.inventory.url):
        timetable.tick()
        scheduler = BackgroundScheduler(timezone=timetable.zone)
        triggers = [trigger_of(entry, timetable.zone) for entry in timetable.settings.timetable]
        failed: list[BaseException] = []
        scheduler.add_job(
            _guarded(timetable, failed), OrTrigger([*triggers, IntervalTrigger(seconds=_LOOK_SECONDS)]),
            coalesce=True, max_instances=1, misfire_grace_time=None,
        )  # fmt: skip
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # It warns of each look that a long scan delays.
        scheduler.start()
        timetable.stopping.wait()
        scheduler.shutdown()
    for error in failed:
        raise error


def run_on_cluster(timetable: Timetable) -> None:
    """Run the timetable on this host and on others until this one is stopped: each slot once, on one of them."""
    settings, stopping = timetable.settings, timetable.stopping
    failed: list[BaseException] = []
    tick = _guarded(timetable, failed)
    while not stopping.is_set():
        try:
            tick_every_minute(driver_address(settings.inventory.url), tick, settings.executor.silent_seconds, stopping)
        except ProcrastinateException as error:
            _log.warning("timetable: the queue is away (%s); trying again", type(error).__name__)
        stopping.wait(_LOOK_SECONDS)
    for reason in failed:
        raise reason


def _guarded(timetable: Timetable, failed: list[BaseException]) -> Callable[[], None]:
    def tick() -> None:
        try:
            timetable.tick()
        except InventoryError as error:
            _log.warning("timetable: the inventory is away (%s); trying again", type(error).__name__)
        except BaseException as error:  # noqa: BLE001  raised again where the timetable was started
            failed.append(error)
            timetable.stopping.set()

    return tick


@dataclass(frozen=True, slots=True)
class Next:
    """An entry, its next times by the organisation's clocks, and its last slot."""

    entry: TimetableSettings
    times: tuple[datetime, ...]
    last: Slot | None


def upcoming(settings: Settings, database: Database, now: datetime, count: int) -> tuple[Next, ...]:
    zone = ZoneInfo(settings.organisation.timezone)
    return tuple(
        Next(entry, next_times(entry, zone, now, count), last_slot(database, entry.name))
        for entry in settings.timetable
    )


def _missed(entry: str, at: datetime, before: Slot | None) -> Slot:
    """A slot that nobody ran: overrun, where the slot before it was still under way then."""
    if before is not None and before.ended is not None and at <= before.ended:
        return Slot(entry, at, SlotState.OVERRUN, said="The slot before it was still under way.")
    return Slot(entry, at, SlotState.MISSED, said="No timetable was running then.")
