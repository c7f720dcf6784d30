"""The estate's files are opened by readers that did not write them."""

from __future__ import annotations

import email
import mailbox
import zipfile
from email import policy
from io import BytesIO
from xml.etree import ElementTree as ET

import docx
import pptx
import pypdfium2
import pytest
from PIL import ExifTags, Image
from python_calamine import CalamineWorkbook

from operations.demo.estate import plan
from operations.demo.format import render
from operations.demo.plan import Reading


@pytest.fixture(scope="module")
def rendered():
    """Every file of the plan that has something to read, with its bytes."""
    wanted = (".docx", ".xlsx", ".pptx", ".odt", ".pdf", ".eml", ".jpg", ".png", ".zip")
    files = (file for file in plan() if file.truth.reading is not Reading.OPAQUE and file.name.endswith(wanted))
    return [(file, render(file.name, file.content)) for file in files]


def of(rendered, suffix):
    found = [(file, data) for file, data in rendered if file.name.endswith(suffix)]
    assert found
    return found


def test_every_word_document_opens_but_the_one_that_was_cut(rendered):
    for file, data in of(rendered, ".docx"):
        if file.truth.reading is Reading.DAMAGED:
            assert not zipfile.is_zipfile(BytesIO(data))
        else:
            document = docx.Document(BytesIO(data))
            assert document.core_properties.created.date() <= file.modified.date()
            assert "".join(paragraph.text for paragraph in document.paragraphs)


def test_every_workbook_opens_and_has_rows(rendered):
    for file, data in of(rendered, ".xlsx"):
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
        assert len(rows) == sum(len(sheet.rows) for sheet in file.content.sheets)


def test_every_presentation_opens(rendered):
    for file, data in of(rendered, ".pptx"):
        assert len(pptx.Presentation(BytesIO(data)).slides) == len(file.content.slides) + 1


def test_every_open_document_is_stored_with_its_type_first(rendered):
    for _, data in of(rendered, ".odt"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            first = packed.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            text = "".join(ET.fromstring(packed.read("content.xml")).itertext())
            assert len(text) > 50


def test_every_pdf_opens_and_the_locked_one_only_with_its_password(rendered):
    for file, data in of(rendered, ".pdf"):
        if file.truth.reading is Reading.ENCRYPTED:
            with pytest.raises(pypdfium2.PdfiumError, match=r"[Pp]assword"):
                pypdfium2.PdfDocument(data)
        document = pypdfium2.PdfDocument(data, password=file.content.password)
        text = document[0].get_textpage().get_text_bounded()
        assert file.content.title.split()[0] in text


def test_every_message_parses_with_the_attachments_it_was_given(rendered):
    for file, data in of(rendered, ".eml"):
        message = email.message_from_bytes(data, policy=policy.default)
        assert not message.defects
        attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
        assert set(attached) == {one.name for one in file.content.attached}
        for one in file.content.attached:
            found = attached[one.name]
            assert (found.encode() if isinstance(found, str) else found) == render(one.name, one.content)


def test_the_mailbox_holds_thirty_messages_some_with_attachments(tmp_path):
    file = next(file for file in plan() if file.name.endswith(".mbox"))
    path = tmp_path / "team.mbox"
    path.write_bytes(render(file.name, file.content))
    box = mailbox.mbox(path)
    messages = list(box)
    box.close()
    assert len(messages) == 30
    assert 0 < sum(message.is_multipart() for message in messages) < 30


def test_photographs_carry_camera_date_and_a_place_in_the_north_sea(rendered):
    for file, data in of(rendered, ".jpg"):
        exif = Image.open(BytesIO(data)).getexif()
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        degrees = place[ExifTags.GPS.GPSLatitude][0], place[ExifTags.GPS.GPSLongitude][0]
        assert exif[ExifTags.Base.Model]
        assert exif[ExifTags.Base.DateTime] == f"{file.modified:%Y:%m:%d %H:%M:%S}"
        assert 54 <= degrees[0] <= 56
        assert 2 <= degrees[1] <= 4
        assert place[ExifTags.GPS.GPSLongitudeRef] == "E"


def test_a_scanned_page_has_ink_and_specks(rendered):
    pages = [Image.open(BytesIO(data)) for _, data in of(rendered, ".png")]
    scans = [page for page in pages if page.size == (1240, 1754)]
    assert len(scans) > 5
    assert all(page.getextrema()[0] < 40 for page in scans)
    assert all(page.histogram()[120] > 1000 for page in scans)


def test_a_zip_says_when_its_members_were_changed(rendered):
    for _, data in of(rendered, ".zip"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            assert packed.testzip() is None
            assert all(2006 <= info.date_time[0] <= 2026 for info in packed.infolist())


def test_a_lock_file_has_the_shape_that_word_gives_it():
    locks = [file for file in plan() if file.name.startswith("~$")]
    assert locks
    for file in locks:
        data = render(file.name, file.content)
        length = data[0]
        assert len(data) == 162
        assert data[1 : 1 + length].decode() == data[56 : 56 + 2 * length].decode("utf-16-le")
