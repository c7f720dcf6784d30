from __future__ import annotations

import random
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from pdf_files import HELVETICA, a_raw_pdf, a_scan, a_stream, assembled, written
from PIL import Image
from pypdfium2.internal import ObjectTracker
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from domain.content import DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.pdf import PdfExtractor

LIMIT = 100_000
GREY = Image.new("L", (60, 80), 130)


def content_of(files, content: bytes, limit: int = LIMIT):
    with files.blob_of(content) as blob:
        return PdfExtractor().extract(blob, "application/pdf", limit)


def escalation_of(files, content: bytes) -> EscalateError:
    with pytest.raises(EscalateError) as caught:
        content_of(files, content)
    return caught.value


def trouble_of(files, content: bytes) -> Problem:
    with pytest.raises(ItemTroubleError) as caught:
        content_of(files, content)
    return caught.value.problem


def drawn(draw, **options) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def pages_of(content) -> str:
    """The text of the pages: reportlab writes properties of its own behind it."""
    return content.text.partition("Title: untitled\n")[0]


def stretch_at(content, name: str) -> str:
    """The text that stands in a place."""
    index = next(index for index, place in enumerate(content.places) if place.name == name)
    ends = [*(place.start for place in content.places[1:]), len(content.text)]
    return content.text[content.places[index].start : ends[index]]


def test_each_page_is_a_place(files):
    content = content_of(files, files.a_pdf("Dear Zoe Example", "Yours sincerely"))
    assert pages_of(content) == "Dear Zoe Example\nYours sincerely\n"
    assert [place.name for place in content.places] == ["page 1", "page 2", "properties"]
    assert content.place_at(content.text.index("sincerely")) == "page 2"
    assert (content.problem, content.pending, content.reader) == (None, (), "pdf")


def test_a_page_without_text_keeps_the_numbers_of_the_others(files):
    content = content_of(files, files.a_pdf("One", "", "Three"))
    assert [place.name for place in content.places] == ["page 1", "page 3", "properties"]


def test_bookmarks_annotations_and_the_addresses_of_links_are_read(files):
    def draw(canvas):
        canvas.drawString(72, 700, "A page")
        canvas.bookmarkPage("first")
        canvas.addOutlineEntry("Case of Zoe Example", "first")
        canvas.bookmarkPage("second")
        canvas.addOutlineEntry("Her appeal", "second", level=1)
        canvas.textAnnotation("Ring her son first", (100, 100, 200, 200))
        canvas.linkURL("mailto:zoe%2Eexample@example.org", (10, 10, 50, 20))
        canvas.linkURL("MAILTO:ann@example.org", (10, 30, 50, 40))
        canvas.linkURL("https://example.org/people/zoe%20example", (10, 50, 50, 60))
        canvas.linkURL("https://example.org/people/zoe%20example", (10, 70, 50, 80))
        canvas.drawString(72, 600, "Write to ben@example.org")
        canvas.linkURL("mailto:ben@example.org", (72, 600, 100, 610))

    content = content_of(files, drawn(draw))
    assert stretch_at(content, "bookmarks") == "Case of Zoe Example\nHer appeal\n"
    assert stretch_at(content, "annotations") == (
        "Ring her son first\nzoe.example@example.org\nann@example.org\nhttps://example.org/people/zoe%20example\n"
    )
    assert content.text.count("ben@example.org") == 1


def test_the_values_of_a_form_stand_with_what_people_call_the_fields(files):
    def draw(canvas):
        canvas.drawString(72, 700, "Please fill in")
        form = canvas.acroForm
        form.textfield(name="f1", tooltip="Date of birth", value="12/05/1981", x=50, y=600)
        form.textfield(name="empty", x=50, y=500)
        form.checkbox(name="f2", tooltip="Lives alone", checked=True, x=50, y=400)
        form.checkbox(name="f3", tooltip="Has a car", checked=False, x=50, y=350)
        form.choice(name="f4", tooltip="Ward", value="North", options=["North", "South"], x=50, y=300)

    content = content_of(files, drawn(draw))
    assert stretch_at(content, "form") == "Date of birth: 12/05/1981\nLives alone: Yes\nWard: North\n"


def test_what_a_document_says_of_itself_is_kept_and_what_people_wrote_of_that_is_text(files):
    info = (
        b"<</Title(Care plan)/Author(Zoe Example)/Subject(\xfe\xff\x00Z\x00o\x00\xeb)/Keywords(care)/Creator(Writer)"
        b"/Producer(Maker)/CreationDate(D:20190512093000+01'00')/ModDate(D:202002)/Case#20Officer(Ann Other)>>"
    )
    content = content_of(files, a_raw_pdf(more=[info], trailer=b"/Info 6 0 R"))
    assert dict(content.properties) == {
        "title": "Care plan", "author": "Zoe Example", "subject": "Zoë", "keywords": "care", "application": "Writer",
        "producer": "Maker", "pages": "1",
    }  # fmt: skip
    assert content.dates == (
        DatedBy(DateSource.CREATED, date(2019, 5, 12)),
        DatedBy(DateSource.MODIFIED, date(2020, 2, 1)),
    )
    assert stretch_at(content, "properties") == (
        "Title: Care plan\nAuthor: Zoe Example\nSubject: Zoë\nKeywords: care\nCase Officer: Ann Other\n"
    )


@pytest.mark.parametrize("when", [b"D:00010101", b"D:20191399", b"yesterday", b"D:22000101", b""])
def test_a_date_that_cannot_be_is_left_out(files, when):
    content = content_of(files, a_raw_pdf(more=[b"<</CreationDate(%b)>>" % when], trailer=b"/Info 6 0 R"))
    assert content.dates == ()


def test_a_hyphen_at_the_end_of_a_line_stays(files):
    def draw(canvas):
        lines = canvas.beginText(72, 700)
        lines.textLines(["number AB-", "12-34 of exam-", "ple"])
        canvas.drawText(lines)

    assert pages_of(content_of(files, drawn(draw))) == "number AB-\n12-34 of exam-\nple\n"


def test_text_outside_the_page_and_text_that_is_not_shown_is_read(files):
    content = a_stream(b"BT /F 12 Tf -900 700 Td (Zoe outside) Tj 3 Tr 980 0 Td (Zoe unseen) Tj ET")
    text = content_of(files, a_raw_pdf(content)).text
    assert "Zoe outside" in text
    assert "Zoe unseen" in text


def test_characters_beyond_the_basic_plane_and_ligatures_are_read(files):
    meanings = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        b"2 beginbfchar <41> <D83DDE00> <42> <006600660069> endbfchar endcmap end"
    )
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R>>"
    pdf = a_raw_pdf(a_stream(written(b"A" * 50 + b" oBce")), font=font, more=[a_stream(meanings)])
    assert content_of(files, pdf).text == "\N{GRINNING FACE}" * 50 + " office\n"


@pytest.mark.parametrize("length", [1, 254, 255, 256, 257, 900])
def test_a_property_is_whole_however_long_it_is(files, length):
    title = "x" * length
    titled = a_raw_pdf(a_stream(b" "), more=[f"<</Title({title})>>".encode()], trailer=b"/Info 6 0 R")
    assert content_of(files, titled).text == f"Title: {title}\n"


def test_a_pdf_that_anybody_may_open_is_read_though_it_is_encrypted(files):
    assert pages_of(content_of(files, files.a_pdf("Dear Zoe", password=""))) == "Dear Zoe\n"


def test_a_pdf_under_a_password_is_encrypted(files):
    assert trouble_of(files, files.a_pdf("Dear Zoe", password="secret")) == Problem(ProblemCode.ENCRYPTED)


def test_a_pdf_under_a_scheme_that_nobody_knows_is_encrypted(files):
    pdf = a_raw_pdf(more=[b"<</Filter/Their.Own/V 4>>"], trailer=b"/Encrypt 6 0 R/ID[<00><00>]")
    assert trouble_of(files, pdf) == Problem(ProblemCode.ENCRYPTED)


def test_trouble_with_one_file_is_not_told_of_the_next(files):
    trouble_of(files, files.a_pdf("Dear Zoe", password="secret"))
    assert escalation_of(files, a_raw_pdf(kids=b"", count=0)).reason in ("damaged", "missing pages")


def test_what_is_no_pdf_inside_escalates(files):
    for content in (b"%PDF-1.7\n", b"%PDF-1.7\nnothing of the kind", files.a_pdf("Dear Zoe")[:200]):
        escalation = escalation_of(files, content)
        assert (escalation.reason, escalation.content) == ("damaged", None)


def test_an_xfa_form_escalates_with_what_its_pages_say(files):
    pdf = a_raw_pdf(more=[a_stream(b"<xdp/>")], catalogue=b"/AcroForm<</Fields[]/XFA 6 0 R>>")
    escalation = escalation_of(files, pdf)
    assert escalation.reason == "xfa"
    assert escalation.content.text == "Dear Zoe Example\n"


@pytest.mark.parametrize(
    ("kids", "count"), [(b"2 0 R", 1), (b"3 0 R 2 0 R", 1_000_000), (b"3 0 R 9 0 R", 2), (b"3 0 R", 1_000_000)]
)
def test_a_page_tree_in_a_circle_or_with_pages_that_are_not_there_escalates(files, kids, count):
    assert escalation_of(files, a_raw_pdf(kids=kids, count=count)).reason == "missing pages"


def test_a_count_of_pages_that_cannot_be_is_not_believed(files):
    content = content_of(files, a_raw_pdf(count=10_000_000))
    assert (content.text, content.problem) == ("Dear Zoe Example\n", None)


def test_more_pages_than_the_limit_are_left_and_named(files, monkeypatch):
    monkeypatch.setattr("scanner.extractors.pdf.PAGES", 2)
    content = content_of(files, files.a_pdf("One", "Two", "Three"))
    assert (pages_of(content), content.problem) == ("One\nTwo\n", Problem(ProblemCode.LIMIT, "pages"))


def a_font_without_meanings(collection: bytes) -> bytes:
    """Its characters are numbers of glyphs, and nothing says of what."""
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
        b"/CIDFontType2/BaseFont/None/CIDSystemInfo<</Registry(Adobe)/Ordering(%b)/Supplement 0>>/DW 600"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/None/Flags 4>>>>]>>" % collection
    )


def test_text_whose_font_does_not_say_what_it_means_escalates_and_waits_for_recognition(files):
    codes = b"".join(b"%04x" % (ord(letter) - 29) for letter in "DearZoeExampleyournumberis")
    pdf = a_raw_pdf(a_stream(b"BT /F 12 Tf 72 700 Td <%b> Tj ET" % codes), font=a_font_without_meanings(b"Identity"))
    escalation = escalation_of(files, pdf)
    assert (escalation.reason, escalation.content.pending) == ("garbled", ("ocr",))


def test_a_few_bullets_of_a_symbol_font_are_not_garbled(files):
    meanings = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        b"1 beginbfchar <41> <F0B7> endbfchar endcmap end"
    )
    font = HELVETICA[:-2] + b"/ToUnicode 6 0 R>>"
    lines = b" T* ".join(b"(A the panel met on tuesday and agreed) Tj" for _ in range(12))
    pdf = a_raw_pdf(a_stream(b"BT /F 12 Tf 20 TL 72 700 Td %b ET" % lines), font=font, more=[a_stream(meanings)])
    assert content_of(files, pdf).text.count("the panel met") == 12


@pytest.mark.parametrize("pieces", [1, 30])
def test_pieces_of_text_that_give_no_characters_escalate(files, pieces):
    lines = b" T* ".join(b"<%04x> Tj" % (843 + number) for number in range(pieces))
    content = a_stream(b"BT /F 12 Tf 20 TL 72 700 Td %b ET" % lines)
    assert escalation_of(files, a_raw_pdf(content, font=a_font_without_meanings(b"Japan1"))).reason == "lost text"


def test_a_blank_page_with_but_spaces_does_not_escalate(files):
    assert pages_of(content_of(files, files.a_pdf("Dear Zoe", " "))) == "Dear Zoe\n"


def test_a_page_that_is_a_picture_waits_for_recognition_beside_what_is_read(files):
    assert content_of(files, a_scan(GREY)).pending == ("ocr",)
    content = content_of(files, a_scan(GREY, beside="Received 12 May 2019"))
    assert (pages_of(content), content.pending, content.problem) == ("Received 12 May 2019\n", ("ocr",), None)


def test_a_page_with_a_picture_and_enough_text_does_not_wait(files):
    assert content_of(files, a_scan(GREY, beside="The panel met. " * 10)).pending == ()
    assert content_of(files, files.a_pdf("Short, with a small picture", picture=True)).pending == ()


def test_a_page_of_letters_drawn_as_curves_waits_for_recognition(files):
    def draw(canvas):
        for number in range(40):
            canvas.circle(50 + 10 * number, 500, 4)

    assert content_of(files, drawn(draw)).pending == ("ocr",)


def test_a_document_without_anything_to_read_is_no_text(files):
    assert trouble_of(files, a_raw_pdf(a_stream(b" "))) == Problem(ProblemCode.NO_TEXT)
    titled = a_raw_pdf(a_stream(b" "), more=[b"<</Title(Care plan)>>"], trailer=b"/Info 6 0 R")
    content = content_of(files, titled)
    assert (content.text, content.problem) == ("Title: Care plan\n", Problem(ProblemCode.NO_TEXT))


def test_a_cover_without_text_around_attachments_is_not_no_text(files):
    names = b"/Names<</EmbeddedFiles<</Names[(a.txt)<</Type/Filespec/F(a.txt)/EF<</F 6 0 R>>>>]>>>>"
    content = content_of(files, a_raw_pdf(a_stream(b" "), more=[a_stream(b"Dear Zoe")], catalogue=names))
    assert (content.text, content.problem) == ("", None)


def stretches_of(files, content: bytes, limit: int):
    with files.blob_of(content) as blob:
        first = PdfExtractor().extract(blob, "application/pdf", limit)
        return [first, *first.rest]


def test_past_the_limit_the_text_comes_in_stretches(files):
    first, *rest = stretches_of(files, files.a_pdf("abcdefghij", "klmnopqrst", "uvw"), 14)
    assert (first.text, first.problem, first.places[0].name) == ("abcdefghij\n", None, "page 1")
    assert [content.text for content in rest[:2]] == ["klmnopqrst\n", "uvw\n"]
    assert [content.places[0].name for content in rest[:2]] == ["page 2", "page 3"]
    assert (rest[-1].problem, not any(ObjectTracker.values())) == (None, True)


def test_a_page_of_a_later_stretch_that_is_a_picture_is_named(files):
    pages = drawn(lambda canvas: [
        canvas.drawString(72, 700, "abcdefghijklmno"), canvas.showPage(), canvas.showPage(),
        canvas.drawImage(ImageReader(GREY), 0, 0, 595, 842), canvas.showPage(),
    ])  # fmt: skip
    first, *rest = stretches_of(files, pages, 10)
    assert (first.pending, rest[-1].problem) == ((), Problem(ProblemCode.NO_TEXT))


def test_a_reader_who_leaves_the_rest_leaves_nothing_open(files):
    with files.blob_of(files.a_pdf("abcdefghij", "klmnopqrst")) as blob:
        first = PdfExtractor().extract(blob, "application/pdf", 12)
        next(iter(first.rest))
        del first
    assert not any(ObjectTracker.values())


def test_a_file_that_ends_before_its_end_is_corrupt_though_its_pages_are_read(files):
    content = content_of(files, a_raw_pdf().replace(b"%%EOF\n", b""))
    assert (content.text, content.problem) == ("Dear Zoe Example\n", Problem(ProblemCode.CORRUPT))


def a_packet(*properties: bytes) -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>%b</rdf:RDF></x:xmpmeta>" % b"".join(properties)


def test_what_xmp_says_of_a_document_is_read_beside_its_info_dictionary(files):
    packet = a_packet(
        b"<rdf:Description pdf:Keywords='fostering' xmp:CreateDate='2019-05-12T09:30:00Z'/>"
        b"<rdf:Description><dc:creator><rdf:Seq><rdf:li>Zoe Example</rdf:li><rdf:li>Ann Other</rdf:li></rdf:Seq>"
        b"</dc:creator><dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>The family</rdf:li></rdf:Alt></dc:rights>"
        b"</rdf:Description>"
    )
    more = [a_stream(packet, b"/Type/Metadata/Subtype/XML"), b"<</Author(Zoe Example)/ModDate(D:20200102)>>"]
    content = content_of(files, a_raw_pdf(more=more, catalogue=b"/Metadata 6 0 R", trailer=b"/Info 7 0 R"))
    assert stretch_at(content, "properties") == (
        "Author: Zoe Example\nKeywords: fostering\nAuthor: Ann Other\nCopyright: The family\n"
    )
    assert (content.properties["author"], content.properties["keywords"]) == ("Zoe Example", "fostering")
    assert content.dates == (
        DatedBy(DateSource.CREATED, date(2019, 5, 12)),
        DatedBy(DateSource.MODIFIED, date(2020, 1, 2)),
    )


@pytest.mark.parametrize("packings", [1, 2])
def test_a_stream_that_swells_beyond_reason_is_not_given_to_pdfium(files, packings):
    pdf = a_raw_pdf(a_stream(b"0 0 m 1 1 l S " * 3_000_000, packings=packings))
    assert len(pdf) < 200_000
    assert trouble_of(files, pdf) == Problem(ProblemCode.LIMIT, "ratio")


def test_what_swells_but_is_not_unpacked_for_the_text_is_no_bomb(files):
    nothing = bytes(40_000_000)
    picture = a_stream(nothing, b"/Type/XObject/Subtype/Image/Width 8000/Height 5000/ColorSpace/DeviceGray"
                       b"/BitsPerComponent 8", packings=1)  # fmt: skip
    attached = a_stream(nothing, b"/Type/EmbeddedFile", packings=1)
    assert content_of(files, a_raw_pdf(more=[picture, attached])).text == "Dear Zoe Example\n"


def test_a_large_stream_of_a_usual_ratio_is_no_bomb(files):
    words = random.Random(1)
    lines = b"".join(b"%% %d\n" % words.randrange(10**9) for _ in range(60_000))
    content = a_stream(written(b"Dear Zoe Example") + b"\n" + lines, packings=1)
    assert content_of(files, a_raw_pdf(content)).text == "Dear Zoe Example\n"


def test_streams_that_never_end_are_no_trouble(files):
    pdf = a_raw_pdf().replace(b"xref\n", b"<</Filter/FlateDecode>>stream\n" * 5_000 + b"xref\n", 1)
    assert content_of(files, pdf).text == "Dear Zoe Example\n"


def test_bookmarks_in_a_circle_are_read_once(files):
    more = [
        b"<</Type/Outlines/First 7 0 R/Last 7 0 R>>",
        b"<</Title(One)/Parent 6 0 R/Next 8 0 R/First 8 0 R>>",
        b"<</Title(Two)/Parent 6 0 R/Next 7 0 R>>",
    ]
    content = content_of(files, a_raw_pdf(more=more, catalogue=b"/Outlines 6 0 R"))
    assert stretch_at(content, "bookmarks") == "One\nTwo\n"


def test_damage_anywhere_is_an_answer_or_a_named_problem_and_nothing_stays_open(files):
    whole = drawn(lambda canvas: [canvas.drawString(72, 700, "Dear Zoe"), canvas.showPage()], pageCompression=0)
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.choice([0, 1, 20])):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(ItemTroubleError, EscalateError):
            assert "Zo" not in repr(content_of(files, bytes(damaged)))
    assert not any(ObjectTracker.values())


def test_a_header_that_stands_a_little_later_is_found(files):
    assert pages_of(content_of(files, b"\r\n" * 100 + files.a_pdf("Dear Zoe"))) == "Dear Zoe\n"


def test_what_may_be_shown_but_not_copied_is_read(files):
    lock = pdfencrypt.StandardEncryption("", "owner", canPrint=0, canCopy=0, strength=128)
    pdf = drawn(lambda canvas: canvas.drawString(72, 700, "Dear Zoe"), encrypt=lock)
    assert pages_of(content_of(files, pdf)) == "Dear Zoe\n"


def test_a_document_of_nothing_but_a_catalogue_escalates(files):
    assert escalation_of(files, assembled([b"<</Type/Catalog>>"])).reason in ("damaged", "missing pages")
