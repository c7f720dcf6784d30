"""What reviewing says at the terminal: queues, groups, items, batches and drafts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.terminal import Talk, print_table, size_in_words
from domain.review import Batch
from operations.review.approving import Proposed
from operations.review.bulk import Draft
from operations.review.evidence import Evidence
from operations.review.grouping import Group, Waiting
from operations.review.queue import Queue
from operations.review.ruling import Refusal

QUEUES = ("service", "files", "bytes", "odd", "earliest due", "waiting since", "overdue", "sent to you")
GROUPS = ("key", "group", "files", "bytes", "odd", "earliest due")
ITEMS = ("item", "file", "rule", "due", "on hold", "odd")
BATCHES = ("batch", "service", "decided", "files", "bytes", "proposed by", "state", "a second person, because")
SAMPLE = ("item", "opened by", "to be kept")


def queue_row(one: Queue) -> tuple[str, ...]:
    return (one.service, f"{one.items:,}", size_in_words(one.bytes), str(one.odd), str(one.due), str(one.entered),
            "overdue" if one.overdue else f"from {one.overdue_from}", str(one.mine))  # fmt: skip


def queue_object(one: Queue) -> dict[str, Any]:
    return {
        "service": one.service, "items": one.items, "bytes": one.bytes, "odd": one.odd, "due": one.due.isoformat(),
        "overdue": one.overdue, "mine": one.mine,
    }  # fmt: skip


def group_object(one: Group) -> dict[str, Any]:
    return {
        "key": one.key, "title": one.title, "items": one.items, "bytes": one.bytes, "odd": one.odd,
        "due": one.due.isoformat(),
    }  # fmt: skip


def group_row(one: Group) -> tuple[str, ...]:
    return (one.key, one.title, f"{one.items:,}", size_in_words(one.bytes), str(one.odd), str(one.due))


def item_row(one: Waiting) -> tuple[str, ...]:
    return (str(one.held.number), one.held.record.ref.path, one.rule, str(one.due), ", ".join(one.holds),
            "; ".join(odd.words for odd in one.odd))  # fmt: skip


def item_object(one: Waiting) -> dict[str, Any]:
    return {
        "item": one.held.number, "path": one.held.record.ref.path, "rule": one.rule, "due": one.due.isoformat(),
        "holds": list(one.holds), "odd": list(one.odd), "assignee": one.assignee,
    }  # fmt: skip


def batch_row(one: Batch) -> tuple[str, ...]:
    return (str(one.number), one.service, str(one.kind), f"{one.items:,}", size_in_words(one.bytes), one.proposer,
            str(one.state), "; ".join(why.words for why in one.why_second))  # fmt: skip


def batch_object(one: Batch) -> dict[str, Any]:
    return {
        "batch": one.number, "service": one.service, "kind": one.kind, "reason": one.reason, "state": one.state,
        "items": one.items, "bytes": one.bytes, "proposer": one.proposer, "needs_second": one.needs_second,
        "why_second": list(one.why_second),
        "approvals": [
            {"stage": each.stage, "account": each.account, "approved": each.approved} for each in one.approvals
        ],
    }  # fmt: skip


def tell_batches(batches: Iterable[Batch]) -> None:
    print_table(BATCHES, [batch_row(one) for one in batches])


def tell_draft(talk: Talk, draft: Draft) -> None:
    """A draft with its sample, and what is to be done with it next."""
    tell_batches([draft.batch])
    for why, count in draft.aside.items():
        talk.say(f"{count:,} set aside: {why.words}")
    if draft.sample:
        print_table(SAMPLE, [(str(one.item), one.account, "keep" if one.keep else "") for one in draft.sample])
    number = draft.batch.number
    if draft.unopened:
        talk.say(f"{draft.unopened:,} of the sample are still to be opened: muniment review open {number} ITEM")
    elif draft.to_keep:
        talk.say(f"{draft.to_keep:,} of the sample are to be kept, so this draft cannot be proposed. Decide on smaller "
                 "groups, or on each.")  # fmt: skip
    else:
        talk.say(f"{draft.statement} Next: muniment review propose {number}".strip())


def draft_object(draft: Draft) -> dict[str, Any]:
    return batch_object(draft.batch) | {
        "aside": {str(why): count for why, count in draft.aside.items()},
        "sample": [{"item": one.item, "opened_by": one.account, "keep": one.keep} for one in draft.sample],
        "unopened": draft.unopened, "statement": draft.statement,
    }  # fmt: skip


def tell_evidence(talk: Talk, seen: Evidence) -> None:
    """One file as it is, before somebody decides on it."""
    held = seen.told.held
    talk.say(f"{held.number}: {held.record.ref.path}, {size_in_words(held.record.size)}, of {seen.service}")
    if held.flag is not None:
        talk.say(f"  {held.flag.sentence}")
    for line in (*(f"On hold: {hold.id}" for hold in seen.holds), *(odd.words.capitalize() for odd in seen.odd)):
        talk.say(f"  {line}")


def tell_proposed(items: Iterable[Proposed]) -> None:
    rows = [
        (str(one.verdict.item), one.held.record.ref.path if one.held else "gone", ", ".join(one.holds),
         "; ".join(what.words for what in one.changed))
        for one in items
    ]  # fmt: skip
    print_table(("item", "file", "on hold", "changed since"), rows)


def tell_refused(talk: Talk, refused: Iterable[Refusal]) -> None:
    for one in refused:
        talk.say(f"Left out: item {one.item}. {one.why}")
