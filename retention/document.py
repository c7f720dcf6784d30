"""The files of a schedule as tables with their places, so that what is wrong in them can be named by file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import ConfigurationError

LineOf = Callable[[str, int, Sequence[str]], int | None]
"""Table, its number (from 0) and the keys in it → the line, where it can be told."""

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)((?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*\]\]?\s*(?:#.*)?")
_MULTILINE = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a schedule, not yet checked. `content` is its bytes, of which the digest is made."""

    name: str
    tables: dict[str, Any]
    content: bytes
    line_of: LineOf

    def place(self, table: str, number: int, keys: Sequence[str] = ()) -> str:
        line = self.line_of(table, number, keys)
        return f"{self.name}:{line}" if line else self.name


def read_documents(path: Path) -> tuple[Document, ...]:
    """The schedule in a file, or in the `.toml` files of a folder in the order of their names.

    Raises ConfigurationError naming the file and the line.
    """
    try:
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        contents = [(str(file), file.read_bytes()) for file in files]
    except OSError as error:
        raise ConfigurationError(f"{path}: the schedule cannot be read ({error.strerror}); check its path") from error
    if not contents:
        raise ConfigurationError(f"{path}: the folder has no .toml file; write the schedule into it, or name another")
    return tuple(document(content, name) for name, content in contents)


def document(content: bytes, name: str) -> Document:
    try:
        text = content.decode("utf-8-sig")  # Windows' Notepad puts a byte order mark before UTF-8
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigurationError(f"{name}:{line}: it is not UTF-8 text; save it with the encoding UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        said = f"it is not TOML: {error}; mend the line named, or quote the text in it"
        raise ConfigurationError(f"{name}: {said}") from error
    lines = text.splitlines()
    return Document(name, tables, content, lambda table, number, keys: line_in(lines, table, number, keys))


def line_in(lines: Sequence[str], table: str, number: int, keys: Sequence[str]) -> int | None:
    """The line of a key, or of the header that it stands under. Found by looks: TOML's parser forgets its lines."""
    blocks = _blocks(lines, table)
    if number >= len(blocks):
        return None
    at = first = blocks[number]
    end = _end_of_block(lines, first, table)
    for key in keys:
        assigned = re.compile(rf"(?<![\w.-])[\"']?{re.escape(key)}[\"']?\s*(?:=|\.|\])")
        found = next((line for line in range(at, end) if assigned.search(lines[line].partition(" #")[0])), None)
        at = at if found is None else found
    return at + 1


def _blocks(lines: Sequence[str], table: str) -> list[int]:
    return [at for at, name, dotted in _headers(lines) if name == table and not dotted]


def _end_of_block(lines: Sequence[str], first: int, table: str) -> int:
    ends = (at for at, name, dotted in _headers(lines) if at > first and not (name == table and dotted))
    return next(ends, len(lines))


def _headers(lines: Sequence[str]) -> list[tuple[int, str, str]]:
    """Lines that are headers of tables; what stands in text of several lines is not."""
    found, inside = [], False
    for number, line in enumerate(lines):
        match = None if inside else _HEADER.fullmatch(line)
        if match:
            found.append((number, match[1], match[2]))
        if len(_MULTILINE.findall(line)) % 2:
            inside = not inside
    return found
