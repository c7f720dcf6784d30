from __future__ import annotations

import json
from random import Random

import pytest

from scanner.formats.escapes import cut_between, json_text, xml_text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'{"e":"jo\u0040example.org","n":1}', '{"e":"jo@example.org     ","n":1}'),
        (r'{"a":"number:\nAB123456C\tnext"}', '{"a":"number:\n AB123456C\t next"}'),
        (r'"Jos\u00e9 Garc\u00eda"', '"José García          "'),
        (r'"C:\\new\/x \"said\""', '"C:\\new/x "said"    "'),
        (r'"\ud83d\ude00 \ud83d"', '"😀 \ufffd                "'),
        ('"plain", "text"', '"plain", "text"'),
        (r'"\q \u12 \x"', r'"\q \u12 \x"'),
    ],
)
def test_escapes_of_json_are_what_they_stand_for_and_the_text_keeps_its_length(written, meant):
    assert json_text(written) == meant
    assert len(meant) == len(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<a>AB&#160;12&#xa0;34, jo&#64;example.org</a>", "<a>AB\xa012\xa034, jo@example.org              </a>"),
        ("<a>O&apos;Neill &amp; Co</a><b/>", "<a>O'Neill & Co         </a><b/>"),
        ("<a b='x&#10;AB123456C'/>", "<a b='x\n    AB123456C'/>"),
        ("<a>Zo&#xEB;\nnext</a>", "<a>Zoë     \nnext</a>"),
        ("a & b; &unheard-of; &;", "a & b; &unheard-of; &;"),
        ("<a>&#x110000; &#99999999999;</a>", "<a>\ufffd \ufffd                      </a>"),
    ],
)
def test_references_of_xml_are_what_they_stand_for_and_the_text_keeps_its_length(written, meant):
    assert xml_text(written) == meant
    assert len(meant) == len(written)


@pytest.mark.parametrize("text_of", [json_text, xml_text])
def test_any_text_keeps_its_length(text_of):
    chance = Random(5)
    for _ in range(300):
        text = "".join(chance.choices('\\u00e9n"&#x41;<> é\n', k=60))
        assert len(text_of(text)) == len(text)


def test_a_text_in_two_pieces_reads_as_one():
    text = json.dumps([{"name": f"José {number}", "note": "one\ntwo"} for number in range(20)])
    for length in range(30, len(text)):
        at = cut_between(text[:length], 0)
        pieces = json_text(text[:at]) + json_text(text[at:])
        assert "".join(pieces.split()) == "".join(json_text(text).split())


@pytest.mark.parametrize("hostile", ["\\u0041", "\\", "&", "&#", "&amp;", '\\"', "\\n", "&#10;"])
def test_a_long_row_of_them_is_read_in_one_go(hostile):
    text = hostile * 100_000
    assert len(json_text(text)) == len(xml_text(text)) == len(text)
