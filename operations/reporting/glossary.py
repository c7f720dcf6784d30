"""The glossary: every table and view of the inventory with its fields, from the code that makes them."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.described import described
from inventory.views import VIEWS, View

_HEAD = """\
# Glossary

Every field of the inventory, written by `muniment glossary` from the code. What tools for business intelligence read
are the views; the tables behind them may change with any version.
"""
_KINDS = {"str": "text", "int": "whole number", "float": "number", "bool": "yes or no", "date": "day"}


def glossary() -> str:
    """The data dictionary as Markdown."""
    return "\n".join((_HEAD, "## Views\n", *_views(), "## Tables\n", *_tables()))


def _views() -> Iterator[str]:
    for view in VIEWS:
        yield f"### {view.name}\n\n{view.meaning}\n\n| field | kind | meaning |\n| --- | --- | --- |"
        yield _fields(view) + "\n"


def _fields(view: View) -> str:
    return "\n".join(f"| {one.name} | {_KINDS[one.kind.__name__]} | {one.meaning} |" for one in view.fields)


def _tables() -> Iterator[str]:
    for table in described():
        yield f"### {table.name}\n\n{table.meaning}\n\n| field | kind | key | refers to |\n| --- | --- | --- | --- |"
        yield (
            "\n".join(
                f"| {field.name} | {field.kind} | {'yes' if field.key else ''} | {field.refers_to} |"
                for field in table.fields
            )
            + "\n"
        )
