from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.council_ref import REFERENCE
from classifiers.recognizers.council_ref_beside_name import CouncilReferenceBesideName
from classifiers.recognizers.names import FULL_NAME, INITIALS, TITLES, WORD, names_a_person


class CouncilReferenceBeforeName(CouncilReferenceBesideName):
    """A number that begins a line, and somebody with a title behind it, as lists have them: "G20418 Mr Spink".

    Without the title it might be the number of a thing that has a person's name: "9145-3763 John Deere belt".
    """

    part_of_kind = "before a name"
    pattern = (
        rf"(?<![^\n])[ \t]{{0,4}}(?:\w{{1,20}}:[ ])?(?P<value>{REFERENCE})[ :.-]{{1,6}}{TITLES}\.? "
        rf"(?P<name>{INITIALS}|{FULL_NAME}|{WORD})(?!\w)"
    )

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The number, where what stands behind it is a person's name."""
        if names_a_person(match["name"]):
            yield match.span("value")
