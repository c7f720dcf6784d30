"""Where a file lies and what its name says of it, as far as ROT asks: the words are in `rot_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from classifiers.name_glob import NameGlobs

_REMEMBERED = 65_536
_WORD = re.compile(r"[^\W\d_]+")


class Where(NamedTuple):
    """What a folder's path tells. `case` is the path of the case file that it is in, "" where it is in none."""

    application: bool
    case: str
    backup: bool
    explains: bool
    signed: bool


class RotWords:
    """The words that are shipped, and further folders of applications and of case files."""

    def __init__(self, applications: Iterable[str] = (), cases: Iterable[str] = ()) -> None:
        folders = _file()["folders"]
        self._application = NameGlobs([*folders["application"], *applications])
        self._case = NameGlobs([*folders["case"], *cases])
        self._backup = NameGlobs(folders["backup"])
        self._seen = lru_cache(maxsize=_REMEMBERED)(self._look)
        self._first = frozenset(words.split(" ")[0] for list_ in _file()["words"].values() for words in list_)
        lists = (f"(?P<{name}>{'|'.join(map(re.escape, words))})" for name, words in _file()["words"].items())
        self._words = re.compile(f" (?:{'|'.join(lists)})(?= )")

    def where(self, path: str) -> Where:
        """What the path of a folder tells of what lies in it."""
        folders = path.casefold().split("/")
        seen = [self._seen(folder) for folder in folders]
        return Where(
            any(one.application for one in seen), self._case_in(folders, seen), any(one.backup for one in seen),
            any(one.explains for one in seen), any(one.signed for one in seen),
        )  # fmt: skip

    def said(self, name: str) -> frozenset[str]:
        """What a name says of itself: `explains`, `signed`, `final`, `copied`."""
        words = _WORD.findall(name.casefold())
        if self._first.isdisjoint(words):
            return frozenset()
        return frozenset(found.lastgroup or "" for found in self._words.finditer(f" {' '.join(words)} "))

    def _look(self, folded: str) -> Where:
        """What the name of one folder tells; that of one with case files in it stands for a case."""
        said = self.said(folded)
        return Where(
            self._application.matches_folded(folded), folded if self._case.matches_folded(folded) else "",
            self._backup.matches_folded(folded), "explains" in said, "signed" in said,
        )  # fmt: skip

    def _case_in(self, folders: Sequence[str], seen: Sequence[Where]) -> str:
        """A case is the folder below one of cases, or that one itself where there is nothing below. What lies in a
        backup is a copy of one, and no case file.
        """
        place = next((place for place, one in enumerate(seen) if one.case or one.backup), None)
        return "" if place is None or seen[place].backup else "/".join(folders[: place + 2])


def hinted(what: str) -> frozenset[str]:
    """The kinds of record that a document seems to be of, where `what` is to be told of it."""
    return frozenset(_file()["hints"][what])


def client_kinds() -> frozenset[str]:
    """Kinds of findings that make a message one from or about a client."""
    return frozenset(_file()["kinds"]["client"])


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("classifiers").joinpath("rot_words.toml").read_text(encoding="utf-8"))
