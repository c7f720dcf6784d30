"""What one column holds: by its heading, proved by its values, or by its values alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.columns.values import (
    has_form,
    is_at_street,
    is_current_mark,
    is_money,
    is_name,
    is_secretive,
    is_sequence,
    length_as,
    telling_length,
)
from classifiers.columns.vocabulary import Meaning, NamePart

CHECKED_WITH_HEADING = 0.95
FORM_WITH_HEADING = 0.9
CHECKED_ALONE = 0.85
NAMES = 0.8

CHECKED = frozenset({"UK_NHS", "UK_NINO", "UK_UTR", "UK_UPN", "IBAN_CODE", "CREDIT_CARD", "UK_DRIVING_LICENCE"})
_TELLING = ("UK_NINO", "EMAIL_ADDRESS", "UK_UPN", "IBAN_CODE", "UK_DRIVING_LICENCE", "UK_POSTCODE", "UK_NHS", "UK_UTR",
            "CREDIT_CARD", "UK_PHONE")  # fmt: skip
"""Kinds that a column is of where 95 cells in 100 are, whatever its heading: by chance 11^-5 are NHS numbers."""
NUMBERS = frozenset({
    "UK_NHS", "UK_UTR", "UK_PHONE", "CREDIT_CARD", "UK_ACCOUNT", "UK_SORT_CODE", "UK_UPRN", "COUNCIL_REF",
    "UK_PASSPORT", "UK_VEHICLE_REGISTRATION", "DATE_OF_BIRTH", "IP_ADDRESS",
})  # fmt: skip
"""Kinds that are told by little more than their digits, so that a column of something else is full of them."""
_BY_FORM = frozenset({"UK_NINO", "UK_UPN", "UK_DRIVING_LICENCE", "CREDENTIAL"})
"""Kinds that serial numbers look like, now and then."""
FEWEST = 5
_FEWEST_AGAINST_HEADING = 8
_FEWEST_TO_DENY = 10
_SHORTEST_CHECKED = 10
"""Digits of an NHS number and of a taxpayer's reference; a card has more."""
_SHARE = 0.95
_SIGN = re.compile(r"[\d@]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a column holds: values of `kind` ("" for none of a kind), this surely; and kinds that it never holds.

    `part` says which part of a name it is. A value of a kind that is `never` there is a chance of its digits.
    """

    kind: str = ""
    score: float = 0.0
    part: NamePart | None = None
    never: frozenset[str] = frozenset()

    def length(self, cell: str) -> int:
        """How many characters of a cell, without what stands around it, are such a value."""
        if self.part is not None:
            return len(cell) * is_name(self.part, cell)
        return length_as(self.kind, cell) if self.kind else 0


NO_VERDICT = Verdict()


def of_column(meaning: Meaning, cells: Sequence[str]) -> Verdict:
    by_values = _by_values(cells, _FEWEST_AGAINST_HEADING if meaning.no_number else FEWEST)
    if meaning.kind and (verdict := _by_heading(meaning, cells)):
        return verdict
    if by_values:
        return by_values
    return replace(NO_VERDICT, never=_denied(meaning, cells))


def share_reaches(kind: str, cells: Sequence[str]) -> bool:
    """Whether 95 in 100 are of the kind; most columns fail at their first cells."""
    left = int(len(cells) * (1 - _SHARE))
    for cell in cells:
        if not telling_length(kind, cell):
            left -= 1
            if left < 0:
                return False
    return True


def of_kind(kind: str, score: float) -> Verdict:
    return Verdict(kind, score, never=NUMBERS - {kind} if kind in NUMBERS | CHECKED else frozenset())


def _by_heading(meaning: Meaning, cells: Sequence[str]) -> Verdict | None:
    if meaning.part is not None:
        return _named(meaning.part, cells) if meaning.part is not NamePart.LOOSE else None
    valid = [cell for cell in cells if length_as(meaning.kind, cell)]
    if meaning.beside_sort_code or not valid or (len(cells) >= FEWEST and len(valid) * 2 < len(cells)):
        return None
    if meaning.kind == "CREDENTIAL" and not is_secretive(valid):
        return None
    score = CHECKED_WITH_HEADING if meaning.kind in CHECKED else FORM_WITH_HEADING
    return of_kind(meaning.kind, score)


def _named(part: NamePart, cells: Sequence[str]) -> Verdict | None:
    named = sum(is_name(part, cell) for cell in cells)
    is_borne_out = named > 0 and (len(cells) < FEWEST or named * 5 >= len(cells) * 2)
    return Verdict("PERSON", NAMES, part) if is_borne_out else None


def _by_values(cells: Sequence[str], fewest: int) -> Verdict | None:
    if len(cells) < fewest or len(set(cells)) < fewest:
        return None
    for kind in _TELLING if _share_has_sign(cells) else ():
        if share_reaches(kind, cells):
            return of_kind(kind, CHECKED_ALONE)
    if share_reaches("UK_VEHICLE_REGISTRATION", cells) and sum(map(is_current_mark, cells)) * 2 > len(cells):
        return of_kind("UK_VEHICLE_REGISTRATION", CHECKED_ALONE)
    at_street = sum(map(is_at_street, cells)) * 5 >= len(cells) * 4
    return Verdict("ADDRESS", NAMES) if at_street else None


def _share_has_sign(cells: Sequence[str]) -> bool:
    """Whether 95 in 100 have a digit or an @, as values of each of those kinds do."""
    return sum(_SIGN.search(cell) is None for cell in cells) <= int(len(cells) * (1 - _SHARE))


def _denied(meaning: Meaning, cells: Sequence[str]) -> frozenset[str]:
    """What a column without a kind never holds."""
    if meaning.no_number or is_money(cells) or is_sequence(cells[:100]):
        return NUMBERS | _BY_FORM | ({"PERSON"} if meaning.no_person else frozenset())
    chances = {kind for kind in ("UK_NHS", "UK_UTR", "CREDIT_CARD") if _is_by_chance(kind, cells)}
    other_dates = {"DATE_OF_BIRTH"} if meaning.no_birth else set()
    return frozenset(chances | other_dates | ({"PERSON"} if meaning.no_person else set()))


def _is_by_chance(kind: str, cells: Sequence[str]) -> bool:
    """Whether many cells have the form and fewer than half of those pass the check."""
    if len(cells) < _FEWEST_TO_DENY:
        return False
    long = (cell for cell in cells if len(cell) >= _SHORTEST_CHECKED and cell[0].isdecimal())
    formed = [cell for cell in long if has_form(kind, cell)]
    valid = sum(length_as(kind, cell) > 0 for cell in formed)
    return len(formed) >= _FEWEST_TO_DENY and valid * 2 < len(formed)
