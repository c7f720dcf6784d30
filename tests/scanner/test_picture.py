from __future__ import annotations

import random
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from scanner.picture import perceptual_hash, picture_distance


@cache
def a_photograph(seed: int, size=(400, 300)) -> Image.Image:
    """Blurs of every size in colour, as in nature."""
    drawn = np.random.default_rng(seed)
    layers = []
    for octave in range(2, 7):
        tile = drawn.normal(size=(2**octave, 2**octave, 3)) / octave
        scaled = [Image.fromarray(tile[:, :, band].astype(np.float32)).resize(size) for band in range(3)]
        layers.append(np.stack([np.asarray(band) for band in scaled], -1))
    seen = np.sum(layers, axis=0)
    return Image.fromarray(((seen - seen.min()) / np.ptp(seen) * 200 + 20).astype(np.uint8))


def a_page(seed: int) -> Image.Image:
    drawn = random.Random(seed)
    page = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(page)
    for line in range(50, 800, 14):
        if drawn.random() > 0.2:
            pen.text((50, line), "".join(drawn.choices("abc defgh ijkl", k=drawn.randint(5, 80))), fill="black")
    return page


def saved(picture: Image.Image, kind: str = "png", **options) -> Image.Image:
    out = BytesIO()
    picture.save(out, kind, **options)
    out.seek(0)
    return Image.open(out)


PICTURES = {"photograph": a_photograph(1), "page": a_page(1)}
COPIES = {
    "smaller": lambda picture: saved(picture.resize((picture.width // 3, picture.height // 3))),
    "thumbnail": lambda picture: saved(picture.resize((160, 160 * picture.height // picture.width))),
    "recompressed": lambda picture: saved(picture, "jpeg", quality=30),
    "progressive": lambda picture: saved(picture, "jpeg", quality=85, progressive=True),
    "grey": lambda picture: saved(picture.convert("L")),
    "webp": lambda picture: saved(picture, "webp", quality=50),
    "brighter": lambda picture: saved(ImageEnhance.Brightness(picture).enhance(1.15)),
    "with a palette": lambda picture: saved(picture.quantize(200), "gif"),
    "for print": lambda picture: saved(picture.convert("CMYK"), "tiff"),
    "on glass": lambda picture: saved(picture.convert("RGBA")),
    "in sixteen bits": lambda picture: saved(
        Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257), "png"
    ),
    "in floats": lambda picture: saved(picture.convert("F"), "tiff"),
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("picture", PICTURES)
def test_copies_of_one_picture_have_nearly_one_hash(picture, copy):
    original = perceptual_hash(saved(PICTURES[picture]))
    assert original is not None
    assert picture_distance(original, perceptual_hash(COPIES[copy](PICTURES[picture]))) <= 6


@pytest.mark.parametrize("make", [a_photograph, a_page])
def test_different_pictures_have_hashes_far_apart(make):
    hashes = [perceptual_hash(saved(make(seed))) for seed in range(8)]
    apart = [picture_distance(one, other) for at, one in enumerate(hashes) for other in hashes[:at]]
    assert min(apart) >= 16


@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_taken_on_its_side_is_hashed_upright(orientation, kind):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    upright = a_photograph(2, size=(320, 240))
    taken = upright.transpose(Image.Transpose(back[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert picture_distance(perceptual_hash(saved(upright)), perceptual_hash(saved(taken, kind, exif=exif))) <= 6


@pytest.mark.parametrize("colour", ["white", "black", (10, 200, 30)])
@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff"])
def test_an_empty_page_looks_like_nothing(colour, kind):
    assert perceptual_hash(saved(Image.new("RGB", (300, 200), colour), kind)) is None


def test_what_is_seen_through_glass_is_seen_on_white():
    page = a_page(3)
    glass = Image.new("RGBA", page.size, (0, 0, 0, 0))
    glass.putalpha(Image.eval(page.convert("L"), lambda level: 255 - level))
    assert picture_distance(perceptual_hash(saved(page)), perceptual_hash(saved(glass))) <= 6


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (1, 500), (500, 1)])
def test_a_tiny_picture_is_no_trouble(size):
    noise = np.random.default_rng(1).integers(0, 255, (*size[::-1], 3), dtype=np.uint8)
    perceptual_hash(saved(Image.fromarray(noise)))


def test_numbers_that_are_none_in_a_picture_of_floats_are_no_trouble():
    field = np.full((40, 40), np.nan, np.float32)
    field[::2] = np.inf
    assert perceptual_hash(saved(Image.fromarray(field), "tiff")) is None


def test_a_picture_of_too_many_pixels_is_not_decoded(monkeypatch):
    monkeypatch.setattr("scanner.picture.MOST_PIXELS", 30_000)
    assert perceptual_hash(saved(a_photograph(3, size=(300, 200)))) is None
    assert perceptual_hash(saved(a_photograph(3, size=(640, 480)), "jpeg")) is not None
