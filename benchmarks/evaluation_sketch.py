"""A sketch of what an evaluation would cost if the database decided: to be measured beside the one that there is."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from domain.rule import Period, Schedule
from inventory.engine import Database, writing
from inventory.staging import copy
from inventory.tables import DirRow
from retention.period import add_period

_A_YEAR = Period(years=1)


def decided_in_sql(database: Database, schedule: Schedule, today: date) -> None:
    """A sketch of the other design: periods counted once for each day, and one statement that joins them.

    It knows one rule a class and the date of last change alone: no dates of documents, no doubts about dates, no
    content, no precedence and no reasons.
    """
    rules = [rule.id for rule in schedule.rules if rule.id.endswith("R3")]
    with writing(database) as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE placed (dir_id BIGINT, rule TEXT)")
        connection.exec_driver_sql("CREATE TEMP TABLE ends (day BIGINT, rule TEXT, due TEXT)")
        rows = connection.execute(select(DirRow.id, DirRow.path)).all()
        classes = {name.encode(): number for number, name in enumerate(each.title for each in schedule.classes)}
        placed = [
            (number, f"C{classes[part]}-R3") for number, path in rows for part in path.split(b"/") if part in classes
        ]
        copy(connection, "placed", ("dir_id", "rule"), placed)
        days = connection.exec_driver_sql("SELECT DISTINCT modified / 86400000000 FROM item").scalars().all()
        ends = [
            (day, rule, str(add_period(date(1970, 1, 1) + timedelta(days=day), _A_YEAR)))
            for day in days if day is not None for rule in rules
        ]  # fmt: skip
        copy(connection, "ends", ("day", "rule", "due"), ends)
        connection.exec_driver_sql("CREATE INDEX ends_key ON ends (day, rule)")
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql(_JOINED.format(today=today)).all()
        connection.exec_driver_sql("DROP TABLE placed")
        connection.exec_driver_sql("DROP TABLE ends")


_JOINED = """
SELECT count(*) FROM item JOIN placed ON placed.dir_id = item.dir_id
JOIN ends ON ends.day = item.modified / 86400000000 AND ends.rule = placed.rule
LEFT JOIN flag ON flag.item_id = item.id
WHERE item.gone IS NULL AND item.kind = 'file' AND ends.due <= '{today}' AND coalesce(flag.state, '') <> 'due'
"""
