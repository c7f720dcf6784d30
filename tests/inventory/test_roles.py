"""The roles of the operator's guide, made by its own statements, can do what it says and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scan_driver import FILES, held, scan

from inventory.engine import InventoryError, connect, open_inventory, reading, writing
from inventory.views import VIEWS, rows_of

pytestmark = pytest.mark.servers

GUIDE = Path(__file__).parents[2] / "docs" / "operator.md"
ROLES = ("muniment_owner", "muniment_writer", "muniment_reader", "muniment_figures", "muniment_reader_paths")


@pytest.fixture
def urls(postgres_server):
    """The URL of each role, in a database that was made as the guide says."""
    server_wide, in_database, after = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    for statement in server_wide.strip().split("\n"):
        postgres_server.run(statement)
    postgres_server.run(in_database, "muniment")
    urls = {role: postgres_server.url("muniment", role) for role in ROLES}
    open_inventory(urls["muniment_owner"], create=True).dispose()
    postgres_server.run(after, "muniment")
    yield urls
    postgres_server.drop(postgres_server.url("muniment"))
    for role in ROLES:
        postgres_server.run(f"DROP ROLE {role}")


def test_each_role_can_do_what_it_is_for(urls):
    writer = open_inventory(urls["muniment_writer"], create=False)
    reader = open_inventory(urls["muniment_reader"], create=False)
    assert scan(writer, FILES) != []
    assert held(reader) == held(writer) != {}
    writer.dispose()
    reader.dispose()


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("muniment_reader", "DELETE FROM item"),
        ("muniment_writer", "DELETE FROM audit"),
        ("muniment_writer", "UPDATE audit SET act = ''"),
        ("muniment_writer", "DROP TABLE item"),
        ("muniment_writer", "CREATE TABLE mine (id int)"),
    ],
)
def test_no_role_can_do_more(urls, role, statement):
    database = open_inventory(urls[role], create=False)
    with pytest.raises(InventoryError, match="lacks a right"), writing(database) as connection:
        connection.exec_driver_sql(statement)
    database.dispose()


@pytest.mark.parametrize(("role", "names"), [("muniment_figures", False), ("muniment_reader_paths", True)])
def test_a_tool_reads_figures_and_paths_by_another_role_alone(urls, role, names):
    database = connect(urls[role])
    for view in VIEWS:
        if view.names and not names:
            with pytest.raises(InventoryError, match="lacks a right"):
                list(rows_of(database, view))
        else:
            assert list(rows_of(database, view)) is not None
    with pytest.raises(InventoryError, match="lacks a right"), reading(database) as connection:
        connection.exec_driver_sql("SELECT name FROM item")
    database.dispose()
