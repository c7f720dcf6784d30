"""A sheet of a million rows and three columns: what our reader costs, in CPU seconds and memory.

usage: python benchmarks/large_sheet.py [ROWS]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from benchmarks.measure import machine
from benchmarks.road import stretches
from scanner.blob import read_once
from scanner.budget import MIB, Budget
from scanner.extractors import extractor_for
from scanner.media import media_type


def main(rows: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
            sheet = workbook.add_worksheet("Cases")
            sheet.write_row(0, 0, ("Reference", "Street", "Amount"))
            for row in range(1, rows):
                sheet.write_row(row, 0, (7_000_000 + row, f"{row % 900} Mill Lane", row * 0.25))
        before = time.process_time()
        with open(path, "rb") as file, read_once(file, 2048 * MIB) as blob:
            kind = media_type(blob, path.name)
            reader = extractor_for(kind)
            assert reader is not None
            pieces = [len(piece.text) for piece in stretches(reader.extract(blob, kind, Budget().stretch))]
        seconds = time.process_time() - before
    print(f"Machine: {machine()}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{rows} rows x 3 columns: {sum(pieces)} characters in {len(pieces)} stretches, {seconds:.1f} CPU s, "
        f"peak {peak:.0f} MiB resident, the writing of the sheet included"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
