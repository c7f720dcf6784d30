from __future__ import annotations

from datetime import date
from random import Random

import pytest
from mail_builders import (
    APPOINTMENT,
    BINARY,
    PUBLIC,
    STRING8,
    a_compound,
    a_file_attached,
    a_storage,
    a_tnef,
    moment,
    names,
    number,
    packed_rtf,
    text,
    tnef_properties,
)

from domain.content import DatedBy, DateSource
from domain.errors import Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.msg import MSG, TNEF, MsgExtractor

SENT, RECEIVED = moment(2024, 1, 1, 10), moment(2024, 1, 2)
PEOPLE = (
    {0x3001: text("Ann Example"), 0x39FE: text("ann@example.org"), 0x0C15: number(1)},
    {0x3001: text("Bob Example"), 0x3003: text("/O=COUNCIL/CN=RECIPIENTS/CN=BEXAMPLE"), 0x0C15: number(2)},
    {0x3001: text("Cy Example"), 0x3003: text("cy@example.org"), 0x0C15: number(3)},
)
MESSAGE = {
    0x0037: text("Rates"), 0x0042: text("Zoë Example"), 0x5D02: text("zoe@example.org"), 0x1000: text("The panel met."),
    0x0039: SENT, 0x0E06: RECEIVED,
}  # fmt: skip


def extracted(files, tree: dict[str, object], limit: int = 100_000):
    with files.blob_of(a_compound(tree)) as blob:
        return MsgExtractor().extract(blob, MSG, limit)


def test_subject_people_dates_and_body_are_read(files):
    content = extracted(files, a_storage(MESSAGE, PEOPLE))
    assert content.text == (
        "From: Zoë Example <zoe@example.org>\nTo: Ann Example <ann@example.org>\n"
        "Cc: Bob Example </O=COUNCIL/CN=RECIPIENTS/CN=BEXAMPLE>\nBcc: Cy Example <cy@example.org>\nSubject: Rates\n"
        "\nThe panel met."
    )
    assert content.dates == (
        DatedBy(DateSource.SENT, date(2024, 1, 1)),
        DatedBy(DateSource.RECEIVED, date(2024, 1, 2)),
    )
    assert content.properties == {"title": "Rates", "author": "Zoë Example <zoe@example.org>"}
    assert (content.problem, content.reader) == (None, "msg")


@pytest.mark.parametrize(
    ("pages", "content"),
    [
        ({}, "Zoë".encode("cp1252")),
        ({0x3FFD: number(932)}, "山田 Zoe".encode("cp932")),
        ({0x3FDE: number(950)}, "格式 Zoe".encode("cp950")),
        ({0x3FDE: number(65001)}, "Zoë".encode()),
        ({0x3FFD: number(99999)}, "Zoë".encode("cp1252")),
    ],
)
def test_strings_of_eight_bits_are_read_by_their_code_page(files, pages, content):
    body = extracted(files, a_storage({0x0037: (STRING8, content), 0x1000: (STRING8, b"x"), **pages})).text
    assert body.splitlines()[0].split()[1] in ("Zoë", "山田", "格式")


def test_of_mark_up_and_plain_text_each_says_what_the_other_does_not(files):
    mark_up = (BINARY, '<meta charset="cp1252"><p>The panel met.<p>Ring Zoë'.encode("cp1252"))
    text_read = extracted(files, a_storage({**MESSAGE, 0x1013: mark_up})).text
    assert text_read.count("The panel met.") == 1
    assert "Ring Zoë" in text_read


@pytest.mark.parametrize(
    "rtf",
    [
        rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\par hidden\htmlrtf0 The panel {\*\htmltag84 <b>}met}",
        rb"{\rtf1\ansi\fromtext The panel\~met}",
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard The panel {\b met}\par}",
    ],
)
def test_a_body_that_is_rich_text_alone_is_read(files, rtf):
    storage = a_storage({0x0037: text("Rates"), 0x1009: (BINARY, packed_rtf(rtf))})
    words = extracted(files, storage).text.split()
    assert words == ["Subject:", "Rates", "The", "panel", "met"]


def test_what_people_write_about_appointments_and_contacts_is_the_place_properties(files):
    contact = {
        0x0037: text("Jo Example"), 0x3A08: text("01632 960001"), 0x3A42: moment(1970, 2, 3), 0x3A16: text("Fence Co"),
        0x8000: text("Room 4"), 0x8001: text("QQ 12 34 56 C"), 0x8002: text("5f2b7c1e-0000-0000-0000-0123456789ab"),
        0x8003: text("IPM.Note"),
    }  # fmt: skip
    named = names((APPOINTMENT, 0x8208), (PUBLIC, "NI number"), (PUBLIC, "Id"), (APPOINTMENT, 0x8299))
    content = extracted(files, a_storage(contact) | {"__nameid_version1.0": named})
    assert content.place_at(content.text.index("Room 4")) == "properties"
    assert content.text.partition("\n\n")[2].splitlines() == [
        "Business telephone: 01632 960001", "Company: Fence Co", "Birthday: 1970-02-03", "Location: Room 4",
        "NI number: QQ 12 34 56 C",
    ]  # fmt: skip


def test_the_headers_that_came_with_it_are_read_before_what_was_made_of_them(files):
    came = (
        "Microsoft Mail Internet Headers Version 2.0\r\nFrom: Jo Example\r\n <jo@example.org>\r\n"
        "Reply-To: desk@example.org\r\n"
    )
    lines = extracted(files, a_storage({**MESSAGE, 0x007D: text(came)})).text.splitlines()
    assert lines[:3] == ["From: Jo Example <jo@example.org>", "Reply-To: desk@example.org", "Subject: Rates"]


def test_a_protected_message_says_that_it_is_encrypted(files):
    content = extracted(files, a_storage(MESSAGE, attachments=[a_file_attached("message.rpmsg", b"x")]))
    assert (content.problem, "The panel met." in content.text) == (Problem(ProblemCode.ENCRYPTED), True)


def test_what_is_signed_in_one_attachment_is_the_body(files):
    signed = b"Content-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: text/plain\n\nSigned words\n--s--\n"
    held = a_file_attached("smime.p7m", signed, x370E=text("multipart/signed"))
    message = {0x001A: text("IPM.Note.SMIME.MultipartSigned"), 0x0037: text("Rates")}
    assert "Signed words" in extracted(files, a_storage(message, attachments=[held])).text


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ({}, "no message"),
        ({"WordDocument": b"x" * 5000}, "no message"),
        (a_storage({}), "no text"),
        (a_storage({0x1009: (BINARY, b"no rich text at all")}), "no text"),
    ],
)
def test_one_that_holds_no_message_or_nothing_to_read_is_left_to_the_full_reader(files, tree, reason):
    with pytest.raises(EscalateError) as caught:
        extracted(files, tree)
    assert caught.value.reason == reason


def test_rich_text_that_cannot_be_unpacked_is_said(files):
    content = extracted(files, a_storage({0x0037: text("Rates"), 0x1009: (BINARY, b"no rich text at all")}))
    assert (content.text.strip(), content.problem) == ("Subject: Rates", Problem(ProblemCode.CORRUPT))


def problem_of(files, content: bytes, kind: str) -> Problem | None:
    with files.blob_of(content) as blob:
        try:
            return MsgExtractor().extract(blob, kind, 100_000).problem
        except EscalateError as escalation:
            return (escalation.content and escalation.content.problem) or Problem(ProblemCode.CORRUPT)


def test_one_cut_short_gives_what_there_is_of_it_and_says_so(files):
    whole = a_compound(a_storage(MESSAGE, PEOPLE, [a_file_attached("a.bin", bytes(100_000))]))
    assert problem_of(files, whole, MSG) is None
    for length in range(0, len(whole) - 1000, 3000):
        assert problem_of(files, whole[:length], MSG) == Problem(ProblemCode.CORRUPT)
    with files.blob_of(whole[:-50_000]) as blob:
        assert "The panel met." in MsgExtractor().extract(blob, MSG, 1000).text


@pytest.mark.parametrize("seed", range(4))
def test_one_cut_or_flipped_anywhere_is_read_or_named(files, seed):
    chance = Random(seed)
    tree = a_storage(MESSAGE, PEOPLE, [a_file_attached("a.txt", b"x" * 6000)])
    whole = a_compound(tree | {"__nameid_version1.0": names((PUBLIC, "x"))})
    for _ in range(40):
        broken = bytearray(whole)
        if chance.random() < 0.3:
            del broken[chance.randrange(len(broken)) :]
        for _ in range(chance.choice([1, 20]) if broken else 0):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        problem = problem_of(files, bytes(broken), MSG)
        assert problem in (None, Problem(ProblemCode.CORRUPT))


def the_attributes_of_a_winmail() -> list[tuple[int, bytes]]:
    properties = tnef_properties({
        0x1009: (BINARY, packed_rtf(rb"{\rtf1 The panel met.}")), 0x3A08: text("01632 960001"),
    })  # fmt: skip
    ann = {0x3001: text("Ann Example"), 0x39FE: text("ann@example.org"), 0x0C15: number(1)}
    sender = b"Zo\xeb Example\0"
    return [
        (0x00069007, b"\xe4\4\0\0\0\0\0\0"),
        (0x00018004, b"Rates\0"),
        (0x00008000, bytes([4, 0, 40, 0, len(sender), 0, 21, 0]) + sender + b"SMTP:zoe@example.org\0"),
        (0x00038005, b"".join(value.to_bytes(2, "little") for value in (2024, 1, 1, 10, 0, 0, 1))),
        (0x00069004, b"\1\0\0\0" + tnef_properties(ann)),
        (0x00069003, properties),
    ]


def test_the_message_in_a_winmail_is_read(files):
    with files.blob_of(a_tnef(the_attributes_of_a_winmail())) as blob:
        content = MsgExtractor().extract(blob, TNEF, 10_000)
    assert content.text == (
        "From: Zoë Example <zoe@example.org>\nTo: Ann Example <ann@example.org>\nSubject: Rates\n"
        "\nThe panel met.\nBusiness telephone: 01632 960001\n"
    )
    assert content.dates == (DatedBy(DateSource.SENT, date(2024, 1, 1)),)
    assert (content.problem, content.reader) == (None, "tnef")


def test_a_winmail_cut_within_an_attribute_gives_what_there_is_of_it_and_says_so(files):
    attributes = the_attributes_of_a_winmail()
    whole = a_tnef(attributes)
    ends = {len(a_tnef(attributes[:count])) for count in range(len(attributes))}
    for length in set(range(0, len(whole), 7)) - ends:
        assert problem_of(files, whole[:length], TNEF) == Problem(ProblemCode.CORRUPT), length
    assert problem_of(files, b"x" + whole, TNEF) == Problem(ProblemCode.CORRUPT)
    with files.blob_of(whole[:-20]) as blob:
        assert "The panel met." in MsgExtractor().extract(blob, TNEF, 10_000).text
