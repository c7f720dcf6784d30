"""The labelled sentences: each is of classes there are, none stands twice, and the scorer counts what it says."""

from __future__ import annotations

import pytest

from benchmarks.special_sentences.__main__ import HELD_OUT, Judged, Sentence, report, sentences

CLASSES = {
    "HEALTH", "ETHNICITY", "RELIGION", "POLITICS", "UNION", "SEXUALITY", "BIOMETRIC", "GENETIC", "CRIMINAL", "CHILD",
}  # fmt: skip


@pytest.fixture(scope="module")
def said():
    return [*sentences(), *sentences("second")]


def test_every_sentence_is_of_classes_there_are_and_stands_once(said):
    assert set().union(*(one.classes for one in said)) == CLASSES
    assert all(one.text.strip() == one.text != "" for one in said)
    assert len({(one.domain, one.text) for one in said}) == len(said)


def test_of_the_first_draw_as_many_are_of_no_class_as_of_some_and_whole_domains_of_both_are_held_out(said):
    first = list(sentences())
    assert len(first) >= 1_500
    assert sum(not one.classes for one in first) * 2 >= len(first)
    assert {one.domain for one in said} > HELD_OUT


def test_the_report_counts_what_was_missed_and_what_was_false():
    ward = Sentence("planning", frozenset({"HEALTH", "UNION"}), "Mr Ward, GMB, has gout")
    judged = [Judged(ward, frozenset({"HEALTH"})), Judged(Sentence("planning", frozenset(), "x"), frozenset({"UNION"}))]
    lines = list(report(judged))
    assert "| HEALTH | 0 | - | - | 1 | 1.000 | 1.000 |" in lines
    assert "| UNION | 0 | - | - | 1 | 0.000 | 0.000 |" in lines
    assert "| planning (held out) | 2 | 0.500 | 0.500 | 1 | 1 |" in lines
