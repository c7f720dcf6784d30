"""What an estate would take, by what was measured: cores, hours, the file servers' bandwidth, the database's size."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import ConfigurationError
from domain.examination import Batch, Examination, Outcome
from domain.family import Family
from domain.finding import Finding
from domain.item import Item, ItemRef, Listing
from inventory.costs import Cost, Ground
from inventory.engine import Database, open_inventory
from inventory.places import Place
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.scanning.run import MOST_AT_ONCE

_FEWEST = 30
"""Files of a family below which their mean is not to be trusted."""

_FEWEST_ROWS = 1_000
"""Items of an inventory below which most of its bytes are those of an empty one."""

_SAMPLE_FOLDERS, _SAMPLE_FILES = 10, 50
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Estate:
    """How many files of each family there are, and the bytes of all."""

    files: Mapping[Family, int]
    bytes: int


@dataclass(frozen=True, slots=True)
class Keeping:
    """Core-seconds an item outside the workers: to list and write down a new one, and to list an unchanged one."""

    recording: float
    listing: float


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What no inventory can tell. `busy` is the share of a core's time that is spent on the work, `changed` the share
    of files that is new or changed in a night.
    """

    cores: int
    hours: float
    night_hours: float
    changed: float
    busy: float
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class FamilyCost:
    """`each` is core-seconds a file with all inside it; of too few `measured` files it is the mean of all families."""

    files: int
    measured: int
    each: float
    seconds: float

    @property
    def is_trusted(self) -> bool:
        return self.measured >= _FEWEST


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: its core-seconds, the hours that the cores at hand take, the cores that the hours wanted take, and
    bytes a second to be read in those hours.
    """

    core_seconds: float
    hours: float
    cores: float
    bandwidth: float


@dataclass(frozen=True, slots=True)
class Capacity:
    """`database_bytes` is None where the inventory is too small to tell."""

    families: Mapping[Family, FamilyCost]
    first: Pass
    night: Pass
    rows: float
    database_bytes: float | None


def forecast(ground: Ground, estate: Estate, assumed: Assumptions) -> Capacity:
    """What the estate would take by what the inventory measured.

    Raises ConfigurationError where nothing was measured yet.
    """
    everything = sum(ground.costs.values(), Cost())
    if not everything.measured:
        raise ConfigurationError("Nothing has been examined yet, so nothing is known of costs. First: muniment scan")
    families = {family: _family(ground, family, count, everything) for family, count in estate.files.items()}
    files = sum(estate.files.values())
    work = sum(cost.seconds for cost in families.values())
    # What is inside files is written down as files are.
    rows_each = 1 + everything.parts / everything.files
    rows = files * rows_each
    writing = rows * assumed.keeping.recording
    first = work * ground.distinct + writing
    # A night's new files are seldom copies of each other; all files are listed.
    night = assumed.changed * (work + writing) + files * assumed.keeping.listing
    held_rows = everything.files + everything.parts
    return Capacity(
        families,
        _pass(first, estate.bytes, assumed.hours, assumed),
        _pass(night, assumed.changed * estate.bytes, assumed.night_hours, assumed),
        rows,
        rows * ground.database_bytes / held_rows if held_rows >= _FEWEST_ROWS else None,
    )


def _family(ground: Ground, family: Family, files: int, everything: Cost) -> FamilyCost:
    own = ground.costs.get(family, Cost())
    trusted = own if own.measured >= _FEWEST else everything
    each = trusted.seconds / trusted.measured
    return FamilyCost(files, own.measured, each, files * each)


def _pass(core_seconds: float, size: float, hours: float, assumed: Assumptions) -> Pass:
    of_a_core = 3600 * assumed.busy
    return Pass(
        core_seconds, core_seconds / of_a_core / assumed.cores, core_seconds / of_a_core / hours, size / hours / 3600
    )


def held(ground: Ground) -> Estate:
    """The estate that the inventory itself holds."""
    return Estate(
        {family: cost.files for family, cost in ground.costs.items()}, sum(cost.bytes for cost in ground.costs.values())
    )


def keeping_cost() -> Keeping:
    """What listing and writing down cost on this machine, measured now on a small invented inventory in SQLite."""
    with TemporaryDirectory() as folder:
        database = open_inventory(f"sqlite:///{Path(folder) / 'measured.db'}", create=True)
        recording = _timed(lambda: _scan(database))
        listing = _timed(lambda: _scan(database))
        database.dispose()
    return Keeping(recording, listing)


def _timed(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) / (_SAMPLE_FOLDERS * _SAMPLE_FILES)


def _scan(database: Database) -> None:
    recorder = Recorder(database, Place("measured", b"/measured"), Pipeline("measured"), _SOME_DAY.date(), str)
    recorder.begin(_SOME_DAY, "", "")
    came = [
        (todo.item, None, Batch((_examined(todo.item),)))
        for todo in recorder.note(*map(_folder, range(_SAMPLE_FOLDERS)))
    ]
    for at in range(0, len(came), MOST_AT_ONCE):
        recorder.record_all(came[at : at + MOST_AT_ONCE])
    recorder.settle()
    recorder.finish(_SOME_DAY, complete=True)


def _folder(number: int) -> Listing:
    folder = b"folder %d" % number
    names = (b"%s/file %d.docx" % (folder, file) for file in range(_SAMPLE_FILES))
    return Listing(folder, [Item(ItemRef("measured", name), size=1, modified=_SOME_DAY) for name in names])


def _examined(item: Item) -> Examination:
    digest = hashlib.sha256(item.ref.locator).digest()
    finding = Finding("EMAIL_ADDRESS", 1, 0.9, (), "", (digest[:16],))
    return Examination(item, Outcome.EXAMINED, media_type="text/plain", digest=digest, findings=(finding,))
