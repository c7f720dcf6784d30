from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
import workbook_files as made

from domain.errors import ItemTroubleError, ProblemCode
from scanner.extractor import EscalateError
from scanner.formats import biff12
from scanner.formats.sheet_size import cell_key


def part(name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def test_a_sheet_is_measured_and_its_headers_found_however_its_bytes_are_cut():
    content = made.an_xlsb([(0, 0, "Ann"), (8, 3, 7.0)], made.binary_header("&LBy Dan"))
    sheet = part("xl/worksheets/sheet1.bin", content)
    for size in (1, 7, 100_000):
        scan = biff12.scan_sheet((sheet[at : at + size] for at in range(0, len(sheet), size)), {})
        assert (scan.extent.rows, scan.extent.columns, scan.extent.cells) == (9, 4, 2)
        assert scan.notes == ("&LBy Dan",)


def test_the_names_of_sheets_and_the_formats_of_cells_are_found():
    content = made.an_xlsb([(2, 1, 7.0)], formats=["General", "0000"])
    assert biff12.sheet_targets([part("xl/workbook.bin", content)]) == {"People": "rId1"}
    styles = biff12.number_styles([part("xl/styles.bin", content)])
    assert list(styles) == [2]
    scan = biff12.scan_sheet([part("xl/worksheets/sheet1.bin", content)], styles)
    assert [(key, shape.shown(7)) for key, shape in scan.formats.items()] == [(cell_key(2, 1), "0007")]


def test_comments_are_found_with_their_authors():
    assert list(biff12.comments([made.binary_comment("Zoe", "Off sick")])) == ["Zoe", "Off sick"]


def test_cells_that_readers_pass_over_escalate():
    with pytest.raises(EscalateError, match="cells"):
        biff12.scan_sheet([bytes([62, 0])], {})


def test_a_part_that_ends_within_a_record_is_corrupt():
    whole = made.binary_comment("Zoe", "Off sick")
    first = len(made.binary_comment("Zoe", "")) - 8
    for end in range(1, len(whole)):
        if end != first:
            with pytest.raises(ItemTroubleError) as caught:
                list(biff12.comments([whole[:end]]))
            assert caught.value.problem.code is ProblemCode.CORRUPT


def test_a_record_that_claims_to_be_endless_is_corrupt():
    with pytest.raises(ItemTroubleError):
        list(biff12.comments([b"\x01\xff\xff\xff\x7f", *[bytes(1_000_000)] * 20]))


def test_a_string_that_claims_more_than_there_is_ends_with_its_record():
    record = struct.pack("<I", 0x7FFFFFFF) + "Ann".encode("utf-16-le")
    assert list(biff12.comments([bytes([632 & 0x7F | 0x80, 632 >> 7, len(record)]) + record])) == ["Ann"]
