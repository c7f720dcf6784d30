"""An executor has items examined, somewhere, and their batches recorded here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from domain.examination import Batch, Cursor
from domain.item import Item
from operations.toolkit import Toolkit
from scanner.sources.carried import Carried, CarriedSource


@dataclass(frozen=True, slots=True)
class Task:
    """One item to examine, from `after` on. The next `single` parts go one at a time, so that blame is for one part.

    With `carried` its bytes come with it, for its source cannot be reached from where it is examined. A `proof` is of
    an item that has not changed, and was drawn to be read again.
    """

    item: Item
    after: Cursor | None = None
    single: int = 0
    carried: Carried | None = None
    proof: bool = False


Record = Callable[[Item, Cursor | None, Batch], None]
"""Writes a batch down; called in the process that holds the inventory, once for each batch of each item."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What an executor did: batches recorded, and how many items were examined again because a worker died."""

    batches: int = 0
    retried: int = 0


class Executor(Protocol):
    """Runs examinations. Every item handed in comes back through `record`, with a problem where it must."""

    def run(self, work: Iterable[Task], record: Record) -> Counts: ...


def tools_for(task: Task, tools: Toolkit) -> Toolkit:
    """The tools with which a task's item can be opened: where its bytes come with it, those are its source."""
    if task.carried is None:
        return tools
    name = task.item.ref.source
    return replace(tools, sources={name: CarriedSource(name, task.carried)})
