from __future__ import annotations

import codecs
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.decoding import charset_of, charset_of_pieces, decoded, decoder_of, encoding_of, looks_like_text

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "scanner" / "encodings.toml").read_text())["case"]
GERMAN = "Grüße aus München, Straße 5, Äpfel und Öl für Frau Beispiel\n"


@given(st.text())
def test_valid_utf_8_comes_out_exactly_as_it_stands(text):
    content = text.encode()
    assert encoding_of(content) != "utf-8" or decoded(content) == text


@given(st.binary())
def test_any_bytes_give_text_without_lone_surrogates(content):
    decoded(content).encode("utf-8")


@given(st.binary(max_size=3000), st.integers(1, 50))
def test_it_does_not_matter_in_what_pieces_text_is_decoded(content, size):
    charset = charset_of(content)
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    decode = decoder_of(charset)
    assert "".join([*(decode(piece, False) for piece in pieces), decode(b"", True)]) == decoder_of(charset)(
        content, True
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"][:12])
@pytest.mark.parametrize("times", [1, 40])
def test_text_is_read_in_its_own_encoding_though_nobody_states_it(case, times):
    words = case["words"] * times
    for encoding in case["encodings"]:
        assert decoded(words.encode(encoding)).lstrip("\ufeff") == words, encoding


def test_where_nothing_fits_clearly_better_it_is_windows_1252():
    assert charset_of("Zoë at £5 “fine”".encode("cp1252")) == "cp1252"
    assert decoded(b"a\x81b\x9d") == "a\x81b\x9d"


def test_one_stray_byte_does_not_spoil_the_rest_of_a_utf_8_text():
    assert decoded("Zoë ".encode() + "Zoë".encode("cp1252") + " Zoë".encode()) == "Zoë Zoë Zoë"


def test_the_line_ends_of_a_mainframe_end_lines():
    assert decoded("Ann Example, 12 High Street".encode("cp1140") + b"\x15") == "Ann Example, 12 High Street\n"


def test_a_byte_order_mark_stays_a_character():
    assert decoded(codecs.BOM_UTF8 + b"a\r\n") == "\ufeffa\r\n"


def test_the_encoding_shows_however_late_the_first_letter_beyond_ascii_comes():
    pieces = [b"plain words\n" * 10_000, b"more\n" * 10_000, "Preis: Grüße für Zoë\n".encode("mac_roman") * 3]
    assert charset_of_pieces(iter(pieces)) == "mac_roman"
    assert decoded(b"".join(pieces)).endswith("Preis: Grüße für Zoë\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"][:12])
def test_text_looks_like_text_in_any_encoding(case):
    for encoding in case["encodings"]:
        assert looks_like_text((case["words"] * 50).encode(encoding)), encoding


def test_what_turns_into_junk_further_on_does_not_look_like_text():
    assert not looks_like_text(b"A header of words. " * 300 + bytes(range(256)) * 200)
    assert not looks_like_text(bytes(range(256)))


def test_utf_16_of_another_script_needs_more_than_chance():
    assert encoding_of(bytes((7 * n * n + n // 3) % 251 for n in range(4000)) + b"\0\0") == "utf-8"
