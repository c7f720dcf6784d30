"""A search for any of many phrases, whose time is not their number's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

_END: Final = ""
_GAP: Final = r"\s{1,3}"


Ways = Iterable[Sequence[Iterable[str]]]
"""Phrases as products: in each way one of each list follows on one of the list before."""


def search_for(ways: Ways) -> Callable[[str, int, int], object]:
    """Whether any phrase stands in a stretch of a text in lower case, as whole words; they share their beginnings."""
    written = "|".join(_GAP.join(_written(_tree(phrases)) for phrases in way) for way in ways)
    return re.compile(rf"(?<![^\W_])(?:{written})(?![^\W_])").search


def _tree(phrases: Iterable[str]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for char in phrase:
            node = node.setdefault(char, {})
        node[_END] = {}
    return root


def _written(node: dict[str, Any]) -> str:
    """What may follow at a node of the tree; a phrase that ends here may yet go on to a longer one."""
    ways = [(_GAP if char == " " else re.escape(char)) + _written(below) for char, below in node.items() if char]
    if len(ways) == 1 and _END not in node:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if _END in node else ''}" if ways else ""
