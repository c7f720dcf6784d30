"""Lists that people look at page by page have indexes in the order in which they are listed"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0014"
branch_labels = None
depends_on = None

_TROUBLED, _PERSONAL, _SURE = (
    sa.text(where) for where in ("problem_code IS NOT NULL AND gone IS NULL", "personal", "confidence >= 0.6")
)


def upgrade() -> None:
    op.drop_index("item_problem", "item")
    op.create_index("item_problem", "item", ["problem_code", "id"], sqlite_where=_TROUBLED, postgresql_where=_TROUBLED)
    op.create_index("dir_service", "dir", ["service_id", "path"])
    op.create_index("content_risk", "content", ["risk", "id"], sqlite_where=_PERSONAL, postgresql_where=_PERSONAL)
    op.create_index("finding_kind", "finding", ["kind", "content_id"], sqlite_where=_SURE, postgresql_where=_SURE)
    op.create_index("flag_due", "flag", ["state", "due", "item_id"])


def downgrade() -> None:
    for name, table in {
        "flag_due": "flag", "finding_kind": "finding", "content_risk": "content", "dir_service": "dir",
        "item_problem": "item",
    }.items():  # fmt: skip
        op.drop_index(name, table)
    op.create_index("item_problem", "item", ["id"], sqlite_where=_TROUBLED, postgresql_where=_TROUBLED)
