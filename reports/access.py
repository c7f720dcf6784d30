"""Sections on who can read personal data, and on what people left behind who are no longer there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from domain.access import Breadth
from domain.figures import Risky
from domain.summary import Tally
from reports.section import Column, ColumnKind, Row, Section, Table
from reports.services import NO_SERVICE

_Key = TypeVar("_Key")

BREADTH_WORDS = {
    Breadth.EVERYONE: "Everyone who can reach it",
    Breadth.ORGANISATION: "Everyone in the organisation",
    Breadth.GROUP: "A group",
    Breadth.NAMED: "Named people",
    Breadth.UNKNOWN: "Not known",
}
BY_FOLDER = (
    "Who can read is judged by the rights of the file where they are known to be other than its folder's, else by "
    "those of the folder; not by those of the share as a whole, which may let in fewer. Administrators are not counted."
)
_NOT_KNOWN = (
    "Not known are folders whose source tells no rights, and those that accounts may read of which no directory says "
    "whether they are people or groups."
)
_LEFT = (
    "An owner has left where the configured directory says so: the account is disabled or deleted, or the list of "
    "staff has a date of leaving. Without a directory nobody is known to have left."
)
_COUNTED = (
    Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES),
    Column("Items with personal data", ColumnKind.COUNT), Column("Scoring 60 or more", ColumnKind.COUNT),
)  # fmt: skip


def who_can_read(risky: Sequence[Risky], held: Mapping[Breadth, Tally]) -> Section:
    """`risky` hold personal data; `held` are all files."""
    risks = _risks((each.breadth, each) for each in risky)
    table = Table(
        "access",
        "What is held, by who can read it",
        (Column("Who can read"), *_COUNTED),
        tuple(_row(BREADTH_WORDS[one], held.get(one), risks[one]) for one in Breadth if one in held or one in risks),
        note=_NOT_KNOWN,
        empty="Nothing is held.",
    )
    return Section("Who can read personal data", text=(BY_FOLDER,), tables=(table,))


def left_behind(risky: Sequence[Risky], held: Mapping[str, Tally]) -> Section:
    """`risky` hold personal data; `held` are the files of people who have left, by service."""
    risks = _risks((each.service, each) for each in risky if each.left)
    table = Table(
        "left",
        "What is owned by people who have left, by service",
        (Column("Service"), *_COUNTED),
        tuple(_row(name or NO_SERVICE, held.get(name), risks[name]) for name in sorted({*held, *risks})),
        empty="Nothing is known to be owned by people who have left.",
    )
    return Section("Owned by people who have left", text=(_LEFT,), tables=(table,))


def _risks(found: Iterable[tuple[_Key, Risky]]) -> defaultdict[_Key, tuple[int, int]]:
    """How many items hold personal data, and how many of them score high."""
    risks: defaultdict[_Key, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, each in found:
        items, high = risks[key]
        risks[key] = items + each.items, high + each.high
    return risks


def _row(words: str, files: Tally | None, risks: tuple[int, int]) -> Row:
    files = files or Tally()
    return words, files.items, files.bytes, *risks
