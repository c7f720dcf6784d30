"""Deciding on what waits: one item or several, as they were when they were looked at, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.actor import About, Actor, Authority, Verb
from domain.errors import ConfigurationError, MunimentError
from domain.review import Batch, BatchState, Changed, VerdictKind, changed_since
from domain.rule import Action
from inventory.audit import Transaction
from inventory.engine import reading
from inventory.reviews import alone, batch_numbered
from operations.access import ask, own_services
from operations.review.desk import Desk
from operations.review.giving import give, new_batch
from operations.review.referring import came_from, receiver
from operations.review.ruling import Refusal, Ruling, StaleError, check_ruling
from operations.review.seeing import HoldsChangedError, Looked, apart, look, look_again
from operations.schedule.classify import goes_sooner

_TRIES = 5
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on: the batch, its items, and those that were left out, with what changed."""

    batch: Batch
    items: tuple[int, ...]
    refused: tuple[Refusal, ...]


def decide(actor: Actor, desk: Desk, stamps: Mapping[int, str], ruling: Ruling, *, rest: bool = False) -> Decided:
    """Decide the same on items of one queue, each with the stamp of what was seen of it.

    Where something changed, or holds forbid it, nothing is decided; with `rest` the others are. What disposes,
    archives or transfers is only proposed by that. Raises StaleError with what changed, ConfigurationError for what
    cannot be asked for, and RefusedError.
    """
    check_ruling(desk, ruling)
    most = max(1, desk.settings.without_sample) if ruling.kind.is_proposal else desk.settings.most_items
    if not 0 < len(stamps) <= most:
        raise ConfigurationError(_TOO_MANY.format(most) if stamps else "Choose at least one item.")
    return until_holds_stay(lambda: _decide(actor, desk, stamps, ruling, rest=rest))


_TOO_MANY = "At most {0:,} at once. Of more that are to go, draft a batch of the group: it is decided on by a sample."


def until_holds_stay(act: Callable[[], Answer]) -> Answer:
    """Look and act, again where somebody placed or released a hold in between."""
    for _ in range(_TRIES):
        try:
            return act()
        except HoldsChangedError:
            continue
    raise MunimentError("Holds are being changed just now. Try again in a minute.")


def _decide(actor: Actor, desk: Desk, stamps: Mapping[int, str], ruling: Ruling, *, rest: bool) -> Decided:
    items = tuple(stamps)
    looked = look(desk, items, risks=ruling.kind.is_proposal)
    service = _service(looked, items, own_services(actor, Verb.VIEW_LIST))
    authority = authority_for(actor, desk, ruling, service, [one for one in items if looked.service(one) == service])
    with desk.trail.changing(authority) as change:
        alone(change.transaction)
        now = look_again(change.transaction, desk, items, looked)
        refused = tuple(refusals(change.transaction, now, stamps, ruling, service))
        left_out = {one.item for one in refused}
        taken = [item for item in items if item not in left_out]
        if refused and not (rest and taken):
            raise StaleError(refused)
        batch = new_batch(change, desk, service, ruling, now, taken, state_of(ruling))
        number = give(change, desk, now, taken, batch, ruling)
    with reading(desk.trail.database) as connection:
        written = batch_numbered(connection, number)
    assert written is not None
    return Decided(written, tuple(taken), refused)


def authority_for(actor: Actor, desk: Desk, ruling: Ruling, service: str, items: Sequence[int]) -> Authority:
    """Under which the actor decides so on items of a service. Raises RefusedError."""
    about = About(frozenset({service} if service else ()))
    authority = ask(actor, _VERBS.get(ruling.kind, Verb.DECIDE), about)
    if ruling.kind is VerdictKind.RECLASSIFY and desk.schedule is not None:
        database, schedule = desk.trail.database, desk.schedule
        if goes_sooner(database, items, ruling.target, schedule, desk.events, desk.today):
            authority = ask(actor, Verb.MAP_CLASSES, about)
    return authority


_VERBS = {kind: Verb.PROPOSE_DISPOSAL for kind in VerdictKind if kind.is_proposal} | {
    VerdictKind.RECLASSIFY: Verb.CLASSIFY
}


def refusals(
    transaction: Transaction, looked: Looked, stamps: Mapping[int, str], ruling: Ruling, service: str
) -> Iterator[Refusal]:
    """The items that cannot be decided on so, each with what changed since its stamp was made, or what forbids it."""
    sent_to = receiver(transaction, ruling.target, service) if ruling.kind is VerdictKind.REFER else None
    for item, told in stamps.items():
        if changed := _changed(looked, item, told, service):
            yield Refusal(item, changed, f"{'; '.join(what.words for what in changed)}.".capitalize())
        elif why := barred(looked, item, ruling.kind):
            yield Refusal(item, (), why)
        elif ruling.kind.is_proposal and len(stamps) > 1 and (odd := apart(looked, item)):
            yield Refusal(item, (), f"{odd.words.capitalize()}, and is decided on by itself.")
        elif sent_to and not ruling.again and came_from(transaction, item, *sent_to):
            yield Refusal(item, (), "It came from there. Say so again if it is to go back all the same.")


def barred(looked: Looked, item: int, kind: VerdictKind) -> str:
    """Why this cannot be decided on an item that is as it was seen; "" where it can."""
    holds, place = looked.holds.get(item), looked.places.get(item)
    if looked.facts[item].batch_state is BatchState.PLANNED:
        return "Its disposal is planned already: stop that first."
    if holds and kind.is_proposal:
        return f"It is on hold ({', '.join(holds)}): it can be kept, and nothing else until that is released."
    if place is None and (kind.is_proposal or kind is VerdictKind.REFER or not looked.facts[item].verdict):
        return "It waits for no verdict: neither the schedule nor anybody put it forward."
    if kind is VerdictKind.DISPOSE and place and place.action not in _MAY_END:
        return f"The schedule says '{place.action}', so it is not disposed of. Is it of another class?"
    return ""


_MAY_END = (Action.DISPOSE, Action.REVIEW)
"""What the schedule may say of an item that a person wants to dispose of."""


def _changed(looked: Looked, item: int, told: str, service: str) -> tuple[Changed, ...]:
    if looked.service(item) != service:
        return (Changed.GONE,)
    return changed_since(told, looked.seen(item))


def _service(looked: Looked, items: Sequence[int], own: frozenset[str] | None) -> str:
    """The one of one's own services whose these items are; "" where there are none: another's are not told of."""
    services = {service for item in items if (service := looked.service(item)) is not None}
    services &= services if own is None else own
    if len(services) > 1:
        raise ConfigurationError("These wait in several queues. Decide on those of one service at a time.")
    return next(iter(services), "")


def state_of(ruling: Ruling) -> BatchState:
    """Of a batch that was just decided on."""
    return BatchState.PROPOSED if ruling.kind.is_proposal else BatchState.DONE
