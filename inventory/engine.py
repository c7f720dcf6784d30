"""Opening the database, in the one way that keeps it whole: migrated, with one writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from domain.errors import MunimentError
from inventory.tables import ItemRow

Database: TypeAlias = Engine
"""What other rooms hold and hand back; only this room knows what it is."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = (
    "busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON",
    # 64 MiB, and a log of up to 40 MB: a page that is written by many transactions is put in its place once.
    "cache_size=-65536", "wal_autocheckpoint=10000",
)  # fmt: skip


class InventoryError(MunimentError):
    """The inventory cannot be opened, or is of another version or key."""


def connect(url: str) -> Database:
    """An engine whose SQLite transactions begin when they say so, keep a write-ahead log and wait for each other."""
    # An error that quoted its parameters would quote names of files, and they name people.
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions of its own: it would not do so before a SELECT.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its lock at once; one that upgrades later can fail half-way.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """One transaction that writes: committed whole at the end, or not at all. Raises InventoryError."""
    with _refusals_named(), database.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """One consistent view of the inventory. Raises InventoryError."""
    with _refusals_named(), database.connect() as connection:
        yield connection


@contextmanager
def _refusals_named() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        advice = next((words for part, words in _ADVICE.items() if part in str(error.orig)), "See: muniment doctor")
        raise InventoryError(f"The inventory could not be used: {error.orig}. {advice}") from error


_ADVICE = {
    "locked": "Another program holds it; wait until that has ended.",
    "full": "Make room on its disk, then run the same command again.",
    "disk I/O": "Check its disk and the room on it, then run the same command again.",
    "readonly": "This account may not write to it, or to its folder.",
    "unable to open": "Is its folder there, and may this account write to it?",
    "not a database": "Name another file in inventory.url, or put a backup back.",
    "malformed": "Its file is damaged: put a backup back.",
}


def migrate(engine: Database) -> None:
    """Bring the schema to the newest version, creating it where there is none."""
    with reading(engine) as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest_revision():
            return
    with writing(engine) as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def downgrade(engine: Database, revision: str) -> None:
    """Take the tables back to an earlier revision, for a program of that time. What they had no place for is lost."""
    with writing(engine) as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(_alembic()).get_current_head()


def _database(url: str) -> str | None:
    """What a database URL names. Raises InventoryError for what is not one, or of a kind that is not supported."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InventoryError("inventory.url is not a database URL; write sqlite:////absolute/path.db") from error
    if parsed.get_backend_name() != "sqlite":
        raise InventoryError("inventory.url: this version keeps its inventory in SQLite; write sqlite:///inventory.db")
    return parsed.database


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def open_inventory(url: str, *, create: bool) -> Database:
    """Connect to the inventory at `url` and migrate it. Without `create` it must be there already.

    Raises InventoryError where it is not, or where the database refuses.
    """
    database = _database(url)
    if url.startswith("sqlite") and database and not create and not Path(database).exists():
        raise InventoryError(
            f"There is no inventory at {database}. Put its backup back, or begin anew: muniment init DIR"
        )
    if url.startswith("sqlite") and database and create:
        _make_private(database)
    engine = connect(url)
    migrate(engine)
    return engine


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
    path = f"{_database(url)}.lock"
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise InventoryError(f"The inventory's folder cannot be written to: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise InventoryError("Another scan of this inventory is running; wait for it, or stop it.") from error
    finally:
        os.close(lock)


def check_inventory(url: str) -> str:
    """One line on an inventory that opens and is whole. Raises InventoryError for one that does not or is not."""
    database = open_inventory(url, create=False)
    with reading(database) as connection:
        whole = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
        items = connection.execute(select(func.count()).select_from(ItemRow)).scalar_one()
    database.dispose()
    if whole != "ok":
        raise InventoryError("The inventory's file is damaged. Put a backup back, or scan anew into a new one.")
    return f"opens, whole, {items:,} items, schema {newest_revision()}"
