"""Signed-in sessions of the web application, and sign-ins that are on their way through an identity provider"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session",
        sa.Column("digest", sa.LargeBinary(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("principals", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
    )
    op.create_index("session_seen", "session", ["seen"])
    op.create_table(
        "sign_in_try",
        sa.Column("digest", sa.LargeBinary(), primary_key=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("goes_to", sa.Text(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
    )
    op.create_index("sign_in_try_begun", "sign_in_try", ["begun"])


def downgrade() -> None:
    op.drop_table("sign_in_try")
    op.drop_table("session")
