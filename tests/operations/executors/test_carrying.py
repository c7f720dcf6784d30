"""What is carried from a network source to the workers, and what stays behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from builders import a_zip, an_item, an_mbox
from fakes import FarMemory, MakeTools

from domain.errors import ProblemCode
from domain.item import Item
from operations.config import Settings
from operations.executor import Task
from operations.executors.carrying import CarryingExecutor
from operations.executors.serial import SerialExecutor
from operations.wiring import executor_of
from scanner.budget import Budget
from scanner.source import Opened

pytestmark = pytest.mark.usefixtures("steady_clock")

BUDGET = Budget(batch_parts=4, store=100_000)


def outcomes(files, far: FarMemory, sizes=None) -> dict[str, str]:
    """Each item and part, examined where nothing of the source is, and its problem or outcome."""
    executor = CarryingExecutor(SerialExecutor(MakeTools({}, BUDGET)), {"memory": far}, BUDGET)
    work = [Task(an_item(name, (sizes or {}).get(name, len(content)))) for name, content in files.items()]
    found = {}

    def record(item, after, batch):
        for one in batch.examinations:
            found[one.item.ref.path] = one.problem.code if one.problem else one.outcome

    executor.run(work, record)
    return found


def open_files() -> int:
    """How many copies are open: nameless files have no other mark."""
    descriptors = (f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd"))
    return sum(
        "muniment-" in os.readlink(path) or "(deleted)" in os.readlink(path)
        for path in descriptors
        if os.path.islink(path)
    )


def test_what_comes_and_what_does_not_is_named_and_no_copy_is_left_open():
    files = {b"a.txt": b"one", b"b.txt": b"two", b"c.txt": b"three", b"d.zip": a_zip({"x.txt": b"in"})}
    before = open_files()
    far = FarMemory("memory", files, lost=frozenset({b"b.txt"}), broken=frozenset({b"c.txt"}))
    assert outcomes(files, far) == {
        "a.txt": "examined", "b.txt": "examined", "c.txt": ProblemCode.DENIED,
        "d.zip": "examined", "d.zip > x.txt": "examined",
    }  # fmt: skip
    assert open_files() == before


def test_a_mailbox_of_several_batches_is_carried_once():
    files = {b"team.mbox": an_mbox(12)}
    far = FarMemory("memory", files)
    found = outcomes(files, far)
    assert len(found) == 13
    assert set(found.values()) == {"examined"}


def test_what_is_too_large_is_not_carried_at_all():
    found = outcomes({b"huge.pst": b""}, FarMemory("memory", {}), sizes={b"huge.pst": 100_001})
    assert found == {"huge.pst": ProblemCode.LIMIT}


def test_a_surprise_of_a_source_is_the_trouble_of_its_items():
    class Surprising(FarMemory):
        def open(self, item):
            raise ValueError("Jo Bloggs")

        def fetch(self, items):
            raise ValueError("Jo Bloggs")

    files = {b"a.txt": b"one", b"b.txt": b"two"}
    assert outcomes(files, Surprising("memory", files)) == {"a.txt": ProblemCode.CORRUPT, "b.txt": ProblemCode.CORRUPT}


def test_a_run_that_ends_in_the_middle_leaves_no_copy_open():
    files = {f"{number}.txt".encode(): b"text" for number in range(120)}
    before = open_files()
    executor = CarryingExecutor(SerialExecutor(MakeTools({}, BUDGET)), {"memory": FarMemory("memory", files)}, BUDGET)

    def record(item, after, batch):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        executor.run([Task(an_item(name, 4)) for name in files], record)
    assert open_files() == before


def test_a_source_that_nobody_gave_a_courtesy_is_read_at_ease():
    """The second pass over pictures is an executor of its own."""
    files = {b"a.txt": b"one", b"b.txt": b"two"}
    far = FarMemory("memory", files)
    executor = executor_of(Settings(), MakeTools({}, BUDGET), {"memory": far}, serial=True)
    recorded = []
    executor.run(
        [Task(an_item(name, 3)) for name in files], lambda *what: recorded.append(what[2].examinations[0].outcome)
    )
    assert recorded == ["examined", "examined"]


def test_a_run_that_is_interrupted_does_not_wait_for_what_is_being_fetched():
    endless = Endless("memory", {b"a.txt": b"one"})

    class Interrupted:
        def run(self, work, record):
            next(iter(work))
            endless.is_read.wait()
            raise KeyboardInterrupt

    executor = CarryingExecutor(Interrupted(), {"memory": endless}, Budget())
    before = open_files()
    with pytest.raises(KeyboardInterrupt):
        executor.run([Task(an_item(b"a.txt", 3)), Task(an_item(b"endless.pst", 2**30))], lambda *_: None)
    assert open_files() == before


@dataclass(frozen=True)
class Endless(FarMemory):
    """A source of which one file is never read to its end."""

    is_read: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        if item.size < 2**30:
            with super().open(item) as opened:
                yield opened
        else:
            yield Opened(self, item.version, item.size)

    def read(self, size: int) -> bytes:
        self.is_read.set()
        return b"x"
