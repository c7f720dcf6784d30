"""What gathers on every share: copies, backups, passwords in a text file, and files that are no records at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from operations.demo.document import Archive, Attached, Cut, Message
from operations.demo.plan import (
    CLEAN,
    LAST_DAY,
    PERSONAL,
    TRIVIAL,
    PlannedFile,
    Reading,
    Rot,
    Truth,
    copied,
    dice,
    moment,
)
from operations.demo.stationery import memo, record

_BACKUPS = "Finance/Old Backups"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900")
_TIDIED = datetime(2026, 2, 6, 17, 2, tzinfo=UTC)


def leftovers(kept: Sequence[PlannedFile]) -> Iterator[PlannedFile]:
    """Further files, some of them made from those that the services keep."""
    rng = dice("leftovers")
    yield from _copies(rng, kept)
    yield from _archives(kept)
    yield from _sent_around(kept)
    yield from _passwords(rng)
    yield from _broken(kept)
    yield from _trivial(rng)


def _copies(rng: Random, kept: Sequence[PlannedFile]) -> Iterator[PlannedFile]:
    """Every nineteenth file lies in the backups too; a few popular ones lie wherever somebody wanted them."""
    for original in kept[4::19]:
        yield copied(original, f"{_BACKUPS}/Server copy/{original.path}")
    popular = [file for file in kept if "/Policies/" in file.path or "/Pay scales" in file.path]
    for original, folder in zip(rng.sample(popular, 5), _ELSEWHERE, strict=True):
        yield copied(original, f"{folder}/Copy of {original.name}", moment(rng, 2024))


_ELSEWHERE = (
    "Highways/Gritting", "Planning/Local Plan", "Children's Social Care/Duty Desk", "Adult Social Care/Safeguarding",
    "Finance/Audit",
)  # fmt: skip


def _archives(kept: Sequence[PlannedFile]) -> Iterator[PlannedFile]:
    """One archive of clean documents, one of people's, and one that holds the other two."""
    old = [file for file in kept if file.modified < _TIDIED and file.name.endswith((".docx", ".xlsx", ".pdf"))]
    clean = _packed([file for file in old if file.truth == CLEAN][3::16])
    held = _packed([file for file in old if file.truth == PERSONAL][2::6])
    both = Archive(_TIDIED, (Attached("Policies.zip", clean), Attached("Staff and claims.zip", held)))
    yield PlannedFile(f"{_BACKUPS}/Policies.zip", _TIDIED, clean, CLEAN)
    yield PlannedFile(f"{_BACKUPS}/Staff and claims.zip", _TIDIED, held, PERSONAL)
    yield PlannedFile(f"{_BACKUPS}/Old server D drive.zip", _TIDIED, both, PERSONAL)


def _packed(files: Sequence[PlannedFile]) -> Archive:
    return Archive(_TIDIED, tuple(Attached(file.path, file.content, file.modified) for file in files))


def _sent_around(kept: Sequence[PlannedFile]) -> Iterator[PlannedFile]:
    """Messages whose attachment is byte for byte a file of the share."""
    chosen = (
        next(
            file for file in kept if "/Payroll/" in file.path and file.truth == PERSONAL and file.name.endswith(".xlsx")
        ),
        next(file for file in kept if "/Policies/" in file.path and file.name.endswith(".docx")),
        next(file for file in kept if "/Claims/" in file.path and file.name.endswith("decision.pdf")),
    )
    for number, file in enumerate(chosen):
        path = f"Human Resources/Payroll/FW {number + 1}.eml" if number == 0 else f"{_BACKUPS}/FW {number + 1}.eml"
        yield PlannedFile(path, file.modified, _forwarding(file), file.truth)


def _forwarding(file: PlannedFile) -> Message:
    body = "For information. The file is on the share as well."
    return memo(
        "Business Support", "all.managers", file.modified, "FW: for your files", body, Attached(file.name, file.content)
    )


def _passwords(rng: Random) -> Iterator[PlannedFile]:
    dated = moment(rng, 2015)
    lines = record(
        "passwords - do not share", "Systems", dated,
        "Payroll system\nusername: payadmin\npassword: Marnford!2015Oak",
        "Blue badge portal\nuser: bb.team\npassword: Qu4yside-77",
        "Backup server\nlogin: backupsvc\npwd: tR7#vale92LmXq", "Alarm panel, County Hall\nPIN: 4471",
    )  # fmt: skip
    yield PlannedFile("Finance/Ledgers/passwords.txt", dated, lines, PERSONAL)
    settings = b"[database]\nserver=ledger01.example.org\nuid=ledger_app\npassword=Wendle-Ledger-8841x\ntimeout=30\n"
    yield PlannedFile(f"{_BACKUPS}/ledger_old.ini.txt", moment(rng, 2010, 2012), settings, PERSONAL)


def _broken(kept: Sequence[PlannedFile]) -> Iterator[PlannedFile]:
    """A copy that stopped in the middle of its text: it holds personal data, and no reader can see all of it."""
    original = next(
        file for file in kept if "/Safeguarding/" in file.path and file.name.endswith(".docx") and file.truth.special
    )
    truth = replace(original.truth, reading=Reading.DAMAGED)
    yield PlannedFile(f"{_BACKUPS}/recovered {original.name}", LAST_DAY, Cut(original.content, 2400), truth)


def _trivial(rng: Random) -> Iterator[PlannedFile]:
    for path, content in (*_system_files(rng), *_lock_files(), *_empty_files()):
        yield PlannedFile(path, moment(rng, 2008), content, TRIVIAL)
    text = Truth(rot=Rot.TRIVIAL)
    ini = (
        b"[.ShellClassInfo]\r\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-21770\r\nIconIndex=-112\r\n"
    )
    for folder in ("Highways/Photographs", "Human Resources/Policies", "Planning/Local Plan"):
        yield PlannedFile(f"{folder}/desktop.ini", moment(rng, 2012), ini, text)
    notes = b"Draft notes\r\nCost centre 40217 was moved to 40311 in period 6.\r\n"
    yield PlannedFile("Finance/Budgets/~WRL0003.tmp", moment(rng, 2016), notes, text)
    export = b"0001927364;0001927365;0001927366\r\n" * 40
    yield PlannedFile("Planning/Local Plan/export_81277364.tmp", moment(rng, 2016), export, text)


def _system_files(rng: Random) -> Iterator[tuple[str, bytes]]:
    for folder in (
        "Highways/Photographs",
        "Adult Social Care/Blue Badges",
        "Planning/Applications",
        "Finance/Old Backups",
    ):
        yield f"{folder}/Thumbs.db", _OLE + rng.randbytes(3000)
    for folder in ("Highways/Photographs", "Human Resources/Recruitment", "Planning/Local Plan"):
        yield f"{folder}/.DS_Store", bytes.fromhex("0000000142756431000010000000080000001000") + bytes(2000)
    yield "Finance/Old Backups/setup_v2.msi", _OLE + rng.randbytes(6000)
    yield (
        "Highways/Streetworks/GISviewer_install.exe",
        b"MZ\x90\x00" + bytes(56) + b"\x80\x00\x00\x00" + rng.randbytes(6000),
    )


def _lock_files() -> Iterator[tuple[str, bytes]]:
    """What Word leaves beside an open document: 162 bytes, the user's name in one-byte text and in UTF-16."""
    for path, user in (
        ("Children's Social Care/Templates/~$ank assessment form.docx", "Bethan Quartermaine"),
        ("Finance/Budgets/~$dget book 2021.xlsx", "Graham Inglethorpe"),
        ("Highways/Gritting/~$nter service plan final.docx", "Halina Lovatt"),
        ("Human Resources/Policies/~$ile working guide.docx", "Declan Underhill"),
    ):
        wide = user.encode("utf-16-le")
        yield (
            path,
            bytes([len(user)])
            + user.encode().ljust(53)
            + bytes([len(user), 0])
            + wide
            + b" \x00" * ((106 - len(wide)) // 2),
        )


def _empty_files() -> Iterator[tuple[str, bytes]]:
    for path in (
        "Adult Social Care/Safeguarding/New Text Document.txt", "Finance/Ledgers/export.csv",
        "Highways/Claims/scan0007.pdf",
        "Human Resources/Recruitment/New Microsoft Word Document.docx", "Planning/Enforcement/notes.txt",
    ):  # fmt: skip
        yield path, b""
