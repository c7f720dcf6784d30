from __future__ import annotations

from datetime import date

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_PART = regex.compile(r"\d+|\p{L}{3}")


class DateOfBirth(DeclaredPattern):
    """A date that the words beside it, or the heading of its column, call someone's birth.

    Day first, as is written in the United Kingdom, or ISO 8601; a day that exists, from 1900 on.
    """

    kind = "DATE_OF_BIRTH"
    pattern = (
        r"(?i)(?<![\w£/.-])(?:\d{4}-\d{2}-\d{2}"
        r"|\d{1,2}(?P<gap>[/.-]|[ ]?[/.-][ ])\d{1,2}(?P=gap)(?:(?:19|20)\d{2}|\d{2})"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}\.?,?[ -](?:(?:19|20)\d{{2}}|\d{{2}})"
        rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})(?![\w/-]|\.\d)"
    )
    score_with_context = 0.9
    phrases = ("dob", "d.o.b", "d.o.b.", "d o b", "date of birth", "birth date", "birthdate", "birthday", "born",
               "born on", "birth", "date_of_birth", "d/o/b")  # fmt: skip
    before = 40
    after = 8
    context_is_shared = False

    def valid(self, value: str) -> bool:
        day, month, year = _day_month_year([part.lower() for part in _PART.findall(value) if part.lower()[:2] != "of"])
        try:
            return date(year, month, day).year >= 1900
        except ValueError:
            return False


def _day_month_year(parts: list[str]) -> tuple[int, int, int]:
    """Numbers of a date written in any of the forms; two-digit years are taken as of this century's calendar."""
    first, second, third = (part for part in parts if part.isdecimal() or part in _MONTHS)
    if len(first) == 4:
        return int(third), int(second), int(first)
    if not first.isdecimal():
        first, second = second, first
    month = int(second) if second.isdecimal() else _MONTHS.index(second) + 1
    year = int(third) if len(third) == 4 else 2000 + int(third)
    return int(first), month, year
