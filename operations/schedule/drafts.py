"""The draft of a schedule, as somebody sent it in to be looked at and approved, and what it was found to change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from domain.actor import Actor, Role, Verb
from domain.audit import Act
from domain.rule import Schedule
from inventory import drafts as kept
from inventory.engine import Database, reading
from inventory.schedules import applied_last
from operations.access import RefusedError, ask
from operations.config import Settings
from operations.people.approval import Foreseen, approve
from operations.people.audit import Trail
from operations.schedule.evaluate import term_keys
from operations.schedule.events import event_register
from operations.schedule.foresee import foresee, predecessor
from operations.schedule.simulate import Outcome
from reports.wording import plural
from retention.schedule import load_schedule, parse_schedule

_NAME = "draft.toml"


@dataclass(frozen=True, slots=True)
class Sum:
    service: str
    record_class: str
    effect: str
    items: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Example:
    path: str
    service: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a draft was found to change: `foreseen` is what an approval of it is of; `examples` were drawn at random."""

    version: str
    against: str
    foreseen: Foreseen
    sums: tuple[Sum, ...]
    examples: tuple[Example, ...]


def draft_text(database: Database) -> str:
    """The file that was sent in last; "" where none was."""
    with reading(database) as connection:
        return kept.kept(connection, kept.DRAFT)


def draft_of(database: Database, settings: Settings) -> Schedule | None:
    """The draft; where none was sent in, the configured schedule."""
    if text := draft_text(database):
        return parse_schedule(text, _NAME)
    path = settings.retention.schedule
    return load_schedule(path) if path is not None else None


def send_draft(actor: Actor, trail: Trail, text: str) -> Schedule:
    """Keep a schedule to be looked at, in the place of the draft before. Raises ConfigurationError for what is none."""
    authority = ask(actor, Verb.DRAFT_SCHEDULE)
    schedule = parse_schedule(text, _NAME)
    with trail.changing(authority) as change:
        kept.keep(change.transaction, kept.DRAFT, text)
        change.note(Act.SCHEDULE_DRAFTED, f"schedule:{schedule.digest}", version=schedule.version)
    return schedule


def drop_draft(actor: Actor, trail: Trail) -> None:
    """Take the draft back: the configured schedule is looked at again."""
    with trail.changing(ask(actor, Verb.DRAFT_SCHEDULE)) as change:
        kept.keep(change.transaction, kept.DRAFT, "")
        change.note(Act.SCHEDULE_DRAFTED, "schedule:")


def foresee_draft(actor: Actor, trail: Trail, settings: Settings, today: date) -> Looked:
    """Count what the draft would change against the version that decides now, and keep that to be shown."""
    authority = ask(actor, Verb.EVALUATE)
    draft = draft_of(trail.database, settings)
    if draft is None:
        raise RefusedError("There is no draft, and no schedule is configured. Send one in first.")
    configured = settings.retention.schedule
    before = predecessor(trail.database, draft, None, load_schedule(configured) if configured else None)
    day = max(today, draft.effective_from)
    events = event_register(settings, trail.database)
    found, foreseen = foresee(trail.database, draft, before, day, term_keys(settings), events)
    sums = tuple(Sum(*key[:2], str(key[2]), tally.items, tally.bytes) for key, tally in sorted(found.sums.items()))
    examples = tuple(Example(one.path, one.service, _words(one.before), _words(one.after)) for one in found.examples)
    looked = Looked(draft.version, found.against, foreseen, sums, examples)
    with trail.changing(authority) as change:
        kept.keep(change.transaction, kept.FORESEEN, json.dumps({**asdict(looked), "on": str(today)}, default=str))
        change.note(Act.SCHEDULE_FORESEEN, f"schedule:{draft.digest}", changed=foreseen.changed, on=str(day))
    return looked


def looked_at(database: Database, schedule: Schedule, today: date) -> Looked | None:
    """What this version was found to change, today and against the version that decides now; None else."""
    with reading(database) as connection:
        text, last = kept.kept(connection, kept.FORESEEN), applied_last(connection)
    said = json.loads(text) if text else {}
    against = last.digest if last else None
    fresh = said and said["on"] == str(today) and said["foreseen"]["against"] == against
    return _looked(said) if fresh and said["foreseen"]["digest"] == schedule.digest else None


def approve_draft(
    actor: Actor, trail: Trail, settings: Settings, digest: str, expecting: int, today: date
) -> tuple[Role, ...]:  # fmt: skip
    """Approve the draft that was seen, with so many items that change by it; return the roles still missing."""
    ask(actor, Verb.VIEW_LIST)
    draft = draft_of(trail.database, settings)
    if draft is None or draft.digest != digest:
        raise RefusedError("Nothing is approved: another draft was sent in since. Look at that one.")
    looked = looked_at(trail.database, draft, today)
    if looked is None:
        raise RefusedError("Nothing is approved yet: what it changes is not counted today. Have it counted first.")
    if looked.foreseen.changed != expecting:
        raise RefusedError(
            f"Nothing is approved: {plural(looked.foreseen.changed, 'item')} would change, not {expecting:,}."
        )
    return approve(actor, trail, draft, looked.foreseen)


def _looked(said: Mapping[str, object]) -> Looked:
    foreseen, sums, examples = said["foreseen"], said["sums"], said["examples"]
    assert isinstance(foreseen, dict)
    assert isinstance(sums, list)
    assert isinstance(examples, list)
    return Looked(
        str(said["version"]), str(said["against"]),
        Foreseen(**{**foreseen, "day": date.fromisoformat(foreseen["day"])}),
        tuple(Sum(**one) for one in sums), tuple(Example(**one) for one in examples),
    )  # fmt: skip


def _words(outcome: Outcome) -> str:
    due = f" {outcome.due}" if outcome.due else ""
    return f"{outcome.state} ({outcome.action}{due}, {outcome.rule or 'no rule'})"
