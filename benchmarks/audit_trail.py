"""What an entry of the audit trail costs to append in batches and to verify, in CPU time of this process.

    .venv/bin/python benchmarks/audit_trail.py [ENTRIES]

Targets: appended at under 0.5 CPU-milliseconds an entry; a million verified in under 60 CPU-seconds.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import machine
from domain.audit import Act, AuditKey, Event, Fact, verify
from inventory.audit import append, entries
from inventory.engine import Database, open_inventory, writing

_BATCH = 500
_KEY = AuditKey(bytes(32))


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        database = open_inventory(f"sqlite:///{Path(folder) / 'inventory.db'}", create=True)
        appended, verified = _append(database, count), _verify(database)
        database.dispose()
    print(f"{machine()}\n")
    print(
        f"{count:,} entries on SQLite, {_BATCH} in a transaction: {appended / count * 1000:.3f} CPU-ms to append each,"
    )
    print(f"{verified:.1f} CPU-s to verify them all, {verified / count * 1e6:.1f} CPU-s a million.")
    return int(appended / count > 0.0005 or verified / count * 1e6 > 60)


def _append(database: Database, count: int) -> float:
    start = time.process_time()
    for first in range(0, count, _BATCH):
        with writing(database) as connection:
            append(connection, _KEY, [_event(number) for number in range(first, min(first + _BATCH, count))])
    return time.process_time() - start


def _event(number: int) -> Event:
    facts: dict[str, Fact] = {"item": number, "rule": "payroll", "size": 123_456, "sha256": "ab" * 32}
    told = ("j.thornbury", "approver", "", "password", "web", Act.SCAN_ENDED, f"item:{number}")
    return Event(datetime.now(UTC), *told, facts)


def _verify(database: Database) -> float:
    start = time.process_time()
    if (fault := verify(entries(database), _KEY).fault) is not None:
        raise SystemExit(fault)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
