"""The risk of an item where it lies: the risk of its content, raised by the time it is kept past its day."""

from __future__ import annotations

from collections.abc import Mapping

PAST_DUE_FACTOR = 1.2


def risk_in_place(risk: int, parts: Mapping[str, float], *, past_due: bool) -> tuple[int, Mapping[str, float]]:
    """The content's 0-100 score and its parts with what the place adds; never above 100."""
    if not past_due:
        return risk, parts
    return min(100, round(risk * PAST_DUE_FACTOR)), {**parts, "kept past its day": PAST_DUE_FACTOR}
