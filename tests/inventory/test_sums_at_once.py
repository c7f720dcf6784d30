"""Two hosts change an item and what it is counted by in the same moment: the sums are right, whoever comes first."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

import pytest
from inventories import an_inventory_at
from scan_driver import FILES, scan

from inventory.engine import writing
from inventory.sums import sums_differ

pytestmark = pytest.mark.servers

_ONE = "(SELECT min(id) FROM item WHERE content_id IS NOT NULL AND part = '')"
_OF_ONE = f"(SELECT content_id FROM item WHERE id = {_ONE})"
WAITING = "UPDATE item SET content_id = NULL, outcome = NULL WHERE id = (SELECT max(id) FROM item WHERE part = '')"
LINKED = f"UPDATE item SET content_id = {_OF_ONE}, outcome = 'examined' WHERE content_id IS NULL AND part = ''"
LEFT = f"UPDATE item SET content_id = NULL, outcome = NULL WHERE id = {_ONE}"
GONE = f"UPDATE item SET gone = 1 WHERE id = {_ONE}"
COPIED = (
    "INSERT INTO item (dir_id, name, part, kind, size, version, first_seen, pipeline, misnamed, outcome, content_id) "
    f"SELECT dir_id, 'copy', '', kind, size, version, first_seen, pipeline, misnamed, outcome, content_id FROM item "
    f"WHERE id = {_ONE}"
)
REMOVED = f"DELETE FROM item WHERE id = {_ONE} OR id IN (SELECT id FROM item WHERE part <> '')"
JUDGED = f"UPDATE content SET risk = 99, personal = true WHERE id = {_OF_ONE}"
WRITTEN = "UPDATE item SET size = size + 7 WHERE part = ''"
REASSIGNED = "UPDATE dir SET service_id = (SELECT max(id) FROM service)"


@pytest.fixture
def database(postgres_url):
    engine = an_inventory_at(postgres_url)
    scan(engine, FILES)
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO service (name) VALUES ('Another')")
        connection.exec_driver_sql(WAITING)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("item", [LINKED, LEFT, GONE, COPIED, REMOVED])
@pytest.mark.parametrize("first", ["item", "content"])
def test_an_item_and_its_content_changed_in_the_same_moment(database, item, first):
    _at_once(database, *((item, JUDGED) if first == "item" else (JUDGED, item)))
    assert sums_differ(database) == 0


@pytest.mark.parametrize("first", [WRITTEN, REASSIGNED])
def test_an_item_and_whose_its_folder_is_changed_in_the_same_moment(database, first):
    _at_once(database, first, WRITTEN if first == REASSIGNED else REASSIGNED)
    assert sums_differ(database) == 0


def _at_once(database, first: str, second: str) -> None:
    """The second begins when the first is done but not yet committed."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(1))
        with writing(database) as connection:
            connection.exec_driver_sql(first)
            other = pool.submit(_alone, database, second)
            _until_it_waits(database, other)
        other.result(60)


def _alone(database, statement: str) -> None:
    with writing(database) as connection:
        connection.exec_driver_sql(statement)


def _until_it_waits(database, other: Future[None]) -> None:
    """Until it is done, or waits for the first."""
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(3_000):
        with database.connect() as connection:
            if other.done() or connection.exec_driver_sql(waits).scalar_one():
                return
        Event().wait(0.01)
    raise AssertionError("the second neither ended nor waited")
