# ruff: noqa: SLF001  words of an earlier step
"""On PostgreSQL an item is counted while nobody else changes its content, or whose its folder is"""

from importlib import import_module
from typing import Any

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_before: Any = import_module("inventory.migrations.versions.0018_facets")

_COUNTED_BY = (
    "dir_id", "name", "part", "kind", "size", "modified", "gone", "outcome", "problem_code", "media_type", "content_id",
)  # fmt: skip
_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _COUNTED_BY)
_HAS_CONTENT = "(OLD.content_id IS NOT NULL OR NEW.content_id IS NOT NULL)"
_TRIGGERS = {
    "item_added_alone": "AFTER INSERT ON item FOR EACH ROW WHEN (NEW.content_id IS NOT NULL)",
    "item_removed_alone": "AFTER DELETE ON item FOR EACH ROW WHEN (OLD.content_id IS NOT NULL)",
    "item_changed_alone": f"AFTER UPDATE OF {', '.join(_COUNTED_BY)} ON item FOR EACH ROW "
    f"WHEN ({_HAS_CONTENT} AND ({_CHANGED}))",
}
# Who changes a content waits for this, and sees the item behind it; what changed it before is waited for, and seen.
# These are triggers of rows, which come before those of statements, which count.
_ALONE = "PERFORM 1 FROM content WHERE id IN (OLD.content_id, NEW.content_id) ORDER BY id FOR SHARE; RETURN NULL;"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    _run(_before._function("item_counted_alone", _ALONE))
    for name, event in _TRIGGERS.items():
        _run(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION item_counted_alone()")
    _run("DROP FUNCTION dir_update_summed() CASCADE")
    _run(_before._function("dir_reassigned", f"LOCK TABLE item, flag IN SHARE MODE; {_reassigned()} RETURN NULL;"))
    _run(
        "CREATE TRIGGER dir_reassigned AFTER UPDATE OF service_id ON dir FOR EACH ROW "
        "WHEN (OLD.service_id <> NEW.service_id) EXECUTE FUNCTION dir_reassigned()"
    )


def _reassigned() -> str:
    """As `dir_update_summed` did, but not for every folder that was merely stamped."""
    words = {"cell": _before._cell("postgresql"), "year": _before._year("postgresql")}
    both = (("OLD", "-"), ("NEW", "+"))
    cells, facets = ([kind.format(rows=f"(SELECT {row}.*) d JOIN item i ON i.dir_id = d.id", sign=sign, **words)
                      for row, sign in both] for kind in (_before._CELLS, _before._FACETS))  # fmt: skip
    (table, key), (facet, facet_key) = _before._TABLES
    return f"{_before._delta(table, key, cells)} {_before._delta(facet, facet_key, facets)}"


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for name in ("item_counted_alone", "dir_reassigned"):
        _run(f"DROP FUNCTION {name}() CASCADE")
    for statement in _before._postgresql():
        if "dir_update_summed" in statement:
            _run(statement)


def _run(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)
