"""What a picture looks like, in 64 bits that survive another size, compression or brightness."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

VERSION: Final = "1"
"""Raise it when the same picture would give other bits."""
MOST_PIXELS: Final = 50_000_000
"""A picture of more is not decoded: it would take 200 MB and seconds. A JPEG counts as small as it can be decoded."""

_SIDE = 32
_DRAFT = (2 * _SIDE, 2 * _SIDE)
_WAVES = np.cos(np.pi * np.outer(np.arange(1, 9), 2 * np.arange(_SIDE) + 1) / (2 * _SIDE))
# Two levels of grey or so: below lies what compression leaves of a blank page.
_LEAST_CONTRAST = 30.0
_OF_DEPTH = ("I", "F")

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright that was taken so (EXIF 2.32, 4.6.4, Orientation)."""


def perceptual_hash(picture: Image.Image) -> int | None:
    """The signs of the 64 lowest waves across and down an upright, grey, 32 by 32 copy (a DCT hash, Zauner 2010).

    Copies of one picture differ in a few bits, pictures that have nothing in common in some 32; scans of typed pages
    are more alike than photographs. None where there is next to nothing to be seen (a blank page,
    stripes), or too many pixels to decode.

    A JPEG is decoded at an eighth of its size, so hash before anything else loads it. Raises what Pillow raises for a
    damaged picture.
    """
    picture.draft("L", _DRAFT)
    if picture.width * picture.height > MOST_PIXELS:
        return None
    picture.load()
    seen = _WAVES @ _grey(picture) @ _WAVES.T
    if not np.sqrt(np.mean(seen**2)) > _LEAST_CONTRAST:
        return None
    return int.from_bytes(np.packbits(seen > 0).tobytes(), "big")


def picture_distance(a: int, b: int) -> int:
    """How many of 64 bits differ: up to 6 for copies of one picture, 16 and more for pictures of different things."""
    return (a ^ b).bit_count()


def _grey(picture: Image.Image) -> NDArray[np.float64]:
    small = _upright(_flat(picture).resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=3.0), picture)
    if small.mode == "F":
        return _in_levels(np.asarray(small, np.float64))
    if small.mode == "RGBA":  # On white, as it is printed.
        small = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small)
    return np.asarray(small.convert("RGB").convert("L"), np.float64)


def _flat(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller: without a palette, and with more than eight bits as floats."""
    if picture.mode.startswith(_OF_DEPTH):
        return picture.convert("I").convert("F") if picture.mode.startswith("I;") else picture.convert("F")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("RGB") if picture.mode not in ("L", "RGB", "CMYK") else picture


def _upright(small: Image.Image, picture: Image.Image) -> Image.Image:
    # Pillow turns a TIFF itself when it is loaded, and takes the tag away.
    turn = _UPRIGHT.get(Image.Image.getexif(picture).get(ExifTags.Base.Orientation, 1))
    return small if turn is None else small.transpose(turn)


def _in_levels(deep: NDArray[np.float64]) -> NDArray[np.float64]:
    """From 0 to 255, whatever the range: floats have no white of their own."""
    with np.errstate(all="ignore"):
        levels: NDArray[np.float64] = (deep - deep.min()) * 255.0 / (deep.max() - deep.min())
    return np.nan_to_num(levels, posinf=0.0)
