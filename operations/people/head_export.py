"""The head of the audit trail, signed, to where those cannot write who keep the trail: a folder, a mailbox, or both.

Who holds the database and its keys can write the whole trail anew. A head that somebody else keeps shows it.
"""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from domain.actor import Actor, Verb
from domain.audit import Act, Head, Verdict, verify
from domain.disposal import canonical
from domain.errors import ConfigurationError, MunimentError
from domain.signed import Signed
from inventory.audit import entries
from operations.access import ask
from operations.config import Settings
from operations.mailing import UndeliveredError, deliver, new_message
from operations.people.audit import FORM, Trail, load_head, told
from operations.people.stamping import stamp_of
from operations.signing import signing_key

_NAMED = "muniment-audit-{0:%Y%m%dT%H%M%S%fZ}.head.json"
_IS_HEAD = re.compile(r"muniment-audit-\d{8}T\d{12}Z\.head\.json")
_NOWHERE = "No place is configured for the head of the audit trail: write [audit] head_folder or head_mail_to"
_NO_SERVER = "[audit] has head_mail_to, and no server takes mail: write [smtp] with server and sender"
_SAID = (
    "This is the head of the audit trail of Muniment at {organisation}: its last entry is number {number:,}, of "
    "{at:%Y-%m-%d %H:%M:%S} UTC.\n\nKeep this message where nobody can change it who administers Muniment. Whether "
    "the trail is still the one that this is the head of:\n\n    muniment audit verify --head {name}\n"
)


@dataclass(frozen=True, slots=True)
class SentHead:
    """Where a head went: its file, and how many it was mailed to; whether its time was stamped."""

    head: Head
    path: Path | None
    mailed: int
    stamped: bool


def send_head(actor: Actor, trail: Trail, settings: Settings, now: datetime) -> SentHead:
    """Check the whole trail, also against the last head that lies in the folder, and send its head out.

    Raises MunimentError for a trail that is not whole, and where the head could not be kept in one of the places;
    ConfigurationError where there is none.
    """
    authority = ask(actor, Verb.EXPORT_AUDIT)
    folder, to = settings.audit.head_folder, settings.audit.head_mail_to
    if folder is None and not to:
        raise ConfigurationError(_NOWHERE)
    if to and settings.smtp is None:
        raise ConfigurationError(_NO_SERVER)
    verdict = _verified(trail, None if folder is None else _last(folder))
    head = trail.key.head(verdict.entries, verdict.mac, verdict.at)
    document, name = _signed(settings, head, now), _NAMED.format(now)
    path = None if folder is None else _kept(folder / name, document.text.encode())
    stamp, trouble = _stamped(settings, document)
    if folder is not None and stamp is not None:
        _kept(folder / f"{name}.tsr", stamp)
    if to:
        _mail(settings, head, name, document, stamp)
    trail.note(authority, Act.AUDIT_HEAD_SENT, entries=head.number, head=head.mac.hex(), kept=path is not None,
               mailed=len(to), stamped=stamp is not None)  # fmt: skip
    if trouble is not None:
        raise MunimentError(f"The head was sent out, and its time is not stamped. {trouble}") from trouble
    return SentHead(head, path, len(to), stamp is not None)


def _stamped(settings: Settings, document: Signed) -> tuple[bytes | None, MunimentError | None]:
    """A head without a stamp is worth more than none."""
    try:
        return stamp_of(settings.audit, document.text.encode()), None
    except MunimentError as error:
        return None, error


def _verified(trail: Trail, before: Head | None) -> Verdict:
    verdict = verify(entries(trail.database), trail.key, before)
    if verdict.fault is not None:
        raise MunimentError(f"{told(verdict)} No head was sent: tell the auditor.")
    return verdict


def _last(folder: Path) -> Head | None:
    """The head that was put there last. Raises ConfigurationError for a file of such a name that is none."""
    try:
        names = sorted(name for name in os.listdir(folder) if _IS_HEAD.fullmatch(name))
    except OSError as error:
        raise MunimentError(f"The folder of [audit] head_folder cannot be read: {error.strerror}.") from error
    return load_head(folder / names[-1]) if names else None


def _signed(settings: Settings, head: Head, now: datetime) -> Signed:
    body = {FORM: 1, **asdict(head), "mac": head.mac.hex(), "seal": head.seal.hex(), "exported": now.isoformat(),
            "organisation": settings.organisation.name}  # fmt: skip
    return signing_key(settings).signed("head/1", canonical(body))


def _kept(path: Path, content: bytes) -> Path:
    """A file that was not there, and that others may read: it is for them."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # Half a head would be taken for the last one tomorrow.
            path.unlink()
            raise
    except OSError as error:
        raise MunimentError(f"The head cannot be kept in [audit] head_folder: {error.strerror}.") from error
    return path


def _mail(settings: Settings, head: Head, name: str, document: Signed, stamp: bytes | None) -> None:
    assert settings.smtp is not None
    text = _SAID.format(organisation=settings.organisation.name, number=head.number, at=head.when, name=name)
    message = new_message(settings.smtp, settings.audit.head_mail_to, f"Muniment audit head {head.number}", text)
    message.add_attachment(document.text.encode(), maintype="application", subtype="json", filename=name)
    if stamp is not None:
        message.add_attachment(stamp, maintype="application", subtype="timestamp-reply", filename=f"{name}.tsr")
    try:
        deliver(settings.smtp, message)
    except UndeliveredError as error:
        raise MunimentError(f"The head could not be mailed: {error}. See [smtp] in the configuration") from error
