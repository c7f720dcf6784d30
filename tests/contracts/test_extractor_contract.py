"""What every extractor promises, whatever it reads."""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from email.message import EmailMessage
from io import BytesIO

import docx
import pytest

from domain.content import Content
from domain.errors import Problem, ProblemCode
from scanner.blob import read_once
from scanner.extractor import Extractor
from scanner.extractors import EXTRACTORS, extractor_for
from scanner.extractors.mail import MailExtractor
from scanner.extractors.plain import PlainExtractor
from scanner.extractors.tika_native import TikaNativeExtractor

WORDS = "The panel met on Tuesday. Zoë Example chaired.\n" * 40


def a_message() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Panel"
    message.set_content(WORDS)
    return message.as_bytes()


def a_document() -> bytes:
    document = docx.Document()
    for _ in range(40):
        document.add_paragraph("The panel met on Tuesday. Zoë Example chaired.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


KINDS = {
    "plain": (PlainExtractor(), "text/plain", WORDS.encode()),
    "mail": (MailExtractor(), "message/rfc822", a_message()),
    "tika": (
        TikaNativeExtractor(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        a_document(),
    ),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


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
    assert cut.problem == Problem(ProblemCode.LIMIT, "text")
    assert whole.text.startswith(cut.text[:100])
    assert all(place.start <= 500 for place in cut.places)


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
    assert isinstance(extractor_for("text/csv"), PlainExtractor)
    assert isinstance(extractor_for("application/pdf"), TikaNativeExtractor)
    assert all(extractor is None or extractor.version for extractor in EXTRACTORS.values())
