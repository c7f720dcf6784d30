"""What a column is by those beside it: accounts by sort codes, births and references by the people they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from classifiers.columns.births import births
from classifiers.columns.one_column import (
    CHECKED,
    CHECKED_ALONE,
    FEWEST,
    FORM_WITH_HEADING,
    NAMES,
    Verdict,
    of_kind,
    share_reaches,
)
from classifiers.columns.people import are_first_names, are_initialled, are_people, are_surnames
from classifiers.columns.values import are_of_one_make, is_initialled, is_money, is_property_number, length_as
from classifiers.columns.vocabulary import Meaning, NamePart

_SHORTEST_REFERENCE = 5
_FEWEST_PAIRS = 3
_MEMBER = re.compile(r"mem(?:ber(?:ship)?)?\b", re.IGNORECASE)
_BRANCH = re.compile(r"\b(?:union|branch)\b", re.IGNORECASE)
_HELD = re.compile(r"\b(?:card|ticket|badge|pass|claim)\b", re.IGNORECASE)
"""What people hold, whatever stands behind it: "Borrower, Card, Item"."""
_BORROWER = re.compile(r"2\d{12,13}")
_REFERENCES = 0.86
"""A little surer than of a bank account, which a number under "A/C" might be too."""
_IDENTIFIES = CHECKED | {"DATE_OF_BIRTH", "COUNCIL_REF", "EMAIL_ADDRESS", "UK_PHONE"} - {"CREDIT_CARD"}


def with_accounts(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]]
) -> list[Verdict]:
    """Account numbers beside sort codes: by the heading of one at least, or both by their form alone."""
    sorts = {at for at, verdict in enumerate(verdicts) if verdict.kind == "UK_SORT_CODE"}
    accounts = [at for at, column in enumerate(cells) if not verdicts[at].kind and _all("UK_ACCOUNT", column, 8)]
    headed = [at for at in accounts if meanings[at].kind == "UK_ACCOUNT"]
    unheaded = [at for at in accounts if not verdicts[at].never and not meanings[at].is_known]
    if not sorts:
        sorts = {at for at, column in enumerate(cells) if not verdicts[at].kind and _are_sort_codes(column)}
        sorts &= {other for at in (*headed, *unheaded) for other in (at - 1, at + 1)}
    if not sorts or not (headed or unheaded):
        return verdicts
    found = headed or [at for at in unheaded if sorts & {at - 1, at + 1}]
    for at in sorts if found else ():
        verdicts[at] = verdicts[at] if verdicts[at].kind else of_kind("UK_SORT_CODE", CHECKED_ALONE)
    for at in found:
        verdicts[at] = of_kind("UK_ACCOUNT", FORM_WITH_HEADING if at in headed else CHECKED_ALONE)
    return verdicts


def with_loose_names(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]]
) -> list[Verdict]:
    """Columns headed "Name" or "Owner", and those that say nothing: names, where first names are among them."""
    personal = any(verdict.kind in _IDENTIFIES for verdict in verdicts)
    for at, (meaning, column) in enumerate(zip(meanings, cells, strict=True)):
        if verdicts[at].kind or (meaning.kind and meaning.part is not NamePart.LOOSE):
            continue
        is_headed = meaning.part is NamePart.LOOSE
        may_be = not meaning.no_person
        if (
            ((may_be or meaning.is_of_firms) and are_initialled(column))
            or (is_headed and _are_mostly_initialled(column))
        ) or (may_be and are_people(column, is_headed=is_headed, personal=personal)):
            verdicts[at] = Verdict("PERSON", NAMES, NamePart.WHOLE)
        elif is_headed and are_first_names(column):
            verdicts[at] = Verdict("PERSON", NAMES, NamePart.FIRST)
        elif is_headed and len(column) >= FEWEST:
            verdicts[at] = replace(verdicts[at], never=verdicts[at].never | {"PERSON"})
    return verdicts


def with_parts_of_names(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]]
) -> list[Verdict]:
    """A column of single words most of which are first names, and the surnames beside it, without headings."""
    for at, column in enumerate(cells):
        if _says_something(verdicts[at], meanings[at]) or not are_first_names(column):
            continue
        for beside in (at + 1, at - 1):
            is_open = 0 <= beside < len(cells) and not _says_something(verdicts[beside], meanings[beside])
            if is_open and are_surnames(cells[beside]):
                verdicts[at] = Verdict("PERSON", NAMES, NamePart.FIRST)
                verdicts[beside] = Verdict("PERSON", NAMES, NamePart.LAST)
                break
    return verdicts


def with_births(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]], latest: date | None
) -> list[Verdict]:
    """Dates beside names that can only be births, whatever stands over them but the word for another date."""
    if not any(verdict.kind == "PERSON" for verdict in verdicts):
        return verdicts
    open_to = [not verdicts[at].kind and not meanings[at].no_birth for at in range(len(cells))]
    of_pupils = any(verdict.kind == "UK_UPN" for verdict in verdicts)
    for at in births(cells, open_to, latest, of_pupils=of_pupils):
        verdicts[at] = of_kind("DATE_OF_BIRTH", CHECKED_ALONE)
    return verdicts


def with_properties(verdicts: list[Verdict], cells: Sequence[Sequence[str]]) -> list[Verdict]:
    """The numbers of the properties whose addresses a table has: all of ten to twelve digits."""
    if not any(verdict.kind in ("ADDRESS", "UK_POSTCODE") for verdict in verdicts):
        return verdicts
    for at, column in enumerate(cells):
        if not verdicts[at].kind and len(set(column)) >= FEWEST and all(map(is_property_number, column)):
            verdicts[at] = of_kind("UK_UPRN", CHECKED_ALONE)
    return verdicts


def with_references(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]], headings: Sequence[str]
) -> list[Verdict]:
    """The numbers under which the people that a table names are kept: most rows have their own.

    Where the table has no headings at all, the column whose cells are all of one make. In a register of complaints or
    of repairs a number is that of the matter, and right before the name of a firm or a school it is theirs. Under any
    other heading a cell is no such number, whatever stands beside it.
    """
    if not any(verdict.kind == "PERSON" for verdict in verdicts):
        return verdicts
    is_register = any(meaning.of_events for meaning in meanings)
    for at, (meaning, column) in enumerate(zip(meanings, cells, strict=True)):
        if _is_of_a_union(headings, at):
            verdicts[at] = Verdict(never=verdicts[at].never | {"COUNCIL_REF"})
        if verdicts[at].kind:
            continue
        is_before_a_thing = any(beside.is_numbered for beside in meanings[at + 1 : at + 2])
        is_of_a_thing = is_register or (is_before_a_thing and not any(map(_HELD.search, headings[at : at + 1])))
        is_alike = not verdicts[at].never and are_of_one_make(column, is_first=at == 0)
        if (not any(headings) and (is_alike or _are_borrowers(column))) or (
            meaning.beside_people and not (is_of_a_thing or _is_of_a_union(headings, at)) and _are_references(column)
        ):
            verdicts[at] = of_kind("COUNCIL_REF", _REFERENCES)
        elif any(headings[at : at + 1]):
            verdicts[at] = replace(verdicts[at], never=verdicts[at].never | {"COUNCIL_REF"})
    return verdicts


def _are_mostly_initialled(cells: Sequence[str]) -> bool:
    """Whether four in five are surnames with initials, as is enough below a heading for names."""
    return len(cells) >= FEWEST and sum(map(is_initialled, cells)) * 5 >= len(cells) * 4


def _is_of_a_union(headings: Sequence[str], at: int) -> bool:
    """Whether it is the number of a member beside their branch: a trade union's, not the council's."""
    is_member = any(map(_MEMBER.match, headings[at : at + 1]))
    return is_member and any(map(_BRANCH.search, headings))


def _are_borrowers(cells: Sequence[str]) -> bool:
    """Whether they are numbers of library cards, which begin with 2 where those of books begin with 3."""
    return len(cells) >= FEWEST and all(map(_BORROWER.fullmatch, cells))


def _all(kind: str, cells: Sequence[str], length: int) -> bool:
    """Whether there are such cells and nearly all are of the kind; a spreadsheet may have taken a leading zero."""
    return bool(cells) and share_reaches(kind, cells) and sum(len(cell) == length for cell in cells) * 2 >= len(cells)


def _are_sort_codes(cells: Sequence[str]) -> bool:
    """Three pairs of digits with hyphens or spaces, of which a tenth at least could be no date."""
    if len(cells) < _FEWEST_PAIRS or not all(len(cell) == 8 and cell[2] == cell[5] in "- " for cell in cells):
        return False
    dates = sum(length_as("DATE_OF_BIRTH", cell) > 0 for cell in cells)
    return share_reaches("UK_SORT_CODE", cells) and dates * 10 <= len(cells) * 9


def _says_something(verdict: Verdict, meaning: Meaning) -> bool:
    return bool(verdict.kind) or meaning.is_known


def _are_references(cells: Sequence[str]) -> bool:
    formed = [cell for cell in cells if len(cell) >= _SHORTEST_REFERENCE and length_as("COUNCIL_REF", cell)]
    is_own = len(formed) * 5 >= len(cells) * 4 and len(set(formed)) * 4 >= len(formed) * 3
    return bool(formed) and is_own and not is_money(cells)
