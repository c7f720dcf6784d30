from __future__ import annotations

import io
import random
import struct
import tracemalloc
import warnings
import zipfile

import docx
import pptx
import pytest
from PIL import Image
from pptx.util import Inches

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import read_once
from scanner.containers import container_for
from scanner.containers.package import PackageContainer
from scanner.extractors.odf import OdfExtractor
from scanner.media import media_type

WORD = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>", "word/document.xml": b"<w:document/>"}


def a_picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "png")
    out.seek(0)
    return out


def native(name: str, content: bytes) -> bytes:
    """[MS-OLEDS] 2.3.6, as the Windows packager writes it."""
    inner = struct.pack("<H", 2) + name.encode() + b"\0C:\\x\0" + struct.pack("<HHI", 0, 3, 2) + b"x\0"
    inner += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(inner)) + inner


def parts_of(files, content: bytes | dict[str, bytes]) -> dict[str, bytes]:
    """What is in each part by its name."""
    with files.blob_of(content if isinstance(content, bytes) else files.a_zip(content)) as blob:
        return {part.name: part.open().read() for part in PackageContainer().parts(blob, 0)}


def test_pictures_and_documents_in_a_document_are_its_parts_and_what_it_consists_of_is_not(files):
    document = docx.Document()
    document.add_paragraph("Dear Ann")
    document.add_picture(a_picture())
    out = io.BytesIO()
    document.save(out)
    ((name, content),) = parts_of(files, out.getvalue()).items()
    assert (name, content[:4]) == ("word/media/image1.png", b"\x89PNG")


def test_a_document_on_a_slide_is_a_part_that_is_read_as_what_it_is(files):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_ole_object(io.BytesIO(files.an_xlsx()), "Excel.Sheet.12", Inches(1), Inches(1))
    out = io.BytesIO()
    deck.save(out)
    with files.blob_of(out.getvalue()) as blob:
        (part,) = (part for part in PackageContainer().parts(blob, 0) if "embeddings" in part.name)
        with part.open() as file, read_once(file, 1_000_000) as inner:
            assert media_type(inner, part.name).endswith("spreadsheetml.sheet")


def test_thumbnails_fonts_macros_and_states_are_no_parts_and_chunks_of_other_formats_are(files):
    own = ("docProps/thumbnail.jpeg", "word/fonts/font1.odttf", "word/vbaProject.bin", "word/theme/theme1.xml",
           "xl/printerSettings/printerSettings1.bin", "word/activeX/activeX1.bin", "xl/workbook.bin",
           "word/_rels/document.xml.rels", "xl/drawings/vmlDrawing1.vml", "word/embeddings/_rels/a.rels")  # fmt: skip
    inside = ("word/afchunk.mht", "word/embeddings/a.docx", "ppt/media/film.mp4", "xl/embeddings/b.pdf", "chunk.rtf")
    members = WORD | dict.fromkeys(own, b"x") | {name: name.encode() for name in inside}
    assert parts_of(files, members) == {name: name.encode() for name in inside}


def test_an_object_stands_for_the_file_that_was_packed_into_it(files):
    members = WORD | {
        "word/embeddings/oleObject1.bin": files.an_ole({"\x01Ole10Native": native("letter.txt", b"Dear Ann")}),
        "word/embeddings/oleObject2.bin": files.an_ole({"CONTENTS": b"%PDF-1.4 x", "\x01Ole": b"y"}),
        "word/embeddings/oleObject3.bin": files.an_ole({"Workbook": b"z" * 100}),
        "word/embeddings/oleObject4.bin": b"not one at all",
    }
    assert parts_of(files, members) == {
        "word/embeddings/oleObject1.bin/letter.txt": b"Dear Ann",
        "word/embeddings/oleObject2.bin": b"%PDF-1.4 x",
        "word/embeddings/oleObject3.bin": members["word/embeddings/oleObject3.bin"],
        "word/embeddings/oleObject4.bin": b"not one at all",
    }


def test_a_name_made_to_look_like_a_sister_is_made_another(files):
    packed = files.an_ole({"\x01Ole10Native": native("a.txt", b"inside")})
    members = WORD | {"word/embeddings/o.bin": packed, "word/embeddings/o.bin/a.txt": b"beside"}
    assert parts_of(files, members) == {
        "word/embeddings/o.bin/a.txt (inside)": b"inside",
        "word/embeddings/o.bin/a.txt": b"beside",
    }


def test_names_that_climb_out_are_names_and_those_that_repeat_are_told_apart(files):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in (*WORD.items(), ("word/media/a.png", b"1"), ("word/media/a.png", b"2"),
                              ("word\\media\\..\\..\\..\\etc\\passwd", b"3")):  # fmt: skip
            archive.writestr(name, content)
    assert parts_of(files, out.getvalue()) == {
        "word/media/a.png": b"1",
        "word/media/a.png (2)": b"2",
        "word/media/../../../etc/passwd": b"3",
    }


def odt(**objects: bytes) -> dict[str, bytes]:
    manifest = (
        '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="Object 1/" '
        'manifest:media-type="application/vnd.oasis.opendocument.chart"/></manifest:manifest>'
    )
    return {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": manifest.encode(),
        "content.xml": b"<a/>",
        "styles.xml": b"<a/>",
        "Thumbnails/thumbnail.png": b"no",
        "ObjectReplacements/Object 1": b"no",
        "Configurations2/images/x.png": b"no",
    } | objects


def test_a_document_in_a_folder_of_a_package_comes_as_a_package(files):
    chart = b'<o:document-content xmlns:t="t" xmlns:o="o"><t:p>Absences of Ann</t:p></o:document-content>'
    members = odt() | {
        "Object 1/content.xml": chart, "Object 1/styles.xml": b"<a/>", "Object 1/Object 2/content.xml": chart,
        "Object 3": files.an_ole({"\x01Ole10Native": native("a.txt", b"packed")}),
        "Pictures/1.png": b"a picture", "Versions/Version1": files.a_zip({"content.xml": b"x"}),
    }  # fmt: skip
    found = parts_of(files, members)
    assert list(found) == ["Object 1", "Object 3/a.txt", "Pictures/1.png", "Versions/Version1"]
    assert (found["Object 3/a.txt"], found["Pictures/1.png"]) == (b"packed", b"a picture")
    assert found["Object 1"] == parts_of(files, members)["Object 1"]
    with files.blob_of(found["Object 1"]) as blob:
        assert media_type(blob, "Object 1") == "application/vnd.oasis.opendocument.chart"
        assert OdfExtractor().extract(blob, "", 1_000).text == "Absences of Ann\n"
    assert list(parts_of(files, found["Object 1"])) == ["Object 2"]


def test_a_kind_that_nobody_can_know_is_a_text(files):
    for manifest in (b"<broken", b"<a/>", b""):
        members = odt() | {"META-INF/manifest.xml": manifest, "Object 1/content.xml": b"<a/>"}
        (content,) = parts_of(files, members).values()
        with files.blob_of(content) as blob:
            assert media_type(blob, "") == "application/vnd.oasis.opendocument.text"


def test_a_broken_part_costs_no_sister(files):
    noise = random.Random(1).randbytes(2_000)
    members = WORD | {f"word/media/{number}.bin": noise for number in range(3)}
    archive = bytearray(files.a_zip(members))
    at = archive.find(b"word/media/1.bin") + 500
    archive[at : at + 8] = bytes(8)
    marked = files.with_encrypted_flag(bytes(archive), b"word/media/2.bin")
    with files.blob_of(marked) as blob:
        whole, broken, locked = PackageContainer().parts(blob, 0)
        assert whole.open().read() == noise
        assert trouble_of(lambda: broken.open().read()) == Problem(ProblemCode.CORRUPT)
        assert locked.problem == Problem(ProblemCode.ENCRYPTED)
        assert trouble_of(lambda: locked.open().read()) == Problem(ProblemCode.ENCRYPTED)


def trouble_of(read) -> Problem:
    with pytest.raises(ItemTroubleError) as caught:
        read()
    return caught.value.problem


def test_a_bomb_is_unpacked_no_further_than_it_is_read(files):
    bombs = {"word/media/a.png": bytes(200_000_000), "word/embeddings/o.bin": bytes(100_000_000)}
    archive = files.a_zip(WORD | bombs)
    with files.blob_of(archive) as blob:
        tracemalloc.start()
        for part in PackageContainer().parts(blob, 0):
            with part.open() as file:
                assert file.read(10) == bytes(10)
            with pytest.raises(ItemTroubleError), part.open() as file, read_once(file, 1_000_000):
                pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


def test_a_folder_too_large_to_be_put_together_is_named(files):
    members = odt() | {"Object 1/content.xml": b"<a/>", "Object 1/big": bytes(68_000_000)}
    with files.blob_of(files.a_zip(members)) as blob:
        (part,) = PackageContainer().parts(blob, 0)
        assert trouble_of(part.open) == Problem(ProblemCode.LIMIT, "expanded")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(50)])
def test_what_is_no_package_is_corrupt(files, content):
    with files.blob_of(content) as blob:
        assert trouble_of(lambda: list(PackageContainer().parts(blob, 0))).code is ProblemCode.CORRUPT


def test_damage_anywhere_is_parts_or_a_named_trouble(files):
    packed = files.an_ole({"\x01Ole10Native": native("a.txt", b"inside")})
    for whole in (
        files.a_zip(WORD | {"word/embeddings/oleObject1.bin": packed, "word/media/a.png": b"x" * 99}),
        files.a_zip(odt() | {"Object 1/content.xml": b"<a/>", "Pictures/1.png": b"x"}),
    ):
        for seed in range(300):
            chance = random.Random(seed)
            damaged = bytearray(whole if seed % 3 else whole[: chance.randrange(len(whole))])
            for _ in range(chance.randint(1, 8)):
                if damaged:
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            with files.blob_of(bytes(damaged)) as blob:
                read_all(blob)


def read_all(blob) -> None:
    try:
        for part in PackageContainer().parts(blob, 0):
            try:
                part.open().read()
            except ItemTroubleError as error:
                assert error.problem.code  # noqa: PT017
    except ItemTroubleError as error:
        assert error.problem.code  # noqa: PT017


def a_book(spine: str, **members: bytes) -> dict[str, bytes]:
    """A book of these pages, each "a.xhtml" and so on in the folder OPS and in the manifest."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in members)
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="OPS/c.opf"/></rootfiles></container>',
        "OPS/c.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>".encode(),
        "OPS/style.css": b"p {}",
        "OPS/toc.ncx": b"<ncx/>",
    } | {f"OPS/{name}.xhtml": page for name, page in members.items()}


def test_what_lies_in_a_book_beside_its_pages_is_a_part(files):
    book = a_book("<itemref idref='one'/>", one=b"<html/>", left_out=b"<html>Ann</html>")
    book |= {"notes.txt": b"Dear Ann", "OPS/scan.png": a_picture().getvalue()}
    assert list(parts_of(files, book)) == ["OPS/left_out.xhtml", "notes.txt", "OPS/scan.png"]
    with files.blob_of(files.a_zip(book)) as blob:
        assert isinstance(container_for(media_type(blob, "book.epub")), PackageContainer)


@pytest.mark.parametrize("broken", ["META-INF/container.xml", "OPS/c.opf"])
def test_of_a_book_whose_order_cannot_be_read_all_pages_are_parts(files, broken):
    book = a_book("<itemref idref='one'/>", one=b"<html/>") | {broken: b"<a><b>"}
    assert "OPS/one.xhtml" in parts_of(files, book)


def test_sheets_of_the_first_excels_are_no_packages():
    kinds = ("sheet.macroEnabled.12", "sheet.binary.macroEnabled.12", "sheet.2", "sheet.4")
    assert [container_for(f"application/vnd.ms-excel.{kind}") is None for kind in kinds] == [False, False, True, True]
