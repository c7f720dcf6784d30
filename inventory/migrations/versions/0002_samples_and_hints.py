"""Samples and hints: counts that were reckoned, fingerprints that were too many, what kind of record a content seems"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("content", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hints", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sampled", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("overflow", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_column("overflow")
        batch_op.drop_column("sampled")
    with op.batch_alter_table("content", schema=None) as batch_op:
        batch_op.drop_column("hints")
