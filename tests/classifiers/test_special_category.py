"""Terms of the special categories: what is said of somebody counts, what is said of nobody does not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.layout import Layout
from classifiers.names_engine import NamesEngine
from classifiers.special_category import SpecialCategoryTerms
from domain.content import Table
from domain.finding import KINDS, Band, Category, band_of

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "special_terms.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def terms():
    return SpecialCategoryTerms()


def _cases(what):
    return [pytest.param(kind, case, id=f"{kind}-{case}") for kind, cases in CASES.items() for case in cases[what]]


def _counted(terms, text, layout=None):
    results = terms.analyze(text, [], layout)
    return [
        (result.entity_type, text[result.start : result.end])
        for result in results
        if band_of(result.score) is not Band.LOW
    ]


@pytest.mark.parametrize(("kind", "text"), _cases("said"))
def test_what_is_said_of_somebody_counts(terms, kind, text):
    assert kind in [found for found, _ in _counted(terms, text)]


@pytest.mark.parametrize(("kind", "text"), _cases("unsaid"))
def test_what_is_said_of_nobody_does_not_count(terms, kind, text):
    assert kind not in [found for found, _ in _counted(terms, text)]


def test_a_term_that_nothing_ties_to_a_person_is_kept_below_the_medium_band(terms):
    (result,) = terms.analyze("Leukaemia", [], None)
    assert band_of(result.score) is Band.LOW


def test_it_knows_every_kind_of_these_categories_and_no_other(terms):
    of_these = {Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN}
    assert set(terms.supported_entities) == {kind for kind, category in KINDS.items() if category in of_these}


def test_the_answer_under_a_heading_is_the_cell_alone(terms):
    text = 'Surname,Religion,Town\nMarsh,"Sikh",Anytown\nLock,,Anytown\n'
    assert _counted(terms, text) == [("SPECIAL_RELIGION", "Sikh")] * 2


def test_a_table_whose_headings_only_its_reader_knows_is_read_by_them(terms):
    text = "Marsh\tRastafari\nLock\tnone\n"
    table = Table(0, len(text), ("Surname", "Religion"))
    layout = Layout((table,), NamesEngine(None))
    assert _counted(terms, text, layout) == [("SPECIAL_RELIGION", "Rastafari")]


def test_a_label_takes_no_more_than_its_own_answer(terms):
    text = "Religion: Jain   Ethnicity: not stated"
    assert _counted(terms, text)[0] == ("SPECIAL_RELIGION", "Jain")
    assert "SPECIAL_ETHNICITY" not in [kind for kind, _ in _counted(terms, text)]


def test_capitals_that_grow_in_lower_case_move_nothing(terms):
    text = "\u0130\u0130\u0130 Mr Lock has epilepsy."
    assert ("SPECIAL_HEALTH", "epilepsy") in _counted(terms, text)


@pytest.mark.parametrize(
    "contact",
    [
        "Contact: Alison Marsh",
        "Author: Alison Marsh",
        "For more information ring Alison",
        "alison.marsh@anytown.gov.uk",
    ],
)
def test_whom_to_ask_is_not_whom_a_term_is_said_of(terms, contact):
    (result,) = terms.analyze(f"Dementia cafe on Friday.\n{contact}", [], None)
    assert band_of(result.score) is Band.LOW


@pytest.mark.parametrize("opening", ["Re: Alison Marsh", "Name: Alison Marsh", "Dear Mrs Marsh"])
def test_whom_a_paper_is_about_is(terms, opening):
    assert ("SPECIAL_HEALTH", "Dementia") in _counted(terms, f"{opening}\nDementia, early stage.")


@pytest.mark.parametrize(
    "text",
    [
        "religion:" * 9_000,
        "religion\t" * 9_000,
        "religion,name\n" * 5_000,
        "\n \n" * 20_000 + "he has asthma",
        "has " * 20_000,
        "contact he has asthma " * 4_000,
        "if you are deaf 5% " * 4_000,
    ],
    ids=["labels", "cells", "heads", "blank lines", "cues", "contacts", "everybody"],
)
def test_text_made_to_be_slow_is_read(terms, text):
    assert isinstance(terms.analyze(text, [], None), list)


def test_a_term_of_children_hides_no_term_of_another_class(terms):
    kinds = {kind for kind, _ in _counted(terms, "The DNA test shows that Alison robbed another pupil, Mr Lock said.")}
    assert {"SPECIAL_GENETIC", "CHILD_SAFEGUARDING"} <= kinds


def test_what_somebody_borrowed_or_attended_is_not_said_of_them(terms):
    loans = "Surname,Forename,Book title\nMarsh,Ivy,Living with Cancer\nLock,Alan,Diabetes Cookery\n"
    courses = "Surname,Forename,Course\nMarsh,Ivy,Autism awareness\nLock,Alan,Dementia and care\n"
    assert _counted(terms, loans) == _counted(terms, courses) == []


@pytest.mark.parametrize("office", ["Tutor", "Owner:", "Reviewed by", "Officer", "Cllr", "Manager:"])
def test_of_whom_an_office_is_said_a_term_is_not(terms, office):
    assert _counted(terms, f"Depression, anxiety and sleep.\n{office} Alison Marsh") == []


@pytest.mark.parametrize("title", ["Sickness absence policy", "Press release", "Course 14: care", "Catalogue, page 3"])
def test_a_paper_for_all_says_a_weak_term_of_nobody(terms, title):
    text = "Dementia, anxiety and depression in later life. Alison will be there."
    assert _counted(terms, f"{title}\n{text}") == []
    assert _counted(terms, f"Re: Alison\n{text}") != []


def test_part_of_a_mailbox_says_nothing(terms):
    assert _counted(terms, "Mr Lock goes by muslim.sikh@anytown.gov.uk") == []
