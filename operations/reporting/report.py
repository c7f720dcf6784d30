"""Makes reports: adds up the inventory, hands the figures to `reports/`, and has them written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import ConfigurationError
from domain.figures import Searched
from domain.pilot import Pilot
from inventory.engine import Database, reading
from inventory.figures import owned
from inventory.periods import pilots
from inventory.queries import Inventory
from operations.config import Settings
from operations.reporting.assets import make_asset_register, make_catalogue
from operations.reporting.held import (
    make_cabinet,
    make_compliance,
    make_coverage,
    make_disposal,
    make_service,
    make_trend,
)
from operations.reporting.making import provenance_of
from operations.reporting.risk import make_exposure, make_gdpr_risk, make_people_years, make_shadow_systems
from operations.reporting.rot_report import make_rot
from operations.reporting.subject_search import make_subject_search
from operations.reporting.wanted import Scope, Wanted
from reports.renderers import RENDERERS, with_reading_copy, write
from reports.report import Report


@dataclass(frozen=True, slots=True)
class Kind:
    """A report that can be asked for: `told` is whom it is for and what is in it. One that `needs` something more is
    made only where that is named; only one that `narrows` can be of one service, and then tells nothing of the others.
    """

    make: Callable[[Wanted], Report]
    told: str
    needs: str = ""
    narrows: bool = False


REPORTS: Mapping[str, Kind] = {
    "cabinet": Kind(
        make_cabinet, "cabinet, the public: what is held, what can go, what is at risk; fit to be published"
    ),
    "rot": Kind(make_rot, "cabinet, SIRO, service leads: redundant, obsolete and trivial files, and why each is"),
    "gdpr-risk": Kind(make_gdpr_risk, "DPO, SIRO: personal data by service and theme, and the items of highest risk"),
    "coverage": Kind(make_coverage, "SIRO, auditors: what was read of each share and what not and why, to be signed"),
    "exposure": Kind(
        make_exposure, "security, service leads: personal data that many can read, and owners who are gone"
    ),
    "compliance": Kind(
        make_compliance, "IG, audit: what the schedule rules, what can be computed, what is past its day"
    ),
    "people-years": Kind(
        make_people_years, "DPO, SIRO: how many people's data is kept past its day, and for how long", narrows=True
    ),
    "shadow-systems": Kind(
        make_shadow_systems, "digital services: working tables and databases with personal data", narrows=True
    ),
    "trend": Kind(make_trend, "SIRO, audit committee: what changed since the baseline, how old it is, what is to come"),
    "service": Kind(
        make_service, "the lead of a service: one page, what wants a decision", "--service NAME", narrows=True
    ),
    "subject-search": Kind(
        make_subject_search, "the access team: what a SAR or FOI request concerns, by duplicates", "--terms-file FILE"
    ),
    "asset-register": Kind(
        make_asset_register, "IG: the information assets, who answers for each, and the seed of the ROPA"
    ),
    "catalogue": Kind(make_catalogue, "all staff, BI: the released assets, as DCAT 3 too, and what might be published"),
    "disposal": Kind(make_disposal, "archivist, auditors, FOI: what was disposed of, as the audit trail says"),
}
"""A further report is a line here, and the function that it names."""


def make_report(
    name: str,
    database: Database,
    settings: Settings,
    *,
    service: str | None = None,
    scope: Scope = Scope.ALL,
    searched: Searched | None = None,
    pilot: str | None = None,
) -> Report:
    """Make one of REPORTS of what is held now, by the weights and factors in force.

    Raises ConfigurationError for a name that is not there, a service that holds nothing, or what is needed and not
    named.
    """
    if name not in REPORTS:
        raise ConfigurationError(f"There is no report {name!r}. There are: {', '.join(REPORTS)}")
    kind, today = REPORTS[name], datetime.now(UTC).date()
    if service is not None:
        _refuse_service(name, service, database)
    of_pilot = _pilot(name, pilot, database)
    files = owned(database)
    provenance = replace(provenance_of(database, settings.organisation.name, files, service), made=today)
    return kind.make(Wanted(database, settings, provenance, today, files, service, scope, searched, of_pilot))


def _pilot(name: str, pilot: str | None, database: Database) -> Pilot | None:
    if pilot is None:
        return None
    if name != "trend":
        raise ConfigurationError(f"The report {name!r} is of no pilot: leave --pilot out. Of one is: trend")
    with reading(database) as connection:
        known = {one.name: one for one in pilots(connection)}
    if pilot not in known:
        raise ConfigurationError(f"There is no pilot {pilot!r}. There are: {', '.join(known) or 'none'}")
    return known[pilot]


def _refuse_service(name: str, service: str, database: Database) -> None:
    if not REPORTS[name].narrows:
        named = ", ".join(other for other, kind in REPORTS.items() if kind.narrows)
        raise ConfigurationError(f"The report {name!r} is about all services: leave --service out. Of one are: {named}")
    if service not in (known := [each.service for each in Inventory(database).services()]):
        raise ConfigurationError(f"There is no service {service!r}. There are: {', '.join(known) or 'none'}")


def whole_reports() -> tuple[str, ...]:
    """The reports that need nothing more to be named: what "all reports" means."""
    return tuple(name for name, kind in REPORTS.items() if not kind.needs)


def write_report(report: Report, formats: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """Write a report in each format into a folder, a PDF beside its page alone. Raises ConfigurationError for a format
    that is not there.
    """
    formats = with_reading_copy(formats)
    if unknown := [name for name in formats if name not in RENDERERS]:
        raise ConfigurationError(f"There is no format {unknown[0]!r}. There are: {', '.join(RENDERERS)}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tuple(path for name in formats for path in write(report, name, folder))
