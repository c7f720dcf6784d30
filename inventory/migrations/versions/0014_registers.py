"""What people and registers outside the files say: events, holds, classes of items and folders, signed schedules"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXT, _DAY, _BYTES = sa.Text(), sa.Date(), sa.LargeBinary()
_TABLES = ("event", "hold", "mapping", "item_class", "approval")


def upgrade() -> None:
    op.create_table(
        "event", *_needed(known_by=_TEXT, reference=_BYTES, name=_TEXT, day=_DAY, outcome=_TEXT, source=_TEXT),
        *_needed(entered=_DAY),
        sa.PrimaryKeyConstraint("known_by", "reference", "name", "day", "outcome", "source"),
    )  # fmt: skip
    op.create_table(
        "hold", *_needed(id=_TEXT, kind=_TEXT, reason=_TEXT, authorised_by=_TEXT, scope=_TEXT, status=_TEXT),
        *_needed(placed=_DAY),
        sa.Column("review_by", _DAY), sa.Column("request", _TEXT),
        *(sa.Column(name, _DAY) for name in ("answered", "ends_on", "released")),
        sa.Column("release_reason", _TEXT, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_table(
        "mapping",
        sa.Column("source_id", sa.Integer(), sa.ForeignKey("source.id"), nullable=False, autoincrement=False),
        *_needed(path=_BYTES, record_class=_TEXT, account=_TEXT, approved=_DAY),
        sa.PrimaryKeyConstraint("source_id", "path"),
    )
    op.create_table(
        "item_class",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                  sa.ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        *_needed(record_class=_TEXT, why=_TEXT, account=_TEXT, decided=_DAY),
    )  # fmt: skip
    op.create_table(
        "approval", *_needed(digest=_TEXT, role=_TEXT, account=_TEXT, on_behalf_of=_TEXT, at=sa.BigInteger()),
        sa.PrimaryKeyConstraint("digest", "role"),
    )  # fmt: skip


def _needed(**columns: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name, kind in columns.items()]


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
