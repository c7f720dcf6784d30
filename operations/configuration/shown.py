"""The settings in force, one by one, with where each comes from; what is secret or may name people is not shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from operations.config import Settings

_PREFIX = "MUNIMENT_"
_IN_URL = re.compile(r"(?<=://)([^/@\s]*):[^/@\s]*@")
_HIDDEN = re.compile(r"password|secret|token|phrases")
_NAMES_A_FILE = "_file"
HIDDEN = "********"

_Steps = tuple[str | int, ...]


class Origin(StrEnum):
    """Later ones go over earlier ones."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Shown:
    """`key` as an error names it: source[1].name."""

    key: str
    value: Any
    origin: Origin


def settings_shown(settings: Settings, file: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[Shown]:
    """Every setting, those of tables that are lists by their numbers. `file` is what the configuration file says."""
    said = {Origin.ENVIRONMENT: _tree(environment), Origin.FILE: file}
    for path, value in _leaves(settings.model_dump(mode="json"), ()):
        origin = next((origin for origin, tree in said.items() if _says(tree, path)), Origin.DEFAULT)
        yield Shown(_key(path), _masked(path, value), origin)


def _tree(environment: Mapping[str, str]) -> dict[str, Any]:
    """What variables say, as tables: MUNIMENT_SECTION__KEY, or MUNIMENT_SECTION with JSON."""
    tree: dict[str, Any] = {}
    for name, value in environment.items():
        if not name.upper().startswith(_PREFIX):
            continue
        *tables, key = name[len(_PREFIX) :].lower().split("__")
        table = tree
        for each in tables:
            table = table.setdefault(each, {})
        with suppress(ValueError):
            table[key] = json.loads(value)
        table.setdefault(key, value)
    return tree


def _leaves(value: Any, path: _Steps) -> Iterator[tuple[_Steps, Any]]:
    """Settings by their paths; a list of plain values is one setting."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from _leaves(each, (*path, name))
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value):
            yield from _leaves(each, (*path, number))
    else:
        yield path, value


def _says(tree: Any, path: _Steps) -> bool:
    for step in path:
        if isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        elif isinstance(tree, Mapping):
            if step not in tree:
                return False
            tree = tree[step]
        else:
            # Said as a whole, in a shape that the settings have taken apart.
            return True
    return True


def _key(path: _Steps) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _masked(path: _Steps, value: Any) -> Any:
    """Secrets are in files that settings only name; this is for what somebody wrote into a setting all the same. The
    phrases of terms may be names.
    """
    name = str(path[-1])
    if value and not isinstance(value, bool) and _HIDDEN.search(name) and not name.endswith(_NAMES_A_FILE):
        return HIDDEN
    return _IN_URL.sub(rf"\1:{HIDDEN}@", value) if isinstance(value, str) else value
