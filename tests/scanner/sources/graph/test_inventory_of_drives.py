"""What the real inventory makes of a drive that is listed by what changed in it."""

from __future__ import annotations

from datetime import date

import pytest
from graph_readings import ALICE, SITE
from inventories import an_inventory
from scan_driver import NOW, a_recorder

from domain.errors import Problem, ProblemCode
from domain.examination import Batch
from inventory.queries import Inventory
from operations.scanning.reading import failed


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


def scan(database, source) -> list[str]:
    """One whole scan, in which nothing can be read; returns the paths of what was to be."""
    recorder = a_recorder(database, today=date(2026, 6, 1))
    asked = []

    def work_off(todo):
        for one in todo:
            asked.append(one.item.ref.path)
            recorder.record(one.item, one.after, Batch((failed(one.item, Problem(ProblemCode.NO_TEXT), begun=False),)))

    for listing in source.list(recorder.state_of):
        work_off(recorder.note(listing))
    recorder.settle()
    work_off(recorder.waiting())
    recorder.finish(NOW, complete=True)
    return asked


def held(database) -> set[str]:
    return {one.record.ref.path for one in Inventory(database).held()}


def test_a_renamed_folder_a_moved_file_and_a_deleted_one_are_known_again(graph, opened, database):
    drive = graph.add_library(SITE)
    for path in ("plan.docx", "Housing/2019/tenancy.txt", "Housing/plan.docx", "Roads/plan.docx"):
        graph.put(drive, path, path.encode())
    graph.add_mailbox(ALICE)
    message = graph.deliver(ALICE, "Inbox", b"Subject: hello\r\n\r\n")
    source = opened(sites=(SITE,), mailboxes=(ALICE,))
    assert len(scan(database, source)) == 5
    assert scan(database, source) == []
    graph.move_entry(drive, "Housing", "Homes")
    graph.move_entry(drive, "plan.docx", "Roads/plan 2.docx")
    graph.delete_entry(drive, "Roads/plan.docx")
    graph.move_message(ALICE, message, "Filed")
    assert scan(database, source) == []
    library = f"{SITE}/Documents"
    files = {path for path in held(database) if path.startswith(library)}
    assert files == {f"{library}/{at}" for at in ("Homes/2019/tenancy.txt", "Homes/plan.docx", "Roads/plan 2.docx")}
    assert len(held(database) - files) == 1
    graph.forget_changes()
    assert scan(database, source) == []
    assert len(held(database)) == 4
