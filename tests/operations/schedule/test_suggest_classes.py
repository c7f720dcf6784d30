from __future__ import annotations

from datetime import date

from builders import a_schedule

from domain.item import ItemRef
from domain.record import Record
from domain.record_class import ClassClaim, Ground
from domain.record_hint import RecordHint
from operations.schedule.suggest_classes import suggest_classes

SCHEDULE = a_schedule("""\
[[class]]
id = "FI.01"
title = "Invoices"
paths = ["Known/**"]
hints = ["invoice"]

[[class]]
id = "HR.01"
title = "Contracts"
labels = ["Contract"]
words = ["contracts"]
""")
INVOICE = RecordHint("invoice", 0.9, "its words")


def a_record(path: bytes, *hints: RecordHint, source="share", labels=(), claims=()) -> Record:
    ref = ItemRef(source, path)
    return Record(ref, "", 1, None, date(2026, 1, 1), hints=hints, labels=labels, claims=claims)


def suggested(*records: Record) -> list[tuple[bytes, str, int, int, int]]:
    found = suggest_classes(records, SCHEDULE)
    return [(one.folder, one.record_class, one.own, one.known, one.files) for one in found]


def test_the_highest_folder_of_one_class_is_suggested_with_what_it_rests_on():
    records = [a_record(b"Fin/2019/%d.txt" % n, INVOICE) for n in range(3)] + [a_record(b"Fin/2020/x.txt")]
    assert suggested(*records) == [(b"Fin", "FI.01", 3, 3, 4)]
    (one,) = suggest_classes(records, SCHEDULE)
    assert one.why == "it looks like invoice (90%: its words)"


def test_a_folder_below_of_another_class_keeps_the_folder_above_from_being_suggested():
    many = [a_record(b"Fin/In/%d.txt" % n, INVOICE) for n in range(99)]
    assert suggested(*many, a_record(b"Fin/Staff/a.txt", labels=("Contract",))) == [
        (b"Fin/In", "FI.01", 99, 99, 99), (b"Fin/Staff", "HR.01", 1, 1, 1),
    ]  # fmt: skip


def test_a_folder_where_classes_mix_is_not_suggested():
    mixed = [a_record(b"Mix/%d.txt" % n, INVOICE) for n in range(8)]
    assert suggested(*mixed, *(a_record(b"Mix/c%d.txt" % n, labels=("Contract",)) for n in range(2))) == []


def test_what_is_mapped_or_decided_already_is_not_asked_again():
    person = ClassClaim("HR.01", Ground.PERSON, "a person decided so")
    assert suggested(a_record(b"Known/a.txt", INVOICE), a_record(b"F/b.txt", INVOICE, claims=(person,))) == []


def test_the_root_of_a_source_is_no_folder_and_sources_stay_apart():
    assert suggested(a_record(b"a.txt", INVOICE)) == []
    found = suggest_classes([a_record(b"A/a.txt", INVOICE), a_record(b"A/a.txt", INVOICE, source="other")], SCHEDULE)
    assert [(one.source, one.own) for one in found] == [("other", 1), ("share", 1)]


def test_a_path_of_a_thousand_folders_is_not_too_deep():
    deep = b"/".join([b"d"] * 2000)
    assert suggested(a_record(deep + b"/a.txt", INVOICE)) == [(b"d", "FI.01", 1, 1, 1)]
