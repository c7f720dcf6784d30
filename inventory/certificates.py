"""Certificates of destruction as they are stored: numbered in turn, each naming the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from domain.certificate import CertificateNumber, Registered
from inventory.reviews import alone
from inventory.tables import CertificateRow


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """`body` is the canonical JSON that `signature` is of, made with the key that `key_id` names."""

    number: CertificateNumber
    manifest: int
    issued: datetime
    account: str
    body: bytes = field(repr=False)
    signature: bytes
    key_id: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def next_number(connection: Connection, year: int) -> tuple[CertificateNumber, str]:
    """The number of the next certificate of a year, and the digest of the one before it, of whatever year ("": none).

    Nobody else is told the same until the transaction ends, and if that fails the number was never taken.
    """
    alone(connection)
    latest = select(*_COLUMNS).order_by(CertificateRow.year.desc(), CertificateRow.number.desc()).limit(1)
    before = next(_read(connection.execute(latest)), None)
    in_year = connection.execute(latest.where(CertificateRow.year == year)).first()
    return CertificateNumber(year, in_year.number + 1 if in_year else 1), before.digest if before else ""


def keep_certificate(connection: Connection, kept: KeptCertificate) -> None:
    connection.execute(insert(CertificateRow).values(
        year=kept.number.year, number=kept.number.sequence, manifest=kept.manifest, issued=kept.issued,
        account=kept.account, body=kept.body, signature=kept.signature, key_id=kept.key_id,
    ))  # fmt: skip


def certificates(connection: Connection, manifest: int | None = None) -> tuple[KeptCertificate, ...]:
    """All, or those of one manifest, the first issued first."""
    chosen = select(*_COLUMNS).order_by(CertificateRow.year, CertificateRow.number)
    if manifest is not None:
        chosen = chosen.where(CertificateRow.manifest == manifest)
    return tuple(_read(connection.execute(chosen)))


def certificate(connection: Connection, number: CertificateNumber) -> KeptCertificate | None:
    is_it = (CertificateRow.year == number.year) & (CertificateRow.number == number.sequence)
    return next(_read(connection.execute(select(*_COLUMNS).where(is_it))), None)


def register(connection: Connection) -> tuple[Registered, ...]:
    """What each certificate is of, the first issued first."""
    told = ((one, json.loads(one.body)) for one in certificates(connection))
    return tuple(
        Registered(one.number, one.issued, one.manifest, body["items"], body["bytes"], one.digest)
        for one, body in told
    )  # fmt: skip


_COLUMNS = (CertificateRow.year, CertificateRow.number, CertificateRow.manifest, CertificateRow.issued,
            CertificateRow.account, CertificateRow.body, CertificateRow.signature, CertificateRow.key_id)  # fmt: skip


def _read(rows: Iterable[Row[Any]]) -> Iterator[KeptCertificate]:
    for row in rows:
        number = CertificateNumber(row.year, row.number)
        yield KeptCertificate(number, row.manifest, row.issued, row.account, row.body, row.signature, row.key_id)
