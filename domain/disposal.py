"""Disposal: the manifest of what is to go, where each file of it is, and why one was left where it lies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.item import ItemRef

QUARANTINE = ".muniment-quarantine"
"""What the name of every quarantine folder begins with: directly below the root of a source, for its owner alone."""
MARKER = "muniment-quarantine.txt"
"""The file by which such a folder is told from one that merely has the name."""
MAIL_QUARANTINE = "Muniment quarantine"
"""What the name of every quarantine folder of a mailbox begins with. No folder of such a name is ever listed."""


class Fate(StrEnum):
    """Where a file of a manifest is, as the journal has it. What ends in -ing is under way, or has broken off."""

    PLANNED = "planned"
    MOVING = "moving"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    STRANDED = "stranded"
    """Not what was approved, and its place was taken meanwhile: it lies in quarantine until a person restores it."""
    RESTORING = "restoring"
    RESTORED = "restored"
    PURGING = "purging"
    PURGED = "purged"
    LOST = "lost"
    """Neither in its place nor in quarantine, and not by Muniment's doing."""


UNDER_WAY = (Fate.MOVING, Fate.RESTORING, Fate.PURGING)
IN_QUARANTINE = (Fate.QUARANTINED, Fate.STRANDED)


class Step(StrEnum):
    """What the journal tells of a file, in the order in which it happens. Between any two the machine may stop."""

    INTENT = "intent"
    OPENED = "opened"
    RENAMED = "renamed"
    HASHED = "hashed"
    PUT_BACK = "put-back"
    RECORDED = "recorded"
    RESTORE_INTENT = "restore-intent"
    RETURNED = "returned"
    RESTORED = "restored"
    PURGE_INTENT = "purge-intent"
    UNLINKED = "unlinked"
    PURGED = "purged"
    REFUSED = "refused"
    FAILED = "failed"
    RECOVERED = "recovered"


class Refusal(StrEnum):
    """Why a file was not disposed of, restored or purged."""

    GONE = "gone"
    LINK = "link"
    FOLDER_LINK = "folder-link"
    NOT_A_FILE = "not-a-file"
    CHANGED = "changed"
    REPLACED = "replaced"
    RENUMBERED = "renumbered"
    NAMELESS = "nameless"
    HARD_LINKED = "hard-linked"
    CONTENT = "content"
    HELD = "held"
    NOT_DUE = "not-due"
    SCHEDULE = "schedule"
    ONLY_COPY = "only-copy"
    ASSET = "asset"
    VERDICT = "verdict"
    ALTERED = "altered"
    OTHER_VOLUME = "other-volume"
    SOURCE = "source"
    PURGE_OFF = "purge-off"
    NOT_PACKAGED = "not-packaged"
    TAKEN = "taken"
    FOLDER_GONE = "folder-gone"
    DENIED = "denied"
    FULL = "full"
    BUSY = "busy"
    READ_ONLY = "read-only"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    NOT_GONE = "not-gone"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]

    @property
    def passing(self) -> bool:
        """Whether the same may be tried again: the approval stands, and the file was not found to be another."""
        return self in _PASSING


_SENTENCES = {
    Refusal.GONE: "It is not in its place any more.",
    Refusal.LINK: "A link stands in its place, and links are not followed.",
    Refusal.FOLDER_LINK: "A folder on the way to it is a link now, or no folder, and links are not followed.",
    Refusal.NOT_A_FILE: "What stands in its place is a folder, a pipe or a device.",
    Refusal.CHANGED: "It was changed since it was decided on. It goes back to review.",
    Refusal.REPLACED: "Another file stands in its place. It goes back to review.",
    Refusal.RENUMBERED: "Its mailbox was numbered anew, so it may be another. Scan it and review it again.",
    Refusal.NAMELESS: "It has no number or Message-ID by which to know it again. Give others the exported manifest.",
    Refusal.HARD_LINKED: "It has a second name (a hard link) that would keep its content. Find that first.",
    Refusal.CONTENT: "Its bytes are not those that were decided on. It goes back to review.",
    Refusal.HELD: "A legal hold freezes it now. See: muniment holds list",
    Refusal.NOT_DUE: "The schedule no longer says that it may go. It goes back to review.",
    Refusal.SCHEDULE: "Another version of the retention schedule is in force than the approved one. Review it again.",
    Refusal.ONLY_COPY: "It was to go as a copy, and no other copy could be read in full.",
    Refusal.ASSET: "Nobody answers for the asset it belongs to, or for its folder. See: muniment assets list",
    Refusal.VERDICT: "The decision to dispose of it was taken back, or replaced by another.",
    Refusal.ALTERED: "What the inventory keeps of it is not what was signed in the manifest. Have it looked into.",
    Refusal.OTHER_VOLUME: "It lies on another file system than the quarantine of its source: give that a source.",
    Refusal.SOURCE: "Its source cannot dispose, or is not told to (dispose = true). Give others the exported manifest.",
    Refusal.PURGE_OFF: "Its source does not allow purging (allow_purge = true): it stays in quarantine.",
    Refusal.NOT_PACKAGED: "It was to be archived or transferred first, and that has not been verified at the target.",
    Refusal.TAKEN: "Something else stands in its place now. Restore it elsewhere with --to.",
    Refusal.FOLDER_GONE: "The folder it lay in is gone. Make it again, or restore it elsewhere with --to.",
    Refusal.DENIED: "This account may not move or remove it. Give it the right to write there, then try again.",
    Refusal.FULL: "There is no room left on its disk. Make room, then try again.",
    Refusal.BUSY: "Another program holds it. Try again later.",
    Refusal.READ_ONLY: "It is marked read-only, so its server would not delete it. Take the mark off; review it again.",
    Refusal.PLACEHOLDER: "Its content is kept elsewhere (a cloud, an archive) and not brought back to be disposed of.",
    Refusal.UNREADABLE: "Its disk or share failed. Check it, then try again.",
    Refusal.MISSING: "It is not in quarantine any more, and Muniment did not remove it. Have it looked into.",
    Refusal.NOT_GONE: "It was removed and is still there. Have its disk looked into.",
}
_PASSING = frozenset({
    Refusal.ASSET, Refusal.SOURCE, Refusal.PURGE_OFF, Refusal.NOT_PACKAGED, Refusal.TAKEN, Refusal.FOLDER_GONE,
    Refusal.DENIED, Refusal.FULL, Refusal.BUSY, Refusal.UNREADABLE, Refusal.OTHER_VOLUME,
})  # fmt: skip


class RefusedFileError(Exception):
    """One file was refused; the run goes on with the next."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Planned:
    """One file of a manifest as it was when that was made. `place` is the keyed seal of where it lies: whoever alters
    the row that says where cannot alter this. `ground` is "schedule", or the reason for which the list of ROT has
    it; `verdict` is the number of the decision.
    """

    item: int
    verdict: int
    ref: ItemRef = field(repr=False)
    tag: str
    place: str
    service: str
    size: int
    modified: datetime | None
    version: bytes
    file_id: str
    digest: bytes
    rule: str | None
    record_class: str | None
    due: date | None
    ground: str

    def told(self) -> dict[str, Any]:
        """As the manifest has it: nothing in it says where the file lies or what it is called."""
        return {
            "item": self.item, "verdict": self.verdict, "source": self.ref.source, "tag": self.tag,
            "place": self.place, "service": self.service, "size": self.size,
            "modified": self.modified and self.modified.isoformat(), "blake3": self.digest.hex(),
            "version": self.version.hex(), "rule": self.rule, "class": self.record_class,
            "due": self.due and self.due.isoformat(), "ground": self.ground,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disposal:
    """A planned file, and what became of it. `number` is its own in the journal, `token` its name in quarantine.

    `kept` is its version there. `refusal` is why it was not done, last; `purge_after` the first day on which it may be
    purged; `given_to` where it was restored to, if not to its place.
    """

    number: int
    manifest: int
    planned: Planned
    fate: Fate
    refusal: Refusal | None = None
    token: str = ""
    kept: bytes = b""
    quarantined: datetime | None = None
    purge_after: date | None = None
    given_to: bytes | None = field(default=None, repr=False)
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approved a batch, at which stage, and on whose behalf."""

    account: str
    on_behalf_of: str
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Authorisation:
    """On what a manifest rests: a batch of verdicts, by whom it was proposed and approved, and why (`reason`, coded).

    `action` is "dispose", "archive" or "transfer", `target` where to. `schedule` is the digest of the schedule that
    was decided by, `schedule_version` its version in words.
    """

    batch: int
    service: str
    action: str
    target: str
    reason: str
    proposer: str
    on_behalf_of: str
    proposed: datetime
    approvers: tuple[Approver, ...]
    needs_second: bool
    schedule: str
    schedule_version: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is to go, on whose authority, as it was signed. `body` is the canonical JSON that `signature` is of."""

    number: int
    batch: int
    service: str
    action: str
    planner: str
    made: datetime
    items: int
    size: int
    body: bytes = field(repr=False)
    signature: bytes
    key_id: str

    @property
    def told(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = json.loads(self.body)
        return told


@dataclass(frozen=True, slots=True)
class Stop:
    """That nothing is disposed of any more, in a service or ("") anywhere, until somebody lifts it."""

    number: int
    service: str
    account: str
    at: datetime
    why: str


def manifest_body(
    number: int, planner: str, made: datetime, basis: Authorisation, planned: tuple[Planned, ...]
) -> bytes:
    """What is signed and exported: who decided what on which grounds, and each file by number, tag, size and digest."""
    return canonical({
        "muniment_manifest": 1, "number": number, "planner": planner, "made": made.isoformat(),
        "batch": basis.batch, "service": basis.service, "action": basis.action, "target": basis.target,
        "reason": basis.reason, "proposer": basis.proposer, "on_behalf_of": basis.on_behalf_of,
        "proposed": basis.proposed.isoformat(),
        "approvers": [
            {"account": one.account, "on_behalf_of": one.on_behalf_of, "stage": one.stage, "at": one.at.isoformat()}
            for one in basis.approvers
        ],
        "second_approval_needed": basis.needs_second, "schedule": basis.schedule,
        "schedule_version": basis.schedule_version, "items": len(planned),
        "bytes": sum(one.size for one in planned), "files": [one.told() for one in planned],
    })  # fmt: skip


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way in which a value is written to be signed: JSON in ASCII, keys in order, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")
