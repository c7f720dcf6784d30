"""The evaluation set: its labels fit its text, the same seed writes it again, and its checks can fail."""

from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.council.document import CLASSES, Document, faults
from benchmarks.council.names import NAMES
from benchmarks.council.piece import Piece
from benchmarks.council.templates import NEGATIVE, POSITIVE
from benchmarks.council.write import documents
from domain.finding import KINDS


def test_every_template_makes_documents_whose_labels_hold():
    rows = [document.row() for document in islice(documents(1200, seed=7), 300)]
    assert [fault for row in rows for fault in faults(row)] == []
    assert {entity["type"] for row in rows for entity in row["entities"]} <= set(KINDS)
    assert all(set(row["special"]) <= set(CLASSES) for row in rows)


def test_nothing_of_the_template_language_is_left_in_a_document():
    written = [document.text for document in islice(documents(1200, seed=8), 300)]
    assert not [text for text in written if "@rows" in text or "@pick" in text or "{p." in text or "{!" in text]


def test_the_same_seed_writes_the_same_documents():
    assert [document.row() for document in documents(60, seed=1)] == [
        document.row() for document in documents(60, seed=1)
    ]
    assert [document.row() for document in documents(60, seed=1)] != [
        document.row() for document in documents(60, seed=2)
    ]


def test_half_of_the_documents_are_of_people_and_a_whole_set_has_every_template():
    drawn = list(documents(400, seed=3))
    assert sum(document.personal for document in drawn) == 200
    assert {document.template for document in drawn} == {template.name for template in (*POSITIVE, *NEGATIVE)}


def test_what_is_said_of_people_is_said_only_where_the_document_is_personal():
    assert not [document for document in documents(100, seed=4) if document.marks and not document.personal]


@pytest.mark.parametrize("origin", NAMES)
def test_each_origin_has_names_enough(origin):
    listed = NAMES[origin]
    assert len({*listed.women, *listed.men}) >= 40
    assert len(set(listed.surnames)) >= 40


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("UK_NHS", "943 476 5918"),
        ("CREDIT_CARD", "4539 1488 0343 6468"),
        ("IBAN_CODE", "GB83WEST12345698765432"),
        ("UK_UPN", "A801200001001"),
        ("PERSON", "Ivy\nMarsh"),
        ("PERSON", " Ivy"),
    ],
)
def test_a_label_that_does_not_hold_is_told(kind, value):
    document = Document("x-1", "x", "x", (Piece("At: "), Piece(value, kind, "english")), True, frozenset())
    assert faults(document.row()) == [f"x-1: {kind} at 4"]
