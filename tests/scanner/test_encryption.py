from __future__ import annotations

import struct

import pytest

from scanner.encryption import declares_encryption, is_encrypted
from scanner.media import media_type


def verdicts(files, content: bytes, name: str = "x") -> tuple[bool, bool]:
    """Whether it is surely encrypted, and whether it says so."""
    with files.blob_of(content) as blob:
        kind = media_type(blob, name)
        return is_encrypted(blob, kind), declares_encryption(blob, kind)


@pytest.mark.parametrize("make", ["a_docx", "an_xlsx", "a_pptx", "an_odt", "a_pdf", "a_jpeg"])
def test_what_is_not_encrypted_is_not_taken_for_it(files, make):
    assert verdicts(files, getattr(files, make)()) == (False, False)


@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_pdf_says_so_but_only_the_attempt_tells_whether_it_opens(files, password):
    assert verdicts(files, files.a_pdf("hello", password=password)) == (False, True)


def test_a_pdf_that_only_speaks_of_encryption_is_not_encrypted(files):
    assert verdicts(files, files.a_pdf("/Encrypt or not")) == (False, False)


def test_a_zip_is_encrypted_where_every_member_is(files):
    archive = files.a_zip({"a.txt": b"a", "b.txt": b"b"})
    assert verdicts(files, files.with_encrypted_flag(archive)) == (True, True)
    assert verdicts(files, files.with_encrypted_flag(archive, b"a.txt")) == (False, False)
    assert verdicts(files, files.a_zip({})) == (False, False)
    with_folder = files.a_zip({"folder/": b"", "folder/a.txt": b"a"})
    assert verdicts(files, files.with_encrypted_flag(with_folder, b"folder/a")) == (True, True)


def test_an_opendocument_is_encrypted_where_its_manifest_says_so(files):
    manifest = b'<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    members = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"}
    assert verdicts(files, files.a_zip(members | {"META-INF/manifest.xml": manifest})) == (True, True)
    assert verdicts(files, files.a_zip(members | {"META-INF/manifest.xml": b"<manifest/>"})) == (False, False)


def test_an_encrypted_word_document_has_its_flag_set(files):
    def with_flags(flags: int) -> bytes:
        return files.an_ole({"WordDocument": (b"\xec\xa5" + bytes(8) + struct.pack("<H", flags)).ljust(5000, b"\0")})

    assert verdicts(files, with_flags(0x0100)) == (True, True)
    assert verdicts(files, with_flags(0xFEFF)) == (False, False)


def test_an_encrypted_workbook_says_so_but_may_open_with_the_password_that_everybody_knows(files):
    start = struct.pack("<HH", 0x809, 4) + b"\0\6\5\0"
    filepass = struct.pack("<HH", 0x2F, 6) + bytes(6)
    assert verdicts(files, files.an_ole({"Workbook": (start + filepass).ljust(5000, b"\0")})) == (False, True)
    assert verdicts(files, files.an_ole({"Workbook": (start + filepass).ljust(500, b"\0")})) == (False, True)
    decoy = start + struct.pack("<HH", 0x1, 10) + filepass
    assert verdicts(files, files.an_ole({"Workbook": decoy.ljust(5000, b"\0")})) == (False, False)


def test_an_encrypted_presentation_is_told_by_its_current_user(files):
    def with_token(token: bytes) -> bytes:
        return files.an_ole({"PowerPoint Document": b"x" * 5000, "Current User": bytes(12) + token + bytes(30)})

    assert verdicts(files, with_token(b"\xdf\xc4\xd1\xf3")) == (True, True)
    assert verdicts(files, with_token(b"\x5f\xc0\x91\xe3")) == (False, False)


def test_a_protected_office_package_says_so(files):
    assert verdicts(files, files.an_ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x" * 5000})) == (False, True)


def test_a_7z_with_an_encrypted_header_names_its_cipher(files):
    def with_header(header: bytes) -> bytes:
        start = struct.pack("<QQI", 10, len(header), 0)
        return b"7z\xbc\xaf\x27\x1c\0\4" + bytes(4) + start + bytes(10) + header

    assert verdicts(files, with_header(b"\x17\x06\x06\xf1\x07\x01\x12")) == (True, True)
    assert verdicts(files, with_header(b"\x17\x06\x03\x03\x01\x01\x12")) == (False, False)
    # A header that is not packed names the cipher of the files, and the files as well.
    assert verdicts(files, with_header(b"\x01\x04\x06\x06\xf1\x07\x01\x12")) == (False, False)
    assert verdicts(files, b"7z\xbc\xaf\x27\x1c\0\4" + b"\xff" * 24) == (False, False)


def test_rar_archives_of_either_generation_with_encrypted_headers(files):
    assert verdicts(files, b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\x21\x04\x00" + bytes(20)) == (True, True)
    assert verdicts(files, b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\x0d\x01\x05" + bytes(20)) == (False, False)
    assert verdicts(files, b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\xa1\x01\x04\x00" + bytes(20)) == (True, True)
    assert verdicts(files, b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\x0d\x01\x04" + bytes(20)) == (False, False)
    assert verdicts(files, b"Rar!\x1a\x07\x00\xce\x99\x73\x80\x00" + bytes(20)) == (True, True)
    assert verdicts(files, b"Rar!\x1a\x07\x00\xcf\x90\x73\x00\x00" + bytes(20)) == (False, False)


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x',
        "application/pkcs7-mime; smime-type=enveloped-data",
    ],
)
def test_of_an_encrypted_message_the_header_is_in_the_clear_so_its_reader_says_the_rest(files, content_type):
    message = f"From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: {content_type}\n\nbody\n"
    assert verdicts(files, message.encode()) == (False, False)


def test_a_pgp_message_is_encrypted(files):
    assert verdicts(files, b"-----BEGIN PGP MESSAGE-----\n\nhQEM") == (True, True)
