from __future__ import annotations

import pytest
from mail_builders import (
    BINARY,
    OBJECT,
    a_compound,
    a_file_attached,
    a_message_attached,
    a_storage,
    a_tnef,
    an_object_attached,
    number,
    text,
    tnef_properties,
)

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.containers.mail import MailContainer
from scanner.containers.msg import MsgContainer
from scanner.containers.tnef import TnefContainer
from scanner.extractors.mail import MailExtractor
from scanner.formats.ole import open_ole

IID_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def parts_of(files, container, content: bytes, after: int = 0) -> dict[str, bytes | Problem]:
    with files.blob_of(content) as blob:
        return {part.name: part.problem or part.open().read() for part in container.parts(blob, after)}


def test_files_are_parts_under_their_long_names(files):
    attached = [a_file_attached("a.txt", b"small"), a_file_attached("Bericht über Ann.bin", bytes(range(256)) * 100)]
    whole = a_compound(a_storage({0x0037: text("x")}, attachments=attached))
    expected = {"a.txt": b"small", "Bericht über Ann.bin": bytes(range(256)) * 100}
    assert parts_of(files, MsgContainer(), whole) == expected
    assert parts_of(files, MsgContainer(), whole, after=1) == dict(list(expected.items())[1:])


def test_a_message_in_a_message_is_an_internet_message_with_attachments_of_its_own(files):
    inner = a_storage(
        {0x0037: text("Inner"), 0x1000: text("deep words")}, attachments=[a_file_attached("d.txt", b"d")], header=24
    )
    whole = a_compound(a_storage({0x0037: text("Outer")}, attachments=[a_message_attached(inner)]))
    ((name, content),) = parts_of(files, MsgContainer(), whole).items()
    assert name == "attachment-1"
    with files.blob_of(content) as blob:
        text_read = MailExtractor().extract(blob, "message/rfc822", 1000).text
        assert [part.name for part in MailContainer().parts(blob, 0)] == ["d.txt"]
    assert text_read == "Subject: Inner\n\ndeep words"


def test_an_object_becomes_a_compound_file_again(files):
    streams = {"WordDocument": b"w" * 9000, "\1CompObj": b"small", "ObjectPool": {"_1": {"inner": b"i" * 70}}}
    whole = a_compound(a_storage({0x0037: text("x")}, attachments=[an_object_attached(streams)]))
    (content,) = parts_of(files, MsgContainer(), whole).values()
    with files.blob_of(content) as blob:
        ole = open_ole(blob)
        assert ole.head("WordDocument", 10_000) == b"w" * 9000
        assert ole.head("\1CompObj") == b"small"
        pool = ole.children(ole.entries["OBJECTPOOL"])
        assert ole.read(ole.children(pool["_1"])["INNER"]) == b"i" * 70
        assert not ole.is_short()


def test_a_file_that_is_only_pointed_at_is_a_part_that_says_so(files):
    pointed = a_storage({0x3705: number(2), 0x370D: text("\\\\server\\share\\a.doc")}, header=8)
    gone = a_storage({0x3705: number(1), 0x3707: text("b.doc")}, header=8)
    whole = a_compound(a_storage({0x0037: text("x")}, attachments=[pointed, gone]))
    assert parts_of(files, MsgContainer(), whole) == {
        "a.doc": Problem(ProblemCode.PLACEHOLDER), "b.doc": Problem(ProblemCode.CORRUPT),
    }  # fmt: skip


def test_the_files_of_a_signed_message_are_its_parts(files):
    signed = (
        b"Content-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: application/pdf; name=a.pdf\n\nhello\n--s\n"
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--s--\n"
    )
    held = a_file_attached("smime.p7m", signed, x370E=text("multipart/signed"))
    whole = a_compound(a_storage({0x001A: text("IPM.Note.SMIME.MultipartSigned")}, attachments=[held]))
    assert parts_of(files, MsgContainer(), whole) == {"a.pdf": b"hello", "smime.p7s": b"x"}


def test_storages_that_lead_back_to_where_they_are_end(files):
    whole = bytearray(a_compound(a_storage({0x0037: text("x")}, attachments=[a_message_attached({"a": b"x"})])))
    at = whole.index("__substg1.0_3701000D".encode("utf-16-le"))
    # The object's child becomes that of the root: a message that is attached to itself.
    root = whole.index("Root Entry".encode("utf-16-le"))
    whole[at + 76 : at + 80] = whole[root + 76 : root + 80]
    (content,) = parts_of(files, MsgContainer(), bytes(whole)).values()
    assert b"x-muniment-problem: too-deep" in content


def a_winmail() -> bytes:
    nested = a_tnef([(0x00018004, b"Inner\0"), (0x0002800C, b"deep words\0")])
    return a_tnef([(0x00018004, b"Outer\0")], [
        (0x00069002, bytes(14)), (0x00018010, b"SHORT~1.TXT\0"), (0x0006800F, b"hello"),
        (0x00069005, tnef_properties({0x3707: text("A long name.txt"), 0x3705: number(1)})),
        (0x00069002, bytes(14)), (0x0006800F, b"second"), (0x00018010, b"b.txt\0"),
        (0x00069002, bytes(14)),
        (0x00069005, tnef_properties({0x3705: number(5), 0x3701: (OBJECT, IID_MESSAGE + nested)})),
        (0x00069002, bytes(14)),
        (0x00069005, tnef_properties({0x3707: text("c.bin"), 0x3701: (BINARY, b"third"), 0x3705: number(1)})),
        (0x00069002, bytes(14)),
        (0x00069005, tnef_properties({0x370D: text("\\\\server\\d.doc"), 0x3705: number(7)})),
    ])  # fmt: skip


def test_what_is_attached_in_a_winmail_is_a_part_under_its_long_name(files):
    found = parts_of(files, TnefContainer(), a_winmail())
    inner = found.pop("attachment-3")
    assert found == {
        "A long name.txt": b"hello", "b.txt": b"second", "c.bin": b"third", "d.doc": Problem(ProblemCode.PLACEHOLDER),
    }  # fmt: skip
    with files.blob_of(inner) as blob:
        assert MailExtractor().extract(blob, "message/rfc822", 1000).text == "Subject: Inner\n\ndeep words"


def test_a_winmail_cut_short_keeps_the_files_before_the_cut(files):
    whole = a_winmail()
    found = parts_of(files, TnefContainer(), whole[: whole.index(b"second") + 3])
    assert found == {"A long name.txt": b"hello", "attachment-2": b"sec"}


@pytest.mark.parametrize("container", [MsgContainer(), TnefContainer()])
def test_what_is_no_message_cannot_be_walked(files, container):
    with pytest.raises(ItemTroubleError) as caught:
        parts_of(files, container, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert caught.value.problem == Problem(ProblemCode.CORRUPT)
