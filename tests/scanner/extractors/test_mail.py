from __future__ import annotations

from base64 import b64encode
from datetime import date
from email.message import EmailMessage
from random import Random

import pytest

from domain.content import DatedBy, DateSource
from domain.errors import Problem, ProblemCode
from scanner.extractors.mail import MailExtractor, html_text


def content_of(files, message: bytes | str, limit: int = 5_000_000):
    with files.blob_of(message.encode() if isinstance(message, str) else message) as blob:
        return MailExtractor().extract(blob, "message/rfc822", limit)


def test_headers_that_name_people_are_read_decoded_and_the_machines_talk_is_not(files):
    content = content_of(
        files,
        "Received: from 10.0.0.1\nFrom: =?utf-8?q?Zo=C3=AB?= Example <zoe@example.org>\nTo: ann@example.org,\n"
        " bob@example.org\nSubject: =?iso-8859-1?B?Q2Fm6Q==?= =?utf-8?q?_today?=\n\nHello\n",
    )
    assert content.text == (
        "From: Zoë Example <zoe@example.org>\nTo: ann@example.org, bob@example.org\nSubject: Café today\n\nHello\n"
    )
    assert [content.place_at(content.text.index(word)) for word in ("Café", "Hello")] == ["headers", "body"]


def test_where_no_program_wrote_the_header_all_of_it_is_read(files):
    memo = "From: Ann\nTo: Bob\nSubject: Zoe Example\nDate: Tuesday\nNHS-No: 943 476 5919\n\nSee me.\n"
    for written, is_read in ((memo, True), ("Message-ID: <1@example.org>\n" + memo, False)):
        text = content_of(files, written).text
        assert ("Nhs-No: 943 476 5919" in text, "See me." in text) == (is_read, True)


def test_of_alternatives_the_plain_one_is_read_and_of_the_rich_one_only_what_it_alone_says(files):
    message = EmailMessage()
    message.set_content("The panel meets on Tuesday.\n")
    message.add_alternative("<p>The panel meets on Tuesday.</p><p>Ring 01632 960001</p>", subtype="html")
    text = content_of(files, message.as_bytes()).text
    assert text.count("The panel meets") == 1
    assert "Ring 01632 960001" in text
    for plain in (" \n", "Your reader cannot show this message.\n"):
        blank = EmailMessage()
        blank.set_content(plain)
        blank.add_alternative("<p>rich words</p>", subtype="html")
        assert "rich words" in content_of(files, blank.as_bytes()).text


def test_every_inline_text_is_read_and_attached_text_is_left_to_the_container(files):
    message = EmailMessage()
    message.set_content("first")
    message.add_attachment("second", disposition="inline")
    message.add_attachment("third", filename="third.txt")
    text = content_of(files, message.as_bytes()).text
    assert "first" in text
    assert "second" in text
    assert "third" not in text


def test_html_is_read_as_people_see_it():
    markup = (
        "<html><head><style>p {color: red}</style></head><body><p>Jo&nbsp;Example<br>12&amp;14 High St"
        "<table><tr><td>a<td>b</table><a href='mailto:jo@example.org'>write</a><script>var x = 1</script>"
    )
    text = html_text(markup)
    assert [word for word in text.split() if word] == [
        "Jo", "Example", "12&14", "High", "St", "a", "b", "jo@example.org", "write",
    ]  # fmt: skip


@pytest.mark.parametrize("markup", ["<script>kept", "<style>kept", "<![bogus[ kept", "<!kept", "<p kept", "kept<"])
def test_no_text_is_lost_to_broken_html(markup):
    assert "kept" in html_text(markup + " kept")


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: text/plain; charset=no-such-charset",
        "Content-Type: text/plain; charset=utf-16",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: x-uuencode",
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=\"never\"",
        "Content-Type: ;;;===",
        "Content-Type: text/plain; charset*0*=utf-8''%",
        "Content-Disposition: inline; filename*=utf-9''%ZZ",
        "To: " + ", ".join(f"p{number}@example.org" for number in range(20_000)),
        "Subject: " + "x" * 1_000_000,
        "Subject: =?utf-8?b?not base64 at all?=",
        "Subject: caf\udce9",
        "\n".join(f"X-H{number}: {number}" for number in range(10_000)),
        "no header at all",
        "Bcc:" + ",\n".join(f" p{number}@example.org" for number in range(50_000)),
        "Cc:" + "\n".join(f" =?utf-8?q?p{number}?=" for number in range(50_000)),
        "Content-Type: text/plain" + ";" * 200_000,
        "Content-Type: text/plain" + ';a="' * 100_000,
        "Content-Type: text/plain; name=" + "*0*=x;" * 100_000,
        "Subject: " + "=?" * 500_000,
        "Subject: " + "=?x?q?" * 100_000,
        "Date: " + "1 " * 100_000,
        "X-Blank: 1" + "\n " * 200_000,
    ],
    ids=lambda headers: headers[:40],
)  # fmt: skip
def test_absurd_headers_never_cost_the_message(files, headers):
    message = f"From: ann@example.org\n{headers}\n\nThe body is here.\n".encode("utf-8", "surrogateescape")
    text = content_of(files, message).text
    assert "ann@example.org" in text
    assert "The body is here." in text or "base64" in headers or "filename" in headers


def test_a_body_that_is_not_base64_after_all_is_not_lost(files):
    content = content_of(files, "From: ann@example.org\nContent-Transfer-Encoding: base64\n\nThe body is here.\n")
    assert len(content.text) > len("From: ann@example.org\n\n")


def test_a_message_nested_beyond_reason_gives_what_it_can_and_says_so(files):
    levels = 3000
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels))
    content = content_of(files, "From: ann@example.org\n" + nested + "\nthe innermost words\n")
    assert content.problem.code is ProblemCode.TOO_DEEP
    assert "ann@example.org" in content.text
    assert "the innermost words" in content.text


@pytest.mark.parametrize(
    "before",
    ["\r\n\r\n", "From ann@example.org Mon Jan  1 10:00:00 2024\n", "\ufeff", "1795\n", ">From x\n", "\n \nFrom x\n"],
)
def test_what_mailboxes_and_editors_put_before_the_header_does_not_hide_it(files, before):
    content = content_of(files, before + "Subject: rates\nTo: ann@example.org\n\nHello\n")
    assert content.text == "To: ann@example.org\nSubject: rates\n\nHello\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_message_that_an_editor_saved_as_utf_16_is_read(files, encoding):
    content = content_of(files, "Subject: rates\nTo: Zoë Example <zoe@example.org>\n\nHello Zoë\n".encode(encoding))
    assert "To: Zoë Example <zoe@example.org>\nSubject: rates\n" in content.text
    assert "Hello Zoë" in content.text


def test_the_line_ends_of_old_macs_are_line_ends(files):
    message = "Subject: rates\rContent-Type: multipart/mixed; boundary=b\r\r--b\r\rone\r--b\r\rtwo\r--b--\r"
    assert content_of(files, message).text.split() == ["Subject:", "rates", "one", "two"]


def test_a_line_amid_the_header_that_is_no_field_does_not_end_it_where_fields_go_on(files):
    message = "Subject: rates\nsome gateway broke this line\nContent-Transfer-Encoding: base64\n\nSGVsbG8gQW5u\n"
    assert "Hello Ann" in content_of(files, message).text


def test_a_body_right_behind_the_header_is_not_taken_for_a_header(files):
    assert "Hello Bob,\nNote: bring cake" in content_of(files, "Subject: x\nHello Bob,\nNote: bring cake\n").text


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("", "frontier"),
        ("; boundary=other", "frontier"),
        ('; boundary="never', "frontier"),
        ("; boundary=frontier", "frontier"),
    ],
)
def test_parts_are_told_apart_whatever_the_header_says_of_their_boundary(files, declared, used):
    parts = "".join(f"--{used}\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{word}\n"
                    for word in ("T25lIHdvcmQ=", "VHdvIHdvcmRz"))  # fmt: skip
    text = content_of(files, f"Subject: x\nContent-Type: multipart/mixed{declared}\n\n{parts}").text
    assert "One word" in text
    assert "Two words" in text


def test_what_stands_before_and_behind_the_parts_is_read_too(files):
    message = (
        "Content-Type: multipart/mixed; boundary=b\n\nDear Ann, the file:\n--b\n\ninside\n--b--\nYours, Jo\n"
        "--b\n\nand one more\n"
    )
    text = content_of(files, message).text
    assert [word for word in ("Dear Ann", "inside", "Yours, Jo", "one more") if word not in text] == []


def test_every_kind_of_text_leaf_is_a_body(files):
    kinds = (
        "text/calendar",
        "message/delivery-status",
        "text/rfc822-headers",
        "message/partial; id=x; number=1",
        "message/external-body; access-type=local-file",
        "text/csv",
        "text/x-unheard-of",
    )
    parts = "".join(f"--b\nContent-Type: {kind}\n\nword{number}\n" for number, kind in enumerate(kinds))
    text = content_of(files, f"Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n").text
    assert [f"word{number}" in text for number in range(len(kinds))] == [True] * len(kinds)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ("text/plain; charset=iso-8859-1", "Zoë".encode(), "Zoë"),
        ("text/plain; charset=utf-8", "Zoë".encode("cp1252"), "Zoë"),
        ("text/plain; charset=iso-8859-1", b"Zo\xeb \x80 5", "Zoë \u20ac 5"),
        ("text/plain; charset=gb2312", "张伟".encode("gb18030"), "张伟"),
        ("text/plain; charset=iso-2022-jp", "山田".encode("iso2022_jp"), "山田"),
        ("text/plain; charset=x-koi8-r", "Иван".encode("koi8-r"), "Иван"),
        ("text/plain; charset=zlib", b"Zoe", "Zoe"),
        ("text/html", '<meta charset="iso-8859-2"><p>Łukasz'.encode("iso-8859-2"), "Łukasz"),
        ("text/html; charset=utf-16", b"<p>Zoe", "Zoe"),
    ],
)
def test_charsets_are_believed_unless_they_lie(files, headers, body, expected):
    assert expected in content_of(files, f"Content-Type: {headers}\n\n".encode() + body).text


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("base64", "SGVsbG8g\n!!!\nQW5u\n", "Hello Ann"),
        ("base64", "SGVsbG8=\nIEFubg==\n", "Hello Ann"),
        (
            "base64",
            "SGVsbG8gQW5uLg==\n_____\nThe list: http://lists.example.org\n",
            "The list: http://lists.example.org",
        ),
        ("base64", "Not base64 after all, dear Ann.\n", "Not base64 after all, dear Ann."),
        ("quoted-printable", "Hello=20A=\r\nnn =C3=A9 =ZZ\n", "Hello Ann é =ZZ"),
        ("x-unknown", "Hello Ann\n", "Hello Ann"),
        ("x-uuencode", "begin 644 a.txt\n)2&5L;&\\@06YN\n`\nend\n", "Hello Ann"),
        ('"Base64 "', "SGVsbG8gQW5u\n", "Hello Ann"),
    ],
)
def test_what_was_written_down_for_transfer_is_undone(files, encoding, body, expected):
    message = f"Subject: x\nContent-Transfer-Encoding: {encoding}\n\n{body}"
    assert expected in content_of(files, message).text


def test_dates_and_properties_are_those_of_the_header(files):
    content = content_of(
        files,
        "Received: from a by b; Wed, 3 Jan 2024 23:59:00 -0500\nReceived: from c by a; Tue, 2 Jan 2024 10:00:00 +0000\n"
        "From: Zoë Example <zoe@example.org>\nSubject: rates\nDate: Mon, 1 Jan 2024 10:00:00 +0000 (GMT)\n\nHello\n",
    )
    assert content.dates == (
        DatedBy(DateSource.SENT, date(2024, 1, 1)),
        DatedBy(DateSource.RECEIVED, date(2024, 1, 3)),
    )
    assert content.properties == {"title": "rates", "author": "Zoë Example <zoe@example.org>"}
    assert content.reader == "mail"


@pytest.mark.parametrize(
    "value", ["", "soon", "Mon, 99 Foo 2024", "1 Jan 1903 10:00", "1 Jan 9999 10:00", "31 Feb 2024"]
)
def test_a_date_that_is_none_or_not_to_be_believed_is_left_out(files, value):
    assert content_of(files, f"Date: {value}\n\nHello\n").dates == ()


@pytest.mark.parametrize(
    "header",
    [
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
        "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        "application/x-pkcs7-mime; smime-type=authEnveloped-data",
    ],
)
def test_of_an_encrypted_message_the_headers_are_read_and_it_says_so(files, header):
    parts = ("pgp-encrypted\n\nVersion: 1", "octet-stream\n\nx")
    body = "".join(f"--b\nContent-Type: application/{part}\n" for part in parts) + "--b--\n"
    content = content_of(files, f"From: ann@example.org\nSubject: rates\nContent-Type: {header}\n\n{body}")
    assert content.text == "From: ann@example.org\nSubject: rates\n"
    assert content.problem == Problem(ProblemCode.ENCRYPTED)


def test_a_block_of_pgp_in_a_body_is_left_out_and_the_message_says_so(files):
    body = "Hello Ann\n-----BEGIN PGP MESSAGE-----\n\nhQEMA9999000011112222\n-----END PGP MESSAGE-----\nYours, Jo\n"
    content = content_of(files, f"Subject: x\n\n{body}")
    assert content.text == "Subject: x\n\nHello Ann\n\nYours, Jo\n"
    assert content.problem == Problem(ProblemCode.ENCRYPTED)
    spoken_of = content_of(files, "Subject: x\n\nIt began with -----BEGIN PGP MESSAGE----- and I was lost.\n")
    assert (spoken_of.problem, "I was lost" in spoken_of.text) == (None, True)


def test_a_message_under_rights_management_says_that_it_is_encrypted(files):
    message = EmailMessage()
    message.set_content("This message is protected.")
    message.add_attachment(b"x", "application", "x-microsoft-rpmsg-message", filename="message.rpmsg")
    assert content_of(files, message.as_bytes()).problem == Problem(ProblemCode.ENCRYPTED)


def test_a_text_past_the_limit_is_cut_and_says_so_however_it_is_written(files):
    for encoding, body in (
        ("8bit", b"x" * 60_000),
        ("base64", b64encode(b"x" * 60_000)),
        ("quoted-printable", b"=78" * 60_000),
    ):
        content = content_of(files, f"Content-Transfer-Encoding: {encoding}\n\n".encode() + body, limit=1000)
        assert (len(content.text), content.problem) == (1000, Problem(ProblemCode.LIMIT, "text"))


def test_more_headers_than_anybody_needs_are_text_as_they_stand_and_the_message_says_so(files):
    headers = "From: ann@example.org\n" + "".join(f"X-H{number}: y\n" for number in range(100_100))
    content = content_of(files, headers + "\nThe body is here.\n")
    assert "ann@example.org" in content.text
    assert "The body is here." in content.text
    assert content.problem == Problem(ProblemCode.LIMIT, "headers")


def test_more_parts_than_anybody_needs_are_read_as_one_and_the_message_says_so(files):
    content = content_of(
        files, "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n\n" * 20_100 + "the last words"
    )
    assert "the last words" in content.text
    assert content.problem == Problem(ProblemCode.LIMIT, "parts")


@pytest.mark.parametrize("seed", range(5))
def test_a_message_cut_or_flipped_anywhere_is_still_read(files, seed):
    chance = Random(seed)
    message = EmailMessage()
    message["Subject"] = "Café"
    message.set_content("The panel met. Zoë chaired.\n" * 20)
    message.add_alternative("<p>The panel met</p>" * 20, subtype="html")
    message.add_attachment(b"x" * 500, "application", "pdf", filename="a.pdf")
    for _ in range(60):
        broken = bytearray(message.as_bytes())
        del broken[chance.randrange(len(broken)) :]
        for _ in range(5 if broken else 0):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        assert content_of(files, bytes(broken)).problem in (None, Problem(ProblemCode.LIMIT, "headers"))


@pytest.mark.parametrize(
    "stated",
    [
        "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b",
        "Content-Type: (by us) multipart/mixed (so); boundary=b",
    ],
)
def test_a_type_that_is_stated_twice_or_behind_a_comment_does_not_hide_the_parts(files, stated):
    words = b64encode(b"The words are here.").decode()
    message = f"Subject: rates\n{stated}\n\n--b\nContent-Transfer-Encoding: (so) base64\n\n{words}\n--b--\n"
    assert content_of(files, message).text.split("\n")[-1] == "The words are here."


def test_a_text_that_flows_is_read_in_the_lines_it_was_written_in(files):
    message = (
        "Subject: rates\nContent-Type: text/plain; format=Flowed; delsp=Yes\n\nwrite to zoe.exam \nple@example.org\n"
    )
    assert "zoe.example@example.org" in content_of(files, message).text


def test_an_invitation_is_read_with_its_lines_whole(files):
    message = EmailMessage()
    message.set_content("See below")
    message.add_alternative("BEGIN:VCALENDAR\nATTENDEE:mailto:zoe@exam\n ple.org\nEND:VCALENDAR\n", subtype="calendar")
    text = content_of(files, message.as_bytes()).text
    assert "mailto:zoe@example.org" in text
    assert "below\n" in text
