"""Who stands behind an account, as a directory said on a day, and how widely each set of rights lets people read"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("principal", sa.Column("name", sa.Text(), nullable=False, server_default=""))
    op.add_column("principal", sa.Column("kind", sa.Text(), nullable=False, server_default=""))
    op.add_column("principal", sa.Column("service", sa.Text(), nullable=False, server_default=""))
    op.add_column("principal", sa.Column("left", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("principal", sa.Column("resolved", sa.Date(), nullable=True))
    op.add_column("access", sa.Column("breadth", sa.Text(), nullable=False, server_default="unknown"))


def downgrade() -> None:
    op.drop_column("access", "breadth")
    for column in ("resolved", "left", "service", "kind", "name"):
        op.drop_column("principal", column)
