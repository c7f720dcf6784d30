"""All that Windows descriptors say of reading, in their order and with their denials"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


_STATES = sa.table("dir", sa.column("state", sa.LargeBinary()))


def upgrade() -> None:
    # What was kept before stays without: the next scan meets each descriptor as if it were new, and keeps its entries.
    op.add_column("access", sa.Column("entries", sa.Text))


def downgrade() -> None:
    op.drop_column("access", "entries")
    op.execute(_STATES.update().values(state=b""))  # So that the rights are told again when it comes back.
