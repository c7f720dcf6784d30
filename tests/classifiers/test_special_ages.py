"""Children by their ages and births, and adults who are none."""

from __future__ import annotations

import pytest

from classifiers.special_ages import BORN_AFTER
from classifiers.special_category import SpecialCategoryTerms
from domain.finding import Band, band_of


@pytest.fixture(scope="module")
def terms():
    return SpecialCategoryTerms()


def _is_of_children(terms, text):
    results = terms.analyze(text, [], None)
    return any(
        result.entity_type == "CHILD_SAFEGUARDING" and band_of(result.score) is not Band.LOW for result in results
    )


@pytest.mark.parametrize(
    "text",
    [
        "Please add Ivy Marsh, born 13/08/2015, to the list.",
        "Name: Ivy Marsh   DOB: 1 May 2014",
        "Ivy Marsh, date of birth 03-Jun-2016, moved here in May.",
        "Ivy Marsh DOB 3.6.16",
        "School nurse: Alison (9) was seen.",
        "Alison Marsh, 14, told the school nurse about it.",
        "My daughter Ivy (7) was stopped again.",
        "Lives with her grandson Alan Lock, 9, in one room.",
        "His niece (aged 12) answered the door.",
        "Came with a son aged 4, asleep.",
        "Surname,Forename,DOB\nMarsh,Ivy,01/02/2014\nLock,Sian,03/04/2015\nRees,Alan,05/06/2013",
    ],
)
def test_a_late_birth_or_a_child_s_age_is_of_a_child(terms, text):
    assert _is_of_children(terms, text)


@pytest.mark.parametrize(
    "text",
    [
        "Please add Ivy Marsh, born 13/08/1985, to the list.",
        "Name: Ivy Marsh   DOB: 23/1/38",
        f"Ivy Marsh, born 31/12/{BORN_AFTER}, started work.",
        "Ivy Marsh joined on 13/08/2015.",
        "Alison (9) and Alan (4) won the vote.",
        "Alison Marsh, 14, Mill Lane",
        "My daughter Ivy (27) was stopped again.",
        "His brother Alan (aged 41) answered the door.",
        "Surname,Forename,DOB\nMarsh,Ivy,01/02/1974\nLock,Sian,03/04/2015\nRees,Alan,05/06/1963",
    ],
)
def test_an_adult_s_birth_and_other_numbers_are_not(terms, text):
    assert not _is_of_children(terms, text)
