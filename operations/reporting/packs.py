"""Packs: reports made with no hand, each time in a folder of their own, mailed, and removed when their time is up.

A folder has a list of what Muniment wrote into it, with the digest of each file. Only what stands in such a list, and
is as it was written, is ever removed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.actor import About, Actor, Verb
from domain.errors import ConfigurationError, MunimentError
from inventory.engine import Database
from operations.access import ask
from operations.config import Settings
from operations.configuration.pack_settings import PackSettings
from operations.reporting.pack_mail import send
from operations.reporting.report import make_report, whole_reports, write_report
from operations.reporting.wanted import Scope

_LIST = "muniment-pack.json"


@dataclass(frozen=True, slots=True)
class Pack:
    """What was made: the files in their folder, how many recipients were told, how many older packs were removed."""

    folder: Path
    files: tuple[Path, ...]
    told: int
    removed: int


def make_pack(actor: Actor, settings: Settings, database: Database, name: str, now: datetime) -> Pack:
    """Make the configured pack, mail it, and remove those whose time is up.

    Raises ConfigurationError where there is none of the name, RefusedError where the actor may not, and MunimentError
    where it could not be written or mailed; what was written stays.
    """
    known = {pack.name: pack for pack in settings.pack}
    if name not in known:
        raise ConfigurationError(f"There is no pack {name!r}. There are: {', '.join(known) or 'none'}")
    pack = known[name]
    ask(actor, Verb.EXPORT, About() if pack.service is None else About(frozenset({pack.service})))
    home = pack.folder or settings.reports.folder / "packs"
    try:
        folder, files, titles = _written(settings, database, pack, home / f"{name}-{now:%Y-%m-%dT%H%M%SZ}", now)
    except OSError as error:
        raise MunimentError(f"The pack {name!r} cannot be written: {error.strerror}.") from error
    if pack.mail_to:
        send(settings, pack, folder, titles, files if pack.publishable else ())
    return Pack(folder, files, len(pack.mail_to), remove_old(home, pack, now))


def _written(
    settings: Settings, database: Database, pack: PackSettings, folder: Path, now: datetime
) -> tuple[Path, tuple[Path, ...], tuple[str, ...]]:
    files: list[Path] = []
    titles: list[str] = []
    for name in pack.reports or whole_reports():
        report = make_report(name, database, settings, service=pack.service, scope=Scope(pack.scope))
        report = report.for_publication() if pack.publishable else report
        files += write_report(report, pack.formats, folder)
        titles.append(report.title)
        # After each report, so that a pack that was not finished can be removed too.
        _list(folder, pack, files, now)
    return folder, tuple(files), tuple(titles)


def _list(folder: Path, pack: PackSettings, files: list[Path], now: datetime) -> None:
    listed = {path.name: _digest(path) for path in files}
    text = json.dumps({"pack": pack.name, "made": now.astimezone(UTC).isoformat(), "files": listed}, indent=1)
    (folder / _LIST).write_text(text + "\n", "utf-8")


def remove_old(home: Path, pack: PackSettings, now: datetime) -> int:
    """Remove the files of packs of this name that are older than they are kept; how many packs.

    What Muniment did not write, or somebody changed, stays, and so does its folder.
    """
    old = [
        (folder, listed)
        for folder, listed in _packs(home)
        if listed["pack"] == pack.name and listed["made"] < now - timedelta(days=pack.keep_days)
    ]
    return sum(_removed(folder, listed["files"]) for folder, listed in old)


def _packs(home: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The folders with a list that can be one of ours."""
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        if folder.is_symlink() or not (folder / _LIST).is_file() or (folder / _LIST).is_symlink():
            continue
        try:
            listed = json.loads((folder / _LIST).read_text("utf-8"))
            made = datetime.fromisoformat(listed["made"]).astimezone(UTC)
            yield folder, {"pack": str(listed["pack"]), "made": made, "files": dict(listed["files"])}
        except (OSError, ValueError, TypeError, KeyError):
            continue


def _removed(folder: Path, files: Mapping[str, str]) -> bool:
    ours = [path for name, digest in files.items() if (path := folder / Path(name).name) and _is_ours(path, digest)]
    for path in ours:
        path.unlink()
    if {path.name for path in folder.iterdir()} != {_LIST}:
        return False
    (folder / _LIST).unlink()
    folder.rmdir()
    return True


def _is_ours(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and _digest(path) == digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
