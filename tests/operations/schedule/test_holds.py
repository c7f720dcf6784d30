from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import a_schedule
from scan_driver import FILES, scan

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.privacy import FingerprintKey
from inventory.audit import latest
from inventory.engine import reading
from inventory.holds import active, holds
from operations.access import RefusedError
from operations.config import Settings, TermSettings
from operations.schedule import holds as operations
from operations.schedule.evaluate import evaluate, weigh
from operations.schedule.nagging import late_holds, nagging
from retention.period import parse_period

TODAY = date(2026, 11, 22)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
KEY = FingerprintKey(b"k" * 32)
NAMED = (b"f" * 16).hex()
ENTRY = {"id": "H-1", "kind": "litigation", "reason": "Claim 7", "authorised_by": "role:solicitor",
         "review_by": date(2027, 3, 31), "scope": {"paths": ["Finance/**"]}}  # fmt: skip
SCHEDULE = a_schedule("""\
[[class]]
id = "FI.01"
title = "Invoices"
paths = ["Finance/**"]

[[rule]]
id = "R"
scope = { paths = ["**"] }
trigger = { date = "modified" }
period = "P1Y"
action = "dispose"
authority = "test"
""")
SETTINGS = Settings(term=(TermSettings(id="asbestos", phrases=("asbestos",)),))


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    return trail


def drafted(trail, **entry):
    return operations.drafted(ENTRY | entry, SETTINGS, trail.database, SCHEDULE)


def placed(trail, **entry):
    operations.add_hold(OFFICER, trail, drafted(trail, **entry), TODAY)


def frozen(trail, **scope):
    hold = drafted(trail, scope=scope)
    return operations.preview(OFFICER, trail.database, hold, SETTINGS, SCHEDULE, TODAY)


def counts(tallies):
    return {name: tally.items for name, tally in tallies.items()}


def test_a_hold_freezes_what_was_due_until_it_is_released(trail):
    assert evaluate(OFFICER, trail, SCHEDULE, TODAY).states == {"due": 3}
    placed(trail)
    assert evaluate(OFFICER, trail, SCHEDULE, TODAY).states == {"due": 1, "held": 2}
    (weighing,) = weigh(trail.database, SCHEDULE, b"Finance/b.txt", TODAY)
    assert weighing.decision.holds == ("H-1",)
    operations.release_hold(OFFICER, trail, "H-1", "Settled", TODAY)
    assert evaluate(OFFICER, trail, SCHEDULE, TODAY).states == {"due": 3}
    acts = [entry.act for entry in latest(trail.database, 9, "hold:H-1")]
    assert acts == [Act.HOLD_ADDED, Act.HOLD_RELEASED]


def test_a_preview_says_what_would_freeze_and_writes_nothing(trail):
    evaluate(OFFICER, trail, SCHEDULE, TODAY)
    entries = len(latest(trail.database, 99))
    found = frozen(trail, paths=["Finance/**"])
    assert (counts(found.certain), found.unsure, found.due.items) == ({"Finance": 2}, {}, 2)
    assert counts(frozen(trail, classes=["FI.01"]).certain) == {"Finance": 2}
    assert counts(frozen(trail, services=["finance"], created={"from": date(2019, 1, 1)}).certain) == {"Finance": 2}
    assert counts(frozen(trail, created={"from": date(2020, 1, 1)}).certain) == {}
    with reading(trail.database) as connection:
        assert holds(connection) == ()
    assert len(latest(trail.database, 99)) == entries


def test_what_was_not_searched_for_a_term_is_frozen_for_want_of_it(trail):
    found = frozen(trail, terms=["asbestos"])
    assert (found.certain, counts(found.unsure)) == ({}, {"Finance": 2, "Top": 1})
    assert list(found.missing) == ["it was not, or not wholly, searched for what is meant"]


def test_a_hold_on_a_person_freezes_what_mentions_them_inside_an_archive_too(trail):
    assert counts(frozen(trail, people=[NAMED]).certain) == {"Finance": 2}
    placed(trail, scope={"people": [NAMED]})
    assert evaluate(OFFICER, trail, SCHEDULE, TODAY).states == {"due": 1, "held": 2}


def test_a_name_or_a_number_is_kept_as_its_seal_alone(trail):
    seals = operations.fingerprints_of(["Ivy Marsh", " ", "AB 12 34 56 C", "UK_NHS: 943 476 5919"], KEY)
    for kind, value in (("PERSON", "Marsh, Ivy"), ("UK_NINO", "AB123456C"), ("UK_NHS", "9434765919")):
        assert {seal.hex() for seal in KEY.fingerprints(kind, value)} <= set(seals)
    placed(trail, scope={"people": list(seals)})
    with reading(trail.database) as connection:
        assert "arsh" not in repr(holds(connection))
    assert "Marsh" not in latest(trail.database, 1)[0].facts


def test_a_late_review_nags_and_the_hold_goes_on(trail):
    placed(trail, review_by=date(2026, 12, 1))
    assert late_holds(trail.database, TODAY) == ()
    (line,) = nagging(late_holds(trail.database, date(2027, 1, 1)))
    assert "H-1: its review was due on 2026-12-01, and it goes on" in line
    operations.review_hold(OFFICER, trail, "H-1", date(2027, 6, 1), date(2027, 1, 1))
    assert late_holds(trail.database, date(2027, 1, 1)) == ()
    with pytest.raises(ConfigurationError, match="later day"):
        operations.review_hold(OFFICER, trail, "H-1", TODAY, TODAY)


def test_only_a_request_ends_by_itself_some_time_after_its_answer(trail):
    placed(trail, id="SAR-1", kind="request", request="sar")
    placed(trail)
    assert len(active(trail.database, TODAY + timedelta(days=9999))) == 2
    answered = operations.answer_request(OFFICER, trail, "SAR-1", TODAY, None, TODAY)
    assert answered.ends_on == date(2027, 5, 22)
    assert [hold.id for hold in active(trail.database, date(2027, 5, 22))] == ["H-1"]
    later = operations.answer_request(OFFICER, trail, "SAR-1", TODAY, parse_period("P1Y"), TODAY)
    assert later.ends_on == date(2027, 11, 22)
    with pytest.raises(ConfigurationError, match="only a request"):
        operations.answer_request(OFFICER, trail, "H-1", TODAY, None, TODAY)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"scope": {}}, "it would freeze every item"),
        ({"scope": {"paths": ["/x"]}}, 'begins with "/"'),
        ({"scope": {"services": ["Finanse"]}}, 'there is no service "Finanse"; did you mean "Finance"'),
        ({"scope": {"sources": ["memori"]}}, 'there is no source "memori"; did you mean "memory"'),
        ({"scope": {"terms": ["asbestus"]}}, 'there is no term "asbestus"; did you mean "asbestos"'),
        ({"scope": {"classes": ["XX.*"]}}, 'no class of the schedule has the id "XX.*"'),
        ({"scope": {"created": {"from": date(2020, 1, 2), "to": date(2020, 1, 1)}}}, "to is before from"),
        ({"id": "r"}, 'a rule or hold of the schedule has the id "r"'),
        ({"id": "class"}, "has a meaning of its own"),
        ({"kind": "request"}, 'write request = "foi"'),
        ({"ends_after": "6 months", "kind": "request", "request": "foi"}, "is not a period"),
    ],
)
def test_a_hold_that_would_freeze_nothing_or_everything_by_mistake_is_refused(trail, entry, said):
    with pytest.raises(ConfigurationError) as refusal:
        drafted(trail, **entry)
    assert said in str(refusal.value)


@pytest.mark.parametrize("proof", [Proof.OPERATING_SYSTEM, Proof.TEMPORARY])
def test_a_release_needs_ones_own_sign_in_and_a_hold_does_not(trail, proof):
    unsigned = Actor("ig", (Grant(Role.IG_OFFICER),), proof)
    operations.add_hold(unsigned, trail, drafted(trail), TODAY)
    with pytest.raises(RefusedError, match="sign-in"):
        operations.release_hold(unsigned, trail, "H-1", "Settled", TODAY)
    assert len(active(trail.database, TODAY)) == 1


def test_who_owns_an_inventory_without_accounts_releases_what_they_placed_and_that_is_written_down(trail):
    owner = Actor("", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
    operations.add_hold(owner, trail, drafted(trail), TODAY)
    operations.release_hold(owner, trail, "H-1", "Settled", TODAY)
    assert not active(trail.database, TODAY)
    newest = latest(trail.database, 1)[0]
    assert (newest.act, newest.subject, newest.role) == (Act.HOLD_RELEASED, "hold:H-1", "owner")


def test_the_shipped_templates_are_off():
    assert {name: entry["status"] for name, entry in operations.templates().items()} == {"iicsa": "off", "covid": "off"}


def test_a_file_that_names_people_is_their_readers_alone(tmp_path):
    file = tmp_path / "people.txt"
    file.write_text("Ivy Marsh\n")
    file.chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        operations.people_in(file)
    file.chmod(0o600)
    assert operations.people_in(file) == ("Ivy Marsh",)
