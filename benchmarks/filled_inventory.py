"""Fills an inventory with a made-up estate of any size: quickly, and the same at each run.

Of a hundred items fourteen are attachments, thirty are copies of another's content (a tenth of these of a few hundred
contents that lie everywhere), two could not be read, one waits and one is gone. One folder in three is of a mailbox.
Of the contents of texts four in ten hold personal data. Services, owners, rights, findings and flags are spread as
unevenly as in an organisation; all are invented. What is larger than a block is blocks of it (`multiplied`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeAlias

from sqlalchemy import Connection

from benchmarks.multiplied import multiply, untriggered
from domain.audit import Act, AuditKey, Event
from domain.examination import Assessment, Examination, Outcome, Traits
from domain.finding import Finding
from domain.item import Item, ItemRef
from inventory.audit import append
from inventory.copying import number_on
from inventory.engine import Database, writing
from inventory.recording import OF_CONTENTS, judged
from inventory.staging import copy
from inventory.sums import add_up_anew

TODAY = date(2026, 11, 1)
SERVICES, OWNERS = 40, 3_000
FILES_A_FOLDER, EVERYWHERE = 20, 200
BLOCK = 250_000

_Rows: TypeAlias = Iterator[tuple[str, tuple[str, ...], Sequence[Sequence[object]]]]

_CHUNK = 50_000
_PIPELINE = "0123456789abcdef"
_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_DAY = 86_400_000_000
_OOXML = "application/vnd.openxmlformats-officedocument."
_MESSAGE = ("message/rfc822", "eml")
_TYPES = (
    *[("image/jpeg", "jpg")] * 4, ("image/png", "png"), ("application/pdf", "pdf"),
    *[("~docx", "docx")] * 4, ("~doc", "doc"), ("text/plain", "txt"), *[("~xlsx", "xlsx")] * 3, ("~xls", "xls"),
    *[("text/csv", "csv")] * 2, ("text/html", "html"), ("application/zip", "zip"),
)  # fmt: skip
_KINDS = (
    *["PERSON"] * 9, *["EMAIL_ADDRESS"] * 7, *["UK_PHONE"] * 5, *["UK_POSTCODE"] * 5, *["ADDRESS"] * 4,
    *["DATE_OF_BIRTH"] * 3, *["COUNCIL_REF"] * 3, "UK_NINO", "UK_NHS", "UK_SORT_CODE", "SPECIAL_HEALTH",
)  # fmt: skip
_RARE = ("CREDENTIAL", "CREDIT_CARD", "CRIMINAL", "CHILD_SAFEGUARDING", "SPECIAL_RELIGION", "UK_PASSPORT")
_TITLES = (
    b"Minutes of the meeting", b"RE Tenancy visit", b"Case note", b"Budget monitoring", b"Application form", b"IMG_",
    b"Letter to resident", b"Risk assessment", b"FW Urgent repairs", b"Invoice", b"Inspection report", b"Rota",
)  # fmt: skip
_FOLDERS = (
    b"Case files",
    b"Correspondence",
    b"Finance",
    b"Projects",
    b"Archive",
    b"Meetings",
    b"Staff",
    b"Photographs",
)
_TROUBLES = (("encrypted", None), ("corrupt", None), ("unsupported", None), ("denied", None), ("limit", "file"))
_SENTENCES = (
    ("due", "dispose", -400, "Closed more than six years ago (rule HSG-014: case files, six years)."),
    ("due", "dispose", -30, "Unchanged for seven years, kept for six (rule FIN-002: financial records, six years)."),
    ("due", "review", -90, "Ten years old: a person has to look whether it is of lasting value (rule GEN-001)."),
    ("kept", "dispose", 60, "Falls due within ninety days (rule FIN-002: financial records, six years)."),
    ("uncomputable", "keep", None, "The date of birth that this rule counts from is not known (rule SOC-007)."),
)  # fmt: skip
_SCANS, _SLOTS = 400, 5_000


def fill(database: Database, items: int) -> None:
    """Fill an empty inventory, fifty thousand items in a transaction, and have its sums be right."""
    with writing(database) as connection:
        _copy_all(connection, _surroundings())
        _audit(connection, items // 60)
    block = min(items, BLOCK)
    for start in range(1, block + 1, _CHUNK):
        with writing(database) as connection, untriggered(connection):
            _copy_all(connection, _holding(range(start, min(start + _CHUNK, block + 1))))
    for start in range(block, items, BLOCK):
        with writing(database) as connection, untriggered(connection):
            multiply(connection, start, min(BLOCK, items - start), FILES_A_FOLDER, EVERYWHERE)
    with writing(database) as connection:
        number_on(connection)
        add_up_anew(connection)
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.dialect.name == "sqlite" else "VACUUM ANALYZE")


def _copy_all(connection: Connection, rows: _Rows) -> None:
    for table, columns, some in rows:
        copy(connection, table, columns, some)


def _surroundings() -> _Rows:
    """What there is few of: services, people, rights, scans, slots and requests."""
    moment = (_NOW - timedelta(days=500) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    yield "source", ("id", "name", "root"), [(1, "shares", b"/shares"), (2, "mail", b"imap://mail")]
    yield "service", ("id", "name"), [(number, f"Service {number}") for number in range(1, SERVICES + 1)]
    yield "schedule", ("id", "digest", "name", "version", "title", "evaluated"), [
        (1, "0" * 64, "schedule", "1", "Retention schedule", str(TODAY))
    ]  # fmt: skip
    yield "principal", ("id", "account", "name", "kind", "service", '"left"'), [
        (number, f"S-1-5-21-1004336348-1177238915-682003330-{number}", f"Person {number}", "user",
         f"Service {number % SERVICES + 1}", number % 17 == 0)
        for number in range(1, OWNERS + 1)
    ]  # fmt: skip
    yield "access", ("id", "digest", "owner_id", "readers", "writers", "breadth"), [
        (number, number.to_bytes(32, "big"), number % OWNERS + 1, json.dumps([number, 7]), "[]", _breadth(number))
        for number in range(1, 801)
    ]  # fmt: skip
    yield "scan", ("id", "source_id", "started", "ended", "complete", "detector", "policy", "pipeline"), [
        (number, 1, moment + number * _DAY, moment + number * _DAY + _DAY // 3, True, "detector", "", _PIPELINE)
        for number in range(1, _SCANS + 1)
    ]  # fmt: skip
    yield "slot", ("entry", "due", "state", "host", "started", "ended", "said"), [
        (f"entry {number % 3}", moment + number * _DAY // 10, "done", "host", moment, moment, "")
        for number in range(_SLOTS)
    ]  # fmt: skip
    yield "request", ("id", "verb", "subject", "asked", "asked_by", "state", "host", "said"), [
        (number, "report", "rot", moment + number, "user:7", "done", "host", "") for number in range(1, 2_001)
    ]  # fmt: skip


def _breadth(number: int) -> str:
    return "everyone" if number % 50 == 0 else "organisation" if number % 7 == 0 else "group" if number % 3 else "named"


def _audit(connection: Connection, entries: int) -> None:
    events = (
        Event(_NOW, f"user:{number % 60}", "reviewer", "", "password", "web", Act.SCAN_ENDED, f"source:{number % 400}",
              {"items": number})
        for number in range(entries)
    )  # fmt: skip
    append(connection, AuditKey(b"\x01" * 32), list(events))


def _holding(numbers: range) -> _Rows:
    """Folders, contents with what was found in them, items and flags."""
    folders = [number for number in numbers if number % FILES_A_FOLDER == 1]
    yield "dir", ("id", "source_id", "service_id", "path", "scan_id", "state", "access_id"), [_dir(n) for n in folders]
    found = {number: _examined(number) for number in numbers if _is_original(number)}
    contents = [
        {"id": number, "digest": one.digest, "media_type": _type_of(number)[0], "pipeline": _PIPELINE,
         "whole_item_id": number, **judged(one)}
        for number, one in found.items()
    ]  # fmt: skip
    yield "content", tuple(contents[0]), [tuple(row.values()) for row in contents]
    yield "item", _ITEM, [_item(number) for number in numbers]
    for table, columns, rows_of in OF_CONTENTS:
        yield table, columns, [row for number, one in found.items() for row in rows_of(number, one)]
    yield "flag", ("item_id", "schedule_id", "state", "action", "due", "rule", "sentence"), [
        _flag(number) for number in numbers if _bits(number)[4] < 20 and not _is_part(number)
    ]  # fmt: skip


@lru_cache(maxsize=4 * _CHUNK)
def _bits(number: int) -> bytes:
    return blake2b(number.to_bytes(8, "big"), digest_size=32).digest()


def _is_original(number: int) -> bool:
    return number <= EVERYWHERE or _bits(number)[0] >= 77


def _is_part(number: int) -> bool:
    """The item behind an outer one, in the same folder."""
    return number % 7 == 3 and (number - 1) % FILES_A_FOLDER != 0


def _original(number: int) -> int:
    """The item that this one is a copy of, or it itself."""
    bits = _bits(number)
    if bits[1] < 26 and not _is_original(number):
        return 1 + int.from_bytes(bits[2:4], "big") % EVERYWHERE
    while not _is_original(number):
        number = max(1, number - 1 - bits[2])
    return number


def _is_mail(number: int) -> bool:
    return (number - 1) // FILES_A_FOLDER % 3 == 2


def _type_of(number: int) -> tuple[str, str]:
    return _MESSAGE if _is_mail(number) and not _is_part(number) else _TYPES[_bits(number)[5] % len(_TYPES)]


def _dir(number: int) -> tuple[object, ...]:
    bits, place = _bits(number), number // FILES_A_FOLDER
    service = 1 + min(bits[6] * bits[7] * SERVICES // 65_025, SERVICES - 1)  # many of the first, few of the last
    if _is_mail(number):
        path = b"person.%d@council.example/Inbox/Reference %07d" % (place % OWNERS, place)
    else:
        place_of = (service, _FOLDERS[place % 8], 2008 + place % 19, place % 97, place)
        path = b"Service %d/%s/%d/Area %d/Reference %07d" % place_of
    return place + 1, 2 if _is_mail(number) else 1, service, path, _SCANS, b"", 1 + place % 800


def _examined(number: int) -> Examination:
    bits = _bits(number)
    media_type, _ = _type_of(number)
    is_picture, is_text = media_type.startswith("image/"), media_type != "application/zip"
    personal = is_text and not is_picture and bits[8] < 105
    findings = tuple(_findings(bits, 1 + bits[9] % 5 if personal else int(is_text and bits[9] < 40)))
    special = ("HEALTH",) if personal and bits[10] < 20 else ()
    risk = (10 + bits[11] * bits[12] // 730) if personal else 0
    parts = {"identity": float(risk // 2), "volume": float(risk - risk // 2)} if personal else {}
    traits = Traits(
        int.from_bytes(bits[:8], "big"), None if is_picture else bits * 4, 7 if is_picture else None,
        {"application": "Microsoft Office Word", "pages": "3"}, reader="ooxml:1",
    )  # fmt: skip
    return Examination(
        Item(ItemRef("shares", b"a")), Outcome.EXAMINED, media_type=media_type, digest=bits, seconds=0.02,
        text_chars=0 if is_picture else 4_000, pending=("ocr",) if is_picture else (), findings=findings,
        assessment=Assessment(personal, special, bool(special) and bits[13] < 60, False, risk, parts), traits=traits,
    )  # fmt: skip


def _findings(bits: bytes, kinds: int) -> Iterator[Finding]:
    names = {_KINDS[bits[14 + at] % len(_KINDS)] for at in range(kinds)}
    if kinds > 1 and bits[20] == 0:
        names.add(_RARE[bits[21] % len(_RARE)])
    for at, kind in enumerate(sorted(names)):
        prints = tuple(blake2b(bits, digest_size=16, salt=bytes((at, one))).digest() for one in range(1 + bits[22] % 7))
        yield Finding(kind, len(prints), 0.85 if kinds > 1 else 0.4, ("page 1", "page 2"), "Aaaaa Aaaaaaa", prints)


_ITEM = (
    "id", "dir_id", "name", "part", "kind", "size", "modified", "version", "file_id", "accessed", "allocated",
    "mangled", "owner_id", "first_seen", "media_type", "content_id", "pipeline", "outcome", "problem_code",
    "problem_limit", "misnamed", "gone",
)  # fmt: skip


def _item(number: int) -> tuple[object, ...]:
    bits, is_part, original = _bits(number), _is_part(number), _original(number)
    outer = number - 1 if is_part else number
    modified = 1_200_000_000_000_000 + int.from_bytes(bits[23:25], "big") * _DAY // 10
    outcome, code, limit = _outcome(bits)
    media_type = _type_of(original)[0] if outcome else None
    size = 500 + int.from_bytes(bits[25:28], "big") // (1 + bits[28])
    return (
        number, (outer - 1) // FILES_A_FOLDER + 1, _name(outer), f"Attachment {number}.docx/" if is_part else "",
        "part" if is_part else "file", size, modified, bits[:8], None if is_part else f"2049-{80_000_000 + number}",
        None if is_part else modified + _DAY, None if is_part else size, False,
        None if is_part or bits[30] < 36 else _owner(number), str(TODAY), media_type,
        original if outcome in ("examined", "partial") else None, _PIPELINE if outcome else "", outcome, code, limit,
        False, _SCANS if bits[31] < 3 else None,
    )  # fmt: skip


def _owner(number: int) -> int:
    """One of some four of a folder; of mail whose mailbox it is."""
    place = (number - 1) // FILES_A_FOLDER
    some = 0 if _is_mail(number) else _bits(number)[28] % 4
    return 1 + int.from_bytes(_bits(place)[28:30], "big") % OWNERS * (some + 1) // 4


def _name(number: int) -> bytes:
    bits = _bits(number)
    return b"%s %d.%s" % (_TITLES[bits[29] % len(_TITLES)], number, _type_of(_original(number))[1].encode())


def _outcome(bits: bytes) -> tuple[str | None, str | None, str | None]:
    if bits[27] < 3 and bits[26] < 200:
        return None, None, None
    if bits[27] > 250:
        return "unreadable", *_TROUBLES[bits[26] * bits[25] * len(_TROUBLES) // 65_025 % len(_TROUBLES)]
    return "examined", None, None


def _flag(number: int) -> tuple[Any, ...]:
    bits = _bits(number)
    state, action, days, sentence = _SENTENCES[bits[4] % len(_SENTENCES)]
    due = None if days is None else str(TODAY + timedelta(days=days - bits[3] + 30))
    return number, 1, state, action, due, "FIN-002", sentence
