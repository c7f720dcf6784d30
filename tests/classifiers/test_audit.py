"""Stock Presidio beside the cascade: what one marks and the other does not, in numbers."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import pytest

from classifiers.audit import LEAST_SCORE, MOST_CHARACTERS, Audit, stock_presidio
from classifiers.models import best_model
from domain.content import Content, Table
from domain.finding import Finding


@dataclass(frozen=True)
class Says:
    findings: tuple[Finding, ...] = ()
    version: str = "says 1"

    def find(self, content):
        assert len(content.text) <= MOST_CHARACTERS
        assert all(table.end <= MOST_CHARACTERS for table in content.tables)
        return self.findings


def test_places_count_for_the_side_that_marked_them_alone():
    cascade = Says(
        (Finding("PERSON", 2, 0.8, spans=((0, 10), (50, 60))), Finding("UK_PHONE", 1, 0.8, spans=((20, 31),)))
    )
    audit = Audit(cascade, lambda text: [("PERSON", (0, 10)), ("DATE_TIME", (20, 31)), ("PERSON", (70, 80))])
    assert audit.find(Content("x" * 100)) == cascade.findings
    assert (audit.stock.marked, audit.stock.alone) == ({"PERSON": 2, "DATE_TIME": 1}, {"PERSON": 1, "DATE_TIME": 0})
    assert (audit.cascade.marked, audit.cascade.alone) == ({"PERSON": 2, "UK_PHONE": 1}, {"PERSON": 1, "UK_PHONE": 0})
    assert (audit.contents, audit.characters, audit.cut, audit.sampled) == (1, 100, 0, 0)


def test_of_a_long_text_the_beginning_is_compared_and_that_is_told():
    length = 2 * MOST_CHARACTERS
    audit = Audit(Says(), lambda text: [])
    audit.find(Content("x" * length, tables=(Table(0, length), Table(length - 5, length))))
    assert (audit.contents, audit.characters, audit.cut) == (1, MOST_CHARACTERS, 1)


def test_what_the_cascade_sampled_is_not_compared():
    audit = Audit(Says((Finding("PERSON", 9, 0.8, sampled=True),)), lambda text: [("PERSON", (0, 4))])
    audit.find(Content("some text"))
    assert (audit.contents, audit.sampled, audit.stock.marked) == (1, 1, {})


def test_an_empty_content_counts_for_nothing():
    audit = Audit(Says(), lambda text: [("PERSON", (0, 4))])
    assert audit.find(Content()) == ()
    assert audit.contents == 0


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*arguments, **named):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.slow
@pytest.mark.skipif(best_model() is None, reason="no language model is installed")
def test_presidio_as_it_ships_runs_without_the_network(no_network):
    text = "Write to ivy.thornbury@example.org. The NHS number is 943 476 5919."
    found = dict(stock_presidio(best_model())(text))
    assert text[slice(*found["EMAIL_ADDRESS"])] == "ivy.thornbury@example.org"
    assert text[slice(*found["UK_NHS"])] == "943 476 5919"
    assert LEAST_SCORE < 0.5
