from __future__ import annotations

import pytest

from scanner.formats.xmp import packets, read_xmp


def lines_of(content: bytes) -> list[tuple[str, str]]:
    return list(read_xmp(packets(content)).lines)


def a_packet(inside: bytes) -> bytes:
    return b"<rdf:RDF><rdf:Description>" + inside + b"</rdf:Description></rdf:RDF>"


def test_a_title_in_several_languages_is_a_line_each():
    titles = b"<rdf:Alt><rdf:li>The case</rdf:li><rdf:li xml:lang='cy'>Yr achos</rdf:li></rdf:Alt>"
    assert lines_of(a_packet(b"<dc:title>" + titles + b"</dc:title>")) == [("Title", "The case"), ("Title", "Yr achos")]


def test_every_packet_is_read_and_what_two_say_is_said_once():
    first, second = a_packet(b"<dc:creator>Zoe</dc:creator>"), a_packet(b"<dc:creator>Ann</dc:creator>")
    assert lines_of(b"..." + first + b"..." + second + first) == [("Author", "Zoe"), ("Author", "Ann")]


def test_of_a_broken_packet_what_stands_before_is_kept():
    assert lines_of(b"<rdf:RDF><dc:creator>Zoe</dc:creator><dc:title>Un</dc:creator></rdf:RDF>") == [("Author", "Zoe")]


@pytest.mark.parametrize(
    "content", [b"<rdf:RDF", b"<rdf:RDF>" * 1000, b"</rdf:RDF>", b"<rdf:RDF>" + b" " * 300_000 + b"</rdf:RDF>"]
)
def test_what_never_ends_or_is_absurdly_long_is_no_packet(content):
    assert lines_of(content) == []


def test_a_string_written_down_as_in_pdf_is_read():
    assert lines_of(a_packet(rb"<dc:title>\376\377\000Z\000o\000\353</dc:title>")) == [("Title", "Zo\u00eb")]


def test_what_a_schema_says_of_its_own_properties_is_nothing_that_people_wrote():
    schema = (
        b"<pdfaExtension:schemas><pdfaProperty:description>A date</pdfaProperty:description></pdfaExtension:schemas>"
    )
    assert lines_of(a_packet(schema + b"<dc:rights>Zoe</dc:rights>")) == [("Copyright", "Zoe")]


def test_entities_end_the_reading():
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa">]>' + a_packet(b"<dc:title>&a;</dc:title>")
    assert lines_of(bomb) == []
