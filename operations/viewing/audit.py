"""The audit trail as people read it: who did what, when, in which role; and whether its end is whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.actor import Actor, Verb
from domain.audit import Entry
from inventory.audit import latest
from inventory.audit_pages import Looked, page_of
from inventory.slots import last_requests
from operations.access import ask
from operations.people.audit import Trail
from operations.people.trail_health import first_altered

PAGE = 100
_TAIL = 1_000


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry of the trail; `facts` are counts, ids and hashes, as they were sealed."""

    number: int
    at: datetime
    account: str
    role: str
    on_behalf_of: str
    door: str
    act: str
    subject: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Health:
    """`altered` is the first of the last entries that is not what was sealed, None where they are whole. `checked` is
    what the last check of the whole trail said, "" where there was none of late.
    """

    looked_at: int
    altered: int | None
    checked: str
    checked_asked: datetime | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: tuple[EntryShown, ...]
    following: int | None
    health: Health


def audit_shown(actor: Actor, trail: Trail, looked: Looked, zone: ZoneInfo, before: int | None = None) -> AuditPage:
    """A page of the trail, the newest first, and how whole it is."""
    ask(actor, Verb.VIEW_AUDIT)
    found = page_of(trail.database, looked, zone, before, PAGE + 1)
    following = found[PAGE - 1].number if len(found) > PAGE else None
    return AuditPage(tuple(map(_shown, found[:PAGE])), following, _health(trail))


def _health(trail: Trail) -> Health:
    tail = latest(trail.database, _TAIL + 1)
    checks = [one for one in last_requests(trail.database, 200) if one.verb == "verify" and one.said]
    said, asked = (checks[0].said, checks[0].asked) if checks else ("", None)
    return Health(min(len(tail), _TAIL), first_altered(tail, trail.key), said, asked)


def _shown(entry: Entry) -> EntryShown:
    facts = tuple((name, _words(value)) for name, value in json.loads(entry.facts).items())
    return EntryShown(
        entry.number, entry.when, entry.account, entry.role, entry.on_behalf_of, entry.door, entry.act, entry.subject,
        facts,
    )  # fmt: skip


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
