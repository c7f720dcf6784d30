from __future__ import annotations

import os
import struct
import warnings
import zlib
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import reportlab
from pdf_files import a_raw_pdf, a_scan, a_stream
from PIL import Image, ImageDraw, ImageFont

from domain.content import Content, DatedBy, DateSource, Place
from domain.errors import ItemTroubleError, MunimentError, Problem, ProblemCode
from scanner import ocr_engine
from scanner.extractor import EscalateError
from scanner.extractors.image import ImageExtractor
from scanner.ocr import OcrExtractor, ocr_health
from scanner.ocr_pictures import pictures

LIMIT = 100_000
DAY = date(2019, 5, 12)
FONT = os.path.join(os.path.dirname(reportlab.__file__), "fonts", "Vera.ttf")
DOTS = 150
PLANTED = (
    "AB123456C", "943 476 5919", "12/05/1981", "020 7946 0018", "07700 900123", "zoe.example@example.org",
    "GB29 NWBK 6016 1331 9268 19", "40-12-34", "10482736", "Zoe Example", "14 Sample Street",
)  # fmt: skip
LETTER = """Essex Example Council

Dear Zoe Example,

Thank you for your letter of 3 March about the claim for housing benefit.
We hold the following particulars and ask you to check each of them.

National Insurance number: AB123456C
NHS number: 943 476 5919
Date of birth: 12/05/1981
Address: 14 Sample Street, Ilford
Telephone: 020 7946 0018 or 07700 900123
E-mail: zoe.example@example.org
Bank account: sort code 40-12-34, number 10482736
IBAN: GB29 NWBK 6016 1331 9268 19

If any of these is wrong please write to us within fourteen days, so that
the payment can be made without delay to the account above.

Yours sincerely,
Benefits and Revenues"""
LINE = "The panel met on Tuesday and agreed the plan"


def a_page(text: str = LETTER, *, noise: float = 0, turn: float = 0) -> Image.Image:
    """A page of A4 with a text, grey, noisy as a scan is, and turned counter-clockwise."""
    page = Image.new("L", (round(8.27 * DOTS), round(11.69 * DOTS)), 255)
    font = ImageFont.truetype(FONT, round(11 / 72 * DOTS))
    ImageDraw.Draw(page).multiline_text((DOTS, DOTS), text, fill=20, font=font, spacing=DOTS // 10)
    page = page.rotate(turn, Image.Resampling.BICUBIC, expand=turn % 90 == 0, fillcolor=255)
    pixels = np.asarray(page, np.float32) + np.random.default_rng(1).normal(0, noise, (page.height, page.width))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def a_line(text: str = LINE, mode: str = "L") -> Image.Image:
    picture = Image.new("L", (900, 100), 255)
    ImageDraw.Draw(picture).text((20, 30), text, fill=0, font=ImageFont.truetype(FONT, 30))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "png", **options) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def content_of(files, content: bytes, media_type: str = "image/png", limit: int = LIMIT, **options):
    with files.blob_of(content) as blob:
        read = OcrExtractor(**options).extract(blob, media_type, limit)
        return [read, *read.rest]


def text_of(files, content: bytes, media_type: str = "image/png", **options) -> str:
    return "".join(stretch.text for stretch in content_of(files, content, media_type, **options))


def trouble_of(files, content: bytes, media_type: str = "image/png") -> Problem:
    with pytest.raises(ItemTroubleError) as caught:
        content_of(files, content, media_type)
    return caught.value.problem


@pytest.mark.parametrize(("noise", "turn"), [(0, 0), (25, 0), (25, 90), (25, 180), (25, 270), (25, 9), (25, -6)])
def test_every_identifier_of_a_letter_is_read_however_it_lies(files, noise, turn):
    (content,) = content_of(files, saved(a_page(noise=noise, turn=turn)))
    assert [planted for planted in PLANTED if planted not in content.text] == []
    assert (content.places, content.problem, content.pending) == ((Place(0, "picture"),), None, ())


def test_speckle_that_would_drown_the_letters_is_smoothed(files):
    assert "National Insurance number: AB123456C" in text_of(files, saved(a_page(noise=45)))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "RGBA", "LA", "I;16"])
def test_a_picture_of_any_mode_is_read(files, mode):
    deep = Image.fromarray(np.asarray(a_line(), np.uint16) * 12 + 900)
    picture = deep if mode == "I;16" else a_line(mode=mode)
    assert text_of(files, saved(picture, "tiff"), "image/tiff") == LINE + "\n"


def test_what_is_transparent_is_white(files):
    picture = Image.new("RGBA", (900, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((20, 30), LINE, fill=(0, 0, 0, 255), font=ImageFont.truetype(FONT, 30))
    assert text_of(files, saved(picture)) == LINE + "\n"


def test_light_letters_on_a_dark_ground_are_read(files):
    assert text_of(files, saved(Image.fromarray(255 - np.asarray(a_line())))) == LINE + "\n"


def test_a_picture_that_a_camera_turned_is_set_upright(files):
    exif = Image.Exif()
    exif[0x0112] = 6
    assert text_of(files, saved(a_line().rotate(90, expand=True), "jpeg", exif=exif), "image/jpeg") == LINE + "\n"


def test_each_frame_of_a_tiff_is_a_page_and_a_stretch(files):
    frames = [a_line(f"{LINE} number {number}") for number in (1, 2, 3)]
    stretches = content_of(files, saved(frames[0], "tiff", save_all=True, append_images=frames[1:]), "image/tiff")
    assert [stretch.text for stretch in stretches] == [f"{LINE} number {number}\n" for number in (1, 2, 3)]
    assert [stretch.places[0].name for stretch in stretches] == ["page 1", "page 2", "page 3"]
    assert [stretch.start for stretch in stretches] == [0, len(stretches[0].text), 2 * len(stretches[0].text)]
    assert all(stretch.places[0].start == stretch.start for stretch in stretches)


def test_frames_past_the_limit_are_left_and_named(files, monkeypatch):
    monkeypatch.setattr("scanner.ocr_pictures._FRAMES", 2)
    frames = [a_line(f"{LINE} number {number}") for number in (1, 2, 3)]
    stretches = content_of(files, saved(frames[0], "tiff", save_all=True, append_images=frames[1:]), "image/tiff")
    assert "number 3" not in "".join(stretch.text for stretch in stretches)
    assert stretches[-1].problem == Problem(ProblemCode.LIMIT, "pages")


def test_a_tiff_whose_frames_run_in_a_circle_ends(files, monkeypatch):
    monkeypatch.setattr("scanner.ocr_pictures._FRAMES", 3)
    tiff = bytearray(saved(a_line(), "tiff"))
    (start,) = struct.unpack_from("<I", tiff, 4)
    (entries,) = struct.unpack_from("<H", tiff, start)
    struct.pack_into("<I", tiff, start + 2 + 12 * entries, start)
    assert text_of(files, bytes(tiff), "image/tiff").startswith(LINE)


def test_of_an_animation_the_first_picture_is_read(files):
    frames = [a_line(f"{LINE} number {number}") for number in (1, 2)]
    gif = saved(frames[0], "gif", save_all=True, append_images=frames[1:])
    assert text_of(files, gif, "image/gif") == f"{LINE} number 1\n"


@pytest.mark.parametrize("picture", [
    Image.new("RGB", (600, 400), "navy"),
    a_line().resize((90, 10)),
    Image.fromarray(np.linspace(0, 255, 600 * 400).reshape(400, 600).astype(np.uint8)),
    Image.fromarray(np.random.default_rng(3).integers(0, 256, (400, 600)).astype(np.uint8)),
    Image.effect_mandelbrot((600, 400), (-2, -1.2, 1, 1.2), 60),
], ids=["flat", "icon", "gradient", "noise", "shape"])  # fmt: skip
def test_a_picture_without_text_holds_none_and_is_no_trouble(files, picture):
    (content,) = content_of(files, saved(picture))
    assert (content.text, content.places, content.problem, content.pending) == ("", (), None, ())


def test_two_words_are_not_taken_for_text(files):
    assert text_of(files, saved(a_line("Hello there"))) == ""
    assert text_of(files, saved(a_line("Hello there Zoe"))) == "Hello there Zoe\n"


def test_a_page_that_is_a_picture_is_read_behind_the_text_of_the_others(files):
    pdf = a_scan(a_page(), beside="Received 12 May 2019")
    first, *rest = content_of(files, pdf, "application/pdf")
    assert first.text.startswith("Received 12 May 2019\n")
    assert all(planted in first.text for planted in PLANTED)
    assert first.place_at(len(first.text) - 1) == "page 1"
    assert (first.properties["pages"], first.pending, first.problem, rest) == ("1", (), None, [])


def test_each_page_without_text_is_a_stretch_of_its_own(files):
    first, second = content_of(files, a_scan(a_page("One " + LINE), a_page("Two " + LINE)), "application/pdf")
    assert first.text.endswith(f"One {LINE}\n")
    assert (second.text, second.start) == (f"Two {LINE}\n", len(first.text))
    assert second.places == (Place(second.start, "page 2"),)


def test_a_page_with_text_is_not_recognised_again(files):
    (content,) = content_of(files, files.a_pdf("Dear Zoe Example", picture=True), "application/pdf")
    assert content.text.count("Dear Zoe") == 1


def test_what_its_own_reader_reads_stands_before_it(files):
    picture = a_line()
    exif = picture.getexif()
    exif[0x013B] = "Ann Other"
    (content,) = content_of(files, saved(picture, "jpeg", exif=exif), "image/jpeg", own=images)
    assert content.text == f"Artist: Ann Other\n{LINE}\n"
    assert [place.name for place in content.places] == ["properties", "picture"]
    assert content.pending == ()


def images(media_type: str) -> ImageExtractor:
    return ImageExtractor()


class _Stretching:
    """Reads two stretches and a date, whatever it is given."""

    version = "test"

    def extract(self, blob, media_type, limit):
        rest = iter([Content("there", start=6, problem=Problem(ProblemCode.LIMIT, "text"))])
        return Content("Hello ", dates=(DatedBy(DateSource.SENT, DAY),), rest=rest)


class _Escalating:
    version = "test"

    def extract(self, blob, media_type, limit):
        raise EscalateError("odd", Content("What was read\n"))


def test_pictures_follow_the_last_stretch_of_the_own_text_and_its_problem_stays(files):
    first, second, third = content_of(files, saved(a_line()), own=lambda media_type: _Stretching())
    assert (first.text, second.text, third.text) == ("Hello ", "there", LINE + "\n")
    assert (third.start, third.problem) == (11, Problem(ProblemCode.LIMIT, "text"))
    assert first.dates == (DatedBy(DateSource.SENT, DAY),)


def test_what_an_escalating_reader_read_is_kept(files):
    assert text_of(files, saved(a_line()), own=lambda media_type: _Escalating()) == f"What was read\n{LINE}\n"


def test_past_the_limit_the_text_is_cut_and_says_so(files):
    (content,) = content_of(files, saved(a_line()), limit=9)
    assert (content.text, content.problem) == (LINE[:9], Problem(ProblemCode.LIMIT, "text"))


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp"])
def test_damage_is_named_and_never_anything_else(files, media_type):
    whole = saved(a_line(mode="RGB"), media_type.removeprefix("image/"))
    chance = np.random.default_rng(5)
    assert trouble_of(files, whole[:20], media_type) == Problem(ProblemCode.CORRUPT)
    for _ in range(15):
        damaged = bytearray(whole)
        for at in chance.integers(0, min(len(whole), 400), 12):
            damaged[at] = chance.integers(0, 256)
        with suppress(ItemTroubleError):
            text_of(files, bytes(damaged), media_type)


def test_what_is_no_picture_that_is_known_is_unsupported(files):
    assert trouble_of(files, b"ftypheic" * 9, "image/heic") == Problem(ProblemCode.UNSUPPORTED)


def test_a_postscript_file_is_never_given_to_the_program_that_would_run_it(files, tmp_path, monkeypatch):
    script = tmp_path / "gs"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n%%EndComments\nshowpage\n"
    assert trouble_of(files, eps, "image/x-eps") == Problem(ProblemCode.UNSUPPORTED)
    assert not Path(tmp_path, "ran").exists()


@pytest.mark.parametrize("side", [13_000, 60_000])
def test_a_picture_of_too_many_pixels_is_left_and_the_limit_is_named(files, side):
    png = bytearray(saved(Image.new("L", (1, 1))))
    struct.pack_into(">II", png, 16, side, side)
    struct.pack_into(">I", png, 29, zlib.crc32(bytes(png[12:29])))
    assert trouble_of(files, bytes(png)) == Problem(ProblemCode.LIMIT, "pixels")


def test_a_large_picture_is_read_as_a_smaller_one_is(files):
    large = a_page().resize((3720, 5262))
    assert "National Insurance number: AB123456C" in text_of(files, saved(large, "jpeg"), "image/jpeg")


def test_a_long_narrow_picture_keeps_the_width_of_its_letters(files):
    picture = Image.new("L", (700, 9000), 255)
    draw = ImageDraw.Draw(picture)
    for number in range(100):
        draw.text((20, 90 * number), f"Line {number} of a long page", fill=0, font=ImageFont.truetype(FONT, 22))
    text = text_of(files, saved(picture))
    assert sum(f"Line {number} of a long page" in text for number in range(100)) >= 97


def test_a_page_of_absurd_size_is_drawn_no_larger_than_the_limit(files):
    pdf = a_raw_pdf(a_stream(b"0 0 m 9 9 l S " * 40), page=b"/MediaBox[0 0 20000000 9000000]")
    with files.blob_of(pdf) as blob:
        ((place, picture),) = pictures(blob, "application/pdf")
    assert place == "page 1"
    assert max(picture.size) <= 4001


def test_what_a_library_prints_stays_out_and_nothing_is_warned_of(files, capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text_of(files, saved(Image.new("L", (120, 45), 200).rotate(3)))
        text_of(files, saved(a_line()))
    assert capfd.readouterr() == ("", "")


def test_the_version_names_the_engine_and_the_data():
    version = OcrExtractor(("eng",)).version
    assert version.startswith("tesseract ")
    assert "eng " in version


def test_missing_language_data_is_told_with_what_mends_it_and_ends_the_run(files, tmp_path, monkeypatch):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    health = ocr_health(("eng", "chi_sim"))
    assert "eng, chi_sim" in health
    assert "apt-get install tesseract-ocr-eng tesseract-ocr-chi-sim" in health
    with pytest.raises(MunimentError, match="tesseract-ocr-eng"):
        content_of(files, saved(a_line()))
    with pytest.raises(MunimentError, match="tesseract-ocr-eng"):
        _ = OcrExtractor().version


def test_where_it_was_not_installed_that_is_told(monkeypatch):
    monkeypatch.setattr(ocr_engine, "find_spec", lambda name: None)
    assert "pip install 'muniment[ocr]'" in ocr_health(("eng",))
    with pytest.raises(MunimentError, match="not installed"):
        _ = OcrExtractor(("eng",)).version


def test_damaged_language_data_ends_the_run(files, tmp_path, monkeypatch):
    (tmp_path / "eng.traineddata").write_bytes(b"nothing of the kind")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MunimentError, match="Install it again"):
        content_of(files, saved(a_line()))


def test_a_language_must_be_the_name_of_one():
    assert "../eng" in ocr_health(("../eng",))
    assert "No language" in ocr_health(())
    assert ocr_health(("eng",)) is None
