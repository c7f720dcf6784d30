"""Disposal: the manifest of what is to go, where each file of it is, and why one was left where it lies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from domain.disposal_codes import IN_QUARANTINE, UNDER_WAY, Fate, Refusal, RefusedFileError, Step
from domain.item import ItemRef

__all__ = [
    "IN_QUARANTINE",
    "MAIL_QUARANTINE",
    "MARKER",
    "QUARANTINE",
    "UNDER_WAY",
    "Approver",
    "Authorisation",
    "Disposal",
    "Fate",
    "Later",
    "Manifest",
    "Planned",
    "Refusal",
    "RefusedFileError",
    "Step",
    "Stop",
    "canonical",
    "manifest_body",
]

QUARANTINE = ".muniment-quarantine"
"""What the name of every quarantine folder begins with: directly below the root of a source, for its owner alone."""
MARKER = "muniment-quarantine.txt"
"""The file by which such a folder is told from one that merely has the name."""
MAIL_QUARANTINE = "Muniment quarantine"
"""What the name of every quarantine folder of a mailbox begins with. No folder of such a name is ever listed."""


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
class Later:
    """The later version that has to stay for the sake of an older one, and the digest of its bytes."""

    item: int
    digest: bytes

    def told(self) -> dict[str, Any]:
        """As the manifest has it."""
        return {"item": self.item, "blake3": self.digest.hex()}


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
        return _parsed(self.body)


@lru_cache(maxsize=2)
def _parsed(body: bytes) -> Mapping[str, Any]:
    """Once for all of its files, not once for each."""
    told: Mapping[str, Any] = json.loads(body)
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
    number: int, planner: str, made: datetime, basis: Authorisation, planned: tuple[Planned, ...],
    keeps: Mapping[int, Later] | None = None,
) -> bytes:  # fmt: skip
    """What is signed and exported: who decided what on which grounds, and each file by number, tag, size and digest.
    `keeps` is, of each older version among the items, the later one that has to stay as it is.
    """
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
        "keeps": {str(item): later.told() for item, later in (keeps or {}).items()},
    })  # fmt: skip


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way in which a value is written to be signed: JSON in ASCII, keys in order, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")
