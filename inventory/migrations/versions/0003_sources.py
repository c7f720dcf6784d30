"""What a source tells beside names: who owns and who can read, times and sizes on disk, where a listing goes on from"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
        sa.ForeignKeyConstraint(["owner_id"], ["principal.id"], name="access_owner"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("dir", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("access_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("dir_access", "access", ["access_id"], ["id"])
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("created", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("accessed", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("allocated", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("mangled", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("item_owner", "principal", ["owner_id"], ["id"])
        batch_op.create_index("item_file", ["file_id"])
    there = sa.text("gone IS NOT NULL")
    op.create_index("item_gone", "item", ["gone"], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    op.drop_index("item_gone", "item")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index("item_file")
        batch_op.drop_constraint("item_owner", type_="foreignkey")
        for column in ("owner_id", "mangled", "allocated", "accessed", "created"):
            batch_op.drop_column(column)
    with op.batch_alter_table("dir", schema=None) as batch_op:
        batch_op.drop_constraint("dir_access", type_="foreignkey")
        batch_op.drop_column("access_id")
        batch_op.drop_column("state")
    op.drop_table("access")
    op.drop_table("principal")
