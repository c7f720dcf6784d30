"""A small copy is pixels alone, of whatever kind the picture was."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image, ImageFile

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner import thumbnail as module
from scanner.blob import Blob
from scanner.thumbnail import PNG, SIDE, thumbnail


def a_picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), colour: object = "red", **how) -> Blob:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **how)
    return Blob(file, file.tell(), b"")


def seen(blob: Blob) -> Image.Image:
    made = thumbnail(blob)
    assert made.startswith(PNG)
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize(
    ("kind", "mode", "colour", "shown"),
    [
        ("PNG", "RGB", (255, 0, 0), (255, 0, 0)), ("PNG", "RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("PNG", "P", 0, (0, 0, 0)), ("GIF", "L", 7, (7, 7, 7)), ("BMP", "1", 1, (255, 255, 255)),
        ("TIFF", "CMYK", (0, 0, 0, 0), (255, 255, 255)), ("WEBP", "RGB", (0, 0, 0), (0, 0, 0)),
    ],
)  # fmt: skip
def test_each_kind_of_picture_is_shown_in_its_colours_on_white(kind, mode, colour, shown):
    picture = seen(a_picture(kind, mode, colour=colour))
    assert (picture.mode, picture.size) == ("RGB", (40, 20))
    assert picture.getpixel((5, 5)) == shown


def test_a_large_one_is_made_small_and_turned_upright_and_a_small_one_is_left():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 8
    assert seen(a_picture("JPEG", size=(3000, 1500), exif=exif)).size == (SIDE // 2, SIDE)
    assert seen(a_picture("PNG", size=(1, 1))).size == (1, 1)


def test_nothing_that_was_written_about_it_is_left():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Quillon Marchbanks"
    blob = a_picture("JPEG", exif=exif, comment=b"Quillon Marchbanks")
    assert b"Quillon" in blob.bytes
    assert b"Quillon" not in thumbnail(blob)
    assert (seen(blob).info, dict(seen(blob).getexif())) == ({}, {})


def test_of_several_the_first_is_shown():
    pages = [Image.new("L", (4, 4), shade) for shade in (9, 200)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    assert seen(Blob(file, file.tell(), b"")).getpixel((0, 0)) == (9, 9, 9)


def test_one_of_too_many_pixels_is_not_decoded(monkeypatch):
    monkeypatch.setattr(module, "MOST_PIXELS", 100)
    with pytest.raises(ItemTroubleError) as caught:
        thumbnail(a_picture("PNG"))
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "pixels")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ProblemCode.UNSUPPORTED), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ProblemCode.UNSUPPORTED),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", ProblemCode.UNSUPPORTED),
        (a_picture("PNG", "I;16", colour=7).bytes, ProblemCode.UNSUPPORTED),
        (a_picture("PNG", size=(400, 400)).bytes[:120], ProblemCode.CORRUPT),
    ],
    ids=["nothing", "a drawing", "a programme", "too deep", "cut short"],
)  # fmt: skip
def test_what_cannot_be_shown_is_named(content, code, monkeypatch):
    # WeasyPrint, which no process that opens pictures has, sets this for all of the process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(ItemTroubleError) as caught:
        thumbnail(Blob(io.BytesIO(content), len(content), b""))
    assert caught.value.problem.code is code
