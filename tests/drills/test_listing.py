"""A share that changes from day to day, scanned by scans that are killed: the inventory is that of undisturbed ones."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fakes import MakeTools

from inventory.engine import open_inventory
from inventory.places import Place
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.executors.serial import SerialExecutor
from operations.scanning.scan import Progress, Run, scan
from scanner.sources.filesystem import FilesystemSource

pytestmark = [pytest.mark.drill]

NOBODY = 65534
FIRST_DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

_QUERY = """
    SELECT hex(dir.path), hex(item.name), item.part, item.kind, item.size, item.modified, item.version, item.file_id,
           item.first_seen, item.outcome, item.problem_code, item.pipeline, hex(content.digest), access.readers
      FROM item JOIN dir ON dir.id = item.dir_id LEFT JOIN content ON content.id = item.content_id
           LEFT JOIN access ON access.id = dir.access_id
     WHERE item.gone IS NULL ORDER BY 1, 2, 3
"""


@pytest.fixture
def work() -> Iterator[Path]:
    """A folder that any account may write to: the scans are not run as root, to whom rights mean nothing."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def grow(root: Path, folders: int, files: int) -> None:
    for number in range(folders):
        folder = root / f"Service {number % 7}" / f"Case {number:05}"
        folder.mkdir(parents=True)
        for file in range(files):
            (folder / f"{file}.txt").write_text(f"NAMED {number} {file}")


def another_day(root: Path, chance: random.Random) -> None:
    """Folders are moved, closed and opened again; files are renamed, deleted, edited in place and copied in as old."""
    cases = sorted(path for path in root.glob("*/*") if path.is_dir())
    for case in cases:
        case.chmod(0o755)
    moved, closed, *others = chance.sample(cases, 8)
    moved.rename(moved.with_name(f"{moved.name} moved {chance.randrange(10**9)}"))
    closed.chmod(0)
    for case in others:
        files = sorted(path for path in case.iterdir() if path.is_file())
        if len(files) > 3:
            files[0].rename(case / f"renamed {chance.randrange(10**9)}.txt")
            files[1].unlink()
            files[2].write_text(f"OTHER {chance.random()}")
        copied = case / f"copied {chance.randrange(10**9)}.txt"
        copied.write_text(f"OLD {chance.random()}")
        os.utime(copied, (915_148_800, 915_148_800))


def scan_once(inventory: Path, root: Path, day: int, *, reads: bool = True) -> Progress:
    database = open_inventory(f"sqlite:///{inventory}", create=True)
    place, today = Place("share", os.fsencode(root)), FIRST_DAY + timedelta(day)
    recorder = Recorder(database, place, Pipeline("pipeline 1"), today, lambda folder: folder.decode()[:9])
    recorder.begin(NOW, "detector 1", "key 1", reads=reads)
    source, tools = FilesystemSource("share", os.fsencode(root)), MakeTools({})()
    own = type(tools)({"share": source}, tools.classifier, tools.pipeline, tools.extractor_for, budget=tools.budget)
    progress = Progress()
    scan(source, Run(recorder, progress, lambda _: None), SerialExecutor(lambda: own), examine_content=reads)
    database.dispose()
    return progress


def begun(inventory: Path, root: Path, day: int) -> subprocess.Popen[str]:
    """A process of its own in which such a scan has just begun."""
    code = f"import {__name__.rpartition('.')[2]} as drill; drill.as_another(*{[str(inventory), str(root), day]})"
    places = os.pathsep.join((str(Path(__file__).parent), *sys.path))
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": places}
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    return child


def as_another(inventory: str, root: str, day: int) -> None:
    with tempfile.TemporaryDirectory() as warm:
        (Path(warm) / "share").mkdir()
        grow(Path(warm) / "share", 1, 1)
        scan_once(Path(warm) / "inventory.db", Path(warm) / "share", 0)  # It imports what is imported late.
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    scan_once(Path(inventory), Path(root), day)


def rows(inventory: Path) -> list[tuple[object, ...]]:
    database = open_inventory(f"sqlite:///{inventory}", create=False)
    with database.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(_QUERY)]
    database.dispose()
    return found


def test_scans_killed_at_random_moments_while_the_share_changes_give_the_inventory_of_undisturbed_ones(
    work, drill_size, record_property
):
    chance = random.Random(22)
    root, quiet, killed = work / "share", work / "quiet.db", work / "killed.db"
    grow(root, drill_size(40, 300), 5)
    days, kills = drill_size(3, 12), 0
    for day in range(days):
        with begun(quiet, root, day) as undisturbed:
            clock = time.monotonic()
            assert undisturbed.wait() == 0
            took = time.monotonic() - clock
        for _ in range(2):
            with begun(killed, root, day) as child:
                time.sleep(chance.uniform(0, took))
                child.kill()
                kills += child.wait() == -signal.SIGKILL
        with begun(killed, root, day) as last:
            assert last.wait() == 0
        assert rows(killed) == rows(quiet) != []
        another_day(root, chance)
    record_property("drill", f"a share that changes over {days} days: {kills} scans killed with -9, inventory equal")
    assert kills > 0


def test_in_a_tree_of_300_000_files_just_what_changed_is_found(work, drill_size, record_property):
    folders, each = drill_size(400, 19_000), drill_size(15, 16)
    root, inventory, chance = work / "share", work / "inventory.db", random.Random(23)
    grow(root, folders, each)
    assert scan_once(inventory, root, 0, reads=False).listed == folders * each
    before = {row[:2]: row for row in rows(inventory)}
    files = sorted(path for path in root.glob("*/*/*"))
    edited, deleted = set(chance.sample(files, 300)), set()
    for path in sorted(edited)[:100]:
        path.unlink()
        deleted.add(path)
    for path in edited - deleted:
        path.write_text("edited")
    assert scan_once(inventory, root, 1, reads=False).listed == folders * each - 100
    after = {row[:2]: row for row in rows(inventory)}
    assert len(before.keys() - after.keys()) == 100
    assert after.keys() <= before.keys()
    assert sum(after[key] != before[key] for key in after) == 200
    record_property("drill", f"{folders * each:,} files: of 200 changed and 100 deleted each was found, and no other")
