"""What a Tika server's answers become; recorded answers everywhere, the real server where it can be had.

A recorded answer is renewed by deleting its file and running the tests that are marked `servers`.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tika_servers import (
    answers,
    drops,
    free_port,
    hangs,
    never_ends,
    played_tika,
    recorded,
    recording_of,
    stops_halfway,
)

from domain.content import Content, DatedBy, DateSource, Place
from domain.errors import ConfigurationError, ItemTroubleError, Problem, ProblemCode
from scanner.extractors.tika_native import TikaNativeExtractor
from scanner.extractors.tika_server import TikaServerExtractor
from scanner.formats.tika_client import require_safe

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JAR = "application/java-archive"


def an_answer(*documents: dict[str, str]) -> bytes:
    return json.dumps(documents).encode()


A_TEXT = an_answer({"Content-Type": "text/plain", "X-TIKA:content": "\n\nDear Ann\n"})


def a_letter() -> bytes:
    document = docx.Document()
    said = document.core_properties
    said.author, said.title, said.comments = "Zoe Example", "The panel 😀", ""
    said.created, said.modified = datetime(2019, 3, 1, 12, tzinfo=UTC), datetime(1601, 1, 1, tzinfo=UTC)
    paragraph = document.add_paragraph("Dear Ann 😀 ")
    deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="Bea"><w:r><w:delText>struck out</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(deleted))
    document.sections[0].header.paragraphs[0].text = "From the header"
    return saved(document)


def a_panel() -> bytes:
    document = docx.Document()
    for _ in range(40):
        document.add_paragraph("The panel met on Tuesday. Zoë Example chaired.")
    return saved(document)


def a_document_with_documents(files) -> bytes:
    """A page imported from a web page and an attached workbook, which are both items of their own."""
    document = docx.Document()
    document.add_paragraph("The covering note")
    package = document.part.package
    page = Part(PackURI("/word/page.html"), "text/html", b"<html><body><p>The imported page</p></body></html>", package)
    imported = document.part.relate_to(page, RELATIONSHIP_TYPE.A_F_CHUNK)
    document.element.body.append(parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{imported}"/>'))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    workbook = Part(PackURI("/word/embeddings/people.xlsx"), kind, files.an_xlsx("The attached cell"), package)
    document.part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    return saved(document)


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def documents(files) -> dict[str, tuple[str, bytes]]:
    letter = a_letter()
    return {
        "panel": (DOCX, a_panel()),
        "letter": (DOCX, letter),
        "half a letter": (DOCX, letter[:15_000]),
        "documents in a document": (DOCX, a_document_with_documents(files)),
        "pages": (PDF, files.a_pdf("first page", "second page")),
        "locked pages": (PDF, files.a_pdf("secret", password="x")),
        "scanned page": (PDF, files.a_pdf("", picture=True)),
        "no pages": (PDF, b"%PDF-1.4 not a document"),
        "blank": ("application/rtf", b"{\\rtf1 }"),
        "binary": ("application/octet-stream", bytes(range(4)) * 50),
        "broken picture": ("image/jpeg", b"\xff\xd8\xff\xe0 broken"),
        "archive": (JAR, files.a_zip({"a/ann.txt": b"Dear Ann", "b.docx": letter, "locked.pdf":
                                      files.a_pdf("secret", password="x")})),
    }  # fmt: skip


def content_of(files, extractor: TikaServerExtractor, name: str, limit: int = 100_000) -> Content:
    media_type, content = documents(files)[name]
    with files.blob_of(content) as blob:
        return extractor.extract(blob, media_type, limit)


def as_recorded(files, name: str) -> Content:
    with played_tika(answers(200, recorded(name))) as server:
        return content_of(files, TikaServerExtractor(server.url), name)


def said_of(files, content: bytes, media_type: str = "text/plain", limit: int = 100_000) -> Content:
    """What becomes of a text file where the server answers so."""
    with played_tika(answers(200, content)) as server, files.blob_of(b"Dear Ann") as blob:
        return TikaServerExtractor(server.url).extract(blob, media_type, limit)


def trouble_of(files, *turns, seconds: float = 48.0, media_type: str = "text/plain") -> Problem:
    with (
        played_tika(*turns) as server,
        files.blob_of(b"Dear Ann") as blob,
        pytest.raises(ItemTroubleError) as caught,
    ):
        TikaServerExtractor(server.url, seconds=seconds).extract(blob, media_type, 1000)
    return caught.value.problem


def test_a_document_gives_its_text_its_header_and_then_its_properties(files):
    content = as_recorded(files, "letter")
    assert "From the header" in content.text
    assert "Dear Ann 😀" in content.text
    assert "struck out" in content.text
    assert content.text.count("The panel 😀") == 1
    assert content.place_at(content.text.index("Zoe Example")) == "properties"
    assert content.place_at(content.text.index("Dear")) is None
    assert (content.problem, content.pending, content.reader) == (None, (), "tika")


def test_properties_and_dates_are_named_and_impossible_dates_left_out(files):
    content = as_recorded(files, "letter")
    assert (content.properties["title"], content.properties["author"]) == ("The panel 😀", "Zoe Example")
    assert content.properties["application"] == "Microsoft Macintosh Word"
    assert content.dates == (DatedBy(DateSource.CREATED, date(2019, 3, 1)),)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("locked pages", ProblemCode.ENCRYPTED),
        ("no pages", ProblemCode.CORRUPT),
        ("blank", ProblemCode.NO_TEXT),
        ("binary", ProblemCode.UNSUPPORTED),
    ],
)
def test_what_cannot_be_read_has_a_named_problem(files, name, code):
    with pytest.raises(ItemTroubleError) as caught:
        as_recorded(files, name)
    assert caught.value.problem == Problem(code)


def test_half_a_document_gives_what_there_is_and_is_named_corrupt(files):
    content = as_recorded(files, "half a letter")
    assert "Dear Ann" in content.text
    assert content.problem == Problem(ProblemCode.CORRUPT)


def test_pages_and_pictures_without_text_wait_for_character_recognition(files):
    assert as_recorded(files, "pages").pending == ()
    scan = as_recorded(files, "scanned page")
    assert (scan.problem, scan.pending) == (Problem(ProblemCode.NO_TEXT), ("ocr",))
    broken = as_recorded(files, "broken picture")
    assert (broken.text, broken.problem, broken.pending) == ("", Problem(ProblemCode.CORRUPT), ("ocr",))


def test_what_is_embedded_stands_in_places_called_after_its_path(files):
    content = as_recorded(files, "archive")
    assert content.place_at(content.text.index("Dear Ann\n")) == "/ann.txt"
    assert content.place_at(content.text.index("From the header")) == "/b.docx"
    assert content.place_at(content.text.index("Author: Zoe Example")) == "properties"


def test_trouble_with_what_is_embedded_is_trouble_of_the_whole(files):
    assert as_recorded(files, "archive").problem == Problem(ProblemCode.ENCRYPTED)


def test_attachments_that_are_items_of_their_own_are_left_to_them(files):
    content = as_recorded(files, "documents in a document")
    assert "The covering note" in content.text
    assert ("The attached cell" in content.text, "The imported page" in content.text) == (False, False)
    assert (content.place_at(0), content.problem) == (None, None)


@pytest.mark.parametrize(("media_type", "skipped"), [(DOCX, "true"), ("application/msword", "false")])
def test_what_is_an_item_of_its_own_the_server_does_not_even_read(files, media_type, skipped):
    both = an_answer({"X-TIKA:content": "own"}, {"X-TIKA:content": "embedded"})
    with played_tika(answers(200, both)) as server, files.blob_of(b"Dear Ann") as blob:
        content = TikaServerExtractor(server.url).extract(blob, media_type, 1000)
    assert server.asked[0].headers["X-Tika-Skip-Embedded"] == skipped
    assert ("embedded" in content.text) == (skipped == "false")


def test_the_server_is_told_what_to_read_and_how_much_and_not_the_name(files):
    with played_tika(answers(200, A_TEXT)) as server, files.blob_of(b"Dear Ann") as blob:
        TikaServerExtractor(server.url).extract(blob, "text/plain", 1000)
    (asked,) = server.asked
    assert (asked.command, asked.path, asked.body) == ("PUT", "/rmeta/text", b"Dear Ann")
    assert (asked.headers["X-Tika-OCRskipOcr"], asked.headers["X-Tika-PDFOcrStrategy"]) == ("true", "no_ocr")
    assert 1000 < int(asked.headers["writeLimit"]) < 200_000
    assert asked.headers["Content-Disposition"] is None


@pytest.mark.parametrize(
    ("mark", "limit"), [("write_limit_reached", "text"), ("embedded_resource_limit_reached", "parts")]
)
def test_what_the_server_left_out_has_passed_a_limit(files, mark, limit):
    content = said_of(files, an_answer({"X-TIKA:content": "Dear", f"X-TIKA:EXCEPTION:{mark}": "true"}))
    assert (content.text, content.problem) == ("Dear", Problem(ProblemCode.LIMIT, limit))


def test_half_a_character_becomes_a_mark_of_one_that_is_lost(files):
    content = said_of(files, b'[{"X-TIKA:content": "Ann \\ud83d and \\ud83d\\ude00"}]')
    assert content.text == "Ann \ufffd and 😀"


def test_names_of_places_are_short_and_on_one_line(files):
    parts = [
        {"X-TIKA:content": "a"},
        {"X-TIKA:content": "b", "X-TIKA:embedded_resource_path": "/x\n\u2028" + "y" * 9999},
    ]
    (place,) = said_of(files, json.dumps(parts).encode()).places
    assert place == Place(2, "/x " + "y" * 197)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"[1]", b"null", b"<html>", b"[" * 100_000, b"\xff\xfe", A_TEXT[:20]]
)
def test_an_answer_that_is_none_is_the_server_s_failure(files, content):
    assert trouble_of(files, answers(200, content)) == Problem(ProblemCode.CRASHED)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (204, ProblemCode.NO_TEXT),
        (415, ProblemCode.UNSUPPORTED),
        (422, ProblemCode.CORRUPT),
        (500, ProblemCode.CORRUPT),
    ],
)
def test_statuses_of_what_cannot_be_read_have_named_problems(files, status, code):
    assert trouble_of(files, answers(status)) == Problem(code)


def test_a_document_too_large_for_the_server_has_passed_a_limit(files):
    assert trouble_of(files, answers(413)) == Problem(ProblemCode.LIMIT, "bytes")


def test_the_server_s_own_words_tell_of_encryption_and_are_not_kept(files):
    words = b"EncryptedDocumentException: Ann's diary"
    with (
        played_tika(answers(422, words)) as server,
        files.blob_of(b"Dear Ann") as blob,
        pytest.raises(ItemTroubleError) as caught,
    ):
        TikaServerExtractor(server.url).extract(blob, PDF, 1000)
    assert caught.value.problem == Problem(ProblemCode.ENCRYPTED)
    assert "Ann" not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_picture_that_the_server_cannot_read_still_waits_for_character_recognition(files):
    with played_tika(answers(415)) as server, files.blob_of(b"\xff\xd8\xff") as blob:
        content = TikaServerExtractor(server.url).extract(blob, "image/jpeg", 1000)
    assert (content.problem, content.pending) == (Problem(ProblemCode.UNSUPPORTED), ("ocr",))


def test_a_dropped_connection_is_tried_once_more(files):
    with played_tika(drops, answers(200, A_TEXT)) as server, files.blob_of(b"Dear Ann") as blob:
        assert TikaServerExtractor(server.url).extract(blob, "text/plain", 1000).text == "Dear Ann\n"
    assert [asked.body for asked in server.asked] == [b"Dear Ann"] * 2


@pytest.mark.parametrize("turn", [drops, stops_halfway(A_TEXT)])
def test_a_connection_that_is_dropped_twice_is_the_document_s_fault(files, turn):
    assert trouble_of(files, turn, turn, answers(200, A_TEXT)) == Problem(ProblemCode.CRASHED)


def test_a_server_about_to_start_anew_is_waited_for(files):
    with played_tika(*[answers(503)] * 3, answers(200, A_TEXT)) as server, files.blob_of(b"Dear Ann") as blob:
        assert TikaServerExtractor(server.url).extract(blob, "text/plain", 1000).problem is None


def test_a_server_that_is_gone_ends_the_run_and_blames_no_document(files):
    extractor = TikaServerExtractor(f"http://127.0.0.1:{free_port()}", seconds=0.1, version="tika-server 3.3.2 / 1")
    with files.blob_of(b"Dear Ann") as blob, pytest.raises(ConfigurationError, match="does not answer"):
        extractor.extract(blob, "text/plain", 1000)


def test_an_answer_without_end_is_cut_off(files):
    assert trouble_of(files, never_ends) == Problem(ProblemCode.LIMIT, "answer")


def test_a_server_that_says_nothing_is_given_up_in_time(files):
    assert trouble_of(files, hangs, seconds=0.2) == Problem(ProblemCode.TIMEOUT, "seconds")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(files, status):
    with played_tika(answers(200, A_TEXT)) as elsewhere, files.blob_of(b"Dear Ann") as blob:
        away = answers(status, Location=f"{elsewhere.url}/version")
        with played_tika(away) as server, pytest.raises(ConfigurationError, match=f"HTTP {status}"):
            TikaServerExtractor(server.url).extract(blob, "text/plain", 1000)
        with played_tika(drops, version=away) as server, pytest.raises(ConfigurationError, match="no Tika server"):
            require_safe(server.url)
    assert elsewhere.asked == []


READ_TWICE = """
import sys
from io import BytesIO
from domain.errors import ItemTroubleError
from scanner.blob import read_once
from scanner.extractors.tika_server import TikaServerExtractor
for _ in range(2):
    with read_once(BytesIO(b"Dear Ann"), 100) as blob:
        try:
            print(TikaServerExtractor(sys.argv[1]).extract(blob, "text/plain", 100).text)
        except ItemTroubleError as trouble:
            print(trouble.problem.code)
"""


def test_no_proxy_of_the_environment_no_file_and_no_log_comes_into_it(tmp_path):
    nobody = f"http://127.0.0.1:{free_port()}"
    surroundings = {"TMPDIR": str(tmp_path), "http_proxy": nobody, "HTTP_PROXY": nobody, "all_proxy": nobody}
    with played_tika(answers(200, A_TEXT), answers(500)) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", READ_TWICE, server.url],
            env=os.environ | surroundings, capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
    assert (done.stdout, done.stderr) == ("Dear Ann\n\ncorrupt\n", "")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("version", ["3.2.1", "2.9.4", "1.28.5", "3.1.0"])
def test_a_server_older_than_the_mended_one_is_refused_with_what_to_do(version):
    old = answers(200, f"Apache Tika {version}".encode())
    with played_tika(drops, version=old) as server, pytest.raises(ConfigurationError, match="doctor --fetch-tika"):
        TikaServerExtractor(server.url)


@pytest.mark.parametrize("version", ["3.2.2", "3.3.2", "3.10.0", "4.0.0-beta"])
def test_a_mended_server_is_taken_and_its_version_is_the_extractor_s(version):
    with played_tika(drops, version=answers(200, f"Apache Tika {version}\n".encode())) as server:
        extractor = TikaServerExtractor(server.url)
    assert extractor.version == f"tika-server {version.partition('-')[0]} / 1"


@pytest.mark.parametrize("turn", [answers(200, b"It works!"), answers(404), answers(200, b"x" * 100_000), never_ends])
def test_what_is_no_tika_server_is_refused(turn):
    with played_tika(drops, version=turn) as server, pytest.raises(ConfigurationError, match="no Tika server"):
        require_safe(server.url)


def test_where_nobody_answers_the_run_does_not_begin():
    with pytest.raises(ConfigurationError, match="does not answer"):
        require_safe(f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:9998", "file:///etc/passwd", "http://127.0.0.1", "http://127.0.0.1:x", "http://ann:pw@host:9998",
     "http://host:9998/tika", "http://host:9998?q", "ftp://host:9998", "http://:9998", ""],
)  # fmt: skip
def test_an_address_is_scheme_host_and_port_and_no_more(url):
    with pytest.raises(ConfigurationError, match=r"tika\.server"):
        require_safe(url)


def test_many_at_once_each_get_their_own_answer(files):
    def echo(request) -> None:
        request.answer(200, an_answer({"X-TIKA:content": request.body.decode()}))

    with played_tika(echo) as server, ThreadPoolExecutor(8) as pool:
        extractor = pickle.loads(pickle.dumps(TikaServerExtractor(server.url)))

        def text_of(number: int) -> str:
            with files.blob_of(b"%d " % number * 1000) as blob:
                return extractor.extract(blob, "text/plain", 100_000).text

        assert list(pool.map(text_of, range(100))) == [f"{number} " * 1000 for number in range(100)]


@pytest.mark.servers
@pytest.mark.parametrize("name", [
    "panel", "letter", "half a letter", "documents in a document", "pages", "locked pages", "scanned page", "no pages",
    "blank", "binary", "broken picture", "archive",
])  # fmt: skip
def test_the_recorded_answers_are_those_of_the_real_server(files, real_tika, name):
    extractor = TikaServerExtractor(real_tika)
    path = recording_of(name)
    if not path.exists():
        media_type, content = documents(files)[name]
        with files.blob_of(content) as blob:
            path.write_bytes(extractor._answer(blob, media_type, 100_000)[1])
    assert outcome(lambda: content_of(files, extractor, name)) == outcome(lambda: as_recorded(files, name))


def outcome(read) -> Content | Problem:
    """Apart from the days on which the documents were made, which are not written into all of them."""
    try:
        return replace(read(), dates=())
    except ItemTroubleError as trouble:
        return trouble.problem


@pytest.mark.servers
def test_the_real_server_cuts_where_it_is_told(files, real_tika):
    extractor = TikaServerExtractor(real_tika)
    with files.blob_of(b"Dear Ann, the panel met. " * 100_000) as blob:
        content = extractor.extract(blob, "text/plain", 1000)
    assert (len(content.text), content.problem) == (1000, Problem(ProblemCode.LIMIT, "text"))


@pytest.mark.servers
def test_the_real_server_and_the_native_code_read_the_same_words(files, real_tika):
    for name in ("letter", "pages", "archive"):
        media_type, content = documents(files)[name]
        with files.blob_of(content) as blob:
            native = set(TikaNativeExtractor().extract(blob, media_type, 100_000).text.split())
            served = set(TikaServerExtractor(real_tika).extract(blob, media_type, 100_000).text.split())
        # Emoji of a title are lost where it is native code that reads it.
        assert native - served <= {"\ufffd" * 6}


@pytest.mark.servers
def test_the_real_server_reads_no_file_that_a_form_names(files, real_tika, tmp_path):
    """CVE-2025-54988: an entity of an XFA form."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of this machine")
    form = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><xdp><x>&e;</x></xdp>'.encode()
    with files.blob_of(a_form(form)) as blob:
        try:
            text = TikaServerExtractor(real_tika).extract(blob, PDF, 100_000).text
        except ItemTroubleError:
            text = ""
    assert "the secret" not in text


def a_form(xfa: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 4 0 R/Fields[]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(xfa), xfa),
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(out) - len(table) - 29)
