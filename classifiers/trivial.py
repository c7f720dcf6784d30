"""Which files are trivial: the T of ROT, by patterns that are configuration (`trivial.toml` is what is shipped)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from classifiers.name_glob import NameGlobs, check_glob

MOST_PATTERNS = 500
_REMEMBERED = 65_536
_Glob = Annotated[str, AfterValidator(check_glob)]
_Type = Annotated[str, StringConstraints(pattern=r"^[a-z]+/(\*|[a-z0-9.+-]+)$")]


class Pattern(BaseModel):
    """What makes a file trivial: every condition that is given holds, of several values of one any.

    `names` and `folders` are globs of one name; a folder is meant wherever it stands in the path. What `but_names` or
    `but_types` mean is not meant, whatever else holds. Sizes are in bytes.
    `kind` says whether it is technical, or somebody's own or passing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    because: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    kind: Literal["technical", "personal"] = "technical"
    names: tuple[_Glob, ...] = Field(default=(), max_length=200)
    folders: tuple[_Glob, ...] = Field(default=(), max_length=200)
    media_types: tuple[_Type, ...] = Field(default=(), max_length=50)
    but_names: tuple[_Glob, ...] = Field(default=(), max_length=200)
    but_types: tuple[_Type, ...] = Field(default=(), max_length=50)
    at_least: int | None = Field(default=None, ge=0)
    at_most: int | None = Field(default=None, ge=0)
    unchanged_years: int | None = Field(default=None, ge=1, le=100)

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        wide = all(not glob.strip("*?.") for glob in self.names)
        if wide and not self.folders and self.at_most is None:
            raise ValueError(f"{self.id!r} would mean every file; give it names, folders, or a size with at_most")
        if any(not glob.strip("*?") for glob in self.folders):
            raise ValueError(f"{self.id!r} would mean every folder; name the folders that are meant")
        return self

    def fits(self, size: int, media_type: str, years: int) -> bool:
        """Whether all holds that is asked besides names; `years` are whole ones since the last change."""
        return (
            (self.at_most is None or size <= self.at_most)
            and (self.at_least is None or size >= self.at_least)
            and (self.unchanged_years is None or years >= self.unchanged_years)
            and (not self.media_types or _is_of(media_type, self.media_types))
            and not _is_of(media_type, self.but_types)
        )


@cache
def starter_pack() -> tuple[Pattern, ...]:
    """The patterns that are shipped."""
    text = resources.files("classifiers").joinpath("trivial.toml").read_text(encoding="utf-8")
    return tuple(Pattern(**table) for table in tomllib.loads(text)["trivial"])


class Trivial:
    """Patterns in force, in the order in which one is chosen: what is technical before what is personal."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = sorted(patterns, key=lambda pattern: pattern.kind == "personal")
        folders = enumerate(pattern.folders for pattern in self._patterns)
        self._folders = [(place, NameGlobs(globs)) for place, globs in folders if globs]
        self._anywhere = frozenset(range(len(self._patterns))) - {place for place, _ in self._folders}
        self._below = lru_cache(maxsize=_REMEMBERED)(self._of_folder)
        self._globs: list[tuple[int, NameGlobs]] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_ending: dict[str, list[int]] = {}
        self._of_any_name = [place for place, pattern in enumerate(self._patterns) if not pattern.names]
        self._wide = lru_cache(maxsize=_REMEMBERED)(self._of_any_name_in)
        self._any_glob = NameGlobs(self._sorted_in())
        spared = enumerate(pattern.but_names for pattern in self._patterns)
        self._spared = {place: NameGlobs(globs) for place, globs in spared if globs}

    def places(self, path: str) -> frozenset[int]:
        """Which of the patterns may mean a file in a folder: those of no folders, and those of one in its path."""
        return self._anywhere.union(*map(self._below, path.casefold().split("/")))

    def of(self, name: str, size: int, media_type: str, years: int, places: frozenset[int]) -> Pattern | None:
        """The pattern that means a file of this name, without its folder; None where it may be a record."""
        folded = name.casefold()
        ending = folded[folded.rfind(".") :]
        meant = self._wide(places)
        if ending in self._by_ending or folded in self._by_name or self._any_glob.matches_folded(folded):
            meant = sorted({*meant, *self._by_ending.get(ending, ()), *self._named(folded)})
        for place in meant:
            if place in places and self._patterns[place].fits(size, media_type, years):
                spared = self._spared.get(place)
                if spared is None or not spared.matches_folded(folded):
                    return self._patterns[place]
        return None

    def _of_any_name_in(self, places: frozenset[int]) -> Sequence[int]:
        return [place for place in self._of_any_name if place in places]

    def _of_folder(self, folded: str) -> frozenset[int]:
        return frozenset(place for place, globs in self._folders if globs.matches_folded(folded))

    def _sorted_in(self) -> Iterator[str]:
        """Puts what can be looked up where it is looked up; yields the other globs."""
        for place, pattern in enumerate(self._patterns):
            rest = []
            for glob in pattern.names:
                if glob.startswith("*.") and not set(glob[2:]) & set("*?."):
                    self._by_ending.setdefault(glob[1:], []).append(place)
                elif "*" in glob or "?" in glob:
                    rest.append(glob)
                else:
                    self._by_name.setdefault(glob, []).append(place)
            if rest:
                self._globs.append((place, NameGlobs(rest)))
                yield from rest

    def _named(self, folded: str) -> Iterator[int]:
        yield from self._by_name.get(folded, ())
        yield from (place for place, globs in self._globs if globs.matches_folded(folded))


def _is_of(media_type: str, meant: Sequence[str]) -> bool:
    return media_type in meant or f"{media_type.partition('/')[0]}/*" in meant
