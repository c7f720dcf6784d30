"""Serves figures to Prometheus: what `muniment status` shows, asked of the inventory when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from domain.errors import ConfigurationError
from inventory.engine import Database, InventoryError
from operations.config import Settings
from operations.hosts.status import Status, status_of


@contextmanager
def metrics_served(settings: Settings, database: Database) -> Iterator[None]:
    """Serve /metrics meanwhile, where the configuration names a port. Raises ConfigurationError for one in use."""
    if not settings.metrics.port:
        yield
        return
    registry = CollectorRegistry()
    registry.register(collector(database))
    try:
        server, thread = start_http_server(settings.metrics.port, settings.metrics.address, registry)
    except OSError as error:
        raise ConfigurationError(f"metrics.port: {settings.metrics.port} cannot be used: {error.strerror}") from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def collector(database: Database) -> Collector:
    """What a registry asks for the figures of an inventory."""
    return _Figures(database)


class _Figures(Collector):
    """No value of a label is a path or a person: a source goes by its number, since what was scanned without being
    configured is called by its path; hosts and codes are the machines' and our own words.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("muniment_inventory_up", "Whether the inventory answers.")
        status = None
        with suppress(InventoryError):
            status = status_of(self._database, datetime.now(UTC))
        up.add_metric([], float(status is not None))
        yield up
        if status is not None:
            yield from _of_scans(status)
            yield from _of_hosts(status)
            yield from _of_estate(status)


def _of_scans(status: Status) -> Iterator[Metric]:
    running = GaugeMetricFamily("muniment_scan_running", "Whether a scan is under way.", labels=["source"])
    done = GaugeMetricFamily("muniment_scan_done_items", "Items that the scan has examined.", labels=["source"])
    left = GaugeMetricFamily("muniment_scan_left_items", "Items known of that it has not.", labels=["source"])
    rate = GaugeMetricFamily("muniment_scan_items_per_second", "Items examined in a second.", labels=["source"])
    for scan in status.latest_of_each_source:
        source = str(scan.source_id)
        running.add_metric([source], float(scan.is_running))
        done.add_metric([source], scan.figures.done)
        left.add_metric([source], scan.left)
        rate.add_metric([source], scan.rate)
    yield from (running, done, left, rate)


def _of_hosts(status: Status) -> Iterator[Metric]:
    seen = GaugeMetricFamily("muniment_host_silent_seconds", "Since a host was heard of.", labels=["process", "role"])
    for host in status.hosts:
        seen.add_metric([host.process, host.role], host.silent_seconds)
    leases = GaugeMetricFamily("muniment_leases", "Leases that are not done.", labels=["state"])
    leases.add_metric(["waiting"], status.leases_waiting)
    leases.add_metric(["held"], status.leases_held)
    yield from (seen, leases)


def _of_estate(status: Status) -> Iterator[Metric]:
    items = GaugeMetricFamily("muniment_waiting_items", "Items that wait to be examined.")
    items.add_metric([], status.waiting)
    problems = GaugeMetricFamily("muniment_problem_items", "Items not fully examined, by problem.", labels=["code"])
    for code, count in status.problems.items():
        problems.add_metric([code], count)
    slots = GaugeMetricFamily("muniment_slots_missed", "Slots of the timetable that were missed, of the last shown.")
    slots.add_metric([], sum(slot.state == "missed" for slot in status.slots))
    yield from (items, problems, slots)
