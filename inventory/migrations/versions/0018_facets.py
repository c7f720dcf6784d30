# ruff: noqa: S608  names and words of ours
"""Sums by family and risk band beside those by outcome; by year of last change and state of flag apart"""

import re
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_before: Any = import_module("inventory.migrations.versions.0011_sums")

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CELL = ("service_id", "is_file", "is_part", "outcome", "problem_code", "family", "band")
_FACET = ("service_id", "facet", "value", "is_part")
_SUMMED = ("items", "bytes")
_TYPES: dict[str, Any] = {
    "service_id": sa.Integer(), "is_file": sa.Boolean(), "is_part": sa.Boolean(), "band": sa.Integer(),
    "items": sa.BigInteger(), "bytes": sa.BigInteger(),
}  # fmt: skip
_COUNTS = "i.gone IS NULL AND i.kind IN ('file', 'part')"
_TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (("summary", _CELL), ("facet", _FACET))

# As `domain/family.py` says it, which a test compares.
_OOXML, _ODF, _MS = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/vnd.ms-",
)
_MEDIA_TYPES = {
    "spreadsheets": (
        "~xls ~xlt ~ods", _OOXML + "spreadsheetml", _ODF + "spreadsheet", _ODF + "flat.spreadsheet", _MS + "excel",
        _MS + "spreadsheetml", "text/csv", "text/tab-separated-values",
    ),
    "e-mail": ("~msg", "message/", "application/mbox", _MS + "outlook", _MS + "tnef"),
    "word documents": (
        "~doc ~dot ~odt", _OOXML + "wordprocessingml", _ODF + "text", _ODF + "flat.text", _MS + "word",
        "application/msword", "application/rtf", "text/rtf",
    ),
    "pictures": ("image/",),
    "PDF": ("application/pdf",),
}  # fmt: skip
_EXTENSIONS = {
    "spreadsheets": "xlsx xlsm xltx xltm xlsb xls xlt ods ots fods csv tsv",
    "e-mail": "eml msg mbox pst ost emlx",
    "word documents": "docx docm dotx dotm doc dot odt ott fodt rtf",
    "pictures": "jpg jpeg jpe png gif bmp tif tiff heic heif webp",
    "PDF": "pdf",
}
_NAME = "ltrim(CAST(i.name AS TEXT), '.')"
_EXTENSION = {
    "sqlite": f"CASE WHEN instr({_NAME}, '.') > 0 THEN "
    f"lower(substr({_NAME}, length(rtrim({_NAME}, replace({_NAME}, '.', ''))) + 1)) END",
    "postgresql": r"lower(substring(encode(i.name, 'escape') from '^\.*[^.].*\.([A-Za-z0-9]+)$'))",
}
_YEAR = {
    "sqlite": "strftime('%Y', i.modified / 1000000, 'unixepoch')",
    "postgresql": "CAST(extract(year FROM to_timestamp(i.modified / 1000000) AT TIME ZONE 'UTC') AS text)",
}
_END_OF_2099 = 4_102_444_799_999_999


def _begins_with(prefix: str) -> str:
    behind = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return f"(i.media_type >= '{prefix}' AND i.media_type < '{behind}')"


def _family(dialect: str) -> str:
    typed = " ".join(
        f"WHEN {' OR '.join(_begins_with(prefix) for part in parts for prefix in part.split())} THEN '{family}'"
        for family, parts in _MEDIA_TYPES.items()
    )
    named = " ".join(
        f"WHEN '{word}' THEN '{family}'" for family, known in _EXTENSIONS.items() for word in known.split()
    )
    return (
        f"CASE WHEN i.media_type IS NOT NULL THEN CASE {typed} ELSE 'other' END WHEN i.part <> '' THEN 'other' "
        f"ELSE CASE {_EXTENSION[dialect]} {named} ELSE 'other' END END"
    )


def _cell(dialect: str) -> str:
    """What the sums of an item `i` are kept by, with its content `c`, if any; in the order of their names."""
    looked_into = "c.id IS NOT NULL AND i.outcome IN ('examined', 'partial')"
    band = (
        f"CASE WHEN {looked_into} THEN CASE WHEN NOT c.personal THEN 0 WHEN c.risk >= 80 THEN 5 "
        "ELSE 1 + c.risk / 20 END ELSE -1 END"
    )
    return (
        "i.kind = 'file' AS is_file, i.part <> '' AS is_part, coalesce(i.outcome, '') AS outcome, "
        f"coalesce(i.problem_code, '') AS problem_code, {_family(dialect)} AS family, {band} AS band"
    )


def _year(dialect: str) -> str:
    return f"CASE WHEN i.modified BETWEEN 0 AND {_END_OF_2099} THEN {_YEAR[dialect]} ELSE '' END"


def _views(dialect: str) -> dict[str, str]:
    own = "SELECT i.id, i.dir_id, i.content_id, i.outcome IS NULL AS waits, d.service_id"
    dirs = "JOIN dir d ON d.id = i.dir_id"
    return {
        "item_cell": f"{own}, {_cell(dialect)}, i.size AS bytes FROM item i {dirs} "
        "LEFT JOIN content c ON c.id = i.content_id WHERE i.gone IS NULL",
        "item_facet": f"{own}, 'year' AS facet, {_year(dialect)} AS value, i.part <> '' AS is_part, i.size AS bytes "
        f"FROM item i {dirs} WHERE {_COUNTS} UNION ALL "
        f"{own}, 'state', f.state, i.part <> '', i.size FROM item i {dirs} JOIN flag f ON f.item_id = i.id "
        f"WHERE {_COUNTS}",
    }  # fmt: skip


def upgrade() -> None:
    _before.downgrade()
    for table, key in _TABLES:
        op.create_table(table, *_columns(key), sa.PrimaryKeyConstraint(*key))
        op.create_table(f"{table}_delta", sa.Column("id", _NUMBER, primary_key=True), *_columns(key))
    dialect = op.get_bind().dialect.name
    for view, rows in _views(dialect).items():
        _run(f"CREATE VIEW {view} AS {rows}")
    for (table, key), view in zip(_TABLES, ("item_cell", "item_facet"), strict=True):
        columns = ", ".join(key)
        _run(
            f"INSERT INTO {table} ({columns}, items, bytes) SELECT {columns}, count(*), sum(bytes) FROM {view} "
            f"GROUP BY {columns}"
        )
    for statement in _sqlite() if dialect == "sqlite" else _postgresql():
        _run(statement)


def _columns(key: tuple[str, ...]) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, _TYPES.get(name, sa.Text()), nullable=False) for name in (*key, *_SUMMED))


def _run(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)


# SQLite: each row changes the sums themselves.

_ITEM = ("dir_id", "name", "part", "kind", "size", "gone", "outcome", "problem_code", "media_type", "content_id")
_PLACED = ("dir_id", "part", "kind", "size", "gone", "modified")


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)


def _add(table: str, key: tuple[str, ...], rows: str, sign: str) -> str:
    columns = ", ".join(key)
    return (
        f"INSERT INTO {table} ({columns}, items, bytes) SELECT {columns}, {sign}1, {sign}bytes FROM {rows} "
        f"ON CONFLICT ({columns}) DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes;"
    )


def _add_many(table: str, key: tuple[str, ...], rows: str, sign: str) -> str:
    columns = ", ".join(key)
    return (
        f"INSERT INTO {table} ({columns}, items, bytes) SELECT {columns}, {sign}count(*), {sign}sum(bytes) FROM {rows} "
        f"GROUP BY {columns} "
        "ON CONFLICT DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes;"
    )


def _sqlite() -> list[str]:
    made = []
    for (table, key), view, columns in zip(_TABLES, ("item_cell", "item_facet"), (_ITEM, _PLACED), strict=True):
        added, removed = (_add(table, key, f"({_row_of(table, row)}) WHERE true", sign)
                          for row, sign in (("NEW", "+"), ("OLD", "-")))  # fmt: skip
        made += [
            # New files of a listing are many, and wait: who adds them adds their sums.
            _trigger(f"{table}_item_added",
                     "AFTER INSERT ON item WHEN NEW.outcome IS NOT NULL OR NEW.part <> ''", added),
            # Before, since its flag goes with it.
            _trigger(f"{table}_item_removed", "BEFORE DELETE ON item", removed),
            _trigger(f"{table}_item_changed",
                     f"AFTER UPDATE OF {', '.join(columns)} ON item WHEN {_differs(columns)}", removed + added),
            *_around(f"{table}_dir", "UPDATE OF service_id ON dir", "service_id", (table, key, view, "dir_id")),
        ]  # fmt: skip
    made += _around("summary_content", "UPDATE OF risk, personal ON content", "risk personal",
                    ("summary", _CELL, "item_cell", "content_id"))  # fmt: skip
    there = f"JOIN dir d ON d.id = i.dir_id WHERE {_COUNTS}"
    flag = (
        "(SELECT d.service_id, 'state' AS facet, {0}.state AS value, i.part <> '' AS is_part, i.size AS bytes "
        f"FROM item i {there} AND i.id = {{0}}.item_id) WHERE true"
    )
    added, removed = (_add("facet", _FACET, flag.format(row), sign) for row, sign in (("NEW", "+"), ("OLD", "-")))
    return [
        *made,
        _trigger("facet_flag_added", "AFTER INSERT ON flag", added),
        _trigger("facet_flag_removed", "AFTER DELETE ON flag", removed),
        _trigger("facet_flag_changed", "AFTER UPDATE OF state ON flag WHEN OLD.state <> NEW.state", removed + added),
    ]


def _row_of(table: str, row: str) -> str:
    """What an item is counted by as a trigger sees it: as the views say it, without looking the item up."""
    rows = _views("sqlite")["item_cell" if table == "summary" else "item_facet"]
    rows = rows.replace("FROM item i JOIN dir d ON d.id = i.dir_id", "FROM dir d").replace(
        " WHERE ", f" WHERE d.id = {row}.dir_id AND "
    )
    return re.sub(r"\bi\.", f"{row}.", rows)


def _around(name: str, event: str, columns: str, kept: tuple[str, tuple[str, ...], str, str]) -> list[str]:
    """Taken away before and added behind: of all items of a folder or content."""
    table, key, view, of = kept
    differs = _differs(tuple(columns.split()))
    return [
        _trigger(f"{name}_{when}", f"{time} {event} WHEN {differs}",
                 _add_many(table, key, f"{view} WHERE {of} = OLD.id", sign))
        for when, time, sign in (("changing", "BEFORE", "-"), ("changed", "AFTER", "+"))
    ]  # fmt: skip


def _trigger(name: str, event: str, then: str) -> str:
    return f"CREATE TRIGGER {name} {event} BEGIN {then} END"


# PostgreSQL: each statement adds what changed, once.

_CELLS = (
    "SELECT d.service_id, {cell}, {sign}1 AS n, {sign}i.size AS size FROM {rows} "
    "LEFT JOIN content c ON c.id = i.content_id WHERE i.gone IS NULL"
)
_FACETS = (
    "SELECT d.service_id, 'year' AS facet, {year} AS value, i.part <> '' AS is_part, {sign}1 AS n, "
    f"{{sign}}i.size AS size FROM {{rows}} WHERE {_COUNTS} UNION ALL "
    "SELECT d.service_id, 'state', f.state, i.part <> '', {sign}1, {sign}i.size FROM {rows} "
    f"JOIN flag f ON f.item_id = i.id WHERE {_COUNTS}"
)
_FLAGS = (
    "SELECT d.service_id, 'state' AS facet, f.state AS value, i.part <> '' AS is_part, {sign}1 AS n, "
    f"{{sign}}i.size AS size FROM {{rows}} WHERE {_COUNTS}"
)
_JUDGED = (
    "SELECT d.service_id, {cell}, {sign}1 AS n, {sign}i.size AS size FROM item i JOIN dir d ON d.id = i.dir_id "
    "CROSS JOIN (SELECT {row}.*) c WHERE i.content_id = c.id AND i.gone IS NULL"
)
_OF_ITEMS = "{0} i JOIN dir d ON d.id = i.dir_id"
_OF_DIRS = "{0} d JOIN item i ON i.dir_id = d.id"
_OF_FLAGS = "{0} f JOIN item i ON i.id = f.item_id JOIN dir d ON d.id = i.dir_id"
_EVENTS = {
    "INSERT": ("NEW TABLE AS new_rows", (("new_rows", "+"),)),
    "DELETE": ("OLD TABLE AS old_rows", (("old_rows", "-"),)),
    "UPDATE": ("OLD TABLE AS old_rows NEW TABLE AS new_rows", (("old_rows", "-"), ("new_rows", "+"))),
}
_STATEMENTS = (
    ("item", "INSERT", _OF_ITEMS, (_CELLS, _FACETS)),
    ("item", "DELETE", _OF_ITEMS, (_CELLS, _FACETS)),
    ("item", "UPDATE", _OF_ITEMS, (_CELLS, _FACETS)),
    ("dir", "UPDATE", _OF_DIRS, (_CELLS, _FACETS)),
    ("flag", "INSERT", _OF_FLAGS, (None, _FLAGS)),
    ("flag", "DELETE", _OF_FLAGS, (None, _FLAGS)),
    ("flag", "UPDATE", _OF_FLAGS, (None, _FLAGS)),
)


def _postgresql() -> list[str]:
    made = []
    words = {"cell": _cell("postgresql"), "year": _year("postgresql")}
    for table, event, of, kinds in _STATEMENTS:
        tables, parts = _EVENTS[event]
        deltas = [
            _delta(into, key, [kind.format(rows=of.format(rows), sign=sign, **words) for rows, sign in parts])
            for (into, key), kind in zip(_TABLES, kinds, strict=True) if kind is not None
        ]  # fmt: skip
        name = f"{table}_{event.lower()}_summed"
        made += [_function(name, " ".join(deltas) + " RETURN NULL;"),
                 f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables} FOR EACH STATEMENT "
                 f"EXECUTE FUNCTION {name}()"]  # fmt: skip
    judged = [_JUDGED.format(row=row, sign=sign, **words) for row, sign in (("OLD", "-"), ("NEW", "+"))]
    return [
        *made,
        _function("content_judged", _delta("summary", _CELL, judged) + " RETURN NULL;"),
        "CREATE TRIGGER content_judged AFTER UPDATE OF risk, personal ON content FOR EACH ROW "
        "WHEN (OLD.risk <> NEW.risk OR OLD.personal <> NEW.personal) EXECUTE FUNCTION content_judged()",
        # Behind the item its flag could not be placed any more.
        _function("item_unflagged", "DELETE FROM flag WHERE item_id = OLD.id; RETURN OLD;"),
        "CREATE TRIGGER item_unflagged BEFORE DELETE ON item FOR EACH ROW WHEN (OLD.part = '') "
        "EXECUTE FUNCTION item_unflagged()",
    ]


def _delta(table: str, key: tuple[str, ...], changed: list[str]) -> str:
    columns = ", ".join(key)
    return (
        f"INSERT INTO {table}_delta ({columns}, items, bytes) SELECT {columns}, sum(n), sum(size) "
        f"FROM ({' UNION ALL '.join(changed)}) changed GROUP BY {columns} HAVING sum(n) <> 0 OR sum(size) <> 0;"
    )


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        names = [statement.split()[2] for statement in _sqlite()]
        for name in names:
            _run(f"DROP TRIGGER {name}")
    else:
        for name in [f"{table}_{event.lower()}_summed" for table, event, *_ in _STATEMENTS]:
            _run(f"DROP FUNCTION {name}() CASCADE")
        _run("DROP FUNCTION content_judged() CASCADE")
        _run("DROP FUNCTION item_unflagged() CASCADE")
    for view in ("item_cell", "item_facet"):
        _run(f"DROP VIEW {view}")
    for table, _ in _TABLES:
        op.drop_table(f"{table}_delta")
        op.drop_table(table)
    _before.upgrade()
