from __future__ import annotations

import base64

import pytest

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.containers.flat_odf import FlatOdfContainer


def trouble_of(read) -> Problem:
    with pytest.raises(ItemTroubleError) as caught:
        read()
    return caught.value.problem


def a_flat_document(*coded: str, end: str = "</o:d>") -> bytes:
    pictures = "".join(f"<d:image><o:binary-data>{code}</o:binary-data></d:image>" for code in coded)
    return f'<o:d xmlns:o="o" xmlns:d="d"><t>text</t>{pictures}{end}'.encode()


def test_the_pictures_of_a_flat_document_are_its_parts(files):
    packed = files.an_ole({"Package": b"packed"})
    document = a_flat_document(
        "\n  aGVs\n  bG8=\n", base64.b64encode(packed).decode(), base64.b64encode(b"VCLMTF drawn").decode(), " "
    )
    with files.blob_of(document) as blob:
        parts = {part.name: part.open().read() for part in FlatOdfContainer().parts(blob, 0)}
    assert parts == {"binary-1": b"hello", "binary-2": b"packed"}


def test_a_flat_document_that_is_damaged_gives_what_stands_before_and_says_so(files):
    with files.blob_of(a_flat_document("aGVsbG8=", "aGV", end="<cut")) as blob:
        walk = FlatOdfContainer().parts(blob, 0)
        assert next(walk).open().read() == b"hello"
        assert trouble_of(next(walk).open) == Problem(ProblemCode.CORRUPT)
        assert trouble_of(lambda: next(walk)) == Problem(ProblemCode.CORRUPT)
