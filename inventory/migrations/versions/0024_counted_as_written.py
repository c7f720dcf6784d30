# ruff: noqa: SLF001  the words of that migration
"""Who writes down a listing counts it: meanwhile the triggers of new items stand aside, for nobody else"""

from importlib import import_module
from typing import Any

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_before: Any = import_module("inventory.migrations.versions.0018_facets")

_ON_SQLITE = "NOT EXISTS (SELECT 1 FROM setting WHERE name = 'sums')"
_ON_POSTGRESQL = "WHEN (current_setting('muniment.sums', true) IS DISTINCT FROM 'aside') "
_SUMMED = (
    "CREATE TRIGGER item_insert_summed AFTER INSERT ON item REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT "
    "{0}EXECUTE FUNCTION item_insert_summed()"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, _ in _before._TABLES:
            _run(f"DROP TRIGGER {table}_item_added")
        # One for both: to begin a trigger costs a good part of what writing the row does.
        added = " ".join(_added(table, key) for table, key in _before._TABLES)
        _run(_before._trigger("item_added", f"AFTER INSERT ON item WHEN {_ON_SQLITE}", added))
    else:
        _run("DROP TRIGGER item_insert_summed ON item")
        _run(_SUMMED.format(_ON_POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _run("DROP TRIGGER item_added")
        names = [f"CREATE TRIGGER {table}_item_added" for table, _ in _before._TABLES]
        for statement in _before._sqlite():
            if statement.startswith(tuple(names)):
                _run(statement)
    else:
        _run("DROP TRIGGER item_insert_summed ON item")
        _run(_SUMMED.format(""))


def _added(table: str, key: tuple[str, ...]) -> str:
    added: str = _before._add(table, key, f"({_before._row_of(table, 'NEW')}) WHERE true", "+")
    return added


def _run(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)
