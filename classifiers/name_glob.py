"""Globs of one name, of a file or a folder: `*` stands for any characters, `?` for one, all others for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import re2

LONGEST = 200
_WILD = re.compile(r"[*?]")


def check_glob(glob: str) -> str:
    """The glob as it is kept. Raises ValueError, with a sentence on what to write instead, for what is not one."""
    if not 0 < len(glob) <= LONGEST:
        raise ValueError(f"a name pattern has 1 to {LONGEST} characters")
    if "/" in glob or "\\" in glob:
        raise ValueError(f"{glob!r} is a path; a pattern is of one name. Folders go into `folders`, one name each")
    return glob.casefold()


class NameGlobs:
    """Several globs at once, without regard to case, on RE2: in time linear in the name, whoever wrote them.

    >>> NameGlobs(["~$*", "thumbs.db"]).matches("Thumbs.db")
    True
    """

    def __init__(self, globs: Iterable[str]) -> None:
        checked = tuple(map(check_glob, globs))
        wild = tuple(glob for glob in checked if "*" in glob or "?" in glob)
        self._literal = frozenset(checked) - frozenset(wild)
        self._wild: Any = _compiled(wild) if wild else None
        # Most names are soon told apart by how they begin and end; to ask RE2 takes five times as long.
        edges = [(_WILD.split(glob, maxsplit=1)[0], _WILD.split(glob)[-1]) for glob in wild]
        self._heads = tuple(head for head, _ in edges if head)
        self._tails = tuple(tail for head, tail in edges if tail and not head)
        self._anywhere = any(not head and not tail for head, tail in edges)

    def matches(self, name: str) -> bool:
        return self.matches_folded(name.casefold())

    def matches_folded(self, folded: str) -> bool:
        """Of a name whose case is folded already."""
        if folded in self._literal:
            return True
        may_be = self._anywhere or folded.startswith(self._heads) or folded.endswith(self._tails)
        return may_be and self._wild is not None and self._wild.fullmatch(folded) is not None


@cache
def _compiled(globs: tuple[str, ...]) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    try:
        return re2.compile("|".join(map(_regex, globs)), options)
    except re2.error as error:
        raise ValueError("the name patterns are too many or too long to be searched for at once") from error


def _regex(glob: str) -> str:
    return "".join(".*" if char == "*" else "." if char == "?" else re2.escape(char) for char in glob)
