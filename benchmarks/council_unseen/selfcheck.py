"""Proof of one document before it is written: each span holds what it says, by rule where the kind has one."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from . import identifiers
from .marked import Marked, Span


def faults(marked: Marked) -> list[str]:
    """What is wrong with the spans, in words without the values; nothing when they hold."""
    found = [f"{span.kind} at {span.start}: not as its rule says" for span in marked.spans if not _holds(marked, span)]
    ordered = sorted(marked.spans, key=lambda span: span.start)
    found += [f"{left.kind} and {right.kind} overlap" for left, right in pairwise(ordered) if left.end > right.start]
    if re.search(r"[«»]|\{[@+]|\{[a-z]\.[a-z]", marked.text):
        found.append("markup left in the text")
    return found


def _holds(marked: Marked, span: Span) -> bool:
    value = marked.text[span.start : span.end]
    bare = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    rule = _RULES.get(span.kind)
    tidy = bool(value) and value == value.strip()
    return tidy and (rule is None or rule(bare)) and (span.kind == "PERSON") == bool(span.origin)


def _nhs(bare: str) -> bool:
    return len(bare) == 10 and identifiers.nhs_check(bare[:9]) == int(bare[9])


def _nino(bare: str) -> bool:
    return (
        bool(re.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]", bare))
        and bare[:2] not in identifiers.NINO_NEVER
    )


def _digits(count: int) -> Callable[[str], bool]:
    return lambda bare: bare.isdigit() and len(bare) == count


_RULES: dict[str, Callable[[str], bool]] = {
    "UK_NHS": _nhs,
    "UK_NINO": _nino,
    "UK_UTR": lambda bare: len(bare) == 10 and identifiers.utr_check(bare[1:]) == bare[0],
    "UK_UPN": lambda bare: len(bare) == 13 and identifiers.upn_check(bare[1:]) == bare[0],
    "UK_UPRN": lambda bare: bare.isdigit() and len(bare) in {11, 12},
    "UK_PASSPORT": _digits(9),
    "UK_SORT_CODE": _digits(6),
    "UK_ACCOUNT": _digits(8),
    "UK_DRIVING_LICENCE": lambda bare: bool(re.fullmatch(r"[A-Z9]{5}\d[0156]\d[0-3]\d\d[A-Z][A-Z9]9[A-Z]{2}", bare)),
    "UK_VEHICLE_REGISTRATION": lambda bare: bool(re.fullmatch(r"[A-Z]{2}\d\d[A-Z]{3}|[A-Z]\d{2,3}[A-Z]{3}", bare)),
    "UK_POSTCODE": lambda bare: bool(re.fullmatch(r"[A-Z]{1,2}\d{1,2}\d[A-Z]{2}", bare)),
    "IBAN_CODE": lambda bare: len(bare) == 22 and identifiers.iban_holds(bare),
    "CREDIT_CARD": lambda bare: len(bare) == 16 and identifiers.luhn_holds(bare),
    "UK_PHONE": lambda bare: bool(re.fullmatch(r"(440?|0)[1-9]\d{8,9}", bare)),
}
