"""One item as whoever decides on it sees it: what it is, why it waits, what forbids what, what was decided before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.actor import Actor, Verb
from domain.errors import ConfigurationError
from domain.hold import Hold
from domain.review import Batch, Verdict, VerdictKind, VerdictState
from inventory.engine import reading
from inventory.told import told_of
from operations.review.desk import Desk
from operations.review.evidence import Evidence, evidence
from operations.review.referring import receivers
from operations.review.ruling import ACCOUNT, SERVICE
from operations.viewing.board import named
from operations.viewing.item import ItemShown, in_words
from operations.viewing.sight import sight_of
from operations.viewing.waiting import is_possible, why
from retention.explain import Explanation

KINDS: Mapping[VerdictKind, str] = {
    VerdictKind.KEEP: "Keep it, and look again on a day",
    VerdictKind.EXTEND: "Extend the time that it is kept for",
    VerdictKind.RECLASSIFY: "Give it another record class",
    VerdictKind.ARCHIVE: "Propose it for the archive",
    VerdictKind.TRANSFER: "Propose to hand it over",
    VerdictKind.DISPOSE: "Propose to dispose of it",
    VerdictKind.REFER: "Not mine: send it to somebody else",
}
"""What can be decided, as it is offered."""

DECIDED: Mapping[VerdictKind, str] = {
    VerdictKind.KEEP: "Kept", VerdictKind.EXTEND: "Time extended", VerdictKind.RECLASSIFY: "Given another class",
    VerdictKind.ARCHIVE: "Proposed for the archive", VerdictKind.TRANSFER: "Proposed to be handed over",
    VerdictKind.DISPOSE: "Proposed for disposal", VerdictKind.REFER: "Sent to somebody else",
}  # fmt: skip
"""What was decided, as it is told later."""

DRAFTED: Mapping[VerdictKind, str] = {
    VerdictKind.KEEP: "Keep", VerdictKind.EXTEND: "Extend the time of", VerdictKind.RECLASSIFY: "Give another class to",
    VerdictKind.ARCHIVE: "Propose for the archive", VerdictKind.TRANSFER: "Propose to hand over",
    VerdictKind.DISPOSE: "Propose for disposal", VerdictKind.REFER: "Send to somebody else",
}  # fmt: skip
"""What would be decided by a draft."""

_STATES: Mapping[VerdictState, str] = {
    VerdictState.CURRENT: "stands", VerdictState.SUPERSEDED: "another took its place",
    VerdictState.VOID: "does not count any more", VerdictState.DRAFT: "a draft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule that was about the item, and whether it decided."""

    id: str
    title: str
    outcome: str
    why: str
    authority: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What the schedule says of the item at this moment."""

    sentence: str
    record_class: str
    rules: tuple[RuleShown, ...]
    would_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldShown:
    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """What was decided on the item before, in which batch, and whether it stands."""

    decided: str
    reason: str
    note: str
    target: str
    until: date | None
    by: str
    at: datetime
    state: str
    batch: int


@dataclass(frozen=True, slots=True)
class ConsideredItem:
    """An item with all that one sees before deciding. `waits`: it is in a queue; `holds` were looked for now; `barred`
    says of each kind of verdict that cannot be given why not; `alike_here` and `alike_anywhere` how others of the same
    rule were decided on, in its folder and in all. `stamp` is what the form carries.
    """

    item: ItemShown
    service: str
    waits: bool
    why: str
    due: date | None
    odd: tuple[str, ...]
    assignee: str
    holds: tuple[HoldShown, ...]
    explained: Explained | None
    barred: Mapping[VerdictKind, str]
    alike_here: Mapping[str, int]
    alike_anywhere: Mapping[str, int]
    past: tuple[PastVerdict, ...]
    stamp: str


def considered_item(actor: Actor, desk: Desk, number: int) -> ConsideredItem:
    """Raises ConfigurationError where there is no such file, or it is gone, and RefusedError for another service's."""
    if not is_possible(number):
        raise ConfigurationError(f"There is no file {number}.")
    seen, told = evidence(actor, desk, number), told_of(desk.trail.database, number)
    if told is None:
        raise ConfigurationError(f"There is no file {number} any more.")
    # Who decides on it sees it, though its folder is another service's that sent it here.
    sight = sight_of(actor, Verb.VIEW_LIST)
    place = seen.place
    return ConsideredItem(
        in_words(told, sight, desk.trail.database), named(seen.service), place is not None,
        why(told.held, place.rule if place else ""), place.due if place else None,
        tuple(one.words for one in seen.odd), place.assignee if place else "",
        tuple(map(_hold, seen.holds)), _explained(seen.explanation), seen.barred,
        _counted(seen.alike.here), _counted(seen.alike.anywhere), tuple(_past(seen)), seen.stamp,
    )  # fmt: skip


def targets(actor: Actor, desk: Desk, service: str) -> Mapping[VerdictKind, Mapping[str, str]]:
    """What an item of this service can be given or sent to, by the kind of verdict, each with its words."""
    with reading(desk.trail.database) as connection:
        to = receivers(connection, service, actor.account)
    classes = desk.schedule.classes if desk.schedule else ()
    return {VerdictKind.RECLASSIFY: {one.id: f"{one.id} {one.title}" for one in classes}, VerdictKind.REFER: to}


def target_in_words(kind: VerdictKind, target: str) -> str:
    """To whom it goes, or of what class it is."""
    if kind is not VerdictKind.REFER:
        return target
    if target.startswith(SERVICE):
        return f"the service {named(target.removeprefix(SERVICE))}"
    return target.removeprefix(ACCOUNT)


def _hold(hold: Hold) -> HoldShown:
    return HoldShown(hold.id, hold.kind.replace("-", " "))


def _counted(by_kind: Mapping[VerdictKind, int]) -> dict[str, int]:
    return {DECIDED[kind]: by_kind[kind] for kind in VerdictKind if by_kind.get(kind)}


def _explained(told: Explanation | None) -> Explained | None:
    if told is None:
        return None
    details = told.details
    rules = tuple(_rules(details["rules"]))
    return Explained(told.sentence, _class(details["class"]), rules, tuple(details["would_change"]))


def _class(told: Mapping[str, str | None]) -> str:
    return f"{told['id']}: {told['why']}" if told["id"] else str(told["why"])


def _rules(told: Iterable[Mapping[str, str | None]]) -> Iterator[RuleShown]:
    for one in told:
        yield RuleShown(*(str(one.get(name) or "") for name in ("id", "title", "outcome", "why", "authority")))


def _past(seen: Evidence) -> Iterator[PastVerdict]:
    for verdict, batch in seen.past:
        yield past_verdict(verdict, batch)


def past_verdict(verdict: Verdict, batch: Batch) -> PastVerdict:
    """A verdict that was given, in words."""
    return PastVerdict(
        DECIDED[verdict.kind], batch.reason.words if batch.reason else "", batch.note,
        target_in_words(verdict.kind, verdict.target), verdict.until, batch.proposer, batch.at,
        _STATES[verdict.state], batch.number,
    )  # fmt: skip
