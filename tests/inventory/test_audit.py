"""The audit trail in each database: one chain however many write, and nothing of it changed or deleted unseen."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from domain.audit import Act, AuditKey, Entry, Event, Fault, verify
from inventory.audit import append, entries, keep_audit_key, latest
from inventory.engine import InventoryError, connect, open_inventory, reading, writing
from inventory.schema import downgrade, migrate

KEY = AuditKey(b"k" * 32)
SPAWN = multiprocessing.get_context("spawn")


def an_event(subject: str = "", **facts) -> Event:
    return Event(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "amy", "ig-officer", "bo", "password", "web", Act.SCAN_BEGUN,
                 subject, facts)  # fmt: skip


def write(database, *events: Event) -> None:
    with writing(database) as connection:
        append(connection, KEY, events)


@pytest.fixture
def told(database):
    for number in range(5):
        write(database, *(an_event(f"scan:{number}", listed=number, name="ü\\u2028") for _ in range(3)))
    return database


def by_hand(database, *statements: str) -> None:
    """Change the trail as somebody would who owns the database and takes the triggers away."""
    with writing(database) as connection:
        if database.dialect.name == "sqlite":
            for name in ("unchanged", "undeleted", "in_turn"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_{name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))


def fault_of(database, head=None) -> Fault | None:
    return verify(entries(database), KEY, head).fault


def test_what_is_written_comes_back_in_order_and_whole(told):
    verdict = verify(entries(told), KEY)
    assert (verdict.entries, verdict.fault) == (15, None)
    last = latest(told, 1)[0]
    assert (last.number, last.account, last.on_behalf_of, last.act) == (15, "amy", "bo", "scan.begun")
    assert last.when == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert [entry.number for entry in latest(told, 9, "scan:1")] == [4, 5, 6]


def test_a_change_that_fails_leaves_no_entry(told):
    with suppress(LookupError), writing(told) as connection:
        append(connection, KEY, [an_event()])
        raise LookupError
    assert len(latest(told, 99)) == 15


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET account = 'bo' WHERE number = 3",
        "UPDATE audit SET number = 99 WHERE number = 15",
        "DELETE FROM audit WHERE number = 15",
        "DELETE FROM audit",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_entries(told, statement):
    with pytest.raises(InventoryError), writing(told) as connection:
        connection.execute(text(statement))
    assert (len(latest(told, 99)), fault_of(told)) == (15, None)


def test_an_entry_is_not_replaced_either(told):
    columns = "number, at, account, role, on_behalf_of, proof, door, act, subject, facts, mac"
    kind = "REPLACE" if told.dialect.name == "sqlite" else "INSERT"
    statement = f"{kind} INTO audit ({columns}) SELECT {columns.replace('account', ':who')} FROM audit WHERE number = 3"
    with pytest.raises(InventoryError), writing(told) as connection:
        connection.execute(text(statement), {"who": "bo"})
    assert fault_of(told) is None


@pytest.mark.servers
def test_on_postgresql_the_table_is_not_emptied_and_a_writer_needs_no_right_to_change_it(postgres_url, postgres_server):
    database = open_inventory(postgres_url, create=False)
    write(database, an_event())
    with pytest.raises(InventoryError), writing(database) as connection:
        connection.execute(text("TRUNCATE audit"))
    name = postgres_url.rpartition("/")[2]
    for statement in (
        "DROP ROLE IF EXISTS audit_writer", "CREATE ROLE audit_writer LOGIN",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO audit_writer",
        "REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM audit_writer",
    ):  # fmt: skip
        postgres_server.run(statement, name)
    writer = connect(postgres_server.url(name, "audit_writer"))
    write(writer, an_event())
    for statement in ("UPDATE audit SET account = 'bo'", "DELETE FROM audit", "ALTER TABLE audit DISABLE TRIGGER ALL"):
        with pytest.raises(InventoryError), writing(writer) as connection:
            connection.execute(text(statement))
    assert (len(latest(database, 9)), fault_of(database)) == (2, None)
    writer.dispose()
    database.dispose()
    postgres_server.run("DROP OWNED BY audit_writer; DROP ROLE audit_writer", name)


COLUMNS = [name for name in Entry.__slots__ if name != "number"]


def test_a_change_is_found_in_every_column(told):
    seventh = next(entry for entry in entries(told) if entry.number == 7)
    by_hand(told)
    for column in COLUMNS:
        old = getattr(seventh, column)
        new = bytes([old[0] ^ 1]) + old[1:] if isinstance(old, bytes) else old + type(old)(1)
        for value, fault in ((new, Fault.ALTERED), (old, None)):
            with writing(told) as connection:
                connection.execute(text(f"UPDATE audit SET {column} = :value WHERE number = 7"), {"value": value})
            assert fault_of(told) is fault, column


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["DELETE FROM audit WHERE number = 7"], Fault.OUT_OF_ORDER),
        (["DELETE FROM audit WHERE number = 1"], Fault.OUT_OF_ORDER),
        (["DELETE FROM audit WHERE number = 7", "UPDATE audit SET number = number - 1000 WHERE number > 7",
          "UPDATE audit SET number = number + 999 WHERE number < 0"], Fault.ALTERED),
        (["UPDATE audit SET number = -1 WHERE number = 4", "UPDATE audit SET number = 4 WHERE number = 5",
          "UPDATE audit SET number = 5 WHERE number = -1"], Fault.ALTERED),
        (["INSERT INTO audit SELECT 16, at, account, role, on_behalf_of, proof, door, act, subject, facts, mac "
          "FROM audit WHERE number = 15"], Fault.ALTERED),
        (["INSERT INTO audit SELECT -5, at, account, role, on_behalf_of, proof, door, act, subject, facts, mac "
          "FROM audit WHERE number = 15"], Fault.OUT_OF_ORDER),
    ],
    ids=["dropped", "first dropped", "dropped and closed up", "swapped", "added", "added before all"],
)  # fmt: skip
def test_a_row_that_was_dropped_swapped_or_added_is_found(told, statements, fault):
    by_hand(told, *statements)
    assert fault_of(told) is fault


def test_a_tail_that_was_cut_is_found_with_the_exported_head(told):
    last = latest(told, 1)[0]
    head = KEY.head(last.number, last.mac, last.at)
    by_hand(told, "DELETE FROM audit WHERE number > 12")
    assert fault_of(told) is None
    assert fault_of(told, head) is Fault.CUT


def write_some(url: str, key: AuditKey, name: str, barrier) -> None:
    database = open_inventory(url, create=False)
    barrier.wait(60)
    for number in range(20):
        with writing(database) as connection:
            append(connection, key, [an_event(f"{name}:{number}"), an_event(f"{name}:{number}")])
    database.dispose()


@pytest.mark.slow
def test_several_processes_at_once_write_one_chain(database, inventory_url):
    barrier = SPAWN.Barrier(3)
    writers = [SPAWN.Process(target=write_some, args=(inventory_url, KEY, name, barrier)) for name in "abc"]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
    assert [one.exitcode for one in writers] == [0, 0, 0]
    verdict = verify(entries(database), KEY)
    assert (verdict.entries, verdict.fault) == (120, None)
    subjects = [entry.subject for entry in entries(database)]
    # What was written together stands together.
    assert subjects[::2] == subjects[1::2]


def test_another_key_is_refused_once_there_is_a_trail(database):
    keep_audit_key(database, KEY)
    keep_audit_key(database, KEY)
    with pytest.raises(InventoryError, match="Put the old key back"):
        keep_audit_key(database, AuditKey(b"j" * 32))


def test_the_trail_is_made_by_its_migration_with_its_triggers(told):
    downgrade(told, "0004")
    migrate(told)
    assert latest(told, 1) == ()
    write(told, an_event())
    with pytest.raises(InventoryError), writing(told) as connection:
        connection.execute(text("DELETE FROM audit"))


def test_the_trail_can_be_read_while_it_is_written(told):
    chain = entries(told)
    first = next(chain)
    write(told, an_event())
    assert [first.number, *(entry.number for entry in chain)] == list(range(1, 16))
    with reading(told) as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == 16
