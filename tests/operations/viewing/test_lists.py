"""Lists are of what their address says, in one's own services alone, and refuse what they do not know."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from viewed_estate import BAD, CASE, COPY, HIGHWAYS, LETTER, PART, PLANNING, ROADS, WAITS, an_estate

from domain.actor import Actor, Grant, Proof, Role
from operations.access import RefusedError
from operations.viewing.filters import FILTERS, filtered
from operations.viewing.lists import RotFilter, list_items, list_rot

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
IG = Actor("ivan.gale", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
OF_HIGHWAYS = Actor("piet.moor", (Grant(Role.REVIEWER, frozenset({HIGHWAYS})),), Proof.PASSWORD)
OF_BOTH = Actor("both", (Grant(Role.REVIEWER, frozenset({HIGHWAYS, PLANNING})),), Proof.PASSWORD)


@pytest.fixture
def estate(trail):
    return an_estate(trail.database)


def numbers(database, who=IG, after="", limit=50, **words):
    return [one.number for one in list_items(who, database, words, after, limit, NOW).items]


@pytest.mark.parametrize(("words", "expected"), [
    ({"service": HIGHWAYS}, {ROADS}),
    ({"band": "80"}, {CASE}),
    ({"high": "1"}, {CASE}),
    ({"theme": "special"}, {CASE}),
    ({"theme": "identity"}, {CASE}),
    ({"kind": "PERSON"}, {CASE}),
    ({"state": "kept"}, {LETTER}),
    ({"state": "uncomputable"}, {BAD}),
    ({"problem": "encrypted"}, {BAD}),
    ({"problems": "1"}, {BAD}),
    ({"waiting": "1"}, {WAITS}),
    ({"family": "word documents", "year": "2017"}, {CASE}),
    ({"year": "0"}, set()),
    ({"sort": "risk", "folder": "/Planning/Case files/"}, {CASE, COPY, LETTER, PART}),
    ({"folder64": "SGlnaHdheXMvV29ya3M="}, {ROADS}),
    ({"copies_of": str(ROADS), "service": HIGHWAYS}, {ROADS}),
    ({"service": "No service named"}, set()),
])  # fmt: skip
def test_a_list_is_of_what_its_address_says(estate, words, expected):
    assert set(numbers(estate, **words)) == expected


def test_the_longest_due_and_the_highest_risk_come_first_where_that_is_asked(estate):
    assert numbers(estate, sort="due") == [20, CASE, ROADS]
    assert numbers(estate, sort="risk")[0] == CASE


def test_pages_follow_each_other_by_their_mark(estate):
    first = list_items(IG, estate, {"service": PLANNING}, "", 5, NOW)
    rest = numbers(estate, service=PLANNING, after=first.following)
    assert [one.number for one in first.items] + rest == numbers(estate, service=PLANNING)


def test_what_is_not_known_is_refused_by_name_and_nothing_is_shown(estate):
    for name, word in (("band", "9"), ("state", "gone"), ("copies_of", "x"), ("copies_of", "9" * 30), ("year", "-1"),
                       ("folder64", "*"), ("kind", "TEA"), ("breadth", "wide"), ("sort", "size"), ("tea", "1"),
                       ("personal", "yes"), ("year", "²")):  # fmt: skip
        told = list_items(IG, estate, {name: word}, "", 50, NOW)
        assert [one.name for one in told.refused] == [name], (name, word)
        assert not told.items
    told = list_items(IG, estate, {}, "no.mark", 50, NOW)
    assert [one.name for one in told.refused] == ["after"]


def test_every_choice_that_is_offered_is_understood():
    for name, one in FILTERS.items():
        for word in one.choices or {}:
            assert not filtered({name: word}).refused, (name, word)


def test_of_anothers_service_nothing_is_listed(estate):
    assert numbers(estate, OF_HIGHWAYS) == [ROADS]
    assert numbers(estate, OF_HIGHWAYS, sort="risk") == [ROADS]
    assert numbers(estate, OF_HIGHWAYS, copies_of=str(COPY)) == []
    with pytest.raises(RefusedError):
        numbers(estate, OF_HIGHWAYS, service=PLANNING)
    with pytest.raises(RefusedError):
        list_rot(OF_HIGHWAYS, estate, RotFilter(service=PLANNING), "", 50, NOW)


def test_who_has_several_services_is_told_which_of_them_is_shown(estate):
    told = list_items(OF_BOTH, estate, {}, "", 50, NOW)
    assert {one.service for one in told.items} == {HIGHWAYS}
    assert HIGHWAYS in told.said
    assert told.services == (HIGHWAYS, PLANNING)


def test_an_empty_list_says_why(trail, estate):
    assert "filter" in list_items(IG, estate, {"band": "40"}, "", 50, NOW).said


def test_what_could_go_is_listed_without_what_guards_keep_and_without_anothers_path(estate):
    goes = list_rot(IG, estate, RotFilter(), "", 50, NOW)
    assert [one.number for one in goes.items] == [COPY, 20]
    assert "Secret road scheme.txt" in goes.items[0].flag
    of_planning = Actor("rosa.lind", (Grant(Role.REVIEWER, frozenset({PLANNING})),), Proof.PASSWORD)
    mine = list_rot(of_planning, estate, RotFilter(), "", 50, NOW)
    assert [one.number for one in mine.items] == [COPY, 20]
    assert "Secret" not in repr(mine)
    assert [one.number for one in list_rot(IG, estate, RotFilter(guarded=True), "", 50, NOW).items] == [CASE]
    assert list_rot(IG, estate, RotFilter(reason="tea"), "", 50, NOW).refused
    assert list_rot(IG, estate, RotFilter(), "a.b", 50, NOW).refused


def test_a_part_is_called_by_its_own_name_and_lies_in_what_holds_it(estate):
    (part,) = [one for one in list_items(IG, estate, {"folder": "Planning/Case files"}, "", 50, NOW).items
               if one.number == PART]  # fmt: skip
    assert (part.name, part.place) == ("letter.txt", "shares: Planning/Case files/Note.eml")
