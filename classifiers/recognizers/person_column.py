from __future__ import annotations

from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult

from classifiers.columns import Headings
from classifiers.layout import tables_in
from classifiers.recognizers.names import ANY_NAME, TITLES, could_be_a_person

SCORE = 0.8
_WHOLE = regex.compile(
    r"(?i)(?:(?:full|client|customer|tenant|claimant|applicant|patient|pupil|child|student|employee|staff|resident"
    r"|service user|carer|contact|parent|account)(?:['\u2019]?s)?[ _]?)?names?|surname(?: and forenames?)?|name of \w+"
    r"|employee|tenant|claimant|applicant|patient|pupil|client|service user|line manager|social worker|next of kin"
)
_CELL = regex.compile(
    rf"(?<=[\t\n,]|\A)[\"\u00a0 ]*(?P<value>(?:{TITLES}\.?[ ])?{ANY_NAME}(?:,[ ]{ANY_NAME})?)(?=[\"\t\n\r,]|\Z)"
)
_DIVIDER = regex.compile(r'"?[\t,] ?"?')
_LAST = regex.compile(r"(?i)(?:sur|last|family)[ _]?names?")
_FIRST = regex.compile(r"(?i)(?:fore|first|given|middle)[ _]?names?")


class PersonByColumn(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """Cells that look like a name under a heading that says so; a column "Name" needs two words in each cell."""

    def __init__(self) -> None:
        super().__init__(["PERSON"], context=[])

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        if not regex.search(r"(?i)name|tenant|claimant|applicant|patient|pupil|client|worker|kin\b", text):
            return []
        return [
            RecognizerResult("PERSON", start, end, SCORE, recognition_metadata={})
            for start, end in _names_in_columns(text, Headings.of(text, tables_in(nlp_artifacts)))
        ]


def _names_in_columns(text: str, headings: Headings) -> list[tuple[int, int]]:
    """Spans of names; a first name and a surname in neighbouring cells are one, with what divides them."""
    spans: list[tuple[int, int]] = []
    before = ""
    for match in _CELL.finditer(text):
        start, end = match.span("value")
        heading = headings.over(start)
        if not _names_a_person(heading, text[start:end]):
            continue
        if spans and _complete_each_other(before, heading) and _DIVIDER.fullmatch(text, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        before = heading
    return spans


def _complete_each_other(one: str, other: str) -> bool:
    firsts = [bool(_FIRST.fullmatch(heading)) for heading in (one, other)]
    lasts = [bool(_LAST.fullmatch(heading)) for heading in (one, other)]
    return any(firsts) and all(first or last for first, last in zip(firsts, lasts, strict=True))


def _names_a_person(heading: str, cell: str) -> bool:
    if not heading or not could_be_a_person(cell):
        return False
    if _LAST.fullmatch(heading) or _FIRST.fullmatch(heading):
        return True
    return bool(_WHOLE.fullmatch(heading)) and len(cell.split()) >= 2
