from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest

from scanner.blob import read_once
from scanner.damage import is_damaged

SOUND = {"word/document.xml": b"<x>Dear Ann</x>" * 500, "word/styles.xml": b"<x/>"}


def damaged(files, content: bytes) -> bool:
    with files.blob_of(content) as blob:
        return is_damaged(blob)


def test_a_sound_package_is_not_damaged_nor_is_one_with_a_member_that_cannot_be_unpacked_here(files):
    sound = files.a_zip(SOUND)
    assert not damaged(files, sound)
    assert not damaged(files, files.with_encrypted_flag(sound, b"word/styles.xml"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_package_that_ends_early_is_damaged(files, share):
    sound = files.a_zip(SOUND)
    assert damaged(files, sound[: int(len(sound) * share)])


def test_a_changed_byte_of_a_member_is_damage():
    assert damaged_behind(b"")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_pdf_that_ends_early_is_damaged_and_a_padded_one_is_not(files, share):
    sound = files.a_pdf(*["a page"] * 50)
    assert not damaged(files, sound)
    assert not damaged(files, sound + bytes(10_000) + b"\r\n\x1a")
    assert damaged(files, sound[: int(len(sound) * share)])


def test_of_other_kinds_nothing_is_said(files):
    assert not damaged(files, b"Dear Ann")
    assert not damaged(files, b"")


def test_whatever_is_changed_nothing_but_an_answer_comes_out(files):
    sound = files.a_zip(SOUND)
    chance = random.Random(1)
    answers = []
    for _ in range(300):
        content = bytearray(sound)
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        answers.append(damaged(files, bytes(content)))
    assert answers.count(True) > 150


def test_no_more_than_a_part_of_a_bomb_is_unpacked(monkeypatch):
    monkeypatch.setattr("scanner.damage._CHECKED", 1000)
    assert not damaged_behind(bytes(10_000_000))


def damaged_behind(first: bytes) -> bool:
    """Whether a package is seen to be damaged that has a changed byte in what comes behind a first member."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", first, zipfile.ZIP_DEFLATED)
        archive.writestr("b", b"Dear Ann", zipfile.ZIP_STORED)
    content = out.getvalue().replace(b"Dear Ann", b"Dear Bea", 1)
    with read_once(BytesIO(content), 1_000_000) as blob:
        return is_damaged(blob)
