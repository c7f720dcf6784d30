"""The risk of an item where it lies: the risk of its content, raised by who can read it and by time past its day."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod


def risk_in_place(risk: int, parts: Mapping[str, float], place: Mapping[str, float]) -> tuple[int, Mapping[str, float]]:
    """The content's 0-100 score and its parts with the factors of the place; never above 100."""
    return min(100, round(risk * prod(place.values()))), {**parts, **place}
