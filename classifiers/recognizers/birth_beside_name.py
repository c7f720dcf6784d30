from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.date_of_birth import DATE, DateOfBirth
from classifiers.recognizers.names import FULL_NAME, INITIALS, WORD, could_be_a_person, is_first_name


class BirthBesideName(DateOfBirth):
    """A date in brackets behind somebody's name, as lists of households write births: "Ivy (2/1/1990)"."""

    part_of_kind = "beside a name"
    pattern = rf"(?<![\w@-])(?P<name>{FULL_NAME}|{INITIALS}|{WORD}),?[ ]\([ ]?(?P<value>{DATE})[ ]?\)"
    score_alone = 0.7
    score_with_context = 0.9

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The date, where what stands before it is a person's name."""
        name = match["name"]
        if could_be_a_person(name) and is_first_name(name.split()[0]):
            yield match.span("value")
