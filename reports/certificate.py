"""A certificate of destruction as a page for people: all that was signed, in words and tables, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.certificate import Part
from domain.signed import Signed, key_id
from reports.report import Column, ColumnKind, Figure, Row, Section, Table
from reports.wording import plural, size

_PARTS = {
    Part.PROPOSED: "Proposed", Part.APPROVED: "Approved", Part.SECOND_APPROVED: "Approved as the second",
    Part.RAN: "Moved to quarantine", Part.PURGED: "Destroyed",
}  # fmt: skip
_WATERMARK = "Certificate of destruction: no personal content. Accounts are those of officers who acted."
_NAMES = (
    "This certificate names no file, no folder and no person whom a record is about. The accounts in it are those of "
    "officers, in the roles they acted in: that is its proof."
)
_CHECK = (
    "This page is a copy for reading. What is signed is the file of the same name that ends in .json. To check it "
    "without Muniment: python3 verify_certificate.py CERTIFICATE.json MANIFEST.json --key muniment-signing.pub, with a "
    "public key that you were given otherwise than with the certificate."
)


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """What a page, as a report's, is made from."""

    name: str
    organisation: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    watermark: str = _WATERMARK
    sheets: int = 0


def certificate_page(document: Signed) -> CertificatePage:
    """Of a certificate whose signature was checked."""
    told = document.told
    number, items = str(told["number"]), plural(told["items"], "file")
    return CertificatePage(
        name=f"certificate-{number.replace('/', '-')}",
        organisation=told["organisation"],
        title=f"Certificate of destruction {number}",
        lead=f"{items} of {size(told['bytes'])} were destroyed between {_when(told['purged'][0])} and "
        f"{_when(told['purged'][1])}, under the retention schedule and on the approval of the officers named here.",
        sections=(_in_short(told), _lots(told), _hands(told), _how(told), _not_destroyed(told), _proof(document)),
    )  # fmt: skip


def _in_short(told: Mapping[str, Any]) -> Section:
    return Section("In short", text=(_NAMES,), figures=(
        Figure("Destroyed", told["items"], ColumnKind.COUNT, f"of {told['planned']:,} files in the manifest"),
        Figure("Bytes", told["bytes"], ColumnKind.BYTES, f"{told['bytes']:,} bytes"),
        Figure("Issued", _moment(told["issued"]), ColumnKind.DATE),
    ))  # fmt: skip


def _lots(told: Mapping[str, Any]) -> Section:
    what = ("asset", "service", "record_class", "rule", "schedule", "authority", "trigger", "reason")
    headings = ("Asset", "Service", "Record class", "Rule", "Schedule (SHA-256)", "Authority", "Runs from", "Reason")
    grounds = tuple((index, *(lot[name] or None for name in what)) for index, lot in enumerate(told["lots"], start=1))
    amounts = tuple(
        (
            index,
            lot["items"],
            lot["bytes"],
            *(_day(lot[name]) for name in ("oldest", "newest", "due_first", "due_last")),
        )
        for index, lot in enumerate(told["lots"], start=1)
    )
    lot = Column("Lot", ColumnKind.COUNT)
    dates = ("Last changed, earliest", "Last changed, latest", "Due, earliest", "Due, latest")
    columns = (Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES),
               *(Column(heading, ColumnKind.DATE) for heading in dates))  # fmt: skip
    texts = tuple(Column(heading, absent="not recorded") for heading in headings)
    return Section("What was destroyed, and under which rule", tables=(
        _table("grounds", "Each lot, and what it was destroyed under", (lot, *texts), grounds),
        _table("amounts", "Each lot, in numbers and days", (lot, *columns), amounts,
               (None, told["items"], told["bytes"], None, None, None, None)),
    ))  # fmt: skip


def _hands(told: Mapping[str, Any]) -> Section:
    rows = tuple(
        (_PARTS[Part(hand["part"])], hand["account"], hand["role"], hand["on_behalf_of"] or None, _moment(hand["at"]))
        for hand in told["hands"]
    )
    columns = (Column("Part"), Column("Account"), Column("Role"), Column("On behalf of", absent="nobody else"),
               Column("When", ColumnKind.DATE))  # fmt: skip
    return Section("Who decided and who acted", tables=(_table("hands", "Officers who took part", columns, rows),))


def _how(told: Mapping[str, Any]) -> Section:
    rows = (
        ("Entered quarantine", f"{_when(told['quarantined'][0])} to {_when(told['quarantined'][1])}"),
        ("Legal holds last checked", _when(told["holds_checked"])),
        ("Destroyed", f"{_when(told['purged'][0])} to {_when(told['purged'][1])}"),
        ("Method", told["method_in_words"]),
        ("Verification", told["verification"]),
        ("Copies and backups", told["copies_in_words"]),
    )
    return Section("How it was done", tables=(_facts("how", "Method, verification and what stays", rows),))


def _not_destroyed(told: Mapping[str, Any]) -> Section:
    rows = tuple(sorted(told["not_destroyed"].items()))
    columns = (Column("Reason"), Column("Files", ColumnKind.COUNT))
    caption = "Files of the same manifest that this certificate is not of"
    table = _table("others", caption, columns, rows, empty="There are none: the whole manifest was destroyed.")
    return Section("What was not destroyed", tables=(table,))


def _proof(document: Signed) -> Section:
    told = document.told
    rows = (
        ("Manifest", f"number {told['manifest']}"),
        ("SHA-256 of the manifest", told["manifest_sha256"]),
        ("SHA-256 of the certificate before", told["previous"] or "this is the first"),
        ("SHA-256 of this certificate", document.digest),
        ("Key", f"Ed25519, {key_id(document.public_key)}"),
        ("Signature", document.signature.hex()),
    )
    return Section("Signature", text=(_CHECK,), tables=(_facts("proof", "What proves it", rows),))


def _facts(name: str, caption: str, rows: Iterable[Row]) -> Table:
    return _table(name, caption, (Column("What"), Column("As recorded", ColumnKind.PATH)), tuple(rows))


def _table(
    name: str, caption: str, columns: tuple[Column, ...], rows: tuple[Row, ...], total: Row | None = None,
    empty: str = "Nothing was recorded.",
) -> Table:  # fmt: skip
    return Table(name, caption, columns, rows, total=total, empty=empty, shown=len(rows) or 1)


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _when(written: str) -> str:
    return f"{_moment(written):%Y-%m-%d %H:%M} UTC"


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
