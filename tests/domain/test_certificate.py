from __future__ import annotations

import json
from datetime import date

import pytest
from certificates import ISSUED, a_certificate, a_lot, at

from domain.certificate import CertificateNumber, Copies, Part, ranges, statement
from domain.disposal import canonical

NUMBER = CertificateNumber(2026, 1)


def test_a_number_is_written_and_read_the_same():
    assert str(NUMBER) == "2026/0001"
    assert CertificateNumber.of("2026/0001") == NUMBER
    assert str(CertificateNumber(2026, 12_345)) == "2026/12345"


def test_places_are_told_as_runs():
    assert ranges((7, 3, 1, 2)) == [[1, 3], [7, 7]]
    assert ranges(()) == []


def test_a_body_has_every_field_that_is_asked_for_and_is_written_in_one_way():
    body = a_certificate().body(NUMBER, ISSUED, "")
    assert (body["number"], body["items"], body["bytes"], body["positions"]) == ("2026/0001", 3, 3_120, [[1, 3]])
    assert set(body["lots"][0]) == {
        "asset", "service", "record_class", "rule", "schedule", "authority", "trigger", "reason", "items", "bytes",
        "oldest", "newest", "due_first", "due_last",
    }  # fmt: skip
    assert [(hand["part"], hand["account"], hand["on_behalf_of"]) for hand in body["hands"][:2]] == [
        ("proposed", "amy.marsh", ""), ("approved", "j.thornbury", "p.lake"),
    ]  # fmt: skip
    assert body["holds_checked"] == "2026-11-19T09:00:00Z"
    assert {"manifest_sha256", "quarantined", "purged", "method", "verification", "copies_in_words"} <= body.keys()
    assert canonical(json.loads(canonical(body))) == canonical(body)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"positions": (1, 2)}, "do not add up"),
        ({"positions": (1, 2, 2)}, "do not add up"),
        ({"positions": (), "lots": ()}, "do not add up"),
        ({"lots": (a_lot(items=2),)}, "do not add up"),
        ({"not_destroyed": {"held": 1}}, "what was planned"),
        ({"not_destroyed": None}, "what was planned"),
        ({"purged": (at(3), at(19))}, "in quarantine before"),
        ({"holds_checked": at(2)}, "holds are checked again"),
        ({"holds_checked": at(20)}, "holds are checked again"),
    ],
)
def test_what_does_not_add_up_is_not_certified(told, why):
    with pytest.raises(ValueError, match=why):
        a_certificate(**told)


@pytest.mark.parametrize("part", [Part.PROPOSED, Part.APPROVED, Part.RAN, Part.PURGED])
def test_nothing_is_certified_without_all_who_had_to_take_part(part):
    hands = tuple(hand for hand in a_certificate().hands if hand.part is not part)
    with pytest.raises(ValueError, match="who proposed"):
        a_certificate(hands=hands)


@pytest.mark.parametrize(
    ("copies", "said"),
    [
        (Copies(), ("was not counted", "ask who keeps the backups")),
        (Copies(0, date(2027, 2, 20)), ("knows of no other copy", "2027-02-20")),
        (Copies(12), ("Of 12 of these files", "not configured")),
        (Copies(0, None, ("what the server keeps",)), ("not for Muniment to remove: what the server keeps. ",)),
    ],
)
def test_of_copies_no_more_is_said_than_is_known(copies, said):
    assert all(words in statement(copies) for words in said)


@pytest.mark.parametrize(
    "written", ["", "2026", "2026/", "2026/x", "-026/1", "2026/-1", "9" * 30 + "/1", "2026/" + "9" * 30]
)
def test_what_is_no_number_of_a_certificate_is_refused(written):
    with pytest.raises(ValueError, match=r"\S"):
        CertificateNumber.of(written)
