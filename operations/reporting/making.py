"""What several reports ask of an inventory in the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from domain.access import Breadth
from domain.figures import GONE, Owned, OwnedFiles
from domain.risk import in_millionths
from domain.rot import Factors
from domain.summary import Provenance
from inventory.engine import Database
from inventory.figures import coverage_of, last_scans
from inventory.placed import Among
from inventory.queries import Inventory
from inventory.sampled import sampled
from operations.config import Settings
from operations.reporting.wanted import Scope, Wanted

CALDICOTT = frozenset({"UK_NHS", "SPECIAL_HEALTH", "SPECIAL_GENETIC", "CHILD_SAFEGUARDING"})
"""Identifiers of health and care, and words about health and about safeguarding children."""


def among(wanted: Wanted) -> Among:
    """The personal data that a report is about."""
    meant = replace(among_all(wanted.settings), service=wanted.service)
    if wanted.scope is not Scope.CALDICOTT:
        return meant
    systems = tuple(folder.strip("/").encode() for folder in wanted.settings.reports.case_systems)
    return replace(meant, kinds=CALDICOTT, outside=systems)


def among_all(settings: Settings) -> Among:
    """All personal data, with the factors of the place in force."""
    place = settings.risk.place
    return Among({
        (breadth, late): in_millionths(place.of(breadth, past_due=late).values())
        for breadth in Breadth
        for late in (False, True)
    })  # fmt: skip


def factors(settings: Settings) -> Factors:
    """The organisation's own, for what storage costs."""
    savings = settings.savings
    return Factors(savings.pounds_per_tb_year, savings.kg_co2e_per_tb_year, savings.backup_copies)


def provenance_of(
    database: Database, organisation: str, files: Iterable[OwnedFiles], service: str | None = None
) -> Provenance:
    """What a report of all that is held, or of one service's, is made from; the day is for whoever makes it to say."""
    inventory = Inventory(database)
    scan, applied = inventory.last_scan(), inventory.schedule_applied()
    return Provenance(
        organisation=organisation, scope=service or ", ".join(inventory.sources()) or "nothing yet",
        scanned=scan.ended, scan_complete=scan.complete,
        schedule=applied[0] if applied else None, evaluated=applied[1] if applied else None,
        detector=scan.detector, coverage=inventory.coverage() if service is None else coverage_of(database, service),
        run=", ".join(map(str, last_scans(database))),
        unowned=_unowned(each for each in files if service in (None, each.service)), measured=sampled(database),
        of_service=service is not None,
    )  # fmt: skip


def _unowned(files: Iterable[OwnedFiles]) -> tuple[int, int] | None:
    """How many files have no owner who is there, of how many; None where no directory was asked about any."""
    known: Counter[bool] = Counter()
    for each in files:
        if each.owner is not Owned.UNASKED:
            known[each.owner in GONE] += each.tally.items
    return (known[True], known.total()) if known.total() else None
