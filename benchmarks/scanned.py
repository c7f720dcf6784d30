"""A folder scanned into an inventory of its own, as a scan does it but for the search for personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from domain.content import Content
from domain.finding import Finding
from inventory.engine import Database, open_inventory
from operations.config import InventorySettings, Settings
from operations.configuration.source_settings import FolderSettings
from operations.executors.serial import SerialExecutor
from operations.keys import load_key, make_key
from operations.scanning.scan import Progress, Run, scan
from operations.scanning.sources import near
from operations.toolkit import Toolkit
from operations.wiring import recorder_of, tika_of
from scanner.extractors import readers


@dataclass(frozen=True, slots=True)
class _FindsNothing:
    """Reads the text to its end, as every classifier does."""

    version: str = "nothing"

    def find(self, content: Content) -> tuple[Finding, ...]:
        for _ in content.rest:
            pass
        return ()


def scanned(root: Path, home: Path, *, examines: bool = True) -> Database:
    """The inventory of a folder, below `home`; without `examines` of names, sizes and times alone."""
    source = FolderSettings(name="tree", root=root)
    settings = Settings(
        inventory=InventorySettings(url=f"sqlite:///{home / 'inventory.db'}", key_file=home / "key"),
        source=(source,),
    )  # fmt: skip
    key = make_key(home / "key")
    database = open_inventory(settings.inventory.url, create=True)
    recorder = recorder_of(settings, database, source, date(2026, 3, 2))
    recorder.begin(datetime(2026, 3, 2, tzinfo=UTC), "benchmark", key.id)
    tools = Toolkit(near((source,), settings.mail), _FindsNothing(), "benchmark", readers(tika_of(settings)),
                    fingerprint=load_key(home / "key").fingerprint)  # fmt: skip
    run = Run(recorder, Progress(), lambda _: None)
    scan(tools.sources["tree"], run, SerialExecutor(lambda: tools), examine_content=examines)
    return database
