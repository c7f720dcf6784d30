"""Answers of forms and tables: what stands behind "Religion:", beside it, or under it as the heading of a column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifiers.columns.headings import delimiter_of, is_head
from classifiers.lexicon import TERMS, Meaning, Meanings, Role, answers, of_lexicons
from classifiers.phrases import Met
from domain.content import Table

_MARK = re.compile(r"[ \t]{0,4}(?:\([^)\n]{0,40}\)[ \t]{0,2})?[:=?][ \t]*(?:\r?\n[ \t]*)?")
_NEXT_CELL = re.compile(r"[ \t]{0,4}(?:\t|\r?\n)[ \t]{0,4}")
_CELL_END = re.compile(r"[ \t\"]{0,4}(?:[\t\n\r,|]|\Z)")
_VALUE = re.compile(r"[^\n\t|;]{0,200}")
_BLANK = re.compile(r"\n[ \t\r]*(?:\n|\Z)")
_WORD = re.compile(r"[^\W_]+")
_UNANSWERED = re.compile(
    r"/.*/|[\u2610\u25a1\u2026]|_{3}|\.{4}|\[ *\]|\d%|^y(?:es)? ?[/|] ?no?\b|\S {2,}\S[^ ]*(?: [^ ]+)? {2,}\S"
    r"|^[\d ]{6,}$"
)
"""Several answers to choose from, a line to write on, a share; or a number that was written into the wrong column."""
_CSV_CELL = re.compile(r'(?:^|,)("[^"\n]*"|[^,]*)')
_TAB_CELL = re.compile(r"(?:^|\t)([^\t]*)")
_OF_SOMEBODY = re.compile(
    r"name|\bdob\b|birth|\b(?:id|ref|no|upn|nhs|nino|uln|address|postcode)\b|employee|pupil|tenant|client"
)
_OF_A_COUNT = re.compile(
    r"(?:number|count|total|totals|headcount|no\.?|%|percent(?:age)?|proportion|rate|19\d\d|20\d\d)(?: .*)?"
)
_MOST_WORDS = 14
_LONGEST_VALUE, _LONGEST_HEAD, _LONGEST_HEADING, _TITLES = 200, 4_000, 40, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a question of one class, by character offsets."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class People:
    """A table of which each row is somebody: the lines from `start` up to `end`, and which column is of which class."""

    start: int
    end: int
    kinds: dict[int, str]
    cell: re.Pattern[str]


def people_in(lower: str, tables: tuple[Table, ...]) -> list[People]:
    """The tables of people in a text in lower case, in order: those its reader knows of, else blocks with a head."""
    return list(_of_tables(lower, tables) if tables else _of_blocks(lower))


def answers_in(lower: str, met: Sequence[Met[Meanings]], people: Sequence[People]) -> list[Answer]:
    """The answers in a text, where `met` are the phrases in it. Blank and declined ones are none."""
    page = _Page(lower, met)
    labels = [
        (one.start, one.end, meaning.kind) for one in met for meaning in one.meaning if meaning.role is Role.LABEL
    ]
    return [*_beside(page, labels), *(answer for table in people if table.kinds for answer in _under(page, table))]


class _Page:
    """A text and the phrases in it, to judge what is written at a place."""

    def __init__(self, lower: str, met: Sequence[Met[Meanings]]) -> None:
        self.lower = lower
        self._met, self._starts = met, [one.start for one in met]

    def is_answer(self, start: int, end: int) -> bool:
        """Whether something is said there of somebody, and not asked, declined or explained to all."""
        if end - start > _LONGEST_VALUE:
            return False
        value = self.lower[start:end]
        words = _WORD.findall(value)
        if not words or words[0] in answers("nothing") or len(words) > _MOST_WORDS or _UNANSWERED.search(value):
            return False
        return not any(meaning.role is Role.GENERIC for meaning in self._between(start, end))

    def is_of(self, kind: str, start: int, end: int) -> bool:
        """Whether it is a yes, or holds a term of the class."""
        terms = (meaning for meaning in self._between(start, end) if meaning.role in TERMS)
        return self.lower[start:end] in answers("yes") or any(meaning.kind == kind for meaning in terms)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without what is no letter or digit at either end."""
        while start < end and not self.lower[start].isalnum():
            start += 1
        while end > start and not self.lower[end - 1].isalnum():
            end -= 1
        return start, end

    def _between(self, start: int, end: int) -> Iterator[Meaning]:
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return (meaning for one in self._met[low:high] for meaning in one.meaning)


def _beside(page: _Page, labels: list[tuple[int, int, str]]) -> Iterator[Answer]:
    """Behind a label with its colon anything, else in the next cell or line a term of the class or a yes."""
    for index, (start, end, kind) in enumerate(labels):
        mark = _MARK.match(page.lower, end) or _NEXT_CELL.match(page.lower, end)
        written = _VALUE.match(page.lower, mark.end()) if mark else None
        if mark is None or written is None:
            continue
        following = min(
            (other[0] for other in labels[index + 1 : index + 4] if other[0] >= mark.end()), default=written.end()
        )
        value = page.trimmed(written.start(), min(written.end(), following))
        in_words = any(sign in mark[0] for sign in ":=?") or (
            _begins_a_cell(page.lower, start) and page.is_of(kind, *value)
        )
        if in_words and page.is_answer(*value):
            yield Answer(kind, *value)


def is_question(lower: str, one: Met[Meanings]) -> bool:
    """Whether a label stands for itself, before its colon or alone in a cell or line, and says nothing yet."""
    is_label = any(meaning.role is Role.LABEL for meaning in one.meaning)
    alone = _begins_a_cell(lower, one.start) and _CELL_END.match(lower, one.end)
    return is_label and bool(alone or _MARK.match(lower, one.end))


def _begins_a_cell(lower: str, start: int) -> bool:
    return start == 0 or lower[start - 1] in '\n\t,|"'


def _of_tables(lower: str, tables: tuple[Table, ...]) -> Iterator[People]:
    for table in tables:
        headings = [_plain(heading.lower()) for heading in table.columns]
        if _are_of_people(headings):
            start = 0 if table.start < 0 else lower.find("\n", table.start) + 1
            yield People(start, min(table.end, len(lower)), _kinds_of(headings), _TAB_CELL)


def _of_blocks(lower: str) -> Iterator[People]:
    """A block ends at an empty line; its head is the first line that names columns, of the first three."""
    start = 0
    while start < len(lower):
        end = _BLANK.search(lower, start)
        stop = end.start() if end else len(lower)
        line_start = start
        for line in lower[start : min(stop, start + _LONGEST_HEAD)].split("\n")[:_TITLES]:
            delimiter = delimiter_of(line)
            headings = [_plain(heading) for heading in line.split(delimiter)]
            line_start += len(line) + 1
            if _are_of_people(headings) and is_head(line):
                yield People(line_start, stop, _kinds_of(headings), _TAB_CELL if delimiter == "\t" else _CSV_CELL)
                break
        start = end.end() if end else stop


def _plain(heading: str) -> str:
    return heading.strip(' "\r').replace("_", " ")


def _are_of_people(headings: list[str]) -> bool:
    """Whether one heading could tell who it is, and none counts how many."""
    somebody = any(len(heading) <= _LONGEST_HEADING and _OF_SOMEBODY.search(heading) for heading in headings)
    return len(headings) > 1 and somebody and not any(map(_OF_A_COUNT.fullmatch, headings))


def _kinds_of(headings: list[str]) -> dict[int, str]:
    kinds = {column: _kind_of(heading) for column, heading in enumerate(headings)}
    return {column: kind for column, kind in kinds.items() if kind}


def _kind_of(heading: str) -> str:
    """The class that a heading asks for, or ""."""
    for one in of_lexicons().met_in(heading.rstrip("?: ")):
        if one.start == 0 and one.end >= len(heading.rstrip("?: )(yn/")):
            return next((meaning.kind for meaning in one.meaning if meaning.role is Role.LABEL), "")
    return ""


def _under(page: _Page, table: People) -> Iterator[Answer]:
    start = table.start
    while start < table.end:
        end = page.lower.find("\n", start, table.end)
        end = table.end if end < 0 else end
        for column, cell in enumerate(table.cell.finditer(page.lower[start:end])):
            if column in table.kinds:
                value = page.trimmed(start + cell.start(1), start + cell.end(1))
                if page.is_answer(*value):
                    yield Answer(table.kinds[column], *value)
        start = end + 1
