"""What it costs to find what is redundant, obsolete and trivial, and to sum and list it, in both databases.

usage: python -m benchmarks.rot_cost [--items N ...] [--database sqlite|postgresql]

An inventory is filled with as many items as each size says. CPU seconds are those of this process and, on PostgreSQL,
of the server; memory is the most that this process came to hold above what it held before.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from inventory.engine import Database, open_inventory
from inventory.rot_listing import RotWanted, copy_groups, rot_items, rot_page, rot_sums
from operations.configuration.rot_settings import RotSettings
from operations.people.audit import Trail
from operations.rot.find import RotFound, find_rot

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import Postgres, running_postgres

_TODAY = date(2026, 11, 22)
_ACTOR = Actor("measured", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)


def main(sizes: list[int], kind: str) -> None:
    print(f"Machine: {machine()}\n")
    with running_postgres() if kind == "postgresql" else nullcontext() as server:
        for items in sizes:
            with tempfile.TemporaryDirectory() as folder:
                url = server.fresh() if server else f"sqlite:///{folder}/inventory.db"
                database = open_inventory(url, create=True)
                fill(database, items)
                _measure(f"{kind}, {items:,} items", database, server)
                database.dispose()


def _measure(name: str, database: Database, server: Postgres | None) -> None:
    print(name)
    trail = Trail(database, AuditKey(b"k" * 32))

    def find() -> RotFound:
        return find_rot(_ACTOR, trail, RotSettings(), _TODAY)

    found = _timed("the first night", find, server)
    for reason, tally in found.reasons.items():
        print(f"    {reason.label}: {tally.items:,} items, {tally.bytes:,} bytes")
    kept_out = sum(tally.items for tally in found.guards.values())
    print(f"    kept out by guards: {kept_out:,}; rows written: {found.changed:,}")
    again = _timed("a night on which nothing changed", find, server)
    print(f"    rows written: {again.changed:,}")
    _timed("sums by service, source, reason and guard", lambda: rot_sums(database), server)
    _timed("the 20 largest groups of copies", lambda: copy_groups(database, 20), server)
    _timed("a page of 50", lambda: rot_page(database, RotWanted(), None, 50), server)
    _timed("the list in full", lambda: sum(1 for _ in rot_items(database, RotWanted())), server)
    tracemalloc.start()
    find()
    print(f"  memory at the most: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB\n")
    tracemalloc.stop()


def _timed(what: str, work: Callable[[], Any], server: Postgres | None) -> Any:
    before = _spent(server)
    made = work()
    print(f"  {what}: {_spent(server) - before:.2f} CPU s")
    return made


def _spent(server: Postgres | None) -> float:
    spent = psutil.Process().cpu_times()
    if server is None:
        return float(spent.user + spent.system)
    postmaster = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))
    theirs = [sum(postmaster.cpu_times()[:4]), *(sum(child.cpu_times()[:2]) for child in postmaster.children())]
    return float(spent.user + spent.system + sum(theirs))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    arguments = parser.parse_args()
    main(arguments.items, arguments.database)
