from __future__ import annotations

from email.message import EmailMessage

import pytest

from domain.errors import ProblemCode
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


def test_of_alternatives_the_plain_one_is_read_unless_it_is_blank(files):
    message = EmailMessage()
    message.set_content("plain words")
    message.add_alternative("<p>rich words</p>", subtype="html")
    text = content_of(files, message.as_bytes()).text
    assert "plain words" in text
    assert "rich words" not in text
    blank = EmailMessage()
    blank.set_content(" \n")
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
