"""What an inventory of millions of items takes in the database, and how long the lists and figures of it take.

usage: python -m benchmarks.large_inventory [--items N] [--sqlite]

The inventory is made up (`filled_inventory`, `filled_decisions`), in PostgreSQL, which is started on this machine, or
in a file. Lists are asked for page by page as `muniment items` does, at the beginning and behind six thousand: printed
are the least of ten times, and the mean of the CPU time of this process and the server, which says more where other
work goes on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.filled_decisions import decide
from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from domain.access import Breadth
from domain.copies import CopyKind
from domain.decision import State
from domain.errors import ProblemCode
from domain.estate import RiskBand
from domain.examination import Outcome
from domain.rot import RotReason
from inventory.audit import latest
from inventory.costs import ground_of
from inventory.engine import Database, open_inventory, reading
from inventory.estate import by_band, by_family, by_state, by_year
from inventory.family_pages import page_of_families
from inventory.queries import Inventory, Narrowing
from inventory.rot_listing import RotWanted, rot_page, rot_sums
from operations.hosts.status import status_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import running_postgres

_PAGE, _DEEP, _ROUNDS = 50, 2_000, 10


def main(items: int, *, sqlite: bool) -> None:
    print(f"Machine: {machine()}\n")
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{folder}/inventory.db" if sqlite else server.fresh()
        database = open_inventory(url, create=True)
        cpu, wall = Cost(server).of(lambda: _filled(database, items))
        print(f"{items:,} items made up in {wall:.0f} s, {cpu:.0f} CPU s.\n")
        measure(database, Cost(server), items)
        database.dispose()


def _filled(database: Database, items: int) -> None:
    fill(database, items)
    decide(database)


def measure(database: Database, cost: Cost, items: int) -> None:
    if database.dialect.name == "postgresql":
        _sizes(database, items)
    _lists(database, cost)
    _figures(database, cost)
    _whole(database, cost)


def _sizes(database: Database, items: int) -> None:
    with reading(database) as connection:
        found = connection.exec_driver_sql(_SIZES).all()
    print("| table | rows | bytes an item | of which indexes |\n|---|---|---|---|")
    for table, rows, size, indexes in found:
        print(f"| {table} | {rows:,.0f} | {size / items:.1f} | {indexes / items:.1f} |")
    kept = {table: size for table, _, size, _ in found}
    print(f"| item, dir and content | | {sum(kept[table] for table in ('item', 'dir', 'content')) / items:.0f} | |")
    print(f"| all | | {sum(kept.values()) / items:.0f} | |\n")


_SIZES = """
SELECT relname, reltuples, pg_total_relation_size(oid), pg_indexes_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND reltuples > 100 ORDER BY 3 DESC
"""


_Ask: TypeAlias = Callable[[str | None, int], str | None]
"""Asks for a page behind a mark, of so many; what it gives is the mark of the next."""


def _lists(database: Database, cost: Cost) -> None:
    print("| list | first page, ms (CPU ms) | a page deep in |\n|---|---|---|")
    for name, ask in {**_items(Inventory(database)), **_groups(database)}.items():
        first = _least(cost, partial(ask, None, _PAGE))
        mark = _deep(ask)
        deep = _least(cost, partial(ask, mark, _PAGE)) if mark else "ends before"
        print(f"| {name} | {first} | {deep} |", flush=True)
    print()


def _items(inventory: Inventory) -> Mapping[str, _Ask]:
    def asking(narrowing: Narrowing) -> _Ask:
        return lambda mark, most: inventory.page(narrowing, mark, most).following

    return {name: asking(narrowing) for name, narrowing in _asked(inventory).items()}


def _asked(inventory: Inventory) -> Mapping[str, Narrowing]:
    """The lists, each of the largest service too, of one in the middle and of the smallest."""
    some = inventory.page(Narrowing(service="Service 3", files=True), None, 1).held[0]
    lists = {
        "all": Narrowing(),
        "what is in a folder": Narrowing(folder=some.record.ref.folder),
        "copies of an item": Narrowing(copies_of=1),
        "of an owner": Narrowing(owner=some.record.owner),
        "what everyone can read": Narrowing(breadth=Breadth.EVERYONE),
        "of owners who have left": Narrowing(left=True),
        "a rare kind of finding": Narrowing(kind="CRIMINAL"),
        "one problem": Narrowing(code=ProblemCode.LIMIT),
        "uncomputable": Narrowing(state=State.UNCOMPUTABLE),
    }
    by_service: Mapping[str, dict[str, Any]] = {
        "of a service": {}, "what waits": {"waiting": True}, "unreadable": {"outcome": Outcome.UNREADABLE},
        "personal, by risk": {"personal": True}, "of the highest risk": {"band": RiskBand.FROM_80},
        "of some risk": {"band": RiskBand.FROM_20}, "due, by day": {"flagged": True},
        "soon due, by day": {"state": State.KEPT}, "a common kind of finding": {"kind": "EMAIL_ADDRESS"},
        "all problems": {"with_problem": True},
    }  # fmt: skip
    for name, options in by_service.items():
        lists |= {f"{name}, {service or 'all services'}": Narrowing(service=service, **options)
                  for service in (None, "Service 1", "Service 20", "Service 40") if service or options}  # fmt: skip
    return lists


def _groups(database: Database) -> Mapping[str, _Ask]:
    """Groups of copies, those first with which most goes, and what is redundant, obsolete or trivial."""

    def families(kind: CopyKind | None, service: str | None) -> _Ask:
        return lambda mark, most: page_of_families(database, mark, most, kind, service)[1]

    def rot(reasons: tuple[RotReason, ...], service: str | None) -> _Ask:
        return lambda mark, most: rot_page(database, RotWanted(reasons, service), mark, most).following

    asked: dict[str, _Ask] = {}
    for service in (None, "Service 1", "Service 20", "Service 40"):
        where = service or "all services"
        asked |= {f"groups of copies, {where}": families(None, service),
                  f"versions, {where}": families(CopyKind.VERSIONS, service),
                  f"ROT, {where}": rot(tuple(RotReason), service)}  # fmt: skip
        asked |= {f"ROT: {reason}, {where}": rot((reason,), service) for reason in (RotReason.COPY, RotReason.PERSONAL)}
    return asked


def _deep(ask: _Ask) -> str | None:
    mark = None
    for _ in range(3):
        mark = ask(mark, _DEEP)
        if mark is None:
            return None
    return mark


def _figures(database: Database, cost: Cost) -> None:
    inventory, now = Inventory(database), datetime.now(UTC)
    asked: Mapping[str, Callable[[], object]] = {
        "what waits and problems": inventory.standing, "holdings of services": inventory.services,
        "by family": lambda: by_family(database), "by risk": lambda: by_band(database),
        "by state of flag": lambda: by_state(database), "by year of last change": lambda: by_year(database),
        "status: scans, slots, requests and figures": lambda: status_of(database, now),
        "the end of the audit trail": lambda: latest(database, _PAGE),
    }  # fmt: skip
    print("| figures | ms (CPU ms) |\n|---|---|")
    for name, ask in asked.items():
        print(f"| {name} | {_least(cost, ask)} |")
    print()


def _least(cost: Cost, ask: Callable[[], object]) -> str:
    times = [cost.of(ask) for _ in range(_ROUNDS)]
    return f"{1000 * min(wall for _, wall in times):.1f} ({1000 * sum(cpu for cpu, _ in times) / _ROUNDS:.0f})"


def _whole(database: Database, cost: Cost) -> None:
    """What goes over everything, as reports do; the last two only here, until there are pages that ask for them."""
    inventory = Inventory(database)
    asked: Mapping[str, Callable[[], object]] = {
        "coverage, with what waits for OCR": inventory.coverage,
        "who can read, and who has left": inventory.ownership,
        "costs by family, for capacity": lambda: ground_of(database),
        "what is ROT, by service, source, reason and guard": lambda: rot_sums(database),
        "the hundred largest groups of copies": lambda: _told(database, _COPIES),
        "risk by service and kind of finding": lambda: _told(database, _RISK),
    }
    print("| over everything | CPU s | s |\n|---|---|---|")
    for name, ask in asked.items():
        cpu, wall = cost.of(ask)
        print(f"| {name} | {cpu:.1f} | {wall:.1f} |")


def _told(database: Database, question: str) -> int:
    with reading(database) as connection:
        return len(connection.exec_driver_sql(question).all())


_COPIES = """
SELECT content_id, count(*), sum(size) - max(size) FROM item WHERE gone IS NULL AND part = '' AND content_id IS NOT NULL
GROUP BY content_id HAVING count(*) > 1 ORDER BY 3 DESC LIMIT 100
"""
_RISK = """
SELECT d.service_id, f.kind, count(*), max(c.risk) FROM item i JOIN dir d ON d.id = i.dir_id
JOIN content c ON c.id = i.content_id JOIN finding f ON f.content_id = c.id
WHERE i.gone IS NULL AND c.personal AND f.confidence >= 0.6 GROUP BY d.service_id, f.kind
"""


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=3_000_000)
    arguments.add_argument("--sqlite", action="store_true", help="in a file, not in PostgreSQL")
    given = arguments.parse_args()
    main(given.items, sqlite=given.sqlite)
