"""A search for any of many phrases, whose time is not their number's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

_END: Final = ""
_GAP: Final = r"\s{1,3}"


def search_for(phrases: Iterable[str]) -> Callable[[str, int, int], object]:
    """Whether any phrase stands in a stretch of a text in lower case, as whole words; they share their beginnings."""
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for char in phrase:
            node = node.setdefault(char, {})
        node[_END] = {}
    return re.compile(rf"(?<![^\W_]){_written(root)}(?![^\W_])").search


def _written(node: dict[str, Any]) -> str:
    """What may follow at a node of the tree; a phrase that ends here may yet go on to a longer one."""
    ways = [(_GAP if char == " " else re.escape(char)) + _written(below) for char, below in node.items() if char]
    if len(ways) == 1 and _END not in node:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if _END in node else ''}" if ways else ""
