"""Pilots: parts of the estate that are begun with, and compared with what they were on a day of one's choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.asset import Location


@dataclass(frozen=True, slots=True)
class PilotScope:
    """Which folders are meant: of these services, where any are named, and in these locations or assets, where any are.

    A location is meant with all below it; of an asset, what lies in another one inside it is not.
    """

    services: frozenset[str] = frozenset()
    locations: tuple[Location, ...] = ()
    assets: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return bool(self.services or self.locations or self.assets)


@dataclass(frozen=True, slots=True)
class Pilot:
    name: str
    scope: PilotScope
    baseline: date
