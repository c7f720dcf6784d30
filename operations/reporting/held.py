"""Makes the reports on what is held: what was read of it, what it is, how it grows, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from domain.access import Breadth
from domain.disposal import Fate
from domain.errors import ConfigurationError
from domain.figures import Owned, Reviewing
from domain.pilot import Pilot
from domain.summary import Tally
from inventory.asset_figures import register_told
from inventory.assets import assets
from inventory.certificates import register
from inventory.decided import decided
from inventory.disposals import disposals
from inventory.engine import reading
from inventory.figures import acts, families, flagged, frozen, reads, shares, years
from inventory.holds import active
from inventory.periods import periods
from inventory.reviewed import reviewed
from inventory.risk_figures import risky
from inventory.rot_listing import rot_sums
from inventory.scoped import folders_of
from operations.reporting.making import among, factors
from operations.reporting.risk import working_tables, worst_items
from operations.reporting.wanted import Wanted
from operations.timetable.summarise import measured, measured_in
from reports.cabinet import CabinetFigures, cabinet_report
from reports.compliance import compliance_report
from reports.coverage import coverage_report
from reports.disposal import disposal_report
from reports.report import Report
from reports.service import ServicePage, service_report
from reports.trend import trend_report

_FIRST_FIVE = 5
_NOT_THERE = (Fate.PURGED, Fate.RESTORED, Fate.LOST)


def make_coverage(wanted: Wanted) -> Report:
    return coverage_report(wanted.provenance, shares(wanted.database), reads(wanted.database))


def make_compliance(wanted: Wanted) -> Report:
    database = wanted.database
    return compliance_report(
        wanted.provenance, wanted.inventory.services(), flagged(database, wanted.today), frozen(database),
        active(database, wanted.today), wanted.today, _reviewing(wanted),
    )  # fmt: skip


def _reviewing(wanted: Wanted) -> tuple[Reviewing, ...]:
    review, found = wanted.settings.review, dict[str, Reviewing]()
    calendar = review.calendar
    with reading(wanted.database) as connection:
        days = reviewed(connection)
    for each in days:
        late = (each.decided or wanted.today) >= calendar.after(each.entered, review.working_days)
        if each.decided is None:
            more = Reviewing(each.service, waiting=each.items, overdue=late * each.items)
        else:
            more = Reviewing(each.service, decided=each.items, in_time=(not late) * each.items)
        found[each.service] = found.get(each.service, Reviewing(each.service)) + more
    return tuple(found.values())


def make_disposal(wanted: Wanted) -> Report:
    database = wanted.database
    with reading(database) as connection:
        issued, refused = register(connection), disposals(connection, refused=True)
        failures = Counter(one.refusal for one in refused if one.refusal and one.fate not in _NOT_THERE)
    return disposal_report(wanted.provenance, acts(database), flagged(database, wanted.today), issued, failures)


def make_trend(wanted: Wanted) -> Report:
    """Of all that is held, or of a pilot, against its baseline."""
    database = wanted.database
    if wanted.pilot is not None:
        return _pilot_trend(wanted, wanted.pilot)
    now = measured(database, wanted.today, risky(database, among(wanted)), wanted.owned, rot_sums(database))
    return trend_report(wanted.provenance, periods(database), now, years(database))


def _pilot_trend(wanted: Wanted, pilot: Pilot) -> Report:
    """What the quality box says of coverage is of all that is held, as its scope says."""
    database = wanted.database
    with reading(database) as connection:
        folders = folders_of(pilot.scope, assets(connection))
    now = measured_in(database, wanted.settings, wanted.today, folders)
    scope = f"the pilot {pilot.name}; what this box says of coverage is of all that is held"
    told = replace(wanted.provenance, scope=scope)
    report = trend_report(told, periods(database, pilot=pilot.name), now, years(database, folders))
    return replace(report, of_pilot=True)


def make_cabinet(wanted: Wanted) -> Report:
    """Fit to be published as it is made."""
    database = wanted.database
    risks, rot, kept = risky(database, among(wanted)), rot_sums(database), periods(database, 1)
    now = measured(database, wanted.today, risks, wanted.owned, rot)
    baseline = kept[0] if kept and kept[0].day < wanted.today else None
    breadths: Counter[Breadth] = Counter()
    for each in risks:
        breadths[each.breadth] += each.items
    register = register_told(database).registered
    figures = CabinetFigures(
        families(database), rot, now, baseline, dict(breadths), factors(wanted.settings), decided(database),
        (sum(each.in_catalogue for each in register), len(register)),
    )  # fmt: skip
    return cabinet_report(wanted.provenance, figures).for_publication()


def make_service(wanted: Wanted) -> Report:
    """Raises ConfigurationError where none is named."""
    database, name, services = wanted.database, wanted.service, wanted.inventory.services()
    if name is None:
        there = ", ".join(each.service for each in services)
        raise ConfigurationError(f"Of which service? Name it: --service NAME. There are: {there or 'none'}")
    estate = next(each for each in services if each.service == name)
    meant, owners = among(wanted), Counter[Owned]()
    for each in wanted.owned:
        owners[each.owner] += each.tally.items if each.service == name else 0
    going = [
        each.tally for each in rot_sums(database) if each.service == name and not each.guard and each.reason.disposable
    ]
    page = ServicePage(
        service=name, held=estate.held, under_rule=estate.under_rule,
        families=[each for each in families(database) if each.service == name],
        flagged=[each for each in flagged(database, wanted.today) if each.service == name],
        risky=risky(database, meant), worst=worst_items(wanted, _FIRST_FIVE),
        owners=owners,
        shadows=next(iter(working_tables(wanted, 1)[0]), None), go=sum(going, Tally()) if going else None,
    )  # fmt: skip
    return service_report(wanted.provenance, page)
