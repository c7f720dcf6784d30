from __future__ import annotations

from classifiers.recognizers.date_of_birth import DATE, DateOfBirth

_RUN_TOGETHER = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)?\d{2})"
"""A day, a month and a year without anything between, as forms with a box for each digit are read."""


class BirthByLetter(DateOfBirth):
    """A date right behind "b.", as notes abbreviate "born"; a capital would be an initial. One run into "dob", or run
    together behind it: "dob03/05/61", "DOB 03051961".
    """

    part_of_kind = "by a letter"
    pattern = (
        rf"(?<![\w.@-])(?:b\.?[ ]?(?P<value>{DATE})(?![\w/-]|\.\d)|(?i:dob|d\.o\.b\.?)(?P<value>{DATE})(?![\w/-]|\.\d)"
        rf"|(?i:dob|d\.o\.b\.?|date of birth|dyddiad geni)(?:[ ]?[:=-])?[ ]{{0,3}}"
        rf"(?P<value>{_RUN_TOGETHER})(?![\w/+-]|[. ]\d))"
    )
    score_alone = 0.8
    score_with_context = 0.9

    def valid(self, value: str) -> bool:
        """As any birth; where nothing parts the digits, they are read in pairs."""
        return super().valid(f"{value[:2]}/{value[2:4]}/{value[4:]}" if value.isdecimal() else value)
