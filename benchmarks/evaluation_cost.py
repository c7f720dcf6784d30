"""What it costs to apply a schedule to an inventory, in both databases, beside deciding on each row by itself.

usage: python -m benchmarks.evaluation_cost [--items N] [--singly N] [--only sqlite|postgresql]

A PostgreSQL server is started on this machine. CPU seconds are those of this process and of the server together. What
is done row by row is done for some rows, in pages from random places, and reckoned for the others: records
are read in pages, as lists are; on each `Decider.decide` decides, with one `Decider` that remembers; and for each one
statement is sent to the driver, in one transaction that is undone: an upsert of its flag, or a DELETE where it is to
have none. An evaluation has the queues of what waits for a verdict be right too; row by row that is measured apart, as
it is done for one item when somebody decides on it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import IntEnum
from functools import partial
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

import psutil
from sqlalchemy import select

from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from domain.decision import State
from domain.rule import Period, Schedule
from inventory.engine import Database, open_inventory, reading, writing
from inventory.held import Held, Narrowing, conditions, held_of, records
from inventory.review_queue import refill
from inventory.staging import copy
from inventory.tables import DirRow, ItemRow
from operations.people.audit import Trail
from operations.schedule.evaluate import Evaluation, evaluate
from operations.schedule.judging import grounds_in
from operations.schedule.simulate import simulate
from retention.decide import Decider
from retention.period import add_period
from retention.schedule import parse_schedule

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import Postgres, running_postgres

_TODAY = date(2026, 11, 22)
_A_YEAR = Period(years=1)
_PAGE = 5_000
_ACTOR = Actor("measured", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)

_HEAD = """
[schedule]
id = "measured"
version = "1"
effective_from = 2026-04-01
"""
_CLASSES = ("Case files", "Correspondence", "Finance", "Projects", "Archive", "Meetings", "Staff", "Photographs")


def the_schedule(years_of_finance: int = 6) -> Schedule:
    """A class for each kind of folder and three rules for each: by change, by creation where personal, a review."""
    tables = [_HEAD]
    for number, name in enumerate(_CLASSES):
        years = years_of_finance if name == "Finance" else 3 + number
        tables.append(_TABLES.format(number=number, name=name, years=years))
    return parse_schedule("".join(tables), "measured.toml")


_TABLES = """
[[class]]
id = "C{number}"
title = "{name}"
paths = ["**/{name}/**"]

[[rule]]
id = "C{number}-R1"
class = "C{number}"
trigger = {{ date = "modified", end_of = "financial-year" }}
period = "P{years}Y"
action = "dispose"
authority = "measured"

[[rule]]
id = "C{number}-R2"
class = "C{number}"
match = {{ mark = "personal" }}
later_of = [
    {{ trigger = {{ date = "created" }}, period = "P8Y" }}, {{ trigger = {{ date = "modified" }}, period = "P4Y" }},
]
action = "dispose"
authority = "measured"

[[rule]]
id = "C{number}-R3"
class = "C{number}"
trigger = {{ date = "modified" }}
period = "P1Y"
action = "review"
authority = "measured"
"""


def main(items: int, singly: int, only: str | None) -> None:
    print(f"Machine: {machine()}\n")
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        for name, url in (("SQLite", f"sqlite:///{folder}/inventory.db"), ("PostgreSQL", server.fresh())):
            if only not in (None, name.casefold()):
                continue
            database = open_inventory(url, create=True)
            fill(database, items)
            _date(database)
            _measure(name, Trail(database, AuditKey(b"k" * 32)), _Cost(server), items, singly)
            database.dispose()


def _date(database: Database) -> None:
    """Two contents in three say of what day they are, whatever their files say: as many pairs of days as can be."""
    day = {"sqlite": "date('2009-01-01', '+' || mod(content_id, 6000) || ' days')",
           "postgresql": "(DATE '2009-01-01' + mod(content_id, 6000)::int)::text"}[database.dialect.name]  # fmt: skip
    with writing(database) as connection:
        connection.exec_driver_sql(
            f"""UPDATE trait SET dates = '[["created", "' || {day} || '"]]' """
            "WHERE mod(content_id, 3) < 2"
        )
        connection.exec_driver_sql("DELETE FROM flag")
        connection.exec_driver_sql("DELETE FROM schedule")
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.dialect.name == "sqlite" else "VACUUM ANALYZE")


def _measure(name: str, trail: Trail, cost: _Cost, items: int, singly: int) -> None:
    schedule = the_schedule()
    grounds = grounds_in(trail.database, schedule, _TODAY)
    ways: dict[str, Callable[[], object]] = {
        "the first night": lambda: _told(evaluate(_ACTOR, trail, schedule, _TODAY)),
        "a night on which nothing changed": lambda: _told(evaluate(_ACTOR, trail, schedule, _TODAY)),
        "sketch: one rule a class, by dates of last change alone, in SQL": lambda: _in_sql(trail.database, schedule),
        "one rule of one class simulated": lambda: simulate(trail.database, the_schedule(2), schedule, grounds),
    }
    with reading(trail.database) as connection:
        files = connection.exec_driver_sql(_FILES).scalar_one()
    rows = {way: cost.of(work) for way, work in ways.items()}
    for said, part in (("nothing written", Part.DECIDED), ("each written and queued", Part.QUEUED),
                       ("each written", Part.WRITTEN)):  # fmt: skip
        done = cost.of(partial(_singly, trail, schedule, singly, part))
        rows[f"row by row, {said}, as {singly:,} files cost"] = _scaled(done, files / singly)
    *_, (singly_cpu, _) = rows.values()
    print(f"\n| {name}: {items:,} items, {files:,} files | CPU seconds | seconds | times cheaper than the last |")
    print("|---|---|---|---|")
    for way, (cpu, wall) in rows.items():
        print(f"| {way} | {cpu:.1f} | {wall:.1f} | {singly_cpu / cpu:.1f} |")
    print(f"\nThe most memory that this process took was {getrusage(RUSAGE_SELF).ru_maxrss // 1024:,} MiB.\n")


_FILES = "SELECT count(*) FROM item WHERE gone IS NULL AND kind = 'file'"


def _told(result: Evaluation) -> None:
    print(f"{sum(result.states.values()):,} files, {result.decided:,} decisions, {result.changed:,} flags changed.")


class Part(IntEnum):
    """How much of the work is done row by row."""

    DECIDED, WRITTEN, QUEUED = range(3)


def _singly(trail: Trail, schedule: Schedule, count: int, part: Part) -> None:
    decider, mark = Decider(schedule), "?" if trail.database.dialect.name == "sqlite" else "%s"
    upsert, remove = _UPSERT.format(mark=mark), f"DELETE FROM flag WHERE item_id = {mark}"
    with trail.database.connect().execution_options(writes=True) as connection:
        for held in _drawn(trail.database, count):
            found = decider.decide(held.record, _TODAY)
            if part is Part.DECIDED:
                continue
            if found.state in _FLAGGED or (found.due is not None and found.due <= _TODAY + timedelta(days=90)):
                sentence = " ".join(reason.sentence for reason in found.reasons)
                flag = (held.number, str(found.state), str(found.action), found.due and str(found.due), found.rule)
                connection.exec_driver_sql(upsert, (*flag, sentence))
            else:
                connection.exec_driver_sql(remove, (held.number,))
            if part is Part.QUEUED:
                refill(connection, _TODAY, only=[held.number])
        connection.rollback()


def _drawn(database: Database, count: int) -> Iterator[Held]:
    """So many files in pages as lists read them, each page from a place drawn by chance, and always the same."""
    wanted = records().where(ItemRow.gone.is_(None), *conditions(Narrowing(files=True))).order_by(ItemRow.id)
    with reading(database) as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM item").scalar_one()
    random, left = Random(7), count
    while left > 0:
        page = wanted.where(ItemRow.id > random.randrange(last)).limit(min(left, _PAGE))
        with reading(database) as connection:
            found = [held_of(row) for row in connection.execute(page)]
        yield from found
        left -= len(found)


_FLAGGED = (State.DUE, State.OBSERVED, State.UNCOMPUTABLE)
_UPSERT = """
INSERT INTO flag (item_id, state, action, due, rule, sentence, schedule_id)
VALUES ({mark}, {mark}, {mark}, {mark}, {mark}, {mark}, (SELECT max(id) FROM schedule))
ON CONFLICT (item_id) DO UPDATE SET schedule_id = excluded.schedule_id, state = excluded.state,
action = excluded.action, due = excluded.due, rule = excluded.rule, sentence = excluded.sentence
"""


def _in_sql(database: Database, schedule: Schedule) -> None:
    """A sketch of the other design: periods counted once for each day, and one statement that joins them.

    It knows one rule a class and the date of last change alone: no dates of documents, no doubts about dates, no
    content, no precedence and no reasons.
    """
    rules = [rule.id for rule in schedule.rules if rule.id.endswith("R3")]
    with writing(database) as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE placed (dir_id BIGINT, rule TEXT)")
        connection.exec_driver_sql("CREATE TEMP TABLE ends (day BIGINT, rule TEXT, due TEXT)")
        rows = connection.execute(select(DirRow.id, DirRow.path)).all()
        classes = {name.encode(): number for number, name in enumerate(_CLASSES)}
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
        connection.exec_driver_sql(_JOINED).all()
        connection.exec_driver_sql("DROP TABLE placed")
        connection.exec_driver_sql("DROP TABLE ends")


_JOINED = """
SELECT count(*) FROM item JOIN placed ON placed.dir_id = item.dir_id
JOIN ends ON ends.day = item.modified / 86400000000 AND ends.rule = placed.rule
LEFT JOIN flag ON flag.item_id = item.id
WHERE item.gone IS NULL AND item.kind = 'file' AND ends.due <= '2026-11-22' AND coalesce(flag.state, '') <> 'due'
"""


def _scaled(spent: tuple[float, float], times: float) -> tuple[float, float]:
    return spent[0] * times, spent[1] * times


class _Cost:
    """CPU seconds of this process and of the database server."""

    def __init__(self, server: Postgres) -> None:
        self._server = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))

    def of(self, work: Callable[[], object]) -> tuple[float, float]:
        before, began = self._spent(), time.monotonic()
        work()
        return max(1e-6, self._spent() - before), time.monotonic() - began

    def _spent(self) -> float:
        spent = self._server.cpu_times()
        total = spent.user + spent.system + spent.children_user + spent.children_system
        for child in self._server.children():
            total += sum(child.cpu_times()[:2])
        return total + time.process_time()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=300_000)
    arguments.add_argument("--singly", type=int, default=20_000)
    arguments.add_argument("--only", choices=("sqlite", "postgresql"))
    main(**vars(arguments.parse_args()))
