"""Makes the reports on personal data: what is at risk, who can read it, and what is kept too long."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta

from classifiers.risk import PlaceFactors
from domain.access import Breadth
from domain.examination import Outcome
from domain.figures import Owned, Sensitivity, Shadow, Shadows
from domain.risk import risk_in_place
from domain.summary import Ownership, RiskItem, Tally
from inventory.risk_figures import Late, leavers, open_folders, overstays, riskiest, risky, shadows
from operations.reporting.making import among
from operations.reporting.wanted import Scope, Wanted
from reports.exposure import exposure_report
from reports.gdpr_risk import gdpr_risk_report
from reports.people_years import people_years_report
from reports.report import Report
from reports.shadow_systems import shadow_systems_report

_MOST_LISTED = 10_000
_MOST_FOLDERS = 1_000
_CALDICOTT = (
    "Caldicott view: only items with NHS numbers, or words about health, genetic data or safeguarding children. Case "
    "systems are left out: {systems}."
)


def make_gdpr_risk(wanted: Wanted) -> Report:
    return gdpr_risk_report(
        wanted.provenance, wanted.inventory.services(), risky(wanted.database, among(wanted)),
        worst_items(wanted, _MOST_LISTED), wanted.settings.risk.all_named(), _ownership(wanted),
        _scope(wanted),
    )  # fmt: skip


def _ownership(wanted: Wanted) -> Ownership:
    breadths: defaultdict[Breadth, Tally] = defaultdict(Tally)
    left: defaultdict[str, Tally] = defaultdict(Tally)
    for each in wanted.owned:
        breadths[each.breadth] += each.tally
        if each.owner in (Owned.LEFT, Owned.DELETED):
            left[each.service] += each.tally
    return Ownership(breadths, left)


def worst_items(wanted: Wanted, most: int) -> tuple[RiskItem, ...]:
    """The items with personal data that score highest."""
    place = wanted.settings.risk.place
    return tuple(_risk_item(each, place) for each in riskiest(wanted.database, among(wanted), most))


def _scope(wanted: Wanted) -> str:
    if wanted.scope is not Scope.CALDICOTT:
        return ""
    systems = ", ".join(wanted.settings.reports.case_systems)
    return _CALDICOTT.format(systems=systems or "none is named in [reports] case_systems, so nothing was left out")


def _risk_item(late: Late, factors: PlaceFactors) -> RiskItem:
    held, record = late.held, late.held.record
    assessment = record.assessment
    assert assessment is not None  # only personal content was asked for
    place = factors.of(held.breadth, past_due=late.due is not None)
    risk, parts = risk_in_place(assessment.risk, assessment.risk_parts, place)
    return RiskItem(
        record.ref.path, record.service, risk, parts, late.kinds, assessment.special, assessment.children,
        assessment.criminal, record.outcome is Outcome.PARTIAL, record.modified, late.due, held.breadth,
        held.owner is not None and held.owner.left,
    )  # fmt: skip


def make_exposure(wanted: Wanted) -> Report:
    database, meant = wanted.database, among(wanted)
    return exposure_report(
        wanted.provenance, risky(database, meant), open_folders(database, meant, _MOST_FOLDERS),
        leavers(database, meant, _MOST_FOLDERS), wanted.owned,
    )  # fmt: skip


def make_people_years(wanted: Wanted) -> Report:
    weights = dict(zip(Sensitivity, wanted.settings.reports.people_weights, strict=True))
    return people_years_report(wanted.provenance, overstays(wanted.database, among(wanted)), weights, wanted.today)


def make_shadow_systems(wanted: Wanted) -> Report:
    return shadow_systems_report(wanted.provenance, *working_tables(wanted, _MOST_FOLDERS))


def working_tables(wanted: Wanted, most: int) -> tuple[tuple[Shadows, ...], tuple[Shadow, ...]]:
    """Tables with personal data: all by service, and those with most people."""
    since = datetime.combine(wanted.today, time(), UTC) - timedelta(days=365)
    return shadows(wanted.database, among(wanted), since, most)
