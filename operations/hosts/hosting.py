"""Puts a worker host together as its own configuration says, and refuses where that is not the one of the scan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from domain.actor import Actor, Verb
from domain.errors import ConfigurationError, MunimentError
from domain.privacy import FingerprintKey
from inventory.engine import Database, open_inventory, writing
from inventory.leases import driver_address
from inventory.places import same_key
from inventory.progress import other_pipelines
from operations.access import ask
from operations.config import Settings
from operations.hosts.lease_work import Examining, Hosted, Recognising
from operations.hosts.worker_host import HostTerms, WorkerHost
from operations.keys import load_key
from operations.scanning.engine import reads_with, refuse_a_file
from operations.scanning.sources import courtesy_of, opened

_OF_LATE = timedelta(seconds=60)


@contextmanager
def worker_host(actor: Actor, settings: Settings) -> Iterator[WorkerHost]:
    """This machine as a worker host. Raises MunimentError where it may not, or cannot, be one."""
    ask(actor, Verb.RUN_WORKERS)
    refuse_a_file(settings)
    if not settings.sources:
        raise ConfigurationError("No source is configured: a worker host reads the sources in its own configuration.")
    key = load_key(settings.inventory.key_file)
    database = open_inventory(settings.inventory.url, create=False)
    same_key_as(database, key)
    with opened(settings.sources, settings.mail) as sources:
        courtesies = {one.name: courtesy_of(one, settings.organisation.timezone) for one in settings.sources}
        hosted = Hosted(settings, key, database, sources, courtesies)
        terms = HostTerms(settings.executor.at_once, settings.executor.silent_seconds)
        own = reads_with(settings)
        yield WorkerHost(
            database, driver_address(settings.inventory.url), (Examining(hosted), Recognising(hosted)), terms,
            lambda: refuse_others(database, own),
        )  # fmt: skip
    database.dispose()


def same_key_as(database: Database, key: FingerprintKey) -> None:
    """Raises InventoryError where the inventory was made with another key file."""
    with writing(database) as connection:
        same_key(connection, key.id)


def refuse_others(database: Database, own: str) -> None:
    """Raises MunimentError where a scan is under way that reads with other versions, or limits, than this host."""
    for scan in other_pipelines(database, own, datetime.now(UTC), _OF_LATE):
        raise MunimentError(
            f"Scan {scan.id} of {scan.source!r} reads with {scan.pipeline}, and this host with {own}. What it found "
            "would not agree: bring this host to the same version of Muniment, model and limits, then start it again."
        )
