"""Batches in words: what was decided on together, how far it is, and what stands between it and its approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.actor import About, Actor, Verb
from domain.errors import ConfigurationError
from domain.review import Approval, Batch, BatchState, SampleCount, Stage
from inventory.engine import reading
from inventory.pages import held_numbered
from inventory.review_samples import Sampled
from inventory.reviews import batches
from operations.access import RULES, RefusedError, allowed, ask, own_services
from operations.review.approving import VERBS, Proposed, batch, batch_items, waiting
from operations.review.bulk import Draft, drafted
from operations.review.desk import Desk
from operations.review.grouping import of_service
from operations.review.seeing import look
from operations.viewing.board import named
from operations.viewing.considering import DECIDED, DRAFTED, target_in_words
from operations.viewing.lists import Listed, listed
from operations.viewing.waiting import is_possible

STATES: Mapping[BatchState, str] = {
    BatchState.DRAFT: "Draft", BatchState.PROPOSED: "Waits for approval",
    BatchState.APPROVED_ONCE: "Waits for a second approval", BatchState.APPROVED: "Approved",
    BatchState.REJECTED: "Rejected", BatchState.VOID: "Withdrawn, or nothing is left of it",
    BatchState.PLANNED: "Disposal is planned", BatchState.DONE: "Done",
}  # fmt: skip
_BY = {
    Stage.FIRST: "It waits for an approver of {service} who took no part in it.",
    Stage.SECOND: "It waits for a records manager or Information Governance, and for somebody who took no part in it.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """That somebody approved or rejected it."""

    stage: Stage
    account: str
    on_behalf_of: str
    at: datetime
    approved: bool
    why: str


@dataclass(frozen=True, slots=True)
class BatchShown:
    """A batch. Where whoever looks may not approve it, `waits_for` says who can, and `why_not` what bars them although
    their role would do. `mine`: they proposed it, and can take it back as long as it is `open`.
    """

    number: int
    service: str
    kind: str
    decided: str
    reason: str
    note: str
    target: str
    until: date | None
    proposer: str
    on_behalf_of: str
    at: datetime
    state: BatchState
    standing: str
    items: int
    bytes: int
    needs_second: bool
    why_second: tuple[str, ...]
    sample: SampleCount
    approvals: tuple[ApprovalShown, ...]
    stage: Stage | None
    stamp: str
    may_approve: bool
    waits_for: str
    why_not: str
    mine: bool
    open: bool


@dataclass(frozen=True, slots=True)
class BatchList:
    """Some batches, the newest first; `following` is the word `before` of the next page."""

    batches: tuple[BatchShown, ...]
    following: int | None


@dataclass(frozen=True, slots=True)
class ProposedShown:
    """An item of a batch, None where it is gone; `changed` and `holds` are of this moment."""

    number: int
    item: Listed | None
    size: int
    changed: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampledShown:
    """An item that has to be opened before the draft is proposed."""

    number: int
    item: Listed | None
    opened: datetime | None
    account: str
    keep: bool


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """What a group was when a batch was made of it, and what was set aside and why; the sample, which is told item by
    item of a draft alone, and what it says of all.
    """

    before_items: int
    before_bytes: int
    aside: Mapping[str, int]
    sample: tuple[SampledShown, ...]
    unopened: int
    to_keep: int
    statement: str


@dataclass(frozen=True, slots=True)
class BatchPageShown:
    """A batch with its evidence and a page of its items."""

    batch: BatchShown
    items: tuple[ProposedShown, ...]
    following: str | None
    evidence: EvidenceShown


def batch_page(actor: Actor, desk: Desk, number: int, mark: str | None, limit: int = 50) -> BatchPageShown:
    """Raises ConfigurationError where there is no such batch, or no such page of it, and RefusedError for another
    service's.
    """
    found, stamp = numbered(actor, desk, number)
    page = batch_items(actor, desk, number, mark or None, limit)
    evidence = _evidence(desk, drafted(actor, desk, number))
    return BatchPageShown(_shown(actor, found, stamp), tuple(map(_proposed, page.items)), page.following, evidence)


def batch_shown(actor: Actor, desk: Desk, number: int) -> BatchShown:
    return _shown(actor, *numbered(actor, desk, number))


def numbered(actor: Actor, desk: Desk, number: int) -> tuple[Batch, str]:
    """A batch with its stamp. A draft is shown to nobody but whoever drafted it: it is not their word yet."""
    if not is_possible(number):
        raise ConfigurationError(f"There is no batch {number}.")
    found, stamp = batch(actor, desk, number)
    if found.state is BatchState.DRAFT and actor.account != found.proposer:
        raise ConfigurationError(f"There is no batch {number}.")
    return found, stamp


def approvals_waiting(actor: Actor, desk: Desk) -> BatchList:
    """What waits for an approval of this very account, the oldest first."""
    return BatchList(tuple(_shown(actor, one, "") for one in waiting(actor, desk)), None)


def batches_shown(
    actor: Actor, desk: Desk, state: BatchState | None, before: int | None, limit: int = 50
) -> BatchList:  # fmt: skip
    """Batches of own services, in a state where one is named. Of drafts one sees one's own."""
    ask(actor, Verb.VIEW_LIST, About(own_services(actor, Verb.VIEW_LIST)))
    states = [one for one in BatchState if one is not BatchState.DRAFT] if state is None else [state]
    begins = before if before is not None and is_possible(before) else 2**63 - 1
    with reading(desk.trail.database) as connection:
        found = batches(connection, states, own_services(actor, Verb.VIEW_LIST), begins, limit + 1)
    seen = [one for one in found[:limit] if one.state is not BatchState.DRAFT or one.proposer == actor.account]
    following = found[limit - 1].number if len(found) > limit else None
    return BatchList(tuple(_shown(actor, one, "") for one in seen), following)


def _shown(actor: Actor, one: Batch, stamp: str) -> BatchShown:
    stage, about = one.stage, About(frozenset({one.service}), one.parties)
    may_approve = stage is not None and allowed(actor, VERBS[stage], about)
    waits_for = _BY[stage].format(service=named(one.service)) if stage and not may_approve else ""
    took_part = actor.account in (one.proposer, one.on_behalf_of)
    may_withdraw = took_part and allowed(actor, Verb.PROPOSE_DISPOSAL, of_service(one.service))
    return BatchShown(
        one.number, named(one.service), str(one.kind), _decided(one), one.reason.words if one.reason else "",
        one.note, target_in_words(one.kind, one.target), one.until, one.proposer, one.on_behalf_of, one.at, one.state,
        STATES[one.state], one.items, one.bytes, one.needs_second, tuple(why.words for why in one.why_second),
        one.sample, tuple(map(_approval, one.approvals)), stage, stamp, may_approve, waits_for,
        _why_not(actor, stage, about) if stage else "", may_withdraw,
        one.state.is_waiting or one.state is BatchState.DRAFT,
    )  # fmt: skip


def _decided(one: Batch) -> str:
    return (DRAFTED if one.state is BatchState.DRAFT else DECIDED)[one.kind]


def _why_not(actor: Actor, stage: Stage, about: About) -> str:
    """What bars somebody whose role would do: that they took part, or did not sign in themselves."""
    if not any(RULES[VERBS[stage]].covers(grant, about.services) for grant in actor.grants):
        return ""
    try:
        ask(actor, VERBS[stage], about)
    except RefusedError as refused:
        return refused.plain
    return ""


def _approval(one: Approval) -> ApprovalShown:
    return ApprovalShown(one.stage, one.account, one.on_behalf_of, one.at, one.approved, one.why)


def _proposed(one: Proposed) -> ProposedShown:
    changed = tuple(what.words for what in one.changed)
    held = listed(one.held) if one.held else None
    return ProposedShown(one.verdict.item, held, one.verdict.size, changed, one.holds)


def _evidence(desk: Desk, found: Draft) -> EvidenceShown:
    sample = found.sample if found.batch.state is BatchState.DRAFT else ()
    aside = {why.words: count for why, count in found.aside.items() if count}
    return EvidenceShown(
        found.before.items, found.before.bytes, aside, _sampled(desk, sample), found.unopened, found.to_keep,
        found.statement,
    )  # fmt: skip


def _sampled(desk: Desk, sample: Sequence[Sampled]) -> tuple[SampledShown, ...]:
    there = sorted(look(desk, [one.item for one in sample]).facts)
    with reading(desk.trail.database) as connection:
        held = {one.number: listed(one) for one in held_numbered(connection, there)}
    return tuple(SampledShown(one.item, held.get(one.item), one.opened, one.account, one.keep) for one in sample)
