from __future__ import annotations

import os
from datetime import date

import pytest

from domain.disposal import Refusal, RefusedFileError
from domain.packing import PackageKind
from operations.disposal.stub import StubFacts, leave_stub

FACTS = StubFacts(
    PackageKind.TRANSFER, "transfer-2026-0002", date(2026, 11, 20), "records@millbrook.example", "County Record Office"
)


@pytest.fixture
def folder(tmp_path):
    descriptor = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield descriptor
    os.close(descriptor)


def test_a_stub_says_where_the_file_went_and_nothing_of_what_was_in_it(folder, tmp_path):
    assert leave_stub(folder, b"Jane Thornbury.doc", FACTS) == b"Jane Thornbury.doc.moved.txt"
    assert (tmp_path / "Jane Thornbury.doc.moved.txt").read_text() == (
        "The file that stood here was transferred to County Record Office on 2026-11-20, "
        "under the retention schedule.\n"
        "It is in the package transfer-2026-0002.\n"
        "Who needs it asks: records@millbrook.example\n"
    )


@pytest.mark.parametrize("name", [b"a\xff.doc", b"x" * 255])
def test_a_stub_has_a_name_that_the_file_system_takes(folder, tmp_path, name):
    stub = leave_stub(folder, name, FACTS)
    assert os.listdir(os.fsencode(tmp_path)) == [stub]
    assert stub.startswith(name[:245])


def test_a_stub_replaces_nothing_and_follows_no_link(folder, tmp_path):
    place = tmp_path / "a.doc.moved.txt"
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedFileError) as refused:
        leave_stub(folder, b"a.doc", FACTS)
    assert refused.value.refusal is Refusal.TAKEN
    assert os.listdir(tmp_path) == ["a.doc.moved.txt"]


def test_a_stub_that_cannot_be_written_leaves_nothing_half_written(folder, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RefusedFileError) as refused:
        leave_stub(folder, b"a.doc", FACTS)
    assert refused.value.refusal is Refusal.FULL
    assert os.listdir(tmp_path) == []
