"""Information assets and where they lie; pilots, and what they came to from day to day"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TEXTS = ("title", "service", "owner", "technical_officer", "approver", "description", "purpose", "lawful_basis",
          "condition", "subjects", "recipients", "transfers", "security", "intended_use", "forbidden_use",
          "update_frequency", "quality_note", "reuse_risk", "licence", "successor_body", "confirmed",
          "confirmed_by")  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("released", sa.Date()),
    )
    op.create_table(
        "asset_location",
        sa.Column("source_id", sa.Integer(), sa.ForeignKey("source.id"), primary_key=True, autoincrement=False),
        sa.Column("path", sa.LargeBinary(), primary_key=True),
        sa.Column("asset_id", sa.Text(), sa.ForeignKey("asset.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("asset_location_asset", "asset_location", ["asset_id"])
    op.create_table(
        "pilot",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Date(), nullable=False),
    )
    op.create_table(
        "pilot_sum",
        sa.Column("pilot", sa.Text(), sa.ForeignKey("pilot.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("service", sa.Text(), primary_key=True),
        sa.Column("measure", sa.Text(), primary_key=True),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    for table in ("pilot_sum", "pilot", "asset_location", "asset"):
        op.drop_table(table)
