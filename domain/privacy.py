"""What may be said of a value without saying the value: its normal form stays inside, its shape and keyed
fingerprint may leave.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.item import ItemRef, part_key
from domain.written_date import written_day

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_NOT_DIGITS = re.compile(r"\D+")
_BETWEEN_NAMES = re.compile(r"[\s.,;]+")
_STROKED = str.maketrans("łŁøØđĐ", "lLoOdD")
_STREET_WORDS = {"RD": "ROAD", "ST": "STREET", "AVE": "AVENUE", "LN": "LANE", "CL": "CLOSE", "DR": "DRIVE",
                 "CRES": "CRESCENT", "GDNS": "GARDENS", "SQ": "SQUARE", "TER": "TERRACE", "APT": "FLAT",
                 "APARTMENT": "FLAT"}  # fmt: skip


def normal_form(kind: str, value: str) -> str:
    """The form in which two spellings of one value agree. Holds the value: for counting and fingerprints only.

    Letters and digits in upper case, without accents; of a telephone number the digits as dialled within the country,
    of a birth the day in ISO 8601, of an address its street word in full, of a name its words in alphabetical order.
    """
    return _FORMS.get(kind, _alphanumerics)(_plain(value))


def unaccented(text: str) -> str:
    """The text without accents and strokes: "Siân" and "Sian", "Łukasz" and "Lukasz" agree."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(char for char in letters if not unicodedata.combining(char)).translate(_STROKED)


def name_forms(value: str) -> tuple[str, ...]:
    """The forms under which a person can be looked for: the surname alone, and the surname with the first initial.

    The surname is what stands before a comma, else the last word; of two words it may be the first as well, because
    lists write "Marsh Ivy" as often as "Ivy Marsh". Holds the name, as `normal_form` does.
    """
    last, _, rest = _plain(value).partition(",")
    words = [*_words(rest), *_words(last)] if rest else _words(last)
    either = len(words) == 2 and not rest and min(map(len, words)) > 1
    orders = (words, words[::-1]) if either else (words,)
    forms = [form for order in orders for form in _with_initial(order)]
    return tuple(dict.fromkeys(forms))


def shape(value: str) -> str:
    """Letters as A, digits as 9, white space as one space, anything else as '-'; at most 40 characters.

    >>> shape("ab 12 34-56 c")
    'AA 99 99-99 A'
    """
    spaced = " ".join(value.split())[:40]
    return spaced.translate(_SHAPES) if spaced.isascii() else "".join(map(_shape_of, spaced))


@dataclass(frozen=True, slots=True)
class FingerprintKey:
    """The key of this inventory's fingerprints. It is kept outside the database.

    Keyed, because the plain hash of a phone or NHS number is found by trying them all.
    """

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Names the key without giving it away, so that an inventory can refuse another key."""
        return hmac.new(self.secret, b"muniment key id", hashlib.sha256).hexdigest()[:16]

    def fingerprint(self, kind: str, value: str) -> bytes:
        """16 bytes that are equal for two spellings of one value, and tell nothing to who lacks the key."""
        return self.of_form(kind, normal_form(kind, value))

    def of_form(self, kind: str, form: str) -> bytes:
        """As `fingerprint`, of a value whose normal form is known; of a name, one of its `name_forms`."""
        message = f"{kind}\0{form}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.secret, message, "sha256")[:16]

    def fingerprints(self, kind: str, value: str) -> tuple[bytes, ...]:
        """Those under which a value can be looked for: of a name each of its forms, else one."""
        if kind != "PERSON":
            return (self.fingerprint(kind, value),)
        return tuple(self.of_form(kind, form) for form in name_forms(value))

    def tag(self, ref: ItemRef) -> str:
        """A short name for an item in logs, where its path could name a person."""
        address = b"\0".join((ref.source.encode(), ref.locator, part_key(ref.part).encode()))
        return hmac.new(self.secret, address, hashlib.sha256).hexdigest()[:10]


def _plain(value: str) -> str:
    return unaccented(value).upper()


def _alphanumerics(value: str) -> str:
    return value if value.isalnum() else _NOT_ALPHANUMERIC.sub("", value)


def _words(value: str) -> list[str]:
    """The words of a name; a hyphen or an apostrophe parts none."""
    return [word for word in map(_alphanumerics, _BETWEEN_NAMES.split(value)) if word]


def _with_initial(words: list[str]) -> list[str]:
    """The last word, and the last word with the first letter of the first, where there are two."""
    return [*words[-1:], *(f"{words[-1]} {first[0]}" for first in words[:-1][:1])]


def _sorted_words(value: str) -> str:
    return " ".join(sorted(_words(value)))


def _as_dialled(value: str) -> str:
    digits = _NOT_DIGITS.sub("", value.replace("(0)", ""))
    for code in ("0044", "44"):
        if digits.startswith(code) and len(digits) >= len(code) + 9:
            return "0" + digits.removeprefix(code)
    return digits


def _day(value: str) -> str:
    day = written_day(value)
    return day.isoformat() if day else _alphanumerics(value)


def _street(value: str) -> str:
    return "".join(_STREET_WORDS.get(word, word) for word in _NOT_ALPHANUMERIC.split(value))


_FORMS: dict[str, Callable[[str], str]] = {
    "PERSON": _sorted_words,
    "UK_PHONE": _as_dialled,
    "DATE_OF_BIRTH": _day,
    "ADDRESS": _street,
    "UK_UTR": lambda value: _NOT_DIGITS.sub("", value),
}
"""How kinds are normalised that letters and digits alone do not make agree."""


def _shape_of(char: str) -> str:
    if char.isdigit():
        return "9"
    if char.isalpha():
        return "A"
    return " " if char == " " else "-"


_SHAPES = {code: _shape_of(chr(code)) for code in range(128)}
