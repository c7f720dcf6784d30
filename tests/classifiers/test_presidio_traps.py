"""What stock Presidio gets wrong, and text that holds nobody's data."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from classifiers.risk import assess
from domain.content import Content

BUDGET = "Cost centre\tDescription\tBudget\tActual\n" + "".join(
    f"{120045 + row}\tGritting salt, northern area\t{12345.67 + row:,.2f}\t{9434765919 + row}\n" for row in range(60)
)
GRITTING = "".join(
    f"2026-01-{1 + row % 28:02} 0{row % 10}:15:30 Route {row} treated, vehicle 12 tonnes, 9434765919 grams, road -2.5\n"
    for row in range(60)
)
LICENCE = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files, to deal in the Software without restriction. THE SOFTWARE IS PROVIDED
"AS IS", WITHOUT WARRANTY OF ANY KIND. Apache License, Version 2.0, January 2004.
Licensed under the same, Section 4.1.2.3."""
SOURCE = """import os
VERSION = "1.2.3.4"
password = os.environ["DB_PASSWORD"]
API_KEY = settings.api_key
def total(values): return sum(values) % 9434765919  # see page 12
UUID = "123e4567-e89b-12d3-a456-426614174000"
"""
PRICES = "Bar code,Item,Price\n" + "".join(f"501234567{row:04},Greetings card,{row}.99\n" for row in range(100, 200))
TIMES = "".join(f"16049{row:08}\n2026-11-07T11:20:30Z 07/11/2023 14:30:{row % 60:02}\n" for row in range(60))
POLICY = """Sickness absence policy. An employee who is diagnosed with cancer, diabetes or depression is supported by
occupational health. Telephone 0300 123 4567 or write to hr@example.org. The Council, Civic Centre, Anytown AB12 3QD."""
ROLES = (
    """For the Housing Team e-mail customer.services@example.org or info@example.org, or call 0800 496 0123.
John Whitfield chairs the committee in other years."""
    + " The form is on our website." * 20
)

NOBODY = {
    "budget": BUDGET, "gritting log": GRITTING, "licence": LICENCE, "source code": SOURCE, "price list": PRICES,
    "timestamps": TIMES, "policy": POLICY, "role mailboxes": ROLES, "empty": "", "one run": "x" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_a_document_about_nobody_is_not_personal(with_names, text):
    assert not assess(with_names.find(Content(text))).personal


@pytest.mark.parametrize("text", [POLICY, LICENCE, BUDGET], ids=["policy", "licence", "budget"])
def test_special_terms_are_dropped_where_the_document_is_not_personal(with_names, text):
    kinds = {finding.kind for finding in with_names.find(Content(text))}
    assert not any(kind.startswith("SPECIAL") or kind in {"CRIMINAL", "CHILD_SAFEGUARDING"} for kind in kinds)


def test_such_terms_count_where_they_are_said_of_a_person(with_names):
    findings = with_names.find(Content("National Insurance number AB123456C. She was diagnosed with diabetes."))
    assert assess(findings).special == ("HEALTH",)


def test_a_phrase_of_several_words_is_context(by_rules):
    (alone,) = by_rules.find(Content("Ref AB123456C"))
    (said,) = by_rules.find(Content("National   insurance\nnumber AB123456C"))
    assert (alone.confidence, said.confidence) == (0.7, 0.95)


def test_context_is_read_in_capitals_too(by_rules):
    (finding,) = by_rules.find(Content("NATIONAL INSURANCE AB123456C"))
    assert finding.confidence == 0.95


def test_a_letter_with_two_in_lower_case_moves_no_context(by_rules):
    (finding,) = by_rules.find(Content("İ" * 80 + " NHS number 943 476 5919"))
    assert finding.kind == "UK_NHS"


def test_an_nhs_number_is_not_also_a_telephone_number(by_rules):
    text = "NHS number, or phone: 0161 496 0138"
    assert {finding.kind for finding in by_rules.find(Content(text))} == {"UK_PHONE"}
    assert {finding.kind for finding in by_rules.find(Content("phone, NHS: 943 476 5919"))} == {"UK_NHS"}


@pytest.mark.slow
def test_presidio_gives_up_on_a_pattern_after_a_second():
    code = "import classifiers.presidio, presidio_analyzer.pattern_recognizer as p; print(p.REGEX_TIMEOUT_SECONDS)"
    environment = {name: value for name, value in os.environ.items() if name != "REGEX_TIMEOUT_SECONDS"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "1"
