from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.date_of_birth import DATE, DateOfBirth
from classifiers.recognizers.names import FULL_NAME, INITIALS, WORD, could_be_a_person, is_first_name

_ROLES = (
    "victim|perpetrator|suspect|offender|subject|nominal|adult at risk|patient|pupil|child|young person|yp|sibling"
    "|brother|sister|half-brother|half-sister|twins?|son|daughter|baby|mother|father|mother/father|mum|dad|grandmother"
    "|grandfather|partner|ex-partner|husband|wife|foster child|plentyn|mam|tad|brawd|chwaer"
)
_NAME = rf"(?P<name>{FULL_NAME}|{INITIALS}|{WORD})"


class BirthBesideName(DateOfBirth):
    """A date behind somebody's name, as births are written: in brackets ("Ivy (2/1/1990)"), behind one who is said to
    be a child, a victim or a relation ("Sibling: Ivy Marsh, 2/1/1990"), or before another thing that tells people apart
    ("Ivy Marsh, 2/1/1990, NHS ...").
    """

    part_of_kind = "beside a name"
    pattern = (
        rf"(?<![\w@-])(?:{_NAME},?[ ]\([ ]?(?P<value>{DATE})[ ]?\)"
        rf"|(?i:{_ROLES}):?[ ]{_NAME},?[ ](?P<value>{DATE})(?![\w/-]|\.\d)"
        rf"|(?P<name>{FULL_NAME}),?[ ](?P<value>{DATE})"
        rf"(?=[,;]? (?:(?i:NHS|NINO|N\.?I\.?|UPN)\b"
        rf"|of (?:\d|no fixed|(?i:flat)\b)|[A-Z]{{2}} ?\d\d ?\d\d ?\d\d ?[A-D]\b)))"
    )
    score_alone = 0.7
    score_with_context = 0.9

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The date, where what stands before it is a person's name."""
        name = match["name"]
        if could_be_a_person(name) and is_first_name(name.split()[0]):
            yield match.span("value")
