"""Opening an inventory on PostgreSQL: passwords, one writer of a kind, one migration, and what is refused."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from postgres_servers import PASSWORD, running_postgres
from scan_driver import FILES, held, scan

from inventory.address import PASSWORD_VARIABLE, parsed, with_password_file
from inventory.engine import InventoryError, check_inventory, connect, only_scan, open_inventory, reading, writing
from inventory.queries import Inventory

SERVER = pytest.mark.servers


@pytest.fixture
def guarded(postgres_url, postgres_server) -> str:
    """A URL whose role needs a password."""
    return postgres_server.url(postgres_url.rpartition("/")[2], "guarded")


@SERVER
def test_a_scan_into_postgresql_gives_the_same_inventory_as_into_sqlite(postgres_url, tmp_path):
    seen = []
    for url in (postgres_url, f"sqlite:///{tmp_path / 'inventory.db'}"):
        database = open_inventory(url, create=True)
        scan(database, FILES)
        scan(database, {**FILES, b"a.txt": b"another"}, version=b"v2")
        inventory = Inventory(database)
        seen.append((held(database), inventory.coverage(), inventory.services(), inventory.kinds()))
        database.dispose()
    assert seen[0] == seen[1]


@SERVER
def test_the_password_comes_from_its_file(guarded, tmp_path):
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    file.chmod(0o600)
    url = with_password_file(guarded, file)
    assert PASSWORD not in url
    assert "PostgreSQL" in check_inventory(url)
    file.chmod(0o640)
    with pytest.raises(InventoryError, match="chmod 600"):
        connect(url)


@SERVER
def test_the_password_comes_from_the_environment(guarded, monkeypatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    assert "PostgreSQL" in check_inventory(guarded)


@SERVER
def test_a_wrong_password_is_named_and_not_shown(guarded, monkeypatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, "a wrong word")
    with pytest.raises(InventoryError, match=r"inventory\.password_file") as refusal:
        open_inventory(guarded, create=False)
    assert "a wrong word" not in str(refusal.value) + str(refusal.value.__cause__)


def test_a_password_in_the_url_is_refused_and_not_shown():
    with pytest.raises(InventoryError, match="password_file") as refusal:
        parsed("postgresql://writer:hush@db.example/muniment")
    assert "hush" not in str(refusal.value)


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(InventoryError, match="Is the server there"):
        open_inventory("postgresql://postgres@127.0.0.1:1/muniment", create=False)


@SERVER
def test_a_database_that_orders_text_otherwise_is_refused(postgres_server):
    postgres_server.run("CREATE DATABASE otherwise TEMPLATE template0 LOCALE 'C.UTF-8'")
    with pytest.raises(InventoryError, match="LOCALE 'C'"):
        open_inventory(postgres_server.url("otherwise"), create=True)
    postgres_server.drop(postgres_server.url("otherwise"))


@SERVER
def test_two_hosts_that_open_an_empty_database_at_once_both_find_it_made(postgres_server):
    url = postgres_server.fresh(template=None)
    both = threading.Barrier(2)

    def opened(_host: int) -> str:
        both.wait(30)
        open_inventory(url, create=True).dispose()
        return check_inventory(url)

    with ThreadPoolExecutor(2) as hosts:
        assert len(set(hosts.map(opened, range(2)))) == 1
    postgres_server.drop(url)


def test_a_second_scan_of_one_inventory_is_refused_until_the_first_has_ended(inventory_url):
    with only_scan(inventory_url), pytest.raises(InventoryError, match="Another scan"), only_scan(inventory_url):
        pass
    with only_scan(inventory_url):
        pass


def test_what_a_newer_program_wrote_is_refused(database, inventory_url):
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(InventoryError, match="newer Muniment"):
        open_inventory(inventory_url, create=False)


@SERVER
def test_postgresql_compiles_no_query_of_ours(postgres_url):
    """A page of a large inventory is read in less time than that takes."""
    database = open_inventory(postgres_url, create=False)
    with reading(database) as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == "off"
    with writing(database) as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == "off"
    database.dispose()


@SERVER
def test_what_is_in_a_row_is_not_in_an_error(postgres_url):
    database = open_inventory(postgres_url, create=False)
    statement = "INSERT INTO service (name) VALUES ('Thornbury')"
    with writing(database) as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(InventoryError, match="UniqueViolation") as refusal, writing(database) as connection:
        connection.exec_driver_sql(statement)
    assert "Thornbury" not in str(refusal.value)
    database.dispose()


@SERVER
def test_a_reader_sees_one_state_of_the_inventory_and_cannot_write(postgres_url):
    database = open_inventory(postgres_url, create=False)
    with reading(database) as view:
        assert view.exec_driver_sql("SELECT count(*) FROM service").scalar_one() == 0
        with writing(database) as connection:
            connection.exec_driver_sql("INSERT INTO service (name) VALUES ('Housing')")
        assert view.exec_driver_sql("SELECT count(*) FROM service").scalar_one() == 0
    with pytest.raises(InventoryError), reading(database) as view:
        view.exec_driver_sql("INSERT INTO service (name) VALUES ('Roads')")
    database.dispose()


@SERVER
def test_a_server_that_was_restarted_is_found_again():
    with running_postgres() as server:
        database = open_inventory(server.url("muniment_migrated"), create=False)
        server.stop(at_once=True)
        server.start()
        assert Inventory(database).coverage().total.items == 0
        database.dispose()


def test_the_log_that_grew_under_a_reader_is_made_small_again_behind_it(tmp_path):
    """While a reader keeps an old view, what is written cannot be put in its place: the log of it grows."""
    file = tmp_path / "inventory.db"
    database, log = open_inventory(f"sqlite:///{file}", create=True), tmp_path / "inventory.db-wal"
    with reading(database) as reader:
        reader.exec_driver_sql("SELECT count(*) FROM setting").scalar_one()
        for turn in range(18):
            _write_four_mebibytes(database, turn)
        grown = log.stat().st_size
    for turn in range(13):
        _write_four_mebibytes(database, turn)
    assert grown > 64 * 1024 * 1024
    assert log.stat().st_size <= 64 * 1024 * 1024
    database.dispose()


def _write_four_mebibytes(database, turn):
    with writing(database) as connection:
        statement = "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        connection.exec_driver_sql(statement, ("large", f"{turn:02}" * 2 * 1024 * 1024))
