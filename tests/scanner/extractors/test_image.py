from __future__ import annotations

import random
import struct
import zlib
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from domain.content import DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.escalating import EscalatingExtractor
from scanner.extractors.image import ImageExtractor
from scanner.extractors.tika_native import TikaNativeExtractor

CORRUPT = Problem(ProblemCode.CORRUPT)


def content_of(files, content: bytes, limit: int = 100_000):
    with files.blob_of(content) as blob:
        return ImageExtractor().extract(blob, "image/jpeg", limit)


def outcome_of(files, content: bytes):
    """What is pending, whichever reader is to read it, or the problem."""
    try:
        return content_of(files, content).pending
    except EscalateError as escalation:
        return escalation.content.pending
    except ItemTroubleError as trouble:
        return trouble.problem


def a_picture(kind: str, mode: str = "RGB", **options) -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    out = BytesIO()
    Image.fromarray(noise).convert(mode).save(out, kind, **options)
    return out.getvalue()


def a_described(kind: str, **options) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Zoe Example"
    exif.get_ifd(0x8769)[0x9003] = "2019:03:04 10:00:00"
    return a_picture(kind, exif=exif, **options)


def a_tiff(pages: int, last: int = 0) -> bytes:
    """Four by four grey pixels on every page, each with a description; the last page leads to the offset `last`."""
    size, pixels = 2 + 10 * 12 + 4, 8 + pages * (2 + 10 * 12 + 4)
    out = bytearray(b"II*\0\x08\0\0\0")
    for page in range(pages):
        text = int.from_bytes(b"p%02d\0" % (page % 100), "little")
        tags = [(256, 3, 1, 4), (257, 3, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (270, 2, 4, text),
                (273, 4, 1, pixels), (277, 3, 1, 1), (278, 3, 1, 4), (279, 4, 1, 16)]  # fmt: skip
        follows = 8 + (page + 1) * size if page + 1 < pages else last
        out += struct.pack("<H", 10) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", follows)
    return bytes(out) + bytes(range(0, 160, 10))


def a_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_png(*chunks: bytes, width: int = 9, height: int = 9, pixels: bytes | None = None) -> bytes:
    head = a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    body = a_chunk(b"IDAT", zlib.compress(bytes((1 + (width + 7) // 8) * height) if pixels is None else pixels))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + body + a_chunk(b"tEXt", b"Author\0Zoe") + a_chunk(b"IEND", b"")
    )


KINDS = {
    "jpeg": a_described("jpeg"),
    "progressive": a_described("jpeg", progressive=True),
    "png": a_described("png"),
    "gif": a_picture("gif", "P", comment=b"Zoe Example"),
    "bmp": a_picture("bmp"),
    "tiff": a_described("tiff"),
    "lzw": a_picture("tiff", compression="tiff_lzw"),
    "fax": a_picture("tiff", "1", compression="group4"),
    "jpeg in tiff": a_picture("tiff", compression="jpeg"),
    "pages": a_tiff(4),
    "webp": a_described("webp"),
    "avif": a_described("avif"),
}


def test_what_people_wrote_about_a_picture_is_its_text_and_its_properties(files):
    content = content_of(files, files.a_jpeg(description="The Example family", artist="Zoe Example"))
    assert content.text == "Description: The Example family\nArtist: Zoe Example\n"
    assert content.place_at(0) == "properties"
    assert content.properties == {"pixels": "60x40", "author": "Zoe Example"}
    assert content.reader == "image"


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png", "webp", "avif"])
def test_every_kind_of_picture_says_who_when_and_what_it_looks_like(files, kind):
    content = content_of(files, KINDS[kind])
    assert content.text == "Artist: Zoe Example\n"
    assert content.dates == (DatedBy(DateSource.TAKEN, date(2019, 3, 4)),)
    assert content.properties["pixels"] == "80x60"
    assert content.picture is not None


def test_a_picture_always_waits_for_character_recognition(files):
    for kind in KINDS.values():
        content = content_of(files, kind)
        assert (content.pending, content.problem) == (("ocr",), None)
    assert content_of(files, files.a_jpeg()).text == ""


def test_more_text_than_the_limit_is_cut_and_said_to_be(files):
    content = content_of(files, files.a_jpeg(description="Zoe " * 500), limit=100)
    assert len(content.text) == 100
    assert content.problem == Problem(ProblemCode.LIMIT, "text")


def test_every_page_of_a_tiff_is_read(files):
    content = content_of(files, a_tiff(3))
    assert content.text == "Description: p00\nDescription: p01\nDescription: p02\n"
    assert content.properties == {"pixels": "4x4", "pages": "3"}


@pytest.mark.parametrize(("pages", "last"), [(1, 8), (5, 8), (5, 8 + 2 * 126), (4, 8 + 3 * 126)])
def test_pages_that_lead_back_to_one_another_end(files, pages, last):
    content = content_of(files, a_tiff(pages, last))
    assert content.text.count("Description") == pages
    assert content.problem is None


def test_past_a_thousand_pages_the_limit_is_named(files):
    assert content_of(files, a_tiff(1_000)).problem is None
    content = content_of(files, a_tiff(50_000))
    assert content.problem == Problem(ProblemCode.LIMIT, "pages")
    assert "p99" in content.text


def test_a_page_that_leads_nowhere_is_named_damage(files):
    content = content_of(files, a_tiff(3, last=10_000_000))
    assert content.problem == CORRUPT
    assert content.text.count("Description") == 3


def test_text_behind_the_pixels_of_a_png_is_read(files):
    assert content_of(files, a_png()).text == "Author: Zoe\n"


@pytest.mark.parametrize("chunk", [b"zTXt", b"iTXt"])
def test_a_bomb_in_the_text_of_a_png_is_named(files, chunk):
    packed = zlib.compress(bytes(50_000_000), 9)
    body = b"Comment\0\0" + packed if chunk == b"zTXt" else b"Comment\0\1\0\0\0" + packed
    content = content_of(files, a_png(a_chunk(chunk, body)))
    assert content.problem == Problem(ProblemCode.LIMIT, "text")
    assert content.pending == ("ocr",)


def test_a_png_of_more_pixels_than_anybody_has_is_refused(files):
    with pytest.raises(ItemTroubleError) as trouble:
        content_of(files, a_png(width=1_000_000, height=1_000_000, pixels=b""))
    assert trouble.value.problem == Problem(ProblemCode.LIMIT, "pixels")


def test_a_png_too_large_to_decode_is_named_since_its_last_text_is_not_reached(files):
    content = content_of(files, a_png(a_chunk(b"tEXt", b"Title\0Plan"), width=10_000, height=6_000))
    assert (content.text, content.problem) == ("Title: Plan\n", Problem(ProblemCode.LIMIT, "pixels"))
    assert (content.picture, content.pending) == (None, ("ocr",))


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png", "gif", "bmp"])
def test_a_picture_that_breaks_off_is_damaged_and_keeps_what_was_said_before(files, kind):
    content = content_of(files, KINDS[kind][: len(KINDS[kind]) * 3 // 4])
    assert content.problem == CORRUPT
    assert content.pending == ("ocr",)
    assert kind == "bmp" or "Zoe Example" in content.text


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"x" * 99]
)
def test_what_cannot_be_opened_is_for_the_full_reader(files, content):
    with pytest.raises(EscalateError, match="unopened") as escalation:
        content_of(files, content)
    assert (escalation.value.content.problem, escalation.value.content.pending) == (None, ("ocr",))


def test_with_the_full_reader_behind_it_damage_is_named_and_the_picture_still_waits(files):
    reader = EscalatingExtractor(ImageExtractor(), TikaNativeExtractor())
    for damaged in (b"\xff\xd8\xff", KINDS["jpeg"][:20], KINDS["png"][:20]):
        with files.blob_of(damaged) as blob:
            content = reader.extract(blob, "image/jpeg", 1_000)
        assert (content.problem, content.pending) == (CORRUPT, ("ocr",))


def test_a_tag_that_leads_out_of_the_file_is_for_the_full_reader_with_what_was_read(files):
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "Zoe Example", "Ann Example"
    whole = a_picture("jpeg", exif=exif)
    at = whole.index(struct.pack(">HH", 0x8298, 2))
    broken = whole[: at + 8] + b"\x00\xff\xff\xff" + whole[at + 12 :]
    with pytest.raises(EscalateError, match="metadata") as escalation:
        content_of(files, broken)
    assert escalation.value.content.text == "Artist: Zoe Example\n"
    assert escalation.value.content.picture is not None


def test_damaged_notes_of_the_maker_trouble_nobody(files):
    exif = Image.Exif()
    exif[0x013B] = "Zoe Example"
    exif.get_ifd(0x8769)[37500] = b"note" * 20
    whole = a_picture("jpeg", exif=exif)
    at = whole.index(struct.pack(">H", 37500))
    broken = whole[: at + 4] + b"\x00\xff\xff\xff" + whole[at + 8 :]
    assert content_of(files, broken).text == "Artist: Zoe Example\n"


@pytest.mark.parametrize("kind", KINDS)
def test_damage_anywhere_is_an_answer_or_a_named_problem(files, kind, capfd):
    drawn = random.Random(kind)
    for _ in range(120):
        broken = bytearray(KINDS[kind])
        for _ in range(drawn.choice((1, 2, 8))):
            broken[drawn.randrange(min(len(broken), drawn.choice((100, 1_000, 100_000))))] = drawn.choice(
                (0, 255, drawn.randrange(256))
            )
        if drawn.random() < 0.3:
            del broken[drawn.randrange(len(broken)) :]
        assert outcome_of(files, bytes(broken)) in {("ocr",), Problem(ProblemCode.LIMIT, "pixels")}
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_spooled_picture_reads_as_one_in_memory_and_stays_as_it_was(files, kind, monkeypatch):
    in_memory = content_of(files, KINDS[kind])
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    with files.blob_of(KINDS[kind]) as blob:
        assert blob.path is not None
        assert [ImageExtractor().extract(blob, "image/tiff", 100_000) for _ in range(2)] == [in_memory] * 2
        assert blob.bytes == KINDS[kind]


def test_a_comment_that_a_machine_wrote_is_not_text(files):
    chunks = PngInfo()
    chunks.add_text("Raw profile type 8bim", "\n8bim\n 460\n3842494d0404")
    assert content_of(files, a_picture("png", pnginfo=chunks)).text == ""
