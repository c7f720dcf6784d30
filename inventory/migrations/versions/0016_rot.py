"""What is redundant, obsolete or trivial, and what is kept out of that and why"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rot",
        sa.Column(
            "item_id", _NUMBER, sa.ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("guard", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("keeps_id", sa.BigInteger()),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    op.create_index("rot_reason", "rot", ["reason", "guard", "bytes", "item_id"])


def downgrade() -> None:
    op.drop_table("rot")
