"""The estate: how much is held, of which families, how old, and by which service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from domain.estate import Portion
from domain.family import Family
from domain.summary import Tally
from inventory.engine import Database
from inventory.estate import by_family, by_year
from operations.viewing.board import Board, Grid, Headline, Number, grid_of, in_order, items, named
from operations.viewing.sight import Sight
from operations.viewing.standing import Standing, standing_of
from reports.section import Bar, BarChart, Column, ColumnKind
from reports.vocabulary import family_in_words
from reports.wording import part, plural, size

_Key = TypeVar("_Key")
_EARLIEST = 1990
_COUNTED = (Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES),
            Column("Share of the size", ColumnKind.SHARE, absent=""))  # fmt: skip
_PARTS = (
    "Messages in mailboxes, attachments and members of archives are not files: {parts} of them lie inside the files, "
    "and their size is that of these."
)
_YEAR = "The year is that of the last change, as the file's source says; copying may have made a file look younger."


def estate_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, by the kept sums."""
    standing = standing_of(database, sight, now)
    families, years = sight.of(by_family(database)), sight.of(by_year(database))
    return Board(
        "estate", "What is held", _lead(standing, now.year, years),
        (
            Headline("Files held", Number(standing.held.items, items(files="1")), note=size(standing.held.bytes)),
            Headline("Inside files", Number(standing.parts), note="messages, attachments, members of archives"),
            Headline("Services", Number(len(standing.services)), note="that hold something"),
        ),
        (_chart(families), _years_chart(years)) if standing.held.items else (),
        (_by_family(families), _by_service(families), _by_year(years)),
        (_PARTS.format(parts=f"{standing.parts:,}"), _YEAR, "What was never named to Muniment is not in them."),
        standing.next_step(sight),
    )  # fmt: skip


def _lead(standing: Standing, year: int, years: Sequence[Portion[int | None]]) -> str:
    if not standing.held.items:
        return "Nothing is held yet."
    old = sum((one.files for one in years if one.of is not None and one.of <= year - 7), Tally())
    share = f" ({old.bytes / standing.held.bytes:.0%} of the size)" if standing.held.bytes else ""
    return (
        f"{plural(standing.held.items, 'file')} ({size(standing.held.bytes)}) are held. "
        f"{old.items:,} of them{share} were last changed more than six years ago."
    )


def added_up(portions: Iterable[Portion[_Key]], by: Callable[[Portion[_Key]], str]) -> dict[str, Tally]:
    """The files of portions, by what is told of each."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for one in portions:
        found[by(one)] += one.files
    return found


def _by_family(families: Sequence[Portion[Family]]) -> Grid:
    found, whole = added_up(families, lambda one: one.of), _whole(families)
    rows = [
        (family_in_words(family), Number(found[family].items, items(files="1", family=family)), found[family].bytes,
         part(found[family].bytes, whole.bytes))
        for family in sorted(Family, key=lambda family: -found[family].bytes) if found[family].items
    ]  # fmt: skip
    total = ("All families", Number(whole.items, items(files="1")), whole.bytes, part(whole.bytes, whole.bytes))
    note = "What nobody has looked into yet is of the family that its name ends with."
    return grid_of("by-family", "Files by family", (Column("Family"), *_COUNTED), rows, total, note=note)


def _by_service(families: Sequence[Portion[Family]]) -> Grid:
    of = added_up(families, lambda one: f"{named(one.service)}\0{one.of}")
    whole, by_service = _whole(families), added_up(families, lambda one: one.service)
    columns = (Column("Service"), *_COUNTED, *(Column(family_in_words(one), ColumnKind.COUNT) for one in Family))

    def row(service: str) -> tuple[Number | str | int | float | None, ...]:
        name, held = named(service), by_service[service]
        cells = (
            Number(of.get(f"{name}\0{one}", Tally()).items, items(service=name, files="1", family=one))
            for one in Family
        )
        return (name, Number(held.items, items(service=name, files="1")), held.bytes,
                part(held.bytes, whole.bytes), *cells)  # fmt: skip

    return grid_of("by-service", "Files by service and family", columns, map(row, in_order(by_service)))


def _by_year(years: Sequence[Portion[int | None]]) -> Grid:
    found, whole = added_up(years, lambda one: str(one.of or 0)), _whole(years)
    rows = [
        ("Not known" if year == "0" else year, Number(found[year].items, items(files="1", year=year)),
         found[year].bytes, part(found[year].bytes, whole.bytes))
        for year in sorted(found, key=int, reverse=True) if found[year].items
    ]  # fmt: skip
    return grid_of("by-year", "Files by the year of their last change", (Column("Year"), *_COUNTED), rows)


def _whole(portions: Sequence[Portion[_Key]]) -> Tally:
    return sum((one.files for one in portions), Tally())


def _chart(families: Sequence[Portion[Family]]) -> BarChart:
    found = added_up(families, lambda one: family_in_words(one.of))
    bars = tuple(Bar(words, (tally.bytes,)) for words, tally in found.items() if tally.bytes)
    return BarChart("Size by family", ("Size",), bars, ColumnKind.BYTES, "by-family")


def _years_chart(years: Sequence[Portion[int | None]]) -> BarChart:
    found = added_up((one for one in years if one.of and one.of >= _EARLIEST), lambda one: str(one.of))
    bars = tuple(Bar(year, (found[year].bytes,)) for year in sorted(found, reverse=True) if found[year].bytes)
    return BarChart("Size by year of last change", ("Size",), bars, ColumnKind.BYTES, "by-year", in_order=True)
