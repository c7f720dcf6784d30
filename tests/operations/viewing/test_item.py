"""An item is told with all that is known of it, and with nothing of services that the one who looks does not see."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from viewed_estate import BAD, CASE, COPY, HIGHWAYS, MAIL, PART, PLANNING, ROADS, WAITS, an_estate

from domain.actor import Actor, Grant, Proof, Role
from inventory.engine import writing
from inventory.tables import ItemRow
from operations.viewing.item import item_shown

IG = Actor("ivan.gale", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
OF_PLANNING = Actor("rosa.lind", (Grant(Role.REVIEWER, frozenset({PLANNING})),), Proof.PASSWORD)


@pytest.fixture
def estate(trail):
    return an_estate(trail.database)


def test_findings_dates_owner_and_rights_are_told_in_words(estate):
    told = item_shown(IG, estate, CASE)
    assert [(one.words, one.count, one.sure) for one in told.findings] == [
        ("Names of people", 12, "Sure"), ("Words about health", 3, "Sure"),
    ]  # fmt: skip
    assert {one.words: one.on for one in told.dates if "document" in one.words or "name" in one.words} == {
        "Created, as the document says": date(2016, 2, 3), "Dated in its name": date(2015, 1, 1),
    }  # fmt: skip
    assert (told.owner, told.who_can_read) == ("Olive Harker (has left)", "Everyone who can reach it")
    assert told.warnings == ("Possible special category data: health", "About children")
    assert (told.action, told.due, told.rule) == ("dispose", date(2024, 5, 4), "PLA-1")
    assert "legal hold" in told.rot
    assert told.looks_like == ("case note: the words case and note",)


def test_a_finding_that_is_unsure_is_told_as_that_with_the_form_of_its_value(estate):
    (unsure,) = [one for one in item_shown(IG, estate, COPY).findings if one.words.startswith("National")]
    assert (unsure.sure, unsure.shape) == ("Unsure", "AA999999A")


def test_what_was_not_read_is_not_said_to_be_clean(estate):
    for number in (BAD, WAITS):
        told = item_shown(IG, estate, number)
        assert told.personal is None
        assert "not known" in told.said
    assert item_shown(IG, estate, MAIL).personal is False


def test_a_part_leads_to_what_it_lies_in_and_that_counts_its_parts(estate):
    part, mail = item_shown(IG, estate, PART), item_shown(IG, estate, MAIL)
    assert (part.outer_number, mail.inside, mail.outer_number) == (MAIL, 1, None)


def test_copies_in_other_services_are_counted_and_never_named(estate):
    everything, mine = item_shown(IG, estate, COPY), item_shown(OF_PLANNING, estate, COPY)
    assert (everything.copies, everything.elsewhere) == ({HIGHWAYS: 1, PLANNING: 9}, 0)
    assert everything.families[0].record_number == ROADS
    assert (mine.copies, mine.elsewhere) == ({PLANNING: 9}, 1)
    assert mine.families[0].record_number is None
    assert "Secret" not in repr(mine)
    assert "Secret" in repr(everything)


def test_an_item_of_another_service_is_as_one_that_is_not_there(estate):
    assert item_shown(OF_PLANNING, estate, ROADS) is None
    for number in (999, 0, -1, 2**70):
        assert item_shown(IG, estate, number) is None


def test_what_is_there_no_more_says_so(estate):
    with writing(estate) as connection:
        connection.execute(update(ItemRow).where(ItemRow.id == CASE).values(gone=1))
    assert item_shown(IG, estate, CASE).said == "It was not there when its folder was listed last."
