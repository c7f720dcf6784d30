"""The fourth draw of the labelled set: labels that hold, and enough papers of every kind, class and length."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from benchmarks.council_fourth.draw import NEGATIVE, POSITIVE, TEMPLATES, documents
from benchmarks.council_third import draw as third
from domain.finding import KINDS

SEED = 7
SPANLESS = {kind for kind in KINDS if kind.startswith("SPECIAL_")} | {"CRIMINAL", "CHILD_SAFEGUARDING"}
OF_SOMEBODY = {"PERSON", "DATE_OF_BIRTH", "COUNCIL_REF", "UK_NHS", "UK_NINO", "CREDENTIAL", "CREDIT_CARD"}


@pytest.fixture(scope="module")
def drawn() -> list[dict]:
    return list(documents(2 * max(len(POSITIVE), len(NEGATIVE)), SEED))


def test_a_seed_draws_the_same_documents_again_and_another_seed_others():
    first = list(documents(40, SEED))
    assert first == list(documents(40, SEED))
    assert first != list(documents(40, SEED + 1))


def test_every_template_is_drawn_under_its_own_name_and_none_is_of_the_third_draw(drawn):
    names = {template.name for template in TEMPLATES}
    assert {document["template"] for document in drawn} == names
    assert len(names) == len(TEMPLATES)
    assert not names & {template.name for template in third.TEMPLATES}


def test_there_are_many_papers_of_each_side_and_long_ones_among_them(drawn):
    assert len(POSITIVE) >= 170
    assert len(NEGATIVE) >= 150
    assert len({document["template"] for document in drawn if len(document["text"]) > 4800}) >= 25


def test_nothing_of_the_language_is_left_in_a_text(drawn):
    marks = re.compile(r"\[\[|\]\]|\|\||@@|%%|¦|\{(![A-Z]+|[a-z]+\d?(\.[a-z]+)?|\d\.[a-z]+)\}")
    assert not [document["template"] for document in drawn if marks.search(document["text"])]


def test_every_kind_that_is_a_span_occurs(drawn):
    kinds = Counter(entity["type"] for document in drawn for entity in document["entities"])
    assert set(kinds) == set(KINDS) - SPANLESS


def test_every_class_is_said_by_enough_templates(drawn):
    said = Counter(name for document in drawn for name in document["special"])
    assert set(said) == set(third.SPECIAL)
    assert min(said.values()) >= 13
    assert said["HEALTH"] >= 50
    assert sum(document["children"] for document in drawn) >= 45
    assert sum(document["criminal"] for document in drawn) >= 30


def test_where_nothing_is_personal_nobody_is_named_and_nothing_is_said_of_anybody(drawn):
    silent = [document for document in drawn if not document["personal"]]
    assert not any(document["special"] or document["children"] or document["criminal"] for document in silent)
    assert not OF_SOMEBODY & {entity["type"] for document in silent for entity in document["entities"]}


def test_every_personal_document_names_somebody(drawn):
    assert not [document["template"] for document in drawn if document["personal"] and not document["entities"]]
