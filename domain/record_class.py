"""Who says of what class an item is: claims, of which the one on the firmest ground holds and all are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Ground(IntEnum):
    """What a claim stands on, the firmest last."""

    INFERENCE = 0
    LABEL = 1
    FOLDER = 2
    PERSON = 3


@dataclass(frozen=True, slots=True)
class ClassClaim:
    """`why` is a sentence without a full stop. `weight` orders claims on one ground: greater is stronger."""

    record_class: str
    ground: Ground
    why: str
    weight: tuple[float, ...] = ()
