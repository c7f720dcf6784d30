from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.date_of_birth import DATE, MONTH, DateOfBirth
from classifiers.recognizers.names import FULL_NAME, INITIALS, WORD, could_be_a_person, is_first_name

_ROLES = (
    "victim|perpetrator|suspect|offender|subject|nominal|adult at risk|patient|pupil|child|young person|yp|sibling"
    "|brother|sister|half-brother|half-sister|twins?|son|daughter|baby|mother|father|mother/father|mum|dad|grandmother"
    "|grandfather|partner|ex-partner|husband|wife|foster child|plentyn|mam|tad|brawd|chwaer"
)
_IN_NUMBERS = r"\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d{2}|\d{2})"
_LONG_AGO = rf"\d{{1,2}}(?:[/.-]\d{{1,2}}[/.-]|[ -]{MONTH}[ -])(?:19[2-6]\d|197[0-5]|[3-6]\d|7[0-5])"
"""Numbers or a month between them, of 1920 to 1975: a caption of a photograph writes the month in full as often."""
_NAME = rf"(?P<name>{FULL_NAME}|{INITIALS}|{WORD})"


class BirthBesideName(DateOfBirth):
    """A date behind somebody's name, as births are written: in brackets ("Ivy (2/1/1990)"), behind one who is said to
    be a child, a victim or a relation ("Sibling: Ivy Marsh, 2/1/1990"), or before another thing that tells people apart
    ("Ivy Marsh, 2/1/1990, NHS ..."), or of one who heads a line and whom no office of today dates then: "Clinic
    note: Ivy Marsh 02-Jan-1952.". So too what is said of the next of two: "Ivy's DOB 2/1/1990; Ray's 4/3/1988".
    """

    part_of_kind = "beside a name"
    pattern = (
        rf"(?<![\w@-])(?:{_NAME},?[ ]\([ ]?(?P<value>{DATE})[ ]?\)"
        rf"|(?i:{_ROLES}):?[ ]{_NAME},?[ ](?P<value>{DATE})(?![\w/-]|\.\d)"
        rf"|(?P<name>{FULL_NAME}),?[ ](?P<value>{DATE})"
        rf"(?=[,;]? (?:(?i:NHS|NINO|N\.?I\.?|UPN)\b"
        rf"|of (?:\d|no fixed|(?i:flat)\b)|[A-Z]{{2}} ?\d\d ?\d\d ?\d\d ?[A-D]\b)"
        rf")|(?P<name>{FULL_NAME}),?[ ](?P<value>{_IN_NUMBERS})"
        rf"(?=,? (?:(?i:flat )?\d{{1,4}}[A-Za-z]? )\p{{Lu}}\p{{Ll}})"
        rf"|(?:(?<![^\n]|\n[ \t]{{1,4}})|(?<=[\p{{Ll}}\p{{Lu}}](?::| [\u2013\u2014-]) ))"
        rf"(?P<name>{FULL_NAME})(?:,?| [\u2013\u2014-])[ ](?P<value>{_LONG_AGO})"
        rf"(?=[.,;]?(?:[ ]|\n|$))"
        rf"|(?i:d\.?o\.?b\.?|born):? {DATE}[;,] (?:and )?(?P<name>{WORD})['\u2019]s (?P<value>{DATE})(?![\w/-]|\.\d))"
    )
    score_alone = 0.7
    score_with_context = 0.9

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The date, where what stands before it is a person's name."""
        name = match["name"]
        if could_be_a_person(name) and is_first_name(name.split()[0]):
            yield match.span("value")
