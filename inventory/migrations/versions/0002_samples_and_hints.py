"""Samples and hints: counts that were reckoned, fingerprints that were too many, what kind of record a content seems"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("content", sa.Column("hints", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("finding", sa.Column("sampled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("finding", sa.Column("overflow", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("finding", "overflow")
    op.drop_column("finding", "sampled")
    op.drop_column("content", "hints")
