"""A list of what somebody owns has its index; on PostgreSQL what finds a moved file again takes half the room"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_OWNED = sa.text("owner_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index("item_file", "item")
    op.create_index("item_file", "item", ["file_id"], postgresql_using="hash")
    op.create_index("item_owner", "item", ["owner_id", "dir_id", "id"], sqlite_where=_OWNED, postgresql_where=_OWNED)


def downgrade() -> None:
    op.drop_index("item_owner", "item")
    op.drop_index("item_file", "item")
    op.create_index("item_file", "item", ["file_id"])
