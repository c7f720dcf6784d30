"""The third draw of the labelled set: the same for a seed, labels that hold, and enough of every kind and class."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from benchmarks.council_third.draw import NEGATIVE, POSITIVE, SPECIAL, documents
from benchmarks.council_third.language import Scene, written
from benchmarks.council_third.library import papers, statements
from benchmarks.council_third.names import NAMES
from benchmarks.council_unseen.selfcheck import faults
from domain.finding import KINDS

SEED = 7
SPANLESS = {kind for kind in KINDS if kind.startswith("SPECIAL_")} | {"CRIMINAL", "CHILD_SAFEGUARDING"}
OF_SOMEBODY = {"PERSON", "DATE_OF_BIRTH", "COUNCIL_REF", "UK_NHS", "UK_NINO", "CREDENTIAL", "CREDIT_CARD"}


@pytest.fixture(scope="module")
def drawn() -> list[dict]:
    return list(documents(2 * max(len(POSITIVE), len(NEGATIVE)), SEED))


@pytest.fixture(scope="module")
def kinds(drawn) -> Counter:
    return Counter(entity["type"] for document in drawn for entity in document["entities"])


def test_a_seed_draws_the_same_documents_again_and_another_seed_others():
    first = list(documents(40, SEED))
    assert first == list(documents(40, SEED))
    assert first != list(documents(40, SEED + 1))


def test_every_template_is_drawn_and_half_are_personal(drawn):
    assert {document["template"] for document in drawn} == {template.name for template in (*POSITIVE, *NEGATIVE)}
    assert sum(document["personal"] for document in drawn) * 2 == len(drawn)


def test_no_two_templates_share_a_name_and_there_are_many_papers_of_each_side():
    templates = (*papers(), *statements())
    assert len({template.name for template in templates}) == len(templates)
    sides = Counter(template.personal for template in papers())
    assert min(sides[True], sides[False]) >= 140


def test_nothing_of_the_language_is_left_in_a_text(drawn):
    marks = re.compile(r"\[\[|\]\]|\|\||@@|%%|¦|\{(![A-Z]+|[a-z]+\d?(\.[a-z]+)?|\d\.[a-z]+)\}")
    assert not [document["template"] for document in drawn if marks.search(document["text"])]


def test_every_kind_that_is_a_span_occurs_ten_times_and_every_origin_a_hundred(drawn, kinds):
    assert set(kinds) == set(KINDS) - SPANLESS
    assert min(kinds.values()) >= 10
    origins = Counter(entity["origin"] for doc in drawn for entity in doc["entities"] if entity["type"] == "PERSON")
    assert set(origins) == set(NAMES)
    assert min(origins.values()) >= 100


def test_every_class_is_said_in_fifteen_documents_and_the_commonest_in_thirty(drawn):
    said = Counter(name for document in drawn for name in document["special"])
    assert set(said) == set(SPECIAL)
    assert min(said.values()) >= 15
    assert said["HEALTH"] >= 30
    assert sum(document["children"] for document in drawn) >= 30
    assert sum(document["criminal"] for document in drawn) >= 30


def test_where_nothing_is_personal_nobody_is_named_and_nothing_is_said_of_anybody(drawn):
    silent = [document for document in drawn if not document["personal"]]
    assert not any(document["special"] or document["children"] or document["criminal"] for document in silent)
    assert not OF_SOMEBODY & {entity["type"] for document in silent for entity in document["entities"]}


def test_every_personal_document_names_somebody(drawn):
    told = {document["template"] for document in drawn if document["personal"] and not document["entities"]}
    assert not told


@pytest.mark.parametrize("seed", range(20))
def test_a_row_has_its_own_people_and_the_rest_of_the_document_keeps_one(seed):
    scene = Scene.of(Random(seed))
    marked = written("{1} ¦ {r1}\n@@rows 3-3\n{1} ¦ {r1}\n@@end\n{1}", scene)
    names = [marked.text[span.start : span.end] for span in marked.spans]
    assert not faults(marked)
    assert len({names[0], names[2], names[4], names[6], names[8]}) == 1
    assert len({names[3], names[5], names[7]}) > 1


def test_a_slot_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="no such slot"):
        written("{nobody}", Scene.of(Random(1)))
