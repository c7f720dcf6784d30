"""Checks that everything a scan needs is there and works, and says how to mend what does not."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

import psutil

from domain.content import Content
from domain.errors import ItemTroubleError, MunimentError
from domain.item import ItemKind, Listing
from domain.privacy import FingerprintKey
from inventory.engine import check_inventory
from operations.config import Settings
from operations.configuration.source_settings import (
    FolderSettings,
    MailFileSettings,
    MailServerSettings,
    MicrosoftSettings,
    SourceSettings,
)
from operations.health.check import Check as Check  # noqa: PLC0414  what the doctor gives is imported from it
from operations.health.check import Health as Health  # noqa: PLC0414
from operations.health.disposal_health import disposal_checks
from operations.health.passwords_health import passwords_checks
from operations.health.reach import checks_of, reached
from operations.health.seclusion_health import seclusion_check
from operations.health.transport_health import transport_checks
from operations.keys import load_key
from operations.people.directory import reach_directory
from operations.people.trail_health import accounts_check, audit_check
from operations.scanning.sources import opened
from operations.wiring import classifier_of, model_of
from reports.wording import plural
from retention.schedule import load_schedule
from scanner.blob import read_once
from scanner.budget import MIB
from scanner.extractors import extractor_for
from scanner.extractors.tika_native import TikaNativeExtractor
from scanner.extractors.tika_server import TikaServerExtractor
from scanner.formats.tika_client import require_safe
from scanner.ocr_engine import engine_version, ocr_health

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOOKED_AT = 200
"""Folders of a source: enough to see what its account may do."""
_CLOCKS_DIFFER = timedelta(minutes=2)
_ONE_TIME = (
    "Set both by one time server: its times are off as much, and what a scan reads there looks used by somebody."
)
_PACKAGE = "application/vnd.openxmlformats-package"


def examine_health(settings: Settings) -> Iterator[Check]:
    """Yield the checks one by one, each as it is done."""
    yield _tried("inventory", lambda: _inventory(settings), "Put the database back, or make one with: muniment init")
    yield _tried("key", lambda: _key(settings), "Put the copy of the key back.")
    yield _tried("audit", lambda: audit_check(settings), "Put the copy of the audit key back.")
    yield _tried("accounts", lambda: accounts_check(settings), "Put the database back, or make one with: muniment init")
    yield _tried("reader", _reader, "Install Muniment again: make demo, or its own environment anew.")
    yield _tried("workers", lambda: seclusion_check(settings), "Install Muniment again: make demo.")
    yield _tried("Tika", lambda: _tika(settings), "Start the server, or get one with: muniment doctor --fetch-tika")
    yield _tried("OCR", lambda: _ocr(settings), "Name the languages in [ocr], and install their data.")
    yield _tried("detector", lambda: _detector(settings), "Install Muniment again, with its language model.")
    yield _tried("schedule", lambda: _schedule(settings), "Correct the schedule, or name another in [retention].")
    yield _tried("directory", lambda: _directory(settings), "Correct [directory].")
    yield from transport_checks(settings)
    yield from passwords_checks(settings)
    yield _memory(settings)
    if not settings.sources:
        yield Check(
            "sources", Health.ADVICE, "none is configured", "Add a [[source]], or name a path: muniment scan PATH"
        )
    for source in settings.sources:
        yield from checks_of_source(settings, source)
    yield from disposal_checks(settings)


def checks_of_source(settings: Settings, source: SourceSettings) -> Iterator[Check]:
    """One check; of a source of several mailboxes, drives or sites one for each."""
    subject, mend = f"source {source.name}", "Correct what the configuration says of it."
    if not isinstance(source, MailServerSettings | MicrosoftSettings):
        yield _tried(subject, partial(_source, settings, source), mend)
        yield from _clock(settings, source)
        return
    try:
        with opened([source], settings.mail) as made:
            yield from checks_of(subject, reached(made[source.name]))
    except (MunimentError, ItemTroubleError, OSError) as error:
        yield Check(subject, Health.WRONG, str(error), mend)


def _tried(subject: str, check: Callable[[], Check], mend: str) -> Check:
    try:
        return check()
    except (MunimentError, ItemTroubleError, OSError) as error:
        return Check(subject, Health.WRONG, str(error), mend)


def _inventory(settings: Settings) -> Check:
    return Check("inventory", Health.GOOD, check_inventory(settings.inventory.url))


def _key(settings: Settings) -> Check:
    return Check("key", Health.GOOD, f"there, for its owner alone (id {load_key(settings.inventory.key_file).id})")


def _reader() -> Check:
    extractor = extractor_for("text/html")
    assert extractor is not None
    with read_once(BytesIO(b"<html><body><p>A sample to read.</p></body></html>"), MIB) as blob:
        text = extractor.extract(blob, "text/html", 1000).text
    if "A sample to read." in text:
        return Check("reader", Health.GOOD, f"reads text ({extractor.version})")
    return Check("reader", Health.WRONG, "did not read the sample", "Install Muniment again.")


def _tika(settings: Settings) -> Check:
    native = TikaNativeExtractor().version
    url = settings.tika.server
    if url is None:
        return Check("Tika", Health.GOOD, f"as native code ({native}); no server is configured")
    version = require_safe(url)
    with read_once(BytesIO(_letter()), MIB) as blob:
        text = TikaServerExtractor(url, version=version).extract(blob, _DOCX, 1000).text
    if "A sample to read." not in text:
        return Check("Tika", Health.WRONG, f"the server {version} did not read the sample", "Start another.")
    seen = f"server {version} at {url}, safe; as native code ({native}) where it is not configured"
    if "A deleted sample." in text:
        return Check("Tika", Health.GOOD, seen)
    mend = "Start it with the configuration that muniment doctor --fetch-tika writes."
    return Check("Tika", Health.ADVICE, f"{seen}; deleted text that documents still hold is left out", mend)


def _ocr(settings: Settings) -> Check:
    """What is missing for it is wrong where pictures are to be read, and advice where they may wait."""
    wanted = settings.ocr.pictures or settings.ocr.documents
    if trouble := ocr_health(settings.ocr.languages):
        return Check("OCR", Health.WRONG if wanted else Health.ADVICE, "something is missing for it", trouble)
    seen = engine_version(settings.ocr.languages)
    if wanted:
        return Check("OCR", Health.GOOD, seen)
    return Check("OCR", Health.ADVICE, f"{seen}; switched off", "Pictures wait until [ocr] pictures is true.")


def _letter() -> bytes:
    """The least that is a Word document, with a paragraph of text and a tracked deletion in it."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_DOCX}.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>A sample to read.</w:t></w:r>"
        '<w:del w:id="1" w:author="Muniment"><w:r><w:delText>A deleted sample.</w:delText></w:r></w:del>'
        "</w:p></w:body></w:document>",
    }
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def _detector(settings: Settings) -> Check:
    classifier = classifier_of(settings, FingerprintKey(b"doctor"))
    findings = classifier.find(Content("Dear Mrs Thornbury, your NI number is AB 12 34 56 C."))
    if "UK_NINO" not in {finding.kind for finding in findings}:
        return Check("detector", Health.WRONG, "missed the sample", "Install Muniment again.")
    if model_of(settings) is None:
        return Check("detector", Health.ADVICE, f"{classifier.version}: names are undercounted", "Run make demo once.")
    return Check("detector", Health.GOOD, classifier.version)


def _schedule(settings: Settings) -> Check:
    if settings.retention.schedule is None:
        return Check("schedule", Health.ADVICE, "none configured", "Name one in [retention] to have items decided on.")
    schedule = load_schedule(settings.retention.schedule)
    return Check(
        "schedule", Health.GOOD, f"{schedule.title}, version {schedule.version}: {plural(len(schedule.rules), 'rule')}"
    )


def _directory(settings: Settings) -> Check:
    seen = reach_directory(settings.directory, datetime.now(UTC).date())
    if settings.directory.kind == "none":
        mend = (
            "Name one in [directory], or nobody is known to have left, and groups of a domain are not told from people."
        )
        return Check("directory", Health.ADVICE, seen, mend)
    return Check("directory", Health.GOOD, seen)


def _memory(settings: Settings) -> Check:
    workers = settings.limits.workers or os.cpu_count() or 1
    wanted, there = workers * settings.limits.memory_mb * MIB, psutil.virtual_memory().total
    seen = f"{workers} workers of at most {settings.limits.memory_mb} MB; the machine has {there // MIB} MB"
    if wanted > there:
        return Check("memory", Health.ADVICE, seen, "Set fewer workers or less memory_mb in [limits].")
    return Check("memory", Health.GOOD, seen)


def _source(settings: Settings, source: SourceSettings) -> Check:
    """Looks at the first folders, and asks whether the account could change anything: it is to be one that may not."""
    subject = f"source {source.name}"
    with opened([source], settings.mail, reads=False) as made:
        of_it = made[source.name]
        folders = list(islice(of_it.list(), _LOOKED_AT))
        could_write = getattr(of_it, "may_write", _told_elsewhere)([listing.folder for listing in folders])
    if not folders:
        mend = "Check what the configuration says of it, and the rights of its account."
        return Check(subject, Health.WRONG, "nothing could be listed", mend)
    if could_write:
        seen = "reachable; its account could also change it, which Muniment never does"
        return Check(subject, Health.WRONG, seen, "Give it an account that may only read: docs/scan-account.md")
    if isinstance(source, FolderSettings | MailFileSettings) and (check := _folder(settings, source, folders)):
        return check
    if closed := sum(map(_is_closed, folders)):
        seen = f"reachable; this account cannot list {closed} of the first {plural(len(folders), 'folder')}"
        return Check(subject, Health.ADVICE, seen, "Give it the right to read them, or leave them out of the report.")
    return Check(subject, Health.GOOD, "reachable, and read-only for this account")


def _clock(settings: Settings, source: SourceSettings) -> Iterator[Check]:
    """Advice where the server's clock is wrong. SMB tells the time; IMAP and this machine's own mounts do not."""
    with suppress(MunimentError), opened([source], settings.mail, reads=False) as made:
        told = getattr(made[source.name], "clock", lambda: None)()
        off = told - datetime.now(UTC) if told is not None else timedelta()
        if abs(off) > _CLOCKS_DIFFER:
            minutes, way = round(abs(off).total_seconds() / 60), "ahead of" if off > timedelta() else "behind"
            seen = f"its server's clock is {minutes:,} minutes {way} this machine's"
            yield Check(f"source {source.name}", Health.ADVICE, seen, _ONE_TIME)


def _told_elsewhere(folders: Iterable[bytes]) -> bool:  # noqa: ARG001
    """Of a kind that says by itself what its account could change, or lies on this machine."""
    return False


def _is_closed(listing: Listing) -> bool:
    folders = (item for item in listing.items if item.kind is ItemKind.FOLDER)
    return listing.problem is not None or any(folder.problem is not None for folder in folders)


def _folder(settings: Settings, source: FolderSettings | MailFileSettings, folders: Iterable[Listing]) -> Check | None:
    """An account that owns the folder could change it whatever its rights say: a laptop's own files. Any other that
    can is not the scan account that the operator's guide asks for.
    """
    subject = f"source {source.name}"
    if _is_within(settings.inventory.key_file, source.root):
        return Check(subject, Health.WRONG, "holds Muniment's own key", "Keep it outside what is scanned.")
    root = os.fsencode(source.root)
    if any(os.access(os.path.join(root, listing.folder), os.W_OK) for listing in folders):
        seen = "reachable; this account could also change it, which Muniment never does"
        owns = os.geteuid() in (0, source.root.stat().st_uid)
        return Check(subject, Health.ADVICE if owns else Health.WRONG, seen, "Scan with an account that may only read.")
    return None


def _is_within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
