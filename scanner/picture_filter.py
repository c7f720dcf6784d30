"""Pictures made ready for character recognition: which are worth it, and what is done to one so that it can be read.

What the numbers are for is measured by benchmarks/ocr_gate.py.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

_Floats: TypeAlias = npt.NDArray[np.float32]

_WHITE = 255
_SHORTEST, _LONGEST = 40, 100
_FLAT = 16
_AREA = 2000 * 1414  # A page of A4 at some 170 dots an inch.
_NARROW = 1000
_SPECKLED = 0.15
_BLURS = (1, 2)
_PROFILE = 800
_STRIP = 16
_STEEPEST = 15
_CONTRAST = 2.0
_RATIO = 4.0


def reason_against(picture: Image.Image) -> str | None:
    """Why no text is looked for in a grey picture: "small" like an icon, or "flat", of one shade; else None."""
    shortest, longest = sorted(picture.size)
    if shortest < _SHORTEST or longest < _LONGEST:
        return "small"
    shades = [shade for shade, count in enumerate(picture.histogram()) if count]
    return "flat" if shades[-1] - shades[0] < _FLAT else None


def grey(picture: Image.Image) -> Image.Image:
    """The picture in shades of grey as people see it: turned as EXIF says, on white where it is transparent, of more
    than 8 bits the range that it uses, and no larger than recognition needs.
    """
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith(("I", "F")):
        picture = _stretched(picture)
    elif picture.has_transparency_data:
        layered = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    return _shrunk(picture.convert("L") if picture.mode in ("1", "L", "LA") else picture.convert("RGB").convert("L"))


def without_speckle(picture: Image.Image) -> Image.Image:
    """The picture, blurred while it is more speckle than strokes: of that nothing is read, and it takes minutes."""
    for radius in _BLURS:
        if _speckle(picture) <= _SPECKLED:
            break
        picture = picture.filter(ImageFilter.GaussianBlur(radius))
    return picture


def tilt(picture: Image.Image) -> int | None:
    """By how many degrees its lines of text rise, counter-clockwise: -15 to 15, or 75 to 105 where they run upwards or
    downwards; None where it has no lines. Whether it stands on its head this does not tell.

    Along a line of text shades are much the same, and from one line to the next they differ.
    """
    small = picture.copy()
    small.thumbnail((_PROFILE, _PROFILE))
    pixels = np.asarray(small, np.float32)
    (level, level_angle), (upright, upright_angle) = _lines(pixels), _lines(np.rot90(pixels))
    if max(level, upright) <= 0:
        return None
    return level_angle if level >= upright else upright_angle + 90


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    """The picture turned counter-clockwise, on white, whole."""
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE) if degrees else picture


def _stretched(picture: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(picture, np.float64))
    lowest, highest = float(values.min()), float(values.max())
    return Image.fromarray(((values - lowest) * (_WHITE / max(highest - lowest, 1e-9))).astype(np.uint8))


def _shrunk(picture: Image.Image) -> Image.Image:
    """No larger than recognition needs, by its area: a long narrow picture keeps the width of its letters."""
    width, height = picture.size
    factor = max(math.sqrt(_AREA / (width * height)), _NARROW / min(width, height))
    if factor >= 1:
        return picture
    return picture.resize((round(width * factor), round(height * factor)), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _speckle(picture: Image.Image) -> float:
    """The share of neighbours that are dark and bright: some 0.01 of a letter, 0.05 of a crowded page."""
    pixels = np.asarray(picture)
    dark = pixels < _threshold(pixels)
    return max(_changes(dark[::4]), _changes(dark.T[::4]))


def _changes(dark: npt.NDArray[np.bool_]) -> float:
    return float((dark[:, 1:] != dark[:, :-1]).mean()) if dark.shape[1] > 1 else 0.0


def _threshold(pixels: npt.NDArray[np.uint8]) -> int:
    """The shade that parts dark from bright best (Otsu 1979, IEEE Transactions SMC 9, 62-66)."""
    counts = np.bincount(pixels[::2, ::2].ravel(), minlength=256).astype(np.float64)
    below = counts.cumsum()
    sums = (counts * np.arange(256)).cumsum()
    spread = (sums[-1] * below - below[-1] * sums) ** 2 / np.maximum(below * (below[-1] - below), 1)
    return int(spread.argmax()) + 1


def _lines(pixels: _Floats) -> tuple[float, int]:
    """How clearly the picture has lines of text, and by how many degrees they rise; (0, 0) where it has none."""
    margin = pixels.shape[0] // 8
    strips = _strips(pixels[margin : pixels.shape[0] - margin, pixels.shape[1] // 8 : -(pixels.shape[1] // 8) or None])
    angles = range(-_STEEPEST, _STEEPEST + 1)
    clarity = [_clarity(strips, angle) for angle in angles]
    best = int(np.argmax(clarity))
    if clarity[best] < _CONTRAST or clarity[best] < _RATIO * float(np.median(clarity)):
        return 0.0, 0
    return clarity[best], angles[best]


def _strips(pixels: _Floats) -> _Floats:
    """The mean of each row within upright strips: an array of rows by strips."""
    height, width = pixels.shape
    count = max(1, width // _STRIP)
    return pixels[:, : count * _STRIP].reshape(height, count, -1).mean(axis=2) if width >= _STRIP else pixels


def _clarity(strips: _Floats, angle: int) -> float:
    """How much sums along lines that rise by this angle differ from one line to the next."""
    height, count = strips.shape
    rise = np.round(np.tan(np.radians(angle)) * _STRIP * np.arange(count)).astype(np.intp)
    rows = (np.arange(height)[:, None] - rise[None, :]) % height
    return float(np.var(np.diff(np.take_along_axis(strips, rows, axis=0).mean(axis=1))))
