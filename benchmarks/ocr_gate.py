"""Does a gate before character recognition pay? Photographs without text against scans and captions, with and without.

usage: python benchmarks/ocr_gate.py PHOTOGRAPHS [SCANS]

PHOTOGRAPHS is a folder of pictures, such as Debian's packages of wallpapers carry. Without SCANS, letters are drawn:
noisy, turned, skewed, badly lit, and captions on each tenth photograph. The scanner has no gate: on those wallpapers
either of these saved a sixth of the seconds, since decoding takes more of them than reading, and lost writing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from scanner.ocr_engine import recognised
from scanner.picture_filter import grey, reason_against, tilt

_FONT = Path(reportlab.__file__).with_name("fonts") / "Vera.ttf"
_LETTER = (
    "Essex Example Council\n\nDear Zoe Example,\n\nThank you for your letter of 3 March about the claim.\n"
    "Please check the particulars that we hold of you:\n\nNational Insurance number: AB123456C\n"
    "Date of birth: 12/05/1981\nTelephone: 020 7946 0018\n\nIf any is wrong, please write to us.\n\nYours sincerely,"
)
_CAPTION = "Zoe Example, telephone 020 7946 0018"
_TILES, _SIDE = 16, 800


@dataclass(frozen=True, slots=True)
class Read:
    kind: str
    decoding: float
    reading: float
    words: int
    gates: dict[str, tuple[float, bool]]


def lines(picture: Image.Image) -> bool:
    """Whether the whole picture has lines of text."""
    return tilt(picture) is not None


def strokes(picture: Image.Image) -> bool:
    """Whether any part of the picture changes between dark and bright as often, and as strongly, as writing does."""
    small = picture.copy()
    small.thumbnail((_SIDE, _SIDE))
    pixels = np.asarray(small, np.int16)
    for rows in np.array_split(pixels, _TILES):
        for tile in np.array_split(rows, _TILES, axis=1):
            changes = float((np.abs(np.diff(tile, axis=1)) > 48).mean()) if tile.size else 0.0
            if 0.06 < changes < 0.5:
                return True
    return False


GATES: dict[str, Callable[[Image.Image], bool]] = {"lines": lines, "strokes": strokes}


def letter(*, noise: float = 0, skew: float = 0, turn: int = 0, shade: int = 0, dots: int = 150) -> Image.Image:
    page = Image.new("L", (round(8.27 * dots), round(11.69 * dots)), 255)
    font = ImageFont.truetype(str(_FONT), round(11 / 72 * dots))
    ImageDraw.Draw(page).multiline_text((dots, dots), _LETTER, fill=20, font=font, spacing=dots // 10)
    page = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    shaded = np.asarray(page, np.float32) - np.linspace(0, shade, page.width, dtype=np.float32)
    pixels = shaded + np.random.default_rng(1).normal(0, noise, shaded.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).rotate(turn, expand=True)


def captioned(photograph: Image.Image) -> Image.Image:
    """The photograph with one line of writing in its lower corner, as on a badge or a sign."""
    picture = photograph.copy()
    height = max(18, picture.height // 40)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, picture.height - 3 * height, 20 + 22 * height, picture.height - height), fill=235)
    draw.text((30, picture.height - 2.6 * height), _CAPTION, fill=20, font=ImageFont.truetype(str(_FONT), height))
    return picture


def drawn_scans() -> Iterator[Image.Image]:
    for noise in (0, 15, 30):
        for turn in (0, 0, 0, 90, 180):
            yield letter(noise=noise, turn=turn)
        for skew in (-6, 3, 8):
            yield letter(noise=noise, skew=skew)
        yield letter(noise=noise, shade=140)
        yield letter(noise=noise, dots=100)


def read(kind: str, picture: Image.Image, decoding: float) -> Read:
    gates = {}
    for name, gate in GATES.items():
        began = time.process_time()
        passes = gate(picture)
        gates[name] = (time.process_time() - began, passes)
    began = time.process_time()
    text = "" if reason_against(picture) else recognised(picture, ("eng",)).text
    return Read(kind, decoding, time.process_time() - began, len(text.split()), gates)


def decoded(folder: str) -> Iterator[tuple[Image.Image, float]]:
    for path in sorted(Path(folder).rglob("*")):
        began = time.process_time()
        try:
            with Image.open(path) as image:
                image.draft("L", (2000, 2000))
                picture = grey(image)
        except (UnidentifiedImageError, IsADirectoryError):
            continue
        yield picture, time.process_time() - began


def everything(photographs: str, scans: str | None) -> Iterator[Read]:
    recognised(letter(), ("eng",))  # So that loading the engine is no picture's cost.
    for number, (picture, seconds) in enumerate(decoded(photographs)):
        yield read("photograph", picture, seconds)
        if number % 10 == 0 and scans is None:
            yield read("caption", captioned(picture), seconds)
    for picture, seconds in decoded(scans) if scans else ((picture, 0.0) for picture in drawn_scans()):
        yield read("scan", picture, seconds)


def main(photographs: str, scans: str | None = None) -> None:
    found = list(everything(photographs, scans))
    for kind in ("photograph", "caption", "scan"):
        of_kind = [one for one in found if one.kind == kind]
        with_text = [one for one in of_kind if one.words]
        print(
            f"{kind}: {len(of_kind)} pictures, text in {len(with_text)}; CPU s: decoding "
            f"{sum(one.decoding for one in of_kind):.1f}, reading {sum(one.reading for one in of_kind):.1f}"
        )
    print("\n| gate | CPU s of the gate | CPU s of reading | together | pictures read | texts kept | lost |")
    print("|---|---|---|---|---|---|---|")
    texts = sum(one.words > 0 for one in found)
    plain = sum(one.reading for one in found)
    print(f"| none | 0.0 | {plain:.1f} | {plain:.1f} | {len(found)} | {texts} | 0 |")
    for name in GATES:
        passed = [one for one in found if one.gates[name][1]]
        gate, reading = sum(one.gates[name][0] for one in found), sum(one.reading for one in passed)
        kept = sum(one.words > 0 for one in passed)
        together = f"{gate:.1f} | {reading:.1f} | {gate + reading:.1f}"
        print(f"| {name} | {together} | {len(passed)} | {kept} | {texts - kept} |")


if __name__ == "__main__":
    main(*sys.argv[1:3])
