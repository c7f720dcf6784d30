"""Work that people ask for and wait for: written down here, done by the timetable, told when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.slots import last_requests, note_request
from operations.access import allowed, ask, own_services
from operations.config import Settings
from operations.people.audit import Trail
from operations.reporting.report import whole_reports

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Work:
    """What may be asked for: who may, what it is called, and whether it is of something."""

    verb: Verb
    title: str
    of: str = ""


WORK: Mapping[str, Work] = {
    "evaluate": Work(Verb.EVALUATE, "Apply the retention schedule to everything held"),
    "simulate": Work(Verb.DRAFT_SCHEDULE, "Count what the draft of the schedule would change"),
    "metadata": Work(Verb.SCAN, "Scan: names, sizes and dates alone", "source"),
    "scan": Work(Verb.SCAN, "Scan: what files hold, too", "source"),
    "ocr": Work(Verb.SCAN, "Scan: what files hold, and the text in pictures", "source"),
    "report": Work(Verb.EXPORT, "Make a report", "report"),
    "verify": Work(Verb.VERIFY_AUDIT, "Check the whole audit trail"),
}
"""By the verbs that `operations.timetable.timetable.work_of` knows."""

STATES = {"waiting": "Waits for the timetable", "running": "Under way", "done": "Done", "failed": "Failed"}


@dataclass(frozen=True, slots=True)
class RequestShown:
    number: int
    work: str
    subject: str
    asked: datetime
    asked_by: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class RequestList:
    """`own`: only what the actor asked for."""

    requests: tuple[RequestShown, ...]
    own: bool


def subjects_of(of: str, settings: Settings) -> tuple[str, ...]:
    """What work may be of; without one it is of all of them."""
    return tuple(one.name for one in settings.sources) if of == "source" else whole_reports() if of == "report" else ()


def may_request(actor: Actor) -> dict[str, Work]:
    return {name: work for name, work in WORK.items() if allowed(actor, work.verb)}


def ask_for(actor: Actor, trail: Trail, settings: Settings, name: str, subject: str, now: datetime) -> int:
    """Write down that work is wanted; its number. The same that waits already is not asked for twice.

    Raises ConfigurationError for what there is not.
    """
    work = WORK.get(name)
    if work is None:
        raise ConfigurationError(f"There is no such work. There is: {', '.join(WORK)}.")
    authority = ask(actor, work.verb)
    if subject and subject not in (known := subjects_of(work.of, settings)):
        raise ConfigurationError(f"There is no such {work.of or 'choice'}. There are: {', '.join(known) or 'none'}.")
    with trail.changing(authority) as change:
        number = note_request(change.transaction, name, subject, actor.account, now)
        change.note(Act.WORK_REQUESTED, f"request:{number}", work=name)
    return number


def requests_shown(actor: Actor, trail: Trail) -> RequestList:
    """What was asked for of late, the newest first; who sees their services alone sees what they asked for."""
    own = own_services(actor, Verb.VIEW_FIGURES) is not None
    found = last_requests(trail.database, _SHOWN)
    return RequestList(
        tuple(
            RequestShown(
                one.id, WORK[one.verb].title if one.verb in WORK else one.verb, one.subject, one.asked, one.asked_by,
                STATES.get(one.state, one.state), one.said,
            )
            for one in found if not own or one.asked_by == actor.account
        ), own,
    )  # fmt: skip
