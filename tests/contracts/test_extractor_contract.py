"""What every extractor promises, whatever it reads."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing, contextmanager
from email.message import EmailMessage
from io import BytesIO

import docx
import pytest
import xlsxwriter
from mail_builders import a_compound, a_storage, a_tnef, text, tnef_properties
from odf.opendocument import OpenDocumentText
from odf.text import P
from reportlab.pdfgen.canvas import Canvas

from domain.content import Content
from domain.errors import Problem, ProblemCode
from scanner.blob import read_once
from scanner.extractor import Extractor
from scanner.extractors import FAST, FAST_FAMILIES, extractor_for
from scanner.extractors.database import DatabaseExtractor
from scanner.extractors.escalating import EscalatingExtractor
from scanner.extractors.html import HtmlExtractor
from scanner.extractors.mail import MailExtractor
from scanner.extractors.memo import MemoExtractor
from scanner.extractors.msg import MSG, TNEF, MsgExtractor
from scanner.extractors.odf import OdfExtractor
from scanner.extractors.ooxml import OoxmlExtractor
from scanner.extractors.pdf import PdfExtractor
from scanner.extractors.plain import PlainExtractor
from scanner.extractors.rtf import RtfExtractor
from scanner.extractors.spreadsheet import SpreadsheetExtractor
from scanner.extractors.tika_native import TikaNativeExtractor
from scanner.extractors.tika_server import TikaServerExtractor

WORDS = "The panel met on Tuesday. Zoë Example chaired.\n" * 40


def a_message() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Panel"
    message.set_content(WORDS)
    return message.as_bytes()


def a_rich_text() -> bytes:
    return rb"{\rtf1\ansi\pard " + WORDS.replace("ë", "\\'eb").replace("\n", "\\par\n").encode() + b"}"


def a_document() -> bytes:
    document = docx.Document()
    for _ in range(40):
        document.add_paragraph("The panel met on Tuesday. Zoë Example chaired.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def an_open_document() -> bytes:
    document = OpenDocumentText()
    for _ in range(40):
        document.text.addElement(P(text="The panel met on Tuesday. Zoë Example chaired."))
    out = BytesIO()
    document.write(out)
    return out.getvalue()


def a_pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for line in range(40):
        canvas.drawString(72, 800 - 18 * line, "The panel met on Tuesday. Zoë Example chaired.")
    canvas.save()
    return out.getvalue()


def a_sheet() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Panel")
        for row in range(40):
            sheet.write_row(row, 0, ["The panel met on Tuesday.", "Zoë Example chaired.", row])
    return out.getvalue()


def a_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE panel (met TEXT, chair TEXT)")
        connection.executemany("INSERT INTO panel VALUES (?, 'Zoë Example chaired.')", [("Tuesday",)] * 40)
        connection.commit()
        return connection.serialize()


def memos_of_dbase() -> bytes:
    return (2).to_bytes(4, "little").ljust(512, b"\0") + WORDS.encode("cp1252") + b"\x1a\x1a"


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS = {
    "plain": (PlainExtractor(), "text/plain", WORDS.encode()),
    "calendar": (PlainExtractor(), "text/calendar", WORDS.replace("Zoë Example", "Zoë E\n xample").encode()),
    "rtf": (RtfExtractor(TikaNativeExtractor()), "application/rtf", a_rich_text()),
    "html": (HtmlExtractor(), "text/html", f"<title>Panel</title><pre>{WORDS}</pre>".encode()),
    "mail": (MailExtractor(), "message/rfc822", a_message()),
    "msg": (MsgExtractor(), MSG, a_compound(a_storage({0x0037: text("Panel"), 0x1000: text(WORDS)}))),
    "tnef": (MsgExtractor(), TNEF, a_tnef([(0x00069003, tnef_properties({0x1000: text(WORDS)}))])),
    "ooxml": (OoxmlExtractor(), WORD, a_document()),
    "odf": (OdfExtractor(), "application/vnd.oasis.opendocument.text", an_open_document()),
    "pdf": (PdfExtractor(), "application/pdf", a_pdf()),
    "spreadsheet": (SpreadsheetExtractor(), SHEET, a_sheet()),
    "database": (DatabaseExtractor(), "application/vnd.sqlite3", a_database()),
    "memos": (MemoExtractor(), "application/x-dbf-memo", memos_of_dbase()),
    "tika": (
        TikaNativeExtractor(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        a_document(),
    ),
}


@pytest.fixture(params=[*KINDS, "recorded_tika", pytest.param("real_tika", marks=pytest.mark.servers)])
def kind(request):
    if request.param in KINDS:
        return KINDS[request.param]
    return TikaServerExtractor(request.getfixturevalue(request.param)), WORD, a_document()


@contextmanager
def a_blob(content: bytes):
    with read_once(BytesIO(content), 10_000_000) as blob:
        yield blob


def extracted(extractor: Extractor, media_type: str, content: bytes, limit: int = 100_000) -> Content:
    with a_blob(content) as blob:
        return extractor.extract(blob, media_type, limit)


def test_the_words_are_in_the_text_and_nothing_was_left_unread(kind):
    content = extracted(*kind)
    assert content.text.count("Zoë Example") == 40
    assert (content.problem, content.pending) == (None, ())


def test_never_more_than_the_limit_and_then_it_says_so(kind):
    whole = extracted(*kind)
    cut = extracted(*kind, limit=500)
    assert len(cut.text) <= 500
    assert cut.rest or cut.problem == Problem(ProblemCode.LIMIT, "text")
    assert whole.text.startswith(cut.text[:100])
    assert all(place.start <= 500 for place in cut.places)


def test_stretches_are_the_whole_text_once_what_they_repeat_is_left_out(kind):
    whole = extracted(*kind)
    with a_blob(kind[2]) as blob:
        first = kind[0].extract(blob, kind[1], 500)
        text = first.text
        for stretch in first.rest:
            assert len(stretch.text) <= 500
            text += stretch.text[len(text) - stretch.start :]
    assert whole.text.startswith(text[: len(first.text) - 100])
    assert not first.rest or text == whole.text


def test_a_text_of_exactly_the_limit_is_whole(kind):
    whole = extracted(*kind)
    exact = extracted(*kind, limit=len(whole.text) + 1)
    assert (exact.text, exact.problem) == (whole.text, None)


def test_the_same_bytes_give_the_same_content_however_often_they_are_read(kind):
    extractor, media_type, content = kind
    with a_blob(content) as blob:
        once = extractor.extract(blob, media_type, 100_000)
        blob.file.seek(17)
        assert extractor.extract(blob, media_type, 100_000) == once


def test_a_spooled_blob_reads_as_one_in_memory(kind, monkeypatch):
    in_memory = extracted(*kind)
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    with a_blob(kind[2]) as blob:
        assert blob.path is not None
        assert kind[0].extract(blob, kind[1], 100_000) == in_memory


def test_places_stand_in_order_within_the_text(kind):
    content = extracted(*kind)
    starts = [place.start for place in content.places]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(content.text) for start in starts)


def test_the_text_is_not_in_the_repr(kind):
    assert "Zo" not in repr(extracted(*kind))


def test_an_extractor_names_its_version_and_can_be_sent_to_another_process(kind):
    extractor = kind[0]
    assert extractor.version
    assert pickle.loads(pickle.dumps(extractor)) == extractor


def test_every_type_has_one_reader_and_those_that_are_nothing_but_parts_have_none():
    assert extractor_for("application/zip") is None
    assert isinstance(extractor_for("application/x-unheard-of"), TikaNativeExtractor)
    for media_type, fast in (*FAST.items(), *FAST_FAMILIES):
        reader = extractor_for(media_type)
        assert (reader is None) == (fast is None)
        assert fast is None or (isinstance(reader, EscalatingExtractor) and reader.fast is fast and reader.version)
