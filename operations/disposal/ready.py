"""Which sources could be disposed of, and what keeps the others from it: told before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.engine import Database
from operations.access import RefusedError
from operations.config import Settings
from operations.configuration.source_settings import Disposable, SourceSettings
from operations.disposal.holding import no_journal
from operations.disposal.holdings import can_dispose, journal_of, open_holding


def readiness(settings: Settings, database: Database | None = None) -> Iterator[tuple[str, str]]:
    """Of each source what it promises, or why it refuses. Where it may dispose, its quarantine is made and tried;
    not made anew where the journal, in the inventory if there is one, knows of files in it.
    """
    return ((source.name, _told(settings, source, database)) for source in settings.sources)


def _told(settings: Settings, source: SourceSettings, database: Database | None) -> str:
    if not isinstance(source, Disposable) or not can_dispose(source):
        return "cannot dispose. Approved manifests are exported for others to act on: muniment dispose export"
    if not source.dispose:
        return "is not told to dispose (dispose = true)"
    try:
        journal = no_journal if database is None else journal_of(database, source.name)
        with open_holding(source, settings, journal=journal) as holding:
            promise = holding.promise
    except RefusedError as error:
        return str(error)
    end = f"deleted after {settings.disposal.quarantine_days} days" if source.allow_purge else "never deleted"
    rest = f"; not removed with that: {promise.remains}" if promise.remains and source.allow_purge else ""
    return f"can dispose: {promise.quarantine}; {end}{rest}"
