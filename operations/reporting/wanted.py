"""A report as it is asked for: of which inventory, on which day, by which settings, and of how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.figures import OwnedFiles, Searched
from domain.pilot import Pilot
from domain.summary import Provenance
from inventory.engine import Database
from inventory.queries import Inventory
from operations.config import Settings


class Scope(StrEnum):
    """Of what a report is: Caldicott of what identifies people in health and care; drafts of unreleased assets too."""

    ALL = "all"
    CALDICOTT = "caldicott"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`owned` are all files by owner and rights, which every report says something of. `service`, `scope`, what was
    `searched` and the `pilot` are for the reports that ask for them.
    """

    database: Database
    settings: Settings
    provenance: Provenance
    today: date
    owned: tuple[OwnedFiles, ...]
    service: str | None = None
    scope: Scope = Scope.ALL
    searched: Searched | None = None
    pilot: Pilot | None = None

    @property
    def inventory(self) -> Inventory:
        return Inventory(self.database)
