"""`[rot]`: what is trivial, what is stale, and where nothing is put forward."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from classifiers.name_glob import NameGlobs, check_glob
from classifiers.trivial import MOST_PATTERNS, Pattern, Trivial, starter_pack
from domain.rot import Signal
from operations.configuration.section import Section

_Weight = Annotated[float, Field(ge=0, le=1)]
_Folder = Annotated[str, AfterValidator(check_glob)]


class RotSettings(Section):
    """An item is stale whose signs weigh `stale_at` or more together: unchanged for `untouched_years`, not opened for
    `unopened_years` (where its source tells the truth of that), superseded, of an owner who left, of a format that no
    program in use opens. Stale items are shown and never counted as what could go.

    `trivial` are patterns besides those that are shipped, of which `without` names the unwanted. In folders of
    applications nothing but what is past due is put forward, in those of cases no only copy.
    """

    untouched_years: int = Field(default=7, ge=1, le=100)
    unopened_years: int = Field(default=3, ge=1, le=100)
    untouched: _Weight = 0.6
    unopened: _Weight = 0.2
    superseded: _Weight = 0.4
    owner_left: _Weight = 0.3
    no_reader: _Weight = 0.4
    stale_at: float = Field(default=0.6, gt=0, le=3)
    formats_without_reader: tuple[_Folder, ...] = (
        "*.wps", "*.wpd", "*.wp5", "*.lwp", "*.sam", "*.123", "*.wk1", "*.wk3", "*.wk4", "*.wq1", "*.qpw", "*.wri",
        "*.shw", "*.max", "*.mcw", "*.cwk", "*.pm6", "*.p65", "*.sdw", "*.sxw", "*.dbx", "*.nsf", "*.rpt.old",
    )  # fmt: skip
    application_folders: tuple[_Folder, ...] = ()
    case_folders: tuple[_Folder, ...] = ()
    without: tuple[str, ...] = ()
    trivial: tuple[Pattern, ...] = Field(default=(), max_length=MOST_PATTERNS)

    @model_validator(mode="after")
    def _is_understood(self) -> Self:
        shipped = {pattern.id for pattern in starter_pack()}
        if unknown := sorted(set(self.without) - shipped):
            raise ValueError(f"without: nothing that is shipped is called {unknown[0]!r}: {', '.join(sorted(shipped))}")
        ids = [pattern.id for pattern in self.patterns]
        if twice := next((name for name in ids if ids.count(name) > 1), None):
            raise ValueError(
                f"trivial: two are called {twice!r}; name the shipped one under `without`, or rename yours"
            )
        return self

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """One's own first: who writes one means it so."""
        return (*self.trivial, *(pattern for pattern in starter_pack() if pattern.id not in self.without))

    def weights(self) -> dict[Signal, float]:
        return {
            Signal.UNTOUCHED: self.untouched, Signal.UNOPENED: self.unopened, Signal.SUPERSEDED: self.superseded,
            Signal.OWNER_LEFT: self.owner_left, Signal.NO_READER: self.no_reader,
        }  # fmt: skip

    def trivial_patterns(self) -> Trivial:
        return Trivial(self.patterns)

    def without_reader(self) -> NameGlobs:
        return NameGlobs(self.formats_without_reader)
