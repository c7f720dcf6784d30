"""Which code page text is in that is not Unicode. Windows-1252, unless the letters clearly say otherwise."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

WINDOWS = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
"""Windows-1252 as a table of 256 characters; the five bytes that it leaves open are the controls of Latin-1."""

_LATIN, _CYRILLIC, _GREEK = "latin", "cyrillic", "greek"
_CODE_PAGES = (
    ("cp1252", _LATIN),
    ("cp850", _LATIN),
    ("mac_roman", _LATIN),
    ("cp437", _LATIN),
    ("cp1250", _LATIN),
    ("iso8859_2", _LATIN),
    ("cp1251", _CYRILLIC),
    ("koi8_r", _CYRILLIC),
    ("cp866", _CYRILLIC),
    ("cp1253", _GREEK),
)
"""Code pages of one byte a letter and whose letters they are for, the likelier first."""

_USUAL = {
    _LATIN: frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœąćęłńśźżčďěňřšťůžăășțőűđ"),
    _CYRILLIC: frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ"),
    _GREEK: frozenset("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ"),
}
_OFTEN = {_CYRILLIC: frozenset("оеаинтсрвл"), _GREEK: frozenset("αοιετνσης")}
_SIGNS = {
    "\u2019": "'", "\u2018": "(", "\u201c": "(", "\u201e": "(", "\u201a": "(", "¿": "(", "¡": "(", "\u201d": ")",
    "\u2013": "-", "\u2022": "-", "\u2014": "_", "\u2026": "_", "£": "£", "€": "£", "\xa0": "n",
}  # fmt: skip
_ANY = "aA9 .LOUr'()-_£n#s0"
_FITTING = {
    "'": ("aALOUr9.", _ANY, 1.0, 0.0),
    "(": (" .(-_", "aALOUr9(", 1.0, -0.5),
    ")": ("aALOUr9.)", " .-_)", 1.0, -0.5),
    "-": ("9 .)", _ANY, 1.0, 0.0),
    "_": ("9 .)", _ANY, 1.0, 0.5),
    "n": (_ANY, _ANY, 0.5, 0.5),
    "#": ("# ", "# ", 1.0, 0.0),
    "0": (_ANY, _ANY, -2.0, -2.0),
}
"""Classes of signs (see `_Page`): what they go with before and behind, what that counts, and what else."""
_MOST_BYTES, _MOST_CONTEXTS = 4000, 400
_CONTEXT = re.compile(rb"(?=([\x00-\xff][\x80-\xff][\x00-\xff]))", re.DOTALL)
_CLEARLY, _CLEARLY_EACH, _WELL_EACH = 1.5, 0.25, 0.65
_EAST_ASIAN_AT_LEAST = 32
_BEYOND_ASCII = bytes(range(0x80, 0x100))

_EBCDIC = bytes({
    0x05, 0x0D, 0x15, 0x25, 0x40, 0x4B, 0x4D, 0x50, 0x5B, 0x5C, 0x5D, 0x5E, 0x60, 0x61, 0x6B, 0x6D, 0x6F, 0x7A, 0x7B,
    0x7C, 0x7D, 0x7E, 0x7F, *range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA), *range(0xC1, 0xCA),
    *range(0xD1, 0xDA), *range(0xE2, 0xEA), *range(0xF0, 0xFA),
})  # fmt: skip
"""The letters, digits, usual punctuation and line ends of EBCDIC, the same in all its Latin code pages."""


def legacy_encoding(sample: bytes) -> str:
    """The code page of text that is neither Unicode nor EBCDIC, as Python's codecs call it."""
    return _east_asian(sample) or _single_byte(sample)


def is_ebcdic(sample: bytes) -> str | None:
    """The code page where bytes are text of a mainframe: next to all of them its letters, digits and spaces (0x40).

    cp037 and cp500 differ in signs alone; told apart by the exclamation mark, which is oftener than the bar.
    A few letters may have accents.
    """
    odd = len(sample.translate(None, _EBCDIC))
    spaces = sample.count(0x40)
    letters = len(sample) - odd - spaces
    if len(sample) < 24 or odd > len(sample) * 0.06 or not len(sample) * 0.03 <= spaces or letters < len(sample) * 0.2:
        return None
    if len(sample) - len(sample.translate(None, _BEYOND_ASCII)) < letters * 0.8:
        return None
    return "cp500" if sample.count(0x4F) > sample.count(0x5A) else "cp1140"


def _single_byte(sample: bytes) -> str:
    found = islice(_CONTEXT.finditer(b" " + sample + b" "), _MOST_BYTES)
    contexts = list(islice(dict.fromkeys(match[1] for match in found), _MOST_CONTEXTS))
    usual, *others = ((_page(name, script).fit(contexts), name) for name, script in _CODE_PAGES)
    best = max(others, key=lambda scored: scored[0])
    is_clear = best[0] - usual[0] >= max(_CLEARLY, _CLEARLY_EACH * len(contexts))
    is_good = best[0] >= _WELL_EACH * len(contexts)
    return best[1] if is_clear and is_good else usual[1]


@dataclass(frozen=True, slots=True)
class _Page:
    """A code page: what each of its 256 bytes is, in one letter of ours.

    ASCII: a small letter, A capital, 9 digit, blank for white space, dot for the rest. Beyond it: L usual small letter,
    O one of the oftenest, U capital, r rare letter, ' apostrophe, ( opening and ) closing quote, - short and _ long
    dash, £ currency, n no-break space, # drawing of a box, s another sign, 0 no character.
    """

    classes: str
    is_latin: bool

    def fit(self, contexts: Iterable[bytes]) -> float:
        """How well the bytes beyond ASCII go with those beside them."""
        classes = self.classes
        return sum(self._fit(classes[before], classes[byte], classes[after]) for before, byte, after in contexts)

    def _fit(self, before: str, byte: str, after: str) -> float:
        if byte in "LOU":
            return self._letter(before, byte, after)
        return _sign(before, byte, after)

    def _letter(self, before: str, byte: str, after: str) -> float:
        if self.is_latin and before in "LOUr" and after in "LOUr":
            return -1.0  # three accents in a row
        if not self.is_latin and (before in "aA" or after in "aA"):
            return -1.0  # two scripts in a word
        if byte == "U":
            return -1.0 if before in "aLO" else 0.6 if before in "AU" or after in "aALOU" else 0.0
        if after in "AU9":
            return -0.6
        beside = before in "aALOU" or after in "aLO"
        return (1.0 if byte == "O" or self.is_latin else 0.7) if beside else 0.1


def _sign(before: str, byte: str, after: str) -> float:
    """How well a character that is no usual letter goes with those beside it."""
    is_within = before in "aALOUr" and after in "aALOUr"
    if byte == "£":
        return 1.0 if after == "9" else -1.0 if is_within else 0.2
    if byte in _FITTING:
        befores, afters, fitting, else_ = _FITTING[byte]
        return fitting if before in befores and after in afters else else_
    return -1.0 if is_within else -0.6 if byte == "r" else -0.2


@cache
def _page(name: str, script: str) -> _Page:
    table = WINDOWS if name == "cp1252" else bytes(range(256)).decode(name, "replace")
    return _Page("".join(_class(char, script) for char in table), script == _LATIN)


def _class(char: str, script: str) -> str:
    if char.isascii():
        return _ascii_class(char)
    if char.isalpha() and char not in "ªºµƒ":
        if char.lower() not in _USUAL[script]:
            return "r"
        return "U" if char.isupper() else "O" if char in _OFTEN.get(script, ()) else "L"
    if "\u2500" <= char <= "\u259f":
        return "#"
    if char == "\ufffd" or (not char.isprintable() and char not in "\xa0\xad"):
        return "0"
    return _SIGNS.get(char, "s")


def _ascii_class(char: str) -> str:
    if char.isalpha():
        return "A" if char.isupper() else "a"
    return "9" if char.isdigit() else " " if char.isspace() else "."


def _east_asian(sample: bytes) -> str | None:
    """Two bytes a letter, told by what such text is mostly made of. Few letters tell nothing."""
    if len(sample) - len(sample.translate(None, _BEYOND_ASCII)) < _EAST_ASIAN_AT_LEAST:
        return None
    return next((name for name, is_usual, share in _EAST_ASIAN if _share(sample, name, is_usual) >= share), None)


def _share(sample: bytes, name: str, is_usual: Callable[[str], bool]) -> float:
    """Which part of the letters beyond ASCII are usual ones; none where the bytes are not of that encoding."""
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(sample)
    except ValueError:
        return 0.0
    beyond = list(islice((char for char in text if not char.isascii()), _MOST_CONTEXTS))
    return sum(map(is_usual, beyond)) / len(beyond) if beyond else 0.0


def _is_kana(char: str) -> bool:
    return "\u3001" <= char <= "\u30fe"


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_level_one(char: str, name: str, first: int, last: int) -> bool:
    """Whether it stands in the rows of the usual characters, or of the punctuation before them."""
    lead = char.encode(name, "replace")[0]
    return 0xA1 <= lead <= 0xA3 or first <= lead <= last


_EAST_ASIAN: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("cp932", _is_kana, 0.3),
    ("euc_jp", _is_kana, 0.3),
    ("euc_kr", _is_hangul, 0.9),
    ("gb18030", partial(_is_level_one, name="gb2312", first=0xB0, last=0xD7), 0.95),
    ("big5", partial(_is_level_one, name="big5", first=0xA4, last=0xC6), 0.95),
)
"""Codecs, their usual letters, and which part of all letters those are at least."""
