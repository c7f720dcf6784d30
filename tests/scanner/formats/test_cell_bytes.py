from __future__ import annotations

import random

import pytest

from scanner.formats.cell_bytes import KEY, Held, held_in, text_in

OTHER = bytes(number for number in range(256) if not 32 <= number < 127)
PAGE = b"<html><p>" + b"Dear Zoe " * 9
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.mark.parametrize(
    ("content", "held"),
    [
        (b"Dear Zoe", Held.TEXT),
        ("Zoë".encode(), Held.TEXT),
        ("Dear Zoë".encode("cp1252"), Held.TEXT),
        ("Dear Zoë".encode("utf-16-le"), Held.TEXT),
        ("Анна Иванова".encode(), Held.TEXT),
        (b'{"a": 1}', Held.TEXT),
        (PICTURE, Held.FILE),
        (b"", Held.NOTHING),
        (bytes(4096), Held.NOTHING),
        (b"GP\0\1" + OTHER, Held.NOTHING),
        (OTHER[:KEY], Held.KEY),
        (PICTURE[:KEY], Held.KEY),
        (OTHER[: KEY + 1], Held.OTHER),
    ],
)
def test_bytes_in_a_cell_are_told_apart(content, held):
    assert held_in(content) is held


def test_a_page_is_a_file_where_files_are_parts_and_else_text():
    assert (held_in(PAGE), held_in(PAGE, are_parts=True)) == (Held.TEXT, Held.FILE)
    assert held_in(PAGE[:KEY], are_parts=True) is Held.TEXT


def test_hashes_are_hardly_ever_text():
    chance = random.Random(7)
    found = [held_in(chance.randbytes(length)) for length in (16, 20, 32, 64) for _ in range(300)]
    assert found.count(Held.TEXT) < len(found) / 100


def test_of_what_is_neither_the_words_are_given():
    wide = "Ann Example".encode("utf-16-le")
    content = OTHER + "Zoë Example".encode() + OTHER + wide + OTHER
    assert text_in(content, Held.OTHER) == "Zoë Example Ann Example"
    assert text_in(PICTURE, Held.FILE) == ""
