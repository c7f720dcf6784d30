"""`muniment worker`: one worker host of the distributed engine."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from cli.terminal import Talk, pass_talk
from domain.actor import Verb


@click.command()
@click.option("--once", is_flag=True, help="End when no lease is left, instead of waiting for more.")
@click.option("--log-json", is_flag=True, help="Log to standard error as lines of JSON.")
@pass_talk
def worker(talk: Talk, once: bool, log_json: bool) -> None:
    """Examine what scans on any host lease out, until stopped.

    The host needs its own configuration with the same inventory (PostgreSQL), key file, sources under the same names
    and limits, and the same version of Muniment; another is refused. Stopped with SIGTERM or Ctrl-C it finishes what is
    under way, for half a minute at the most, and gives the rest back; killed, its leases go to others after a minute.
    """
    from operations.hosts.hosting import worker_host  # noqa: PLC0415  the help needs no engine
    from operations.hosts.serving import metrics_served  # noqa: PLC0415
    from operations.hosts.structured_log import log_as_json  # noqa: PLC0415

    settings = talk.settings()
    if log_json or settings.log.json_lines:
        log_as_json()
    with (
        worker_host(talk.asked(settings, Verb.RUN_WORKERS), settings) as host,
        stopped_by_signals(host.stop),
        metrics_served(settings, host.database),
    ):
        talk.say("This host works. Stop it with Ctrl-C.")
        host.run(once=once)


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Have SIGTERM and the first Ctrl-C stop this process in good order; the second Ctrl-C interrupts."""

    def stop_gently(number: int, _frame: object) -> None:
        signal.signal(number, before[signal.Signals(number)])
        stop()

    before = {number: signal.signal(number, stop_gently) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
