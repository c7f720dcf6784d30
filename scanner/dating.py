"""Dates that an item's name and first lines give it, as candidates beside those that it states as properties.

Whole dates with a year of four digits only, in the order of the United Kingdom, of ISO 8601 or with the month in
words. A date need not be the document's: who decides weighs its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.content import DatedBy, DateSource

VERSION: Final = "1"
"""Raise it when the same name or text would give other dates."""

MOST_DATES = 3
HEAD = 2_000
"""How many characters of a text may hold the beginning of a date of it."""
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_LONGEST_DATE = 40
_NEAR_BIRTH = 30

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])\.?"
)
_YEAR = "[0-9]{4}"
_ANY_YEAR = re.compile("19[7-9][0-9]|20[0-9]{2}|2100")
_ORDINAL = "(?:st|nd|rd|th)?"
_CLOCK = "(?:(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?)?"

_IN_NAME = re.compile(
    rf"(?<![0-9])(?:(?P<y1>{_YEAR})(?P<gap1>[-_./ ])(?P<m1>[0-9]{{2}})(?P=gap1)(?P<d1>[0-9]{{2}})"
    rf"|(?P<y2>{_YEAR})(?P<m2>[0-9]{{2}})(?P<d2>[0-9]{{2}}){_CLOCK}"
    rf"|(?<![0-9]\.)(?P<d3>[0-9]{{1,2}})(?P<gap3>[-_./ ])(?P<m3>[0-9]{{1,2}})(?P=gap3)(?P<y3>{_YEAR})(?!\.[0-9])"
    rf"|(?P<d4>[0-9]{{1,2}}){_ORDINAL}[-_. ]{{0,2}}{_MONTH.format('m4')}[-_., ]{{0,2}}(?P<y4>{_YEAR}))(?![0-9])"
    rf"|(?<![^\W\d_]){_MONTH.format('m5')}[-_. ]{{0,2}}(?P<d5>[0-9]{{1,2}}){_ORDINAL}[-_, ]{{1,2}}(?P<y5>{_YEAR})"
    r"(?![0-9])"
)
"""Also without anything between, as cameras and scanners write it, with or without the time behind."""

_IN_TEXT = re.compile(
    rf"(?<![\w£$/.-])(?:(?P<y1>{_YEAR})(?P<gap1>[-/.])(?P<m1>[0-9]{{2}})(?P=gap1)(?P<d1>[0-9]{{2}})(?=[^\w/-]|t[0-9]|$)"
    rf"|(?P<d3>[0-9]{{1,2}})(?P<gap3>\s?[-/.]\s?)(?P<m3>[0-9]{{1,2}})(?P=gap3)(?P<y3>{_YEAR})(?![\w/-])"
    rf"|(?P<d4>[0-9]{{1,2}}){_ORDINAL}(?:-|\s{{0,3}}(?:(?:day\s)?of\s)?){_MONTH.format('m4')},?[-\s]{{0,3}}(?P<y4>{_YEAR})"
    rf"(?!\w)|{_MONTH.format('m5')}\s{{1,3}}(?P<d5>[0-9]{{1,2}}){_ORDINAL},?\s{{1,3}}(?P<y5>{_YEAR})(?!\w))(?!\.[0-9])"
)
_BIRTH = re.compile(r"(?<![^\W_])(?:born|birth|birth\s?da(?:y|te)|d\.?o\.?b|d\.?\so\.?\sb)(?![^\W_])")
_BIRTH_BEHIND = re.compile(r"\s?[(,]\s?(?:born|birth|date\sof\sbirth|d\.?o\.?b)(?![^\W_])")


def dates_in_name(name: str) -> tuple[DatedBy, ...]:
    """The dates in a name, at most three: "2019-03-04", "20190304", "04.03.2019", "4 March 2019", "IMG_20190304_1015".

    Never half of one: "2019-20", "March 2019" and numbers that run on are none; nor is a date of birth.
    """
    return _dated(DateSource.NAME, _dates(_IN_NAME, name))


def dates_in_text(head: str) -> tuple[DatedBy, ...]:
    """The dates that begin in the first 2,000 characters, at most three, but for those of a birth."""
    return _dated(DateSource.TEXT, _dates(_IN_TEXT, head))


def whole_date(year: int, month: int, day: int) -> date | None:
    """The date if there is such a day, from 1970 to 2100: before and after lie clocks that were never set."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(source: DateSource, dates: Iterator[date | None]) -> tuple[DatedBy, ...]:
    distinct = dict.fromkeys(on for on in dates if on is not None)
    return tuple(DatedBy(source, on) for on in distinct)[:MOST_DATES]


def _dates(pattern: re.Pattern[str], text: str) -> Iterator[date | None]:
    """A word of birth speaks for the first date behind it, and only where that is near."""
    text = text[: HEAD + _LONGEST_DATE].casefold()
    before = 0
    for found in pattern.finditer(text) if _ANY_YEAR.search(text) else ():
        low = max(before, found.start() - _NEAR_BIRTH)
        before = found.end()
        is_birth = _BIRTH.search(text, low, found.start()) or _BIRTH_BEHIND.match(text, found.end())
        if found.start() < HEAD and not is_birth:
            yield _date(found)


def _date(found: re.Match[str]) -> date | None:
    groups = {key[0]: value for key, value in found.groupdict().items() if value is not None}
    month = groups["m"][:3]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    return whole_date(int(groups["y"]), number, int(groups["d"]))
