from __future__ import annotations

import io
import os
import random
import struct
import tracemalloc
import warnings
import zipfile

import pytest

from scanner.blob import read_once
from scanner.formats.package import Handlers, PackageError, open_package, parse_xml, value_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def reason_of(read) -> str:
    with pytest.raises(PackageError) as caught:
        read()
    return caught.value.reason


def texts_of(xml: bytes, *, piece: int = 1 << 20) -> list[str]:
    """The text of every element "t", whatever its prefix."""
    found: list[str] = []
    texts: list[str] = []
    inside = []
    handlers = Handlers(
        {"t": lambda _: inside.append(1)},
        {"t": lambda: (inside.pop(), found.append("".join(texts)), texts.clear())},
        lambda text: texts.append(text) if inside else None,
    )
    parse_xml((xml[at : at + piece] for at in range(0, len(xml), piece)), lambda _: handlers)
    return found


def members_of(files, content: bytes):
    with files.blob_of(content) as blob:
        return open_package(blob).members


def test_a_member_is_found_by_its_name_whatever_its_case_and_slashes(files):
    with files.blob_of(files.a_zip({"word\\document.xml": b"one", "/docProps/App.xml": b"two"})) as blob:
        package = open_package(blob)
        assert package.names == ("word/document.xml", "docProps/App.xml")
        assert package.read(package.find("/Word/Document.XML")) == b"one"
        assert package.read(package.find("docprops/app.xml")) == b"two"
        assert package.find("word/styles.xml") is None


def test_members_of_one_name_are_all_there_and_each_is_itself(files):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for number in range(3):
            archive.writestr("same.xml", str(number))
    with files.blob_of(out.getvalue()) as blob:
        package = open_package(blob)
        assert [package.read(member) for member in package.members] == [b"0", b"1", b"2"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all" * 100, b"PK\x05\x06" + bytes(10)])
def test_what_is_no_zip_file_is_named_so(files, content):
    with files.blob_of(content) as blob:
        assert reason_of(lambda: open_package(blob)) == "not a zip"


def test_a_member_larger_than_the_limit_is_not_unpacked(files):
    with files.blob_of(files.a_zip({"a.xml": bytes(5_000_000)})) as blob:
        package = open_package(blob)
        assert reason_of(lambda: package.read(package.find("a.xml"), 4_999_999)) == "large part"
        assert len(package.read(package.find("a.xml"), 5_000_000)) == 5_000_000


def test_a_member_that_declares_less_than_it_holds_gives_no_more_and_is_damaged(files):
    archive = bytearray(files.a_zip({"a.xml": bytes(60_000_000)}))
    directory = archive.rfind(b"PK\x01\x02")
    struct.pack_into("<I", archive, directory + 24, 1000)
    with files.blob_of(bytes(archive)) as blob:
        package = open_package(blob)
        tracemalloc.start()
        assert reason_of(lambda: package.read(package.find("a.xml"))) == "false size"
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("size", [1_000, 2_000_000])
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_small_and_large_members_read_alike_and_damage_shows_in_both(files, size, packing):
    content, out = random.Random(3).randbytes(size), io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("größe.xml", content)
    whole = out.getvalue()
    with files.blob_of(whole) as blob:
        assert open_package(blob).read(open_package(blob).members[0]) == content
    at = 50 + size // 2
    for damaged in (
        whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :],
        whole.replace("größe".encode(), b"grasses", 1),
    ):
        with files.blob_of(damaged) as blob:
            package = open_package(blob)
            assert reason_of(lambda package=package: package.read(package.members[0])) == "broken member"


def test_members_that_overlap_count_each_by_what_it_declares(files):
    """Many entries of the directory that point at one member: none gives more than it says."""
    archive = files.a_zip({"a.xml": b"x" * 100_000})
    start, end = archive.rfind(b"PK\x01\x02"), archive.rfind(b"PK\x05\x06")
    entry, closing = archive[start:end], bytearray(archive[end:])
    struct.pack_into("<HHI", closing, 8, 50, 50, len(entry) * 50)
    with files.blob_of(archive[:start] + entry * 50 + bytes(closing)) as blob:
        package = open_package(blob)
        assert len(package.members) == 50
        assert sum(member.size for member in package.members) == 5_000_000


def test_a_directory_of_absurd_length_is_not_loaded(files):
    small = files.a_zip({"a.xml": b"x"})
    start, end = small.rfind(b"PK\x01\x02"), small.rfind(b"PK\x05\x06")
    count = 400_000
    entries = small[start:end] * count
    closing = bytearray(small[end:])
    struct.pack_into("<HHI", closing, 8, 0xFFFF, 0xFFFF, len(entries))
    with files.blob_of(small[:start] + entries + bytes(closing)) as blob:
        assert reason_of(lambda: open_package(blob)) == "many members"


def test_an_encrypted_member_is_named_so_and_its_sisters_are_read(files):
    archive = files.with_encrypted_flag(files.a_zip({"secret.xml": b"s", "open.xml": b"o"}), b"secret.xml")
    with files.blob_of(archive) as blob:
        package = open_package(blob)
        assert package.find("secret.xml").is_encrypted
        assert reason_of(lambda: package.read(package.find("secret.xml"))) == "encrypted"
        assert package.read(package.find("open.xml")) == b"o"


def test_a_packing_that_could_unpack_without_a_bound_is_refused(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.xml", bytes(1_000_000))
    with files.blob_of(out.getvalue()) as blob:
        package = open_package(blob)
        assert reason_of(lambda: package.read(package.find("a.xml"))) == "packing"


def test_damage_anywhere_is_an_answer_or_a_named_reason(files):
    whole = files.a_zip({"a.xml": os.urandom(60), "b/c.xml": b"<t>y</t>" * 40})
    for at in range(len(whole)):
        with files.blob_of(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]) as blob:
            try:
                package = open_package(blob)
                for member in package.members:
                    package.read(member, 1_000_000)
            except PackageError as error:
                assert error.reason  # noqa: PT017  or it is read


def test_names_of_elements_count_without_their_prefixes():
    assert texts_of(f'<w:a xmlns:w="{W}"><w:t>one</w:t><b:t xmlns:b="other">two</b:t><t>three</t></w:a>'.encode()) == [
        "one",
        "two",
        "three",
    ]
    assert value_of({"r:id": "rId1", "id": "7"}, "id") == "rId1"
    assert value_of({"w:val": "x"}, "val") == "x"
    assert value_of({"w:val": "x"}, "al") == ""


def test_a_part_that_nobody_wants_is_left_at_its_root():
    seen = []
    parse_xml([b"<a><broken"], seen.append)
    assert seen == ["a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_packages_may_have_are_read_however_they_are_cut_up(encoding):
    xml = '<?xml version="1.0"?><a><t>Zoë Example</t></a>'.encode(encoding)
    assert texts_of(xml, piece=3) == ["Zoë Example"]


def test_latin_1_is_read_where_it_is_declared_and_what_python_cannot_map_is_refused():
    assert texts_of('<?xml version="1.0" encoding="ISO-8859-1"?><t>Zoë</t>'.encode("latin-1")) == ["Zoë"]
    for name in ("shift_jis", "utf-7", "rot13", "nonsense", "zlib"):
        xml = f'<?xml version="1.0" encoding="{name}"?><t>x</t>'.encode()
        assert reason_of(lambda xml=xml: texts_of(xml)) == "encoding"


def test_what_stood_before_a_fault_has_been_read():
    found = []
    handlers = Handlers({}, {}, found.append)
    assert reason_of(lambda: parse_xml([b"<a><t>before</t><t>after</a>"], lambda _: handlers)) == "malformed"
    assert found == ["before", "after"]
    assert reason_of(lambda: texts_of(b"<a><t>cut")) == "malformed"
    assert reason_of(lambda: texts_of(b"")) == "malformed"


LAUGHS = b"<!DOCTYPE a [<!ENTITY l0 'ha'>%s]><a><t>&l9;</t></a>" % b"".join(
    b"<!ENTITY l%d '%s'>" % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)
QUADRATIC = b"<!DOCTYPE a [<!ENTITY q '%s'>]><a><t>%s</t></a>" % (b"q" * 100_000, b"&q;" * 10_000)
IN_ATTRIBUTE = LAUGHS.replace(b"<t>&l9;</t>", b"<t at='&l9;'/>")
OUTSIDE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a><t>&x;</t></a>"
PARAMETER = b"<!DOCTYPE a [<!ENTITY %% p SYSTEM 'file:///etc/hostname'>%%p;]><a/>" % ()
UNDECLARED = b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a><t>&x;</t></a>"


@pytest.mark.parametrize("xml", [LAUGHS, QUADRATIC, IN_ATTRIBUTE, OUTSIDE, PARAMETER, UNDECLARED])
def test_no_entity_is_expanded(xml):
    assert reason_of(lambda: texts_of(xml)) == "entities"


def test_a_document_type_alone_is_not_fetched_and_does_no_harm():
    assert texts_of(b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a><t>x &amp; y</t></a>") == ["x & y"]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"<a>" * 100_000, "too deep"),
        (b"<a><b " + b"c='x' " * 2_000_000, "long tag"),
        (b"<a><!--" + b"x" * 12_000_000, "long tag"),
        (b"<a>" + b"".join(b"<a%d/>" % number for number in range(100_000)), "many names"),
    ],
)
def test_what_would_grow_without_a_bound_is_ended(xml, reason):
    assert reason_of(lambda: texts_of(xml)) == reason


def test_nine_thousand_levels_are_no_trouble():
    assert texts_of(b"<a>" * 9_000 + b"<t>deep</t>" + b"</a>" * 9_000) == ["deep"]


def test_a_long_text_without_a_tag_is_whole():
    assert texts_of(b"<t>%s</t>" % (b"x" * 20_000_000)) == ["x" * 20_000_000]


def test_random_bytes_in_xml_are_malformed_or_read():
    source = f'<w:a xmlns:w="{W}"><w:t at="1">one &amp; two</w:t><!-- no --><w:t>three</w:t></w:a>'.encode()
    for seed in range(2_000):
        chance = random.Random(seed)
        damaged = bytearray(source)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            texts_of(bytes(damaged), piece=chance.randint(1, 90))
        except PackageError as error:
            assert error.reason in {"malformed", "entities", "encoding"}  # noqa: PT017  or it is read


def test_the_text_before_damage_in_the_middle_of_a_member_is_handed_over(files):
    archive = files.a_zip({"a.xml": b"<a><t>before</t>" + random.Random(1).randbytes(300_000).hex().encode() + b"</a>"})
    found = []
    handlers = Handlers({}, {}, found.append)
    with files.blob_of(archive[:100_000] + bytes(100) + archive[100_100:]) as blob:
        package = open_package(blob)
        assert reason_of(lambda: package.parse(package.find("a.xml"), lambda _: handlers)) == "broken member"
    assert found[0] == "before"
    assert sum(map(len, found)) > 50_000


def test_a_package_is_read_from_a_spooled_blob_too(files, monkeypatch):
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    with read_once(io.BytesIO(files.a_zip({"a.xml": b"<t>x</t>"})), 1000) as blob:
        assert blob.path is not None
        assert open_package(blob).read(open_package(blob).find("a.xml")) == b"<t>x</t>"
