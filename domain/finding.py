"""A finding says that content holds values of one kind, how many and how surely; never a character of a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    IDENTITY = "identity"
    CONTACT = "contact"
    FINANCIAL = "financial"
    CREDENTIAL = "credential"
    SPECIAL = "special"
    CRIMINAL = "criminal"
    CHILDREN = "children"
    OTHER = "other"


class Band(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


KINDS: dict[str, Category] = {
    "PERSON": Category.IDENTITY,
    "DATE_OF_BIRTH": Category.IDENTITY,
    "UK_NHS": Category.IDENTITY,
    "UK_NINO": Category.IDENTITY,
    "UK_UTR": Category.IDENTITY,
    "UK_UPN": Category.IDENTITY,
    "UK_PASSPORT": Category.IDENTITY,
    "UK_DRIVING_LICENCE": Category.IDENTITY,
    "UK_VEHICLE_REGISTRATION": Category.IDENTITY,
    "COUNCIL_REF": Category.IDENTITY,
    "EMAIL_ADDRESS": Category.CONTACT,
    "UK_PHONE": Category.CONTACT,
    "UK_POSTCODE": Category.CONTACT,
    "ADDRESS": Category.CONTACT,
    "UK_UPRN": Category.CONTACT,
    "UK_SORT_CODE": Category.FINANCIAL,
    "UK_ACCOUNT": Category.FINANCIAL,
    "IBAN_CODE": Category.FINANCIAL,
    "CREDIT_CARD": Category.FINANCIAL,
    "CREDENTIAL": Category.CREDENTIAL,
    "IP_ADDRESS": Category.OTHER,
    "SPECIAL_HEALTH": Category.SPECIAL,
    "SPECIAL_ETHNICITY": Category.SPECIAL,
    "SPECIAL_RELIGION": Category.SPECIAL,
    "SPECIAL_POLITICS": Category.SPECIAL,
    "SPECIAL_UNION": Category.SPECIAL,
    "SPECIAL_SEXUALITY": Category.SPECIAL,
    "SPECIAL_BIOMETRIC": Category.SPECIAL,
    "SPECIAL_GENETIC": Category.SPECIAL,
    "CRIMINAL": Category.CRIMINAL,
    "CHILD_SAFEGUARDING": Category.CHILDREN,
}
"""Every kind of finding and the category it is reported under: the vocabulary of the command-line contract."""


def band_of(confidence: float) -> Band:
    if confidence >= 0.85:
        return Band.HIGH
    return Band.MEDIUM if confidence >= 0.6 else Band.LOW


@dataclass(frozen=True, slots=True)
class Finding:
    """`count` values of one kind in one content.

    `confidence` is that of the surest value; `shape` is its form (AA999999A); `fingerprints` are keyed, one for each
    distinct value (of a name, of each form under which it can be looked for) up to a cap, and `overflow` says that
    there were more; `spans` are character offsets into the extracted text and are never stored. `sampled` where the
    count is in part reckoned from a sample of the rows of a long table.
    """

    kind: str
    count: int
    confidence: float
    places: tuple[str, ...] = ()
    shape: str = ""
    fingerprints: tuple[bytes, ...] = ()
    overflow: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    sampled: bool = False

    @property
    def category(self) -> Category:
        return KINDS[self.kind]

    @property
    def band(self) -> Band:
        return band_of(self.confidence)
