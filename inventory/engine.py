"""Opening the database, in the one way that keeps it whole: migrated, with one writer of a kind at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from inventory.address import InventoryError as InventoryError  # noqa: PLC0414  raised by all that is promised here
from inventory.address import connectable, file_of
from inventory.migrations import HEAD
from inventory.tables import SummaryDeltaRow, SummaryRow

Database: TypeAlias = Engine
"""What other rooms hold and hand back; only this room knows what it is."""

_PRAGMAS = (
    "busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON",
    # 64 MiB, and a log of up to 40 MB: a page that is written by many transactions is put in its place once.
    # While a reader keeps an old view the log grows on; behind it the file is made small again.
    "temp_store=MEMORY", "cache_size=-65536", "wal_autocheckpoint=10000", "journal_size_limit=67108864",
)  # fmt: skip


def connect(url: str) -> Database:
    """An engine whose transactions begin when they say so and wait for each other. Raises InventoryError for a URL that
    is none.
    """
    # An error that quoted its parameters would quote names of files, and they name people.
    engine = create_engine(connectable(url), hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions of its own: it would not do so before a SELECT.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    # To compile a query costs a quarter of a second each time, which is more than pages of a large inventory take.
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its lock at once; one that upgrades later can fail half-way.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """One transaction that writes: committed whole at the end, or not at all. Raises InventoryError."""
    with _refusals_named(database), database.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """One consistent view of the inventory. Raises InventoryError."""
    with _refusals_named(database), database.connect().execution_options(**_VIEW[database.dialect.name]) as connection:
        yield connection


@contextmanager
def asking(database: Database) -> Iterator[Connection]:
    """For one question, which is a view by itself. Raises InventoryError.

    On a server no transaction is begun for it: its end would have the driver forget the plan of what is asked of every
    item.
    """
    with _refusals_named(database), database.connect().execution_options(**_ALONE_IN_IT[database.dialect.name]) as one:
        yield one


_ALONE_IN_IT: dict[str, dict[str, Any]] = {"sqlite": {}, "postgresql": {"isolation_level": "AUTOCOMMIT"}}
_VIEW: dict[str, dict[str, Any]] = {
    "sqlite": {}, "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}  # fmt: skip


def server_time(database: Database) -> datetime | None:
    """What time it is by the server that hosts with clocks of their own share; None of a file."""
    if database.dialect.name != "postgresql":
        return None
    with reading(database) as connection:
        now: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return now.astimezone(UTC)


@contextmanager
def _refusals_named(database: Database) -> Iterator[None]:
    driver = database.dialect.loaded_dbapi
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        told = _told(origin, passing=isinstance(origin, driver.OperationalError))
        advice = next((words for part, words in _ADVICE.items() if part in told), "See: muniment doctor")
        raise InventoryError(f"The inventory could not be used: {told}. {advice}") from error


def _told(error: BaseException | None, *, passing: bool) -> str:
    """What a database says of its own trouble. Of PostgreSQL's others only the name: they quote rows."""
    state = getattr(error, "sqlstate", None)
    if state is None or passing:
        return " ".join(str(error).split()).rstrip(".")
    return f"{type(error).__name__} ({state})"


_ADVICE = {
    "locked": "Another program holds it; wait until that has ended.",
    "full": "Make room on its disk, then run the same command again.",
    "disk I/O": "Check its disk and the room on it, then run the same command again.",
    "readonly": "This account may not write to it, or to its folder.",
    "unable to open": "Is its folder there, and may this account write to it?",
    "not a database": "Name another file in inventory.url, or put a backup back.",
    "malformed": "Its file is damaged: put a backup back.",
    "password": "Put the password into inventory.password_file, or correct it there.",
    "onnection": "Is the server there, and does inventory.url name its host, port and database?",
    "No space left": "Make room on the server's disk, then run the same command again.",
    "InsufficientPrivilege": "This role lacks a right that it needs; docs/operator.md says which.",
    "ReadOnlySqlTransaction": "This server, or this role, only reads.",
}


_ALONE = text("SELECT pg_try_advisory_lock(:key)")
LOCKS = {
    "migrate": 7_305_808_869, "scan": 7_305_808_870, "timetable": 7_305_808_871, "sums": 7_305_808_872,
    "disposal": 7_305_808_880,
}  # fmt: skip
"""Numbers that nobody else takes locks by in a database that is Muniment's own."""


def open_inventory(url: str, *, create: bool) -> Database:
    """Connect to the inventory at `url` and migrate it. Without `create` a file must be there already.

    Raises InventoryError where it is not, or where the database refuses.
    """
    file = file_of(url)
    if file and not create and not Path(file).exists():
        raise InventoryError(f"There is no inventory at {file}. Put its backup back, or begin anew: muniment init DIR")
    if file and create:
        _make_private(file)
    engine = connect(url)
    try:
        if _revision(engine) != HEAD:
            import_module("inventory.schema").migrate(engine)  # Not before it is needed: it takes a second to load.
    except BaseException:  # Nobody holds it yet who could close it, whatever the reason; it is raised on.
        engine.dispose()
        raise
    return engine


def _revision(database: Database) -> str | None:
    """The version of the schema; None where there is none yet."""
    with reading(database) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _make_private(path: str) -> None:
    """Create the database's file for its owner alone: paths in it name people. SQLite's own files follow its mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise InventoryError(f"The inventory cannot be made at {path}: {error.strerror}.") from error


@contextmanager
def only_scan(url: str) -> Iterator[None]:
    """Hold the lock that keeps a second scan from the same inventory; it ends with the process, however that ends.

    Raises InventoryError where another scan holds it.
    """
    file = file_of(url)
    with _lock_of_file(f"{file}.lock") if file is not None else _lock_of_server(url, LOCKS["scan"]) as held:
        if not held:
            raise InventoryError("Another scan of this inventory is running; wait for it, or stop it.")
        yield


@contextmanager
def only_timetable(url: str) -> Iterator[None]:
    """Hold the lock that keeps a second timetable from the same inventory. Raises InventoryError where one holds it."""
    file = file_of(url)
    path = f"{file}.timetable.lock"
    with _lock_of_file(path) if file is not None else _lock_of_server(url, LOCKS["timetable"]) as held:
        if not held:
            raise InventoryError("Another timetable of this inventory is running.")
        yield


@contextmanager
def only_disposal(url: str) -> Iterator[None]:
    """Hold the lock that keeps a second run, restoring or purging from the same inventory. Raises InventoryError."""
    file = file_of(url)
    path = f"{file}.disposal.lock"
    with _lock_of_file(path) if file is not None else _lock_of_server(url, LOCKS["disposal"]) as held:
        if not held:
            raise InventoryError("Another disposal of this inventory is running; wait for it: muniment dispose list")
        yield


@contextmanager
def _lock_of_file(path: str) -> Iterator[bool]:
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise InventoryError(f"The inventory's folder cannot be written to: {error.strerror}.") from error
    try:
        yield _locked(lock)
    finally:
        os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _lock_of_server(url: str, key: int) -> Iterator[bool]:
    """A lock that the server holds for one connection, kept for nothing else."""
    engine = create_engine(connectable(url), hide_parameters=True, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with _refusals_named(engine):
        connection = engine.connect()
    with connection:
        yield bool(connection.execute(_ALONE, {"key": key}).scalar_one())


def check_inventory(url: str) -> str:
    """One line on an inventory that opens, and is whole as far as that is soon told: no item is counted for it.

    Raises InventoryError for one that does not or is not.
    """
    database = open_inventory(url, create=False)
    try:
        with reading(database) as connection:
            kept = _file_kept(connection) if database.dialect.name == "sqlite" else _server_kept(connection)
            items = sum(int(connection.execute(asked).scalar_one()) for asked in _SUMMED)
    finally:
        database.dispose()
    return f"opens, {kept}, {items:,} items, schema {HEAD}"


_SUMMED = [select(func.coalesce(func.sum(row.items), 0)) for row in (SummaryRow, SummaryDeltaRow)]
_READ_WHOLE = 1 << 30
"""Bytes of a file that is read from end to end to see whether it is whole; what is larger takes minutes."""


def _file_kept(connection: Connection) -> str:
    pages, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
    if pages * size > _READ_WHOLE:
        return "too large to be read whole here"
    if connection.exec_driver_sql("PRAGMA quick_check").scalar_one() != "ok":
        raise InventoryError("The inventory's file is damaged. Put a backup back, or scan anew into a new one.")
    return "whole"


def _server_kept(connection: Connection) -> str:
    return f"in PostgreSQL {'.'.join(map(str, connection.dialect.server_version_info or ()))}"
