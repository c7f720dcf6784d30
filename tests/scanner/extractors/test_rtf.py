from __future__ import annotations

import pytest

from domain.errors import ItemTroubleError, ProblemCode
from scanner.extractors.rtf import RtfExtractor
from scanner.extractors.tika_native import TikaNativeExtractor

LINK = rb'{\field{\*\fldinst HYPERLINK "mailto:zoe@example.org"}{\fldrslt write to her}}'


def content_of(files, rtf: bytes, limit: int = 100_000):
    with files.blob_of(rtf) as blob:
        return RtfExtractor(TikaNativeExtractor()).extract(blob, "application/rtf", limit)


def test_whom_a_link_writes_to_is_read_where_it_stands(files):
    content = content_of(files, rb"{\rtf1\ansi Please " + LINK + rb" soon.\par}")
    assert content.text.split() == ["Please", "HYPERLINK", '"mailto:zoe@example.org"write', "to", "her", "soon."]
    assert (content.problem, content.reader) == (None, "rtf")


def test_what_only_the_full_reader_reads_is_put_below(files):
    content = content_of(files, rb"{\rtf1\ansi{\info{\author Jo Example}}\pard Dear Ann\par}")
    assert content.text.splitlines()[-1] == "Author: Jo Example"
    assert content.properties["author"] == "Jo Example"


def test_what_is_embedded_is_read_in_its_own_lines(files):
    package = b"01050000020000000800000050636b61676500"
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard Ann Smith\par Bob Jones\par{\object\objemb{\*\objdata " + package
    content = content_of(files, rtf + rb"}{\result \pard Ann Jones\par}}}")
    assert content.text.count("Ann Jones") == 2


@pytest.mark.parametrize("before", [b"", rb"{\info{\author Jo Example}{\title Rates}}"])
def test_a_text_without_the_end_of_a_paragraph_is_read(files, before):
    content = content_of(files, rb"{\rtf1\ansi" + before + rb" Zo\'eb Example}")
    assert "Zoë Example" in content.text
    assert (content.problem, content.reader) == (None, "rtf")
    assert content.properties.get("author", "") == ("Jo Example" if before else "")


def test_mark_up_that_was_wrapped_is_read_as_its_reader_sees_it(files):
    content = content_of(
        files, rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}Zo\'eb{\*\htmltag84 &nbsp;}Example{\*\htmltag72 </p>}}"
    )
    assert "Zoë Example" in content.text.replace("\xa0", " ")


def test_without_text_anywhere_the_full_reader_has_the_last_word(files):
    with pytest.raises(ItemTroubleError) as caught:
        content_of(files, rb"{\rtf1\ansi }")
    assert caught.value.problem.code is ProblemCode.NO_TEXT


def test_never_more_than_the_limit_whoever_reads(files):
    for rtf in (rb"{\rtf1\ansi " + b"words " * 500 + LINK + rb"\par}", rb"{\rtf1 " + b"words " * 500 + b"}"):
        content = content_of(files, rtf, 300)
        assert len(content.text) <= 300
        assert (content.problem.code, content.problem.limit) == (ProblemCode.LIMIT, "text")
