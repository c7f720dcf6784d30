from __future__ import annotations

from datetime import date

from classifiers.recognizers.pattern import DeclaredPattern
from domain.written_date import written_day

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)

DATE = (
    r"(?i:\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?P<gap>[/.-]|[ ]?[/.-][ ])\d{1,2}(?P=gap)(?:(?:19|20)\d{2}|\d{2})"
    r"|\d{1,2}[ ]\d{1,2}[ ](?:19|20)\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]?(?:of )?{MONTH}\.?,?[ -]?(?:(?:19|20)\d{{2}}|['\u2019]?\d{{2}})"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})"
)
"""A date as it is written in the United Kingdom, in any of the usual ways."""

_NO_DATE = date(1900, 1, 1)
"""What many systems store where no date is known."""


class DateOfBirth(DeclaredPattern):
    """A date that the words beside it, or the heading of its column, call someone's birth.

    Day first, as is written in the United Kingdom, or ISO 8601; a day that exists, after the first of 1900, and no
    example of how to write one.
    """

    kind = "DATE_OF_BIRTH"
    pattern = (
        rf"(?<![\w£/.-])(?<!(?i:placeholder=[\"']|\be\.?g\.?,? |for example,? |\bexample[:,]? |such as |\blike ))"
        rf"{DATE}(?![\w/-]|\.\d)"
    )
    score_with_context = 0.9
    phrases = (
        "dob", "dobs", "date-of-birth", "dates of birth", "d.o.b", "d.o.b.", "d o b", "date of birth",
        "birth date", "birthdate", "birthday:", "birthday is",
        "birthday was", "birthday -", "birthday =", "her birthday", "his birthday", "my birthday", "born",
        "born on", "birth:", "date_of_birth", "d/o/b", "birth dt", "birth -", "date birth", "dateofbirth",
        "d.o. birth", "date born", "bday:", "bday is", "his bday", "her bday", "my bday", "born:",
        "dyddiad geni", "dyddiad ei eni", "dyddiad ei geni", "ganwyd", "anwyd", "geni:", "ganed", "aned",
    )  # fmt: skip
    before = 40
    after = 8
    context_is_shared = False

    def valid(self, value: str) -> bool:
        day = written_day(value)
        return day is not None and day > _NO_DATE
