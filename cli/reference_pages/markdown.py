"""Markdown that GitHub and the site read alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

HEAD = "Written by `muniment reference` from the code of this version; do not edit it by hand."


def page(title: str, *parts: str) -> str:
    """A page with its title, its parts set apart by empty lines."""
    return "\n\n".join((f"# {title}", HEAD, *(part.strip("\n") for part in parts if part))) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing where there are no rows. A cell may hold `code`, never a line break."""
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join((f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}", *lines)) if lines else ""


def code(text: object) -> str:
    return f"`{text}`"


def words(names: Iterable[object]) -> str:
    """Names in a row, as code."""
    return ", ".join(map(code, names))


def block(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.strip(chr(10))}\n```"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
