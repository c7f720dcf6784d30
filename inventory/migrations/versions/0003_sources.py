"""What a source tells beside names: who owns and who can read, times and sizes on disk, where a listing goes on from"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


_THERE = sa.text("gone IS NOT NULL")


def upgrade() -> None:
    op.add_column("scan", sa.Column("policy", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "principal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account"),
    )
    op.create_table(
        "access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.Column("writers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.add_column("dir", sa.Column("state", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    op.add_column("dir", sa.Column("access_id", sa.Integer(), nullable=True))
    op.add_column("item", sa.Column("created", sa.BigInteger(), nullable=True))
    op.add_column("item", sa.Column("accessed", sa.BigInteger(), nullable=True))
    op.add_column("item", sa.Column("allocated", sa.BigInteger(), nullable=True))
    op.add_column("item", sa.Column("mangled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("item", sa.Column("owner_id", sa.Integer(), nullable=True))
    op.create_index("item_file", "item", ["file_id"])
    op.create_index("item_gone", "item", ["gone"], sqlite_where=_THERE, postgresql_where=_THERE)


def downgrade() -> None:
    op.drop_index("item_gone", "item")
    op.drop_index("item_file", "item")
    for column in ("owner_id", "mangled", "allocated", "accessed", "created"):
        op.drop_column("item", column)
    op.drop_column("dir", "access_id")
    op.drop_column("dir", "state")
    op.drop_table("access")
    op.drop_table("principal")
    op.drop_column("scan", "policy")
