"""Worker hosts and the timetable: what a scan reads with, who is how far with it, slots and requests"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

_COUNTS = ("listed", "expected", "done", "parts", "bytes", "proved", "disproved", "recognised")


def upgrade() -> None:
    op.add_column("scan", sa.Column("pipeline", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "progress",
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.Column("all_listed", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "process"),
    )
    op.create_table(
        "slot",
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        *_what_became_of_it(),
        sa.PrimaryKeyConstraint("entry", "due"),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        *_what_became_of_it(),
        sa.PrimaryKeyConstraint("id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _on_the_driver(SchemaManager.get_schema())


def _what_became_of_it() -> list[sa.Column[Any]]:
    return [
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
    ]


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _on_the_driver(_DROP)
    op.drop_table("request")
    op.drop_table("slot")
    op.drop_table("progress")
    op.drop_column("scan", "pipeline")


def _on_the_driver(statements: str) -> None:
    # Many statements at once, with percent signs that are no parameters.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(statements)


_DROP = """
DO $$
DECLARE thing record;
BEGIN
    FOR thing IN SELECT tablename AS name FROM pg_tables
        WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate\\_%'
    LOOP EXECUTE format('DROP TABLE %I CASCADE', thing.name); END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'procrastinate\\_%'
    LOOP EXECUTE format('DROP FUNCTION %s CASCADE', thing.name); END LOOP;
    FOR thing IN SELECT typname AS name FROM pg_type
        WHERE typnamespace = current_schema()::regnamespace AND typname LIKE 'procrastinate\\_%'
        AND typtype IN ('c', 'e')
    LOOP EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', thing.name); END LOOP;
END $$
"""
