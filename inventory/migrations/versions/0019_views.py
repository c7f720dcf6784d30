# ruff: noqa: S608  names and words of ours
"""Views for business-intelligence tools: figures without a path or a name, and apart from them the paths"""

from alembic import op

from inventory.tables import LONG_TYPES

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_FROM_1601, _TO_9999 = -11_644_473_600_000_000, 253_402_300_799_999_999
_DAY = {
    "sqlite": "date({0} / 1000000, 'unixepoch')",
    "postgresql": "CAST(to_timestamp({0} / 1000000) AT TIME ZONE 'UTC' AS date)",
}
_TEXT = {"sqlite": "CAST({0} AS TEXT)", "postgresql": "bi_text({0})"}
_ALL_SUMS = "(SELECT {0}, items, bytes FROM summary UNION ALL SELECT {0}, items, bytes FROM summary_delta) s"
_TOTAL = "CAST(coalesce(sum({0}), 0) AS bigint)"
_HERE = "FROM item i JOIN dir d ON d.id = i.dir_id"

# Bytes that are no UTF-8 are a name too, and a view must not fail at it.
_BI_TEXT = """
CREATE FUNCTION bi_text(name bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN RETURN convert_from(name, 'UTF8'); EXCEPTION WHEN others THEN RETURN encode(name, 'escape'); END $$
"""
_ROLES = {"bi_paths": ("muniment_reader_paths",)}
_OF_ALL = ("muniment_figures", "muniment_reader_paths")


def _day(dialect: str, column: str) -> str:
    return f"CASE WHEN {column} BETWEEN {_FROM_1601} AND {_TO_9999} THEN {_DAY[dialect].format(column)} END"


def _judged(column: str) -> str:
    """What was read to the end, or was found all the same: of what was read in part, nothing found is not known."""
    return f"CASE WHEN i.outcome = 'examined' OR (i.outcome = 'partial' AND c.{column}) THEN c.{column} END AS {column}"


def _views(dialect: str) -> dict[str, str]:
    types = " ".join(f"WHEN '{short}' THEN '{long}'" for short, long in LONG_TYPES.items())
    days = ", ".join(f"{_day(dialect, f'i.{name}')} AS {name}" for name in ("created", "modified", "accessed"))
    key = "service_id, is_file, is_part, outcome, problem_code, family, band"
    sums = _ALL_SUMS.format(key)
    return {
        "bi_items": (
            "SELECT i.id AS item, s.name AS service, i.kind AS kind, i.part <> '' AS is_part, cell.family AS family, "
            f"CASE i.media_type {types} ELSE i.media_type END AS media_type, i.size AS bytes, {days}, i.first_seen AS "
            "first_seen, coalesce(i.outcome, 'waiting') AS outcome, i.problem_code AS problem, i.misnamed AS misnamed, "
            f"i.content_id AS content, {', '.join(map(_judged, ('personal', 'children', 'criminal')))}, "
            "CASE WHEN i.outcome IN ('examined', 'partial') THEN c.risk END AS risk, cell.band AS risk_band, "
            "coalesce(own.breadth, folder.breadth, 'unknown') AS breadth, "
            'coalesce(p."left", p2."left") AS owner_left '
            f"{_HERE} JOIN service s ON s.id = d.service_id JOIN item_cell cell ON cell.id = i.id "
            "LEFT JOIN content c ON c.id = i.content_id LEFT JOIN access own ON own.id = i.access_id "
            "LEFT JOIN access folder ON folder.id = d.access_id LEFT JOIN principal p ON p.id = i.owner_id "
            "LEFT JOIN principal p2 ON p2.id = folder.owner_id WHERE i.gone IS NULL"
        ),
        "bi_findings": (
            "SELECT f.content_id AS content, f.kind AS kind, f.count AS found, f.confidence AS confidence, "
            "CASE WHEN f.confidence >= 0.85 THEN 'high' WHEN f.confidence >= 0.6 THEN 'medium' ELSE 'low' END AS band, "
            "f.sampled AS sampled FROM finding f"
        ),
        "bi_flags": (
            "SELECT f.item_id AS item, f.state AS state, f.action AS action, f.due AS due, f.rule AS rule, "
            "sc.name AS schedule, sc.version AS version FROM flag f JOIN item i ON i.id = f.item_id "
            "JOIN schedule sc ON sc.id = f.schedule_id WHERE i.gone IS NULL"
        ),
        "bi_services": (
            "SELECT v.name AS service, "
            f"{_TOTAL.format('CASE WHEN NOT s.is_part THEN s.items ELSE 0 END')} AS items, "
            f"{_TOTAL.format('CASE WHEN NOT s.is_part THEN s.bytes ELSE 0 END')} AS bytes, "
            f"{_TOTAL.format('CASE WHEN s.is_part THEN s.items ELSE 0 END')} AS parts, "
            "coalesce(max(r.items), 0) AS items_under_rule, coalesce(max(r.bytes), 0) AS bytes_under_rule "
            f"FROM service v LEFT JOIN {sums} ON s.service_id = v.id LEFT JOIN compliance r ON r.service_id = v.id "
            "GROUP BY v.id, v.name"
        ),
        "bi_coverage": (
            "SELECT v.name AS service, s.is_part AS is_part, s.family AS family, s.band AS risk_band, "
            "CASE WHEN s.outcome = '' THEN 'waiting' ELSE s.outcome END AS outcome, "
            "CASE WHEN s.problem_code <> '' THEN s.problem_code END AS problem, "
            f"{_TOTAL.format('s.items')} AS items, {_TOTAL.format('s.bytes')} AS bytes "
            f"FROM {sums} JOIN service v ON v.id = s.service_id "
            "GROUP BY v.name, s.is_part, s.family, s.band, s.outcome, s.problem_code HAVING sum(s.items) <> 0"
        ),
        "bi_paths": (
            f"SELECT i.id AS item, o.name AS source, {_TEXT[dialect].format('d.path')} AS folder, "
            f"{_TEXT[dialect].format('i.name')} AS name, i.part AS part, p.account AS owner "
            f"{_HERE} JOIN source o ON o.id = d.source_id LEFT JOIN principal p ON p.id = i.owner_id "
            "WHERE i.gone IS NULL"
        ),
    }  # fmt: skip


def upgrade() -> None:
    connection = op.get_bind()
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.exec_driver_sql(_BI_TEXT)
    for name, rows in _views(dialect).items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {rows}")
        for role in _ROLES.get(name, _OF_ALL) if dialect == "postgresql" else ():
            connection.exec_driver_sql(
                f"DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
                f"GRANT SELECT ON {name} TO {role}; END IF; END $$"
            )


def downgrade() -> None:
    connection = op.get_bind()
    for name in reversed(_views("sqlite")):
        connection.exec_driver_sql(f"DROP VIEW {name}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION bi_text(bytea)")
