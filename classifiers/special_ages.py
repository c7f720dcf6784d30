"""Children by their ages: who is said to be nine, or was born too lately to be more than a child."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from classifiers.columns.rows import bare, cells_of_row, rows_of
from classifiers.columns.verdict import MOST_JUDGED_BY
from classifiers.lexicon import Meanings, Role
from classifiers.phrases import Met
from classifiers.special_fields import OF_CHILDREN, Answer
from classifiers.special_tables import People

BORN_AFTER = 2008
"""Who is born later was a child (Children Act 1989, s.105(1)) in any paper written until 2026; a later paper may know
the same person as an adult, which errs on the safe side.
"""
_YEAR_OF_BIRTH = re.compile(
    r"[ \t]*(?:[:=(,]|\bon\b)?[ \t]*(?:the )?\d{1,2}(?:st|nd|rd|th)?[ /.-]{1,2}(?:of )?(?:\d{1,2}|[a-z]{3,9})"
    r"[ /.,-]{1,2}((?:19|20)\d\d|\d\d)(?!\d)"
)
_CENTURY_ENDS = 30
_AGED = re.compile(
    r"(?: [A-Z][\w'\u2019-]+){0,2}(?: \((?:aged? )?(?:[1-9]|1[0-7])(?: ?y(?:ea)?rs?)?\)"
    r"|, (?:aged )?(?:[1-9]|1[0-7]),? (?:is|was|who|has|had|told|said|says|lives|attends|goes|started"
    r"|referred|seen|taken|placed|found)\b|, (?:aged )?(?:[1-9]|1[0-7]), (?:and|of|in|from|at|with) )"
)
_KIN = frozenset(("daughter", "son", "child", "grandson", "granddaughter", "nephew", "niece", "brother", "sister"))
_KIN_AGED = re.compile(r"(?: [A-Z][\w'\u2019-]+){0,2},? \(?(?:aged? )?(?:[1-9]|1[0-7])(?: ?y(?:ea)?rs?(?: old)?)?[),]")


def children_in(text: str, lower: str, met: Sequence[Met[Meanings]], people: Sequence[People]) -> Iterator[Answer]:
    """Where a child's birth or age stands. Of a bare number behind a name, only where something else is of children."""
    speaks_of_children = any(meaning.kind == OF_CHILDREN for one in met for meaning in one.meaning)
    for one in met:
        roles = {meaning.role for meaning in one.meaning}
        is_born = Role.BIRTH in roles and _is_lately(_YEAR_OF_BIRTH.match(lower, one.end))
        is_aged = Role.PERSON in roles and speaks_of_children and _AGED.match(text, one.end)
        if is_born or is_aged or (lower[one.start : one.end] in _KIN and _KIN_AGED.match(text, one.end)):
            yield Answer(OF_CHILDREN, one.start, one.end)
    for table in people:
        yield from _born_in(lower, table)


def _is_lately(birth: re.Match[str] | None) -> bool:
    if birth is None:
        return False
    year = int(birth[1])
    return (year + 2000 if year < _CENTURY_ENDS else year) > BORN_AFTER


def _born_in(lower: str, people: People) -> Iterator[Answer]:
    """The first births in a table of which most are children's."""
    verdicts = people.table.verdicts
    column = next((index for index, verdict in enumerate(verdicts) if verdict.kind == "DATE_OF_BIRTH"), None)
    if column is None or people.of_places:
        return
    births = []
    for row in islice(rows_of(lower, people.table), MOST_JUDGED_BY):
        cells = cells_of_row(row.line, people.table.delimiter)
        if column < len(cells) and (birth := _YEAR_OF_BIRTH.match(bare(cells[column]))):
            births.append((_is_lately(birth), row.start + sum(len(cell) + 1 for cell in cells[:column])))
    late = [start for is_lately, start in births if is_lately]
    if len(late) * 2 > len(births):
        yield from (Answer(OF_CHILDREN, start, start + 10) for start in late)
