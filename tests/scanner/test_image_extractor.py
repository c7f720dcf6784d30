from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from domain.errors import Problem, ProblemCode
from scanner.extractors.image import ImageExtractor


def content_of(files, content: bytes):
    with files.blob_of(content) as blob:
        return ImageExtractor().extract(blob, "image/jpeg", 1000)


def test_what_people_wrote_about_a_picture_is_its_text(files):
    content = content_of(files, files.a_jpeg(description="The Example family", artist="Zoe Example"))
    assert content.text == "Description: The Example family\nArtist: Zoe Example\n"
    assert content.place_at(0) == "properties"


def test_a_picture_always_waits_for_character_recognition(files):
    content = content_of(files, files.a_jpeg())
    assert (content.text, content.pending, content.problem) == ("", ("ocr",), None)


@pytest.mark.parametrize("damage", [slice(0, 3), slice(0, 20)])
def test_a_damaged_picture_is_corrupt_and_still_waits_for_character_recognition(files, damage):
    content = content_of(files, files.a_jpeg(artist="Zoe")[damage])
    assert (content.problem, content.pending) == (Problem(ProblemCode.CORRUPT), ("ocr",))


def test_damage_anywhere_in_a_picture_is_an_answer_or_a_named_problem(files):
    whole = files.a_jpeg(description="The Example family", artist="Zoe Example")
    for at in range(0, 200, 5):
        assert content_of(files, whole[:at] + b"\xff" + whole[at + 1 :]).pending == ("ocr",)


def test_what_machines_wrote_into_a_picture_is_not_its_text(files):
    chunks = PngInfo()
    chunks.add_text("Raw profile type 8bim", "\n8bim\n 460\n3842494d0404")
    chunks.add_text("Author", "Zoe Example")
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "png", pnginfo=chunks)
    assert content_of(files, out.getvalue()).text == "Author: Zoe Example\n"
