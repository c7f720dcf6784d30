"""Small invented figures of an invented council, for tests of reports."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.access import Breadth
from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.summary import (
    Coverage,
    Ownership,
    Provenance,
    RiskItem,
    RiskTheme,
    RotItem,
    RotReason,
    ServiceEstate,
    Tally,
)

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
    reason: RotReason = RotReason.TRIVIAL,
    size: int = 1_000,
    *,
    detail: str = "temporary file",
    also: tuple[RotReason, ...] = (),
    modified: datetime | None = datetime(2018, 5, 4, 12, 0, tzinfo=UTC),
) -> RotItem:
    return RotItem(path, service, reason, detail, also, size, modified)


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
               detail="Same content as planning/survey.tif, which stays.", also=(RotReason.TRIVIAL,)),
    a_rot_item("planning/~$plan.docx", "Planning", RotReason.TRIVIAL, 162, detail="leftover of an open document"),
    a_rot_item("hr/leavers 2008.xlsx", "Human resources", RotReason.PAST_DUE, 412_000_000,
               detail="To dispose: HR.02-R1, due 1 April 2020.", also=(RotReason.COPY,)),
    a_rot_item("hr/Thumbs.db", "Human resources", size=52_000, detail="thumbnail cache", modified=None),
    a_rot_item("care/link of plan.pdf", "Adult social care", RotReason.COPY, 0,
               detail="Same content as care/plan.pdf, which stays."),
)  # fmt: skip

THEMES = (
    RiskTheme("Planning", "Contact", 84, 24),
    RiskTheme("Planning", "Identity", 61, 30),
    RiskTheme("Human resources", "Identity", 190, 92),
    RiskTheme("Human resources", "Financial", 45, 71),
    RiskTheme("Human resources", "Credentials", 1, 60),
    RiskTheme("Adult social care", "Special category", 120, 88),
    RiskTheme("Adult social care", "Children", 12, 96),
    RiskTheme("Adult social care", "Criminal", 4, 55),
)

RISK_ITEMS = (
    a_risk_item("care/placements.xlsx", "Adult social care", 96, special=("HEALTH", "ETHNICITY"), children=True,
                past_due=date(2019, 3, 31), breadth=Breadth.ORGANISATION),
    a_risk_item("hr/payroll 2016.xlsx", "Human resources", 92, past_due=date(2023, 4, 1), left=True),
    a_risk_item("hr/references.zip > letter.docx", "Human resources", 64, criminal=True, partial=True),
    a_risk_item("planning/objections.pdf", "Planning", 28, breadth=Breadth.EVERYONE, left=True),
    a_risk_item("planning/neighbours.csv", "Planning", 12),
)  # fmt: skip

WEIGHTS = {
    "risk.kinds.CHILD_SAFEGUARDING": 50.0, "risk.kinds.UK_NHS": 25.0, "risk.kinds.PERSON": 8.0,
    "risk.share_of_second": 0.2, "risk.floor_many": 60.0, "risk.place.everyone": 1.3,
}  # fmt: skip

OWNERSHIP = Ownership(
    {Breadth.ORGANISATION: Tally(900, 7_000_000_000), Breadth.NAMED: Tally(300, 3_700_000_000),
     Breadth.UNKNOWN: Tally(20, 100_000_000)},
    {"Human resources": Tally(41, 300_000_000), "Adult social care": Tally(3, 1_000)},
)  # fmt: skip
