"""Since when an item had waited for its verdict"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Verdicts that were given before stay without: of them nobody kept it.
    op.add_column("verdict", sa.Column("entered", sa.Date))


def downgrade() -> None:
    op.drop_column("verdict", "entered")
