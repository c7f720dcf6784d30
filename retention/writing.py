"""Tables of a schedule as TOML text, in the form in which people would write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
TABLES = ("schedule", "function", "key", "event", "class", "rule", "hold")
"""The tables of a file, in the order in which they are written."""


def toml_text(tables: Mapping[str, Any], heading: str = "") -> str:
    """The file; `heading` is a comment above it. Raises ValueError for text that TOML cannot hold."""
    blocks = [_comment(heading)] if heading else []
    for name in TABLES:
        entries = tables.get(name, ())
        if isinstance(entries, Mapping):
            blocks.append(_block(f"[{name}]", entries))
        else:
            blocks += [_block(f"[[{name}]]", entry) for entry in entries]
    return "\n\n".join(blocks) + "\n"


def inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _block(header: str, entries: Mapping[str, Any]) -> str:
    return "\n".join([header, *(f"{_key(key)} = {inline(value)}" for key, value in entries.items())])


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())
