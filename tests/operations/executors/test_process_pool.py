"""What only a pool of processes can promise: an item that hangs, dies or eats memory costs nobody else anything."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter

import psutil
import pytest
from builders import a_zip, an_item
from fakes import MakeTools

from domain.errors import MunimentError
from domain.examination import Examination
from operations.executor import Task
from operations.executors import spool
from operations.executors.processes import ProcessExecutor
from operations.executors.watch import workers_of
from operations.executors.worker import Lifetime
from scanner.budget import MIB, Budget

pytestmark = pytest.mark.slow

SPAWN = multiprocessing.get_context("spawn")
BUDGET = Budget(seconds=2.0, memory=400 * MIB)


def run(files, budget: Budget = BUDGET) -> dict[str, Examination]:
    examined: dict[str, Examination] = {}

    def record(item, after, batch):
        for examination in batch.examinations:
            assert examination.item.ref.path not in examined
            examined[examination.item.ref.path] = examination

    work = [Task(an_item(name, len(content))) for name, content in files.items()]
    ProcessExecutor(MakeTools(files, budget), 2, budget).run(work, record)
    return examined


def problems(examined: dict[str, Examination]) -> dict[str, str]:
    return {path: e.problem.code for path, e in examined.items() if e.problem is not None}


def test_of_sixty_items_with_a_segfault_and_a_hang_fifty_eight_are_examined_and_two_are_named():
    files = {f"{number:02}.txt".encode(): b"text" for number in range(60)}
    files |= {b"17.txt": b"segfault", b"41.txt": b"hang with the GIL"}
    examined = run(files)
    assert len(examined) == 60
    assert problems(examined) == {"17.txt": "crashed", "41.txt": "timeout"}


@pytest.mark.parametrize(
    ("order", "code"),
    [("hang", "timeout"), ("hang with the GIL", "timeout"), ("exit", "crashed"), ("eat memory", "memory")],
)
def test_a_misbehaving_reader_costs_its_item_alone(order, code):
    files = {b"a.txt": b"text", b"bad.txt": order.encode(), b"c.txt": b"text"}
    assert problems(run(files)) == {"bad.txt": code}


def test_inside_a_container_the_one_part_is_named_and_its_sisters_are_examined():
    members = {f"{number}.txt": b"text" for number in range(6)} | {"3.txt": b"segfault", "5.txt": b"hang"}
    examined = run({b"some.zip": a_zip(members), b"other.txt": b"text"})
    assert len(examined) == 8
    assert problems(examined) == {"some.zip > 3.txt": "crashed", "some.zip > 5.txt": "timeout"}


def test_a_part_that_hangs_deep_in_a_batch_costs_two_kills_and_no_more():
    members = {f"{number:02}.txt": b"text" for number in range(30)} | {"17.txt": b"hang"}
    files = {b"some.zip": a_zip(members)}
    recorded = []
    executor = ProcessExecutor(MakeTools(files, BUDGET), 2, BUDGET)
    counts = executor.run([Task(an_item(b"some.zip", len(files[b"some.zip"])))], lambda *what: recorded.append(what))
    outcomes = [e for _, _, batch in recorded for e in batch.examinations if e.item.ref.part]
    assert len(outcomes) == 30
    assert {e.item.ref.part: e.problem.code for e in outcomes if e.problem} == {("17.txt",): "timeout"}
    assert counts.retried == 1


def test_a_worker_that_keeps_memory_is_replaced_before_it_costs_an_item_anything():
    files = {f"{number:02}.txt".encode(): b"keep memory" for number in range(12)}
    outcomes: Counter[str] = Counter()
    work = [Task(an_item(name, len(content))) for name, content in files.items()]
    counts = ProcessExecutor(MakeTools(files, BUDGET), 1, BUDGET).run(
        work, lambda item, after, batch: outcomes.update(e.outcome for e in batch.examinations)
    )
    assert outcomes == {"examined": 12}
    assert counts.retried == 0


def test_a_worker_past_its_time_ends_when_asked_to_whatever_native_code_it_is_in():
    assert problems(run({b"a.txt": b"raise unless mortal"})) == {}


def test_a_worker_takes_one_task_at_least_and_no_more_than_are_allotted():
    assert Lifetime(1) > 0
    assert not Lifetime(1) > 1


def test_what_a_killed_native_reader_left_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "_FOLDER", tmp_path)
    began = time.time() - 60
    left, fresh, used, other = (tmp_path / f"apache-tika-{name}.tmp" for name in ("left", "fresh", "used", "other"))
    for path in (left, fresh, used, other):
        path.write_text("what was read")
    for path in (left, used):
        os.utime(path, (began + 5, began + 5))
    os.utime(other, (began - 60, began - 60))
    with used.open():
        spool.sweep_spool(began)
    assert {path.name for path in tmp_path.iterdir()} == {fresh.name, used.name, other.name}


def test_workers_that_cannot_be_prepared_end_the_run_with_the_reason():
    executor = ProcessExecutor(MakeTools({b"a.txt": b""}, fails=True), 2, BUDGET)
    with pytest.raises(MunimentError, match="model is missing"):
        executor.run([Task(an_item())], lambda *what: None)


def test_idle_workers_killed_from_outside_are_replaced():
    files = {f"{number:03}.txt".encode(): b"text" for number in range(120)}
    seen: Counter[str] = Counter()

    def record(item, after, batch):
        seen.update(e.outcome for e in batch.examinations)
        if seen.total() in (30, 60):
            for worker in workers_of(psutil.Process()):
                worker.kill()

    work = [Task(an_item(name, 4)) for name in files]
    ProcessExecutor(MakeTools(files, BUDGET), 2, BUDGET).run(work, record)
    assert seen == {"examined": 120}


def test_no_worker_outlives_the_run():
    run({b"a.txt": b"hang", b"b.txt": b"text"})
    assert not workers_of(psutil.Process())


def test_a_worker_that_hangs_ends_with_a_host_that_is_killed():
    here, there = SPAWN.Pipe(duplex=False)
    host = SPAWN.Process(target=host_of_a_worker_that_hangs, args=(there,))
    host.start()
    assert here.poll(120)
    left = workers_of(psutil.Process(host.pid))
    host.kill()
    _, alive = psutil.wait_procs(left, timeout=30)
    for one in alive:
        one.kill()
    assert left
    assert not alive


def host_of_a_worker_that_hangs(there) -> None:
    """Tells when the item before is done, so that the worker is at the one with which it hangs."""
    files, budget = {b"a.txt": b"text", b"b.txt": b"hang with the GIL"}, Budget(seconds=600.0, memory=400 * MIB)
    work = [Task(an_item(name, len(content))) for name, content in files.items()]
    ProcessExecutor(MakeTools(files, budget), 1, budget).run(work, lambda *_: there.send("done"))
