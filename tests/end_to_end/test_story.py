"""The tutorial and the guides, typed as they stand there, on one council: up to a certificate that is verified. The
story among them is typed on PostgreSQL too, where not only the commands but also the server has to see the days pass.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
from guide_reader import OWN, PROGRAM, ROOT, Reader, commands, steps
from postgres_servers import running_postgres
from seen_pages import Visitor, take_picture, visiting

from operations.assets.register import confirm
from operations.config import load_settings
from operations.people.audit import open_trail
from operations.people.sign_in import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.servers]

TUTORIAL, STORY = "tutorial.md", "guide.md"
GUIDES = ("operator.md", "ig-officer.md", STORY, "service-lead.md", "auditor.md")
"""In the order in which they can be followed: accounts are made in the story, and time passes in it."""
BUILT = "muniment demo demo"
"""Typed once, though the story begins with it too."""


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Reader:
    """Somebody who has read the tutorial, in the council that it builds, which all of the guides are about."""
    reader = building(tmp_path_factory.mktemp("story"))
    for step in steps(TUTORIAL):
        do(reader, step)
    return reader


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    with visiting() as visitor:
        yield visitor


@pytest.fixture
def later() -> dict[str, str]:
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        pytest.skip("There is no faketime on this machine: requirements/apt.sh PYTHON servers")
    return {"LD_PRELOAD": str(library), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


def test_every_guide_holds_in_the_council_of_the_tutorial(council, later, visitor):
    with nothing_else_changes(council.folder / "estate") as look:
        for step in chain.from_iterable(map(steps, GUIDES)):
            do(council, step, later, visitor, look)


def test_the_story_is_the_same_on_postgresql_whose_clock_is_its_servers(tmp_path, later):
    with running_postgres() as server:
        reader = building(tmp_path, MUNIMENT_INVENTORY__URL=server.fresh(template=None))
        with nothing_else_changes(tmp_path / "demo" / "estate") as look:
            for step in steps(STORY):
                do(reader, step, later, look=look)
                if "days" in step:
                    server.stop()
                    server.start(**later, FAKETIME=reader.environment["FAKETIME"])
    assert not (reader.folder / "inventory.db").exists()


@pytest.mark.parametrize("page", [TUTORIAL, *GUIDES])
def test_no_command_stands_where_nobody_types_it(page):
    lines = (ROOT / "docs" / page).read_text("utf-8").splitlines()
    typed = {re.sub(r"^ +", "", line) for line in lines if re.match(r" *(muniment|python3|\$) ", line)}
    assert typed <= set(commands(page))


def test_every_command_of_the_story_is_there():
    verbs = ("demo", "decide", "propose", "approve", "run", "restore", "purge", "certificate", "verify_certificate")
    assert [verb for verb in verbs if not any(verb in line for line in commands(STORY))] == []
    assert os.access(PROGRAM, os.X_OK)


def building(folder: Path, **surroundings: str) -> Reader:
    """Somebody who has built the council there, with whatever `surroundings` add to the environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MUNIMENT_")}
    # Rules alone and one worker: each takes seconds to start.
    environment |= {"NO_COLOR": "1", "MUNIMENT_DETECTION__MODEL": "none", "MUNIMENT_LIMITS__WORKERS": "1"}
    reader = Reader(folder, environment | surroundings)
    reader.words["DAY"] = (datetime.now(UTC).date() + timedelta(days=365)).isoformat()
    reader.type(BUILT)
    return reader


@contextmanager
def nothing_else_changes(estate: Path) -> Iterator[Callable[[str], None]]:
    """What is planned to go goes, comes back whole or is purged, and nothing else changes; told of each command."""
    left: dict[str, set[Path]] = {}
    at_first = standing(estate)

    def look(line: str) -> None:
        if gone := re.match(r"muniment dispose (run|restore|purge) ", line):
            left[gone[1]] = at_first.keys() - standing(estate).keys()

    yield look
    (restored,) = left["run"] - left["restore"]
    assert standing(estate) == {path: file for path, file in at_first.items() if path not in left["purge"]}
    assert at_first[restored][0]
    assert left["purge"] == left["restore"]
    assert len(left["purge"]) > 1
    kept = {path.name for path in (estate / ".muniment-quarantine").iterdir()}
    assert kept <= {"muniment-quarantine.txt"}


def do(
    reader: Reader, step: dict[str, str], later: dict[str, str] | None = None, visitor: Visitor | None = None,
    look: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """One step of a page; `look` is told each command after it was typed. Without a visitor no picture is taken."""
    match step:
        case {"typed": text}:
            for line in text.splitlines():
                if not _is_built(reader, line):
                    reader.type(line)
                    look(line)
        case {"file": name, "text": text}:
            reader.write(name, text)
        case {"days": days}:
            reader.environment |= (later or {}) | {"FAKETIME": f"+{days}d"}
        case {"who": who, "asset": asset}:
            _confirm(reader, who, asset)
        case {"picture": name, "path": path, "viewer": viewer} if visitor:
            path = re.sub(r"[A-Z]{4,}", lambda word: reader.words[word[0]], path)
            with visitor.seen(reader.folder / "muniment.toml", viewer, OWN, path) as page:
                take_picture(page, name)


def _is_built(reader: Reader, line: str) -> bool:
    """Whether the line builds what was built, or leads to where the reader is."""
    return line == BUILT or (line == "cd demo" and reader.folder.name == "demo")


def standing(estate: Path) -> dict[Path, tuple[bytes, int, int]]:
    files = (path for path in estate.rglob("*") if path.is_file() and ".muniment-quarantine" not in path.parts)
    return {path: (path.read_bytes(), path.stat().st_mtime_ns, stat.S_IMODE(path.stat().st_mode)) for path in files}


def _confirm(reader: Reader, who: str, asset: str) -> None:
    """What the page of an asset does."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in reader.environment.items():
            patch.setenv(name, value)
        with open_trail(load_settings(reader.folder / "muniment.toml")) as trail:
            confirm(sign_in(trail, who, OWN, "web"), trail, [asset], datetime.now(UTC).date())
