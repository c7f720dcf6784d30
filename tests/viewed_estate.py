"""A small estate of two services for what people look at: something of everything, and names that mean harm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from domain.figures import Breakdown, BrokenDown, Measure, Period
from domain.summary import Tally
from inventory.breakdowns import write_breakdown
from inventory.engine import Database, writing
from inventory.periods import write_period
from inventory.sums import add_up_anew
from inventory.tables import (
    AccessRow,
    ContentRow,
    DirRow,
    FamilyRow,
    FindingRow,
    FlagRow,
    ItemRow,
    MemberRow,
    PrincipalRow,
    ProgressRow,
    RotRow,
    ScanRow,
    ScheduleRow,
    ServiceRow,
    SettingRow,
    SourceRow,
    TraitRow,
)

TODAY, LAST_MONTH = date(2026, 11, 1), date(2026, 10, 1)
THEN = datetime(2017, 5, 4, 12, tzinfo=UTC)
PLANNING, HIGHWAYS = "Planning", "Highways"
HARMFUL = (
    b"<img src=x onerror=alert(1)>.docx",
    b"\"'><script src=x>alert(2)<svg onload=alert(3)>.txt",
    "\u202egpj.exe".encode(),
    b"caf\xe9 menu.odt", b"tab\there\nand there.csv", b"=HYPERLINK(1).csv",
    "\u2066isolated\u2069 {{ 7*7 }}.pdf".encode(),
)  # fmt: skip
CASE, COPY, LETTER, BAD, MAIL, PART, WAITS, ROADS = range(1, 9)
"""The numbers of items: three of Planning's first folder, one that could not be read, a message and what lies in it,
one that waits, and one of Highways that is a copy of COPY."""

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def an_estate(database: Database, *, schedule: bool = True, kept: bool = True) -> Database:
    """Fill an inventory that holds nothing."""
    with writing(database) as connection:
        for row, rows in _rows(schedule=schedule).items():
            for values in rows:
                connection.execute(insert(row).values(**values))
        add_up_anew(connection)
        if kept:
            write_period(connection, _period(LAST_MONTH, 5))
            write_period(connection, _period(TODAY, 8))
            write_breakdown(connection, _BROKEN)
    return database


def begin_scan(database: Database, seen: datetime) -> None:
    """Have a scan be under way, a quarter of it done."""
    with writing(database) as connection:
        connection.execute(insert(ScanRow).values(id=9, source_id=1, started=seen, detector="d"))
        connection.execute(insert(ProgressRow).values(
            scan_id=9, process="host", role="driver", started=seen - timedelta(seconds=100), seen=seen, expected=400,
            done=100, all_listed=True,
        ))  # fmt: skip


def _rows(*, schedule: bool) -> dict[type, list[dict[str, object]]]:
    return {
        SourceRow: [{"id": 1, "name": "shares", "root": b"/shares"}],
        ServiceRow: [{"id": 1, "name": PLANNING}, {"id": 2, "name": HIGHWAYS}],
        ScanRow: [{"id": 1, "source_id": 1, "started": THEN, "ended": THEN, "complete": True, "detector": "d"}],
        PrincipalRow: [{"id": 1, "account": "uid:7", "name": "Olive Harker", "kind": "user", "left": True}],
        AccessRow: [{"id": 1, "digest": b"d" * 32, "owner_id": 1, "readers": "[]", "writers": "[]",
                     "breadth": "everyone"}],
        DirRow: [_folder(1, 1, b"Planning/Case files"), _folder(2, 1, b"Planning/<b>Odd</b>"),
                 _folder(3, 2, b"Highways/Works")],
        ContentRow: [
            {"id": 1, "digest": b"1" * 32, "media_type": _DOCX, "pipeline": "p", "outcome": "examined",
             "personal": True, "special": "HEALTH", "children": True, "risk": 84, "risk_parts": '{"type": 0.9}'},
            {"id": 2, "digest": b"2" * 32, "media_type": "text/plain", "pipeline": "p", "outcome": "examined",
             "personal": True, "risk": 25},
            {"id": 3, "digest": b"3" * 32, "media_type": "message/rfc822", "pipeline": "p", "outcome": "examined"},
        ],
        FindingRow: [_finding(1, "PERSON", 12), _finding(1, "SPECIAL_HEALTH", 3), _finding(2, "EMAIL_ADDRESS", 2),
                     _finding(2, "UK_NINO", 1, confidence=0.4)],
        TraitRow: [{"content_id": 1, "dates": '[["created", "2016-02-03"], ["name", "2015-01-01"]]',
                    "hints": '[["case note", 0.8, "the words case and note"]]'}],
        ItemRow: [
            _item(CASE, 1, b"Case 7 notes.docx", 1, _DOCX, owner_id=1, access_id=1, created=THEN),
            _item(COPY, 1, b"Letter copy.txt", 2, "text/plain"),
            _item(LETTER, 1, b"Letter.txt", 2, "text/plain"),
            _item(BAD, 1, b"Sealed.pdf", None, None, outcome="unreadable", problem_code="encrypted"),
            _item(MAIL, 1, b"Note.eml", 3, "message/rfc822"),
            _item(PART, 1, b"Note.eml", 2, "text/plain", part="letter.txt/", kind="part"),
            _item(WAITS, 1, b"New.xlsx", None, None, outcome=None),
            _item(ROADS, 3, b"Secret road scheme.txt", 2, "text/plain"),
            *(_item(20 + place, 2, name, 2, "text/plain", access_id=1) for place, name in enumerate(HARMFUL)),
        ],
        ScheduleRow: [{"id": 1, "digest": "0" * 64, "name": "s", "version": "3", "title": "Council schedule",
                       "evaluated": TODAY}] if schedule else [],
        FlagRow: [
            _flag(CASE, "due", date(2024, 5, 4), "Closed more than six years ago (rule PLA-1: case files, six years)."),
            _flag(LETTER, "kept", date(2026, 12, 4), "Falls due within ninety days (rule PLA-2)."),
            _flag(BAD, "uncomputable", None, "The date of closing is not known (rule PLA-1)."),
            _flag(ROADS, "due", date(2025, 5, 4), "Unchanged for nine years (rule HIG-1: schemes, eight years)."),
            _flag(20, "due", date(2023, 5, 4), "Unchanged for nine years (rule PLA-3)."),
        ] if schedule else [],
        FamilyRow: [{"id": 1, "kind": "copy", "key": b"k", "record_id": ROADS, "items": 3, "goes": 10,
                     "facts": '["place"]'}],
        MemberRow: [{"family_id": 1, "item_id": COPY, "role": "copy", "goes": 5},
                    {"family_id": 1, "item_id": ROADS, "role": "record", "goes": 0}],
        RotRow: [
            _rot(COPY, "copy", keeps_id=ROADS, facts='{"ahead": ["place"]}'), _rot(CASE, "past-due", guard="held"),
            _rot(20, "technical", facts='{"trivial": "cache"}'),
        ],
        SettingRow: [{"name": "rot_found", "value": "2026-11-01"}],
    }  # fmt: skip


def _folder(number: int, service: int, path: bytes) -> dict[str, object]:
    return {"id": number, "source_id": 1, "service_id": service, "path": path, "scan_id": 1}


def _item(
    number: int, folder: int, name: bytes, content: int | None, media_type: str | None, **other: object
) -> dict[str, object]:  # fmt: skip
    values = {"part": "", "kind": "file", "size": 5_000 * number, "modified": THEN, "version": b"v",
              "first_seen": TODAY, "outcome": "examined", "media_type": media_type, "content_id": content}  # fmt: skip
    return {"id": number, "dir_id": folder, "name": name, **values, **other}


def _finding(content: int, kind: str, count: int, confidence: float = 0.9) -> dict[str, object]:
    return {"content_id": content, "kind": kind, "count": count, "confidence": confidence, "places": '["page 1"]',
            "shape": "AA999999A" if kind == "UK_NINO" else ""}  # fmt: skip


def _flag(item: int, state: str, due: date | None, sentence: str) -> dict[str, object]:
    return {"item_id": item, "schedule_id": 1, "state": state, "action": "dispose", "due": due, "rule": "PLA-1",
            "sentence": sentence}  # fmt: skip


def _rot(item: int, reason: str, guard: str = "", **other: object) -> dict[str, object]:
    return {"item_id": item, "reason": reason, "also": "", "guard": guard, "bytes": 5_000, "facts": "", **other}


def _period(day: date, files: int) -> Period:
    sums = {(PLANNING, Measure.HELD): Tally(files, files * 10_000), (HIGHWAYS, Measure.HELD): Tally(1, 5_000),
            (PLANNING, Measure.PAST_DUE): Tally(2, 20_000), (PLANNING, Measure.ROT): Tally(2, 10_000)}  # fmt: skip
    return Period(day, sums)


_BROKEN = BrokenDown(TODAY, {
    (PLANNING, Breakdown.THEME, ("special", "4")): Tally(1), (PLANNING, Breakdown.THEME, ("identity", "4")): Tally(1),
    (PLANNING, Breakdown.THEME, ("contact", "1")): Tally(9), (HIGHWAYS, Breakdown.THEME, ("contact", "1")): Tally(1),
    (PLANNING, Breakdown.LATE, ("2",)): Tally(2, 10_000), (HIGHWAYS, Breakdown.LATE, ("1",)): Tally(1, 5_000),
    (PLANNING, Breakdown.ROT, ("copy",)): Tally(1, 5_000), (PLANNING, Breakdown.ROT, ("technical",)): Tally(1, 5_000),
    (PLANNING, Breakdown.GUARDED, ("held",)): Tally(1, 5_000), (HIGHWAYS, Breakdown.ROT, ("stale",)): Tally(1, 5_000),
})  # fmt: skip
