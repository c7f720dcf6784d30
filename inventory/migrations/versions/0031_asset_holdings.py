"""What lies in each asset, as it was added up last"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_COUNTS = ("unread", "personal", "special", "children", "criminal", "high", "highest")


def upgrade() -> None:
    op.create_table(
        "asset_holding",
        sa.Column("asset_id", sa.Text, primary_key=True),
        sa.Column("service", sa.Text, primary_key=True),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("going", sa.Integer, nullable=False),
        sa.Column("going_bytes", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        sa.Column("oldest", sa.Date),
        sa.Column("newest", sa.Date),
        sa.Column("kinds", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("asset_holding")
    op.execute("DELETE FROM setting WHERE name = 'assets_added_up'")
