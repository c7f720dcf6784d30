from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.decision import Flag, State
from domain.item import ItemRef
from domain.record import Record
from domain.rule import Action
from domain.summary import RotReason
from inventory.queries import Held
from operations.report import rot_items


def a_file(path: str, digest: bytes | None = b"d", size: int = 10, flag: Flag | None = None, **facts) -> Held:
    modified = datetime(facts.get("year", 2019), 1, 1, tzinfo=UTC)
    record = Record(ItemRef("shares", path.encode()), "Finance", size, modified, date(2026, 1, 1), digest=digest)
    return Held(facts.get("number", hash(path)), record, flag, facts.get("file_id"))


DUE = Flag(State.DUE, Action.DISPOSE, date(2020, 1, 1), "R1", "Unchanged for 7 years, kept for 6.")


def reasons(*estate: Held) -> dict[str, RotReason]:
    return {item.path: item.reason for item in rot_items(estate)}


def test_of_copies_one_stays_and_the_others_are_redundant():
    found = rot_items([a_file("a.txt", year=2018), a_file("b.txt"), a_file("c.txt", b"other")])
    assert [(item.path, item.reason, item.size) for item in found] == [("b.txt", RotReason.COPY, 10)]
    assert "a.txt" in found[0].detail


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("~$report.tmp", "report.docx"),
        ("Finance/Old Backups/report.docx", "Finance/report.docx"),
        ("Copy of report.docx", "report.docx"),
    ],
)
def test_the_copy_that_stays_is_not_the_trivial_or_the_backup_one(worse, better):
    found = reasons(a_file(worse, year=2001), a_file(better, year=2020))
    assert better not in found
    assert worse in found


@pytest.mark.parametrize(
    ("action", "path", "reason"),
    [
        (Action.DISPOSE, "x.docx", RotReason.PAST_DUE),
        (Action.REVIEW, "x.docx", RotReason.REVIEW),
        (Action.REVIEW, "Thumbs.db", RotReason.TRIVIAL),
        (Action.DISPOSE, "Thumbs.db", RotReason.PAST_DUE),
    ],
)
def test_what_is_to_be_reviewed_is_told_apart_from_what_may_go(action, path, reason):
    flag = replace(DUE, action=action)
    assert reasons(a_file(path, flag=flag)) == {path: reason}


def test_what_is_to_be_preserved_is_no_rot():
    assert reasons(a_file("x.docx", flag=replace(DUE, action=Action.ARCHIVE))) == {}


def test_a_household_is_no_old_folder():
    assert set(reasons(a_file("Household records/a.txt", year=2001), a_file("b.txt"))) == {"b.txt"}


def test_a_copy_that_is_due_gives_way_to_one_that_is_not():
    found = reasons(a_file("a.txt", flag=DUE, year=2001), a_file("b.txt"))
    assert found == {"a.txt": RotReason.PAST_DUE}


def test_one_primary_reason_in_order_and_the_others_beside_it():
    found = rot_items([a_file("keep.txt", year=2001), a_file("x.tmp", flag=DUE)])
    (item,) = found
    assert item.reason is RotReason.PAST_DUE
    assert item.also == (RotReason.COPY, RotReason.TRIVIAL)


def test_empty_files_are_trivial_and_no_copies_of_each_other():
    assert reasons(a_file("a.txt", size=0), a_file("b.txt", size=0)) == {
        "a.txt": RotReason.TRIVIAL, "b.txt": RotReason.TRIVIAL,
    }  # fmt: skip


def test_hard_links_are_one_file_whose_bytes_only_its_last_name_frees():
    linked = [a_file("a.tmp", file_id="1:1"), a_file("b.tmp", file_id="1:1")]
    assert sorted(item.size for item in rot_items(linked)) == [0, 10]
    stays = [a_file("a.tmp", file_id="1:1"), a_file("b.docx", file_id="1:1")]
    assert [(item.path, item.size) for item in rot_items(stays)] == [("a.tmp", 0)]


def test_what_was_never_read_is_nobodys_copy():
    assert reasons(a_file("a.txt", None), a_file("b.txt", None)) == {}
