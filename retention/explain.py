"""Why an item stands where it does, as one sentence and as values for JSON: who says so, what was beaten, what would
change it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.decision import State
from domain.record_class import Ground
from domain.rule import Purpose
from retention.claim import Claim
from retention.decide import Weighing
from retention.words import in_words, listed

_STATES = {
    State.DUE: "Due since {due}: {action}.",
    State.OBSERVED: "Past due, under observation until {due}: then {action}.",
    State.KEPT: "Kept until {due}: then {action}.",
    State.HELD: "Frozen by {holds}.",
    State.UNCOMPUTABLE: "Cannot be computed: kept, and somebody has to be asked.",
    State.PROPOSED: "Under no record rule; proposed since {due}: {action}.",
    State.UNMATCHED: "Under no rule: kept, and reported.",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """`sentence` is for people; `details` holds nothing but text, numbers, lists and mappings of them."""

    sentence: str
    details: dict[str, Any]


def explain(weighing: Weighing) -> Explanation:
    """Names every rule that matched: the one that decided, those beaten and by what, and those not in force."""
    decision = weighing.decision
    reasons = " ".join(reason.sentence for reason in decision.reasons)
    changes = list(_would_change(weighing))
    told = f"{_standing(weighing)} {reasons}"
    if changes:
        told += f" The answer would change with {listed(changes, 'or')}."
    return Explanation(told, {
        "state": str(decision.state), "action": str(decision.action), "then": [str(action) for action in decision.then],
        "due": _day(decision.due), "rule": decision.rule,
        "class": _class(weighing), "rules": list(_rules(weighing)), "dates": _dates(weighing),
        "holds": [
            {"id": held.hold.id, "kind": str(held.hold.kind), "certain": not held.unsure, "unsure": list(held.unsure)}
            for held in weighing.holds
        ],
        "observed_from": _day(weighing.observed if weighing.observed.year > 1 else None),
        "meanwhile": [{"action": str(step.action), "due": _day(step.due)} for step in decision.meanwhile],
        "reasons": [{"source": reason.source, "sentence": reason.sentence} for reason in decision.reasons],
        "would_change": changes,
    })  # fmt: skip


def _standing(weighing: Weighing) -> str:
    decision = weighing.decision
    if decision.state is State.KEPT and decision.due is None:
        return "Kept for ever."
    actions = " then ".join(map(str, (decision.action, *decision.then)))
    due = in_words(decision.due) if decision.due else ""
    return _STATES[decision.state].format(due=due, action=actions, holds=listed(decision.holds))


def _class(weighing: Weighing) -> dict[str, Any]:
    claims = weighing.applicable.claims
    if not claims:
        return {"id": None, "ground": None, "why": "No class is mapped to it.", "rivals": []}
    effective, *rivals = claims
    return {
        "id": effective.record_class, "ground": effective.ground.name.lower(), "why": effective.why,
        "rivals": [
            {"id": rival.record_class, "ground": rival.ground.name.lower(), "why": rival.why} for rival in rivals
        ],
    }  # fmt: skip


def _rules(weighing: Weighing) -> Iterator[dict[str, Any]]:
    beaten = {reason.source: reason.sentence for reason in weighing.decision.reasons}
    for place, claim in enumerate(weighing.claims):
        decided = "decided" if place == 0 else "beaten"
        yield _rule(claim, decided, beaten.get(claim.rule.id, claim.sentence))
    for claim in weighing.beaten:
        why = f"{claim.sentence}; set aside, because it is about {claim.rival}, which is not the class of this item."
        yield _rule(claim, "of a rival class", why)
    for name in weighing.resting:
        yield {"id": name, "outcome": "not in force", "why": "It is a draft, retired, or outside its dates."}


def _rule(claim: Claim, outcome: str, why: str) -> dict[str, Any]:
    rule = claim.rule
    return {
        "id": rule.id, "title": rule.title, "outcome": outcome, "action": str(rule.action), "due": _day(claim.due),
        "counted_from": _day(claim.reading.start) if not _is_of_a_person(claim) else None, "arithmetic": claim.sentence,
        "needs": claim.reading.needs or None, "why": why, "authority": rule.authority,
        "basis": str(rule.basis) if rule.basis else None, "purpose": str(rule.purpose),
    }  # fmt: skip


def _is_of_a_person(claim: Claim) -> bool:
    """The day of a birth or death is not shown beside the number that it belongs to."""
    return "reported" in claim.sentence


def _dates(weighing: Weighing) -> list[dict[str, Any]]:
    used = weighing.claims[0].reading.start if weighing.claims else None
    return [
        {"witness": date.witness, "on": _day(date.on), "believed": not date.doubt, "why_not": date.doubt or None,
         "used": date.on == used and not date.doubt}
        for date in weighing.circumstances.dates
    ]  # fmt: skip


def _would_change(weighing: Weighing) -> Iterator[str]:
    decision = weighing.decision
    if weighing.holds:
        yield f"the release of {listed([held.hold.id for held in weighing.holds])}"
    needs = [claim.reading.needs for claim in weighing.claims if claim.reading.needs]
    yield from dict.fromkeys(needs)
    if decision.due is not None and decision.state in (State.KEPT, State.OBSERVED):
        yield f"the passing of time, on {in_words(decision.due)}"
    if weighing.beaten or (decision.ground is not None and decision.ground is Ground.INFERENCE):
        yield "a person's decision on its class"
    if not any(claim.rule.purpose is Purpose.RECORD for claim in weighing.claims):
        yield "a rule about it, or a class for it"


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
