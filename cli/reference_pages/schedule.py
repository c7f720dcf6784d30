"""The keys of a retention schedule's files."""

from __future__ import annotations

from cli.reference_pages.markdown import code, page
from cli.reference_pages.schema import Schema, keys_of, tables_of
from retention.json_schema import json_schema

_INTRODUCTION = """\
What the keys mean and how rules decide is in [the language of the schedule](../schedule-language.md). `muniment
retention schema` prints this as a JSON Schema, by which an editor completes and checks."""


def schedule_page() -> str:
    """Each table of a schedule with its keys; one that stands in several places is told where it stands first."""
    whole = json_schema()
    first: dict[str, tuple[str, Schema]] = {}
    for header, definition in tables_of(whole, whole):
        first.setdefault(definition["title"], (header, definition))
    return page("Keys of a schedule", _INTRODUCTION, *(
        "\n\n".join(filter(None, (f"## {code(header)}", definition.get("description"), keys_of(definition, whole))))
        for header, definition in first.values()
    ))  # fmt: skip
