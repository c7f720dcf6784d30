"""What each report takes: CPU seconds and the most memory, at a size and at a third of it, so that its growth is seen.

usage: python -m benchmarks.report_cost [--items N] [--postgres]

The inventory is made up (`filled_inventory`), in a file of SQLite or in PostgreSQL, which is started on this machine.
Each report is made in a process of its own, least of two; CPU time is that process's and the server's. Written is the
page as HTML and all tables as CSV.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from inventory.engine import open_inventory
from operations.config import default_settings
from operations.reporting.report import make_report, whole_reports, write_report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import running_postgres

_ROUNDS = 2


def main(items: int, *, postgres: bool) -> None:
    print(f"Machine: {machine()}\n")
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres()) if postgres else None
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        sizes = (items // 3, items)
        urls = [server.fresh() if server else f"sqlite:///{folder}/{size}.db" for size in sizes]
        for url, size in zip(urls, sizes, strict=True):
            database = open_inventory(url, create=True)
            fill(database, size)
            database.dispose()
        print(f"| report | CPU s at {sizes[0]:,} | CPU s at {sizes[1]:,} | growth | peak MiB | to read | to write |")
        print("|---|---|---|---|---|---|---|")
        for name in (*whole_reports(), "service"):
            small, large = (_least(Cost(server) if server else None, url, name) for url in urls)
            print(f"| {name} | {small[0]:.2f} | {large[0]:.2f} | {large[0] / small[0]:.1f} | {large[3]:.0f} "
                  f"| {large[1]:.2f} | {large[2]:.2f} |", flush=True)  # fmt: skip


def _least(cost: Cost | None, url: str, name: str) -> tuple[float, float, float, float]:
    """CPU seconds in all, of this those of making and of writing the report in its process, and MiB."""
    return min(_once(cost, url, name) for _ in range(_ROUNDS))


def _once(cost: Cost | None, url: str, name: str) -> tuple[float, float, float, float]:
    told: dict[str, float] = {}

    def run() -> None:
        asked = [sys.executable, "-m", "benchmarks.report_cost", "--one", name, "--url", url]
        told.update(json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout))

    if cost is None:
        run()
        server = 0.0
    else:
        server, _ = cost.of(run)  # and of this process, which only waits
    return told["made"] + told["written"] + server, told["made"], told["written"], told["mib"]


def one(name: str, url: str) -> None:
    """Make and write one report, and say what it took."""
    database = open_inventory(url, create=False)
    service = "Service 1" if name == "service" else None
    begun = time.process_time()
    made = make_report(name, database, default_settings(), service=service)
    then = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_report(made, ("html", "csv"), Path(folder))
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"made": then - begun, "written": time.process_time() - then, "mib": mib}))
    database.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=300_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--one")
    parser.add_argument("--url")
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.url)
    else:
        main(asked.items, postgres=asked.postgres)
