"""What is held, added up for a dashboard: of each service, by one thing that files are told apart by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from domain.summary import Tally

Of = TypeVar("Of")


class RiskBand(IntEnum):
    """What was found in an item, by the risk of its content alone, wherever it lies: twenty points to a band."""

    NOT_LOOKED_INTO = -1
    NOTHING_PERSONAL = 0
    UNDER_20 = 1
    FROM_20 = 2
    FROM_40 = 3
    FROM_60 = 4
    FROM_80 = 5


@dataclass(frozen=True, slots=True)
class Portion(Generic[Of]):
    """Of a service that which is `of` one kind: its files, and how many parts lie inside files.

    The bytes of parts are those of the files that they are in.
    """

    service: str
    of: Of
    files: Tally
    parts: int
