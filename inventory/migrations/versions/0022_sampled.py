"""Sampled: what people who labelled a sample said of the detector, for the reports that stand on it"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

_SHARES = ("precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high")


def upgrade() -> None:
    op.create_table(
        "sampled",
        sa.Column("at", sa.BigInteger(), primary_key=True),
        sa.Column("question", sa.Text(), primary_key=True),
        sa.Column("detector", sa.Text(), nullable=False),
        sa.Column("labelled", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=True) for name in _SHARES),
    )


def downgrade() -> None:
    op.drop_table("sampled")
