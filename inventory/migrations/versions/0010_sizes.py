"""Rows that are looked at often are made narrow: what few ask of a content lies apart, common media types are short"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBERS, _JSON = ("simhash", "picture"), {"properties": "{}", "dates": "[]", "terms": "{}", "hints": "[]"}
_TRAITS = (*_NUMBERS, "minhash", *_JSON, "reader", "pronom")

_PENDING, _TROUBLED = sa.text("pending <> ''"), sa.text("problem_code IS NOT NULL AND gone IS NULL")
_OOXML, _ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
_SHORT = {
    f"{_OOXML}wordprocessingml.document": "~docx", f"{_OOXML}wordprocessingml.template": "~dotx",
    f"{_OOXML}spreadsheetml.sheet": "~xlsx", f"{_OOXML}spreadsheetml.template": "~xltx",
    f"{_OOXML}presentationml.presentation": "~pptx", f"{_OOXML}presentationml.slideshow": "~ppsx",
    "application/vnd.ms-word.document.macroenabled.12": "~docm", "application/vnd.ms-excel": "~xls",
    "application/vnd.ms-excel.sheet.macroenabled.12": "~xlsm", "application/vnd.ms-powerpoint": "~ppt",
    "application/vnd.ms-outlook": "~msg", "application/msword": "~doc",
    f"{_ODF}text": "~odt", f"{_ODF}spreadsheet": "~ods", f"{_ODF}presentation": "~odp",
}  # fmt: skip


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "trait",
        sa.Column("content_id", number, sa.ForeignKey("content.id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in _NUMBERS),
        sa.Column("minhash", sa.LargeBinary(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in (*_JSON, "reader", "pronom")),
    )
    told = [f"nullif({name}, '{nothing}')" for name, nothing in _JSON.items()]
    columns = ", ".join((*_NUMBERS, "minhash", *told, "nullif(reader, '')", "pronom"))
    op.execute(f"INSERT INTO trait (content_id, {', '.join(_TRAITS)}) SELECT id, {columns} FROM content")  # noqa: S608  our names
    for name in _TRAITS:
        op.drop_column("content", name)
    _rename(_SHORT)
    op.create_index("content_pending", "content", ["id"], sqlite_where=_PENDING, postgresql_where=_PENDING)
    op.create_index("item_problem", "item", ["id"], sqlite_where=_TROUBLED, postgresql_where=_TROUBLED)


def downgrade() -> None:
    op.drop_index("item_problem", "item")
    op.drop_index("content_pending", "content")
    _rename({short: long for long, short in _SHORT.items()})
    for name in _NUMBERS:
        op.add_column("content", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("content", sa.Column("minhash", sa.LargeBinary(), nullable=True))
    for name, nothing in (_JSON | {"reader": ""}).items():
        op.add_column("content", sa.Column(name, sa.Text(), nullable=False, server_default=nothing))
    op.add_column("content", sa.Column("pronom", sa.Text(), nullable=True))
    told = (f"{name} = coalesce(t.{name}, '{nothing}')" for name, nothing in (_JSON | {"reader": ""}).items())
    same = (f"{name} = t.{name}" for name in (*_NUMBERS, "minhash", "pronom"))
    op.execute(f"UPDATE content SET {', '.join((*told, *same))} FROM trait t WHERE t.content_id = content.id")  # noqa: S608
    op.drop_table("trait")


def _rename(types: dict[str, str]) -> None:
    for table in ("item", "content"):
        for old, new in types.items():
            renamed = sa.text(f"UPDATE {table} SET media_type = :new WHERE media_type = :old")  # noqa: S608  our names
            op.execute(renamed.bindparams(old=old, new=new))
