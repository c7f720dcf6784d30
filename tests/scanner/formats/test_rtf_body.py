from __future__ import annotations

import struct
from random import Random

import pytest
from mail_builders import packed_rtf

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.formats.rtf_body import RtfKind, rtf_text, unpacked

# The two examples of [MS-OXRTFCP] 4.1 and 4.2.
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


@pytest.mark.parametrize(
    ("packed", "rtf"),
    [
        (SIMPLE, rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"),
        (CROSSING, rb"{\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
        (packed_rtf(rb"{\rtf1 Zo\'eb}"), rb"{\rtf1 Zo\'eb}"),
        (struct.pack("<IIII", 17, 5, 0x414C454D, 0) + b"{\\rtf more", b"{\\rtf"),
    ],
)
def test_a_compressed_body_is_unpacked_as_the_standard_has_it(packed, rtf):
    assert unpacked(packed, 1000) == rtf
    assert unpacked(packed, 4) == rtf[:4]


def test_what_is_no_compressed_body_is_corrupt():
    for content in (b"", b"x" * 15, b"x" * 100, struct.pack("<IIII", 0, 0, 0, 0)):
        with pytest.raises(ItemTroubleError) as caught:
            unpacked(content, 1000)
        assert caught.value.problem == Problem(ProblemCode.CORRUPT)


def test_a_bomb_is_unpacked_no_further_than_the_limit():
    references = b"\xff" + struct.pack(">H", 0x00CF) + bytes(14)
    bomb = struct.pack("<IIII", 0, 0xFFFFFFFF, 0x75465A4C, 0) + references * 100_000
    assert len(unpacked(bomb, 5000)) <= 5000


@pytest.mark.parametrize(
    ("rtf", "kind", "text"),
    [
        (rb"{\rtf1\ansi\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p class=\'22a\'22>}\htmlrtf {\htmlrtf0 "
         rb"Zo\'eb{\*\htmltag84 &nbsp;}{\*\mhtmltag84 <other>}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}",
         RtfKind.HTML, 'ë'.join(['<p class="a">Zo', "&nbsp;</p>"])),
        (rb"{\rtf1\ansi\fromtext Dear Ann,\line\tab yours\par}", RtfKind.TEXT, "Dear Ann,\n\tyours\n"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 x;}}\f1\'c8\'e2\'e0\'ed\f2 \'8eR}",
         RtfKind.RTF, "Иван山"),
        (rb"{\rtf1\ansicpg1250\uc1 \'a3\u322?\u-10179?\u-8704?{\uc3\u233 abcd}", RtfKind.RTF, "Łł😀éd"),
        (rb"{\rtf1{\info{\author Jo Example}{\title Rates}}{\stylesheet{\s1 Heading;}}{\pict\bin6 }}}}}}}kept",
         RtfKind.RTF, "\nJo Example\n\nRates\nkept"),
        (rb'{\rtf1{\field{\*\fldinst HYPERLINK "mailto:jo@example.org"}{\fldrslt write}}{\*\unknown hidden}\{\}\\\~\_',
         RtfKind.RTF, 'HYPERLINK "mailto:jo@example.org"write{}\\\xa0-'),
        (rb"{\rtf1 one\cell two\row\lquote x\rquote\bullet\emdash}",
         RtfKind.RTF, "one\ttwo\n\u2018x\u2019\u2022\u2014"),
    ],
)  # fmt: skip
def test_the_text_or_mark_up_in_rich_text_is_read(rtf, kind, text):
    assert rtf_text(rtf) == (kind, text)


@pytest.mark.parametrize(
    "rtf",
    [
        b"{" * 200_000,
        b"}" * 200_000 + b"kept",
        b"\\",
        b"\\'",
        b"\\'zz kept",
        b"\\bin99999999999 x",
        b"\\u99999999 ?kept",
        b"",
    ],
)
def test_rich_text_that_is_none_never_raises(rtf):
    text = rtf_text(rtf)[1]
    assert ("kept" in text) is (b"kept" in rtf)


def test_flipped_it_never_raises():
    chance = Random(3)
    whole = (
        rb"{\rtf1\ansi\fromhtml1{\fonttbl{\f0\fcharset128 x;}}{\*\htmltag64 <p>}\htmlrtf\f0\htmlrtf0 Zo\'eb\u233 ?}" * 3
    )
    for _ in range(500):
        broken = bytearray(whole)
        for _ in range(5):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        assert len(rtf_text(bytes(broken))[1]) <= len(whole)
