"""The kill switch: a row that every run looks for before each file."""

from __future__ import annotations

from datetime import datetime

from domain.actor import About, Actor, Verb
from domain.audit import Act
from domain.disposal import Stop
from domain.errors import ConfigurationError, MunimentError
from inventory import disposals as kept
from inventory.assets import service_names
from inventory.audit import Transaction
from inventory.engine import Database, reading
from operations.access import ask
from operations.people.audit import Trail


class StoppedError(MunimentError):
    """Somebody stopped disposal: nothing more is begun."""


def stop(actor: Actor, trail: Trail, service: str | None, why: str, now: datetime) -> None:
    """Stop all disposal, or that of a service, at the next file of every run."""
    authority = ask(actor, Verb.STOP_DISPOSAL, _about(service or ""))
    with trail.changing(authority) as change:
        if service is not None and service not in (known := service_names(change.transaction)):
            raise ConfigurationError(
                f"There is no service {service!r}, so nothing was stopped. Name one of these ({', '.join(known)}), or "
                "none to stop everything."
            )
        kept.add_stop(change.transaction, service or "", actor.account, now, why)
        change.note(Act.DISPOSAL_STOPPED, _subject(service or ""))


def resume(actor: Actor, trail: Trail, number: int, now: datetime) -> None:
    """Let what was stopped go on, when it is run again. For those who may run it."""
    ask(actor, Verb.RUN_DISPOSAL, About(frozenset()))
    with reading(trail.database) as connection:
        service = _stop(connection, number).service
    authority = ask(actor, Verb.RUN_DISPOSAL, _about(service))
    with trail.changing(authority) as change:
        found = _stop(change.transaction, number)
        kept.lift_stop(change.transaction, number, actor.account, now)
        change.note(Act.DISPOSAL_RESUMED, _subject(found.service), stopped_by=found.account)


def stops(actor: Actor, database: Database) -> tuple[Stop, ...]:
    """Those in force."""
    ask(actor, Verb.VIEW_FIGURES, About(frozenset()))
    with reading(database) as connection:
        return kept.stops(connection)


def refuse_stopped(transaction: Transaction, service: str) -> None:
    """Raises StoppedError while disposal is stopped there, or everywhere."""
    if found := next((one for one in kept.stops(transaction) if one.service in ("", service)), None):
        where = f"of {found.service}" if found.service else "of every service"
        raise StoppedError(
            f"Disposal {where} was stopped by {found.account!r} on {found.at:%Y-%m-%d at %H:%M} UTC. Nothing more is "
            f"begun until somebody who may run it says: muniment dispose stop --lift {found.number}"
        )


def _stop(connection: Transaction, number: int) -> Stop:
    found = next((one for one in kept.stops(connection) if one.number == number), None)
    if found is None:
        raise ConfigurationError(f"There is no stop {number} in force. See: muniment dispose list")
    return found


def _about(service: str) -> About:
    return About(frozenset({service}) if service else None)


def _subject(service: str) -> str:
    return f"service:{service}" if service else "inventory"
