"""What an inventory of millions of items takes in the database, and how long the lists and figures of it take.

usage: python -m benchmarks.large_inventory [--items N] [--sqlite]

The inventory is made up (`filled_inventory`), in PostgreSQL, which is started on this machine, or in a file. Lists are
asked for page by page as `muniment items` does, at the beginning and behind six thousand: printed are the least of ten
times, and the mean of the CPU time of this process and the server, which says more where other work goes on.
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
from typing import Any

from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from domain.access import Breadth
from domain.errors import ProblemCode
from inventory.audit import latest
from inventory.costs import ground_of
from inventory.engine import Database, open_inventory, reading
from inventory.estate import by_band, by_family, by_state, by_year
from inventory.queries import Inventory, Narrowing
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
        cpu, wall = Cost(server).of(lambda: fill(database, items))
        print(f"{items:,} items made up in {wall:.0f} s, {cpu:.0f} CPU s.\n")
        if not sqlite:
            _sizes(database, items)
        _lists(Inventory(database), Cost(server))
        _figures(database, Cost(server))
        _whole(database, Cost(server))
        database.dispose()


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


def _lists(inventory: Inventory, cost: Cost) -> None:
    print("| list | first page, ms (CPU ms) | a page deep in |\n|---|---|---|")
    for name, narrowing in _asked(inventory).items():
        first = _least(cost, partial(inventory.page, narrowing, None, _PAGE))
        mark = _deep(inventory, narrowing)
        deep = _least(cost, partial(inventory.page, narrowing, mark, _PAGE)) if mark else "ends before"
        print(f"| {name} | {first} | {deep} |")
    print()


def _asked(inventory: Inventory) -> Mapping[str, Narrowing]:
    """The lists, each of the largest service too, of one in the middle and of the smallest."""
    some = inventory.page(Narrowing(service="Service 3"), None, 1).held[0]
    lists = {
        "all": Narrowing(),
        "what is in a folder": Narrowing(folder=some.record.ref.folder),
        "copies of an item": Narrowing(copies_of=1),
        "what everyone can read": Narrowing(breadth=Breadth.EVERYONE),
        "of owners who have left": Narrowing(left=True),
        "a rare kind of finding": Narrowing(kind="CRIMINAL"),
        "one problem": Narrowing(code=ProblemCode.LIMIT),
    }
    by_service: Mapping[str, dict[str, Any]] = {
        "of a service": {}, "personal, by risk": {"personal": True}, "due, by day": {"flagged": True},
        "a common kind of finding": {"kind": "EMAIL_ADDRESS"}, "all problems": {"with_problem": True},
    }  # fmt: skip
    for name, options in by_service.items():
        lists |= {f"{name}, {service or 'all services'}": Narrowing(service=service, **options)
                  for service in (None, "Service 1", "Service 20", "Service 40") if service or options}  # fmt: skip
    return lists


def _deep(inventory: Inventory, narrowing: Narrowing) -> str | None:
    mark = None
    for _ in range(3):
        mark = inventory.page(narrowing, mark, _DEEP).following
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
