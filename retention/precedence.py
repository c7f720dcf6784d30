"""Which of the rules about an item decides. Never the order of the file, and never the shortest period.

A hold comes before all of them (`retention.decide`). Then:

1. A rule that keeps for ever, then one that hands over: to the archives, to a new owner.
2. The rules about the class that the item is held to be of; those of a rival class count only by 1, where its claim
   is not settled (`retention.classes.contenders`).
3. A record rule whose date or event is not known: it counts as later than any date.
4. The record rule whose period ends last.
5. Rules on what is redundant, obsolete or trivial only propose, and only where no record rule is about the item.
6. On the same day, the rule whose scope is most specific; then the first id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.decision import Reason
from domain.rule import Purpose
from retention.claim import Claim, Length
from retention.conditions import Specificity


def strongest_first(claims: Iterable[Claim]) -> list[Claim]:
    """The rule that decides stands first, and each of the others before those that it would beat."""
    found = list(claims)
    if len(found) < 2:
        return found
    return sorted(sorted(found, key=lambda claim: claim.rule.id), key=_strength, reverse=True)


def last_day(claims: Sequence[Claim]) -> date | None:
    """The day before which nothing is due: the winner says what, the latest of all record rules when.

    What is handed over is wanted here as long as any other rule wants it. None where one is not known or for ever.
    """
    records = [claim for claim in claims if claim.rule.purpose is claims[0].rule.purpose]
    days = [claim.due for claim in records]
    return None if None in days else max((day for day in days if day is not None), default=None)


def set_aside(winner: Claim, loser: Claim) -> Reason:
    """Says what the loser would have had, and why it did not get it."""
    return Reason(loser.rule.id, f"{loser.sentence}; set aside, because {_why(winner, loser)}.")


def _strength(claim: Claim) -> tuple[bool, Length, date, Specificity]:
    is_record = claim.rule.purpose is Purpose.RECORD
    return (is_record, claim.length, claim.due or date.max, claim.specificity)


def _why(winner: Claim, loser: Claim) -> str:
    name = winner.rule.id
    if winner.rule.purpose is not loser.rule.purpose:
        return f"it only proposes, and {name} says how long the record is kept"
    if winner.length is not loser.length:
        return _FIRMER[winner.length].format(name)
    if winner.due != loser.due:
        return f"{name} keeps it longer" if winner.due else f"{name} may keep it longer"
    same = "is due on the same day" if winner.due is not None else "says no less"
    if winner.specificity != loser.specificity:
        return f"{name} {same} and has the more specific scope"
    return f"{name} {same} and has the first id"


_FIRMER = {
    Length.FOR_EVER: "{} keeps it for ever",
    Length.TRANSFER: "{} hands it over instead",
    Length.UNKNOWN: "{} may keep it longer",
}
