"""Whose rights are other than their folders': files; and an index of those items alone that have a content"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_HAS_CONTENT = sa.text("content_id IS NOT NULL")
_STATES = sa.table("dir", sa.column("state", sa.LargeBinary()))


def upgrade() -> None:
    op.add_column("item", sa.Column("access_id", sa.Integer(), nullable=True))
    op.drop_index("ix_item_content_id", "item")
    op.create_index("item_content", "item", ["content_id"], sqlite_where=_HAS_CONTENT, postgresql_where=_HAS_CONTENT)


def downgrade() -> None:
    op.drop_index("item_content", "item")
    op.create_index("ix_item_content_id", "item", ["content_id"])
    op.drop_column("item", "access_id")
    op.execute(_STATES.update().values(state=b""))  # So that the rights are told again when it comes back.
