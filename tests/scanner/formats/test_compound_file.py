from __future__ import annotations

from io import BytesIO

import pytest
from olefile import OleFileIO

from scanner.extractor import EscalateError
from scanner.formats.compound_file import plain_file, read_old_file
from scanner.formats.ole import MAGIC


@pytest.mark.parametrize("size", [0, 10, 4_096, 4_097, 5_000_000])
def test_a_plain_file_holds_the_workbook_and_nothing_else(size):
    content = bytes(range(256)) * (size // 256 + 1)
    with OleFileIO(BytesIO(plain_file(content[:size]))) as ole:
        assert ole.listdir() == [["Workbook"]]
        assert ole.openstream("Workbook").read() == content[:size].ljust(4096, b"\0")
        assert ole.parsing_issues == []


def test_the_streams_that_are_read_are_found_in_any_case(files):
    made = files.an_ole({"WORKBOOK": b"book", "\x05SummaryInformation": b"summary"})
    with files.blob_of(made) as blob:
        old = read_old_file(blob)
    assert (old.workbook, old.summary, old.document_summary, old.pivots) == (b"book", b"summary", b"", ())


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"Book": b"x", "\x01Ole10Native": b"x"}, "embedded"),
        ({"Workbook": b"x", "MBD01": b"x"}, "embedded"),
        ({"EncryptedPackage": b"x"}, "encrypted"),
        ({"Other": b"x"}, "no workbook"),
    ],
)
def test_what_is_not_read_here_escalates(files, streams, reason):
    with files.blob_of(files.an_ole(streams)) as blob, pytest.raises(EscalateError, match=reason):
        read_old_file(blob)


def test_a_stream_that_is_too_large_escalates(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.compound_file._LARGEST", 3)
    with files.blob_of(files.an_ole({"Workbook": b"book"})) as blob, pytest.raises(EscalateError, match="large"):
        read_old_file(blob)


@pytest.mark.parametrize("content", [b"", MAGIC, MAGIC + bytes(600)])
def test_what_is_no_compound_file_escalates(files, content):
    with files.blob_of(content) as blob, pytest.raises(EscalateError, match="load"):
        read_old_file(blob)
