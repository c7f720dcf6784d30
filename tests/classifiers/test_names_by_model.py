"""Names by the language model: what it adds, what it is not shown, and what it may not decide."""

from __future__ import annotations

import pytest

from classifiers.candidates import BUDGET, GROUP, candidate_groups
from classifiers.overlap import Hit
from classifiers.recognizers.names import bare_name
from classifiers.risk import assess
from domain.content import Content

NEAR = "The visit fell to Jonathan Whitfield on Tuesday, and he left his address: jon.w@example.org."
FAR = "The visit fell to Jonathan Whitfield on Tuesday." + " It rained." * 40 + " Write to jon.w@example.org."


def _people(classifier, text):
    return [
        text[a:b] for finding in classifier.find(Content(text)) if finding.kind == "PERSON" for a, b in finding.spans
    ]


def test_the_same_two_words_are_read_in_three_sentences_and_no_more():
    (group,) = candidate_groups("1 Mossy Tarn\n" * 50 + "Ivy Marsh called.\n")
    assert group.text.count("Mossy Tarn") == 3
    assert "Ivy Marsh" in group.text


def test_a_name_in_prose_is_seen(with_names):
    assert _people(with_names, NEAR) == ["Jonathan Whitfield"]


def test_a_name_in_capitals_is_seen(with_names):
    assert _people(with_names, NEAR.upper().replace("JON.W@EXAMPLE.ORG", "jon.w@example.org")) == ["JONATHAN WHITFIELD"]


def test_a_name_by_the_model_counts_only_near_a_way_to_reach_somebody(with_names):
    assert assess(with_names.find(Content(NEAR))).personal
    assert not assess(with_names.find(Content(FAR))).personal


def test_streets_and_organisations_are_not_people(with_names):
    text = "Near Florence Nightingale Road, the Thomas Coram School wrote to desk@example.org."
    assert _people(with_names, text) == []


def test_spans_of_the_model_are_true_far_into_a_long_text(with_names):
    text = "it rained again in the valley\n" * 9_000 + NEAR
    assert _people(with_names, text) == ["Jonathan Whitfield"]


def test_only_lines_that_could_hold_a_name_are_shown():
    text = "it rained again\nThe visit of Ivy Marsh\n12 345\nThe Housing Team came. Later Sam Hardy rang. It rained.\n"
    (group,) = candidate_groups(text)
    assert group.text == "The visit of Ivy Marsh\nLater Sam Hardy rang.\n"
    assert [text[there : there + 3] for _, there in group.starts] == ["The", "Lat"]


def test_what_is_known_already_makes_no_line_a_candidate():
    text = "The visit of Ivy Marsh\nand of Sam Hardy"
    assert text[13:22] == "Ivy Marsh"
    (group,) = candidate_groups(text, [Hit(13, 22, "PERSON", 0.8)])
    assert group.text == "and of Sam Hardy\n"
    assert candidate_groups("Ivy Marsh", [Hit(0, 9, "PERSON", 0.8)]) == []


def test_groups_and_budget_hold_and_lines_come_from_the_whole_text():
    surnames = ("M" + "".join("aeiourlstn"[int(digit)] for digit in str(number)) for number in range(2_000))
    text = "".join(f"Line {at} tells of Ivy {surname} and of Sam Hardy\n" for at, surname in enumerate(surnames))
    groups = candidate_groups(text)
    assert max(len(group.text) for group in groups) <= GROUP + 1
    assert BUDGET * 0.8 < sum(len(group.text) for group in groups) <= BUDGET * 1.1
    assert groups[-1].starts[-1][1] > len(text) * 0.9


def test_a_run_without_white_space_is_not_shown():
    assert candidate_groups("Ivy Marsh " + "x" * 1_500) == []


def test_a_long_line_is_cut_at_white_space_and_loses_no_name():
    text = "Ivy Marsh wrote again and " * 200
    groups = candidate_groups(text)
    assert "".join(group.text.replace("\n", "") for group in groups).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("written", ["Mrs A Patel", "Mr and Mrs A Patel", "DR A PATEL", "A Patel", "Prof. Dr. A Patel"])
def test_a_name_is_bare_without_its_titles(written):
    assert bare_name(written).upper() == "A PATEL"
