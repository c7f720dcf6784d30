"""The risk of an item where it lies: the risk of its content, raised by who can read it and by time past its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod

MILLIONTHS = 1_000_000


def risk_in_place(risk: int, parts: Mapping[str, float], place: Mapping[str, float]) -> tuple[int, Mapping[str, float]]:
    """The content's 0-100 score and its parts with the factors of the place; never above 100.

    In whole numbers, halves upwards: so a database that adds scores up comes to the same.
    """
    raised = (risk * in_millionths(place.values()) + MILLIONTHS // 2) // MILLIONTHS
    return min(100, raised), {**parts, **place}


def in_millionths(factors: Iterable[float]) -> int:
    """The product of factors, as a whole number."""
    return round(prod(factors) * MILLIONTHS)
