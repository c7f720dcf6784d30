from __future__ import annotations

from classifiers.recognizers.date_of_birth import DATE, DateOfBirth


class BirthByLetter(DateOfBirth):
    """A date right behind "b.", as notes abbreviate "born"; a capital would be an initial."""

    part_of_kind = "by a letter"
    pattern = rf"(?<![\w.@-])b\.?[ ]?(?P<value>{DATE})(?![\w/-]|\.\d)"
    score_alone = 0.8
    score_with_context = 0.9
