"""Small invented figures of an invented council, for tests of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from domain.access import Breadth
from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.figures import Risky
from domain.finding import KINDS, Category
from domain.rot import Guard, RotItem, RotReason, RotSum
from domain.summary import (
    Coverage,
    Ownership,
    Provenance,
    RiskItem,
    ServiceEstate,
    Tally,
)
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Heat, Report, RowSource, Section, Table
from reports.rot import rot_report
from reports.rot_lists import RotLists

EVERYTHING_READ = Coverage({Outcome.EXAMINED: Tally(9, 5_000_000)}, Tally(), awaiting_ocr=0, parts=0, problems={})
WITH_GAPS = Coverage(
    outcomes={
        Outcome.EXAMINED: Tally(1_180, 9_400_000_000),
        Outcome.PARTIAL: Tally(6, 310_000_000),
        Outcome.UNREADABLE: Tally(11, 42_000_000),
        Outcome.SKIPPED: Tally(3, 0),
    },
    waiting=Tally(20, 1_048_000_000),
    awaiting_ocr=17,
    parts=212,
    problems={
        ProblemCode.ENCRYPTED: 8,
        ProblemCode.LIMIT: 6,
        ProblemCode.CORRUPT: 3,
        ProblemCode.LINK: 3,
    },
)
NOTHING = Coverage({}, Tally(), awaiting_ocr=0, parts=0, problems={})


def a_provenance(
    coverage: Coverage = EVERYTHING_READ,
    *,
    scanned: datetime | None = datetime(2026, 5, 4, 2, 30, tzinfo=UTC),
    scan_complete: bool = True,
    schedule: str | None = "Westmere schedule 2026.1",
    scope: str = "All shares of Westmere Council",
) -> Provenance:
    return Provenance(
        organisation="Westmere Council",
        scope=scope,
        scanned=scanned,
        scan_complete=scan_complete,
        schedule=schedule,
        evaluated=date(2026, 5, 5) if schedule else None,
        detector="Presidio 2.2.366, en_core_web_sm 3.8.0",
        coverage=coverage,
    )


def an_estate(service: str, items: int = 100, size: int = 1_000_000, ruled: int = 40) -> ServiceEstate:
    return ServiceEstate(service, Tally(items, size), Tally(ruled, size // 2))


def a_rot_item(
    path: str = "files/old.doc",
    service: str = "Planning",
    reason: RotReason = RotReason.TECHNICAL,
    size: int = 1_000,
    *,
    detail: str = "temporary file",
    also: tuple[RotReason, ...] = (),
    modified: datetime | None = datetime(2018, 5, 4, 12, 0, tzinfo=UTC),
    guard: Guard | None = None,
) -> RotItem:
    return RotItem(1, path, service, "Shares", reason, also, guard, detail, size, modified)


def a_rot_report(
    provenance: Provenance,
    services: Sequence[ServiceEstate],
    items: Sequence[RotItem],
    looked: date | None = date(2026, 5, 6),
    **more: Any,
) -> Report:
    """The report of these items, added up as the inventory adds them up."""
    sums: dict[tuple[str, str, RotReason, Guard | None], Tally] = {}
    for item in items:
        key = (item.service, item.source, item.reason, item.guard)
        sums[key] = sums.get(key, Tally()) + Tally(1, item.size)
    lists = RotLists(
        [item for item in items if item.guard is None and item.reason.disposable],
        [item for item in items if item.guard is None and not item.reason.disposable],
        [item for item in items if item.guard],
    )
    return rot_report(provenance, services, [RotSum(*key, tally) for key, tally in sums.items()], lists, looked, **more)


def a_risk_item(
    path: str = "hr/list.xlsx",
    service: str = "Human resources",
    risk: int = 64,
    *,
    special: tuple[str, ...] = (),
    children: bool = False,
    criminal: bool = False,
    partial: bool = False,
    past_due: date | None = None,
    breadth: Breadth = Breadth.NAMED,
    left: bool = False,
) -> RiskItem:
    return RiskItem(
        path=path,
        service=service,
        risk=risk,
        parts={"type": 25.0, "volume": 2.56, "confidence": 1.0, "identity_kit": 1.0, "floor": 60.0},
        kinds={"UK_NINO": 1_204, "PERSON": 1_260},
        special=special,
        children=children,
        criminal=criminal,
        partial=partial,
        modified=datetime(2021, 11, 30, 23, 59, tzinfo=UTC),
        past_due=past_due,
        breadth=breadth,
        left=left,
    )


SERVICES = (
    an_estate("Planning", 640, 6_200_000_000, 410),
    an_estate("Human resources", 280, 2_100_000_000, 250),
    an_estate("Adult social care", 300, 2_500_000_000, 120),
)

ROT_ITEMS = (
    a_rot_item("planning/2009/survey.tif", "Planning", RotReason.PAST_DUE, 1_800_000_000,
               detail="To dispose: PL.04-R1, due 31 March 2019."),
    a_rot_item("planning/copy of survey.tif", "Planning", RotReason.COPY, 900_000_000,
               detail="Same content as planning/survey.tif, which stays.", also=(RotReason.TECHNICAL,)),
    a_rot_item("planning/~$plan.docx", "Planning", RotReason.TECHNICAL, 162, detail="leftover of an open document"),
    a_rot_item("hr/leavers 2008.xlsx", "Human resources", RotReason.PAST_DUE, 412_000_000,
               detail="To dispose: HR.02-R1, due 1 April 2020.", also=(RotReason.COPY,)),
    a_rot_item("hr/Thumbs.db", "Human resources", size=52_000, detail="thumbnail cache", modified=None),
    a_rot_item("care/link of plan.pdf", "Adult social care", RotReason.COPY, 0,
               detail="Same content as care/plan.pdf, which stays."),
)  # fmt: skip

RISK_ITEMS = (
    a_risk_item("care/placements.xlsx", "Adult social care", 96, special=("HEALTH", "ETHNICITY"), children=True,
                past_due=date(2019, 3, 31), breadth=Breadth.ORGANISATION),
    a_risk_item("hr/payroll 2016.xlsx", "Human resources", 92, past_due=date(2023, 4, 1), left=True),
    a_risk_item("hr/references.zip > letter.docx", "Human resources", 64, criminal=True, partial=True),
    a_risk_item("planning/objections.pdf", "Planning", 28, breadth=Breadth.EVERYONE, left=True),
    a_risk_item("planning/neighbours.csv", "Planning", 12),
)  # fmt: skip


def a_risky(item: RiskItem) -> Risky:
    """The sum of one item alone."""
    themes = {KINDS.get(kind, Category.OTHER) for kind in item.kinds} - {Category.OTHER}
    bands = tuple(int(place == min(item.risk // 20, 4)) for place in range(5))
    return Risky(
        item.service, item.breadth, item.left, frozenset(themes | ({Category.CHILDREN} if item.children else set())),
        bands, item.risk, int(bool(item.special)), int(item.children), int(item.criminal),
        int(item.past_due is not None),
    )  # fmt: skip


RISKY = tuple(map(a_risky, RISK_ITEMS))

WEIGHTS = {
    "risk.kinds.CHILD_SAFEGUARDING": 50.0, "risk.kinds.UK_NHS": 25.0, "risk.kinds.PERSON": 8.0,
    "risk.share_of_second": 0.2, "risk.floor_many": 60.0, "risk.place.everyone": 1.3,
}  # fmt: skip

OWNERSHIP = Ownership(
    {Breadth.ORGANISATION: Tally(900, 7_000_000_000), Breadth.NAMED: Tally(300, 3_700_000_000),
     Breadth.UNKNOWN: Tally(20, 100_000_000)},
    {"Human resources": Tally(41, 300_000_000), "Adult social care": Tally(3, 1_000)},
)  # fmt: skip


FORMULAS = (
    "=cmd|' /C calc'!A0", "=1+1", "+1", "+441632960001", "-2+3", "@x", "@SUM(A1:A9)", "\t=1", "\r=1", "\n=1",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "  =1+1", "=HYPERLINK(\"http://example.org\")", "'=1+1",
    "{=1+1}", "\u202e=1", "\u200b=1",
)  # fmt: skip
"""Names of files that a spreadsheet could take for something to run."""


def a_listing(*names: str, of_all: RowSource | None = None) -> Report:
    """A report with a column of each kind, and a table of these names beside it."""
    columns = tuple(Column(kind.value.capitalize(), kind) for kind in ColumnKind)
    row = (
        "Planning",
        "planning/a.doc",
        1_234,
        5_000_000,
        0.125,
        64,
        datetime(2019, 5, 4, 9, 30, tzinfo=UTC),
        Heat(7, 81),
    )
    absent = ("Housing", None, None, None, None, None, date(2018, 1, 2), Heat(0, 0))
    kinds = Table(
        "kinds",
        "One of each",
        columns,
        (row, absent),
        total=("Total", "", 1_234, 5_000_000, 0.1, 64, None, Heat(7, 81)),
    )
    listed = Table("names", "Names as they are", (Column("Name", ColumnKind.PATH), Column("Items", ColumnKind.COUNT)),
                   of_all or tuple((name, 1) for name in names), note="As they were found.")  # fmt: skip
    bars = BarChart("Items", ("Items",), (Bar("Planning", (1_234,)),), ColumnKind.COUNT, "kinds")
    figures = (Figure("Items", 1_234, ColumnKind.COUNT, "of 9,999"),)
    section = Section("Lists", ("What was found.",), figures, (bars,), (kinds, listed), ("A point.",))
    return Report("listing", "A listing", "There are 1,234 items.", (section,), a_provenance(WITH_GAPS))
