"""Gives a made-up inventory its families of copies and what is redundant, obsolete and trivial in it, by the database.

Not as the programs would find them, which takes minutes at millions: as many rows, as wide and as mixed.
"""

from __future__ import annotations

from benchmarks.filled_inventory import FILES_A_FOLDER
from inventory.engine import Database, writing

_PRESENT = "i.gone IS NULL AND i.part = ''"
_FACTS = '["place", "final", "access"]'
_COPIED = f"""
SELECT i.content_id AS id, c.digest AS key, c.media_type, min(i.id) AS record_id, count(*) AS items,
       sum(i.size) - max(i.size) AS goes
FROM item i JOIN content c ON c.id = i.content_id WHERE {_PRESENT} GROUP BY i.content_id, c.digest, c.media_type
HAVING count(*) > 1
"""
_VERSIONED = f"{_PRESENT} AND i.id % {FILES_A_FOLDER} IN (5, 6, 7) AND i.dir_id % 3 = 0"
_APART = 1_000_000_000
"""What the numbers of families of versions begin behind."""
_STATEMENTS = (
    f"""
INSERT INTO family (id, kind, key, record_id, items, goes, facts)
SELECT id, CASE WHEN media_type = 'message/rfc822' THEN 'message' ELSE 'copy' END, key, record_id, items, goes,
       '{_FACTS}' FROM ({_COPIED}) copied
""",
    f"""
INSERT INTO member (family_id, item_id, role, goes, facts)
SELECT f.id, i.id, CASE WHEN i.id = f.record_id THEN 'record' ELSE 'copy' END,
       CASE WHEN i.id = f.record_id THEN 0 ELSE i.size END, ''
FROM family f JOIN item i ON i.content_id = f.id WHERE {_PRESENT} ORDER BY 1, 2
""",
    f"""
INSERT INTO family (id, kind, key, record_id, items, goes, facts)
SELECT {_APART} + i.dir_id, 'versions', {{key}}, max(i.id), count(*), sum(i.size) - max(i.size), '["final"]'
FROM item i WHERE {_VERSIONED} GROUP BY i.dir_id HAVING count(*) > 1
""",
    f"""
INSERT INTO member (family_id, item_id, role, goes, facts)
SELECT f.id, i.id, CASE WHEN i.id = f.record_id THEN 'record' ELSE 'copy' END,
       CASE WHEN i.id = f.record_id THEN 0 ELSE i.size END, '{{{{"alike": 0.93}}}}'
FROM item i JOIN family f ON f.id = {_APART} + i.dir_id WHERE {_VERSIONED} ORDER BY 1, 2
""",
    f"""
INSERT INTO rot (item_id, reason, also, guard, bytes, keeps_id, facts)
SELECT id, reason, '', CASE WHEN id % 19 = 0 THEN 'client' WHEN id % 43 = 0 THEN 'held' ELSE '' END, size,
       CASE WHEN reason IN ('copy', 'version') THEN record_id END,
       CASE WHEN reason = 'stale' THEN '{{{{"signals":{{{{"untouched":2015,"owner-left":0}}}}}}}}'
            WHEN reason = 'technical' THEN '{{{{"trivial":"cache"}}}}'
            WHEN reason IN ('copy', 'version') THEN '{{{{"ahead":["place","owned"]}}}}' ELSE '' END
FROM (
    SELECT i.id, i.size, f.record_id, CASE WHEN flag.state = 'due' AND flag.action = 'dispose' THEN 'past-due'
        WHEN m.item_id IS NOT NULL AND f.kind <> 'versions' THEN 'copy' WHEN m.item_id IS NOT NULL THEN 'version'
        WHEN i.id % 31 = 0 THEN 'technical' WHEN i.id % 37 = 0 THEN 'personal'
        WHEN flag.state = 'due' THEN 'review' WHEN i.id % 11 < 2 THEN 'stale' END AS reason
    FROM item i LEFT JOIN flag ON flag.item_id = i.id
    LEFT JOIN (SELECT item_id, min(family_id) AS family_id FROM member WHERE role = 'copy' GROUP BY item_id) m
        ON m.item_id = i.id
    LEFT JOIN family f ON f.id = m.family_id WHERE {_PRESENT} AND i.kind = 'file'
) found WHERE reason IS NOT NULL ORDER BY 1
""",
    "INSERT INTO setting (name, value) VALUES ('rot_found', '2026-11-01')",
)
_KEY = {
    "sqlite": "CAST(CAST(i.dir_id AS TEXT) AS BLOB)", "postgresql": "convert_to(CAST(i.dir_id AS TEXT), 'UTF8')",
}  # fmt: skip


def decide(database: Database) -> None:
    """Families and ROT for an inventory that `fill` has filled and that has none."""
    with writing(database) as connection:
        for statement in _STATEMENTS:
            # The driver of PostgreSQL takes a single % for a parameter.
            asked = statement if database.dialect.name == "sqlite" else statement.replace("%", "%%")
            connection.exec_driver_sql(asked.format(key=_KEY[database.dialect.name]))
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.dialect.name == "sqlite" else "VACUUM ANALYZE")
