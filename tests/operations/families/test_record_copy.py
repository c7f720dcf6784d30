from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.access import Breadth
from domain.copies import Copy, CopyKind, Role, Why
from operations.families.record_copy import family_of_copies


def a_copy(item: int, name: str = "a.docx", folder: str = "Finance", **facts) -> Copy:
    facts.setdefault("modified", datetime(facts.pop("year", 2019), 1, 1, tzinfo=UTC))
    return Copy(item, name.encode(), folder.encode(), facts.pop("size", 10), **facts)


@pytest.mark.parametrize(
    ("worse", "better", "why"),
    [
        (a_copy(1, folder="Finance/Old Backups"), a_copy(2), Why.PLACE),
        (a_copy(1, mailed=True, inside=True), a_copy(2), Why.PLACE),
        (a_copy(1), a_copy(2, classed=True), Why.CLASS),
        (a_copy(1), a_copy(2, "a signed.docx"), Why.FINAL),
        (a_copy(1, "Copy of a.docx"), a_copy(2), Why.NAME),
        (a_copy(1), a_copy(2, owned=True), Why.OWNER),
        (a_copy(1, breadth=Breadth.EVERYONE), a_copy(2, breadth=Breadth.NAMED), Why.ACCESS),
    ],
)
def test_the_record_copy_is_proposed_for_a_reason_that_is_shown(worse, better, why):
    family = family_of_copies(CopyKind.COPY, b"k", [worse, better])
    assert (family.record, family.reasons) == (2, (why,))
    assert family.goes == (0 if worse.inside else 10)


def test_age_alone_decides_nothing_between_exact_copies():
    family = family_of_copies(CopyKind.COPY, b"k", [a_copy(1, year=2001), a_copy(2, folder="Housing", year=2020)])
    assert (family.record, family.goes) == (None, 10)
    assert {member.role for member in family.members} == {Role.CHOOSE}


def test_of_versions_the_final_one_is_the_record_and_then_the_latest():
    drafts = [a_copy(1, "a v1.docx", year=2018), a_copy(2, "a v2.docx", year=2017)]
    assert family_of_copies(CopyKind.VERSIONS, b"k", drafts).record == 2
    final = a_copy(3, "a final.docx", year=2016)
    family = family_of_copies(CopyKind.VERSIONS, b"k", [*drafts, final])
    assert (family.record, family.reasons[0], family.goes) == (3, Why.FINAL, 20)


def test_what_a_document_was_made_into_stays_beside_it():
    files = [
        a_copy(1, "a v1.docx"),
        a_copy(2, "a v1.pdf"),
        a_copy(3, "a final.pdf"),
        a_copy(4, "a final.docx", year=2020),
    ]
    family = family_of_copies(CopyKind.VERSIONS, b"k", files)
    assert [member.role for member in family.members] == [Role.COPY, Role.COPY, Role.RECORD, Role.RECORD]
    assert (family.record, family.goes) == (4, 20)


def test_what_a_document_was_made_into_stays_where_a_person_must_choose_too():
    family = family_of_copies(CopyKind.NEAR, b"k", [a_copy(1), a_copy(2), a_copy(3, "a copy.pdf")])
    assert [member.role for member in family.members] == [Role.CHOOSE, Role.CHOOSE, Role.RECORD]
    assert (family.record, family.goes) == (None, 10)


def test_an_attachment_has_the_format_of_its_own_name():
    mailed = a_copy(2, "a.msg", inside=True, mailed=True, part="a.docx")
    family = family_of_copies(CopyKind.NEAR, b"k", [a_copy(1), mailed])
    assert [member.role for member in family.members] == [Role.RECORD, Role.COPY]


def test_hard_links_are_one_file():
    assert family_of_copies(CopyKind.COPY, b"k", [a_copy(1, file_id="7"), a_copy(2, file_id="7")]) is None


def test_of_pictures_that_look_the_same_a_person_chooses():
    family = family_of_copies(CopyKind.PICTURES, b"k", [a_copy(1), a_copy(2, classed=True, size=30)])
    assert (family.record, family.goes) == (None, 10)
