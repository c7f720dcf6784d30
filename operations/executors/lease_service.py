"""Fetches leases for a host over Procrastinate, tells that the host lives, and takes leases from hosts that do not.

Runs in a thread of its own, where nothing native runs: whatever hangs there, the heart beats on.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Job, Status

from domain.errors import MunimentError
from operations.executors.inbox import Held, Inbox
from operations.executors.lease import PRIORITY, Lease, Pass

_log = logging.getLogger(__name__)

_BEATS = 6
"""Heartbeats in the time after which a host that is silent is given up."""

_CRASHES = 3
"""Hosts that a lease may take down before its items go one by one, and an item alone before it is named."""

_AT_ONCE = datetime.fromtimestamp(0, UTC)
"""Past by every clock: the database compares it with its own, for which this host's may be an hour ahead."""


@dataclass(frozen=True, slots=True)
class Service:
    """Which queues are worked off, how many leases are held at once, and after how many seconds a host is silent.

    `crashed` writes down that an item takes down every host that tries it.
    """

    address: str
    queues: Sequence[str]
    at_once: int
    silent_seconds: float
    crashed: Callable[[Pass, Lease], None]


class LeaseService:
    """Puts leases into an inbox until it is stopped, or until its connection is lost: then it is `done`."""

    def __init__(self, service: Service, inbox: Inbox) -> None:
        self._service, self._inbox = service, inbox
        self._thread = ThreadPoolExecutor(1, "leases")
        self._stopping = threading.Event()

    def start(self) -> None:
        self._running: Future[None] = self._thread.submit(lambda: asyncio.run(self._serve()))

    @property
    def done(self) -> bool:
        return self._running.done()

    def stop(self) -> None:
        """Fetch no more. It ends when all that was fetched is done or given back."""
        self._stopping.set()

    def wait(self, seconds: float) -> None:
        """Wait until it is done, so long at the most."""
        wait([self._running], seconds)

    def join(self) -> None:
        """Raises what ended it, where that was not `stop`."""
        self._thread.shutdown()
        self._running.result()

    async def _serve(self) -> None:
        service = self._service
        no_tracebacks()
        app = _app(service.address, self._inbox)
        async with app.open_async():
            worker = asyncio.create_task(app.run_worker_async(
                queues=list(service.queues), concurrency=service.at_once, install_signal_handlers=False,
                delete_jobs="successful", update_heartbeat_interval=service.silent_seconds / _BEATS,
                stalled_worker_timeout=service.silent_seconds, fetch_job_polling_interval=1.0,
            ))  # fmt: skip
            sweeper = asyncio.create_task(self._sweep(app))
            try:
                while not worker.done() and not self._stopping.is_set():
                    await asyncio.wait({worker}, timeout=0.2)
                worker.cancel()
                with suppress(asyncio.CancelledError):
                    await worker
            finally:
                sweeper.cancel()

    async def _sweep(self, app: App) -> None:
        """No job of the queue's own, since it must not wait for one of the host's places to be free."""
        while True:
            try:
                for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._service.silent_seconds):
                    if job.queue in self._service.queues:
                        await self._take_over(app, job)
            except (ProcrastinateException, MunimentError) as error:
                # Another host was faster, or the database is away; the worker task sees to that.
                _log.info("leases could not be taken over: %s", type(error).__name__)
            await asyncio.sleep(self._service.silent_seconds / _BEATS)

    async def _take_over(self, app: App, job: Job) -> None:
        """Queue a lease again whose host is silent; at the third time its items one by one, and name one that was alone
        with as many hosts.
        """
        lease, what = Lease.of(job.task_kwargs), Pass(job.task_name)
        if (job.attempts + 1 if lease.alone is None else lease.alone) < _CRASHES:
            _log.warning("lease %s: its host is silent; it is leased again", job.id)
            await app.job_manager.retry_job(job, retry_at=_AT_ONCE)
            return
        if lease.alone is None:
            _log.warning("lease %s took down %s hosts; its items go one by one", job.id, _CRASHES)
            await _deferrer(app, what, job.queue).batch_defer_async(*(one.job() for one in lease.singly()))
        else:
            _log.warning("lease %s: its one item took down %s hosts", job.id, _CRASHES)
            await asyncio.to_thread(self._service.crashed, what, lease)
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


def no_tracebacks() -> None:
    """Have the libraries keep to themselves what they report of a lost connection: whoever waits for them raises it."""
    for library in ("procrastinate", "psycopg"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    asyncio.get_running_loop().set_exception_handler(_note)


def _note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A lease ended, or went back, that meanwhile another host has: it counted as lost with this one."""
    _log.info("the queue: %s", type(context.get("exception")).__name__)


def _app(address: str, inbox: Inbox) -> App:
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=4))
    for what in Pass:
        app.task(name=what.value, pass_context=True, retry=_Again())(_task(inbox, what))
    return app


class _Again(BaseRetryStrategy):
    """A lease that could not be given back is leased again, however often: with it its items would be forgotten."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:  # noqa: ARG002
        return RetryDecision(retry_at=_AT_ONCE)


def _task(inbox: Inbox, what: Pass) -> Callable[..., Any]:
    async def work_off(context: JobContext, **job: Any) -> None:
        held = Held(what, Lease.of(job), context.job.id or 0)
        inbox.put(held)
        rest = await asyncio.wrap_future(held.outcome)
        if rest:
            await _deferrer(context.app, what, context.job.queue).defer_async(**rest.job())

    return work_off


def _deferrer(app: App, what: Pass, queue: str) -> Any:
    return app.configure_task(what.value, queue=queue, priority=PRIORITY[what])
