"""Manifests, the journal of disposal, certificates"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNDER_WAY = sa.text("fate IN ('moving', 'restoring', 'purging')")


def upgrade() -> None:
    op.create_table(
        "manifest",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch", sa.Integer, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("service", "action", "planner")),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
    )
    op.create_table(
        "disposal",
        sa.Column("id", _BIG, primary_key=True),
        sa.Column("manifest", sa.Integer, sa.ForeignKey("manifest.number"), nullable=False),
        sa.Column("item", sa.BigInteger, nullable=False),
        sa.Column("verdict", sa.BigInteger, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("locator", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("tag", "seal", "service")),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.BigInteger),
        sa.Column("version", sa.LargeBinary, nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("rule", sa.Text),
        sa.Column("record_class", sa.Text),
        sa.Column("due", sa.Date),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("refusal", sa.Text),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("kept", sa.LargeBinary, nullable=False),
        sa.Column("quarantined", sa.BigInteger),
        sa.Column("purge_after", sa.Date),
        sa.Column("given_to", sa.LargeBinary),
        sa.Column("ended", sa.BigInteger),
    )
    op.create_index("disposal_manifest", "disposal", ["manifest", "fate", "id"])
    op.create_index("disposal_item", "disposal", ["item"])
    op.create_index("disposal_purge", "disposal", ["fate", "purge_after", "id"])
    op.create_index("disposal_token", "disposal", ["token"])
    op.create_index(
        "disposal_under_way", "disposal", ["id"], sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY
    )  # fmt: skip
    op.create_table(
        "disposal_step",
        sa.Column("id", _BIG, primary_key=True),
        sa.Column("disposal_id", _BIG, sa.ForeignKey("disposal.id"), nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("refusal", sa.Text),
    )
    op.create_index("disposal_step_of", "disposal_step", ["disposal_id", "id"])
    op.create_table(
        "disposal_stop",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("lifted", sa.BigInteger),
        sa.Column("lifted_by", sa.Text, nullable=False),
    )
    op.create_table(
        "certificate",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("manifest", sa.Integer, sa.ForeignKey("manifest.number"), nullable=False),
        sa.Column("issued", sa.BigInteger, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
    )
    op.create_index("certificate_manifest", "certificate", ["manifest"])
    op.create_table(
        "package",
        sa.Column("disposal_id", _BIG, sa.ForeignKey("disposal.id"), primary_key=True),
        sa.Column("package", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("verified", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    for name in ("package", "certificate", "disposal_stop", "disposal_step", "disposal", "manifest"):
        op.drop_table(name)
