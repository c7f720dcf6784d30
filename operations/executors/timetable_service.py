"""The timetable on several hosts: a periodic task of Procrastinate, of which one runs at a time, wherever that is."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Status

from operations.executors.lease_service import no_tracebacks

_QUEUE = "timetable"
_BEATS = 6
_PRIORITY = 30


def tick_every_minute(address: str, tick: Callable[[], None], silent_seconds: float, stopping: threading.Event) -> None:
    """Run `tick` once a minute on one of the hosts that do this, until `stopping`.

    The lock keeps two from running at once; while one runs, the queueing lock lets one more wait and no third.
    Raises ProcrastinateException where the connection is lost.
    """
    asyncio.run(_serve(_app(address, tick), silent_seconds, stopping))


def _app(address: str, tick: Callable[[], None]) -> App:
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=3))

    def tick_at(timestamp: int) -> None:  # noqa: ARG001  the form of a periodic task
        tick()

    task = app.task(name="timetable", queue=_QUEUE, lock=_QUEUE, queueing_lock=_QUEUE, priority=_PRIORITY)(tick_at)
    app.periodic(cron="* * * * *")(task)
    return app


async def _serve(app: App, silent_seconds: float, stopping: threading.Event) -> None:
    no_tracebacks()
    async with app.open_async():
        worker = asyncio.create_task(app.run_worker_async(
            queues=[_QUEUE], install_signal_handlers=False, delete_jobs="always", fetch_job_polling_interval=1.0,
            update_heartbeat_interval=silent_seconds / _BEATS, stalled_worker_timeout=silent_seconds,
        ))  # fmt: skip
        sweeper = asyncio.create_task(_sweep(app, silent_seconds))
        try:
            while not worker.done() and not stopping.is_set():
                await asyncio.wait({worker}, timeout=0.2)
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
        finally:
            sweeper.cancel()


async def _sweep(app: App, silent_seconds: float) -> None:
    """End the tick of a host that is silent: the next one, on another host, takes up what it left."""
    while True:
        with suppress(ProcrastinateException):
            for job in await app.job_manager.get_stalled_jobs(queue=_QUEUE, seconds_since_heartbeat=silent_seconds):
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        await asyncio.sleep(silent_seconds / _BEATS)
