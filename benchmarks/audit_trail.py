"""What an entry of the audit trail costs to append in batches and to verify: CPU time, on PostgreSQL the server's too.

    .venv/bin/python benchmarks/audit_trail.py [ENTRIES]

Targets: appended at under 0.5 CPU-milliseconds an entry; a million verified in under 60 CPU-seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from domain.audit import Act, AuditKey, Event, Fact, verify
from inventory.audit import append, entries
from inventory.engine import Database, open_inventory, writing

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import running_postgres

_BATCH = 500
_KEY = AuditKey(bytes(32))
_Spent = Callable[[Callable[[], object]], float]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{machine()}\n")
    with TemporaryDirectory() as folder:
        missed = _measure("SQLite", f"sqlite:///{Path(folder) / 'inventory.db'}", count, _own)
    with running_postgres() as server:
        cost = Cost(server)
        missed += _measure("PostgreSQL", server.fresh(None), count, lambda work: cost.of(work)[0])
    return int(bool(missed))


def _measure(name: str, url: str, count: int, spent: _Spent) -> int:
    """Print what it costs in one kind of database, and give how many targets were missed."""
    database = open_inventory(url, create=True)
    appended, verified = spent(lambda: _append(database, count)), spent(lambda: _verify(database))
    database.dispose()
    print(
        f"{count:,} entries on {name}, {_BATCH} in a transaction: {appended / count * 1000:.3f} CPU-ms to append each, "
        f"{verified:.1f} CPU-s to verify them all, {verified / count * 1e6:.1f} CPU-s a million."
    )
    return (appended / count > 0.0005) + (verified / count * 1e6 > 60)


def _own(work: Callable[[], object]) -> float:
    before = psutil.Process().cpu_times()
    work()
    after = psutil.Process().cpu_times()
    return after.user + after.system - before.user - before.system


def _append(database: Database, count: int) -> None:
    for first in range(0, count, _BATCH):
        with writing(database) as connection:
            append(connection, _KEY, [_event(number) for number in range(first, min(first + _BATCH, count))])


def _event(number: int) -> Event:
    facts: dict[str, Fact] = {"item": number, "rule": "payroll", "size": 123_456, "sha256": "ab" * 32}
    told = ("j.thornbury", "approver", "", "password", "web", Act.SCAN_ENDED, f"item:{number}")
    return Event(datetime.now(UTC), *told, facts)


def _verify(database: Database) -> None:
    if (fault := verify(entries(database), _KEY).fault) is not None:
        raise SystemExit(fault)


if __name__ == "__main__":
    sys.exit(main())
