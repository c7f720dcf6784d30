"""Certificates of destruction for tests, each with the manifest that it is of; all people invented."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from sqlalchemy import insert

from domain.certificate import FORM, Certificate, CertificateNumber, Copies, Hand, Lot, Part
from domain.disposal import canonical
from domain.signed import Signed
from inventory.engine import Database, writing
from inventory.tables import ManifestRow
from operations.signing import SigningKey

KEY = SigningKey(b"s" * 32)
SIZES = (120, 3_000, 0, 44_000, 5)
ISSUED = datetime(2026, 11, 20, 10, tzinfo=UTC)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def a_manifest(number: int = 17, sizes: tuple[int, ...] = SIZES) -> bytes:
    files = [{"item": 100 + place, "tag": f"{place:010x}", "size": size, "blake3": "ab" * 32}
             for place, size in enumerate(sizes)]  # fmt: skip
    told = {"muniment_manifest": 1, "number": number, "items": len(sizes), "bytes": sum(sizes), "files": files}
    return canonical(told)


def a_lot(**told) -> Lot:
    return Lot(**{
        "asset": "hr-payroll", "service": "Human Resources", "record_class": "HR.02", "rule": "HR.02-R1",
        "schedule": "c0" * 32, "authority": "Limitation Act 1980, s. 5", "trigger": "employment ends",
        "reason": "retention-expired", "items": 3, "bytes": 3_120, "oldest": date(2008, 4, 1),
        "newest": date(2015, 9, 30), "due_first": date(2022, 1, 1), "due_last": date(2025, 6, 30),
    } | told)  # fmt: skip


def a_certificate(**told) -> Certificate:
    """Of the first, the second and the third file of `a_manifest`."""
    hands = (
        Hand(Part.PROPOSED, "amy.marsh", "reviewer", at(1)),
        Hand(Part.APPROVED, "j.thornbury", "approver", at(2), on_behalf_of="p.lake"),
        Hand(Part.SECOND_APPROVED, "r.dale", "records-manager", at(3)),
        Hand(Part.RAN, "i.gill", "ig-officer", at(4)),
        Hand(Part.PURGED, "i.gill", "ig-officer", at(19)),
    )
    return Certificate(**{
        "organisation": "Millbrook Council", "manifest": 17,
        "manifest_digest": hashlib.sha256(a_manifest()).hexdigest(), "planned": 5, "positions": (1, 2, 3),
        "lots": (a_lot(),), "hands": hands, "holds_checked": at(19), "quarantined": (at(4), at(4, 10)),
        "purged": (at(19), at(19, 10)), "copies": Copies(0, date(2027, 2, 20)), "not_destroyed": {"held": 2},
    } | told)  # fmt: skip


def a_signed_certificate(number: int = 1, previous: str = "", **told) -> Signed:
    body = a_certificate(**told).body(CertificateNumber(2026, number), ISSUED, previous)
    return KEY.signed(FORM, canonical(body))


def keep_manifest(database: Database, number: int = 17) -> None:
    body = a_manifest(number)
    with writing(database) as connection:
        connection.execute(insert(ManifestRow).values(
            number=number, batch=number, service="Human Resources", action="dispose", planner="i.gill", made=at(3),
            items=5, size=sum(SIZES), body=body, signature=KEY.sign("manifest/1", body), key_id=KEY.id,
        ))  # fmt: skip
