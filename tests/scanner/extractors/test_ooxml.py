from __future__ import annotations

import io
import random
import socket
import struct
import tracemalloc
import warnings
import zipfile
from datetime import UTC, date, datetime

import docx
import pptx
import pytest
from docx.enum.text import WD_BREAK
from pptx.util import Inches

from domain.content import Content, DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.ooxml import OoxmlExtractor

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ALL = (
    W + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def word(body: str, parts: dict[str, str | bytes] | None = None) -> dict[str, bytes]:
    """The members of a document of Word with this body, and other parts."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {ALL}><w:body>{body}</w:body></w:document>",
    } | (parts or {})
    return {name: part.encode() if isinstance(part, str) else part for name, part in members.items()}


def relationships(*pointed: tuple[str, str, str], mode: str = "") -> str:
    rows = (f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{to}"{mode}/>' for id_, kind, to in pointed)
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(rows)}</Relationships>'


def extracted(files, content: bytes | dict[str, bytes], limit: int = 100_000) -> Content:
    with files.blob_of(content if isinstance(content, bytes) else files.a_zip(content)) as blob:
        return OoxmlExtractor().extract(blob, "", limit)


def escalation_of(files, content: bytes | dict[str, bytes]) -> EscalateError:
    with pytest.raises(EscalateError) as caught:
        extracted(files, content)
    return caught.value


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_place(content: Content) -> dict[str, str]:
    ends = [*(place.start for place in content.places[1:]), len(content.text)]
    found: dict[str, str] = {}
    for place, end in zip(content.places, ends, strict=True):
        found[place.name] = found.get(place.name, "") + content.text[place.start : end]
    return found


def test_a_document_of_word_gives_all_its_parts_by_place(files):
    document = docx.Document()
    document.add_paragraph("Dear Ann Example")
    document.sections[0].header.paragraphs[0].text = "Panel of 4 March"
    document.sections[0].footer.paragraphs[0].text = "Page one"
    document.add_comment(document.paragraphs[0].runs, text="Is this she?", author="Bea Sample", initials="BS")
    places = by_place(extracted(files, saved(document)))
    assert places["body"] == "Dear Ann Example\n"
    assert (places["header"], places["footer"]) == ("Panel of 4 March\n", "Page one\n")
    assert places["comments"] == "Is this she?\n"
    assert "Bea Sample" in places["contributors"]


def test_properties_and_dates_are_given_and_stand_at_the_end_of_the_text(files):
    document = docx.Document()
    document.add_paragraph("Dear Ann")
    facts = document.core_properties
    facts.author, facts.last_modified_by, facts.title = "Ann Example", "Bea Sample", "Panel"
    facts.keywords, facts.comments = "children, panel", ""
    facts.created, facts.modified = datetime(2019, 3, 4, tzinfo=UTC), datetime(2020, 5, 6, tzinfo=UTC)
    facts.last_printed = datetime(1899, 12, 30, tzinfo=UTC)
    content = extracted(files, saved(document))
    assert by_place(content)["properties"] == (
        "Title: Panel\nAuthor: Ann Example\nLast author: Bea Sample\nKeywords: children, panel\n"
    )
    kept = content.properties
    assert (kept["author"], kept["last_author"], kept["title"]) == ("Ann Example", "Bea Sample", "Panel")
    assert kept["application"]
    assert content.dates == (
        DatedBy(DateSource.CREATED, date(2019, 3, 4)),
        DatedBy(DateSource.MODIFIED, date(2020, 5, 6)),
    )
    assert content.reader == "ooxml"


def test_properties_are_found_where_the_package_says_and_custom_ones_keep_their_names(files):
    custom = (
        '<Properties xmlns:vt="vt"><property name="Case worker"><vt:lpwstr>Ann Example</vt:lpwstr></property>'
        '<property name="Empty"><vt:lpwstr/></property></Properties>'
    )
    parts = {
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "word/document.xml"), ("rId2", "metadata/core-properties", "/odd/place.psmdcp"),
            ("rId3", "customProperties", "docProps/mine.xml"),
        ),
        "odd/place.psmdcp": '<cp:coreProperties xmlns:dc="d"><dc:creator>Bea</dc:creator></cp:coreProperties>',
        "docProps/mine.xml": custom,
        "docProps/app.xml": "<Properties><Manager>Cat</Manager><Company>County</Company><Pages>3</Pages></Properties>",
    }  # fmt: skip
    content = extracted(files, word(p("x"), parts))
    assert by_place(content)["properties"] == "Author: Bea\nCompany: County\nManager: Cat\nCase worker: Ann Example\n"
    assert content.properties["pages"] == "3"


def test_runs_are_joined_as_they_are_and_marks_between_them_are_kept(files):
    body = (
        p("AB 12", "34 5", "6 C")
        + "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>"
        "<w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t>"
        "<w:sym w:font='Symbol' w:char='0041'/><w:sym w:char='D800'/><w:sym w:char='x'/></w:r></w:p>"
    )
    assert extracted(files, word(body)).text == "AB 1234 56 C\na\tb\nc-d\u00adeA\n"


def test_inserted_deleted_and_moved_text_is_read_and_those_who_changed_it_are_named(files):
    body = (
        "<w:p><w:del w:author='Ann Example'><w:r><w:delText>old </w:delText></w:r></w:del>"
        "<w:ins w:author='Bea Sample'><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    )
    people = (
        '<w15:people xmlns:w15="x"><w15:person w15:author="Cat"><w15:presenceInfo w15:userId="S::cat@example.org::1"/>'
    )
    content = extracted(files, word(body, {"word/people.xml": people + "</w15:person></w15:people>"}))
    assert by_place(content) == {
        "body": "old new\n",
        "contributors": "Ann Example\nBea Sample\nCat\ncat@example.org\n",
    }


def test_a_text_box_is_read_once_though_it_stands_there_in_two_forms(files):
    box = f"<w:txbxContent>{p('Ann ', 'Example')}<w:p/></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Dear</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wp:docPr descr='A portrait'/>{box}</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}{p('only here')}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>est</w:t></w:r></w:p>"
    )
    assert extracted(files, word(body)).text == "A portrait\nAnn Example\nonly here\nDearest\n"


def test_a_character_in_two_forms_is_kept_in_the_one_that_has_it(files):
    body = (
        "<w:p><w:r><w:t>Hi </w:t><mc:AlternateContent><mc:Choice Requires='x'><w:new/></mc:Choice>"
        "<mc:Fallback><w:t>there</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert extracted(files, word(body)).text == "Hi there\n"


def test_a_table_is_rows_and_cells_with_its_headings_as_columns(files):
    document = docx.Document()
    document.add_paragraph("Staff")
    table = document.add_table(rows=3, cols=3)
    rows = (("Name", "NI number", "Born"), ("Ann Example", "AB123456C", "01/02/1980"), ("Bea", "", "03/04/1990"))
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.rows[2].cells[0].merge(table.rows[2].cells[1])
    content = extracted(files, saved(document))
    assert content.text.startswith(
        "Staff\nName\tNI number\tBorn\nAnn Example\tAB123456C\t01/02/1980\nBea\t\t03/04/1990\n"
    )
    (found,) = content.tables
    assert found.columns == ("Name", "NI number", "Born")
    assert content.text[found.start : found.end].count("\n") == 3


def test_links_that_name_somebody_are_kept_and_those_to_pages_are_not(files):
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "mailto:be</w:instrText></w:r>'
        '<w:r><w:instrText>a@example.org" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:p><w:fldSimple w:instr=' HYPERLINK &quot;tel:07700900123&quot; '><w:r><w:t>ring</w:t></w:r></w:fldSimple>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r></w:p>"
    )
    outside = relationships(
        ("rId1", "hyperlink", "mailto:ann%20e@example.org"),
        ("rId2", "hyperlink", "https://example.org/1234567890"),
        ("rId3", "attachedTemplate", "file:///\\\\server\\homes\\ann.example\\Normal.dotm"),
        mode=' TargetMode="External"',
    )
    places = by_place(extracted(files, word(body, {"word/_rels/document.xml.rels": outside})))
    assert places["body"] == "ring\n"
    assert places["links"].splitlines() == [
        "bea@example.org",
        "tel:07700900123",
        "ann e@example.org",
        "file:///\\\\server\\homes\\ann.example\\Normal.dotm",
    ]


def test_what_a_form_offers_is_read_where_its_field_has_another_text(files):
    field = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox>"
        "<w:textInput><w:default w:val='Ann Example'/></w:textInput></w:ffData></w:fldChar></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:t>Example</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> came</w:t></w:r></w:p>"
    )
    assert by_place(extracted(files, word(field.format("Ann "))))["body"] == "Ann Example came\n"
    assert by_place(extracted(files, word(field.format("Bea "))))["body"] == "Ann Example\nBea Example came\n"
    cut = field.format("Bea ").replace("<w:fldChar w:fldCharType='end'/>", "")
    assert by_place(extracted(files, word(cut)))["body"] == "Ann Example\nBea Example came\n"


def test_what_hides_in_forms_variables_and_stored_data_is_read(files):
    body = (
        "<w:p><w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='Miss'/>"
        "<w:listEntry w:val='Mrs'/></w:ddList></w:ffData></w:fldChar><w:t> Example</w:t></w:r></w:p>"
        "<w:p><w:r><w:pict><v:shape alt='A map'><v:textpath string='CONFIDENTIAL'/></v:shape></w:pict></w:r></w:p>"
    )
    number = "{0737F685-47E2-45F8-A2E2-20C10D834606}"
    parts = {
        "word/settings.xml": f"<w:settings {W}><w:docVar w:name='Client' w:val='Ann'/></w:settings>",
        "customXml/item1.xml": f"<case><id>{number}</id><worker>Bea Sample</worker></case>",
        "customXml/itemProps1.xml": "<ds:datastoreItem xmlns:ds='x'>no</ds:datastoreItem>",
        "word/activeX/activeX1.bin": b"\x00\x02" + "Cat Person".encode("utf-16-le") + b"\x01\xffno\x00Arial\x00",
        "word/activeX/activeX2.xml": "<ax:ocx xmlns:ax='a'><ax:ocxPr ax:name='Caption' ax:value='Yes, Dan'/></ax:ocx>",
    }
    places = by_place(extracted(files, word(body, parts)))
    assert places["body"] == "Mrs Example\nA map\nCONFIDENTIAL\n"
    assert places["other parts"] == "Client: Ann\n"
    assert places["custom XML"] == "Bea Sample\n"
    assert places["control"] == "Caption: Yes, Dan\nCat Person\nArial\n"


def test_notes_charts_diagrams_and_the_glossary_are_read(files):
    chart = (
        '<c:chartSpace xmlns:c="c" xmlns:a="a"><c:title><a:p><a:r><a:t>Absences</a:t></a:r></a:p></c:title><c:strCache>'
        "<c:pt><c:v>Ann Example</c:v></c:pt></c:strCache><c:numCache><c:pt><c:v>17</c:v></c:pt></c:numCache>"
        "</c:chartSpace>"
    )
    diagram = "<dgm:dataModel><dgm:t>\n <a:p><a:r><a:t>Head</a:t></a:r></a:p>\n </dgm:t></dgm:dataModel>"
    parts = {
        "word/footnotes.xml": f"<w:footnotes {W}><w:footnote>{p('a footnote')}</w:footnote></w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {W}><w:endnote>{p('an endnote')}</w:endnote></w:endnotes>",
        "word/charts/chart1.xml": chart,
        "word/diagrams/data1.xml": diagram,
        "word/diagrams/drawing1.xml": diagram.replace("dataModel", "drawing"),
        "word/glossary/document.xml": f"<w:glossaryDocument {W}>{p('a building block')}</w:glossaryDocument>",
        "word/styles.xml": f"<w:styles {W}>{p('no text')}</w:styles>",
    }
    assert by_place(extracted(files, word(p("body"), parts))) == {
        "body": "body\n",
        "footnotes": "a footnote\n",
        "endnotes": "an endnote\n",
        "chart": "Absences\nAnn Example\n17\n",
        "diagram": "Head\n",
        "glossary": "a building block\n",
    }


def test_strict_documents_and_parts_of_other_names_are_read(files):
    strict = "http://purl.oclc.org/ooxml/"
    members = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="a" Target="/odd/main.part"'
        f' Type="{strict}officeDocument/relationships/officeDocument"/></Relationships>',
        "odd/main.part": f'<x:document xmlns:x="{strict}wordprocessingml/main"><x:p><x:t>Ann</x:t></x:p></x:document>',
    }
    assert extracted(files, {name: part.encode() for name, part in members.items()}).text == "Ann\n"


def test_the_slides_of_a_presentation_are_numbered_as_they_are_shown(files):
    deck = pptx.Presentation()
    for title in ("one", "two", "three"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Slide {title}"
        slide.notes_slide.notes_text_frame.text = f"Say {title}"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for at, value in enumerate(("Name", "Phone", "Ann", "07700 900123")):
        table.cell(at // 2, at % 2).text = value
    order = deck.slides._sldIdLst
    order.insert(0, order[2])
    content = extracted(files, saved(deck))
    places = by_place(content)
    assert places["slide 1"] == "Slide three\nName\tPhone\nAnn\t07700 900123\n"
    assert (places["slide 2"], places["slide 3"]) == ("Slide one\n", "Slide two\n")
    assert "Say three" in places["notes of slide 1"]
    assert "Say two" in places["notes of slide 3"]
    assert content.tables[0].columns == ("Name", "Phone")
    assert "Click to edit" not in content.text


def presentation(parts: dict[str, str]) -> dict[str, bytes]:
    """One slide, and what is given."""
    members = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": '<p:presentation xmlns:r="r"><p:sldId id="256" r:id="rId9"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relationships(("rId9", "slide", "slides/slide7.xml")),
        "ppt/slides/slide7.xml": "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>Dear Ann</a:t></a:r></a:p></p:sld>",
    } | parts
    return {name: part.encode() for name, part in members.items()}


def test_comments_on_slides_old_and_new_are_read_with_those_who_wrote_them(files):
    parts = {
        "ppt/slides/_rels/slide7.xml.rels": relationships(
            ("rId1", "comments", "../comments/comment1.xml"),
            ("rId2", "2018/10/relationships/comments", "../comments/modern.xml"),
        ),
        "ppt/comments/comment1.xml": "<p:cmLst xmlns:p='p'><p:cm><p:text>ask Bea</p:text></p:cm></p:cmLst>",
        "ppt/comments/modern.xml": "<p188:cmLst><p188:txBody><a:p><a:r><a:t>ask Cat</a:t></a:r></a:p></p188:txBody>"
        "</p188:cmLst>",
        "ppt/commentAuthors.xml": "<p:cmAuthorLst xmlns:p='p'><p:cmAuthor name='Dan Old'/></p:cmAuthorLst>",
        "ppt/authors.xml": "<p188:authorLst><p188:author name='Eve New' userId='S::eve@example.org::2'/>"
        "</p188:authorLst>",
    }  # fmt: skip
    places = by_place(extracted(files, presentation(parts)))
    assert places["slide 1"] == "Dear Ann\n"
    assert places["comments of slide 1"] == "ask Bea\nask Cat\n"
    assert places["contributors"] == "Dan Old\nEve New\neve@example.org\n"


def test_masters_give_what_is_written_on_them_once_and_not_their_prompts(files):
    def master(root: str, footer: str) -> str:
        return (
            f"<p:{root}><p:sp><p:nvPr><p:ph type='title'/></p:nvPr><a:p><a:r><a:t>Click here</a:t></a:r></a:p></p:sp>"
            "<p:sp><a:p><a:r><a:t>County Council</a:t></a:r></a:p></p:sp><p:sp><p:ph type='ftr'/><a:p><a:r>"
            f"<a:t>{footer}</a:t></a:r></a:p></p:sp></p:{root}>"
        )

    parts = {
        "ppt/slideMasters/slideMaster1.xml": master("sldMaster", "Ann Example"),
        "ppt/slideLayouts/slideLayout1.xml": master("sldLayout", "Ann Example"),
        "ppt/slideLayouts/slideLayout2.xml": master("sldLayout", "Bea Sample"),
    }
    places = by_place(extracted(files, presentation(parts)))
    assert sorted(places["master"].splitlines()) == ["Ann Example", "Bea Sample", "County Council"]


def test_a_drawing_of_visio_gives_its_shapes_their_data_and_their_links(files):
    page = (
        "<PageContents><Shape><Section N='Property'><Row N='Row_1'><Cell N='Label' V='Phone'/>"
        "<Cell N='Value' V='07700 900123'/></Row></Section><Section N='Hyperlink'><Row>"
        "<Cell N='Address' V='mailto:ann@example.org'/></Row></Section>"
        "<Text><cp IX='0'/>Ann <fld>Example</fld>, head</Text></Shape></PageContents>"
    )
    members = {
        "_rels/.rels": relationships(("rId1", "document", "visio/document.xml")),
        "visio/document.xml": "<VisioDocument/>",
        "visio/pages/pages.xml": "<Pages/>",
        "visio/pages/page2.xml": page,
    }
    assert by_place(extracted(files, {name: part.encode() for name, part in members.items()})) == {
        "page 2": "Phone: 07700 900123\nAnn Example, head\n",
        "links": "ann@example.org\n",
    }


def test_members_of_one_name_are_all_read(files):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for text in ("shown", "hidden"):
            for name, part in word(p(text)).items():
                archive.writestr(name, part)
    assert extracted(files, out.getvalue()).text == "shown\nhidden\n"


def test_backslashes_and_a_missing_list_of_types_do_no_harm(files):
    members = {name.replace("/", "\\"): part for name, part in word(p("Dear Ann")).items() if "Types" not in name}
    assert extracted(files, members).text == "Dear Ann\n"


def test_past_the_limit_the_text_is_cut_and_says_so_and_its_properties_stay(files):
    document = docx.Document()
    document.core_properties.author = "Ann Example"
    document.core_properties.comments = ""
    for _ in range(200):
        document.add_paragraph("The panel met on Tuesday.")
    content = extracted(files, saved(document), limit=300)
    assert (len(content.text), content.problem) == (300, Problem(ProblemCode.LIMIT, "text"))
    assert content.text.endswith("Author: Ann Example\n")


def test_an_empty_document_is_examined_and_one_that_only_holds_pictures_too(files):
    assert extracted(files, word("<w:p/><w:sectPr/>")) == Content(reader="ooxml")
    big = "<w:p><w:pPr><w:spacing w:before='1'/></w:pPr></w:p>" * 2_000
    assert extracted(files, word(big, {"word/media/image1.png": b"x"})).problem is None
    with pytest.raises(ItemTroubleError) as caught:
        extracted(files, word(big))
    assert caught.value.problem == Problem(ProblemCode.NO_TEXT)


def test_what_is_no_package_goes_to_the_full_reader(files):
    whole = files.a_docx()
    cases = {
        "not a zip": (b"Just a note", whole[:-30], whole[: len(whole) // 2], b"\xd0\xcf\x11\xe0" + bytes(600)),
        "no main part": (files.a_zip({"a.txt": b"x"}), files.a_zip({"[Content_Types].xml": b"<Types/>"})),
    }
    for reason, contents in cases.items():
        for content in contents:
            escalation = escalation_of(files, content)
            assert (escalation.reason, escalation.content.problem) == (reason, Problem(ProblemCode.CORRUPT))


def test_a_malformed_main_part_goes_to_the_full_reader_with_what_was_read(files):
    members = word(p("Dear Ann"), {"word/header1.xml": f"<w:hdr {W}>{p('a header')}</w:hdr>"})
    members["word/document.xml"] = members["word/document.xml"].replace(b"</w:body>", b"<w:p><w:r><w:t>and Bea")
    escalation = escalation_of(files, members)
    assert escalation.reason == "malformed"
    assert by_place(escalation.content) == {"body": "Dear Ann\nand Bea\n", "header": "a header\n"}
    assert escalation.content.problem == Problem(ProblemCode.CORRUPT)


@pytest.mark.parametrize(
    "name", ["word/header1.xml", "word/_rels/document.xml.rels", "docProps/core.xml", "_rels/.rels"]
)
def test_a_broken_second_part_leaves_the_rest(files, name):
    escalation = escalation_of(files, word(p("Dear Ann"), {name: "<a>External<b></a>"}))
    assert escalation.reason == "malformed"
    assert "Dear Ann\n" in escalation.content.text


def test_a_damaged_member_leaves_the_rest(files):
    noise = "".join(random.Random(1).choices("abcdefgh", k=4_000))
    archive = bytearray(files.a_zip(word(p("Dear Ann"), {"word/header1.xml": f"<w:hdr {W}>{p(noise)}</w:hdr>"})))
    at = archive.find(b"word/header1.xml") + 100
    archive[at : at + 20] = bytes(20)
    escalation = escalation_of(files, bytes(archive))
    assert escalation.content.text.startswith("Dear Ann\n")


def test_an_encrypted_package_is_named_so(files):
    with pytest.raises(ItemTroubleError) as caught:
        extracted(files, files.with_encrypted_flag(files.a_zip(word(p("x")))))
    assert caught.value.problem.code is ProblemCode.ENCRYPTED
    one = files.with_encrypted_flag(files.a_zip(word(p("x"), {"word/header1.xml": "<a/>"})), b"word/header1.xml")
    content = extracted(files, one)
    assert (content.text, content.problem) == ("x\n", Problem(ProblemCode.ENCRYPTED))


def test_a_part_too_large_goes_to_the_full_reader_and_a_bomb_to_nobody(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in word(" " * 68_000_000).items():
            archive.writestr(name, part)
    assert escalation_of(files, out.getvalue()).reason == "large part"
    bomb = a_bomb(files)
    tracemalloc.start()
    content = extracted(files, bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (content.text, content.problem) == ("a header\n", Problem(ProblemCode.LIMIT, "ratio"))
    assert peak < 20_000_000


def a_bomb(files) -> bytes:
    body = p("Dear Ann") + " " * 70_000_000
    return files.a_zip(word(body, {"word/header1.xml": f"<w:hdr {W}>{p('a header')}</w:hdr>"}))


def test_a_part_that_declares_less_than_it_holds_is_read_no_further_by_anybody(files):
    archive = bytearray(a_bomb(files))
    struct.pack_into("<I", archive, archive.rfind(b"word/document.xml") - 46 + 24, 1_000)
    tracemalloc.start()
    with files.blob_of(bytes(archive)) as blob:
        content = OoxmlExtractor().extract(blob, "", 1_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (content.text, content.problem) == ("Dear Ann\na header\n", Problem(ProblemCode.CORRUPT))
    assert peak < 20_000_000


def test_many_parts_that_overlap_are_not_all_read(files):
    """Each entry of the directory claims the same member: together more than a package may have."""
    filler = b"<w:p/>" * 5_000_000
    members = word("", {"word/document.xml": b"<w:document " + W.encode() + b">" + filler + b"</w:document>"})
    archive = files.a_zip({name: members[name] for name in ("_rels/.rels", "word/document.xml")})
    start, end = archive.rfind(b"PK\x01\x02"), archive.rfind(b"PK\x05\x06")
    entry, closing = archive[start:end], bytearray(archive[end:])
    struct.pack_into("<HHI", closing, 8, 31, 31, int.from_bytes(closing[12:16], "little") + 29 * len(entry))
    with pytest.raises(ItemTroubleError) as caught:
        extracted(files, archive[:start] + entry * 30 + bytes(closing))
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "ratio")


def test_entities_are_neither_expanded_nor_fetched(files, tmp_path):
    (tmp_path / "secret.txt").write_text("the secret of the house")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        doctype = (
            f'<!DOCTYPE x SYSTEM "{url}/a.dtd" [<!ENTITY leak SYSTEM "{url}/entity">'
            f'<!ENTITY file SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY % outer SYSTEM "{url}/outer"> %outer;]>'
        )
        for name in ("word/document.xml", "word/header1.xml", "docProps/core.xml", "_rels/.rels"):
            members = word(p("Dear Ann &leak;&file;"), {"word/header1.xml": f"<w:hdr {W}>{p('header &file;')}</w:hdr>"})
            members[name] = doctype.encode() + members.get(name, b"<a>&file;</a>")
            escalation = escalation_of(files, members)
            assert escalation.reason in {"entities", "malformed"}
            assert "secret" not in escalation.content.text
        with pytest.raises(TimeoutError):
            server.accept()


def test_names_and_tags_without_end_are_met_by_no_other_reader(files):
    for body in ("".join(f"<w:x{number}/>" for number in range(20_000)), f"<w:p w:x='{'x' * 12_000_000}'/>"):
        content = extracted(files, word(p("Dear Ann") + body))
        assert (content.text, content.problem) == ("Dear Ann\n", Problem(ProblemCode.CORRUPT))


def test_laughs_are_not_laughed(files):
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    members = word(p("&l9;"))
    members["word/document.xml"] = f"<!DOCTYPE x [{entities}]>".encode() + members["word/document.xml"]
    assert escalation_of(files, members).reason == "entities"


def test_a_hundred_thousand_levels_end_at_a_named_limit_and_nine_thousand_are_read(files):
    deep = "<w:sdt>" * 100_000 + p("deep") + "</w:sdt>" * 100_000
    content = extracted(files, word(p("Dear Ann") + deep + p("after")))
    assert (content.text, content.problem) == ("Dear Ann\n", Problem(ProblemCode.TOO_DEEP, "depth"))
    nested = "<w:p><w:r><w:tbl><w:tr><w:tc>" * 1_500 + "<w:t>deep</w:t>" + "</w:tc></w:tr></w:tbl></w:r></w:p>" * 1_500
    content = extracted(files, word(nested + p("after")))
    assert (content.text, content.problem) == ("deep\nafter\n", None)


def test_forms_nested_a_thousand_deep_are_read_once(files):
    opening = "<mc:AlternateContent><mc:Choice>" + p("once") + "</mc:Choice><mc:Fallback>" + p("once")
    closing = "</mc:Fallback></mc:AlternateContent>"
    assert extracted(files, word(opening * 1_000 + closing * 1_000)).text == "once\n"


def test_a_number_of_columns_that_is_absurd_is_not_believed(files):
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr>{}</w:tc>"
    row = "".join(cell.format(width, p("x")) for width in (999_999_999, "9999", "-3", "0", "many", 2)) + cell.format(
        1, p("y")
    )
    text = extracted(files, word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")).text
    assert text.count("x") == 6
    assert text.count("\t") < 1_100


def test_damage_anywhere_is_an_answer_an_escalation_or_a_named_trouble(files):
    document = docx.Document()
    document.add_paragraph("Dear Ann").add_run("and Bea").add_break(WD_BREAK.PAGE)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Name"
    whole = saved(document)
    for seed in range(150):
        chance = random.Random(seed)
        damaged = bytearray(whole if seed % 3 else whole[: chance.randrange(len(whole))])
        for _ in range(chance.randint(1, 30)):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            assert extracted(files, bytes(damaged)).reader == "ooxml"
        except EscalateError as error:
            assert error.reason  # noqa: PT017
        except ItemTroubleError as error:
            assert error.problem.code  # noqa: PT017


def test_damage_in_the_xml_itself_keeps_what_stands_before_it(files):
    members = word(p("Dear Ann") + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>" + p("end"))
    whole = members["word/document.xml"]
    before = whole.index(b"<w:tbl>")
    for seed in range(300):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        damaged[chance.randrange(before, len(whole))] = chance.randrange(256)
        try:
            content = extracted(files, members | {"word/document.xml": bytes(damaged)})
        except EscalateError as error:
            content = error.content
        assert "Dear Ann" in content.text
