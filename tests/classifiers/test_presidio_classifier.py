"""The classifier as a whole: what it counts, where, and what it never gives away."""

from __future__ import annotations

import logging

import pytest

from classifiers.chunks import LONGEST, chunks_of
from classifiers.models import best_model
from classifiers.presidio import PresidioClassifier
from classifiers.risk import assess
from domain.content import Content, Place
from domain.errors import ConfigurationError
from domain.finding import Band
from domain.privacy import FingerprintKey

LETTER = """Dear Mrs Adeyemi,
Date of birth 12/03/1950. NHS number 943 476 5919, once more: 9434765919. Your National Insurance number is AB123456C.
We rang 07700 900123. Write to ivy.marsh@example.org or 14 Old Mill Lane, Anytown AB12 3QD. Password: Summer2024!
Sort code 20-00-00, account number 12345678. She was diagnosed with epilepsy and has a child protection plan.
"""
VALUES = ("Adeyemi", "12/03/1950", "943 476 5919", "9434765919", "AB123456C", "07700 900123", "900123", "ivy.marsh",
          "Old Mill", "AB12 3QD", "Summer2024!", "20-00-00", "12345678", "epilepsy")  # fmt: skip


def _one(findings, kind):
    (finding,) = [finding for finding in findings if finding.kind == kind]
    return finding


def test_two_spellings_of_one_value_count_once_and_both_places_are_kept(by_rules):
    finding = _one(by_rules.find(Content(LETTER)), "UK_NHS")
    assert finding.count == 1
    assert len(finding.fingerprints) == 1
    assert [LETTER[start:end] for start, end in finding.spans] == ["943 476 5919", "9434765919"]


def test_a_title_does_not_make_another_person(by_rules):
    finding = _one(by_rules.find(Content("Claimant: Ivy Marsh\nDear Mrs Ivy Marsh,")), "PERSON")
    assert finding.count == 1
    assert len(finding.spans) == 2


def test_fingerprints_agree_between_documents_and_differ_between_keys(by_rules):
    other = PresidioClassifier(FingerprintKey(b"another key"), None)
    here = _one(by_rules.find(Content("NINO AB 12 34 56 C")), "UK_NINO")
    assert here.fingerprints == _one(by_rules.find(Content("NINO ab123456c")), "UK_NINO").fingerprints
    assert here.fingerprints != _one(other.find(Content("NINO AB123456C")), "UK_NINO").fingerprints


def test_places_and_shape_are_told(by_rules):
    content = Content("AB123456C\nNINO AB123457C", (Place(0, "page 1"), Place(10, "page 2")))
    (finding,) = by_rules.find(content)
    assert finding.places == ("page 1", "page 2")
    assert finding.shape == "AA999999A"
    assert finding.band is Band.HIGH


def test_findings_are_one_a_kind_in_order_with_sorted_spans(with_names):
    findings = with_names.find(Content(LETTER * 3))
    kinds = [finding.kind for finding in findings]
    assert kinds == sorted(set(kinds))
    assert all(list(finding.spans) == sorted(finding.spans) for finding in findings)


def test_no_finding_or_assessment_shows_a_value(with_names):
    findings = with_names.find(Content(LETTER))
    shown = "".join(map(str, findings)) + repr(findings) + repr(assess(findings)) + repr(Content(LETTER))
    assert len(findings) >= 12
    assert not [value for value in VALUES if value in shown]


def test_nothing_of_a_value_is_logged(with_names, caplog):
    caplog.set_level(logging.DEBUG)
    with_names.find(Content(LETTER))
    assert not [value for value in VALUES if value in caplog.text]


def test_a_term_has_neither_shape_nor_fingerprint(by_rules):
    finding = _one(by_rules.find(Content(LETTER)), "SPECIAL_HEALTH")
    assert (finding.shape, finding.fingerprints, finding.band) == ("", (), Band.MEDIUM)


def _padding(length):
    return ("The road was treated twice in the night. \n" * (length // 40 + 1))[:length]


@pytest.mark.parametrize("offset", [*range(-60, 8, 4), -1, 0, 1, 300, -300])
def test_a_value_across_the_cut_between_two_chunks_is_found_once(by_rules, offset):
    cut = [chunk.start for chunk in chunks_of(_padding(3 * LONGEST))][1]
    text = _padding(cut + offset) + "\nNHS number: 943 476 5919\n" + _padding(LONGEST)
    findings = by_rules.find(Content(text))
    assert [text[start:end] for start, end in _one(findings, "UK_NHS").spans] == ["943 476 5919"]
    assert [finding.kind for finding in findings] == ["UK_NHS"]


@pytest.mark.parametrize("edge", ["start", "stop", "seen from", "seen to"])
def test_a_number_too_long_to_be_a_value_is_none_wherever_it_is_cut(by_rules, edge):
    first, second = list(chunks_of(_padding(LONGEST + 10)))
    at = {"start": second.start, "stop": first.stop, "seen from": second.shift, "seen to": len(first.text)}[edge]
    for before in range(12, 36, 5):
        text = _padding(at - before) + " NHS number 94347659199434765919 " + _padding(LONGEST - at + 100)
        assert by_rules.find(Content(text)) == ()


def test_chunks_are_no_longer_than_said_and_answer_for_every_place_once():
    text = "Name\tNHS number\n" + "Ivy Marsh\t943 476 5919\n" * 20_000
    chunks = list(chunks_of(text))
    assert max(len(chunk.text) for chunk in chunks) <= LONGEST
    assert [chunk.start for chunk in chunks[1:]] == [chunk.stop for chunk in chunks[:-1]]
    assert (chunks[0].start, chunks[-1].stop) == (0, len(text))


def test_the_head_of_a_long_table_is_context_to_its_last_row(by_rules):
    rows = "".join(f"Ivy Marsh\t{'x' * 150}\t943 476 5919\n" for _ in range(900))
    findings = by_rules.find(Content("Name\tVisits\tNHS number\n" + rows))
    assert len(_one(findings, "UK_NHS").spans) == 900
    assert len(_one(findings, "PERSON").spans) == 900


def test_of_a_very_long_table_a_sample_is_searched_and_the_finding_says_so(by_rules):
    rows = "".join(f"Ivy Marsh\t{row}\t943 476 5919\n" for row in range(9_000))
    number = _one(by_rules.find(Content("Name\tVisits\tNHS number\n" + rows)), "UK_NHS")
    assert number.sampled
    assert number.count == 1
    assert len(number.spans) == 200


def test_a_lone_number_in_a_row_that_was_not_drawn_is_found_all_the_same(by_rules):
    rows = [f"{row}\tgrass cut\n" for row in range(9_000)]
    rows[5_431] = "5431\tring about AB 12 34 56 C\n"
    number = _one(by_rules.find(Content("Job\tNotes\n" + "".join(rows))), "UK_NINO")
    assert (number.count, number.spans) == (1, ((80_381, 80_394),))


def test_spans_and_fingerprints_are_capped_and_the_count_is_not(by_rules):
    text = "\n".join(f"ivy{number}@example.org" for number in range(12_000))
    (finding,) = by_rules.find(Content(text))
    assert (finding.count, len(finding.spans), len(finding.fingerprints)) == (12_000, 10_000, 1_000)


def test_the_version_names_detector_rules_and_model(by_rules, with_names):
    assert by_rules.version.startswith("presidio 2.")
    assert by_rules.version.endswith("no name model")
    assert f"{best_model()} 3." in with_names.version


def test_an_unknown_model_is_refused():
    with pytest.raises(ConfigurationError, match="en_core_web_md"):
        PresidioClassifier(FingerprintKey(b"k"), "en_core_web_xl")
