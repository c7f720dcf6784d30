"""Tables of which each row is somebody, and the columns of them that answer a question of one class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from classifiers.columns.rows import bare, cells_of_row, margin, rows_of
from classifiers.columns.verdict import MOST_JUDGED_BY, JudgedTable, judged_tables
from classifiers.layout import Layout
from classifiers.lexicon import QUESTIONS, Meaning, kind_of_answer, of_lexicons, words

WORD = re.compile(r"[^\W_]+")
_OF_SOMEBODY = re.compile(
    r"name|\bdob\b|birth|\b(?:id|ref|no|upn|nhs|nino|uln|address|postcode)\b|employee|pupil|tenant|client|elector"
)
_OF_A_PLACE = re.compile(
    r"\b(?:school|establishment|church|parish|venue|site|building|supplier|company|organisation|firm|charity|club"
    r"|congregation)\b"
)
_OF_AN_OFFICE = re.compile(r"\b(?:ward|constituency|councillors?|cllr|candidate|minister|vicar|head ?teacher)\b")
"""What the rows may be about, with somebody to ask for it: a school has a denomination, and a councillor a party."""
_OF_ITS_HOLDER = re.compile(r"\bpolitical (?:party|opinion|affiliation|membership)|declar|other bodies")
_OF_ONE_PERSON = re.compile(
    r"\b(?:dob|birth|d o b|upn|nhs|nino|pupil|child|surname|forenames?|first name|employee|tenant|client|applicant"
    r"|service user|payroll|staff|elector|patient|member of staff)\b"
)
_OF_A_COUNT = re.compile(
    r"(?:number|count|total|totals|headcount|no\.?|%|percent(?:age)?|proportion|rate|19\d\d|20\d\d)(?: .*)?"
)
_OF_A_RECORD = re.compile(r"\d[/.-](?:\d|[a-z]{3})|\d{5}|@")
"""A date, a number of some length or a mailbox: what somebody's line in a list without headings holds."""
_OF_THINGS = re.compile(r"colou?r|language|nationality|country|cuisine|meal|dish|subject|vehicle|bin\b|\bparty|group")
_OF_A_THING = re.compile(
    r"(?:book|item|course|training|module|event|workshop|product|publication|film)(?: (?:title|name|borrowed|reserved"
    r"|booked|attended|lent))?|title(?: on loan)?|author"
)
_BORROWER = re.compile(r"2\d{12,13}")
"""The number of a library's card."""
_PERSONAL = frozenset({"PERSON", "DATE_OF_BIRTH", "UK_NHS", "UK_NINO", "UK_UPN", "COUNCIL_REF"})
_LONGEST_HEADING, _LONGEST_ANSWER = 40, 60
_FEWEST, _SHARE = 3, 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column asks for: of which class, and whether only an answer that is plainly of the class counts."""

    kind: str
    plainly: bool


@dataclass(frozen=True, slots=True)
class People:
    """A table of which each row is somebody, and which of its columns are of which class.

    Or `of_places`, each with its contact: a school, a ward; then none of its columns are.
    """

    table: JudgedTable
    asked: Mapping[int, Asked]
    of_places: bool = False

    @property
    def start(self) -> int:
        return max(self.table.body, 0)

    def is_of_a_thing(self, lower: str, at: int) -> bool:
        """Whether the cell there is in a column of titles, courses or the like, or in a row about a loan."""
        low = lower.rfind("\n", self.start, at) + 1 or self.start
        high = lower.find("\n", at, self.end)
        cells = cells_of_row(lower[low : high if high >= 0 else self.end], self.table.delimiter)
        if not any(self.table.columns):
            return any(map(_BORROWER.fullmatch, map(bare, cells)))
        for heading, cell in zip(self.table.columns, cells, strict=False):
            low += len(cell) + 1
            if at < low:
                return bool(_OF_A_THING.fullmatch(_plain(heading))) and " " in bare(cell)
        return False

    @property
    def end(self) -> int:
        return self.table.end


def people_in(lower: str, artifacts: Any) -> list[People]:
    """The tables of people in a text in lower case, in order; those that came with the text are known already."""
    is_known = isinstance(artifacts, Layout)
    tables = judged_tables(lower, artifacts.tables) if is_known and artifacts.tables else ()
    return [
        People(table, {}, of_places=True) if _is_of_places(table) else People(table, _asked_in(lower, table))
        for table in (tables if is_known else judged_tables(lower))
        if _is_of_places(table) or _is_of_people(lower, table)
    ]


def cells_asked(lower: str, people: People) -> Iterator[tuple[Asked, int, int]]:
    """The cells in columns that ask for a class, by the offsets of what stands in them."""
    for row in rows_of(lower, people.table) if people.asked else ():
        at = row.start
        for column, cell in enumerate(cells_of_row(row.line, people.table.delimiter)):
            if column in people.asked:
                start = at + margin(cell)
                yield people.asked[column], start, start + len(bare(cell))
            at += len(cell) + 1


def _is_of_people(lower: str, table: JudgedTable) -> bool:
    """Whether a column could tell who it is, and none counts how many."""
    if not any(table.columns):
        rows = [row.line for row in islice(rows_of(lower, table), _FEWEST)]
        return any(verdict.kind in _PERSONAL for verdict in table.verdicts) or all(map(_OF_A_RECORD.search, rows))
    headings = [_plain(heading) for heading in table.columns]
    if any(map(_OF_A_COUNT.fullmatch, headings)):
        return False
    somebody = any(len(heading) <= _LONGEST_HEADING and _OF_SOMEBODY.search(heading) for heading in headings)
    return somebody or any(verdict.kind in _PERSONAL for verdict in table.verdicts)


def _is_of_places(table: JudgedTable) -> bool:
    headings = [_plain(heading) for heading in table.columns]
    if not headings or any(map(_OF_ONE_PERSON.search, headings)):
        return False
    return bool(_OF_A_PLACE.search(headings[0])) or any(map(_OF_AN_OFFICE.search, headings))


def _asked_in(lower: str, table: JudgedTable) -> dict[int, Asked]:
    by_heading = {column: _asked_by(_plain(heading)) for column, heading in enumerate(table.columns)}
    asked = {column: asks for column, asks in by_heading.items() if asks}
    return {**_asked_by_answers(lower, table), **asked}


def _asked_by(heading: str) -> Asked | None:
    """What a heading asks for, where a question of a class is all of it."""
    for one in of_lexicons().met_in(heading.rstrip("?: ")):
        if one.start == 0 and one.end >= len(heading.rstrip("?: )(yn/")):
            return next((_as_asked(meaning) for meaning in one.meaning if meaning.role in QUESTIONS), None)
    return None


def _as_asked(meaning: Meaning) -> Asked:
    return Asked(meaning.kind, plainly=meaning.role is not QUESTIONS[0])


def _asked_by_answers(lower: str, table: JudgedTable) -> dict[int, Asked]:
    """The columns of which most cells are whole answers of one class, whatever stands over them."""
    rows = [cells_of_row(row.line, table.delimiter) for row in islice(rows_of(lower, table), MOST_JUDGED_BY)]
    asked = {}
    for column in range(max(map(len, rows), default=0)):
        heading = _plain(table.columns[column]) if column < len(table.columns) else ""
        cells = [bare(row[column]) for row in rows if column < len(row)]
        if not _OF_THINGS.search(heading) and (kind := _kind_of_most(cells)):
            asked[column] = Asked(kind, plainly=True)
    return asked


def _kind_of_most(cells: Sequence[str]) -> str:
    """The class of six in ten of the cells that answer something; "" where they are few, or all different."""
    answers = [WORD.findall(cell) for cell in cells if 0 < len(cell) <= _LONGEST_ANSWER]
    said = [" ".join(answer) for answer in answers if answer and answer[0] not in words("nothing")]
    if len(said) < _FEWEST or len(said) * 2 < sum(map(bool, cells)):
        return ""
    kinds = Counter(filter(None, (kind_of_answer([wording]) for wording in said)))
    kind, count = next(iter(kinds.most_common(1)), ("", 0))
    return kind if count >= _SHARE * len(said) else ""


def _plain(heading: str) -> str:
    return heading.lower().strip(' "\r').replace("_", " ")
