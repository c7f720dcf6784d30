"""Telling by mail what waits too long: reviewers every week, then the head of their service, then the SIRO.

Plain text, with names of services and counts alone. That nobody answers decides nothing: what waits goes on waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.actor import Actor, Authority, Verb
from domain.audit import Act
from domain.errors import ConfigurationError, MunimentError
from domain.review import BatchState, Stage
from inventory.engine import reading
from inventory.reminders import last_told, note_told
from inventory.review_queue import QueueSum, queue_sums
from inventory.reviews import batches
from operations.access import ask
from operations.config import Settings
from operations.configuration.pack_settings import SmtpSettings
from operations.configuration.review_settings import ReviewSettings, ServiceReview
from operations.mailing import UndeliveredError, deliver, new_message
from operations.review.desk import Desk
from operations.review.queue import refill
from reports.wording import plural


class Told(StrEnum):
    """Who is told."""

    REVIEWERS = "reviewers"
    HEAD = "head"
    SECOND = "second"
    SIRO = "siro"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many mails went out, and the services in which something waits for somebody of whom none is named."""

    mails: int
    unnamed: tuple[str, ...]
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class _Waits:
    """What waits in a service: items for a verdict, of which `queue` tells, and since when batches do for a first
    (`proposed`) or a second approval.
    """

    service: str
    queue: QueueSum | None
    proposed: tuple[date, ...]
    approved_once: tuple[date, ...]

    def since(self) -> date:
        days = [*self.proposed, *self.approved_once]
        if self.queue:
            days.append(self.queue.entered)
        return min(days)


@dataclass(frozen=True, slots=True)
class _Letter:
    told: Told
    to: tuple[str, ...]
    about: tuple[_Waits, ...]


def remind(actor: Actor, desk: Desk, settings: Settings) -> Reminded:
    """Fill the queues, and send the mails of the day: each once, and what was not taken again the next time.

    Raises ConfigurationError where somebody is to be told and no server takes mail, and MunimentError at the end where
    a server did not take one.
    """
    authority = ask(actor, Verb.EVALUATE)
    refill(actor, desk)
    if desk.settings.suspended:
        return Reminded(0, (), suspended=True)
    waits = _waits(desk)
    letters = tuple(_letters(desk, waits))
    if letters and settings.smtp is None:
        raise ConfigurationError("[review] names people to be told, and no server takes mail: write [smtp] with server "
                                 "and sender.")  # fmt: skip
    failures = [_sent(authority, desk, settings, letter) for letter in letters]
    if failed := [failure for failure in failures if failure]:
        raise MunimentError(
            f"{len(failed)} of {plural(len(letters), 'reminder')} could not be mailed: {failed[0]}. See [smtp]."
        )
    return Reminded(len(letters), tuple(one.service for one in waits if _lacks_name(desk.settings, one)))


def _waits(desk: Desk) -> tuple[_Waits, ...]:
    with reading(desk.trail.database) as connection:
        queues = {one.service: one for one in queue_sums(connection)}
        found = batches(connection, [BatchState.PROPOSED, BatchState.APPROVED_ONCE])
    since: dict[tuple[str, Stage | None], tuple[date, ...]] = {}
    for one in found:
        last = one.approvals[-1] if one.approvals else one
        key = one.service, one.stage
        since[key] = (*since.get(key, ()), last.at.date())
    return tuple(
        _Waits(
            service, queues.get(service), since.get((service, Stage.FIRST), ()), since.get((service, Stage.SECOND), ())
        )
        for service in sorted({*queues, *(service for service, _ in since)})
    )


def _lacks_name(settings: ReviewSettings, waits: _Waits) -> bool:
    named = next((one for one in settings.service if one.name == waits.service), ServiceReview(name=waits.service))
    return bool(
        (waits.queue and not named.mail_to)
        or (waits.proposed and not named.escalate_to)
        or (waits.approved_once and not settings.second)
    )


def _letters(desk: Desk, waits: Sequence[_Waits]) -> Iterator[_Letter]:
    with reading(desk.trail.database) as connection:
        last = last_told(connection)
    settings, known = desk.settings, {one.service: one for one in waits}
    for service in settings.service:
        found = known.get(service.name)
        if found is None:
            continue
        if found.queue and service.mail_to and _is_time(desk, last, service.name, Told.REVIEWERS):
            yield _Letter(Told.REVIEWERS, service.mail_to, (found,))
        is_late = found.queue and _is_past(desk, found.queue.entered, settings.working_days)
        concerns_head = found.proposed or is_late
        if concerns_head and service.escalate_to and _is_time(desk, last, service.name, Told.HEAD):
            yield _Letter(Told.HEAD, service.escalate_to, (found,))
    longest = settings.working_days + settings.siro_working_days
    everywhere = (
        (Told.SECOND, settings.second, [one for one in waits if one.approved_once]),
        (Told.SIRO, settings.siro, [one for one in waits if _is_past(desk, one.since(), longest)]),
    )
    for told, to, found_there in everywhere:
        about = tuple(one for one in found_there if _is_time(desk, last, one.service, told))
        if about and to:
            yield _Letter(told, to, about)


def _is_time(desk: Desk, last: Mapping[tuple[str, str], date], service: str, told: Told) -> bool:
    before = last.get((service, told))
    return before is None or before + timedelta(days=desk.settings.remind_days) <= desk.today


def _is_past(desk: Desk, since: date, days: int) -> bool:
    return desk.settings.calendar.after(since, days) <= desk.today


def _sent(authority: Authority, desk: Desk, settings: Settings, letter: _Letter) -> str:
    """Send a mail and write that down; why the server did not take it, "" where it did."""
    assert isinstance(settings.smtp, SmtpSettings)
    services = [one.service for one in letter.about]
    message = new_message(settings.smtp, letter.to, _SUBJECTS[letter.told], _text(desk, settings, letter))
    try:
        deliver(settings.smtp, message)
    except UndeliveredError as error:
        return str(error)
    with desk.trail.changing(authority) as change:
        note_told(change.transaction, services, letter.told, desk.today)
        change.note(Act.REMINDERS_SENT, told=str(letter.told), services=services, mails=len(letter.to))
    return ""


_SUBJECTS = {
    Told.REVIEWERS: "Muniment: records wait for your review",
    Told.HEAD: "Muniment: records of your service need attention",
    Told.SECOND: "Muniment: proposals wait for a second approval",
    Told.SIRO: "Muniment: reviews of records are late",
}


def _text(desk: Desk, settings: Settings, letter: _Letter) -> str:
    lines = [f"{settings.organisation.name}: records review", ""]
    for one in letter.about:
        lines += _lines(desk.settings, desk.today, one)
    if any(one.queue for one in letter.about):
        lines += ["", desk.settings.calendar.words]
    lines += ["", "Nothing is disposed of, archived or transferred until people have decided and approved."]
    if desk.settings.address:
        lines += ["", f"Review them here: {desk.settings.address.rstrip('/')}/review"]
    return "\n".join(lines) + "\n"


def _lines(settings: ReviewSettings, today: date, waits: _Waits) -> Iterable[str]:
    if waits.queue:
        waited = settings.calendar.between(waits.queue.entered, today)
        yield (f"- {waits.service}: {_wait(waits.queue.items, 'item')} for a verdict, the first since "
               f"{waits.queue.entered} ({plural(waited, 'working day')}).")  # fmt: skip
        overdue = settings.calendar.after(waits.queue.entered, settings.working_days)
        yield f"  The oldest {'has been overdue since' if overdue <= today else 'is overdue from'} {overdue}."
    for which, days in (("an", waits.proposed), ("a second", waits.approved_once)):
        if days:
            proposals = _wait(len(days), "proposal")
            yield f"- {waits.service}: {proposals} for {which} approval, the first since {min(days)}."


def _wait(number: int, what: str) -> str:
    return f"{plural(number, what)} {'waits' if number == 1 else 'wait'}"
