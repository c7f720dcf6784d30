"""Writes the demo estate made larger: its documents, sheets, slides and messages with as much again of their own text.

usage: python benchmarks/grown_estate.py FOLDER [TIMES]

Each file is written once as it is and once with everything in it TIMES (8) times over.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from operations.demo.document import Content, Document, Message, Slides, Workbook
from operations.demo.estate import plan
from operations.demo.format import render


def main(folder: str, times: int = 8) -> None:
    files = 0
    for file in plan():
        for label, content in (("once", file.content), (f"{times} times", _grown(file.content, times))):
            path = Path(folder) / label / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(render(file.name, content))
            files += 1
    print(f"{files} files below {folder}")


def _grown(content: Content, times: int) -> Content:
    match content:
        case Document():
            return replace(content, blocks=content.blocks * times)
        case Workbook():
            grown = (replace(sheet, rows=(*sheet.rows[:1], *(sheet.rows[1:] * times))) for sheet in content.sheets)
            return replace(content, sheets=tuple(grown))
        case Slides():
            return replace(content, slides=content.slides * times)
        case Message():
            return replace(content, body=content.body * times)
        case _:
            return content


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
