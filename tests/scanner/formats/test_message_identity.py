"""One message is known in whichever mailbox and form it lies; and never by its Message-ID alone."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from scanner.containers.mbox import MboxContainer
from scanner.extractors.mail import HEADERS
from scanner.formats.mapi import Attachment, Message, Properties, Property
from scanner.formats.mapi_mail import as_mail
from scanner.formats.message_identity import PEOPLE, WORDS, message_digest
from scanner.formats.mime import parse_bytes
from scanner.message import message_of

PDF = b"%PDF-1.4 " + bytes(range(256)) * 4


def a_message(**changed: str) -> EmailMessage:
    facts = {
        "From": "Ivy Thornbury <ivy@council.example>", "To": "Jo Marsh <jo@council.example>, duty@council.example",
        "Subject": "Minutes of the duty team", "Date": "Mon, 04 Mar 2019 09:30:00 +0000",
        "Message-ID": "<1552.ivy@council.example>",
    }  # fmt: skip
    message = EmailMessage()
    for name, value in (facts | {key.replace("_", "-"): value for key, value in changed.items()}).items():
        if value and name != "body":
            message[name] = value
    message.set_content(changed.get("body", "Dear Jo,\n\nthe café closes at five.  \nIvy\n"), cte="quoted-printable")
    message.add_attachment(PDF, "application", "pdf", filename="minutes.pdf")
    return message


def digest(raw: bytes) -> bytes | None:
    return message_digest(parse_bytes(raw))


def of(**changed: str) -> bytes | None:
    return digest(a_message(**changed).as_bytes())


SAME = of()

TRANSPORT = (
    b"Return-Path: <ivy@council.example>\r\nDelivered-To: jo@council.example\r\n"
    b"Received: from a.example (10.0.0.1)\r\n\tby b.example; Mon, 4 Mar 2019 09:30:04 +0000\r\nX-Spam: no\r\n"
)


def test_every_header_that_is_searched_tells_messages_apart_but_the_one_that_each_mailbox_writes():
    assert {*PEOPLE, *WORDS} == {*HEADERS} - {"Delivered-To"}


@pytest.mark.parametrize(
    "copy",
    [
        TRANSPORT + a_message().as_bytes(policy=SMTP),
        a_message().as_bytes().replace(b"\n", b"\r\n"),
        a_message().as_bytes() + b"\n\n",
        a_message(Date="Mon, 04 Mar 2019 10:30:00 +0100").as_bytes(),
        a_message(Message_ID="  <1552.ivy@council.example>").as_bytes(),
        a_message(To='duty@council.example, "Jo Marsh" <jo@council.example>').as_bytes(),
        a_message(Thread_Topic="Minutes of the duty team").as_bytes(),
    ],
    ids=["transport", "line ends", "blank lines", "zone", "blanks", "order", "topic"],
)
def test_what_servers_and_mailboxes_change_does_not_matter(copy):
    assert digest(copy) == SAME is not None


def test_nor_does_the_way_it_was_written_down_for_transfer():
    other = EmailMessage()
    for name, value in a_message().items():
        if not name.lower().startswith(("content-", "mime-")):
            other[name] = value
    other.set_content("Dear Jo,\n\nthe café closes at five.\nIvy\n", charset="latin-1", cte="base64")
    other.add_attachment(PDF, "application", "pdf", filename="minutes.pdf")
    other.set_boundary("another")
    assert digest(other.as_bytes(policy=default)) == SAME


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "Dear Jo, your NI number is AB 12 34 56 C."},
        {"Subject": "Minutes of another team"},
        {"From": "Owen Vale <ivy@council.example>"},
        {"Bcc": "secret@council.example"},
        {"Message_ID": "<1553.ivy@council.example>"},
        {"Date": "Mon, 04 Mar 2019 09:30:01 +0000"},
        {"Thread_Topic": "Something else"},
    ],
    ids=["body", "subject", "sender", "blind copy", "id", "date", "topic"],
)
def test_another_body_another_person_or_another_word_is_another_message(changed):
    assert of(**changed) not in (SAME, None)


def test_so_is_another_attachment_another_name_of_one_and_one_that_is_text_elsewhere():
    raw = a_message().as_bytes()
    assert digest(raw.replace(b"minutes.pdf", b"accounts.pdf")) not in (SAME, None)
    assert digest(raw.replace(b"JVBER", b"JVBES")) not in (SAME, None)
    assert digest(raw.replace(b"Content-Disposition: attachment", b"Content-Disposition: inline")) == SAME


def test_without_a_message_id_nothing_is_said():
    assert of(Message_ID="") is None
    assert digest(a_message().as_bytes().replace(b"<1552.ivy@council.example>", b"<>")) is None


def test_a_message_past_a_limit_of_structure_is_not_compared():
    deep = b"Message-ID: <a@b>\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth) for depth in range(60)
    )
    assert digest(deep) is None


def test_a_message_in_an_mbox_is_the_same(files):
    mailbox = b"From ivy@council.example Mon Mar  4 09:30:00 2019\n" + a_message().as_bytes() + b"\n"
    with files.blob_of(mailbox) as blob:
        (part,) = MboxContainer().parts(blob, 0)
        assert digest(part.open().read()) == SAME


def text(value: str) -> Property:
    return Property(0x1F, (value.encode("utf-16-le"),))


def of_outlook(**changed: str) -> Message:
    """As Outlook keeps what it received: the headers as they came, the body and what is attached as properties."""
    sent = a_message(**changed)
    headers = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    content, attached = sent.iter_parts()
    properties = {0x7D: text(headers), 0x1000: text(content.get_content().replace("\n", "\r\n")), 0x37: text("Minutes")}
    file = Attachment(
        Properties({0x3707: text("minutes.pdf"), 0x370E: text("application/pdf")}),
        content=lambda: attached.get_payload(decode=True),
    )
    return Message(Properties({0x1A: text("IPM.Note"), **properties}), (), (file,))


def test_a_message_in_an_outlook_store_is_the_same_where_outlook_kept_headers_and_body():
    assert digest(as_mail(of_outlook())) == SAME
    assert digest(as_mail(of_outlook(body="Other words."))) not in (SAME, None)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/related", "application/mbox", "application/pdf"])
def test_what_is_no_message_is_none(files, kind):
    with files.blob_of(a_message().as_bytes()) as blob:
        assert message_of(blob, kind) is None
        assert message_of(blob, "message/rfc822") == SAME
