from __future__ import annotations

import io
import random
import socket
import tracemalloc
import zipfile
from datetime import date

import pytest
from odf import dc, meta
from odf.draw import Frame, Page, TextBox
from odf.opendocument import OpenDocumentPresentation, OpenDocumentSpreadsheet, OpenDocumentText
from odf.presentation import Notes
from odf.style import Footer, Header, MasterPage, PageLayout
from odf.table import Table, TableCell, TableRow
from odf.text import H, P

from domain.content import Content, DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.odf import OdfExtractor

NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "text", "table", "draw", "presentation", "style", "form", "meta")
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="svg"'
)


def content_xml(body: str, kind: str = "text") -> str:
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f"<office:document-content {NAMES}>{inner}</office:document-content>"


def packed(body: str, kind: str = "text", **parts: str) -> dict[str, bytes]:
    """The members of a package with this body; `styles` and `meta` are other parts."""
    members = {"content.xml": content_xml(body, kind)} | {f"{name}.xml": part for name, part in parts.items()}
    return {name: part.encode() for name, part in members.items()}


def flat(body: str, before: str = "") -> bytes:
    inner = f"{before}<office:body><office:text>{body}</office:text></office:body>"
    return f'<?xml version="1.0"?><office:document {NAMES}>{inner}</office:document>'.encode()


def extracted(files, content: bytes | dict[str, bytes], limit: int = 100_000) -> Content:
    with files.blob_of(content if isinstance(content, bytes) else files.a_zip(content)) as blob:
        return OdfExtractor().extract(blob, "", limit)


def escalation_of(files, content: bytes | dict[str, bytes]) -> EscalateError:
    with pytest.raises(EscalateError) as caught:
        extracted(files, content)
    return caught.value


def saved(document) -> bytes:
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def by_place(content: Content) -> dict[str, str]:
    ends = [*(place.start for place in content.places[1:]), len(content.text)]
    found: dict[str, str] = {}
    for place, end in zip(content.places, ends, strict=True):
        found[place.name] = found.get(place.name, "") + content.text[place.start : end]
    return found


def test_a_text_gives_its_body_its_margins_its_properties_and_its_dates(files):
    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text="Panel"))
    document.meta.addElement(meta.InitialCreator(text="Ann Example"))
    document.meta.addElement(dc.Creator(text="Bea Sample"))
    document.meta.addElement(meta.CreationDate(text="2019-03-04T10:00:00"))
    document.meta.addElement(dc.Date(text="2020-05-06T10:00:00.123"))
    document.meta.addElement(meta.UserDefined(name="Case worker", text="Cat"))
    document.text.addElement(H(outlinelevel=1, text="Minutes"))
    document.text.addElement(P(text="Dear Ann"))
    layout = PageLayout(name="page")
    document.automaticstyles.addElement(layout)
    master = MasterPage(name="Standard", pagelayoutname=layout)
    for kind, text in ((Header, "Above"), (Footer, "Below")):
        margin = kind()
        margin.addElement(P(text=text))
        master.addElement(margin)
    document.masterstyles.addElement(master)
    content = extracted(files, saved(document))
    assert by_place(content) == {
        "body": "Minutes\nDear Ann\n",
        "header": "Above\n",
        "footer": "Below\n",
        "properties": "Title: Panel\nAuthor: Ann Example\nLast author: Bea Sample\nCase worker: Cat\n",
    }
    assert content.properties["author"] == "Ann Example"
    assert content.dates == (
        DatedBy(DateSource.CREATED, date(2019, 3, 4)),
        DatedBy(DateSource.MODIFIED, date(2020, 5, 6)),
    )
    assert content.reader == "odf"


def test_a_document_saved_but_once_has_its_author(files):
    document = OpenDocumentText()
    document.meta.addElement(dc.Creator(text="Ann Example"))
    assert extracted(files, saved(document)).properties["author"] == "Ann Example"


def test_white_space_counts_once_and_what_stands_for_it_as_it_is_meant(files):
    body = (
        "<text:p>\n  one \n\t two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>fi<text:span>ve</text:span>"
        "<text:s text:c='999999999'/>end</text:p>"
    )
    text = extracted(files, packed(body)).text
    assert text.startswith("one two   three\tfour\nfive")
    assert len(text) < 200


def test_notes_comments_and_changes_stand_beside_the_text_they_interrupt(files):
    body = (
        "<text:tracked-changes><text:deletion><office:change-info><dc:creator>Dan</dc:creator>"
        "<dc:date>2019-03-04</dc:date></office:change-info><text:p>was deleted</text:p></text:deletion>"
        "</text:tracked-changes><text:p>Ann Ex<office:annotation><dc:creator>Bea Sample</dc:creator>"
        "<dc:date>2019-03-04</dc:date><text:p>Is this she?</text:p></office:annotation>am<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note>"
        "ple, <text:a xlink:href='mailto:ann@example.org'>mail</text:a> on <text:date>4 March</text:date>"
        " by <text:creator>Cat</text:creator></text:p>"
    )
    assert by_place(extracted(files, packed(body))) == {
        "body": "was deleted\nIs this she?\na note\nAnn Example, mail on 4 March by Cat\n",
        "links": "ann@example.org\n",
        "contributors": "Dan\nBea Sample\n",
    }


def test_what_is_said_of_pictures_and_stands_in_forms_is_read_and_what_is_stored_is_not(files):
    body = (
        "<form:form><form:text form:current-value='Ann Example'/><form:fixed-text form:label='Name'/></form:form>"
        "<text:user-field-decl text:name='Client' office:string-value='Bea'/>"
        "<text:p>see <draw:frame><svg:title>A portrait</svg:title><draw:image><office:binary-data>QUJDREVGRw==\n"
        "</office:binary-data></draw:image></draw:frame>below</text:p>"
    )
    content = extracted(files, flat(body, "<office:meta><dc:title>Flat</dc:title></office:meta>"))
    assert content.text == "Ann Example\nName\nClient: Bea\nA portrait\nsee below\nTitle: Flat\n"
    assert content.properties == {"title": "Flat"}


def a_table(*rows: tuple[str, ...]) -> Table:
    table = Table(name="People")
    for values in rows:
        row = TableRow()
        for value in values:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            row.addElement(cell)
        table.addElement(row)
    return table


def test_a_table_is_rows_and_cells_with_its_headings_as_columns(files):
    document = OpenDocumentText()
    document.text.addElement(P(text="Staff"))
    document.text.addElement(a_table(("Name", "NI number"), ("Ann Example", "AB123456C")))
    content = extracted(files, saved(document))
    assert content.text == "Staff\nName\tNI number\nAnn Example\tAB123456C\n"
    assert [(table.start, table.columns) for table in content.tables] == [(6, ("Name", "NI number"))]


def test_a_sheet_is_a_place_of_its_name(files):
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(a_table(("Name", "Phone"), ("Ann", "07700 900123")))
    assert by_place(extracted(files, saved(document))) == {"People": "Name\tPhone\nAnn\t07700 900123\n"}


def test_rows_and_cells_that_repeat_a_million_times_are_repeated_within_reason(files):
    cell = "<table:table-cell table:number-columns-repeated='{}'>{}</table:table-cell>"
    row = "<table:table-row table:number-rows-repeated='{}'>{}</table:table-row>"
    cells = cell.format(3, "") + cell.format(2, "<text:p>x</text:p>") + cell.format(16384, "")
    rows = row.format(1, cells) + row.format(1048576, cell.format(16384, ""))
    rows += row.format(1048576, cell.format(1, "<text:p>y</text:p>"))
    text = extracted(files, packed(f"<table:table table:name='S'>{rows}</table:table>", "spreadsheet")).text
    assert text == "\t\t\tx\tx\n" + "y\n" * 100


def test_a_sheet_that_would_be_a_thousand_million_cells_stops_at_the_limit(files):
    cell = "<table:table-cell table:number-columns-repeated='9999999'><text:p>Ann</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='9999999'>{cell}</table:table-row>"
    content = extracted(files, packed(f"<table:table>{row * 1_000}</table:table>", "spreadsheet"))
    assert (len(content.text), content.problem) == (100_000, Problem(ProblemCode.LIMIT, "text"))


def test_the_slides_of_a_presentation_and_their_notes_are_places(files):
    deck = OpenDocumentPresentation()
    layout = PageLayout(name="page")
    deck.automaticstyles.addElement(layout)
    master = MasterPage(name="master", pagelayoutname=layout)
    deck.masterstyles.addElement(master)
    for number in (1, 2):
        page, notes = Page(masterpagename=master), Notes()
        for holder, text in ((page, f"Slide {number}"), (notes, f"Say {number}")):
            frame, box = Frame(), TextBox()
            box.addElement(P(text=text))
            frame.addElement(box)
            holder.addElement(frame)
        page.addElement(notes)
        deck.presentation.addElement(page)
    assert by_place(extracted(files, saved(deck))) == {
        "slide 1": "Slide 1\n",
        "notes of slide 1": "Say 1\n",
        "slide 2": "Slide 2\n",
        "notes of slide 2": "Say 2\n",
    }


def test_a_master_gives_what_is_written_on_it_and_not_its_prompts(files):
    styles = (
        f"<office:document-styles {NAMES}><style:master-page><draw:frame presentation:placeholder='true'>"
        "<draw:text-box><text:p>Click to edit</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box>"
        "<text:p>County Council<presentation:footer/></text:p></draw:text-box></draw:frame></style:master-page>"
        "</office:document-styles>"
    )
    page = "<draw:page><draw:frame><text:p>One</text:p></draw:frame></draw:page>"
    content = extracted(files, packed(page, "presentation", styles=styles))
    assert by_place(content) == {"slide 1": "One\n", "master": "County Council\n"}


def test_a_formula_gives_its_signs(files):
    formula = b"<m:math><m:mi>a</m:mi><m:mo>=</m:mo><m:mn>7</m:mn></m:math>"
    assert extracted(files, {"content.xml": formula}).text.split() == ["a", "=", "7"]


def test_past_the_limit_the_text_is_cut_and_says_so(files):
    document = OpenDocumentText()
    document.meta.addElement(dc.Creator(text="Ann"))
    for _ in range(100):
        document.text.addElement(P(text="The panel met on Tuesday."))
    content = extracted(files, saved(document), limit=200)
    assert (len(content.text), content.problem) == (200, Problem(ProblemCode.LIMIT, "text"))
    assert content.text.endswith("Last author: Ann\n")


def test_text_that_a_condition_hides_is_read_and_what_is_shown_is_not_read_twice(files):
    hidden = "<text:p>See <text:hidden-text text:string-value='Ann'{}>{}</text:hidden-text> here.</text:p>"
    chosen = (
        "<text:p><text:conditional-text text:string-value-if-true='Mrs Bea'"
        " text:string-value-if-false='Mr Cat'>Mr Cat</text:conditional-text> came.</text:p>"
    )
    text = extracted(
        files, packed(hidden.format(" text:is-hidden='true'", "") + hidden.format("", "Ann") + chosen)
    ).text
    assert text == "Ann\nSee  here.\nSee Ann here.\nMrs Bea\nMr Cat came.\n"


def test_an_empty_document_is_examined_and_a_full_one_without_text_is_named(files):
    assert extracted(files, packed("<text:p/>")) == Content(reader="odf")
    drawn = "<draw:page>" + "<draw:line/>" * 5_000 + "</draw:page>"
    with pytest.raises(ItemTroubleError) as caught:
        extracted(files, packed(drawn, "drawing"))
    assert caught.value.problem == Problem(ProblemCode.NO_TEXT)
    assert extracted(files, packed(drawn, "drawing") | {"Pictures/1.png": b"x"}).problem is None


def test_members_of_one_name_are_all_read(files):
    whole = files.a_zip({"content.xml": packed("<text:p>shown</text:p>")["content.xml"], "contens.xml": b"x"})
    other = packed("<text:p>hidden</text:p>")["content.xml"]
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("CONTENT.xml", other)
    assert extracted(files, out.getvalue()).text == "shown\nhidden\n"


def test_what_is_no_package_and_no_xml_goes_to_the_full_reader(files):
    whole = files.an_odt()
    for content, reason in (
        (b"Just a note", "malformed"), (whole[:-30], "not a zip"), (files.a_zip({"a.xml": b"<a/>"}), "no main part"),
        (flat("<text:p>Dear Ann")[:-20], "malformed"),
    ):  # fmt: skip
        escalation = escalation_of(files, content)
        assert (escalation.reason, escalation.content.problem) == (reason, Problem(ProblemCode.CORRUPT))


def test_a_malformed_part_leaves_what_stands_before_it_and_the_others(files):
    members = packed("<text:p>Dear Ann</text:p>", styles="<a><b></a>", meta=f"<office:document-meta {NAMES}/>")
    escalation = escalation_of(files, members)
    assert (escalation.reason, escalation.content.text) == ("malformed", "Dear Ann\n")
    cut = members["content.xml"].replace(b"</text:p>", b"<text:p>and Bea")
    escalation = escalation_of(files, {"content.xml": cut})
    assert "and Bea" in escalation.content.text


def test_an_encrypted_member_is_named_so(files):
    with pytest.raises(ItemTroubleError) as caught:
        extracted(files, files.with_encrypted_flag(files.an_odt()))
    assert caught.value.problem.code is ProblemCode.ENCRYPTED


def test_a_bomb_is_read_by_nobody(files):
    bomb = files.a_zip(packed("<text:p>x</text:p>" + " " * 70_000_000, meta=META))
    tracemalloc.start()
    content = extracted(files, bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (content.text, content.problem) == ("Author: Ann\nLast author: Ann\n", Problem(ProblemCode.LIMIT, "ratio"))
    assert peak < 10_000_000


META = f"<office:document-meta {NAMES}><office:meta><dc:creator>Ann</dc:creator></office:meta></office:document-meta>"


@pytest.mark.parametrize("part", ["content", "styles", "meta", "flat"])
def test_entities_are_neither_expanded_nor_fetched(files, tmp_path, part):
    (tmp_path / "secret.txt").write_text("the secret of the house")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        doctype = (
            f'<!DOCTYPE x SYSTEM "{url}/a.dtd" [<!ENTITY leak SYSTEM "{url}/entity">'
            f'<!ENTITY file SYSTEM "file://{tmp_path}/secret.txt">]>'
        ).encode()
        members = packed("<text:p>Dear Ann &leak;&file;</text:p>", styles="<a>&file;</a>", meta="<a>&file;</a>")
        if part == "flat":
            escalation = escalation_of(files, doctype + flat("<text:p>&file;</text:p>").partition(b"?>")[2])
        else:
            members[f"{part}.xml"] = doctype + members[f"{part}.xml"]
            escalation = escalation_of(files, members)
        assert escalation.reason in {"entities", "malformed"}
        assert "secret" not in escalation.content.text
        with pytest.raises(TimeoutError):
            server.accept()


def test_laughs_are_not_laughed(files):
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    xml = f"<!DOCTYPE x [{entities}]>".encode() + packed("<text:p>&l9;</text:p>")["content.xml"]
    assert escalation_of(files, {"content.xml": xml}).reason == "entities"


def test_a_hundred_thousand_levels_end_at_a_named_limit(files):
    body = "<text:p>Dear Ann</text:p>" + "<text:span>" * 100_000 + "</text:span>" * 100_000
    content = extracted(files, packed(body))
    assert (content.text, content.problem) == ("Dear Ann\n", Problem(ProblemCode.TOO_DEEP, "depth"))


def test_damage_anywhere_is_an_answer_an_escalation_or_a_named_trouble(files):
    document = OpenDocumentText()
    document.text.addElement(P(text="Dear Ann"))
    document.text.addElement(a_table(("Name", "No"), ("Ann", "1")))
    for whole in (saved(document), flat("<text:p>Dear <text:s/>Ann</text:p>" * 20)):
        for seed in range(200):
            chance = random.Random(seed)
            damaged = bytearray(whole if seed % 3 else whole[: chance.randrange(len(whole))])
            for _ in range(chance.randint(1, 20)):
                if damaged:
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                assert extracted(files, bytes(damaged)).reader == "odf"
            except EscalateError as error:
                assert error.reason  # noqa: PT017
            except ItemTroubleError as error:
                assert error.problem.code  # noqa: PT017
