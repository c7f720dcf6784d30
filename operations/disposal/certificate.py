"""Certificates of destruction: numbered and signed in the transaction that ends a purge, checked, and handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.certificate import FORM, Certificate, CertificateNumber
from domain.disposal import canonical
from domain.errors import ConfigurationError, MunimentError
from domain.signed import Signed
from inventory.certificates import KeptCertificate, certificates, keep_certificate, next_number
from inventory.certificates import certificate as kept_certificate
from inventory.engine import reading
from operations.access import ask
from operations.people.audit import Change, Trail
from operations.signing import SigningKey, is_signed
from reports.renderers import put
from reports.renderers.certificate import FORMATS, certificate_files


def issue(change: Change, told: Certificate, key: SigningKey) -> KeptCertificate:
    """Number, sign and keep a certificate. If the transaction fails, there is none, and its number is free."""
    issued = datetime.now(UTC)
    number, previous = next_number(change.transaction, issued.year)
    body = canonical(told.body(number, issued, previous))
    account = change.authority.actor.account
    kept = KeptCertificate(number, told.manifest, issued, account, body, key.sign(FORM, body), key.id)
    keep_certificate(change.transaction, kept)
    change.note(
        Act.DISPOSAL_CERTIFIED, f"certificate:{number}", manifest=told.manifest, items=told.items, bytes=told.bytes,
        sha256=kept.digest,
    )  # fmt: skip
    return kept


def known_certificates(actor: Actor, trail: Trail, manifest: int | None = None) -> tuple[KeptCertificate, ...]:
    """All certificates, or those of one manifest, the first issued first."""
    ask(actor, Verb.VIEW_AUDIT)
    with reading(trail.database) as connection:
        return certificates(connection, manifest)


class Flaw(StrEnum):
    """What a check of the certificates can find."""

    MISSING = "missing"
    ALTERED = "altered"
    OUT_OF_CHAIN = "out-of-chain"


@dataclass(frozen=True, slots=True)
class Faulty:
    number: CertificateNumber
    flaw: Flaw


def check_certificates(actor: Actor, trail: Trail, key: SigningKey) -> tuple[int, tuple[Faulty, ...]]:
    """How many there are, and what is wrong: a number left out, one altered, or one that does not follow the other."""
    ask(actor, Verb.VERIFY_AUDIT)
    with reading(trail.database) as connection:
        known = certificates(connection)
    return len(known), tuple(_faults(known, key))


def _faults(known: Sequence[KeptCertificate], key: SigningKey) -> Iterator[Faulty]:
    previous, before = "", CertificateNumber(0, 0)
    for kept in known:
        expected = before.sequence + 1 if kept.number.year == before.year else 1
        if kept.number.sequence != expected:
            yield Faulty(CertificateNumber(kept.number.year, expected), Flaw.MISSING)
        signed = _signed(kept, key)
        if not is_signed(signed, key.public) or signed.told.get("number") != str(kept.number):
            yield Faulty(kept.number, Flaw.ALTERED)
        elif signed.told.get("previous") != previous:
            yield Faulty(kept.number, Flaw.OUT_OF_CHAIN)
        previous, before = kept.digest, kept.number


def write_certificate_files(
    actor: Actor, trail: Trail, key: SigningKey, number: CertificateNumber, folder: Path,
    formats: Sequence[str] = FORMATS,
) -> tuple[Path, ...]:  # fmt: skip
    """Write a certificate into a folder, with the public key beside it; a PDF beside its page alone.

    Raises ConfigurationError for a number or format that is not there, and MunimentError for one that was altered:
    nothing vouches for that.
    """
    ask(actor, Verb.EXPORT)
    with reading(trail.database) as connection:
        kept = kept_certificate(connection, number)
    if kept is None:
        raise ConfigurationError(f"There is no certificate {number}. See: muniment dispose certificates")
    document = _signed(kept, key)
    if not is_signed(document, key.public):
        raise MunimentError(f"Certificate {number} is not what was signed. Keep the inventory's file as it is.")
    files = certificate_files(document, formats)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tuple(put(folder / name, writer) for name, writer in files.items())


def _signed(kept: KeptCertificate, key: SigningKey) -> Signed:
    return Signed(FORM, kept.body, key.public, kept.signature)
