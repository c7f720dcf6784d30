from __future__ import annotations

import struct
from datetime import date

import pytest
from PIL import ExifTags, Image

from domain.content import DatedBy, DateSource
from domain.errors import Problem, ProblemCode
from scanner.extractors import extractor_for
from scanner.extractors.heif import HeifExtractor
from scanner.media import media_type

UNSUPPORTED, CORRUPT = Problem(ProblemCode.UNSUPPORTED), Problem(ProblemCode.CORRUPT)
PACKET = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><dc:title>The family</dc:title></rdf:RDF></x:xmpmeta>"


def a_box(kind: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">L", 8 + len(body)) + kind + body


def an_entry(item: int, kind: bytes, what: bytes = b"") -> bytes:
    return a_box(b"infe", b"\2\0\0\0", struct.pack(">HH", item, 0), kind, b"\0", what)


def a_heic(exif: bytes, *, in_idat: bool = False, brand: bytes = b"heic", extents: int = 1) -> bytes:
    """A picture without pixels: item 1 is its EXIF, item 2 a packet of XMP, behind it or in the box of metadata."""
    blocks = [b"\0\0\0\0" + exif, PACKET]

    def built(start: int) -> bytes:
        places, at = [], start
        for number, block in enumerate(blocks, 1):
            extent = struct.pack(">LL", at, len(block))
            places.append(struct.pack(">HHHH", number, in_idat, 0, extents) + extent * extents)
            at += len(block)
        locations = a_box(b"iloc", b"\1\0\0\0", b"\x44\0", struct.pack(">H", 2), *places)
        entries = an_entry(1, b"Exif"), an_entry(2, b"mime", b"application/rdf+xml\0")
        items = a_box(b"iinf", b"\0\0\0\0", struct.pack(">H", 2), *entries)
        inside = a_box(b"idat", *blocks) if in_idat else b""
        meta = a_box(b"meta", b"\0\0\0\0", a_box(b"hdlr", bytes(20)), items, locations, inside)
        return a_box(b"ftyp", brand, b"\0\0\0\0mif1") + meta

    start = 0 if in_idat else len(built(0)) + 8
    return built(start) + a_box(b"mdat", *blocks)


def an_exif() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Zoe Example"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2019:03:04 10:15:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (51.0, 28.0, 30.0), 3: "W", 4: (0.0, 27.0, 0.0)})
    return exif.tobytes().removeprefix(b"Exif\0\0")


def content_of(files, content: bytes, limit: int = 10_000):
    with files.blob_of(content) as blob:
        return HeifExtractor().extract(blob, media_type(blob, "IMG_0001.heic"), limit)


@pytest.mark.parametrize("in_idat", [False, True])
def test_who_when_and_where_is_read_of_a_picture_of_a_telephone(files, in_idat):
    content = content_of(files, a_heic(an_exif(), in_idat=in_idat))
    assert content.text == "Artist: Zoe Example\nGPS: 51.4750, -0.4500\nXMP: The family\n"
    assert content.dates == (DatedBy(DateSource.TAKEN, date(2019, 3, 4)),)
    assert (content.pending, content.problem) == (("ocr",), UNSUPPORTED)


def test_the_block_may_say_again_what_it_is(files):
    assert "Zoe Example" in content_of(files, a_heic(b"Exif\0\0" + an_exif())).text


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1"])
def test_every_brand_has_this_reader(files, brand):
    with files.blob_of(a_heic(an_exif(), brand=brand)) as blob:
        kind = media_type(blob, "IMG_0001.heic")
        assert "Zoe" in extractor_for(kind).extract(blob, kind, 1000).text


@pytest.mark.parametrize("kept", [12, 30, 60, 110])
def test_one_that_is_cut_short_within_its_metadata_is_corrupt(files, kept):
    assert content_of(files, a_heic(an_exif())[:kept]).problem == CORRUPT


def test_damage_in_one_block_costs_no_other(files):
    assert content_of(files, a_heic(b"II*\0\xff\xff\xff\xff")).text == "XMP: The family\n"


def test_pieces_that_are_the_same_bytes_again_and_again_are_bounded(files):
    large = a_heic(an_exif() + bytes(100_000), extents=60_000)
    assert content_of(files, large).problem in (UNSUPPORTED, CORRUPT)
