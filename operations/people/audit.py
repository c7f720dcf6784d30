"""The audit trail of an inventory: what is changed in it is written down, by whom and under which authority."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from domain.actor import Actor, Authority, Verb
from domain.audit import Act, AuditKey, Entry, Event, Fact, Fault, Head, Verdict, verify
from domain.errors import ConfigurationError, MunimentError
from inventory.audit import Transaction, append, audit_key_id, entries, keep_audit_key, latest
from inventory.engine import Database, open_inventory, writing
from operations.access import ask
from operations.config import Settings
from operations.keys import kept_secret, new_secret
from reports.wording import plural

FORM = "muniment_audit_head"
"""Says of a file that it holds a head."""


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction that changes the inventory, and what the trail will say of it."""

    transaction: Transaction
    authority: Authority
    events: list[Event] = field(default_factory=list)

    def note(self, act: Act, subject: str = "", **facts: Fact) -> None:
        self.events.append(_event(self.authority, act, subject, facts))


@dataclass(frozen=True, slots=True)
class Trail:
    """An inventory, and the key that seals the trail of what is done to it."""

    database: Database
    key: AuditKey

    @contextmanager
    def changing(self, authority: Authority) -> Iterator[Change]:
        """A transaction in which the change and what the trail says of it are written both, or neither."""
        with writing(self.database) as transaction:
            change = Change(transaction, authority)
            yield change
            append(transaction, self.key, change.events)

    def note(self, authority: Authority, act: Act, subject: str = "", **facts: Fact) -> None:
        """Write down what was done in transactions of its own."""
        with self.changing(authority) as change:
            change.note(act, subject, **facts)


@contextmanager
def open_trail(settings: Settings) -> Iterator[Trail]:
    """The configured inventory with its trail. Raises MunimentError where either, or the key, is not as it should be.

    An inventory of a time without trails has its key made now.
    """
    database = open_inventory(settings.inventory.url, create=False)
    try:
        yield Trail(database, kept_audit_key(settings, database))
    finally:
        database.dispose()


def kept_audit_key(settings: Settings, database: Database) -> AuditKey:
    """The key of the inventory's trail; made where the inventory has no trail yet."""
    path = settings.inventory.audit_key_file
    if audit_key_id(database) is None and not path.exists():
        with suppress(FileExistsError):
            new_secret(path)
    key = AuditKey(kept_secret(path))
    keep_audit_key(database, key)
    return key


def last_entries(actor: Actor, trail: Trail, count: int, subject: str | None = None) -> tuple[Entry, ...]:
    """The last entries of the trail, or of what it says of one subject."""
    ask(actor, Verb.VIEW_AUDIT)
    return latest(trail.database, count, subject)


def verify_trail(actor: Actor, trail: Trail, head: Head | None = None) -> Verdict:
    """Follow the whole chain, and compare it with a head that was kept elsewhere."""
    ask(actor, Verb.VERIFY_AUDIT)
    return verify(entries(trail.database), trail.key, head)


def export_trail(actor: Actor, trail: Trail, folder: Path, *, head_only: bool = False) -> tuple[Path, ...]:
    """Write the trail's head, and unless `head_only` all its entries as JSON lines, into new files of a folder.

    Raises MunimentError for a trail that is not whole: nothing vouches for what was altered.
    """
    authority = ask(actor, Verb.EXPORT_AUDIT)
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"audit-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    lines = () if head_only else (stem.with_suffix(".jsonl"),)
    verdict = _copied(trail, lines)
    if verdict.fault is not None:
        raise MunimentError(f"{told(verdict)} Nothing was exported.")
    head = trail.key.head(verdict.entries, verdict.mac, verdict.at)
    with _new_file(stem.with_suffix(".head.json")) as file:
        file.write(json.dumps({FORM: 1, **asdict(head), "mac": head.mac.hex(), "seal": head.seal.hex()}) + "\n")
    trail.note(authority, Act.AUDIT_EXPORTED, entries=verdict.entries, head=head.mac.hex(), whole=not head_only)
    return (*lines, stem.with_suffix(".head.json"))


def load_head(path: Path) -> Head:
    """A head as it was exported. Raises ConfigurationError for what is none."""
    try:
        told = json.loads(path.read_bytes())
        told = told.get("body", told)  # One that was sent out is signed.
        head = Head(int(told["number"]), bytes.fromhex(told["mac"]), int(told["at"]), str(told["key_id"]),
                    bytes.fromhex(told["seal"]))  # fmt: skip
        known = told[FORM] == 1
    except FileNotFoundError as error:
        raise ConfigurationError(f"There is no head at {path}. Export one with: muniment audit export") from error
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise ConfigurationError(f"{path} is damaged, or not a head that `muniment audit export` wrote.") from error
    if not known:
        raise ConfigurationError(f"{path} was written by a newer Muniment. Update Muniment here.")
    return head


_FAULTS = {
    Fault.ALTERED: "Entry {number} is not what was written: it was altered, swapped or put in its place later.",
    Fault.OUT_OF_ORDER: "Entry {number} is missing.",
    Fault.CUT: "The trail ends before entry {number}, which the head from outside names: its tail was cut off.",
    Fault.OTHER: "Entry {number} is not the one that the head from outside names: the trail was written anew.",
    Fault.FOREIGN_HEAD: "The head is not of this trail, or was altered: this key did not seal it.",
}


def told(verdict: Verdict) -> str:
    """A verdict in a sentence or two."""
    if verdict.fault is None:
        return f"The audit trail is whole: {plural(verdict.entries, 'entry', 'entries')}."
    told = _FAULTS[verdict.fault].format(number=f"{verdict.number:,}")
    return (
        f"{told} Whole before that: {plural(verdict.entries, 'entry', 'entries')}. Keep the inventory's file as it is."
    )


def line_of(entry: Entry) -> str:
    """An entry as a line of JSON: just what is sealed, and the seal."""
    return json.dumps({**asdict(entry), "mac": entry.mac.hex()}, separators=(",", ":"))


def _event(authority: Authority, act: Act, subject: str, facts: dict[str, Fact]) -> Event:
    actor, grant = authority.actor, authority.grant
    return Event(
        datetime.now(UTC), actor.account, grant.role, grant.on_behalf_of, actor.proof, actor.door, act, subject, facts
    )


def _copied(trail: Trail, paths: Iterable[Path]) -> Verdict:
    """Verify the trail, and on the way write it into new files; what is not whole is not left there."""
    with ExitStack() as stack:
        files = [stack.enter_context(_new_file(path)) for path in paths]
        verdict = verify(_written(entries(trail.database), files), trail.key)
    if verdict.fault is not None:
        for path in paths:
            path.unlink()
    return verdict


def _written(chain: Iterable[Entry], files: Iterable[TextIO]) -> Iterator[Entry]:
    for entry in chain:
        for file in files:
            file.write(line_of(entry) + "\n")
        yield entry


def _new_file(path: Path) -> TextIO:
    """A file that only its owner can read, and that was not there."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
