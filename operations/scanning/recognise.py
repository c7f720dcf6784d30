"""The second pass of a scan: reading the text in pictures, once everything else has its first answer."""

from __future__ import annotations

from collections.abc import Callable

from domain.examination import Batch, Cursor
from domain.item import Item
from inventory.ocr_queue import OcrQueue
from operations.executor import Executor, Task


def recognise(queue: OcrQueue, executor: Executor, watcher: Callable[[int], None]) -> None:
    """Work the queue off; `watcher` is told how many contents were read with each batch.

    Killed at any moment, the next pass goes on with what still waits.
    """

    def record(item: Item, after: Cursor | None, batch: Batch) -> None:  # noqa: ARG001  the executor's signature
        queue.record(item, batch)
        watcher(len(batch.examinations))

    executor.run((Task(item) for item in queue.items()), record)
