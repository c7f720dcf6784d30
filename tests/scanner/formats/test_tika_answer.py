"""What Tika's metadata become, as far as it does not matter which Tika it was."""

from __future__ import annotations

from datetime import date

import pytest

from domain.content import Content, DatedBy, DateSource, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.formats.tika_answer import Reading, content_of, failed

DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(
    files, *readings: Reading, media_type: str = "application/msword", content: bytes = b"x", limit: int = 10_000
) -> Content:
    with files.blob_of(content) as blob:
        return content_of(readings, blob, media_type, limit)


def said(files, **metadata: str) -> Content:
    return read(files, Reading("Dear Ann\n", {name.replace("__", ":"): [value] for name, value in metadata.items()}))


def test_every_date_that_a_document_can_be_of_is_kept_with_who_says_so(files):
    content = said(
        files, dcterms__created="2019-03-01T23:59:00Z", dcterms__modified="2020-01-02T00:00:00Z",
        meta__print_date="", pdf__docinfo__created="2019-03-01T10:00:00Z", exif__DateTimeOriginal="2018-07-06T05:04:03",
        xmp__CreateDate="1601-01-01T00:00:00Z", xmp__ModifyDate="yesterday",
    )  # fmt: skip
    assert content.dates == (
        DatedBy(DateSource.TAKEN, date(2018, 7, 6)),
        DatedBy(DateSource.CREATED, date(2019, 3, 1)),
        DatedBy(DateSource.MODIFIED, date(2020, 1, 2)),
    )


def test_all_that_people_write_has_its_line_and_the_first_is_the_property(files):
    metadata = {"dc:creator": ["Zoe Example", "Bea Sample"], "custom:Case worker": ["Cy Pattern"], "dc:title": [" "]}
    content = read(files, Reading("Dear Ann\n", metadata))
    assert content.properties == {"author": "Zoe Example"}
    assert content.text == "Dear Ann\nAuthor: Zoe Example\nAuthor: Bea Sample\nCase worker: Cy Pattern\n"
    assert content.places == (Place(9, "properties"),)


def test_who_wrote_what_is_embedded_is_told_but_is_not_the_document_s_property(files):
    picture = {"dc:title": ["image1.png"], "resourceName": ["image1.png"], "dc:creator": ["Bea Sample"]}
    content = read(files, Reading("Dear Ann", {}), Reading("", picture, "/image1.png"))
    assert (content.text, content.properties) == ("Dear Ann\nAuthor: Bea Sample\n", {})


@pytest.mark.parametrize("kind", ["warn", "embedded_exception", "embedded_stream_exception"])
def test_what_tika_could_not_read_on_the_way_is_a_problem(files, kind):
    content = read(files, Reading("Dear Ann", {f"X-TIKA:EXCEPTION:{kind}": ["java.io.IOException: Ann"]}))
    assert content.problem == Problem(ProblemCode.CORRUPT)
    locked = read(files, Reading("Dear Ann", {f"X-TIKA:EXCEPTION:{kind}": ["x.EncryptedDocumentException: y"]}))
    assert locked.problem == Problem(ProblemCode.ENCRYPTED)


@pytest.mark.parametrize(
    "harmless",
    ["org.apache.tika.exception.ZeroByteFileException: InputStream must have > 0 bytes",
     "TIKA-198: Illegal IOException from org.apache.tika.parser.image.JpegParser@1",
     "InvalidFormatException: A part name shall not be empty [M1.1]: "],
)  # fmt: skip
def test_what_was_not_there_to_be_read_is_none(files, harmless):
    content = read(files, Reading("Dear Ann", {"X-TIKA:EXCEPTION:embedded_exception": [harmless]}))
    assert content.problem is None


def test_sound_and_film_have_no_text_that_could_be_lost(files):
    with pytest.raises(ItemTroubleError) as caught:
        read(files, Reading("", {"X-TIKA:EXCEPTION:warn": ["End of data reached."]}), media_type="video/mp4")
    assert caught.value.problem.code is ProblemCode.UNSUPPORTED


def test_properties_that_are_too_many_have_passed_the_limit(files):
    content = read(files, Reading("Dear Ann", {"custom:a": ["b" * 60_000]}), limit=1_000_000)
    assert content.problem == Problem(ProblemCode.LIMIT, "text")


def test_places_stand_where_what_is_embedded_begins_and_none_behind_a_cut(files):
    readings = [
        Reading("outer", {}),
        Reading(" \n", {}, "/blank"),
        Reading("one\n", {}, "/1"),
        Reading("two", {}, "/2"),
    ]
    assert read(files, *readings).places == (Place(8, "/1"), Place(12, "/2"))
    assert read(files, *readings, limit=10).places == (Place(8, "/1"),)


def test_a_damaged_package_is_corrupt_though_tika_says_nothing_of_it(files):
    whole = files.a_docx("Dear Ann")
    assert read(files, Reading("Dear Ann", {}), media_type=DOCX, content=whole).problem is None
    half = read(files, Reading("Dear Ann", {}), media_type=DOCX, content=whole[: len(whole) // 2])
    assert half.problem == Problem(ProblemCode.CORRUPT)


def test_a_failure_is_named_by_its_kind_and_its_words_are_not_kept(files):
    with files.blob_of(b"x") as blob, pytest.raises(ItemTroubleError) as caught:
        failed(blob, "application/msword", "UnsupportedZipFeatureException: Ann's diary")
    assert caught.value.problem.code is ProblemCode.UNSUPPORTED
    assert "Ann" not in str(caught.value)
