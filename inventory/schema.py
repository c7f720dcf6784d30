"""The schema and its versions: brought to the newest, or back to an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, text

from inventory.address import InventoryError
from inventory.engine import LOCKS, Database, writing

_MIGRATIONS = Path(__file__).parent / "migrations"
_ALONE_TO_THE_END = text("SELECT pg_advisory_xact_lock(:key)")
_MAKE_IT = "CREATE DATABASE muniment TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"


def migrate(engine: Database) -> None:
    """Bring the schema to the newest version, creating it where there is none; of several hosts only one does.

    Raises InventoryError where a newer program made it, or where the database is not fit to hold one.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(_ALONE_TO_THE_END, {"key": LOCKS["migrate"]})
            if MigrationContext.configure(connection).get_current_revision() is None:
                _refuse_unfit(connection)
        _run(connection, command.upgrade, "head")


def downgrade(engine: Database, revision: str) -> None:
    """Take the tables back to an earlier revision, for a program of that time. What they had no place for is lost."""
    with writing(engine) as connection:
        _run(connection, command.downgrade, revision)


def _refuse_unfit(connection: Connection) -> None:
    """Text is compared as bytes, in both databases: another order would put other parts below an item."""
    version = connection.dialect.server_version_info or (0,)
    if version < (15,):
        raise InventoryError("The inventory needs PostgreSQL 15 or later.")
    order = "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    collation, encoding = connection.exec_driver_sql(order).one()
    if collation not in ("C", "POSIX") or encoding != "UTF8":
        raise InventoryError(f"The inventory's database must be made with: {_MAKE_IT}")


def _run(connection: Connection, direction: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        direction(config, revision)
    except CommandError as error:
        raise InventoryError(
            "A newer Muniment has written this inventory. Update Muniment here, on every host."
        ) from error
