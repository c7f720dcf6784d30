"""The main job from end to end on one folder: build the demo estate or take a given one, scan, decide, report."""

from __future__ import annotations

import hashlib
import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.errors import ConfigurationError
from domain.summary import Coverage
from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import FILE_NAME, ServiceSettings, Settings, load_settings
from operations.demo.estate import build_estate
from operations.families.find import find_families
from operations.people.audit import open_trail
from operations.people.sign_in import actor_here
from operations.reporting.report import make_report, whole_reports, write_report
from operations.rot.find import find_configured_rot
from operations.scanning.scan import Progress, Watcher, scan_sources
from operations.schedule.evaluate import Evaluation, evaluate
from operations.setup import Workspace, initialise
from reports.report import Report
from retention.schedule import load_schedule

SERVICES = tuple(
    ServiceSettings(name=name, paths=(f"{name}/**",))
    for name in (
        "Children's Social Care", "Adult Social Care", "Human Resources", "Highways", "Planning", "Finance",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What came of it and where everything is."""

    config: Path
    estate: Path
    figures: Progress
    coverage: Coverage
    evaluation: Evaluation
    leads: tuple[str, ...]
    files: tuple[Path, ...]


def demonstrate(
    folder: Path, estate: Path | None, today: date, say: Callable[[str], None], watcher: Watcher
) -> Demonstration:
    """Run the walk; a second time only what changed is read again. A given estate is only ever read.

    Raises ConfigurationError where the estate is not a folder, or holds the folder that is written to.
    """
    _refuse_foreign(folder)
    home, root = _places(folder.resolve(), estate)
    if estate is None:
        say("Building the demo estate")
        home.mkdir(parents=True, exist_ok=True)
        build_estate(root)
    settings = _workspace(home, root, demo=estate is None)
    say("Scanning")
    actor = actor_here(settings)
    figures = scan_sources(actor, settings, settings.sources, watcher)
    say("Applying the example retention schedule")
    assert settings.retention.schedule is not None
    with open_trail(settings) as trail:
        evaluation = evaluate(actor, trail, load_schedule(settings.retention.schedule), today)
        say("Looking for copies, and for what is redundant, obsolete and trivial")
        find_families(actor, trail)
        find_configured_rot(actor, trail, settings, today)
    say("Writing the reports")
    database = open_inventory(settings.inventory.url, create=False)
    reports: list[Report] = [make_report(name, database, settings) for name in whole_reports()]
    files = [path for report in reports for path in write_report(report, ("html", "csv"), settings.reports.folder)]
    leads = tuple(report.lead for report in reports if report.name in _LED_BY)
    coverage = Inventory(database).coverage()
    database.dispose()
    return Demonstration(home / FILE_NAME, root, figures, coverage, evaluation, leads, tuple(files))


_LED_BY = ("rot", "gdpr-risk")
"""The reports whose first paragraph is said; the others are written beside them."""


_OURS = {
    "estate",
    "estates",
    ".estate-version",
    "muniment.toml",
    "schedule.toml",
    "muniment.key",
    "muniment-audit.key",
    "reports",
}


def _refuse_foreign(folder: Path) -> None:
    """Raises ConfigurationError for a folder that holds somebody's files: the demo would be written among them."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if any(name not in _OURS and not name.startswith("inventory.db") for name in there):
        raise ConfigurationError(
            f"{folder} holds files of its own, and the demo would be written beside them. Name a new folder; "
            f"to scan this one, read-only: muniment demo --estate {shlex.quote(str(folder))}"
        )


def _places(folder: Path, estate: Path | None) -> tuple[Path, Path]:
    """Where Muniment writes and what it scans; every estate of the user's has a workspace of its own."""
    if estate is None:
        return folder, folder / "estate"
    root = estate.expanduser().resolve()
    if not root.is_dir():
        raise ConfigurationError(f"{estate} is not a folder. Name one that is, as in: make demo ESTATE=/some/folder")
    if folder.is_relative_to(root):
        raise ConfigurationError(
            f"{folder}, where the results go, lies inside the estate. "
            "Name a folder outside it: make demo ESTATE=/some/folder DEMO=/another/folder"
        )
    mark = hashlib.sha256(os.fsencode(root)).hexdigest()[:6]
    return folder / "estates" / f"{root.name or 'root'}-{mark}", root


def _workspace(home: Path, root: Path, *, demo: bool) -> Settings:
    config = home / FILE_NAME
    if not config.exists():
        name = "Example County Council" if demo else None
        initialise(
            home,
            Workspace(
                name,
                "demo estate" if demo else root.name or "root",
                root,
                SERVICES if demo else (),
                assessment="none needed: everybody in it is invented" if demo else "",
            ),
        )
    return load_settings(config)
