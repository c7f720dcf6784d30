from __future__ import annotations

import struct
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from domain.content import DatedBy, DateSource
from scanner.formats.picture_metadata import Line, Property, chunks_of, exif_of, iptc_of

EXIF, GPS = 0x8769, 0x8825


def opened(kind: str = "jpeg", **options) -> Image.Image:
    out = BytesIO()
    Image.new("RGB", (16, 16), "green").save(out, kind, **options)
    out.seek(0)
    return Image.open(out)


def with_exif(tags=(), inner=(), place=()) -> Image.Image:
    exif = Image.Exif()
    exif.update(tags)
    exif.get_ifd(EXIF).update(inner)
    exif.get_ifd(GPS).update(place)
    return opened(exif=exif)


def with_iptc(*datasets: tuple[int, bytes], before: bytes = b"", after: bytes = b"") -> Image.Image:
    block = before + b"".join(struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value for number, value in datasets)
    return with_iptc_block(block + after)


def with_iptc_block(block: bytes) -> Image.Image:
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + resource
    jpeg = opened().fp.getvalue()
    return Image.open(BytesIO(jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]))


def with_xmp(properties: str = "", elements: str = "") -> Image.Image:
    packet = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description {properties}>{elements}</rdf:Description></x:xmpmeta>'
    )
    return opened(xmp=packet.encode())


def lines(source) -> list[tuple[str, str]]:
    return [tuple(one) for one in source if isinstance(one, Line) and one.text]


def dates(source) -> list[DatedBy]:
    return [one for one in source if isinstance(one, DatedBy)]


def test_what_people_write_into_exif_is_read_in_whatever_encoding():
    picture = with_exif(
        {0x010E: b"The Example family", 0x013B: "Zoë Example".encode(), 0x9C9D: "Zoë".encode("utf-16-le")},
        {0x9286: b"UNICODE\0" + "Café".encode("utf-16"), 0xA430: "Ann Example"},
    )
    assert lines(exif_of(picture)) == [
        ("Description", "The Example family"),
        ("Artist", "Zoë Example"),
        ("Author", "Zoë"),
        ("Comment", "Café"),
        ("Owner", "Ann Example"),
    ]


def test_room_left_for_a_comment_is_none():
    assert lines(exif_of(with_exif(inner={0x9286: bytes(400)}))) == []


def test_the_camera_and_the_software_are_properties_and_not_text():
    picture = with_exif({0x010F: "Canon", 0x0110: "Canon EOS 40D", 0x0131: "Lightroom 9"})
    said = [*exif_of(picture)]
    assert said == [Property("camera", "Canon EOS 40D"), Property("application", "Lightroom 9")]
    assert Property("camera", "NIKON D3000") in [*exif_of(with_exif({0x010F: "NIKON", 0x0110: "D3000"}))]


def test_dates_of_exif_say_who_says_so():
    picture = with_exif({0x0132: "2019:03:05 10:00:00"}, {0x9003: "2019:03:04 09:00:00", 0x9004: "2019:03:06 09:00:00"})
    assert dates(exif_of(picture)) == [
        DatedBy(DateSource.TAKEN, date(2019, 3, 4)),
        DatedBy(DateSource.TAKEN, date(2019, 3, 6)),
        DatedBy(DateSource.MODIFIED, date(2019, 3, 5)),
    ]


@pytest.mark.parametrize(
    "stamp", ["0000:00:00 00:00:00", "2019:02:30 00:00:00", "    :  :     :  :  ", "1960:01:01 00:00:00", ""]
)
def test_a_clock_that_was_never_set_gives_no_date(stamp):
    assert dates(exif_of(with_exif(inner={0x9003: stamp}))) == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ({1: "N", 2: (51.0, 28.0, 36.84), 3: "W", 4: (0.0, 0.0, 1.8)}, "51.4769, -0.0005"),
        ({1: "S", 2: (33.0, 51.5, 0.0), 3: "E", 4: (151.0, 12.0, 0.0)}, "-33.8583, 151.2000"),
        ({1: "n", 2: (51.5, 0.0, 0.0), 3: "e", 4: (0.0, 0.0, 0.0)}, "51.5000, 0.0000"),
    ],
)
def test_the_place_a_picture_was_taken_is_a_line(place, line):
    assert ("GPS", line) in lines(exif_of(with_exif(place=place)))


@pytest.mark.parametrize(
    "place",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
        {1: "N", 2: (51.0, 0.0, 0.0), 3: "E", 4: (181.0, 0.0, 0.0)},
        {2: (51.0, 0.0, 0.0), 4: (1.0, 0.0, 0.0)},
        {1: "X", 2: (51.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
        {1: "N", 2: (51.0, 0.0, 0.0)},
        {1: "N", 2: (IFDRational(0, 0),) * 3, 3: "E", 4: (IFDRational(0, 0),) * 3},
        {1: "N", 3: "E"},
    ],
)
def test_what_is_no_place_on_earth_is_no_line(place):
    assert lines(exif_of(with_exif(place=place))) == []


def test_records_of_iptc_name_people_and_the_day():
    picture = with_iptc(
        (5, b"Fair"), (25, b"one"), (25, b"two"), (55, b"20190304"), (80, "Zoë".encode()), (122, b"Ann")
    )
    said = [*iptc_of(picture)]
    assert lines(said) == [
        ("Title", "Fair"),
        ("Keywords", "one"),
        ("Keywords", "two"),
        ("Artist", "Zoë"),
        ("Caption writer", "Ann"),
    ]
    assert dates(said) == [DatedBy(DateSource.TAKEN, date(2019, 3, 4))]


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"8BIM\x04\x04\0\0\0\0\0\x0d", b""), (b"", bytes(7)), (b"", b"\x1c\x02\x50\x00\xff"), (b"", b"\x1c\x02")],
)
def test_records_of_iptc_are_read_up_to_damage(before, after):
    assert ("Artist", "Ann") in lines(iptc_of(with_iptc((80, b"Ann"), before=before, after=after)))


def test_a_long_record_of_iptc_is_read():
    block = b"\x1c\x02\x78\x80\x04" + struct.pack(">I", 40_000) + b"x" * 40_000 + b"\x1c\x02\x50\0\x03Ann"
    assert lines(iptc_of(with_iptc_block(block))) == [("Caption", "x" * 40_000), ("Artist", "Ann")]


@pytest.mark.parametrize("kind", [1, 4])
def test_a_tiff_keeps_iptc_as_bytes_or_as_numbers(kind):
    block = b"\x1c\x02\x50\0\x03Ann"
    head = struct.pack("<HHII", 33723, kind, len(block) // kind, 0x1000)
    fixed = [
        (256, 3, 1, 1),
        (257, 3, 1, 1),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (279, 4, 1, 1),
    ]
    tags = b"".join(struct.pack("<HHII", *tag) for tag in fixed) + head
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 8) + tags + bytes(4)
    assert lines(iptc_of(Image.open(BytesIO(tiff.ljust(0x1000, b"\0") + block)))) == [("Artist", "Ann")]


def test_xmp_is_read_without_its_tags_and_with_what_people_write_into_them():
    picture = with_xmp(
        "xmpMM:ID='9434765919' crs:Name='Preset' mwg-rs:Name='Cy Example' photoshop:CaptionWriter=\"Ann &amp; Bob\"",
        "<dc:creator><rdf:li>Zoë O&apos;Example</rdf:li></dc:creator>",
    )
    assert lines(chunks_of(picture)) == [
        ("XMP", "Zoë O'Example"),
        ("Name", "Cy Example"),
        ("CaptionWriter", "Ann & Bob"),
    ]


def test_dates_and_the_place_in_xmp():
    picture = with_xmp(
        'xmp:CreateDate="2019-03-04T10:00:00" exif:GPSLatitude="51,28.614N" exif:GPSLongitude="0,0,2W"',
        "<xmp:ModifyDate>2019-03-05</xmp:ModifyDate><photoshop:DateCreated>2019-03-03</photoshop:DateCreated>",
    )
    said = [*chunks_of(picture)]
    assert ("GPS", "51.4769, -0.0006") in lines(said)
    assert dates(said) == [
        DatedBy(DateSource.CREATED, date(2019, 3, 4)),
        DatedBy(DateSource.MODIFIED, date(2019, 3, 5)),
        DatedBy(DateSource.TAKEN, date(2019, 3, 3)),
    ]


@pytest.mark.parametrize("piece", ["<", "dc:title=", 'dc:title="', "exif:GPSLatitude='", "&amp;", "xmp:CreateDate  "])
def test_absurd_xmp_is_read_in_one_pass(piece):
    packet = PngInfo()
    packet.add_itxt("XML:com.adobe.xmp", piece * (900_000 // len(piece)))
    assert all(len(line.text) < 1_000_000 for line in chunks_of(opened("png", pnginfo=packet)))


@pytest.mark.parametrize("stamp", ["2019:03:04 10:00:00", "2019-03-04T10:00", "Mon, 4 Mar 2019 10:00:00 GMT"])
def test_the_creation_time_of_a_png_is_a_date(stamp):
    chunks = PngInfo()
    chunks.add_text("Creation Time", stamp)
    assert [*chunks_of(opened("png", pnginfo=chunks))] == [DatedBy(DateSource.CREATED, date(2019, 3, 4))]


def test_comments_are_text_and_what_machines_wrote_is_not():
    chunks = PngInfo()
    chunks.add_text("Raw profile type 8bim", "\n8bim\n 460\n3842494d0404")
    chunks.add_text("Author", "Zoe Example")
    assert lines(chunks_of(opened("png", pnginfo=chunks))) == [("Author", "Zoe Example")]
    assert lines(chunks_of(opened("gif", comment="Zoë".encode()))) == [("Comment", "Zoë")]
    assert lines(chunks_of(opened("jpeg", comment=b"Zoe"))) == [("Comment", "Zoe")]
