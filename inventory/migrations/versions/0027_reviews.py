"""What waits for a verdict, what people decide on it, in batches, with their approvals"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CURRENT, _OF_A_FAMILY = sa.text("state = 'current'"), sa.text("family_id IS NOT NULL")
_SENT = sa.text("assignee <> ''")


def _column(name: str, kind: Any = sa.Text, *keys: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *keys, **{"nullable": False} | options)


def _key(name: str, kind: Any, *keys: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *keys, primary_key=True, autoincrement=False)


def upgrade() -> None:
    _queue()
    _batches()
    op.create_table(
        "reminder",
        _key("service_id", sa.Integer, sa.ForeignKey("service.id")),
        sa.Column("told", sa.Text, primary_key=True),
        _column("day", sa.Date),
    )


def _queue() -> None:
    op.create_table(
        "queued",
        _key("item_id", _BIG_ID, sa.ForeignKey("item.id", ondelete="CASCADE")),
        _column("service_id", sa.Integer, sa.ForeignKey("service.id")),
        _column("dir_id", sa.BigInteger),
        *map(_column, ("ground", "action", "rule")),
        _column("due", sa.Date),
        _column("entered", sa.Date),
        _column("bytes", sa.BigInteger),
        _column("odd", sa.Integer),
        _column("referred", sa.Boolean, server_default=sa.false()),
        _column("assignee", server_default=""),
        sa.Column("family_id", sa.BigInteger),
    )
    op.create_index("queued_due", "queued", ["service_id", "due", "item_id"])
    op.create_index("queued_folder", "queued", ["dir_id", "service_id", "due", "item_id"])
    for name in ("rule", "action"):
        op.create_index(f"queued_{name}", "queued", ["service_id", name, "due", "item_id"])
    op.create_index(
        "queued_family", "queued", ["service_id", "family_id", "due", "item_id"], sqlite_where=_OF_A_FAMILY,
        postgresql_where=_OF_A_FAMILY,
    )  # fmt: skip
    op.create_index("queued_assignee", "queued", ["assignee"], sqlite_where=_SENT, postgresql_where=_SENT)
    op.create_table(
        "queue_sum",
        _key("service_id", sa.Integer),
        _key("dir_id", sa.BigInteger),
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        *(_column(name, sa.BigInteger) for name in ("items", "bytes", "odd")),
        _column("due", sa.Date),
        _column("entered", sa.Date),
    )
    op.create_index("queue_sum_dir", "queue_sum", ["dir_id"])


def _batches() -> None:
    op.create_table(
        "batch",
        sa.Column("id", _BIG_ID, primary_key=True),
        _column("service_id", sa.Integer, sa.ForeignKey("service.id")),
        *map(_column, ("kind", "reason", "note", "target")),
        sa.Column("until", sa.Date),
        *map(_column, ("proposer", "on_behalf_of")),
        _column("at", sa.BigInteger),
        _column("state"),
        _column("items", sa.Integer),
        _column("bytes", sa.BigInteger),
        _column("needs_second", sa.Boolean, server_default=sa.false()),
        *(_column(name, server_default="") for name in ("why_second", "seed", "draft")),
    )
    op.create_index("batch_state", "batch", ["state", "service_id", "id"])
    op.create_table(
        "verdict",
        sa.Column("id", _BIG_ID, primary_key=True),
        _column("batch_id", _BIG_ID, sa.ForeignKey("batch.id")),
        _column("item_id", sa.BigInteger),
        _column("dir_id", sa.BigInteger),
        _column("kind"),
        sa.Column("until", sa.Date),
        _column("target"),
        _column("version", sa.LargeBinary),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("rule", sa.Text),
        _column("schedule"),
        _column("size", sa.BigInteger),
        *map(_column, ("stamp", "state")),
    )
    op.create_index(
        "verdict_current", "verdict", ["item_id"], unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT
    )
    op.create_index("verdict_item", "verdict", ["item_id", "id"])
    op.create_index("verdict_batch", "verdict", ["batch_id", "item_id"], unique=True)
    op.create_index("verdict_alike", "verdict", ["rule", "dir_id", "kind"])
    op.create_table(
        "batch_approval",
        _key("batch_id", _BIG_ID, sa.ForeignKey("batch.id")),
        sa.Column("stage", sa.Text, primary_key=True),
        *map(_column, ("account", "on_behalf_of")),
        _column("at", sa.BigInteger),
        _column("approved", sa.Boolean),
        _column("why"),
    )
    op.create_table(
        "batch_sample",
        _key("batch_id", _BIG_ID, sa.ForeignKey("batch.id")),
        _key("item_id", sa.BigInteger),
        sa.Column("opened", sa.BigInteger),
        _column("account", server_default=""),
        _column("keep", sa.Boolean, server_default=sa.false()),
    )
    op.create_index(
        "batch_sample_kept", "batch_sample", ["item_id"], sqlite_where=sa.text("keep"), postgresql_where=sa.text("keep")
    )


def downgrade() -> None:
    for table in ("reminder", "batch_sample", "batch_approval", "verdict", "batch", "queue_sum", "queued"):
        op.drop_table(table)
