"""Writes the demo estate made larger: its documents, sheets, slides and messages with as much again of their own text.

usage: python benchmarks/grown_estate.py FOLDER [TIMES]
       python benchmarks/grown_estate.py FOLDER --files N

Each file is written once as it is and once with everything in it TIMES (8) times over; or the whole estate as often as
comes to N files, each text with a line of its own that says which copy it is, so that no two are the same.
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


def multiplied(folder: str, files: int) -> None:
    estate = list(plan())
    for number in range(files):
        file, copy = estate[number % len(estate)], number // len(estate)
        path = Path(folder) / f"copy {copy}" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(file.name, _told_apart(file.content, f"Copy {copy} of this paper.")))
    print(f"{files} files below {folder}")


def _told_apart(content: Content, line: str) -> Content:
    match content:
        case Document():
            return replace(content, blocks=(*content.blocks, line))
        case Workbook():
            first, *others = content.sheets
            return replace(content, sheets=(replace(first, rows=(*first.rows, (line,))), *others))
        case Slides():
            return replace(content, title=f"{content.title} {line}")
        case Message():
            return replace(content, body=f"{content.body}\n\n{line}")
        case _:
            return content


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
    if sys.argv[2:3] == ["--files"]:
        multiplied(sys.argv[1], int(sys.argv[3]))
    else:
        main(sys.argv[1], *map(int, sys.argv[2:3]))
