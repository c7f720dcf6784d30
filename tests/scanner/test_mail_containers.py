from __future__ import annotations

from email.message import EmailMessage

import pytest

from domain.errors import ItemTroubleError, ProblemCode
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer

FROM = "From ann@example.org Mon Jan  1 10:00:00 2024\n"


def attachments(files, message: bytes) -> dict[str, bytes]:
    with files.blob_of(message) as blob:
        return {part.name: part.open().read() for part in MailContainer().parts(blob, 0)}


def messages(files, mailbox: str) -> list[str]:
    with files.blob_of(mailbox.encode()) as blob:
        return [part.open().read().decode() for part in MboxContainer().parts(blob, 0)]


def a_message() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Files"
    message.set_content("see below")
    return message


def test_what_is_attached_is_a_part_and_the_body_is_not(files):
    message = a_message()
    message.add_attachment(b"one", "application", "octet-stream", filename="caf\u00e9.bin")
    message.add_attachment("two", filename="two.txt")
    assert attachments(files, message.as_bytes()) == {"caf\u00e9.bin": b"one", "two.txt": b"two\n"}
    assert attachments(files, a_message().as_bytes()) == {}


def test_unnamed_attachments_are_called_after_their_place_and_double_names_are_told_apart(files):
    message = a_message()
    for content in (b"one", b"two"):
        message.add_attachment(content, "image", "png")
    for content in (b"three", b"four"):
        message.add_attachment(content, "image", "png", filename="image.png")
    assert attachments(files, message.as_bytes()) == {
        "attachment-1": b"one", "attachment-2": b"two", "image.png": b"three", "image.png (2)": b"four",
    }  # fmt: skip


def test_a_message_in_a_message_is_a_part_with_its_own_attachments_in_it(files):
    inner = a_message()
    inner.add_attachment(b"deep", "application", "octet-stream", filename="deep.bin")
    outer = a_message()
    outer.add_attachment(inner)
    (nested,) = attachments(files, outer.as_bytes()).values()
    assert attachments(files, nested) == {"deep.bin": b"deep"}


def test_a_message_that_is_nothing_but_a_file_has_it_as_its_part(files):
    message = b"Subject: scan\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n"
    assert attachments(files, message) == {"attachment-1": b"hello"}


def test_an_encoded_name_is_read_as_people_see_it(files):
    message = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/x\n"
        b'Content-Disposition: attachment; filename="=?utf-8?q?caf=C3=A9.pdf?="\n\nx\n--b--\n'
    )
    assert list(attachments(files, message)) == ["caf\u00e9.pdf"]


def test_a_message_nested_beyond_reason_is_too_deep(files):
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    with pytest.raises(ItemTroubleError) as caught:
        attachments(files, nested.encode())
    assert caught.value.problem.code is ProblemCode.TOO_DEEP


def test_a_mailbox_is_its_messages_without_their_from_lines(files):
    found = messages(files, FROM + "Subject: one\n\nfirst\n\n" + FROM + "Subject: two\n\nsecond\n")
    assert found == ["Subject: one\n\nfirst\n\n", "Subject: two\n\nsecond\n"]


def test_windows_line_ends_make_no_difference(files):
    mailbox = (FROM + "Subject: one\n\nfirst\n\n" + FROM + "Subject: two\n\nsecond\n").replace("\n", "\r\n")
    assert [message.split("\r\n")[0] for message in messages(files, mailbox)] == ["Subject: one", "Subject: two"]


def test_a_quoted_from_line_is_unquoted_by_one(files):
    (message,) = messages(files, FROM + "Subject: one\n\n>From here on\n>>From there on\n> From me\n")
    assert message == "Subject: one\n\nFrom here on\n>From there on\n> From me\n"


@pytest.mark.parametrize(
    "body",
    ["From here on the road is closed.\nNote: no access.\n", "From 10:00 until 2024\nno header follows\n",
     "x\nFrom the desk of Ann:\nSubject: rates\n"],
)  # fmt: skip
def test_a_sentence_that_begins_with_from_does_not_start_a_message(files, body):
    assert len(messages(files, FROM + "Subject: one\n\n" + body + "\n" + FROM + "Subject: two\n\n")) == 2


@pytest.mark.parametrize("line", ["From -\n", "From nobody\n", "From \n", "From ann@example.org\n"])
def test_a_malformed_from_line_after_a_blank_one_still_starts_a_message(files, line):
    assert len(messages(files, line + "Subject: one\n\nfirst\n\n" + line + "Subject: two\n\nsecond\n")) == 2


def test_no_byte_of_a_mailbox_is_lost_whatever_is_in_it(files):
    mailbox = (
        "no from line\n\nFrom \n" + FROM + FROM + "Subject: x\n" + "From\n" * 50 + FROM + "To: y\n" + "z" * 200_000
    )
    assert "".join(messages(files, mailbox)).replace("\n", "").endswith("z" * 200_000)
    kept = sum(map(len, messages(files, mailbox)))
    with files.blob_of(mailbox.encode()) as blob:
        starts = len(list(MboxContainer().parts(blob, 0)))
    assert len(mailbox) - kept <= starts * len(FROM)


def test_a_mark_that_lies_across_two_blocks_is_found(files, monkeypatch):
    one = FROM + "Subject: one\n\n"
    two = FROM + "Subject: two\n\n"
    monkeypatch.setattr("scanner.containers.mbox.MIB", 64)
    for filler in range(150):
        assert len(messages(files, one + "x" * filler + "\n\n" + two)) == 2


def test_a_message_is_named_by_its_offset_which_stays_while_the_mailbox_grows(files):
    mailbox = FROM + "Subject: one\n\nfirst\n\n" + FROM + "Subject: two\n\nsecond\n\n"
    with files.blob_of(mailbox.encode()) as blob:
        names = [part.name for part in MboxContainer().parts(blob, 0)]
    with files.blob_of((mailbox + FROM + "Subject: three\n\n").encode()) as blob:
        grown = [part.name for part in MboxContainer().parts(blob, 0)]
    assert grown[:2] == names == ["message-at-0", f"message-at-{mailbox.rindex('From ')}"]
