"""Which of the rules about an item decides. Never the order of the file, and never the shortest period.

1. A rule that keeps for ever.
2. A rule whose date or event is not known: it counts as later than any date.
3. The rule whose period ends last.
4. On the same day, the rule whose scope is most specific; then the first id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.decision import Reason
from retention.conditions import Specificity
from retention.trigger import Claim, Length


def strongest_first(claims: Iterable[Claim]) -> list[Claim]:
    """The rule that decides stands first, and each of the others before those that it would beat."""
    return sorted(sorted(claims, key=lambda claim: claim.rule.id), key=_strength, reverse=True)


def set_aside(winner: Claim, loser: Claim) -> Reason:
    """Says what the loser would have had, and why it did not get it."""
    return Reason(loser.rule.id, f"{loser.sentence}; set aside, because {_why(winner, loser)}.")


def _strength(claim: Claim) -> tuple[Length, date, Specificity]:
    return (claim.length, claim.due or date.min, claim.specificity)


def _why(winner: Claim, loser: Claim) -> str:
    name = winner.rule.id
    if winner.length is not loser.length:
        return f"{name} keeps it for ever" if winner.length is Length.FOR_EVER else f"{name} may keep it longer"
    if winner.due != loser.due:
        return f"{name} keeps it longer"
    same = "is due on the same day" if winner.length is Length.DATED else "says no less"
    if winner.specificity != loser.specificity:
        return f"{name} {same} and has the more specific scope"
    return f"{name} {same} and has the first id"
