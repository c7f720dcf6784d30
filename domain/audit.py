"""The audit trail's entries and the keyed chain that holds them together."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

Fact: TypeAlias = int | bool | str | list[str] | None

BEFORE_THE_FIRST = bytes(32)
"""What stands for the predecessor of the first entry."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Act(StrEnum):
    """What is written in the trail."""

    INVENTORY_MADE = "inventory.made"
    INVENTORY_COPIED = "inventory.copied"
    INVENTORY_EXPIRED = "inventory.expired"
    INVENTORY_MENDED = "inventory.mended"
    SCAN_BEGUN = "scan.begun"
    SCAN_ENDED = "scan.ended"
    SCHEDULE_EVALUATED = "schedule.evaluated"
    SCHEDULE_APPROVED = "schedule.approved"
    SCHEDULE_DRAFTED = "schedule.drafted"
    SCHEDULE_FORESEEN = "schedule.foreseen"
    WORK_REQUESTED = "work.requested"
    ROT_FOUND = "rot.found"
    FAMILIES_FOUND = "families.found"
    PERIOD_SUMMARISED = "period.summarised"
    PEOPLE_SEARCHED = "people.searched"
    EVENTS_IMPORTED = "events.imported"
    HOLD_ADDED = "hold.added"
    HOLD_REVIEWED = "hold.reviewed"
    HOLD_ANSWERED = "hold.answered"
    HOLD_RELEASED = "hold.released"
    FOLDERS_MAPPED = "folders.mapped"
    ITEM_CLASSIFIED = "item.classified"
    ASSETS_IMPORTED = "assets.imported"
    ASSET_CHANGED = "asset.changed"
    ASSET_CONFIRMED = "asset.confirmed"
    ASSET_RELEASED = "asset.released"
    ASSET_WITHDRAWN = "asset.withdrawn"
    ASSET_DROPPED = "asset.dropped"
    BASELINE_SET = "baseline.set"
    PILOT_DROPPED = "pilot.dropped"
    SAMPLE_DRAWN = "sample.drawn"
    SAMPLE_SCORED = "sample.scored"
    USER_ADDED = "user.added"
    USER_DISABLED = "user.disabled"
    USER_ENABLED = "user.enabled"
    USER_ROLES = "user.roles"
    USER_SERVICES = "user.services"
    USER_BOUND = "user.bound"
    USER_UNBOUND = "user.unbound"
    USER_PASSWORD = "user.password"  # noqa: S105  the word, and none of them
    USER_UNLOCKED = "user.unlocked"
    USER_LOCKED = "user.locked"
    SIGNED_IN = "user.signed-in"
    SIGN_IN_REFUSED = "user.sign-in-refused"
    SIGNED_OUT = "user.signed-out"
    ROLE_LENT = "user.delegated"
    ROLE_TAKEN_BACK = "user.delegation-ended"
    QUEUES_FILLED = "review.queued"
    VERDICT_GIVEN = "review.decided"
    BATCH_DRAFTED = "review.drafted"
    SAMPLE_OPENED = "review.sample-opened"
    BATCH_PROPOSED = "review.proposed"
    BATCH_APPROVED = "review.approved"
    BATCH_REJECTED = "review.rejected"
    BATCH_WITHDRAWN = "review.withdrawn"
    VERDICTS_SUPERSEDED = "review.superseded"
    REMINDERS_SENT = "review.reminded"
    AUDIT_EXPORTED = "audit.exported"
    AUDIT_HEAD_SENT = "audit.head-sent"
    DISPOSAL_PLANNED = "disposal.planned"
    DISPOSAL_BEGUN = "disposal.begun"
    DISPOSAL_ENDED = "disposal.ended"
    DISPOSAL_STOPPED = "disposal.stopped"
    DISPOSAL_RESUMED = "disposal.resumed"
    ITEM_QUARANTINED = "disposal.quarantined"
    ITEM_REFUSED = "disposal.refused"
    ITEM_STRANDED = "disposal.stranded"
    ITEM_RESTORED = "disposal.restored"
    ITEM_PURGED = "disposal.purged"
    ITEM_LOST = "disposal.lost"
    STUB = "disposal.stub"
    MANIFEST_EXPORTED = "disposal.exported"
    DISPOSAL_PACKAGED = "disposal.packaged"
    DISPOSAL_CERTIFIED = "disposal.certified"
    FIGURES_EXPORTED = "figures.exported"
    CONTENT_VIEWED = "content.viewed"
    CONTENT_WITHHELD = "content.withheld"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done: by whom, in which role and on whose behalf, at which door, and what of it is to be kept.

    `subject` is what it was done to, as kind and number or name ("source:3"). `facts` are counts, ids, names of
    accounts and keyed hashes: never a path, a name of a person or a word of a text.
    """

    at: datetime
    account: str
    role: str
    on_behalf_of: str
    proof: str
    door: str
    act: Act
    subject: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its place in the trail, as it is stored: `at` in microseconds since 1970, `facts` as JSON."""

    number: int
    at: int
    account: str
    role: str
    on_behalf_of: str
    proof: str
    door: str
    act: str
    subject: str
    facts: str
    mac: bytes

    @classmethod
    def of(cls, number: int, event: Event) -> Entry:
        """The event in its place, not sealed yet."""
        facts = json.dumps(dict(event.facts), sort_keys=True, separators=(",", ":"))
        at = (event.at - _EPOCH) // _MICROSECOND
        return cls(
            number, at, event.account, str(event.role), event.on_behalf_of, str(event.proof), str(event.door),
            str(event.act), event.subject, facts, b"",
        )  # fmt: skip

    @property
    def when(self) -> datetime:
        return _EPOCH + self.at * _MICROSECOND

    @property
    def content(self) -> tuple[int | str, ...]:
        """Everything but the seal, in the order in which it is sealed."""
        return (self.number, self.at, self.account, self.role, self.on_behalf_of, self.proof, self.door, self.act,
                self.subject, self.facts)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The trail's last entry as it was on a day, kept where nobody who can write the trail can write.

    `seal` is keyed, so that a head that was made up is known.
    """

    number: int
    mac: bytes
    at: int
    key_id: str
    seal: bytes

    @property
    def when(self) -> datetime:
        return _EPOCH + self.at * _MICROSECOND


@dataclass(frozen=True, slots=True)
class AuditKey:
    """The key of the chain. Keyed, because whoever can write a plain hash chain can write all of it anew."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Names the key without giving it away."""
        return hmac.new(self.secret, b"muniment audit key id", hashlib.sha256).hexdigest()[:16]

    def mac(self, previous: bytes, content: tuple[int | str, ...]) -> bytes:
        """HMAC-SHA256 over the predecessor's and the entry's content, a JSON array: no two contents read the same."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hmac.digest(self.secret, previous + text.encode("utf-8", "surrogatepass"), "sha256")

    def head(self, number: int, mac: bytes, at: int) -> Head:
        """The head that this entry is."""
        return Head(number, mac, at, self.id, self._seal(number, mac, at))

    def sealed(self, head: Head) -> bool:
        """Whether this key made the head."""
        return head.key_id == self.id and hmac.compare_digest(head.seal, self._seal(head.number, head.mac, head.at))

    def _seal(self, number: int, mac: bytes, at: int) -> bytes:
        return self.mac(b"muniment audit head", (number, mac.hex(), at))


class Fault(StrEnum):
    """What a check of the trail can find."""

    ALTERED = "altered"
    OUT_OF_ORDER = "out-of-order"
    CUT = "cut"
    OTHER = "other"
    FOREIGN_HEAD = "foreign-head"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were checked, the head they end in, and the first fault, with the number it was met at."""

    entries: int
    mac: bytes
    at: int
    fault: Fault | None = None
    number: int = 0


def verify(entries: Iterable[Entry], key: AuditKey, head: Head | None = None) -> Verdict:
    """Follow the chain from its first entry to its last, or to the first fault.

    Without a head from outside, a tail that was cut off leaves no trace.
    """
    if head is not None and not key.sealed(head):
        return Verdict(0, BEFORE_THE_FIRST, 0, Fault.FOREIGN_HEAD)
    last, at, number = BEFORE_THE_FIRST, 0, 0
    for entry in entries:
        if entry.number != number + 1:
            return Verdict(number, last, at, Fault.OUT_OF_ORDER, number + 1)
        if not hmac.compare_digest(entry.mac, key.mac(last, entry.content)):
            return Verdict(number, last, at, Fault.ALTERED, entry.number)
        number, last, at = entry.number, entry.mac, entry.at
        if head is not None and number == head.number and last != head.mac:
            return Verdict(number, last, at, Fault.OTHER, number)
    if head is not None and number < head.number:
        return Verdict(number, last, at, Fault.CUT, head.number)
    return Verdict(number, last, at)
