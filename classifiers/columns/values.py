"""What cells hold: whether one is of a kind, by the recognisers' own forms and checks, and what a column of them is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise

import regex

from classifiers.columns.vocabulary import NamePart
from classifiers.first_names import FIRST_NAMES
from classifiers.recognizers.address import StreetAddress
from classifiers.recognizers.council_ref import is_of_a_matter
from classifiers.recognizers.credential import Credential
from classifiers.recognizers.date_of_birth import DATE
from classifiers.recognizers.driving_licence import DrivingLicence
from classifiers.recognizers.email import EmailAddress
from classifiers.recognizers.iban import Iban
from classifiers.recognizers.names import ANY_NAME, FULL_NAME, TITLES, WORD, could_be_a_person, names_a_person
from classifiers.recognizers.nhs_number import NhsNumber
from classifiers.recognizers.nino import NationalInsuranceNumber
from classifiers.recognizers.passport import Passport
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.recognizers.payment_card import PaymentCard
from classifiers.recognizers.phone import PhoneNumber
from classifiers.recognizers.postcode import Postcode
from classifiers.recognizers.upn import UniquePupilNumber
from classifiers.recognizers.utr import UniqueTaxpayerReference
from domain.written_date import written_day

_PATTERNS: tuple[type[DeclaredPattern], ...] = (
    NationalInsuranceNumber, EmailAddress, UniquePupilNumber, Iban, DrivingLicence, Postcode, NhsNumber,
    UniqueTaxpayerReference, PaymentCard, PhoneNumber, Passport,
)  # fmt: skip
_FORMS = {
    "UK_SORT_CODE": re.compile(r"\d{2}([ -]?)\d{2}\1\d{2}|\d{5}"),
    "UK_ACCOUNT": re.compile(r"\d{7,8}"),
    "UK_UPRN": re.compile(r"\d{6,12}"),
    "COUNCIL_REF": re.compile(
        r"(?=(?:\D*\d){3})(?=.{3,24}$)(?:2\d{12,13}|[A-Za-z0-9]{1,12})(?:[-/ .][A-Za-z0-9]{1,10}){0,3}"
    ),
    "ADDRESS": re.compile(r"(?=.*\d)(?=(?:.*[^\W\d_]){3}).*\s.*|(?=(?:.*[^\W\d_]){3}).*\S,? .*"),
    "CREDENTIAL": re.compile(r"\S{4,128}"),
    # DVLA, INF104: besides those of the recogniser, the suffix and the Northern Irish series.
    "UK_VEHICLE_REGISTRATION": re.compile(
        r"[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]|[A-Z]{2,3} ?\d{1,4}"
    ),
}
_NO_SECRET = regex.compile(
    r"(?i)[x*.•_-]+|n/?a|none|null|true|false|yes|no|tbc|tba|set|reset|required|expired|never|hidden|redacted|sent|"
    r"unknown|changed|as above|\S*(?:password|passwd)\S{0,3}"
)
_TITLED = rf"(?:(?i:{TITLES})\.?[ ])?"
_SURNAME = rf"(?:(?i:van|der|de|la|al|el|ap|ab|abu|bin|st\.?)[ -])?{WORD}(?:[ -]{WORD})?"
_INITIALS = r"(?:\p{Lu}\.[ ]?|\p{Lu}[ ]){1,3}"
_INITIALS_BEHIND = r"(?:\p{Lu}[. ]{0,2}){1,3}(?:-\p{Lu}\.?)?"
_INITIALLED = (
    rf"{_TITLED}(?:{_INITIALS}|\p{{Lu}}{{2,3}}[ ]){_SURNAME}|{_SURNAME},?[ ]{{1,2}}{_TITLED}{_INITIALS_BEHIND}"
    rf"|{_SURNAME},[ ]?{WORD}(?:[ ]\p{{Lu}}\.?){{1,2}}"
)
"""A surname with initials before or behind it, as lists write names: "J. Whitlock", "MARSH I", "Marsh, Ivy A"."""
_WHOLE = regex.compile(rf"{_TITLED}{ANY_NAME}(?:,[ ]{{0,2}}{_TITLED}{ANY_NAME})?|{_INITIALLED}")
_NAMES = {
    NamePart.WHOLE: _WHOLE,
    NamePart.LOOSE: _WHOLE,
    NamePart.FIRST: regex.compile(rf"(?:{WORD}|\p{{Lu}}\.?)(?:[ ](?:{WORD}|\p{{Lu}}\.?)){{0,3}}"),
    NamePart.MIDDLE: regex.compile(rf"(?:{WORD}|\p{{Lu}}\.?)(?:[ ](?:{WORD}|\p{{Lu}}\.?)){{0,3}}"),
    NamePart.LAST: regex.compile(ANY_NAME),
}
_DAY = regex.compile(rf"{DATE}(?=$|[T ]\d)")
_CURRENT_MARK = re.compile(r"[A-Z]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[A-Z]{3}")
_PROPERTY = re.compile(r"(?:10|20)\d{8,10}")
_LETTER, _DIGIT = re.compile(r"[A-Za-z]"), re.compile(r"\d")
_REFERENCE = re.compile(r"A{1,4}[-/ ]?9{5,8}A?(?:[-/]9{1,3})?|9{5,8}[-/]?A|9{5,8}[-/]9{1,3}")
_REFERENCE_ALONE = re.compile(rf"{_REFERENCE.pattern}|9{{5,8}}|9{{10}}")
_FEWEST_OF_ONE_MAKE = 4
_MONEY = re.compile(r"[£$€(-]{0,3}\d{1,3}(?:,?\d{3})*\.\d{1,2}\)?|[£$€]-?\d[\d,]*")


def length_as(kind: str, cell: str) -> int:
    """How many of the cell's characters are a valid value of the kind, 0 where they are none.

    The cell is the value; only a date may have a time behind it. A telephone number may have lost its leading zero to
    a spreadsheet.
    """
    if kind == "DATE_OF_BIRTH":
        return _length_as_date(cell)
    if kind == "CREDENTIAL":
        return len(cell) * bool(_FORMS[kind].fullmatch(cell) and not _NO_SECRET.fullmatch(cell))
    if kind == "COUNCIL_REF" and is_of_a_matter(cell):
        return 0
    if kind in _FORMS:
        return len(cell) * bool(_FORMS[kind].fullmatch(cell))
    if kind == "UK_PHONE" and len(cell) == 10 and cell[0] in "127" and cell.isdecimal():
        cell = f"0{cell}"
        return 10 * bool(_matches(kind, cell))
    return len(cell) * _matches(kind, cell)


def telling_length(kind: str, cell: str) -> int:
    """As `length_as`, where no heading says what the cell is: without its zero a number is no telephone's."""
    return 0 if kind == "UK_PHONE" and cell[0] in "127" else length_as(kind, cell)


def is_at_street(cell: str) -> bool:
    """Whether the cell begins with a house's number and its street."""
    return bool(_street().match(cell))


def is_current_mark(cell: str) -> bool:
    """Whether the cell is a vehicle's mark of the series since 2001."""
    return bool(_CURRENT_MARK.fullmatch(cell))


def is_property_number(cell: str) -> bool:
    """Whether the cell is a Unique Property Reference Number as they are given out: see GeoPlace, "UPRN"."""
    return bool(_PROPERTY.fullmatch(cell))


def are_of_one_make(cells: Sequence[str], *, is_first: bool) -> bool:
    """Whether nearly all cells are numbers of their own and alike but for the digits and letters in them.

    At least five digits beside letters; digits alone are told from other numbers by standing in the first column.
    """
    if len(cells) < _FEWEST_OF_ONE_MAKE or len(set(cells)) * 10 < len(cells) * 9 or is_sequence(cells):
        return False
    makes = Counter(_LETTER.sub("A", _DIGIT.sub("9", cell)) for cell in cells)
    (make, count), *_ = makes.most_common(1)
    return count * 10 >= len(cells) * 9 and bool((_REFERENCE_ALONE if is_first else _REFERENCE).fullmatch(make))


def is_secretive(cells: Sequence[str]) -> bool:
    """Whether a third of the cells could stand behind the word "password": letters beside digits or signs."""
    return sum(Credential().valid(cell) or cell.isdecimal() for cell in cells) * 3 >= len(cells)


def has_form(kind: str, cell: str) -> bool:
    """Whether the cell looks like the kind, its check apart."""
    return bool(_recogniser(kind)[0].fullmatch(cell))


SURE = 0.8


def certainty(kind: str, cell: str, score: float) -> float:
    """`score`, or what the recogniser gives for numbers and mailboxes that are nobody's in particular."""
    if kind not in ("UK_PHONE", "EMAIL_ADDRESS"):
        return score
    own = _recogniser(kind)[1].score(cell if not cell[0].isdecimal() or cell[0] == "0" else f"0{cell}", in_context=True)
    return own if own is not None and own < SURE else score


def is_name(part: NamePart, cell: str) -> bool:
    """Whether the cell could be such a part of a person's name; a whole one has two words or a title."""
    if len(cell) > 60 or not _NAMES[part].fullmatch(cell) or not could_be_a_person(cell):
        return False
    return part not in (NamePart.WHOLE, NamePart.LOOSE) or " " in cell or "," in cell


def is_full_name(cell: str) -> bool:
    """Whether the cell is two or three words as names are written, or "MARSH, Ivy"."""
    return len(cell) <= 60 and bool(_full_name().fullmatch(cell)) and could_be_a_person(cell)


def is_initialled(cell: str) -> bool:
    """Whether the cell is a surname with initials, and not the name of a firm or a thing."""
    return len(cell) <= 60 and bool(_initialled().fullmatch(cell)) and names_a_person(cell)


def initial_in(cell: str) -> str:
    """The first initial of a name with initials."""
    return next((word[0] for word in cell.replace(",", " ").replace(".", " ").split() if len(word) < 3), "")


def surname_in(cell: str) -> str:
    """The longest word of a name with initials."""
    return max(cell.replace(",", " ").replace(".", " ").split(), key=len, default="")


def has_first_name(cell: str) -> bool:
    """Whether the first word of the cell, of a title and a surname before a comma or in capitals apart, is a common
    forename.
    """
    words = cell.rpartition(",")[2].replace(".", " ").split()
    if len(words) > 1 and words[0].isupper() and len(words[0]) > 1 and not words[1].isupper():
        words = words[1:]
    words = [word.lower() for word in words]
    return any(word in FIRST_NAMES for word in words[: 2 if len(words) > 2 else 1])


def date_in(cell: str) -> date | None:
    """The day that a cell is, perhaps with a time behind it."""
    found = _DAY.match(cell)
    return written_day(found[0]) if found else None


def is_money(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are amounts: pounds and pence, or a number behind a sign."""
    return bool(cells) and sum(bool(_MONEY.fullmatch(cell)) for cell in cells) * 10 >= len(cells) * 9


def is_sequence(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are whole numbers, most of them by one to nine above the one before: a count of rows."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 20]
    if len(numbers) < 5 or len(numbers) * 10 < len(cells) * 9:
        return False
    return sum(1 <= after - before <= 9 for before, after in pairwise(numbers)) * 5 >= (len(numbers) - 1) * 4


def _length_as_date(cell: str) -> int:
    found = _DAY.match(cell)
    day = written_day(found[0]) if found else None
    return len(found[0]) if found and day and day.year >= 1900 else 0


def _matches(kind: str, cell: str) -> bool:
    form, recogniser = _recogniser(kind)
    return bool(form.fullmatch(cell)) and recogniser.valid(cell)


@cache
def _recogniser(kind: str) -> tuple[regex.Pattern[str], DeclaredPattern]:
    (found,) = (pattern for pattern in _PATTERNS if pattern.kind == kind)
    return regex.compile(found.pattern), found()


@cache
def _street() -> regex.Pattern[str]:
    return regex.compile(StreetAddress.pattern)


@cache
def _initialled() -> regex.Pattern[str]:
    return regex.compile(_INITIALLED)


@cache
def _full_name() -> regex.Pattern[str]:
    return regex.compile(rf"{_TITLED}{FULL_NAME}|{WORD},[ ]{{0,2}}{_TITLED}{ANY_NAME}")
