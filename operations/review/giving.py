"""Writing verdicts down: the batch they are given in, what they take the place of, and what they do to the queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.audit import Act
from domain.review import Batch, BatchState, Odd, SampleCount, Verdict, VerdictKind, VerdictState, WhySecond
from domain.rule import Risk
from domain.summary import Tally
from inventory import classes, review_lately, reviews
from inventory.audit import Transaction
from inventory.review_queue import send_to, take_out
from operations.people.audit import Change
from operations.review.desk import Desk
from operations.review.losing import note_lost
from operations.review.referring import receiver
from operations.review.ruling import Ruling
from operations.review.seeing import Looked


def new_batch(
    change: Change, desk: Desk, service: str, ruling: Ruling, looked: Looked, items: Sequence[int], state: BatchState
) -> Batch:
    """A batch of these items that is not written yet, and so has no number."""
    actor, grant = change.authority.actor, change.authority.grant
    batch = Batch(
        0, service, ruling.kind, ruling.reason, ruling.note.strip(), actor.account, grant.on_behalf_of,
        datetime.now(UTC), state, len(items), looked.bytes(items), False, (), SampleCount(), (),
        ruling.target.strip(), ruling.until,
    )  # fmt: skip
    why = why_second(change.transaction, desk, batch, looked, items) if ruling.kind.is_proposal else ()
    return replace(batch, needs_second=bool(why), why_second=why)


def why_second(
    transaction: Transaction, desk: Desk, batch: Batch, looked: Looked, items: Sequence[int]
) -> tuple[WhySecond, ...]:
    """Why a second person has to approve that these go, with their risks looked at; empty where one is enough."""
    odd = {odd for item in items for odd in looked.facts[item].odd}
    size, most = Tally(len(items), looked.bytes(items)), desk.settings
    lately = _approved_alone(transaction, desk, batch, {looked.facts[item].rule or "" for item in items})
    asked = (
        (WhySecond.ITEMS, size.items >= most.second_items),
        (WhySecond.BYTES, size.bytes >= most.second_bytes),
        (
            WhySecond.LATELY,
            bool(lately.items)
            and (size.items + lately.items >= most.second_items or size.bytes + lately.bytes >= most.second_bytes),
        ),
        (WhySecond.RISK, any(looked.risks[item] is Risk.HIGH for item in items)),
        (WhySecond.SPECIAL, Odd.SPECIAL in odd),
        (WhySecond.CHILDREN, Odd.CHILDREN in odd),
        (WhySecond.CRIMINAL, Odd.CRIMINAL in odd),
    )
    return tuple(why for why, applies in asked if applies)


def _approved_alone(transaction: Transaction, desk: Desk, batch: Batch, rules: set[str]) -> Tally:
    """What counts with a batch: what was approved before it was itself, or until now."""
    until = batch.approvals[0].at if batch.approvals else datetime.now(UTC)
    since = until - timedelta(days=desk.settings.second_days)
    return review_lately.approved_alone(transaction, batch, rules - {""}, since, until)


def give(change: Change, desk: Desk, looked: Looked, items: Sequence[int], batch: Batch, ruling: Ruling) -> int:
    """Decide on items in this transaction: their verdicts take the place of those that stood; the batch's number."""
    transaction = change.transaction
    number = reviews.add_batch(transaction, batch)
    _end_those_that_stood(change, looked, items)
    reviews.add_verdicts(transaction, verdict_rows(number, looked, items, ruling, VerdictState.CURRENT))
    take_effect(change, desk, items, batch.service, ruling)
    _note_given(change, number, batch, ruling, items)
    return number


def give_drafted(
    change: Change, desk: Desk, looked: Looked, verdicts: Sequence[Verdict], number: int, batch: Batch, ruling: Ruling
) -> None:
    """The same with the verdicts of a draft, which was written before and now is somebody's word."""
    items = [one.item for one in verdicts]
    _end_those_that_stood(change, looked, items)
    reviews.set_verdict_state(change.transaction, [one.number for one in verdicts], VerdictState.CURRENT)
    reviews.change_batch(change.transaction, replace(batch, number=number))
    take_effect(change, desk, items, batch.service, ruling)
    _note_given(change, number, batch, ruling, items)


def verdict_rows(
    batch: int, looked: Looked, items: Iterable[int], ruling: Ruling, state: VerdictState
) -> Iterator[dict[str, Any]]:
    for item in items:
        facts = looked.facts[item]
        yield {
            "batch_id": batch, "item_id": item, "dir_id": facts.folder, "kind": str(ruling.kind),
            "until": ruling.until, "target": ruling.target.strip(), "version": facts.version,
            "digest": facts.digest, "rule": facts.rule, "schedule": facts.schedule, "size": facts.size,
            "stamp": looked.stamp(item), "state": str(state),
        }  # fmt: skip


def take_effect(change: Change, desk: Desk, items: Sequence[int], service: str, ruling: Ruling) -> None:
    """Have what was decided on wait no more, or elsewhere; of what class it is, is written down."""
    if ruling.kind is VerdictKind.REFER:
        send_to(change.transaction, items, *receiver(change.transaction, ruling.target, service))
        return
    if ruling.kind is VerdictKind.RECLASSIFY:
        why = (ruling.note.strip() or ruling.reason.words).rstrip(".")
        for item in items:
            account = change.authority.actor.account
            classes.decide_class(change.transaction, item, ruling.target, why, account, desk.today)
            change.note(Act.ITEM_CLASSIFIED, f"item:{item}", record_class=ruling.target)
    take_out(change.transaction, items)


def note_batch(change: Change, act: Act, number: int, batch: Batch, **facts: int | bool | str | list[str]) -> None:
    """What the trail says of a batch: no note, and nothing of an item but how many."""
    told = {"kind": str(batch.kind), "reason": str(batch.reason or ""), "service": batch.service}
    change.note(act, f"batch:{number}", **told, **{name: fact for name, fact in facts.items() if fact is not False})


def _note_given(change: Change, number: int, batch: Batch, ruling: Ruling, items: Sequence[int]) -> None:
    act = Act.BATCH_PROPOSED if ruling.kind.is_proposal else Act.VERDICT_GIVEN
    note_batch(change, act, number, batch, items=len(items), again=ruling.again)


def _end_those_that_stood(change: Change, looked: Looked, items: Sequence[int]) -> None:
    stood = [looked.facts[item].verdict for item in items if looked.facts[item].verdict]
    note_lost(change, reviews.set_verdict_state(change.transaction, stood, VerdictState.SUPERSEDED))
