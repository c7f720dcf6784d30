"""Folders that could not be listed are items where they lie, for as long as that is so and no longer."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from builders import an_item
from fakes import MakeTools
from scan_driver import HERE, NOW, PIPELINE

from domain.errors import Problem, ProblemCode
from domain.item import Item, Listing
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.executors.serial import SerialExecutor
from operations.scanning.scan import Progress, Run, scan
from scanner.source import Known, nothing_known
from scanner.sources.memory import MemorySource


@dataclass
class Tree:
    """A folder in which nothing ever changes, and another in it; `tells` its state, or is known by its looks."""

    tells: bool
    trouble: Problem | None = None

    name = "memory"

    def list(self, known: Known = nothing_known):
        if known(b"") == b"top":
            yield Listing(b"", (), state=b"top", since_known=True)
        else:
            yield Listing(b"", (an_item(b"a", 4),), state=b"top" if self.tells else b"")
        items = () if self.trouble else (an_item(b"Sub/b", 4),)
        yield Listing(b"Sub", items, complete=not self.trouble, problem=self.trouble)

    def open(self, item: Item):
        return MemorySource("memory", {b"a": b"text", b"Sub/b": b"text"}).open(item)


def scanned(database, tree: Tree) -> dict[str, str]:
    """One scan; the outcome or problem of everything that is held after it."""
    recorder = Recorder(database, HERE, Pipeline(PIPELINE), NOW.date(), lambda _: "All")
    recorder.begin(NOW, "detector 1", "key 1")
    tools = MakeTools({})()
    own = type(tools)({"memory": tree}, tools.classifier, tools.pipeline, tools.extractor_for, budget=tools.budget)
    scan(tree, Run(recorder, Progress(), lambda _: None), SerialExecutor(lambda: own))
    records = (one.record for one in Inventory(database).held())
    return {one.ref.path: one.problem.code if one.problem else one.outcome for one in records}


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("code", [ProblemCode.DENIED, ProblemCode.CORRUPT])
def test_a_folder_that_can_be_listed_again_is_no_problem_any_more_though_nothing_changed_above_it(
    database, code, tells
):
    tree = Tree(tells)
    whole = {"a": "examined", "Sub/b": "examined"}
    assert scanned(database, tree) == whole
    tree.trouble = Problem(code)
    for _ in range(3):
        assert scanned(database, tree) == whole | {"Sub": code}
    tree.trouble = None
    for _ in range(2):
        assert scanned(database, tree) == whole
