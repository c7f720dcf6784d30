"""What kind of record a document is: the surest hint, and a reason that tells nothing of the content."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.record_class import LEAST_CONFIDENCE, MOST_HINTS, OPENING, PRIVILEGED, record_hints

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "record_class.toml").read_text(encoding="utf-8"))["case"]


def _hints(case):
    return record_hints(case["name"], case.get("opening", ""), case.get("headings", ()), case.get("media_type"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['is']}-{case['name']}" for case in CASES])
def test_the_surest_hint_says_what_the_document_is(case):
    assert next((hint.record_class for hint in _hints(case)), "") == case["is"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['is']}-{case['name']}" for case in CASES])
def test_hints_are_few_and_none_is_weak_or_certain(case):
    hints = _hints(case)
    assert len(hints) <= MOST_HINTS
    assert all(LEAST_CONFIDENCE <= hint.confidence < 1 for hint in hints)


def test_the_reason_says_what_was_looked_for_and_where():
    (hint,) = record_hints("Inv 7 Marsh.pdf", "Invoice for Ivy Marsh\nAmount due from Ivy Marsh")
    assert hint.reason == (
        'one of the first lines begins with "invoice"; the file name says "inv"; the text says "amount due"'
    )


def test_more_signs_make_it_surer():
    one, two = record_hints("invoice.pdf", ""), record_hints("invoice.pdf", "Invoice number: 4")
    assert one[0].confidence < two[0].confidence


def test_the_marker_of_privilege_comes_first_however_sure_the_others_are():
    opening = "Subject to legal privilege\n" + "Invoice number\nAmount due\nVAT number\nSort code\nBalance due\n"
    hints = record_hints("privileged invoice.pdf", opening)
    assert [hint.record_class for hint in hints[:2]] == [PRIVILEGED, "invoice"]


def test_what_stands_behind_the_opening_is_not_looked_at():
    assert record_hints("x", "word " * OPENING + "\nInvoice\nInvoice number\nAmount due") == ()


def test_a_word_in_the_middle_of_a_line_is_no_title():
    assert record_hints("x", "We never got an invoice for it") == ()


def test_hostile_names_and_headings_are_read():
    assert isinstance(record_hints("_." * 50_000, "(" * 50_000, ["\t" * 1_000] * 1_000, "x/y"), tuple)
