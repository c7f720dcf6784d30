"""What every executor keeps, whatever it runs on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_zip, an_item, an_mbox
from fakes import FarMemory, MakeTools
from leasing import Cluster, LeasedExecutor

from domain.examination import Batch, Cursor, Outcome
from domain.item import Item
from operations.executor import Executor, Task
from operations.executors.carrying import CarryingExecutor
from operations.executors.processes import ProcessExecutor
from operations.executors.serial import SerialExecutor

KINDS = {
    "serial": lambda tools: SerialExecutor(tools),
    "processes": lambda tools: ProcessExecutor(tools, 2, tools.budget),
    "serial, from afar": lambda tools: from_afar(tools, SerialExecutor),
    "processes, from afar": lambda tools: from_afar(tools, lambda near: ProcessExecutor(near, 2, tools.budget)),
}


def from_afar(tools: MakeTools, executor_of) -> Executor:
    """An executor whose workers can reach nothing themselves."""
    far = FarMemory("memory", tools.files)
    return CarryingExecutor(executor_of(replace(tools, files={})), {"memory": far}, tools.budget)


LEASED = {
    "leased, serial": KINDS["serial"],
    "leased, processes": KINDS["processes"],
    "leased, serial, from afar": KINDS["serial, from afar"],
}
"""Kinds with which worker hosts examine what was leased to them, here two; they record, and not who leases."""


def marked(kind: str):
    marks = [pytest.mark.slow] if "processes" in kind else []
    marks += [pytest.mark.servers] if kind in LEASED else []
    return pytest.param(kind, marks=marks)


@pytest.fixture(params=[marked(kind) for kind in (*KINDS, *LEASED)])
def kind(request):
    if request.param in KINDS:
        yield KINDS[request.param]
        return
    cluster = Cluster(request.getfixturevalue("postgres_url"))
    yield lambda tools: LeasedExecutor(cluster, lambda: LEASED[request.param](tools))
    cluster.database.dispose()


def run(executor: Executor, files) -> list[tuple[Item, Cursor | None, Batch]]:
    recorded = []
    work = (Task(an_item(name, len(content))) for name, content in files.items())
    executor.run(work, lambda *what: recorded.append(what))
    return recorded


def test_every_item_comes_back_once(kind):
    files = {f"{number}.txt".encode(): b"text" for number in range(20)}
    recorded = run(kind(MakeTools(files)), files)
    assert sorted(item.ref.locator for item, _, _ in recorded) == sorted(files)
    assert all(batch.examinations[0].outcome is Outcome.EXAMINED for _, _, batch in recorded)


def test_a_container_comes_back_in_batches_that_join_up(kind):
    files = {b"team.mbox": an_mbox(120)}
    recorded = run(kind(MakeTools(files)), files)
    assert len(recorded) > 2
    assert recorded[0][1] is None
    assert [after for _, after, _ in recorded[1:]] == [batch.rest for _, _, batch in recorded[:-1]]
    parts = [e.item.ref.part for _, _, batch in recorded for e in batch.examinations if e.item.ref.part]
    assert len(parts) == len(set(parts)) == 120


def test_the_trouble_of_one_item_is_that_items_alone(kind):
    files = {b"good.zip": a_zip({"a.txt": b"text", "b.txt": b"raise"}), b"bad.zip": b"PK\3\4 not really"}
    recorded = run(kind(MakeTools(files)), files)
    outcomes = {e.item.ref.path: e.outcome for _, _, batch in recorded for e in batch.examinations}
    assert outcomes["good.zip > a.txt"] is Outcome.EXAMINED
    assert outcomes["good.zip > b.txt"] is Outcome.UNREADABLE
    assert outcomes["bad.zip"] is not Outcome.EXAMINED


def test_an_item_that_is_gone_is_named(kind):
    recorded = []
    kind(MakeTools({})).run([Task(an_item(b"gone.txt"))], lambda *what: recorded.append(what))
    problem = recorded[0][2].examinations[0].problem
    assert problem is not None
    assert problem.code == "vanished"


def test_without_work_nothing_is_started(kind):
    counts = kind(MakeTools({}, fails=False)).run([], lambda *what: None)
    assert counts.batches == 0
