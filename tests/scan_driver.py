"""Drives the recorder as a scan does: over files in memory, in one process, to be stopped at any batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from builders import a_zip, an_item
from fakes import MakeTools

from domain.item import Listing
from inventory.places import Place
from inventory.queries import Inventory, Narrowing
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.examine import Toolkit, examine
from scanner.budget import Budget

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PIPELINE = "pipeline 1"


HERE = Place("memory", b"/memory")


def a_recorder(
    database, pipeline=PIPELINE, today=date(2026, 3, 2), key="key 1", limits="limits 1", place=HERE
) -> Recorder:
    def service_of(folder: bytes) -> str:
        return folder.decode().split("/")[0] or "Top"

    recorder = Recorder(database, place, Pipeline(pipeline, limits), today, service_of)
    recorder.begin(NOW, "detector 1", key)
    return recorder


def tools_over(database, files, budget: Budget | None = None, pipeline: str = PIPELINE) -> Toolkit:
    tools = MakeTools(files, budget or Budget())()
    inventory = Inventory(database)
    return replace(tools, known=lambda digest, media_type: inventory.knows(digest, media_type, pipeline))


def listings(files: Mapping[bytes, bytes], version: bytes = b"v1") -> list[Listing]:
    folders = sorted({name.rpartition(b"/")[0] for name in files} | {b""})
    return [
        Listing(folder, tuple(
            an_item(name, len(content), version=version + content[:8])
            for name, content in sorted(files.items()) if name.rpartition(b"/")[0] == folder
        ))
        for folder in folders
    ]  # fmt: skip


def scan(
    database, files, *, recorder=None, stop_after: int | None = None, budget=None, version=b"v1", tools=None
) -> list[str]:
    """Scan files in memory; return the paths that were examined. With `stop_after`, die behind so many batches."""
    recorder = recorder or a_recorder(database)
    tools = tools or tools_over(database, files, budget)
    examined: list[str] = []
    batches = 0
    for listing in listings(files, version):
        for todo in recorder.note(listing):
            examined.append(todo.item.ref.path)
            after, going = todo.after, True
            while going:
                batch = examine(todo.item, tools, after)
                recorder.record(todo.item, after, batch)
                batches += 1
                if batches == stop_after:
                    return examined
                after, going = batch.rest, batch.rest is not None
    recorder.settle()
    recorder.finish(NOW, complete=True)
    return examined


def held(database, **narrowing) -> dict[str, str]:
    found = Inventory(database).held(Narrowing(**narrowing))
    return {one.record.ref.path: one.record.outcome or "waiting" for one in found}


FILES = {b"a.txt": b"one", b"Finance/b.txt": b"NAMED", b"Finance/c.zip": a_zip({"x.txt": b"in", "y.txt": b"NAMED"})}
