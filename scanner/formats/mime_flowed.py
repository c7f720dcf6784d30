"""Text whose lines flow (RFC 3676): parted for the way at spaces, or within words, and whole again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

_SIGNATURE = "-- "


def unflowed(text: str, *, is_space_added: bool) -> str:
    """The text in the lines it was written in. `is_space_added`: the space before a break is no part of it (DelSp)."""
    quoted = (_quoted(line.removesuffix("\r")) for line in text.split("\n"))
    return "\n".join(
        f"{'>' * depth} {line}" if depth else line
        for depth, lines in groupby(quoted, key=lambda line: line[0])
        for line in _joined((line for _, line in lines), is_space_added=is_space_added)
    )


def _quoted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without that, and without the space that keeps its beginning."""
    bare = line.lstrip(">")
    return len(line) - len(bare), bare.removeprefix(" ")


def _joined(lines: Iterator[str], *, is_space_added: bool) -> Iterator[str]:
    begun: list[str] = []
    for line in lines:
        flows_on = line.endswith(" ") and line != _SIGNATURE
        begun.append(line[:-1] if flows_on and is_space_added else line)
        if not flows_on:
            yield "".join(begun)
            begun = []
    if begun:
        yield "".join(begun)
