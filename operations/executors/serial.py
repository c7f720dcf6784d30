"""One item after another in this process: for debugging and tests. Nothing stops an item that hangs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from operations.examine import Toolkit, examine
from operations.executor import Counts, Record, Task, tools_for


class SerialExecutor:
    def __init__(self, make_tools: Callable[[], Toolkit]) -> None:
        self._make_tools = make_tools

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        """Examine and record in turn. The clocks and the memory limit of the budget are not kept."""
        tools = self._make_tools()
        batches = 0
        for task in work:
            after, going = task.after, True
            while going:
                batch = examine(task.item, tools_for(task, tools), after)
                record(task.item, after, batch)
                batches += 1
                after, going = batch.rest, batch.rest is not None
        return Counts(batches)
