"""What writing a long list costs in each format: CPU seconds, memory at its highest, and the size of the files.

usage: format_cost.py [ROWS ...]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from domain.summary import Coverage, Provenance, Tally
from reports.renderers import write
from reports.report import Column, ColumnKind, Report, Row, RowSource, Section, Table

_FORMATS = ("csv", "xlsx", "ods", "json", "html")
_COLUMNS = (
    Column("Path", ColumnKind.PATH), Column("Service"), Column("Reason"), Column("Detail", ColumnKind.PATH),
    Column("Size", ColumnKind.BYTES), Column("Modified", ColumnKind.DATE), Column("Score", ColumnKind.SCORE),
)  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], int(sys.argv[3]))
        return
    print(f"{'format':8}{'rows':>12}{'CPU s':>10}{'MB of memory':>15}{'MB of files':>14}")
    for rows in map(int, sys.argv[1:] or ("100000", "300000")):
        for fmt in _FORMATS:
            subprocess.run([sys.executable, __file__, "--one", fmt, str(rows)], check=True)


def _one(fmt: str, rows: int) -> None:
    """Each in a process of its own, for its highest memory."""
    with tempfile.TemporaryDirectory() as room:
        begun = time.process_time()
        files = write(_listing(rows), fmt, Path(room))
        seconds = time.process_time() - begun
        size = sum(path.stat().st_size for path in files) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{fmt:8}{rows:>12,}{seconds:>10.1f}{memory:>15.0f}{size:>14.1f}", flush=True)


def _listing(rows: int) -> Report:
    table = Table("items", "Every item", _COLUMNS, RowSource(rows, lambda: _rows(rows)))
    coverage = Coverage({}, Tally(rows, rows), awaiting_ocr=0, parts=0, problems={})
    made = Provenance("Westmere Council", "All shares", None, False, None, None, "none", coverage)
    return Report("listing", "A listing", "Every item.", (Section("Items", tables=(table,)),), made)


def _rows(rows: int) -> Iterator[Row]:
    modified = datetime(2016, 5, 4, 9, 30, tzinfo=UTC)
    for number in range(rows):
        path = f"Planning/Applications/{number % 977}/Objection letter {number}.docx"
        yield (
            path,
            "Planning",
            "Redundant: exact copy",
            f"Same as Archive/{number}.docx",
            number * 997,
            modified,
            number % 100,
        )


if __name__ == "__main__":
    main()
