"""What the peers answer is read as they mean it, and judged as kindly as the comparison says."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.duplicate_cost import groups_of
from benchmarks.peers.adapters import PEERS, filth, ranged, told, word
from benchmarks.peers.environment import APART, PINS, because
from benchmarks.peers.score import scored
from benchmarks.peers.words import CONTACT, KIND_OF, is_of_somebody, kind_of
from domain.finding import KINDS
from operations.measuring.gold import Entity, Gold

TEXT = "Ann Example, ann@example.org, wrote on 3 May 2026 of account 12345678."


def a_gold(*entities: tuple[str, str], personal: bool = True, text: str = TEXT) -> Gold:
    found = tuple(
        Entity(type=kind, start=text.index(value), end=text.index(value) + len(value)) for kind, value in entities
    )
    return Gold(id="1", text=text, entities=found, personal=personal, special=None)


def a_mark(kind: str, value: str) -> tuple[str, int, int]:
    return kind, TEXT.index(value), TEXT.index(value) + len(value)


LABELLED = a_gold(("PERSON", "Ann Example"), ("EMAIL_ADDRESS", "ann@example.org"), ("UK_ACCOUNT", "12345678"))
ORDINARY = a_gold(("EMAIL_ADDRESS", "ann@example.org"), personal=False)


def test_a_result_of_presidio_is_its_type_and_place():
    assert told([SimpleNamespace(entity_type="PERSON", start=0, end=11)]) == [("PERSON", 0, 11)]


def test_of_what_scrubadub_merges_each_type_is_a_mark_over_the_whole():
    alone = SimpleNamespace(type="email", beg=13, end=28)
    merged = SimpleNamespace(beg=0, end=28, filths=[SimpleNamespace(type="name"), alone])
    assert filth([alone, merged]) == [("email", 13, 28), ("name", 0, 28), ("email", 0, 28)]


def test_a_place_of_datafog_core_is_counted_in_characters():
    found = SimpleNamespace(
        entity_type="EMAIL",
        byte_range=SimpleNamespace(start=9, end=20),
        codepoint_range=SimpleNamespace(start=8, end=19),
    )
    assert ranged([found]) == [("EMAIL", 8, 19)]


def test_a_kind_of_arcjet_is_a_class_or_what_a_custom_one_holds():
    class SensitiveInfoEntityPhoneNumber: ...

    assert kind_of(word(SensitiveInfoEntityPhoneNumber())) == "UK_PHONE"
    assert kind_of(word(SimpleNamespace(value="SURNAME"))) == "PERSON"


def test_every_word_of_a_peer_means_a_kind_that_there_is():
    assert set(KIND_OF.values()) | CONTACT <= set(KINDS)


@pytest.mark.parametrize("name", ["DATE_TIME", "organisation", "SPECIAL_HEALTH", "url"])
def test_a_mark_that_tells_of_no_one_flags_nothing(name):
    assert not is_of_somebody(kind_of(name))
    assert scored([ORDINARY], [[a_mark(name, "3 May 2026")]], None).any_mark.false == 0


def test_a_value_is_found_by_a_mark_of_any_name_that_covers_half_of_it():
    score = scored([LABELLED], [[a_mark("US_BANK_NUMBER", "12345678"), a_mark("PERSON", "Ann")]], None)
    assert score.found == {"UK_ACCOUNT": 1, "PERSON": 0, "EMAIL_ADDRESS": 0}
    assert score.recall.value == pytest.approx(1 / 3)


def test_a_mark_is_right_where_it_touches_any_value():
    marks = [a_mark("PERSON", "Ann"), a_mark("US_SSN", "3 May 2026"), a_mark("DATE_TIME", "3 May 2026")]
    score = scored([LABELLED], [marks], None)
    assert (score.right, score.marked) == (1, 2)


def test_an_organisations_contact_flags_a_document_by_the_one_rule_and_not_by_the_other():
    score = scored([ORDINARY], [[a_mark("EMAIL", "ann@example.org")]], None)
    assert (score.any_mark.false, score.beyond_contact.false) == (1, 0)
    assert score.any_mark.false_per_1000.value == 1000


def test_a_verdict_of_ones_own_goes_before_what_was_marked():
    score = scored([LABELLED, ORDINARY], [[], [a_mark("PERSON", "Ann")]], [True, False])
    assert (score.any_mark.found, score.any_mark.false) == (1, 0)


def test_the_reason_of_a_refusal_is_its_first_sentence():
    said = "error: No solution\n  cause: Because all of:\n  a needs b>=3\n And because b is 2, we can conclude that no."
    assert because(said) == "Because all of: a needs b>=3"
    assert because("error: no such package\n") == "error: no such package"


def test_every_peer_is_pinned():
    pinned = {line.partition("==")[0] for path in (PINS, APART) for line in Path(path).read_text().splitlines()}
    of_peers = {peer.packages[0] for name, peer in PEERS.items() if not name.startswith("Muniment")}
    assert of_peers <= pinned


def test_groups_of_copies_are_read_as_fdupes_writes_them():
    said = "\n/estate/a b\n/estate/c/d\n\n/estate/e\n\n"
    assert groups_of(said, Path("/estate")) == {frozenset({"a b", "c/d"})}
