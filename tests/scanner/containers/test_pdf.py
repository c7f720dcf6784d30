from __future__ import annotations

import random
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from pdf_files import a_raw_pdf, a_stream, written
from pypdfium2.internal import ObjectTracker

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.containers.pdf import PdfContainer


def a_file(name: bytes, number: int) -> bytes:
    """The specification of a file whose stream is that object."""
    return b"<</Type/Filespec/F(%b)/UF(%b)/EF<</F %d 0 R>>>>" % (name, name, number)


def embedding(*files: tuple[bytes, bytes]) -> bytes:
    """A PDF with these files embedded, by their names."""
    names = b"".join(b"(%d)%b" % (number, a_file(name, 6 + number)) for number, (name, _) in enumerate(files))
    streams = [a_stream(content, b"/Type/EmbeddedFile") for _, content in files]
    return a_raw_pdf(more=streams, catalogue=b"/Names<</EmbeddedFiles<</Names[%b]>>>>" % names)


def annotated(*names: bytes) -> bytes:
    """A PDF of one page whose annotations carry files of these names, which say the name."""
    marks = b"".join(
        b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS %b>>" % a_file(name, 6 + number)
        for number, name in enumerate(names)
    )
    return a_raw_pdf(more=[a_stream(name) for name in names], page=b"/Annots[%b]" % marks)


def read(files, content: bytes, after: int = 0) -> list[tuple[str, bytes]]:
    with files.blob_of(content) as blob:
        return [(part.name, part.open().read()) for part in PdfContainer().parts(blob, after)]


def trouble_of(walk) -> Problem:
    with pytest.raises(ItemTroubleError) as caught:
        walk()
    return caught.value.problem


def test_embedded_files_are_parts_and_names_are_told_apart(files):
    pdf = embedding((b"a.txt", b"Dear Zoe"), (b"a.txt", b"Dear Ann"), (b"empty", b""))
    assert read(files, pdf) == [("a.txt", b"Dear Zoe"), ("a.txt (2)", b"Dear Ann"), ("empty", b"")]


def test_a_file_without_a_name_which_pdfium_does_not_give_is_named_after_its_place(files):
    with files.blob_of(embedding((b"", b"Dear Zoe"))) as blob:
        (part,) = PdfContainer().parts(blob, 0)
        assert part.name == "attachment-1"
        assert trouble_of(part.open) == Problem(ProblemCode.CORRUPT)


def test_files_that_annotations_carry_follow_the_embedded_ones(files):
    names = b"/Names<</EmbeddedFiles<</Names[(x)%b]>>>>" % a_file(b"first.txt", 6)
    marks = b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS %b>>]" % a_file(b"second.txt", 7)
    pdf = a_raw_pdf(more=[a_stream(b"1"), a_stream(b"2")], catalogue=names, page=marks)
    assert read(files, pdf) == [("first.txt", b"1"), ("second.txt", b"2")]
    assert read(files, pdf, after=1) == [("second.txt", b"2")]


def test_an_annotation_that_is_packed_in_an_object_stream_is_found(files):
    plain = annotated(b"packed.txt")
    start = plain.index(b"[<</Type/Annot")
    mark = plain[start : plain.index(b"]", plain.index(b"/FS", start)) + 1]
    packed = zlib.compress(b"8 0 " + mark)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)
    table = b"".join((
        b"\0\0\0\0\0\xff\xff",
        *(b"\1" + plain.index(b"%d 0 obj" % number).to_bytes(4, "big") + b"\0\0" for number in range(1, 7)),
    ))  # fmt: skip
    body = plain[: plain.index(b"xref\n")].replace(b"/Annots" + mark, (b"/Annots 8 0 R").ljust(len(mark) + 7))
    assert len(body) == plain.index(b"xref\n")
    objects_at = len(body)
    body += b"7 0 obj\n%b\nendobj\n" % stream
    table += b"\1" + objects_at.to_bytes(4, "big") + b"\0\0" + b"\2" + (7).to_bytes(4, "big") + b"\0\0"
    table += b"\1" + len(body).to_bytes(4, "big") + b"\0\0"
    entries = b"/Type/XRef/Size 10/W[1 4 2]/Root 1 0 R"
    pdf = body + b"9 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (a_stream(table, entries), len(body))
    assert b"/FileAttachment" not in pdf
    assert read(files, pdf) == [("packed.txt", b"packed.txt")]


def test_the_day_that_a_file_was_changed_on_is_told(files):
    stream = a_stream(b"x", b"/Type/EmbeddedFile/Params<</ModDate(D:20190512093000Z)>>")
    names = b"/Names<</EmbeddedFiles<</Names[(x)%b]>>>>" % a_file(b"x", 6)
    with files.blob_of(a_raw_pdf(more=[stream], catalogue=names)) as blob:
        (part,) = PdfContainer().parts(blob, 0)
    assert part.modified == datetime(2019, 5, 12, tzinfo=UTC)


def test_a_file_that_is_only_pointed_at_is_corrupt_and_its_sister_is_read(files):
    names = b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.txt)>>(b)%b]>>>>" % a_file(b"b.txt", 6)
    with files.blob_of(a_raw_pdf(more=[a_stream(b"Dear Zoe")], catalogue=names)) as blob:
        missing, there = PdfContainer().parts(blob, 0)
        assert trouble_of(missing.open) == Problem(ProblemCode.CORRUPT)
        assert there.open().read() == b"Dear Zoe"


def test_a_pdf_without_attachments_has_no_parts_and_its_pages_are_not_looked_at(files):
    assert read(files, files.a_pdf("Dear Zoe", "Yours")) == []
    assert read(files, a_raw_pdf(kids=b"2 0 R")) == []


def test_an_encrypted_pdf_and_a_damaged_one_are_named_so(files):
    locked = files.a_pdf("Dear Zoe", password="secret")
    assert trouble_of(lambda: read(files, locked)) == Problem(ProblemCode.ENCRYPTED)
    assert trouble_of(lambda: read(files, b"%PDF-1.7\n")) == Problem(ProblemCode.CORRUPT)


def test_a_pdf_that_anybody_may_open_is_walked_though_it_is_encrypted(files):
    assert read(files, files.a_pdf("Dear Zoe", password="")) == []


def test_an_embedded_file_that_swells_beyond_reason_is_not_unpacked(files):
    bomb = a_stream(bytes(40_000_000), b"/Type/EmbeddedFile", packings=1)
    names = b"/Names<</EmbeddedFiles<</Names[(x)%b]>>>>" % a_file(b"x", 6)
    pdf = a_raw_pdf(more=[bomb], catalogue=names)
    assert trouble_of(lambda: read(files, pdf)) == Problem(ProblemCode.LIMIT, "ratio")


def test_a_list_of_names_in_a_circle_ends(files):
    names = b"/Names<</EmbeddedFiles 6 0 R>>"
    tree = b"<</Kids[6 0 R 7 0 R]/Limits[(a)(z)]>>"
    leaf = b"<</Names[(x)%b]/Limits[(x)(x)]>>" % a_file(b"x.txt", 8)
    found = read(files, a_raw_pdf(more=[tree, leaf, a_stream(b"Dear Zoe")], catalogue=names))
    assert ("x.txt", b"Dear Zoe") in found or found == []


def test_more_attachments_than_the_limit_are_left_and_named(files, monkeypatch):
    monkeypatch.setattr("scanner.containers.pdf._ATTACHMENTS", 2)
    pdf = embedding((b"a", b"1"), (b"b", b"2"), (b"c", b"3"))
    with files.blob_of(pdf) as blob:
        parts = PdfContainer().parts(blob, 0)
        assert [next(parts).name, next(parts).name] == ["a", "b"]
        assert trouble_of(lambda: next(parts)) == Problem(ProblemCode.LIMIT, "parts")


def test_damage_anywhere_is_an_answer_or_a_named_problem_and_nothing_stays_open(files):
    whole = embedding((b"a.txt", b"Dear Zoe"), (b"b.txt", written(b"x")))
    chance = random.Random(11)
    for _ in range(200):
        damaged = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(10):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(ItemTroubleError):
            read(files, bytes(damaged))
    assert not any(ObjectTracker.values())
