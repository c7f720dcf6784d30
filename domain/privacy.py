"""What may be said of a value without saying the value: its normal form stays inside, its shape and keyed
fingerprint may leave.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from domain.item import ItemRef, part_key

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def normal_form(kind: str, value: str) -> str:
    """The form in which two spellings of one value agree. Holds the value: for counting and fingerprints only."""
    if kind == "PERSON":
        return " ".join(sorted(_NOT_ALPHANUMERIC.sub(" ", value).upper().split()))
    return _NOT_ALPHANUMERIC.sub("", value).upper()


def shape(value: str) -> str:
    """Letters as A, digits as 9, white space as one space, anything else as '-'; at most 40 characters.

    >>> shape("ab 12 34-56 c")
    'AA 99 99-99 A'
    """
    return "".join(map(_shape_of, " ".join(value.split())[:40]))


def _shape_of(char: str) -> str:
    if char.isdigit():
        return "9"
    if char.isalpha():
        return "A"
    return " " if char == " " else "-"


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
        message = f"{kind}\0{normal_form(kind, value)}".encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, message, hashlib.sha256).digest()[:16]

    def tag(self, ref: ItemRef) -> str:
        """A short name for an item in logs, where its path could name a person."""
        address = b"\0".join((ref.source.encode(), ref.locator, part_key(ref.part).encode()))
        return hmac.new(self.secret, address, hashlib.sha256).hexdigest()[:10]
