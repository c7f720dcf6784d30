"""What the findings of one content amount to: is it personal, of which special classes, and how much is at risk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import log10

from domain.examination import Assessment
from domain.finding import Band, Category, Finding

_IDENTIFIERS = frozenset({
    "UK_NHS", "UK_NINO", "UK_UTR", "UK_UPN", "UK_DRIVING_LICENCE", "UK_PASSPORT", "CREDIT_CARD", "IBAN_CODE",
    "UK_SORT_CODE", "UK_ACCOUNT", "DATE_OF_BIRTH", "UK_VEHICLE_REGISTRATION", "COUNCIL_REF", "CREDENTIAL",
})  # fmt: skip
_BESIDE_A_NAME = {"EMAIL_ADDRESS": 0.6, "UK_PHONE": 0.6, "UK_POSTCODE": 0.6, "ADDRESS": 0.6}
"""Below these a mailbox is a role's and a number is an organisation's."""
_NEAR = 300

_WEIGHTS: dict[str, float] = {
    "PERSON": 8, "EMAIL_ADDRESS": 12, "UK_PHONE": 12, "UK_POSTCODE": 12, "UK_UPRN": 12, "IP_ADDRESS": 8,
    "DATE_OF_BIRTH": 18, "ADDRESS": 18,
    "UK_NHS": 25, "UK_NINO": 25, "UK_UTR": 25, "UK_UPN": 25, "UK_PASSPORT": 25, "UK_DRIVING_LICENCE": 25,
    "UK_VEHICLE_REGISTRATION": 25, "COUNCIL_REF": 25,
    "UK_SORT_CODE": 30, "UK_ACCOUNT": 30, "IBAN_CODE": 30, "CREDIT_CARD": 30,
    "CREDENTIAL": 35, "CRIMINAL": 40, "CHILD_SAFEGUARDING": 50,
}  # fmt: skip
_SPECIAL_WEIGHT = 45.0
_MANY_PERSONS = 100
_OF_PERSONS = frozenset({Category.IDENTITY, Category.CONTACT, Category.FINANCIAL})


def assess(findings: tuple[Finding, ...]) -> Assessment:
    """The verdict on one content; of no findings, nothing. Needs the spans to see what stands near a name.

    Risk is 0 where it is not personal; else weight of the kinds x number of persons x sureness, with floors. Breadth
    of access and time past due are not known here. The weights are a proposal, to be set by people's judgement.
    """
    if not is_personal(findings):
        return Assessment()
    kinds = {finding.kind for finding in findings}
    parts = _parts(findings)
    return Assessment(
        personal=True,
        special=tuple(sorted(kind.removeprefix("SPECIAL_") for kind in kinds if kind.startswith("SPECIAL_"))),
        # A pupil number is a child's, whatever else is said.
        children=not kinds.isdisjoint(("CHILD_SAFEGUARDING", "UK_UPN")),
        criminal="CRIMINAL" in kinds,
        risk=_risk(parts),
        risk_parts=parts,
    )


def is_personal(findings: Iterable[Finding]) -> bool:
    """A sure identifier, a home's or mobile's number with its context, a person by rule, or one by the language model
    near a way to reach them. Role mailboxes, 03 and 08 numbers, and names by the model alone: never.
    """
    by_kind = {finding.kind: finding for finding in findings}
    if any(finding.confidence >= 0.7 for kind, finding in by_kind.items() if kind in _IDENTIFIERS):
        return True
    if _confidence(by_kind, "UK_PHONE") >= 0.8 or _confidence(by_kind, "PERSON") >= 0.75:
        return True
    return _confidence(by_kind, "PERSON") >= 0.6 and _can_be_reached(by_kind)


def _can_be_reached(by_kind: Mapping[str, Finding]) -> bool:
    """Whether a name stands near a contact. One sure contact makes the finding sure, so near ones of the same kind
    count though they be a role's.
    """
    people = by_kind["PERSON"].spans
    contacts = (by_kind[kind] for kind, least in _BESIDE_A_NAME.items() if _confidence(by_kind, kind) >= least)
    return any(_near(people, finding.spans) for finding in contacts)


def _confidence(by_kind: Mapping[str, Finding], kind: str) -> float:
    return by_kind[kind].confidence if kind in by_kind else 0.0


def _near(ones: tuple[tuple[int, int], ...], others: tuple[tuple[int, int], ...]) -> bool:
    """Whether any of the one, and any of the other, are at most 300 characters apart. Both are in order."""
    starts = [start for start, _ in others]
    for start, end in ones:
        index = bisect_left(starts, start)
        behind = index < len(others) and others[index][0] - end <= _NEAR
        if behind or (index > 0 and start - others[index - 1][1] <= _NEAR):
            return True
    return False


def _parts(findings: tuple[Finding, ...]) -> dict[str, float]:
    counted = [finding for finding in findings if finding.band is not Band.LOW]
    weights = sorted({finding.kind: _weight(finding) for finding in counted}.values(), reverse=True)
    second = next((weight for weight in weights if weight < weights[0]), 0.0)
    persons = max((finding.count for finding in counted if finding.category in _OF_PERSONS), default=1)
    sure = any(finding.band is Band.HIGH for finding in counted)
    return {
        "type": round(weights[0] + 0.2 * second, 1),
        "volume": round(1 + log10(persons), 2),
        "confidence": 1.0 if sure else 0.7,
        "identity_kit": 1.1 if _is_identity_kit(counted) else 1.0,
        "floor": _floor({finding.kind for finding in counted}, persons),
    }


def _risk(parts: Mapping[str, float]) -> int:
    product = parts["type"] * parts["volume"] * parts["confidence"] * parts["identity_kit"]
    return round(min(100.0, max(product, parts["floor"])))


def _weight(finding: Finding) -> float:
    return _SPECIAL_WEIGHT if finding.category is Category.SPECIAL else _WEIGHTS[finding.kind]


def _floor(kinds: set[str], persons: int) -> float:
    if "CHILD_SAFEGUARDING" in kinds and any(kind.startswith("SPECIAL_") for kind in kinds):
        return 75.0
    return 60.0 if "CREDENTIAL" in kinds or persons >= _MANY_PERSONS else 0.0


def _is_identity_kit(findings: list[Finding]) -> bool:
    """Three kinds of identifier within 300 characters: enough to pass for somebody."""
    places = sorted(
        (start, finding.kind) for finding in findings if finding.kind in _IDENTIFIERS for start, _ in finding.spans
    )
    first = 0
    for last, (start, _) in enumerate(places):
        while start - places[first][0] > _NEAR:
            first += 1
        if last - first >= 2 and len({kind for _, kind in places[first : last + 1]}) >= 3:
            return True
    return False
