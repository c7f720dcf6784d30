"""The second draw of the labelled set: the same for a seed, and every span holds what it says."""

import re
from collections import defaultdict

import pytest

from benchmarks.council_unseen.draw import NEGATIVE, POSITIVE, documents
from benchmarks.council_unseen.marked import Edit, edited, join, mark
from benchmarks.council_unseen.people import NAMES
from benchmarks.council_unseen.selfcheck import faults
from domain.finding import KINDS

SEED = 7


@pytest.fixture(scope="module")
def drawn() -> list[dict]:
    return list(documents(2 * (len(POSITIVE) + len(NEGATIVE)), SEED))


@pytest.fixture(scope="module")
def values(drawn) -> dict[str, list[str]]:
    found = defaultdict(list)
    for document in drawn:
        for entity in document["entities"]:
            found[entity["type"]].append(document["text"][entity["start"] : entity["end"]])
    return found


def bare(value: str) -> str:
    return re.sub(r"[\W_]", "", value).upper()


def test_a_seed_draws_the_same_documents_again_and_another_seed_others():
    first = list(documents(30, SEED))
    assert first == list(documents(30, SEED))
    assert first != list(documents(30, SEED + 1))


def test_half_are_personal_and_only_those_say_anything_of_a_person(drawn):
    assert sum(document["personal"] for document in drawn) * 2 == len(drawn)
    silent = [document for document in drawn if not document["personal"]]
    assert not any(document["special"] or document["children"] or document["criminal"] for document in silent)


def test_every_kind_that_is_a_span_and_every_origin_occurs(drawn, values):
    spanless = {kind for kind in KINDS if kind.startswith("SPECIAL_")} | {"CRIMINAL", "CHILD_SAFEGUARDING"}
    assert set(values) == set(KINDS) - spanless
    origins = {entity["origin"] for document in drawn for entity in document["entities"] if entity["type"] == "PERSON"}
    assert origins == set(NAMES)


def test_every_template_is_drawn_and_nobody_is_named_where_nothing_is_personal(drawn):
    assert {document["template"] for document in drawn} == {template.name for template in (*POSITIVE, *NEGATIVE)}
    named = {entity["type"] for document in drawn if not document["personal"] for entity in document["entities"]}
    assert not named & {"PERSON", "DATE_OF_BIRTH", "COUNCIL_REF", "UK_NHS", "UK_NINO", "CREDENTIAL"}


def test_names_of_each_origin_are_many():
    for names in NAMES.values():
        assert len(set(names.men) | set(names.women)) >= 40
        assert len(set(names.surnames)) >= 40


def test_nhs_numbers_pass_modulus_11(values):
    for value in map(bare, values["UK_NHS"]):
        assert (
            sum(int(digit) * weight for digit, weight in zip(value, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11
            == 0
        )


def test_upns_pass_modulus_23(values):
    for value in map(bare, values["UK_UPN"]):
        weighed = sum(int(digit) * weight for weight, digit in enumerate(value[1:], start=2))
        assert "ABCDEFGHJKLMNPQRTUVWXYZ"[weighed % 23] == value[0]


def test_ibans_leave_1_modulo_97(values):
    for value in map(bare, values["IBAN_CODE"]):
        assert int("".join(str(int(letter, 36)) for letter in value[4:] + value[:4])) % 97 == 1


def test_cards_pass_luhn(values):
    for value in map(bare, values["CREDIT_CARD"]):
        assert sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(value[::-1])) % 10 == 0


def test_ninos_have_the_letters_that_are_given(values):
    assert all(re.fullmatch(r"[^DFIQUV][^DFIOQUV]\d{6}[A-D]", bare(value)) for value in values["UK_NINO"])


def test_an_edit_before_a_span_moves_it_and_one_at_its_end_does_not_widen_it():
    text = join(("to ", mark("PERSON", "Ann", "english"), " now"))
    moved = edited(text, [Edit(2, 3, "\n\n"), Edit(6, 6, "!")])
    assert [moved.text[span.start : span.end] for span in moved.spans] == ["Ann"]


def test_a_span_that_does_not_hold_its_kind_is_refused():
    assert faults(mark("UK_NHS", "4000000000"))
    assert faults(mark("PERSON", "Ann"))
    assert faults(join((mark("PERSON", " Ann", "english"), "x")))
    assert not faults(mark("PERSON", "Ann", "english"))
