"""What the findings of one content amount to: is it personal, of which special classes, and how much is at risk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import log10
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.access import Breadth
from domain.examination import Assessment
from domain.finding import KINDS, Band, Category, Finding

_IDENTIFIERS = frozenset({
    "UK_NHS", "UK_NINO", "UK_UTR", "UK_UPN", "UK_DRIVING_LICENCE", "UK_PASSPORT", "CREDIT_CARD", "IBAN_CODE",
    "UK_SORT_CODE", "UK_ACCOUNT", "DATE_OF_BIRTH", "UK_VEHICLE_REGISTRATION", "COUNCIL_REF", "CREDENTIAL",
})  # fmt: skip
_OF_FIRMS_TOO = frozenset({"UK_UTR", "UK_SORT_CODE", "UK_ACCOUNT", "IBAN_CODE", "UK_VEHICLE_REGISTRATION"})
"""Where nobody is named these are a supplier's bank and a council's lorries."""
_BESIDE_A_NAME = {"UK_NINO": 0.6, "EMAIL_ADDRESS": 0.6, "UK_PHONE": 0.6, "UK_POSTCODE": 0.6, "ADDRESS": 0.6}
"""Below these a mailbox is a role's and a number is an organisation's."""
_NEAR, _ONE_BREATH = 300, 60
_Spans = tuple[tuple[int, int], ...]
_OF_TERMS = frozenset({Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN})
"""Words, that below 0.6 may be said of anything."""
_SEVERAL = 2
"""So many people by their first names alone: one such name may be a product's."""
_WHOLE_NAME, _A_FIRST_NAME, _SAID = 0.65, 0.55, 0.6
"""How sure a name and what is said of a person must be, where one stands near the other."""
_SURELY_SAID = 0.8
_OF_ONESELF = frozenset({Category.SPECIAL, Category.CRIMINAL})

_WEIGHT_OF_KIND: dict[str, float] = {
    "PERSON": 8, "EMAIL_ADDRESS": 12, "UK_PHONE": 12, "UK_POSTCODE": 12, "UK_UPRN": 12, "IP_ADDRESS": 8,
    "DATE_OF_BIRTH": 18, "ADDRESS": 18,
    "UK_NHS": 25, "UK_NINO": 25, "UK_UTR": 25, "UK_UPN": 25, "UK_PASSPORT": 25, "UK_DRIVING_LICENCE": 25,
    "UK_VEHICLE_REGISTRATION": 25, "COUNCIL_REF": 25,
    "UK_SORT_CODE": 30, "UK_ACCOUNT": 30, "IBAN_CODE": 30, "CREDIT_CARD": 30,
    "CREDENTIAL": 35, "CRIMINAL": 40, "CHILD_SAFEGUARDING": 50,
    **{kind: 45 for kind, category in KINDS.items() if category is Category.SPECIAL},
}  # fmt: skip
_OF_PERSONS = frozenset({Category.IDENTITY, Category.CONTACT, Category.FINANCIAL})

Score = Annotated[float, Field(ge=0, le=100)]
Factor = Annotated[float, Field(ge=1, le=5)]


def _over_defaults(kinds: Any) -> Any:
    """Those given in the place of the defaults; what is no table of known kinds is left for the type to refuse."""
    if not isinstance(kinds, Mapping):
        return kinds
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"there is no kind {str(unknown[0])!r}; choose from: {', '.join(KINDS)}")
    return {**_WEIGHT_OF_KIND, **kinds}


class PlaceFactors(BaseModel):
    """What the score of a content is multiplied by where it lies open, or lies on though its time is up."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    everyone: Factor = 1.3
    organisation: Factor = 1.15
    group: Factor = 1.0
    past_due: Factor = 1.2

    def of(self, breadth: Breadth, *, past_due: bool) -> dict[str, float]:
        """Those that hold, by the names that reports give them. What is not known raises nothing."""
        open_to = {
            Breadth.EVERYONE: ("open to everyone", self.everyone),
            Breadth.ORGANISATION: ("open to the organisation", self.organisation),
            Breadth.GROUP: ("open to a group", self.group),
        }  # fmt: skip
        late = ("kept past its day", self.past_due) if past_due else None
        return {name: factor for name, factor in filter(None, (open_to.get(breadth), late)) if factor > 1}


class Weights(BaseModel):
    """How the score is made; the defaults are a proposal, to be set by people's judgement.

    `kinds` is what each kind weighs, and `share_of_second` what the second heaviest adds of its own. `fairly_sure` is
    the factor where nothing was found for sure; `identity_kit` where three kinds of identifier stand within `near`
    characters. Content with the values of `many` people, with credentials, or with words about safeguarding children
    beside those of a special category scores at least the `floor` of that. `place` is applied when a report is made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: Annotated[Mapping[str, Score], BeforeValidator(_over_defaults)] = Field(default=_WEIGHT_OF_KIND)
    share_of_second: Annotated[float, Field(ge=0, le=1)] = 0.2
    fairly_sure: Annotated[float, Field(ge=0, le=1)] = 0.7
    identity_kit: Annotated[float, Field(ge=1, le=10)] = 1.1
    near: Annotated[int, Field(ge=0, le=10_000)] = 300
    many: Annotated[int, Field(ge=2)] = 100
    floor_many: Score = 60.0
    floor_credential: Score = 60.0
    floor_safeguarding: Score = 75.0
    place: PlaceFactors = PlaceFactors()

    def named(self) -> dict[str, float]:
        """The numbers of a content's score under their names in the configuration, the heaviest kinds first."""
        heaviest_first = sorted(self.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        others = self.model_dump(exclude={"kinds", "place"})
        return {**{f"risk.kinds.{kind}": weight for kind, weight in heaviest_first},
                **{f"risk.{name}": number for name, number in others.items()}}  # fmt: skip

    def all_named(self) -> dict[str, float]:
        """The same with the factors of the place."""
        return self.named() | {f"risk.place.{name}": factor for name, factor in self.place.model_dump().items()}


PROPOSED = Weights()


def assess(findings: tuple[Finding, ...], weights: Weights = PROPOSED) -> Assessment:
    """The verdict on one content; of no findings, nothing. Needs the spans to see what stands near a name.

    Risk is 0 where it is not personal; else weight of the kinds x number of persons x sureness, with floors. Breadth
    of access and time past due are not known here. The weights decide on the score alone, never on the verdict.
    """
    if not is_personal(findings):
        return Assessment()
    kinds = {finding.kind for finding in findings if finding.category not in _OF_TERMS or finding.confidence >= 0.6}
    parts = _parts(findings, weights)
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
    near a way to reach them, or somebody near what is said of their health, faith, offence and the like. Role
    mailboxes, 03 and 08 numbers, and names by the model alone: never.
    """
    by_kind = {finding.kind: finding for finding in findings}
    decisive = _IDENTIFIERS if _confidence(by_kind, "PERSON") >= 0.6 else _IDENTIFIERS - _OF_FIRMS_TOO
    decisive |= _in_one_breath_with_a_name(by_kind)
    if any(finding.confidence >= 0.7 for kind, finding in by_kind.items() if kind in decisive):
        return True
    if _confidence(by_kind, "UK_PHONE") >= 0.8 or _confidence(by_kind, "PERSON") >= 0.75:
        return True
    if _confidence(by_kind, "PERSON") >= 0.7 and by_kind["PERSON"].count >= _SEVERAL:
        return True
    if _confidence(by_kind, "PERSON") >= 0.6 and _can_be_reached(by_kind):
        return True
    return _is_spoken_of(by_kind)


def _in_one_breath_with_a_name(by_kind: Mapping[str, Finding]) -> set[str]:
    """Those kinds of a firm's numbers that stand close to a first name: "Darren's van, AB12 CDE"."""
    if _confidence(by_kind, "PERSON") < _A_FIRST_NAME:
        return set()
    people = by_kind["PERSON"].spans
    return {kind for kind in _OF_FIRMS_TOO & by_kind.keys() if _near(people, by_kind[kind].spans, _ONE_BREATH)}


def could_be_personal(findings: Iterable[Finding]) -> bool:
    """Whether it is personal, or would be if the right thing were said of somebody in it."""
    known = tuple(findings)
    return any(finding.kind == "PERSON" for finding in known) or is_personal(known)


def _is_spoken_of(by_kind: Mapping[str, Finding]) -> bool:
    """Whether what is said of somebody stands near a whole name, or in one breath with one of several first names.

    One first name may be a month's or a dish's, so behind it something must be said for sure: "Ivy Marsh is gay", but
    not a book or a group before the name of its author or its chair. Words about the safety of children stand in every
    policy, beside the name of who wrote it.
    """
    people = by_kind.get("PERSON")
    if people is None:
        return False
    said = [finding for finding in by_kind.values() if finding.category in _OF_ONESELF and finding.confidence >= _SAID]
    if people.confidence >= _WHOLE_NAME or people.count >= _SEVERAL:
        within = _NEAR if people.confidence >= _WHOLE_NAME else _ONE_BREATH
        return any(_near(people.spans, finding.spans, within) for finding in said)
    surely = (finding for finding in said if finding.confidence >= _SURELY_SAID)
    return people.confidence >= _SAID and any(_behind(people.spans, one.spans, _ONE_BREATH) for one in surely)


def _can_be_reached(by_kind: Mapping[str, Finding]) -> bool:
    """Whether a name stands near a contact. One sure contact makes the finding sure, so near ones of the same kind
    count though they be a role's.
    """
    people = by_kind["PERSON"].spans
    contacts = (by_kind[kind] for kind, least in _BESIDE_A_NAME.items() if _confidence(by_kind, kind) >= least)
    return any(_near(people, finding.spans) for finding in contacts)


def _confidence(by_kind: Mapping[str, Finding], kind: str) -> float:
    return by_kind[kind].confidence if kind in by_kind else 0.0


def _near(ones: _Spans, others: _Spans, within: int = _NEAR) -> bool:
    """Whether any of the one, and any of the other, are at most so many characters apart. Both are in order."""
    return _behind(ones, others, within) or _behind(others, ones, within)


def _behind(ones: _Spans, others: _Spans, within: int) -> bool:
    """Whether any of the others begins with one of the ones, or at most so many characters behind it."""
    starts = [start for start, _ in others]
    firsts = ((end, bisect_left(starts, start)) for start, end in ones)
    return any(at < len(others) and starts[at] - end <= within for end, at in firsts)


def _parts(findings: tuple[Finding, ...], weights: Weights) -> dict[str, float]:
    counted = [finding for finding in findings if finding.band is not Band.LOW]
    kinds = {finding.kind for finding in counted}
    heaviest, *others = sorted({weights.kinds[kind] for kind in kinds}, reverse=True)
    persons = max((finding.count for finding in counted if finding.category in _OF_PERSONS), default=1)
    sure = any(finding.band is Band.HIGH for finding in counted)
    return {
        "type": round(heaviest + weights.share_of_second * (others[0] if others else 0), 1),
        "volume": round(1 + log10(persons), 2),
        "confidence": 1.0 if sure else weights.fairly_sure,
        "identity_kit": weights.identity_kit if _is_identity_kit(counted, weights.near) else 1.0,
        "floor": _floor(kinds, persons, weights),
    }


def _risk(parts: Mapping[str, float]) -> int:
    product = parts["type"] * parts["volume"] * parts["confidence"] * parts["identity_kit"]
    return round(min(100.0, max(product, parts["floor"])))


def _floor(kinds: set[str], persons: int, weights: Weights) -> float:
    """The highest of the floors that it stands on."""
    safeguarding = "CHILD_SAFEGUARDING" in kinds and any(kind.startswith("SPECIAL_") for kind in kinds)
    return max(
        weights.floor_safeguarding if safeguarding else 0.0,
        weights.floor_credential if "CREDENTIAL" in kinds else 0.0,
        weights.floor_many if persons >= weights.many else 0.0,
    )


def _is_identity_kit(findings: list[Finding], near: int) -> bool:
    """Three kinds of identifier within so many characters: enough to pass for somebody."""
    places = sorted(
        (start, finding.kind) for finding in findings if finding.kind in _IDENTIFIERS for start, _ in finding.spans
    )
    first = 0
    for last, (start, _) in enumerate(places):
        while start - places[first][0] > near:
            first += 1
        if last - first >= 2 and len({kind for _, kind in places[first : last + 1]}) >= 3:
            return True
    return False
