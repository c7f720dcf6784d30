from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ProblemCode
from scanner.decoding import decoded, encoding_of
from scanner.extractors.plain import PlainExtractor

WORDS = "Zoë Example, 12 High Street, “Hightown”\r\nand on\r"


def text_of(files, content: bytes, limit: int = 1000):
    with files.blob_of(content) as blob:
        return PlainExtractor().extract(blob, "text/plain", limit)


@given(st.text())
def test_valid_utf_8_comes_out_exactly_as_it_stands(text):
    content = text.encode()
    assert encoding_of(content) != "utf-8" or decoded(content) == text


@given(st.binary())
def test_any_bytes_give_text_without_lone_surrogates(content):
    decoded(content).encode("utf-8")


def test_line_ends_stay_and_a_byte_order_mark_counts_as_a_character(files):
    assert text_of(files, codecs.BOM_UTF8 + b"a\r\nb\rc\n").text == "\ufeffa\r\nb\rc\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_words_are_the_same_in_any_encoding(files, encoding):
    assert text_of(files, WORDS.encode(encoding)).text.lstrip("\ufeff") == WORDS


def test_one_stray_byte_does_not_spoil_the_rest_of_a_utf_8_file(files):
    assert text_of(files, "Zoë ".encode() + "Zoë".encode("cp1252") + " Zoë".encode()).text == "Zoë Zoë Zoë"


def test_bytes_that_windows_leaves_open_are_still_characters(files):
    assert text_of(files, b"a\x81b\x9d").text == "a\x81b\x9d"


def test_the_limit_counts_characters_not_bytes(files):
    content = text_of(files, "😀".encode() * 30, limit=10)
    assert (content.text, content.problem.code, content.problem.limit) == ("😀" * 10, ProblemCode.LIMIT, "text")
    assert text_of(files, "😀".encode() * 10, limit=10).problem is None
