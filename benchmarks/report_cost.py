"""What every report takes: CPU seconds of its process and of the database server, and the most memory of the process.

usage: python -m benchmarks.report_cost [--items N ...] [--postgres] [--only NAME ...]
       python -m benchmarks.report_cost --url URL [--cluster FOLDER] [--only NAME ...]

The inventories are made up (`filled_inventory`, `filled_decisions`, and assets), one of each size, in files of SQLite
or in PostgreSQL, which is started on this machine. With --url it is one that is there; --cluster is where its server
lies. Each report is made in a process of its own; written are the page as HTML and all tables as CSV.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from benchmarks.filled_decisions import decide
from benchmarks.filled_inventory import OWNERS, SERVICES, fill
from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from domain.asset import Asset, Location
from domain.figures import Searched
from inventory.assets import write_asset
from inventory.engine import Database, open_inventory, reading, writing
from inventory.subject import matches
from inventory.tables import FingerprintRow
from operations.config import default_settings
from operations.reporting.report import REPORTS, make_report, write_report
from reports.report import Report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import Postgres, running_postgres

_PEOPLE, _MOST_LISTED = 20, 10_000


def main(sizes: Sequence[int], names: Sequence[str], *, postgres: bool) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres()) if postgres else None
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        for size in sizes:
            url = server.fresh() if server else f"sqlite:///{folder}/{size}.db"
            database = open_inventory(url, create=True)
            fill(database, size)
            decide(database)
            say_of_assets(database)
            database.dispose()
            print(f"{size:,} items, {'PostgreSQL' if server else 'SQLite'}\n")
            measure(url, names, Cost(server) if server else None)


def measure(url: str, names: Sequence[str], cost: Cost | None) -> None:
    print("| report | CPU s | of this the server | to make | to write | peak MiB |\n|---|---|---|---|---|---|")
    for name in names:
        told, server = _once(cost, url, name)
        whole = told["made"] + told["written"] + server
        print(f"| {name} | {whole:.1f} | {server:.1f} | {told['made']:.1f} | {told['written']:.1f} "
              f"| {told['mib']:.0f} |", flush=True)  # fmt: skip
    print()


def _once(cost: Cost | None, url: str, name: str) -> tuple[dict[str, float], float]:
    """What the report's process says that it took, and the CPU seconds of the server."""
    told: dict[str, float] = {}

    def run() -> None:
        asked = [sys.executable, "-m", "benchmarks.report_cost", "--one", name, "--url", url]
        told.update(json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout))

    if cost is None:
        run()
        return told, 0.0
    return told, cost.of(run)[0]  # and of this process, which only waits


def one(name: str, url: str) -> None:
    """Make and write one report, and say what it took."""
    database = open_inventory(url, create=False)
    begun = time.process_time()
    made = _made(name, database)
    then = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_report(made, ("html", "csv"), Path(folder))
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"made": then - begun, "written": time.process_time() - then, "mib": mib}))
    database.dispose()


def _made(name: str, database: Database) -> Report:
    """Of the largest service what is of one service; a search for twenty people who are there, and for a term."""
    searched = _searched(database) if name == "subject-search" else None
    service = "Service 1" if name == "service" else None
    return make_report(name, database, default_settings(), service=service, searched=searched)


def _searched(database: Database) -> Searched:
    with reading(database) as connection:
        some = connection.execute(select(FingerprintRow.hmac).limit(_PEOPLE)).scalars().all()
    prints = {bytes(hmac): (line, True) for line, hmac in enumerate(some, start=1)}
    found, matched, unsure = matches(database, prints, {"a term": "a term"}, _MOST_LISTED)
    return Searched("", len(prints), ("a term",), found, matched, unsure, datetime.now(UTC))


def say_of_assets(database: Database) -> None:
    """An asset for the folder of each service, and one for a share of all mailboxes each."""
    with writing(database) as connection:
        for number in range(1, SERVICES + 1):
            mailboxes = (b"person.%d@council.example" % place for place in range(number, OWNERS, SERVICES))
            for title, places in (
                ("Files", (Location("shares", b"Service %d" % number),)),
                ("Mailboxes", tuple(Location("mail", path) for path in mailboxes)),
            ):
                asset = Asset(f"{title[0]}-{number:04}", f"{title} of {number}", f"Service {number}", places)
                write_asset(connection, asset)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--only", nargs="+", choices=REPORTS, default=list(REPORTS))
    parser.add_argument("--url")
    parser.add_argument("--cluster", type=Path, help="the folder whose `data` is that of the server of --url")
    parser.add_argument("--one", choices=REPORTS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.url)
        sys.exit()
    print(f"Machine: {machine()}\n")
    if asked.url:
        measure(asked.url, asked.only, Cost(Postgres(asked.cluster, asked.cluster, 0)) if asked.cluster else None)
    else:
        main(asked.items, asked.only, postgres=asked.postgres)
