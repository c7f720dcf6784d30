from __future__ import annotations

from base64 import b64encode
from email.message import EmailMessage
from io import BytesIO, RawIOBase

import pytest

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob, read_once
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer
from scanner.extractors.mail import MailExtractor
from scanner.media import media_type


def a_signed(content: bytes) -> bytes:
    """Signed data (RFC 5652) without a signature, in the indefinite lengths that streaming writers use."""

    def element(tag: int, *inner: bytes) -> bytes:
        body = b"".join(inner)
        return bytes([tag, 0x82]) + len(body).to_bytes(2, "big") + body

    halves = (element(0x04, half) for half in (content[:100], content[100:]))
    octets = b"\x24\x80" + b"".join(halves) + b"\0\0"
    inner = b"\x30\x80" + bytes.fromhex("06092a864886f70d010701") + b"\xa0\x80" + octets + b"\0\0\0\0"
    data = b"\x30\x80" + b"\x02\x01\x01" + element(0x31) + inner + element(0x31) + b"\0\0"
    return b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80" + data + b"\0\0\0\0"


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


def test_a_message_in_a_message_is_byte_for_byte_what_was_sent(files):
    inner = b"Subject:   odd\r\n  folding\r\nX: \xff\r\n\r\nbody\r\n"
    outer = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    assert attachments(files, outer + b"\r\n--b--\r\n") == {"attachment-1.eml": inner}
    digest = b"Content-Type: multipart/digest; boundary=b\n\n--b\n\n" + inner + b"\n--b--\n"
    assert attachments(files, digest) == {"attachment-1.eml": inner}


def test_a_file_that_stands_uuencoded_in_a_body_is_attached(files):
    body = "See:\n\nbegin 644 caf\u00e9 list.txt\n)2&5L;&\\@06YN\n`\nend\n\nbegin again\n"
    assert attachments(files, f"Subject: x\n\n{body}".encode()) == {"caf\u00e9 list.txt": b"Hello Ann"}
    assert attachments(files, b"Subject: x\n\nbegin 644 days of summer\nNo file at all\n") == {}


@pytest.mark.parametrize("disposition", ["inline", "attachment; filename=a.txt", "x-odd; filename=a.txt", ";;;"])
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "text/html", "text/calendar", "application/pdf", "message/rfc822", "message/news", "image",
     "multipart/mixed", "multipart/mixed; boundary=never", "application/pkcs7-mime", "nonsense", "text/rtf", ""],
)  # fmt: skip
def test_every_leaf_is_a_body_or_attached_and_none_is_lost(files, kind, disposition):
    part = f"Content-Type: {kind}\nContent-Disposition: {disposition}\n\nSubject: the words of this leaf\n\nthe words\n"
    message = f"Subject: x\nContent-Type: multipart/related; boundary=b\n\n--b\n{part}--b--\n".encode()
    with files.blob_of(message) as blob:
        text = MailExtractor().extract(blob, "message/rfc822", 10_000).text
    attached = b"".join(attachments(files, message).values()).decode()
    assert ("the words of this leaf" in text) + ("the words of this leaf" in attached) == 1


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.pdf", "café.pdf"),
        ("Content-Disposition: attachment; filename*0*=utf-8''caf%C3; filename*1*=%A9; filename*2=.pdf", "café.pdf"),
        ("Content-Disposition: attachment; filename*1=.pdf; filename*0=scan", "scan.pdf"),
        ("Content-Type: application/x; name*=iso-8859-1'en'caf%E9.pdf", "café.pdf"),
        ('Content-Type: application/x; name="=?iso-8859-1?q?caf=E9?= =?utf-8?b?LnBkZg==?="', "café.pdf"),
        ('Content-Type: application/x; name="a;b.pdf"', "a;b.pdf"),
        ('Content-Type: application/x; name="a.pdf', "a.pdf"),
        ('Content-Type: application/x;\n\tname="C:\\temp\\a \\"x\\".pdf"', 'C:\\temp\\a "x".pdf'),
        ("Content-Type: application/x; name=caf\udce9.pdf", "café.pdf"),
    ],
)
def test_a_name_is_read_however_it_is_written(files, headers, expected):
    message = f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{headers}\n\nx\n--b--\n"
    assert list(attachments(files, message.encode("utf-8", "surrogateescape"))) == [expected]


def test_what_is_signed_is_the_message_and_its_attachments_are_parts(files):
    inner = a_message()
    inner.add_attachment(b"deep", "application", "octet-stream", filename="deep.bin")
    signed = a_signed(inner.as_bytes())
    message = b"Subject: x\nContent-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n"
    assert attachments(files, message + b64encode(signed)) == {"deep.bin": b"deep"}
    with files.blob_of(message + b64encode(signed)) as blob:
        content = MailExtractor().extract(blob, "message/rfc822", 10_000)
    assert ("see below" in content.text, content.problem) == (True, None)


def test_what_is_encrypted_is_a_part_of_its_own_too(files):
    message = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx"
    assert list(attachments(files, message)) == ["smime.p7m"]


def test_a_large_attachment_is_decoded_a_piece_at_a_time(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.mime._PIECE", 1001)
    content = bytes(range(256)) * 100
    message = a_message()
    message.add_attachment(content, "application", "octet-stream", filename="a.bin")
    message.add_attachment("é=" * 5000, filename="b.txt", cte="quoted-printable")
    assert attachments(files, message.as_bytes()) == {"a.bin": content, "b.txt": ("é=" * 5000 + "\n").encode()}


def test_what_a_reader_of_ours_could_not_read_is_a_part_with_that_problem(files):
    message = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: a/b\nX-Muniment-Problem: corrupt\n\n\n--b--\n"
    )
    with files.blob_of(message.encode()) as blob:
        (part,) = MailContainer().parts(blob, 0)
    assert part.problem == Problem(ProblemCode.CORRUPT)


def test_a_message_nested_beyond_reason_is_too_deep(files):
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    with pytest.raises(ItemTroubleError) as caught:
        attachments(files, nested.encode())
    assert caught.value.problem.code is ProblemCode.TOO_DEEP


@pytest.mark.parametrize("name", ["1700000000.M1P2.host:2,S", "cur/1700000000.V801I2M3.host:2,", "1"])
def test_a_message_of_a_maildir_is_told_by_its_headers(files, name):
    message = b"Return-Path: <ann@example.org>\nFrom: ann@example.org\nSubject: rates\n\nHello\n"
    with files.blob_of(message) as blob:
        assert media_type(blob, name) == "message/rfc822"


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
    assert grown[:2] == names == ["message-at-0.eml", f"message-at-{mailbox.rindex('From ')}.eml"]


def test_a_message_with_hardly_a_header_is_a_message_all_the_same(files):
    with files.blob_of((FROM + "Comments: one\n\n<p>words</p>\n").encode()) as blob:
        (part,) = MboxContainer().parts(blob, 0)
        with part.open() as file, read_once(file, 1000) as message:
            assert media_type(message, part.name) == "message/rfc822"


class _Counted(BytesIO):
    """Counts what is read from it."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        content = super().read(size)
        self.taken += len(content)
        return content


def test_a_mailbox_of_twenty_thousand_messages_is_walked_in_one_go():
    content = "".join(f"{FROM}Subject: {number}\n\nwords\n\n" for number in range(20_000)).encode()
    file = _Counted(content)
    parts = list(MboxContainer().parts(Blob(file, len(content), b""), 0))
    assert len(parts) == 20_000
    assert file.taken < 2 * len(content) + 20_000 * 4096
    assert sum(part.size for part in parts) == len(content)
    with parts[-1].open() as last:
        assert last.read() == b"Subject: 19999\n\nwords\n\n"


class _EndlessLine(RawIOBase):
    """A file of a gigabyte that is one line."""

    block = b"x" * 1024 * 1024

    def __init__(self) -> None:
        self.size, self.at, self.most = 1024**3, 0, 0

    def seek(self, at: int, whence: int = 0) -> int:
        self.at = at
        return at

    def read(self, size: int = -1) -> bytes:
        self.most = max(self.most, size)
        taken = min(size, self.size - self.at, len(self.block))
        self.at += taken
        return self.block[:taken]


def test_a_mailbox_of_a_gigabyte_on_one_line_is_never_held_whole():
    file = _EndlessLine()
    (part,) = MboxContainer().parts(Blob(file, file.size, b""), 0)
    assert part.size == 1024**3
    assert file.most <= 1024 * 1024


def test_a_quoted_from_line_is_unquoted_wherever_a_piece_ends(files, monkeypatch):
    for length in range(1, 60):
        monkeypatch.setattr("scanner.containers.mbox._PIECE", max(length, len(FROM)))
        (message,) = messages(files, FROM + "Subject: one\n\n" + "x" * length + "\n>From here\n" * 5 + "end >From\n")
        assert message.count("\nFrom here") == 5
        assert message.endswith("end >From\n")
