"""What a reader says that people may have written, made fit to leave the process: coarse, or plainly a machine's."""

from __future__ import annotations

import re

from domain.content import Content, Place

_NUMBER = re.compile(r"[\dx ]{1,20}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
_SOFTWARE = re.compile(
    r"(?i)(?:microsoft|libreoffice|openoffice|apache|adobe|acrobat|google|apple|mac os|pages|numbers|keynote|quartz"
    r"|canon|nikon|sony|olympus|panasonic|fujifilm|samsung|iphone|ipad|kyocera|ricoh|xerox|konica|hp|epson|brother|gimp"
    r"|inkscape|ghostscript|reportlab|tex|pdf|word|excel|powerpoint|outlook|works|wordperfect|lotus|crystal|python)"
    r"(?:[ /-]?[A-Za-z0-9.®™()]{1,20}){0,4}"
)
_SHAPES = {
    "pages": _NUMBER, "words": _NUMBER, "characters": _NUMBER, "revision": _NUMBER, "pixels": _NUMBER,
    "language": _LANGUAGE, "application": _SOFTWARE, "producer": _SOFTWARE, "camera": _SOFTWARE,
}  # fmt: skip
"""Properties that programs write, and what they look like when one did: a template is named by people."""

_OWN_WORDS = {"spreadsheet": "sheet", "database": "table", "tika": "embedded", "odf": "section"}
"""Readers whose places are named by whoever made the document, and what such a place is called instead."""
_UNNAMED = re.compile(
    r"(?i)(?:sheet|chart|table|page|slide|tab) ?\d{1,6}|body|master|headers?|footers?|notes|properties|comments"
    r"|deleted rows|notes of slide \d{1,6}|defined names"
)


def plain_property(name: str, value: str) -> str | None:
    """The value of a document's property as it stands where a program wrote it; None where a person may have."""
    form = _SHAPES.get(name)
    return value if form is not None and form.fullmatch(value) else None


def coarse_places(content: Content, known: dict[str, str]) -> tuple[Place, ...]:
    """The content's places without what people called them: a sheet "Smith J 1980" is "sheet 2".

    `known` says what those of the text so far are called, and is added to. What programs call them stays: "Sheet1".
    """
    word = _OWN_WORDS.get(content.reader.partition(":")[0])
    if word is None:
        return content.places
    for place in content.places:
        known.setdefault(place.name, _called(place.name, word, len(known) + 1))
    return tuple(Place(place.start, known[place.name]) for place in content.places)


def _called(name: str, word: str, number: int) -> str:
    return name if _UNNAMED.fullmatch(name) else f"{word} {number}"
