"""A tree of everything that a scanner can stumble over: each ends as an examination with its named problem."""

from __future__ import annotations

import codecs
import encodings
import json
import os
import pkgutil
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime

import pytest
from builders import a_zip
from fakes import MakeTools
from inventories import an_inventory

from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.executors.serial import SerialExecutor
from operations.scanning.scan import Progress, Run, scan
from scanner.sources.filesystem import FilesystemSource


@contextmanager
def unprivileged():
    """Root may read everything; give that up for a moment so that permissions count."""
    for codec in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError):  # Python reads them late, when the account may not see them any more.
            codecs.lookup(codec.name)
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("tree")
    for folder in (root, *(parent for parent in root.parents if "pytest" in str(parent))):
        folder.chmod(0o755)
    (root / "letter.txt").write_text("NAMED")
    (root / "loop").symlink_to(".")
    (root / "out").symlink_to("/etc/passwd")
    os.mkfifo(root / "pipe")
    listener = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(root)
    listener.bind("socket")
    os.chdir(here)
    (root / "denied.txt").write_text("secret")
    (root / "denied.txt").chmod(0)
    (root / "closed").mkdir()
    (root / "closed" / "inside.txt").write_text("unseen")
    (root / "closed").chmod(0)
    (root / "archive.zip").write_bytes(a_zip({"in.txt": b"NAMED"}))
    (root / "broken.zip").write_bytes(a_zip({"in.txt": b"NAMED"})[:40])
    (root / "empty.txt").touch()
    os.close(os.open(os.fsencode(root) + b"/bad\xff\n.txt", os.O_CREAT | os.O_WRONLY, 0o644))
    deep(root)
    yield root
    (root / "closed").chmod(0o755)
    subprocess.run(["rm", "-rf", root], check=True)
    listener.close()


def deep(root) -> None:
    """A path of more than 5,000 bytes, which no single system call can name."""
    folder = os.open(root, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=folder)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    with open(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=folder), "w") as file:
        file.write("NAMED")
    os.close(folder)


def test_nothing_is_dropped_silently(tree, tmp_path):
    database = an_inventory(tmp_path / "inventory.db")
    place = Place("tree", os.fsencode(tree))
    recorder = Recorder(database, place, Pipeline("pipeline 1"), date(2026, 3, 2), lambda folder: "All")
    recorder.begin(datetime(2026, 3, 2, tzinfo=UTC), "detector 1", "key 1")
    source = FilesystemSource("tree", os.fsencode(tree))
    progress = Progress()
    executor = SerialExecutor(lambda: with_source(source))
    with unprivileged():
        scan(source, Run(recorder, progress, lambda progress: None), executor)
    found = {
        one.record.ref.path[-40:]: (one.record.outcome, one.record.problem and one.record.problem.code)
        for one in Inventory(database).held()
    }
    database.dispose()
    assert found.pop(("d" * 40 + "/deep.txt")[-40:]) == ("examined", None)
    assert found == {
        "letter.txt": ("examined", None),
        "loop": ("skipped", "link"),
        "out": ("skipped", "link"),
        "pipe": ("skipped", "not-a-file"),
        "socket": ("skipped", "not-a-file"),
        "denied.txt": ("unreadable", "denied"),
        "closed": ("unreadable", "denied"),
        "archive.zip": ("examined", None),
        "archive.zip > in.txt": ("examined", None),
        "broken.zip": ("partial", "corrupt"),
        "broken.zip > in.txt": ("unreadable", "corrupt"),
        "empty.txt": ("examined", None),
        "bad\\xff\\x0a.txt": ("examined", None),
    }
    assert progress.problems.total() == 8


def with_source(source):
    tools = MakeTools({})()
    return type(tools)({"tree": source}, tools.classifier, tools.pipeline, tools.extractor_for, budget=tools.budget)


@pytest.mark.slow
def test_the_tree_is_not_changed_by_a_scan(tree):
    def state():
        return {
            entry.path: (entry.stat(follow_symlinks=False).st_mtime_ns, entry.stat(follow_symlinks=False).st_mode)
            for entry in os.scandir(os.fsencode(tree))
        }

    before = state()
    subprocess.run(
        [os.path.join(os.path.dirname(sys.executable), "muniment"), "-q", "examine", str(tree), "--json", "--serial"],
        check=False, capture_output=True,
    )  # fmt: skip
    assert state() == before


@pytest.mark.slow
def test_examine_gives_one_line_for_each_and_no_traceback(muniment, tree):
    result = muniment("examine", tree, "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    addresses = [(line["path_b64"], tuple(line["part"])) for line in lines]
    assert len(addresses) == len(set(addresses)) >= 13
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
