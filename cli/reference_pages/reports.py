"""The reports that can be asked for, and their formats."""

from __future__ import annotations

from cli.reference_pages.markdown import code, page, table, words
from operations.reporting.report import REPORTS, Kind
from operations.reporting.wanted import Scope
from reports.renderers import RENDERERS

_INTRODUCTION = """\
`muniment report NAME` writes one, `--format` says in which formats, `--publishable` leaves out paths, names and small
numbers. [Which is for whom](../reports.md) tells what is in each."""


def reports_page() -> str:
    """Every report with whom it is for and what it needs."""
    rows = ((code(name), *_said(kind)) for name, kind in REPORTS.items())
    return page(
        "Reports in a table", _INTRODUCTION,
        table(("report", "for whom, and what", "has to be named", "of one service"), rows),
        f"Formats: {words(RENDERERS)}. What `--scope` may be: {words(scope.value for scope in Scope)}.",
    )  # fmt: skip


def _said(kind: Kind) -> tuple[str, str, str]:
    return kind.told, code(kind.needs) if kind.needs else "", "yes" if kind.narrows else ""
