"""An inventory of files of every kind that rules can tell apart, as rows, and schedules that ask for all of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert

from domain.event import BIRTH, Event, EventRegister, Reference
from domain.hold import Hold, HoldKind, HoldScope
from domain.rule import (
    Action,
    AllOf,
    AnyOf,
    Choice,
    Combined,
    DateSource,
    DuplicateOf,
    HasKind,
    HasTerm,
    KeyForm,
    Mark,
    Marked,
    Not,
    Period,
    PersonDate,
    Purpose,
    RecordClass,
    Risk,
    Rule,
    Schedule,
    Scope,
    Span,
    Step,
    Trigger,
    YearEnd,
)  # fmt: skip
from inventory.engine import Database, writing
from inventory.tables import (
    AccessRow,
    ContentRow,
    DirRow,
    FindingRow,
    FingerprintRow,
    ItemRow,
    PrincipalRow,
    ServiceRow,
    SourceRow,
    TraitRow,
)  # fmt: skip

TODAY = date(2026, 11, 22)
TERMS = ("contract@11111111", "badge@22222222")
SOMEBODY = (b"\xab" * 16, b"\xcd" * 16)
_SERVICES = ("Housing", "Finance", "Schools")
_SOURCES = ("shares", "mail")
_FOLDERS = (b"", b"Finance", b"Finance/Invoices", b"HR/Payroll", b"Jane/Inbox", "Ceri/Cyllid âge".encode())
_NAMES = (
    b"a.docx",
    b"~b.tmp",
    b"case 101 notes.pdf",
    b"case 102.msg",
    b"payroll.XLSX",
    b"caf\xe9.txt",
    b"old invoice.doc",
)
_TYPES = ("application/pdf", "application/msword", "message/rfc822", "text/plain", None)
_OWNERS = ("S-1-5-21-1", "jane@example.org")


def fill(database: Database, items: int, seed: int = 1) -> None:
    """So many files, some gone, some parts and folders among them, in every combination that chance gives."""
    random = Random(seed)
    rows: dict[Any, list[dict[str, Any]]] = {
        SourceRow: [{"id": n, "name": name, "root": name.encode()} for n, name in enumerate(_SOURCES, 1)],
        ServiceRow: [{"id": n, "name": name} for n, name in enumerate(_SERVICES, 1)],
        PrincipalRow: [{"id": n, "account": name} for n, name in enumerate(_OWNERS, 1)],
        AccessRow: [{"id": 1, "digest": b"1", "owner_id": 2, "readers": "[]", "writers": "[]"}],
        DirRow: [
            {"id": n, "source_id": 1 + n % 2, "service_id": 1 + n % 3, "path": _FOLDERS[n // 2 % len(_FOLDERS)],
             "scan_id": 1, "access_id": random.choice((None, 1))}
            for n in range(2 * len(_FOLDERS))
        ],
        ContentRow: [_content(number, random) for number in range(1, items // 3)],
    }  # fmt: skip
    rows[TraitRow] = [_trait(each["id"], random) for each in rows[ContentRow]]
    rows[FindingRow] = [
        {"content_id": each["id"], "kind": kind, "count": random.choice((1, 2, 9)), "places": "[]", "shape": "",
         "confidence": random.choice((0.5, 0.6, 0.9)), "overflow": random.random() < 0.2}
        for each in rows[ContentRow] for kind in ("UK_NINO", "PERSON") if random.random() < 0.4
    ]  # fmt: skip
    rows[FingerprintRow] = [
        {"content_id": each["id"], "kind": "PERSON", "hmac": hmac}
        for each in rows[ContentRow] for hmac in SOMEBODY if random.random() < 0.3
    ]  # fmt: skip
    rows[ItemRow] = [_item(number, rows[ContentRow], random) for number in range(1, items + 1)]
    with writing(database) as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)


def _content(number: int, random: Random) -> dict[str, Any]:
    return {
        "id": number, "digest": number.to_bytes(32, "big"), "media_type": random.choice(_TYPES[:4]), "pipeline": "p",
        "outcome": random.choice(("examined", "partial")), "pending": random.choice(("", "", "ocr")),
        "personal": random.random() < 0.5, "special": random.choice(("", "HEALTH")),
        "children": random.random() < 0.2, "criminal": random.random() < 0.2,
    }  # fmt: skip


def _trait(number: int, random: Random) -> dict[str, Any]:
    sources = ("created", "modified", "sent", "received", "name", "text")
    dates = [[source, str(_day(random))] for source in sources if random.random() < 0.4]
    terms = {key: random.choice((0, 1, 5)) for key in (*TERMS, "badge@00000000") if random.random() < 0.6}
    hints = [["invoice", 0.75, "It has the word invoice."]] if random.random() < 0.3 else None
    return {
        "content_id": number, "dates": json.dumps(dates) if dates else None,
        "terms": json.dumps(terms) if random.random() < 0.7 else None, "hints": json.dumps(hints) if hints else None,
    }  # fmt: skip


def _item(number: int, contents: Sequence[dict[str, Any]], random: Random) -> dict[str, Any]:
    content = random.choice(contents) if random.random() < 0.8 else None
    name = b"%d %s" % (number, random.choice(_NAMES))
    return {
        "id": 7 * number, "dir_id": random.randrange(2 * len(_FOLDERS)), "name": name,
        "part": "inside.txt/" if number % 11 == 0 else "",
        "kind": "part" if number % 11 == 0 else random.choice((*["file"] * 9, "other")),
        "size": random.choice((0, 10, 999, 1000, 1001, 5_000_000)), "modified": _moment(random), "version": b"v",
        "created": _moment(random), "accessed": _moment(random), "owner_id": random.choice((None, 1)),
        "first_seen": TODAY - timedelta(days=random.choice((0, 10, 89, 90, 91, 400))),
        "gone": random.choice((*[None] * 9, 1)),
        "media_type": content["media_type"] if content else random.choice(_TYPES),
        "content_id": content and content["id"],
        "outcome": random.choice(("examined", "examined", "partial", "unreadable")) if content else None,
    }  # fmt: skip


def _moment(random: Random) -> datetime | None:
    return (
        None
        if random.random() < 0.2
        else datetime.combine(_day(random), datetime.min.time(), UTC) + timedelta(seconds=random.randrange(86_400))
    )


def _day(random: Random) -> date:
    """Days that come again, and those that nobody believes."""
    odd = (
        date(1601, 1, 1),
        date(1969, 12, 31),
        date(1980, 1, 1),
        date(2031, 1, 1),
        date(2024, 2, 29),
        date(1992, 1, 1),
    )
    return (
        random.choice(odd) if random.random() < 0.3 else date(2010, 1, 1) + timedelta(days=365 * random.randrange(16))
    )


CASE = KeyForm("case_no", "case ([0-9]+)")
REGISTER = EventRegister([
    Event(Reference("case_no", "101"), "closed", date(2015, 3, 1)),
    Event(Reference("case_no", "101"), BIRTH, date(1990, 5, 4)),
])  # fmt: skip
_year = YearEnd("financial year", 3, 31)
_triggers = (
    st.builds(Trigger, date=st.sampled_from(DateSource), end_of=st.sampled_from([None, None, _year]))
    | st.sampled_from([
        Trigger(on=date(2012, 2, 29)), Trigger(event="closed", key="case_no"), Trigger(person=PersonDate.BIRTH),
    ])
)  # fmt: skip
_periods = st.builds(Period, st.integers(0, 15))
_clocks = st.recursive(
    st.builds(Span, _triggers, _periods),
    lambda inner: st.builds(Combined, st.sampled_from(Choice), st.lists(inner, min_size=2, max_size=2).map(tuple)),
    max_leaves=3,
)
_tests = st.recursive(
    st.builds(Marked, st.sampled_from(Mark))
    | st.builds(HasKind, st.sampled_from(["UK_NINO", "PERSON"]), st.integers(1, 3), st.sampled_from([0.0, 0.6]))
    | st.builds(DuplicateOf, st.sampled_from(["Finance/**", "**/*invoice*"]))
    | st.builds(HasTerm, st.sampled_from(["contract", "badge"]), st.integers(1, 2)),
    lambda inner: (
        st.builds(AllOf, st.tuples(inner, inner)) | st.builds(AnyOf, st.tuples(inner, inner)) | st.builds(Not, inner)
    ),
    max_leaves=3,
)
_globs = st.lists(
    st.sampled_from(["**", "Finance/**", "**/Invoices/**", "**/*.tmp", "HR/*", "**/*invoice*", "Ceri/Cyllid âge/**"]),
    max_size=2, unique=True,
).map(tuple)  # fmt: skip


def _seldom(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([(), (), (), *values])


_scopes = st.builds(
    Scope, classes=_seldom(("A",), ("*",)), paths=_globs, exclude=_seldom(("**/*.tmp",)),
    services=_seldom(("housing",)), sources=_seldom(("shares",)), owners=_seldom(("s-1-5-21-1",)),
    types=_seldom(("message",)), formats=_seldom((".docx",), ("application/*",), ("text/plain",)),
    mailbox_folders=_seldom(("Inbox",)), min_size=st.sampled_from([None, None, 1000]),
    max_size=st.sampled_from([None, None, 1000]),
)  # fmt: skip
_actions = st.sampled_from([Action.REVIEW, Action.DISPOSE, Action.DISPOSE, Action.TRANSFER_TO_ARCHIVES, Action.KEEP])


@st.composite
def _rules(draw: st.DrawFn) -> Rule:
    action = draw(_actions)
    return Rule(
        draw(st.uuids()).hex, "", draw(_scopes), action, None if action is Action.KEEP else draw(_clocks), "test",
        match=draw(st.none() | st.none() | _tests), risk=draw(st.sampled_from([None, None, Risk.HIGH])),
        before=draw(st.lists(st.builds(Step, st.just(Action.ARCHIVE), _clocks), max_size=1).map(tuple)),
        purpose=draw(st.sampled_from([Purpose.RECORD, Purpose.RECORD, Purpose.ROT])),
    )  # fmt: skip


_classes = st.tuples(
    st.builds(
        RecordClass, st.just("A"), st.just("A"), _globs, words=_seldom(("payroll",)), hints=_seldom(("invoice",))
    ),
    st.builds(RecordClass, st.just("B"), st.just("B"), st.sampled_from([("**",), ("HR/**",)])),
)
schedules = st.builds(
    Schedule, id=st.just("s"), version=st.just("1"), title=st.just("S"), effective_from=st.just(date(2026, 4, 1)),
    min_observed=st.sampled_from([Period(), Period(days=90)]), classes=_classes,
    rules=st.lists(_rules(), max_size=4).map(tuple), digest=st.uuids().map(lambda each: each.hex),
    keys=st.sampled_from([(), (CASE,)]),
)  # fmt: skip
holds = st.builds(
    Hold, st.uuids().map(str), st.sampled_from(HoldKind), st.just("reason"), st.just("role"),
    st.builds(
        HoldScope, classes=_seldom(("A",)), paths=_globs, services=_seldom(("schools",)),
        begins=st.sampled_from([None, None, date(2015, 1, 1)]), ends=st.sampled_from([None, None, date(2020, 1, 1)]),
        terms=_seldom(("badge",)), people=_seldom((SOMEBODY[0].hex(),)),
    ),
)  # fmt: skip
