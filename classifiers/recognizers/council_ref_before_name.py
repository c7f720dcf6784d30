from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.council_ref import REFERENCE
from classifiers.recognizers.council_ref_beside_name import CouncilReferenceBesideName
from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    is_first_name,
    is_surname,
    names_a_person,
)

_LABEL = (
    r"(?:\w{1,20}:|(?i:a/c|acct?|account|case|claim|client|emp|employee|id|payroll|pupil|ref|staff|su|tenancy|tenant)"
    r"(?:[ ](?i:no|ref|number|id))?)"
)


class CouncilReferenceBeforeName(CouncilReferenceBesideName):
    """A number that begins a line, and behind it somebody with a title, as lists have them ("G20418 Mr Spink"), or
    after a gap somebody's whole name ("186390  Beryl Bond  (25 hours)", "129116   Bond, Beryl   8.30").

    Without either it might be the number of a thing that has a person's name: "9145-3763 John Deere belt".
    """

    part_of_kind = "before a name"
    pattern = (
        rf"(?<![^\n])[ \t]{{0,4}}(?:(?i:subject|re|fwd?):[ ]?){{0,3}}(?:{_LABEL}[.:]?[ ])?"
        rf"(?P<value>{REFERENCE})(?:[ :.-]{{1,6}}{TITLES}\.? "
        rf"(?P<name>{INITIALS}|{FULL_NAME}|{WORD})(?!\w)"
        rf"|(?:[ ]{{2,8}}|[ ]?[:|\u2013\u2014-][ ])(?P<whole>{FULL_NAME}|{WORD}, {WORD}(?: \p{{Lu}}\.?)?)"
        rf"(?=[ ]{{2}}|[ ]?[(,;|\u2013\u2014\n]|$))"
    )

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The number, where what stands behind it is a person's name."""
        last, _, first = (match["whole"] or "-, -").partition(", ")
        if not first:
            first, *_, last = last.split()
        is_known = match["name"] or (is_first_name(first.split()[0]) and is_surname(last))
        if is_known and names_a_person(match["name"] or match["whole"]):
            yield match.span("value")
