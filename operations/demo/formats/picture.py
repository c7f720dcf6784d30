"""Pictures, drawn by Pillow with the font it carries: photographs of roads, scanned pages, site plans."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from io import BytesIO
from random import Random

from PIL import ExifTags, Image, ImageDraw, ImageFont

from operations.demo.document import Document, Heading, Photograph, Plan, Table

_PAGE = (1240, 1754)  # A4 at 150 dots an inch, what an office scanner makes
_MARGIN, _LINE = 110, 34


def write_photograph(photograph: Photograph) -> bytes:
    file = BytesIO()
    image = _road(Random(photograph.seed))  # noqa: S311  a picture, not a secret
    image.save(file, "JPEG", quality=82, exif=_camera_data(photograph))
    return file.getvalue()


def write_scan(document: Document) -> bytes:
    """The page as a picture: dark text on paper that is not quite white, a little askew, with specks."""
    rng = Random(document.title + str(document.dated))  # noqa: S311  a picture, not a secret
    page = Image.new("L", _PAGE, 247)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(24)
    for number, line in enumerate(_wrapped(document)):
        draw.text((_MARGIN, _MARGIN + number * _LINE), line, fill=25, font=font)
    page = page.rotate(rng.uniform(-1.2, 1.2), Image.Resampling.BILINEAR, fillcolor=247)
    specks = [(rng.randrange(_PAGE[0]), rng.randrange(_PAGE[1])) for _ in range(2500)]
    ImageDraw.Draw(page).point(specks, fill=120)
    return _png(page)


def write_plan(plan: Plan) -> bytes:
    rng = Random(plan.seed)  # noqa: S311  a picture, not a secret
    page = Image.new("RGB", (900, 640), "white")
    draw = ImageDraw.Draw(page)
    draw.text((30, 20), plan.title, fill="black", font=ImageFont.load_default(24))
    draw.rectangle((30, 300, 870, 360), fill="#dddddd", outline="black")
    for plot in range(8):
        left, depth = 40 + plot * 103, rng.randrange(90, 180)
        draw.rectangle((left, 290 - depth, left + 90, 290), outline="black", width=2)
        draw.text((left + 36, 260), str(plot + 1), fill="black", font=ImageFont.load_default(18))
        draw.rectangle((left + 20, 300 - depth, left + 70, 340 - depth), outline="red", width=3)
    return _png(page)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", dpi=(150, 150))
    return file.getvalue()


def _road(rng: Random) -> Image.Image:
    """Sky, verge, tarmac and a dark hole in it."""
    image = Image.new("RGB", (480, 320), (150 + rng.randrange(60), 175, 200))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 110, 480, 320), fill=(70, 100 + rng.randrange(40), 60))
    draw.polygon([(200, 110), (280, 110), (470, 320), (10, 320)], fill=(92, 92, 96))
    draw.polygon([(238, 110), (242, 110), (250, 320), (230, 320)], fill=(225, 225, 220))
    gravel = [(rng.randrange(480), rng.randrange(112, 320)) for _ in range(2500)]
    draw.point(gravel, fill=(60, 60, 64))
    left, top = rng.randrange(90, 330), rng.randrange(200, 270)
    draw.ellipse((left, top, left + rng.randrange(40, 90), top + rng.randrange(15, 35)), fill=(30, 28, 28))
    return image


def _camera_data(photograph: Photograph) -> Image.Exif:
    exif = Image.Exif()
    taken = f"{photograph.taken:%Y:%m:%d %H:%M:%S}"
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = photograph.camera
    exif[ExifTags.Base.DateTime] = taken
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({
        ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: _degrees(photograph.north),
        ExifTags.GPS.GPSLongitudeRef: "E", ExifTags.GPS.GPSLongitude: _degrees(photograph.east),
    })  # fmt: skip
    return exif


def _degrees(angle: float) -> tuple[float, float, float]:
    minutes = angle % 1 * 60
    return float(int(angle)), float(int(minutes)), round(minutes % 1 * 60, 2)


def _wrapped(document: Document) -> Iterator[str]:
    yield document.title
    for block in document.blocks:
        yield ""
        match block:
            case Heading(text):
                yield text
            case Table(rows):
                yield from ("   ".join(map(str, row)) for row in rows)
            case str():
                yield from (line for part in block.split("\n") for line in textwrap.wrap(part, 84) or [""])
