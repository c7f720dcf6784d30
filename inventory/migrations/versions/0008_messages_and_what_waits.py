"""Which message a content is, so that its copies in other mailboxes are known; what waits, to be read by its worth"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OF_A_MESSAGE = sa.text("message IS NOT NULL")
_WAITS = sa.text("outcome IS NULL AND gone IS NULL")


def upgrade() -> None:
    op.add_column("content", sa.Column("message", sa.LargeBinary(), nullable=True))
    op.create_index(
        "content_message", "content", ["message"], sqlite_where=_OF_A_MESSAGE, postgresql_where=_OF_A_MESSAGE
    )
    op.create_index("item_waits", "item", ["dir_id", "name"], sqlite_where=_WAITS, postgresql_where=_WAITS)


def downgrade() -> None:
    op.drop_index("item_waits", "item")
    op.drop_index("content_message", "content")
    op.drop_column("content", "message")
