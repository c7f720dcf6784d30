"""What it costs to apply a schedule to an inventory, in both databases, beside deciding on each row by itself.

usage: python -m benchmarks.evaluation_cost [--items N] [--singly N] [--rounds N] [--only sqlite|postgresql]

A PostgreSQL server is started on this machine. CPU seconds are those of this process and of the server together. What
is done row by row is done for some rows, in pages from random places, and reckoned for the others: records are read in
pages, as lists are; on each `Decider.decide` decides, one `Decider` for all that met twenty thousand before the first
is counted; and for each one statement is sent to the driver, in one transaction that is undone: an upsert of its flag,
or a DELETE where it is to have none.

What a second of work costs drifts with what else the machine does. So both roads take turns: some rows one by one, a
first night, as many rows again, a night on which nothing changed, and so on for some rounds; all rows that were done
one by one are added up, each sample of them is printed, and of several nights the mean is compared.

On a first night nothing is due, since nothing was observed for long enough. So a tenth of the folders is made to have
been seen long ago, and the night on which what lies in them comes to be due and is put into the queues of what waits
for a verdict is measured too, with the filling of the queues alone beside it; and row by row, with its place in the
queue for each, as that is put right when somebody decides on one item.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import IntEnum
from functools import partial
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import TypeAlias

from benchmarks.evaluation_sketch import decided_in_sql
from benchmarks.filled_inventory import TODAY as SEEN
from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from domain.decision import State
from domain.rule import Schedule
from inventory.engine import Database, open_inventory, reading, writing
from inventory.held import Held, Narrowing, conditions, held_of, records
from inventory.review_queue import refill
from inventory.tables import ItemRow
from operations.people.audit import Trail
from operations.schedule.evaluate import evaluate
from operations.schedule.judging import grounds_in
from operations.schedule.simulate import simulate
from retention.decide import Decider
from retention.schedule import parse_schedule

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import running_postgres

_TODAY = date(2026, 11, 22)
_PAGE = 5_000
_MET_BEFORE = 20_000
"""Rows that a `Decider` has decided on before any is counted: of millions, hardly one is among its first."""
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


def main(items: int, singly: int, rounds: int, only: str | None) -> None:
    print(f"Machine: {machine()}\n")
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        for name, url in (("SQLite", f"sqlite:///{folder}/inventory.db"), ("PostgreSQL", server.fresh())):
            if only not in (None, name.casefold()):
                continue
            database = open_inventory(url, create=True)
            fill(database, items)
            _date(database)
            _measure(name, Trail(database, AuditKey(b"k" * 32)), Cost(server), items, singly, rounds)
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
        connection.exec_driver_sql("DELETE FROM queued")
        connection.exec_driver_sql("DELETE FROM queue_sum")
        connection.exec_driver_sql(f"UPDATE item SET first_seen = '{SEEN}' WHERE first_seen <> '{SEEN}'")
    _tidy(database)


def _tidy(database: Database) -> None:
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.dialect.name == "sqlite" else "VACUUM ANALYZE")


def _measure(name: str, trail: Trail, cost: Cost, items: int, singly: int, rounds: int = 2) -> None:
    schedule = the_schedule()
    with reading(trail.database) as connection:
        files = connection.exec_driver_sql(_FILES).scalar_one()
    decider = Decider(schedule)
    _singly(trail, decider, _MET_BEFORE, Part.DECIDED)
    spent = _taking_turns(trail, cost, schedule, decider, singly, rounds)
    spent |= _coming_due(trail, cost, schedule)
    for said, part, some in (("nothing written", Part.DECIDED, singly), ("each written and queued", Part.QUEUED, 500)):
        spent[f"row by row, {said}"] = [_times(cost.of(partial(_singly, trail, decider, some, part)), singly / some)]
    count = len(spent[_SINGLY]) * singly
    singly_cpu = _mean(spent[_SINGLY])[0] * files / singly
    print(f"\n| {name}: {items:,} items, {files:,} files | CPU seconds | seconds | times cheaper than the first |")
    print("|---|---|---|---|")
    for way, times in spent.items():
        cpu, wall = _times(_mean(times), files / singly if way.startswith("row") else 1)
        print(f"| {way} | {cpu:.1f} | {wall:.1f} | {singly_cpu / cpu:.1f} |")
    print(f"\nRow by row as {count:,} files cost, what is queued as 500.")
    print(f"The most memory that this process took was {getrusage(RUSAGE_SELF).ru_maxrss // 1024:,} MiB.\n")


_Spent: TypeAlias = dict[str, list[tuple[float, float]]]
"""CPU seconds and seconds of each time, by the way that was gone."""
_SINGLY = "row by row, each written"
_FIRST = "the first night"
_DUE = "a night on which some fell due and were queued"


def _taking_turns(trail: Trail, cost: Cost, schedule: Schedule, decider: Decider, singly: int, rounds: int) -> _Spent:
    night = partial(_told, trail, schedule)
    others: dict[str, Callable[[], object]] = {
        _FIRST: night,
        "a night on which nothing changed": night,
        "one rule of one class simulated": lambda: simulate(
            trail.database, the_schedule(2), schedule, grounds_in(trail.database, schedule, _TODAY)
        ),
        "sketch: one rule a class, by dates of last change alone, in SQL": lambda: decided_in_sql(
            trail.database, schedule, _TODAY
        ),
    }
    spent: _Spent = {way: [] for way in (_SINGLY, *others)}
    for number in range(rounds):
        if number:
            _unflag(trail.database)
        for way, work in others.items():
            draw = partial(_singly, trail, decider, singly, Part.WRITTEN, seed=len(spent[_SINGLY]))
            spent[_SINGLY].append(_taken(cost, _SINGLY, draw))
            spent[way].append(_taken(cost, way, work))
            if way == _FIRST:
                _tidy(trail.database)  # Or rows would be written one by one by a plan for a table that is empty.
    return spent


def _taken(cost: Cost, way: str, work: Callable[[], object]) -> tuple[float, float]:
    """Told at once too: a run of millions takes long."""
    cpu, wall = cost.of(work)
    print(f"- {way}: {cpu:.1f} CPU s, {wall:.0f} s", flush=True)
    return cpu, wall


def _coming_due(trail: Trail, cost: Cost, schedule: Schedule) -> _Spent:
    _age(trail.database)
    night = _taken(cost, _DUE, partial(_told, trail, schedule))
    with writing(trail.database) as connection:
        connection.exec_driver_sql("DELETE FROM queued")
        connection.exec_driver_sql("DELETE FROM queue_sum")
    filled = cost.of(partial(_refill, trail.database))
    again = cost.of(partial(_refill, trail.database))
    return {
        _DUE: [night],
        "the queues of these filled, alone": [filled], "the queues looked through where nothing changed": [again],
    }  # fmt: skip


def _refill(database: Database) -> None:
    with writing(database) as connection:
        print(f"{refill(connection, _TODAY).changed:,} changed in the queues.")


def _unflag(database: Database) -> None:
    with writing(database) as connection:
        connection.exec_driver_sql("DELETE FROM flag")
    _tidy(database)


def _age(database: Database) -> None:
    with writing(database) as connection:
        connection.exec_driver_sql(f"UPDATE item SET first_seen = '{_LONG_AGO}' WHERE mod(dir_id, 10) = 0")
    _tidy(database)


_LONG_AGO = date(2026, 5, 1)


_FILES = "SELECT count(*) FROM item WHERE gone IS NULL AND kind = 'file'"


def _told(trail: Trail, schedule: Schedule) -> None:
    result = evaluate(_ACTOR, trail, schedule, _TODAY)
    print(f"{sum(result.states.values()):,} files, {result.decided:,} decisions, {result.changed:,} flags changed.")


class Part(IntEnum):
    """How much of the work is done row by row."""

    DECIDED, WRITTEN, QUEUED = range(3)


def _singly(trail: Trail, decider: Decider, count: int, part: Part, seed: int = 7) -> None:
    mark = "?" if trail.database.dialect.name == "sqlite" else "%s"
    upsert, remove = _UPSERT.format(mark=mark), f"DELETE FROM flag WHERE item_id = {mark}"
    with trail.database.connect().execution_options(writes=True) as connection:
        for held in _drawn(trail.database, count, seed):
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


def _drawn(database: Database, count: int, seed: int) -> Iterator[Held]:
    """So many files in pages as lists read them, each page from a place drawn by chance, and always the same."""
    wanted = records().where(ItemRow.gone.is_(None), *conditions(Narrowing(files=True))).order_by(ItemRow.id)
    with reading(database) as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM item").scalar_one()
    random, left = Random(seed), count
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


def _times(spent: tuple[float, float], times: float) -> tuple[float, float]:
    return spent[0] * times, spent[1] * times


def _mean(spent: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(cpu for cpu, _ in spent) / len(spent), sum(wall for _, wall in spent) / len(spent)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=300_000)
    arguments.add_argument("--singly", type=int, default=5_000, help="rows done one by one at each turn")
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--only", choices=("sqlite", "postgresql"))
    main(**vars(arguments.parse_args()))
