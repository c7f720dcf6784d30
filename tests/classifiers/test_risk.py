"""The verdict on a document: when it is personal, and how its risk is made up."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from classifiers.risk import Weights, assess
from domain.examination import Assessment
from domain.finding import KINDS, Finding


def _found(kind, confidence=0.9, count=1, at=0):
    return Finding(kind, count, confidence, spans=((at, at + 10),))


def test_no_findings_are_nothing():
    assert assess(()) == Assessment()


PERSONAL = {
    "a validated identifier": [_found("UK_NINO", 0.7)],
    "a credential": [_found("CREDENTIAL", 0.8)],
    "a telephone number with context": [_found("UK_PHONE", 0.8)],
    "a person by rule": [_found("PERSON", 0.75)],
    "a name beside an address": [_found("PERSON", 0.6), _found("ADDRESS", 0.6, at=310)],
    "two people by rule": [_found("PERSON", 0.7, count=2)],
    "a name and what is said of their health": [_found("PERSON", 0.65), _found("SPECIAL_HEALTH", 0.6, at=300)],
    "first names and what is said in one breath": [_found("PERSON", 0.55, count=2), _found("CRIMINAL", 0.7, at=60)],
    "a vehicle close to a first name": [_found("PERSON", 0.55), _found("UK_VEHICLE_REGISTRATION", 0.8, at=60)],
    "a name behind an e-mail address": [_found("PERSON", 0.6, at=310), _found("EMAIL_ADDRESS", 0.9)],
}
NOT_PERSONAL = {
    "a name alone": [_found("PERSON", 0.6, count=50)],
    "a name far from an address": [_found("PERSON", 0.6), _found("ADDRESS", 0.6, at=311)],
    "a name beside a role's mailbox": [_found("PERSON", 0.6), _found("EMAIL_ADDRESS", 0.5, at=20)],
    "a name beside an organisation's number": [_found("PERSON", 0.6), _found("UK_PHONE", 0.3, at=20)],
    "an e-mail address alone": [_found("EMAIL_ADDRESS", 0.9)],
    "a telephone number without context": [_found("UK_PHONE", 0.6)],
    "a name and words about the safety of children": [_found("PERSON", 0.7), _found("CHILD_SAFEGUARDING", 0.8, at=20)],
    "a first name and a word on health": [_found("PERSON", 0.55), _found("SPECIAL_HEALTH", 0.8, at=20)],
    "first names far from a word on health": [_found("PERSON", 0.55, count=2), _found("SPECIAL_HEALTH", 0.8, at=90)],
    "a name and a hint of health": [_found("PERSON", 0.7), _found("SPECIAL_HEALTH", 0.5, at=20)],
    "a vehicle and a name elsewhere": [_found("PERSON", 0.55), _found("UK_VEHICLE_REGISTRATION", 0.8, at=90)],
    "postcodes": [_found("UK_POSTCODE", 0.8, count=500)],
    "an IP address": [_found("IP_ADDRESS", 0.7)],
}


@pytest.mark.parametrize("findings", PERSONAL.values(), ids=PERSONAL)
def test_it_is_personal(findings):
    assert assess(tuple(findings)).personal


@pytest.mark.parametrize("findings", NOT_PERSONAL.values(), ids=NOT_PERSONAL)
def test_it_is_not_personal_and_has_no_risk(findings):
    assert assess(tuple(findings)) == Assessment()


def test_classes_are_named_without_their_prefix_and_in_order():
    kinds = ("UK_NHS", "SPECIAL_UNION", "SPECIAL_HEALTH", "CRIMINAL", "CHILD_SAFEGUARDING")
    assessment = assess(tuple(_found(kind, at=400 * place) for place, kind in enumerate(kinds)))
    assert assessment.special == ("HEALTH", "UNION")
    assert assessment.children
    assert assessment.criminal


def test_names_of_members_weigh_little_and_a_payroll_weighs_most():
    minutes = assess((_found("PERSON", 0.8, count=3),))
    letter = assess((_found("PERSON", 0.8), _found("UK_NINO", 0.95, at=400), _found("ADDRESS", 0.8, at=800)))
    payroll = assess((_found("UK_NINO", 0.95, 500), _found("UK_ACCOUNT", 0.85, 500), _found("PERSON", 0.8, 500)))
    assert 5 <= minutes.risk <= 15
    assert 25 <= letter.risk <= 40
    assert payroll.risk >= 90


def test_one_person_with_many_identifiers_is_one():
    assessment = assess((_found("UK_NINO"), _found("UK_NHS", at=900), _found("UK_UTR", at=1800)))
    assert assessment.risk_parts["volume"] == 1.0


def test_three_kinds_of_identifier_together_are_an_identity_kit():
    near = (_found("UK_NINO"), _found("DATE_OF_BIRTH", at=100), _found("UK_ACCOUNT", at=300))
    apart = (_found("UK_NINO"), _found("DATE_OF_BIRTH", at=100), _found("UK_ACCOUNT", at=301))
    assert assess(near).risk_parts["identity_kit"] == 1.1
    assert assess(apart).risk_parts["identity_kit"] == 1.0


@pytest.mark.parametrize(
    ("findings", "least"),
    [
        ([_found("CREDENTIAL", 0.8)], 60),
        ([_found("PERSON", 0.8, count=100)], 60),
        ([_found("PERSON", 0.8), _found("CHILD_SAFEGUARDING", 0.7), _found("SPECIAL_HEALTH", 0.7)], 75),
    ],
    ids=["credentials", "a hundred persons", "a child's health"],
)
def test_some_things_are_never_below_a_floor(findings, least):
    assessment = assess(tuple(findings))
    assert assessment.risk >= least
    assert assessment.risk_parts["floor"] == least


def test_risk_ends_at_a_hundred():
    assert assess((_found("CHILD_SAFEGUARDING", 0.7), _found("UK_NHS", 0.95, count=100_000))).risk == 100


LETTER = (_found("PERSON", 0.8), _found("UK_NINO", 0.95, at=400), _found("ADDRESS", 0.8, at=800))
KIT = (_found("UK_NINO"), _found("DATE_OF_BIRTH", at=100), _found("UK_ACCOUNT", at=300))


@pytest.mark.parametrize(
    ("findings", "weights", "part", "value"),
    [
        (LETTER, {"kinds": {"UK_NINO": 40}}, "type", 43.6),
        (LETTER, {"share_of_second": 0}, "type", 25.0),
        (LETTER, {"many": 2, "floor_many": 33}, "floor", 0.0),
        ((_found("PERSON", 0.8, count=2),), {"many": 2, "floor_many": 33}, "floor", 33.0),
        ((_found("PERSON", 0.8),), {"fairly_sure": 0.5}, "confidence", 0.5),
        ((_found("CREDENTIAL", 0.8),), {"floor_credential": 90}, "floor", 90.0),
        (KIT, {"identity_kit": 1.5}, "identity_kit", 1.5),
        (KIT, {"near": 299}, "identity_kit", 1.0),
    ],
)
def test_a_weight_that_is_set_is_what_the_score_is_made_with(findings, weights, part, value):
    assert assess(findings, Weights(**weights)).risk_parts[part] == value


def test_weights_change_the_score_and_never_the_verdict():
    weightless = assess(LETTER, Weights(kinds=dict.fromkeys(KINDS, 0)))
    assert weightless.personal
    assert weightless.risk == 0


def test_every_kind_has_a_weight_and_every_number_a_name():
    weights = Weights()
    assert set(weights.kinds) == set(KINDS)
    assert weights.named()["risk.kinds.CHILD_SAFEGUARDING"] == 50
    assert weights.named()["risk.near"] == 300


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"kinds": {"UK_NHS": 101}}, "less than or equal to 100"),
        ({"kinds": {"UK_NHS": -1}}, "greater than or equal to 0"),
        ({"kinds": {"UK_NHS": float("nan")}}, "kinds"),
        ({"kinds": {"NHS": 5}}, "there is no kind 'NHS'"),
        ({"kinds": 5}, "kinds"),
        ({"floor": 5}, "floor"),
        ({"share_of_second": 20}, "less than or equal to 1"),
    ],
)
def test_a_weight_that_cannot_be_is_refused(weights, said):
    with pytest.raises(ValidationError, match=said):
        Weights(**weights)
