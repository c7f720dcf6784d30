"""Families of copies: which items say the same or nearly so, and which of them is proposed to stay"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "family",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("record_id", sa.BigInteger()),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("goes", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    op.create_index("family_key", "family", ["kind", "key"], unique=True)
    op.create_index("family_goes", "family", ["goes", "id"])
    op.create_index("family_kind", "family", ["kind", "goes", "id"])
    op.create_table(
        "member",
        _numbered("family_id", "family.id"),
        _numbered("item_id", "item.id"),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("goes", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("family_id", "item_id"),
    )
    op.create_index("member_item", "member", ["item_id"])
    op.create_table(
        "hashed",
        sa.Column("item_id", _NUMBER, sa.ForeignKey("item.id", ondelete="CASCADE"), primary_key=True,
                  autoincrement=False),
        sa.Column("version", sa.LargeBinary(), nullable=False),
        sa.Column("ends", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary()),
    )  # fmt: skip
    op.create_index("hashed_digest", "hashed", ["digest"])


def _numbered(name: str, of: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, sa.ForeignKey(of, ondelete="CASCADE"), nullable=False, autoincrement=False)


def downgrade() -> None:
    op.drop_table("hashed")
    op.drop_table("member")
    op.drop_table("family")
