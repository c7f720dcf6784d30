"""Which sources could be disposed of, and what keeps the others from it: told before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

from operations.access import RefusedError
from operations.config import Settings
from operations.configuration.source_settings import Disposable, SourceSettings
from operations.disposal.holdings import can_dispose, open_holding


def readiness(settings: Settings) -> Iterator[tuple[str, str]]:
    """Of each source what it promises, or why it refuses. Where it may dispose, its quarantine is made and tried."""
    return ((source.name, _told(settings, source)) for source in settings.sources)


def _told(settings: Settings, source: SourceSettings) -> str:
    if not isinstance(source, Disposable) or not can_dispose(source):
        return "cannot dispose. Approved manifests are exported for others to act on: muniment dispose export"
    if not source.dispose:
        return "is not told to dispose (dispose = true)"
    try:
        with open_holding(source, settings) as holding:
            promise = holding.promise
    except RefusedError as error:
        return str(error)
    end = f"deleted after {settings.disposal.quarantine_days} days" if source.allow_purge else "never deleted"
    rest = f"; not removed with that: {promise.remains}" if promise.remains and source.allow_purge else ""
    return f"can dispose: {promise.quarantine}; {end}{rest}"
