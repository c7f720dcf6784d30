"""The cabinet report that the papers show is the one of the demo estate. WRITE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reports.wording import count, size

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "demo" / "cabinet.json"
PAPER = ROOT / "docs" / "papers" / "cabinet-report.md"
BEFORE = """\
# A cabinet report, worked

What `muniment report cabinet` says of the invented council that `muniment demo` makes, of whom nobody exists. A test
writes this page from the report's JSON, so it is what the program prints; the HTML is for reading, on two printed
pages.
"""


def test_the_worked_report_is_that_of_the_demo():
    made = "\n".join(page_of(json.loads(GOLDEN.read_text("utf-8")))) + "\n"
    if os.environ.get("WRITE_GOLDEN"):
        PAPER.write_text(made, "utf-8")
    assert PAPER.read_text("utf-8") == made


def page_of(report: Mapping[str, Any]) -> Iterator[str]:
    yield from (BEFORE, f"## {report['title']}", "", f"**{report['organisation']}** · {report['handling']}", "")
    yield from (report["lead"], "", *(f"- {caveat}" for caveat in report["caveats"]), "")
    for section in report["sections"]:
        yield from (f"### {section['heading']}", "")
        yield from (line for text in section["text"] for line in (text, ""))
        yield from _list(section["figures"])
        for table in section["tables"]:
            yield from _table(table)


def _list(figures: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for figure in figures:
        yield f"- {figure['label']}: **{_cell(figure['value'], figure['kind'])}** ({figure['note']})"
    if figures:
        yield ""


def _table(table: Mapping[str, Any]) -> Iterator[str]:
    kinds = [column["kind"] for column in table["columns"]]
    yield from (f"*{table['caption']}*", "")
    yield _row([column["heading"] for column in table["columns"]])
    yield _row("---" if kind == "text" else "---:" for kind in kinds)
    rows = [*table["rows"], *([table["total"]] if table["total"] else [])]
    for row in rows:
        yield _row(_cell(value, kind) for value, kind in zip(row, kinds, strict=False))
    yield from ("", *((table["note"], "") if table["note"] else ()))


def _row(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return {"bytes": size, "share": lambda part: f"{part:.0%}"}.get(kind, count)(value)
