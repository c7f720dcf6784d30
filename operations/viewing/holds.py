"""Legal holds as people see them: what each freezes, since when, and which wait for a review that is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.actor import Actor, Verb
from domain.hold import Hold, HoldScope, HoldStatus
from domain.rule import Schedule
from domain.summary import Tally
from inventory.engine import reading
from inventory.estate import by_family
from inventory.holds import holds
from operations.access import own_services
from operations.config import Settings
from operations.people.audit import Trail
from operations.schedule.holds import Frozen, preview

MOST_COUNTED = 250_000
"""Files that are gone through while somebody waits for a page."""

KINDS = {"litigation": "Litigation", "inquiry": "Inquiry", "audit": "Audit", "archive-interest": "Archive interest"}
REQUESTS = {"foi": "Freedom of information request", "sar": "Subject access request", "erasure": "Erasure request"}
CONDITIONS = {
    "classes": "Record classes", "paths": "Paths", "services": "Services", "sources": "Sources", "terms": "Terms",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldShown:
    """A hold on a day. `where`: "inventory", or "schedule" for one that is written there. `people` counts the seals."""

    id: str
    kind: str
    state: str
    active: bool
    late: bool
    reason: str
    authorised_by: str
    placed: date | None
    review_by: date | None
    answered: date | None
    ends_on: date | None
    is_request: bool
    conditions: tuple[Condition, ...]
    begins: date | None
    ends: date | None
    people: int
    where: str


@dataclass(frozen=True, slots=True)
class HoldList:
    """`over` are those that are over and not listed; `narrowed`: only those that name one's own services alone."""

    holds: tuple[HoldShown, ...]
    late: int
    over: int
    narrowed: bool


@dataclass(frozen=True, slots=True)
class FrozenIn:
    """What a hold means in a service: surely, and what cannot be told and is frozen too."""

    service: str
    meant: Tally
    cannot_be_told: Tally


@dataclass(frozen=True, slots=True)
class FrozenShown:
    """`counted` is False where so much is held that it is not counted while somebody waits."""

    counted: bool
    services: tuple[FrozenIn, ...] = ()
    total: Tally = Tally()  # noqa: RUF009  a frozen value
    missing: tuple[tuple[str, Tally], ...] = ()
    due: Tally = Tally()  # noqa: RUF009  a frozen value


def holds_shown(
    actor: Actor, trail: Trail, schedule: Schedule | None, today: date, *, everything: bool = False
) -> HoldList:  # fmt: skip
    """The holds of inventory and schedule, those first whose review is late."""
    own = own_services(actor, Verb.VIEW_FIGURES)
    found = [one for one in _every(trail, schedule, today) if own is None or _names_only(one, own)]
    shown = sorted((one for one in found if everything or one.active), key=lambda one: (not one.late, one.id))
    return HoldList(tuple(shown), sum(one.late for one in found), len(found) - len(shown), own is not None)


def hold_shown(actor: Actor, trail: Trail, schedule: Schedule | None, name: str, today: date) -> HoldShown | None:
    """One hold, by its id in whatever case; None where there is none that the actor may see."""
    every = holds_shown(actor, trail, schedule, today, everything=True).holds
    return next((one for one in every if one.id.casefold() == name.casefold()), None)


def frozen_shown(
    actor: Actor, trail: Trail, hold: Hold, settings: Settings, schedule: Schedule | None, today: date
) -> FrozenShown:  # fmt: skip
    """What a hold would freeze, unless so much is held that nobody would wait for it."""
    if sum(one.files.items for one in by_family(trail.database)) > MOST_COUNTED:
        return FrozenShown(counted=False)
    return _frozen(preview(actor, trail.database, hold, settings, schedule, today))


def _frozen(found: Frozen) -> FrozenShown:
    services = tuple(
        FrozenIn(name, found.certain.get(name, Tally()), found.unsure.get(name, Tally())) for name in found.services
    )
    total = sum((one.meant + one.cannot_be_told for one in services), Tally())
    return FrozenShown(True, services, total, tuple(sorted(found.missing.items())), found.due)


def _every(trail: Trail, schedule: Schedule | None, today: date) -> list[HoldShown]:
    with reading(trail.database) as connection:
        kept = [_shown(hold, "inventory", today) for hold in holds(connection)]
    return kept + [_shown(hold, "schedule", today) for hold in (schedule.holds if schedule else ())]


def _names_only(one: HoldShown, own: frozenset[str]) -> bool:
    """What names no service, or another's, may tell of others in its reason and its paths."""
    named = {word for each in one.conditions if each.name == "services" for word in each.words}
    return bool(named) and {word.casefold() for word in named} <= {word.casefold() for word in own}


def _shown(hold: Hold, where: str, today: date) -> HoldShown:
    active = hold.is_active(today)
    state = "Active" if active else "Ended" if hold.status is HoldStatus.ACTIVE else str(hold.status).capitalize()
    return HoldShown(
        hold.id, REQUESTS[hold.request] if hold.request else KINDS.get(hold.kind, "Request"), state, active,
        hold.nags(today), hold.reason, hold.authorised_by, hold.placed, hold.review_by, hold.answered, hold.ends_on,
        hold.request is not None, _conditions(hold.scope), hold.scope.begins, hold.scope.ends, len(hold.scope.people),
        where,
    )  # fmt: skip


def _conditions(scope: HoldScope) -> tuple[Condition, ...]:
    return tuple(Condition(name, words) for name in CONDITIONS if (words := getattr(scope, name)))
