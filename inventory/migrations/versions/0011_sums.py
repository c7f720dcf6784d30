# ruff: noqa: S608  names and words of ours
"""Sums that dashboards read: kept by the database itself, with every change of an item, whoever makes it"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = ("service_id", "is_file", "is_part", "outcome", "problem_code")
_COLUMNS = ", ".join((*_KEY, "items", "bytes"))
_OF = "{0}.kind = 'file', {0}.part <> '', coalesce({0}.outcome, ''), coalesce({0}.problem_code, '')"
_SUMMED = (
    f"SELECT d.service_id, {_OF.format('i')}, count(*), sum(i.size) FROM item i JOIN dir d ON d.id = i.dir_id "
    "WHERE i.gone IS NULL GROUP BY 1, 2, 3, 4, 5"
)

_SERVICE = "(SELECT service_id FROM dir WHERE id = {0}.dir_id)"
_ADD = (
    f"INSERT INTO summary ({_COLUMNS}) SELECT {_SERVICE}, {_OF}, {{1}}1, {{1}}{{0}}.size WHERE {{0}}.gone IS NULL "
    f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes;"
)
_MOVED = (
    f"INSERT INTO summary ({_COLUMNS}) SELECT {{0}}.service_id, {_OF.format('i')}, {{1}}count(*), {{1}}sum(i.size) "
    "FROM item i WHERE i.dir_id = {0}.id AND i.gone IS NULL GROUP BY 1, 2, 3, 4, 5 "
    f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes;"
)
_SQLITE = (
    # Files that a listing adds are many, and wait: who adds them adds their sums, folder by folder.
    "CREATE TRIGGER item_added AFTER INSERT ON item WHEN NEW.outcome IS NOT NULL OR NEW.part <> '' "
    f"BEGIN {_ADD.format('NEW', '+')} END",
    f"CREATE TRIGGER item_removed AFTER DELETE ON item BEGIN {_ADD.format('OLD', '-')} END",
    "CREATE TRIGGER item_changed AFTER UPDATE OF dir_id, part, kind, size, gone, outcome, problem_code ON item "
    f"BEGIN {_ADD.format('OLD', '-')} {_ADD.format('NEW', '+')} END",
    "CREATE TRIGGER dir_reassigned AFTER UPDATE OF service_id ON dir WHEN OLD.service_id <> NEW.service_id "
    f"BEGIN {_MOVED.format('OLD', '-')} {_MOVED.format('NEW', '+')} END",
)

_DELTA = (
    f"INSERT INTO summary_delta ({_COLUMNS}) SELECT service_id, is_file, is_part, outcome, problem_code, sum(n), "
    "sum(size) FROM ({0}) changed GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0 OR sum(size) <> 0;"
)
_NAMED = (
    "SELECT {2} AS service_id, i.kind = 'file' AS is_file, i.part <> '' AS is_part, "
    "coalesce(i.outcome, '') AS outcome, coalesce(i.problem_code, '') AS problem_code, {1}1 AS n, {1}i.size AS size "
)
_ROWS = _NAMED + "FROM {0} i JOIN dir d ON d.id = i.dir_id WHERE i.gone IS NULL"
_NEW, _OLD = _ROWS.format("new_rows", "+", "d.service_id"), _ROWS.format("old_rows", "-", "d.service_id")
_OF_DIRS = _NAMED + "FROM {0} d JOIN item i ON i.dir_id = d.id WHERE i.gone IS NULL"
_DIRS = " UNION ALL ".join(
    (_OF_DIRS.format("new_rows", "+", "d.service_id"), _OF_DIRS.format("old_rows", "-", "d.service_id"))
)
_TRIGGERS = (
    ("item_added", "INSERT", "item", "NEW TABLE AS new_rows", _NEW),
    ("item_removed", "DELETE", "item", "OLD TABLE AS old_rows", _OLD),
    ("item_changed", "UPDATE", "item", "OLD TABLE AS old_rows NEW TABLE AS new_rows", f"{_OLD} UNION ALL {_NEW}"),
    ("dir_reassigned", "UPDATE", "dir", "OLD TABLE AS old_rows NEW TABLE AS new_rows", _DIRS),
)


def upgrade() -> None:
    op.create_table("summary", *_columns(), sa.PrimaryKeyConstraint(*_KEY))
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table("summary_delta", sa.Column("id", number, primary_key=True), *_columns())
    op.execute(f"INSERT INTO summary ({_COLUMNS}) {_SUMMED}")
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _SQLITE:
            op.execute(trigger)
        return
    for name, event, table, tables, changed in _TRIGGERS:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {_DELTA.format(changed)} RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION {name}()"
        )


def _columns() -> tuple[sa.Column[Any], ...]:
    kinds: tuple[Any, ...] = (
        sa.Integer(),
        sa.Boolean(),
        sa.Boolean(),
        sa.Text(),
        sa.Text(),
        sa.BigInteger(),
        sa.BigInteger(),
    )
    names = (*_KEY, "items", "bytes")
    return tuple(sa.Column(name, kind, nullable=False) for name, kind in zip(names, kinds, strict=True))


def downgrade() -> None:
    for name, _, table, _, _ in _TRIGGERS:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("summary_delta")
    op.drop_table("summary")
