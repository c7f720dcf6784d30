"""Which sources could be disposed of, and what keeps the others from it: told before anybody relies on it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from operations.access import RefusedError
from operations.config import Settings
from operations.configuration.source_settings import FolderSettings, SourceSettings
from operations.disposal.quarantine import open_quarantine


def readiness(settings: Settings) -> Iterator[tuple[str, str]]:
    """Of each source what it promises, or why it refuses. Where it may dispose, its quarantine is made and tried."""
    return ((source.name, _told(settings, source)) for source in settings.sources)


def _told(settings: Settings, source: SourceSettings) -> str:
    if not isinstance(source, FolderSettings) or source.only is not None:
        return "cannot dispose. Approved manifests are exported for others to act on: muniment dispose export"
    if not source.dispose:
        return "is not told to dispose (dispose = true)"
    try:
        with open_quarantine(source.name, os.fsencode(source.root), settings.disposal.quarantine) as quarantine:
            how = str(quarantine.how)
    except RefusedError as error:
        return str(error)
    end = f"deleted after {settings.disposal.quarantine_days} days" if source.allow_purge else "never deleted"
    return f"can dispose: quarantine on its own file system, put back by {how}; {end}"
