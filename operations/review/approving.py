"""Approving what others proposed: by a second person, and where much or much that is sensitive goes by a third."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from domain.actor import About, Actor, Authority, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.review import Approval, Batch, BatchState, Changed, Stage, Verdict, VerdictState, WhySecond, changed_since
from inventory import review_queue, reviews
from inventory.audit import Transaction
from inventory.engine import reading
from inventory.held import Held
from inventory.pages import held_numbered
from inventory.review_groups import NO_MARK
from operations.access import RefusedError, allowed, ask, own_services
from operations.people.audit import Change
from operations.review.deciding import until_holds_stay
from operations.review.desk import Desk
from operations.review.giving import note_batch, why_second
from operations.review.grouping import of_service
from operations.review.ruling import Refusal, check_words
from operations.review.seeing import Looked, look, look_again
from reports.wording import plural

VERBS = {Stage.FIRST: Verb.APPROVE_DISPOSAL, Stage.SECOND: Verb.SECOND_APPROVE_DISPOSAL}


@dataclass(frozen=True, slots=True)
class Proposed:
    """An item of a batch: `held` is None of one that is gone, `changed` what is otherwise than when it was proposed."""

    verdict: Verdict
    held: Held | None
    changed: tuple[Changed, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchPage:
    items: tuple[Proposed, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class Approved:
    """The batch as it is then, and the items that were voided, since they are not what was proposed any more."""

    batch: Batch
    voided: tuple[Refusal, ...]


def waiting(actor: Actor, desk: Desk) -> tuple[Batch, ...]:
    """The batches that wait for an approval which this actor may give; the oldest first."""
    states = [BatchState.PROPOSED, BatchState.APPROVED_ONCE]
    with reading(desk.trail.database) as connection:
        found = reviews.batches(connection, states, own_services(actor, Verb.VIEW_LIST))
    return tuple(one for one in found if one.stage and allowed(actor, VERBS[one.stage], _about(one)))


def batch(actor: Actor, desk: Desk, number: int) -> tuple[Batch, str]:
    """A batch, and the stamp that the form of its approval carries. To those who see some services alone one that is
    not there is like another's.
    """
    with reading(desk.trail.database) as connection:
        found = reviews.batch_numbered(connection, number)
    ask(actor, Verb.VIEW_LIST, of_service(found.service if found else ""))
    if found is None:
        raise ConfigurationError(f"There is no batch {number}.")
    return found, stamp_of(found)


def batch_items(actor: Actor, desk: Desk, number: int, mark: str | None = None, limit: int = 50) -> BatchPage:
    """A page of a batch's items that are still in it, with what changed since they were proposed."""
    found, _ = batch(actor, desk, number)
    state = VerdictState.DRAFT if found.state is BatchState.DRAFT else VerdictState.CURRENT
    with reading(desk.trail.database) as connection:
        every = reviews.items_of(connection, number, state, after=_read(mark))
        page = tuple(islice(every, limit + 1))
        there = look(desk, [one.item for one in page[:limit]])
        held = {one.number: one for one in held_numbered(connection, sorted(there.facts))}
    shown = tuple(_proposed(there, one, held.get(one.item)) for one in page[:limit])
    return BatchPage(shown, str(page[limit - 1].item) if len(page) > limit else None)


def approve(actor: Actor, desk: Desk, number: int, told: str, why: str = "") -> Approved:
    """Approve a batch at the stage that it waits for, as it was seen (`told` is its stamp).

    Items that are not what was proposed are voided and wait again: they are named. Raises RefusedError, for who took
    part before and for a batch that was changed too.
    """
    check_words("why", why)
    return until_holds_stay(lambda: _approve(actor, desk, number, told, why))


def reject(actor: Actor, desk: Desk, number: int, told: str, why: str) -> Batch:
    """Reject a batch that waits; its items wait for a verdict again. Raises ConfigurationError without a reason."""
    if not why.strip():
        raise ConfigurationError("why: say in a few words why it is rejected; who proposed it reads that.")
    check_words("why", why)
    found, authority = _asked(actor, desk, number, told)
    with desk.trail.changing(authority) as change:
        stage = _still(change, found)
        reviews.add_approval(change.transaction, number, _approval(authority, stage, why, approved=False))
        _void_all(change, desk, found, BatchState.REJECTED)
        note_batch(change, Act.BATCH_REJECTED, number, found, stage=str(stage))
    return batch(actor, desk, number)[0]


def withdraw(actor: Actor, desk: Desk, number: int) -> Batch:
    """Take back one's own proposal, or draft, that is not approved to the end; its items wait for a verdict again."""
    found, _ = batch(actor, desk, number)
    authority = ask(actor, Verb.PROPOSE_DISPOSAL, of_service(found.service))
    if actor.account not in (found.proposer, found.on_behalf_of):
        raise RefusedError(f"Batch {number} was proposed by somebody else, who can withdraw it. You can reject it.")
    with desk.trail.changing(authority) as change:
        reviews.alone(change.transaction)
        now = reviews.batch_numbered(change.transaction, number) or found
        if not (now.state.is_waiting or now.state is BatchState.DRAFT):
            raise RefusedError(f"Batch {number} is {now.state}, and can be withdrawn no more.")
        _void_all(change, desk, now, BatchState.VOID)
        note_batch(change, Act.BATCH_WITHDRAWN, number, now)
    return batch(actor, desk, number)[0]


def stamp_of(found: Batch) -> str:
    """Another where the batch is in another state, or of other items or approvals."""
    seen = repr((found.number, found.state, found.items, found.bytes, len(found.approvals)))
    return hashlib.blake2b(seen.encode(), digest_size=8).hexdigest()


def _approve(actor: Actor, desk: Desk, number: int, told: str, why: str) -> Approved:
    found, authority = _asked(actor, desk, number, told)
    with reading(desk.trail.database) as connection:
        verdicts = tuple(reviews.items_of(connection, number))
    items = [one.item for one in verdicts]
    looked = look(desk, items, risks=True)
    with desk.trail.changing(authority) as change:
        stage = _still(change, found)
        now = look_again(change.transaction, desk, items, looked)
        voided = tuple(_voided(now, verdicts))
        _void(change, desk, verdicts, voided)
        left = sorted(set(items) - {one.item for one in voided})
        reviews.add_approval(change.transaction, number, _approval(authority, stage, why, approved=True))
        reviews.change_batch(change.transaction, _approved(change.transaction, desk, found, stage, now, left))
        note_batch(change, Act.BATCH_APPROVED, number, found, stage=str(stage), items=len(left), voided=len(voided))
    return Approved(batch(actor, desk, number)[0], voided)


def needing(found: Batch, whys: Iterable[WhySecond]) -> Batch:
    """The batch with what else asks for a second person."""
    every = {*found.why_second, *whys}
    return replace(found, needs_second=bool(every), why_second=tuple(why for why in WhySecond if why in every))


def _approved(
    transaction: Transaction, desk: Desk, found: Batch, stage: Stage, looked: Looked, left: Sequence[int]
) -> Batch:
    """The batch with what its approval makes of it: what was found in its items since may ask for a second one."""
    if not left:
        return replace(found, state=BatchState.VOID)
    found = needing(found, why_second(transaction, desk, found, looked, left))
    waits = stage is Stage.FIRST and found.needs_second
    return replace(found, state=BatchState.APPROVED_ONCE if waits else BatchState.APPROVED)


def _asked(actor: Actor, desk: Desk, number: int, told: str) -> tuple[Batch, Authority]:
    """The batch that waits as it was seen, and the authority for the stage it waits for."""
    found, stamp = batch(actor, desk, number)
    if found.stage is None:
        raise RefusedError(f"Batch {number} is {found.state}, and waits for no approval.")
    authority = ask(actor, VERBS[found.stage], _about(found))
    if told != stamp:
        raise RefusedError(
            f"Batch {number} is not as it was when you looked: {found.state}, {plural(found.items, 'item')} now. "
            "Look at it again."
        )
    return found, authority


def _still(change: Change, found: Batch) -> Stage:
    """Nobody was faster: in this transaction, which has it to itself, the batch is the one that was asked for."""
    reviews.alone(change.transaction)
    now = reviews.batch_numbered(change.transaction, found.number)
    if now is None or now.stage is None or stamp_of(now) != stamp_of(found):
        raise RefusedError(f"Somebody has just decided on batch {found.number}. Look at it again.")
    return now.stage


def _voided(looked: Looked, verdicts: Sequence[Verdict]) -> Iterator[Refusal]:
    for one in verdicts:
        holds = looked.holds.get(one.item)
        if changed := _changed(looked, one):
            words = "; ".join(what.words for what in changed)
            yield Refusal(one.item, changed, f"{words}.".capitalize())
        elif holds:
            yield Refusal(one.item, (Changed.HOLD,), f"It is on hold ({', '.join(holds)}).")


def _changed(looked: Looked, verdict: Verdict) -> tuple[Changed, ...]:
    """What of an item is otherwise than when the verdict was given. That there is one now is no change, nor is it that
    of a draft, which is nobody's yet: what became of a draft's item meanwhile shows in its stamp.
    """
    seen = looked.seen(verdict.item)
    changed = changed_since(verdict.stamp, seen)
    if seen is None or verdict.state is not VerdictState.CURRENT:
        return changed
    if seen.verdict != verdict.number:
        return (Changed.VERDICT,)
    return tuple(what for what in changed if what is not Changed.VERDICT)


def _void(change: Change, desk: Desk, verdicts: Sequence[Verdict], voided: Sequence[Refusal]) -> None:
    items = {one.item for one in voided}
    ended = [one.number for one in verdicts if one.item in items]
    reviews.set_verdict_state(change.transaction, ended, VerdictState.VOID)
    back = sorted(items)
    review_queue.refill(change.transaction, desk.today, rot=desk.settings.rot, only=back)


def _void_all(change: Change, desk: Desk, found: Batch, state: BatchState) -> None:
    verdicts = tuple(reviews.items_of(change.transaction, found.number, None))
    open_ones = [one for one in verdicts if one.state in (VerdictState.CURRENT, VerdictState.DRAFT)]
    reviews.set_verdict_state(change.transaction, [one.number for one in open_ones], VerdictState.VOID)
    reviews.set_batch_state(change.transaction, found.number, state)
    back = [one.item for one in open_ones if one.state is VerdictState.CURRENT]
    review_queue.refill(change.transaction, desk.today, rot=desk.settings.rot, only=back)


def _approval(authority: Authority, stage: Stage, why: str, *, approved: bool) -> Approval:
    actor, grant = authority.actor, authority.grant
    return Approval(stage, actor.account, grant.on_behalf_of, datetime.now(UTC), approved, why.strip())


def _proposed(looked: Looked, verdict: Verdict, held: Held | None) -> Proposed:
    return Proposed(verdict, held, _changed(looked, verdict), looked.holds.get(verdict.item, ()))


def _about(found: Batch) -> About:
    return About(frozenset({found.service}), found.parties)


def _read(mark: str | None) -> int:
    if mark is not None and not (mark.isdecimal() and int(mark) < 2**63):
        raise ConfigurationError(NO_MARK)
    return -1 if mark is None else int(mark)
