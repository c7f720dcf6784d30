"""Answers of forms and tables: what stands behind "Religion:", beside it or under it, and what is ticked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifiers.lexicon import QUESTIONS, TERMS, Meaning, Meanings, Role, kind_of_answer, words
from classifiers.phrases import Met
from classifiers.special_tables import WORD, People, cells_asked

_MARK = re.compile(r"[ \t]{0,4}(?:\([^)\n]{0,40}\)[ \t]{0,2})?(?:[:=?]|\.{3,80}:?)[ \t]*(?:\r?\n[ \t]*)?")
_NEXT_CELL = re.compile(r"[ \t]{0,40}(?:[\t|\u2502]|\r?\n|[ \t]-[ \t]|[ \t]\u2013[ \t]|(?<=[ \t]))[ \t]{0,40}")
_CELL_END = re.compile(r"[ \t\"]{0,40}(?:[\t\n\r,|\u2502]|\Z)")
_VALUE = re.compile(r"[^\n\t|\u2502;]{0,200}")
_UNANSWERED = re.compile(
    r"/.*/|[\u2610\u25a1\u2026]|_{3}|\.{4}|\[ *\]|\d%|^y(?:es)? ?[/|] ?no?\b|\S {2,}\S[^ ]*(?: [^ ]+)? {2,}\S"
    r"|^[0. ]+$"
)
"""Several answers to choose from, a line to write on, a share."""
_NUMBER = re.compile(r"[\d ]{6,}")
"""Written into the wrong column; but that a pupil has one says enough."""
_BOX = re.compile(r"\[ ?[x*\u2713\u2714]? ?\]|\( ?[x\u2713\u2714]? ?\)|[\u2610-\u2612\u25a1\u25a0\u2713\u2714]")
_TICKED = re.compile(r"[x*\u2611\u2612\u25a0\u2713\u2714]")
_OPTION_END = re.compile(r" {2}|[\t\n\r|]")
OF_CHILDREN = "CHILD_SAFEGUARDING"
_CELL_BEGINS = tuple('\n\t,|"\u2502.)')
_LONGEST_MARGIN = 40
_MOST_WORDS = 14
_LONGEST_VALUE, _LONGEST_OPTION, _QUESTION_ABOVE = 200, 60, 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a question of one class, by character offsets."""

    kind: str
    start: int
    end: int


def answers_in(lower: str, met: Sequence[Met[Meanings]], people: Sequence[People]) -> list[Answer]:
    """The answers in a text, where `met` are the phrases in it. Blank and declined ones are none."""
    page = _Page(lower, met)
    questions = [
        _Question(one.start, one.end, meaning.kind, meaning.role is Role.LABEL)
        for one in met
        for meaning in one.meaning
        if meaning.role in QUESTIONS
    ]
    return [
        *_beside(page, questions),
        *_ticked(page, questions),
        *(answer for table in people for answer in _under(page, table)),
    ]


@dataclass(frozen=True, slots=True)
class _Question:
    """A label or a hint of a class stands here."""

    start: int
    end: int
    kind: str
    is_label: bool


class _Page:
    """A text and the phrases in it, to judge what is written at a place."""

    def __init__(self, lower: str, met: Sequence[Met[Meanings]]) -> None:
        self.lower = lower
        self._met, self._starts = met, [one.start for one in met]

    def is_answer(self, kind: str, start: int, end: int) -> bool:
        """Whether something is said there of somebody, and not asked, declined or explained to all."""
        if end - start > _LONGEST_VALUE:
            return False
        value = self.lower[start:end]
        said = WORD.findall(value)
        if kind != OF_CHILDREN and _NUMBER.fullmatch(value):
            return False
        if not said or said[0] in words("nothing") or len(said) > _MOST_WORDS or _UNANSWERED.search(value):
            return False
        return not any(meaning.role is Role.GENERIC for meaning in self._between(start, end))

    def is_of(self, kind: str, start: int, end: int) -> bool:
        """Whether it is a yes, an answer of the class, or holds a term of it."""
        if self.lower[start:end] in words("yes") or self.is_whole(kind, start, end):
            return True
        return any(meaning.kind == kind for meaning in self._between(start, end) if meaning.role in TERMS)

    def is_whole(self, kind: str, start: int, end: int) -> bool:
        """Whether the whole of it is an answer of the class."""
        return kind_of_answer(WORD.findall(self.lower, start, end), asked=kind) == kind

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


def _beside(page: _Page, questions: list[_Question]) -> Iterator[Answer]:
    """Behind a label with its colon anything, else in the next cell or line what is of the class or a yes."""
    for index, asked in enumerate(questions):
        mark = _MARK.match(page.lower, asked.end)
        gap = mark or _NEXT_CELL.match(page.lower, asked.end)
        written = _VALUE.match(page.lower, gap.end()) if gap else None
        if gap is None or written is None:
            continue
        following = min(
            (other.start for other in questions[index + 1 : index + 4] if _asks_behind(page.lower, other, gap.end())),
            default=written.end(),
        )
        value = page.trimmed(written.start(), min(written.end(), following))
        if _is_asked(page, asked, value, gap[0], is_marked=mark is not None) and page.is_answer(asked.kind, *value):
            yield Answer(asked.kind, *value)


def _asks_behind(lower: str, other: _Question, at: int) -> bool:
    """Whether another question begins further on in the line, and is no answer itself: "Union: GMB"."""
    return other.start >= at and _MARK.match(lower, other.end) is not None


def _is_asked(page: _Page, asked: _Question, value: tuple[int, int], gap: str, *, is_marked: bool) -> bool:
    """Whether what stands behind a question is its answer: the less there is between them, the more it must say."""
    if is_marked:
        return asked.is_label or page.is_of(asked.kind, *value)
    if not _begins_a_cell(page.lower, asked.start):
        return False
    return page.is_whole(asked.kind, *value) if gap == " " else page.is_of(asked.kind, *value)


def is_question(lower: str, one: Met[Meanings]) -> bool:
    """Whether a label stands for itself, before its colon or alone in a cell or line, and says nothing yet."""
    asks = any(meaning.role in QUESTIONS for meaning in one.meaning)
    alone = _begins_a_cell(lower, one.start) and _CELL_END.match(lower, one.end)
    return asks and bool(alone or _MARK.match(lower, one.end))


def _begins_a_cell(lower: str, start: int) -> bool:
    before = lower[max(0, start - _LONGEST_MARGIN) : start].rstrip(" ")
    return before[-1:] in _CELL_BEGINS if before else start <= _LONGEST_MARGIN


def _ticked(page: _Page, questions: list[_Question]) -> Iterator[Answer]:
    """The options of which the box is ticked: before it or behind it, as the last box of the line stands."""
    for line_start, boxes, line_end in _lines_with_boxes(page.lower):
        is_before = bool(page.lower[boxes[-1].end() : line_end].strip())
        for index, box in enumerate(boxes):
            if not _TICKED.search(box[0]):
                continue
            low = boxes[index - 1].end() if index else line_start
            high = boxes[index + 1].start() if index + 1 < len(boxes) else line_end
            place = _first_part(page.lower, box.end(), high) if is_before else (low, box.start())
            option = page.trimmed(*place)
            if kind := _kind_of_option(page, option, questions, line_start):
                yield Answer(kind, *option)


def _lines_with_boxes(lower: str) -> Iterator[tuple[int, list[re.Match[str]], int]]:
    """Each line that has boxes, from where to where it goes."""
    line: list[re.Match[str]] = []
    end = -1
    for box in _BOX.finditer(lower):
        if box.start() >= end:
            if line:
                yield lower.rfind("\n", 0, line[0].start()) + 1, line, end
            line, end = [], lower.find("\n", box.end())
            end = len(lower) if end < 0 else end
        line.append(box)
    if line:
        yield lower.rfind("\n", 0, line[0].start()) + 1, line, end


def _first_part(lower: str, start: int, high: int) -> tuple[int, int]:
    """From behind a box up to a wide gap."""
    start += len(lower[start:high]) - len(lower[start:high].lstrip())
    end = _OPTION_END.search(lower, start, high)
    return start, end.start() if end else high


def _kind_of_option(page: _Page, option: tuple[int, int], questions: list[_Question], line_start: int) -> str:
    """The class of a ticked option: its own, or that of the last question above it that it answers."""
    start, end = option
    if end - start > _LONGEST_OPTION or not page.is_answer("", start, end):
        return ""
    index = bisect_left(questions, start, key=lambda question: question.start) - 1
    asked = questions[index] if index >= 0 and start - questions[index].end <= _QUESTION_ABOVE else None
    if asked and page.is_of(asked.kind, start, end):
        is_yes = page.lower[start:end] in words("yes")
        return asked.kind if not is_yes or asked.start >= line_start else ""
    return kind_of_answer(WORD.findall(page.lower, start, end))


def _under(page: _Page, people: People) -> Iterator[Answer]:
    for asked, low, high in cells_asked(page.lower, people):
        value = page.trimmed(low, high)
        if page.is_answer(asked.kind, *value) and (not asked.plainly or page.is_of(asked.kind, *value)):
            yield Answer(asked.kind, *value)
