"""Deciding on a whole group with evidence: a draft that sets aside what is odd, a sample that is opened, a count that
is typed. A draft is nobody's word yet, and whatever changed until it is proposed is left out by name.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.review import Aside, Batch, BatchState, Odd, Verdict, VerdictKind, VerdictState
from domain.review_sample import drawn, sample_size, statement
from domain.rule import Risk
from domain.summary import Tally
from inventory import review_samples, reviews
from inventory.engine import reading
from inventory.review_groups import queued_page, queued_tally
from inventory.review_samples import Sampled
from operations.access import RefusedError, ask
from operations.people.audit import Change
from operations.review.approving import batch
from operations.review.deciding import Decided, authority_for, barred, refusals, state_of, until_holds_stay
from operations.review.desk import Desk
from operations.review.giving import give_drafted, new_batch, note_batch, verdict_rows
from operations.review.grouping import Within, meant, of_service
from operations.review.ruling import Ruling, StaleError, check_ruling
from operations.review.seeing import Looked, apart, look, look_again
from reports.wording import plural

Why: TypeAlias = Odd | Aside


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch that is not proposed yet: what the group held `before`, what is left of it `after`, what was set aside
    and why, and the sample with what was found in it, which the `statement` says in a sentence.
    """

    batch: Batch
    before: Tally
    after: Tally
    aside: Mapping[Why, int]
    sample: tuple[Sampled, ...]
    statement: str

    @property
    def unopened(self) -> int:
        return sum(one.opened is None for one in self.sample)

    @property
    def to_keep(self) -> int:
        return sum(one.keep for one in self.sample)


def draft(actor: Actor, desk: Desk, service: str, within: Within | None, ruling: Ruling) -> Draft:
    """Draft the same verdict for a group of a service's queue, and draw its sample.

    Raises ConfigurationError where nothing is left that can be decided on together.
    """
    check_ruling(desk, ruling)
    ask(actor, Verb.VIEW_LIST, of_service(service))
    with reading(desk.trail.database) as connection:
        group = meant(connection, desk, service, within)
        before = queued_tally(connection, service, group)
        items = [one.item for one in queued_page(connection, service, group, None, desk.settings.most_items)[0]]
        kept = review_samples.to_keep(connection, items)
    authority = authority_for(actor, desk, ruling, service, items)
    looked = look(desk, items, risks=ruling.kind.is_proposal)
    aside = {one: why for one in items if (why := _aside(looked, one, ruling, kept))}
    taken = [item for item in items if item in looked.facts and item not in aside]
    counts = Counter[str](aside.values()) + Counter({str(Aside.BEYOND): before.items - len(items)})
    if not taken:
        raise ConfigurationError(f"Nothing is left to be decided on together: {_told(counts) or 'nothing waits here'}.")
    with desk.trail.changing(authority) as change:
        reviews.alone(change.transaction)
        number = _draft(change, desk, service, looked, taken, ruling, counts, before)
    return drafted(actor, desk, number)


def drafted(actor: Actor, desk: Desk, number: int) -> Draft:
    """A draft as it stands."""
    found, _ = batch(actor, desk, number)
    with reading(desk.trail.database) as connection:
        sample = review_samples.sample_of(connection, number)
        told = dict(review_samples.aside_of(connection, number))
    before = Tally(told.pop(_BEFORE, found.items), told.pop(_BYTES, found.bytes))
    read, kept = sum(one.opened is not None for one in sample), sum(one.keep for one in sample)
    said = statement(read, kept, found.items) if sample else ""
    aside = {_why(code): count for code, count in told.items()}
    return Draft(found, before, Tally(found.items, found.bytes), aside, sample, said)


def opened(actor: Actor, desk: Desk, number: int, item: int, *, keep: bool) -> Draft:
    """Write down that somebody opened an item of the sample, and whether it is to be kept. What was said once stands:
    that an item is to be kept is not taken back by looking again.
    """
    found = _draft_numbered(actor, desk, number)
    authority = ask(actor, Verb.PROPOSE_DISPOSAL, of_service(found.service))
    with desk.trail.changing(authority) as change:
        _still(change, found)
        known = {one.item: one for one in review_samples.sample_of(change.transaction, number)}
        if item not in known:
            raise ConfigurationError("That item is none of the sample. Open those that are listed.")
        keep = keep or known[item].keep
        review_samples.note_opened(change.transaction, number, item, datetime.now(UTC), actor.account, keep=keep)
        change.note(Act.SAMPLE_OPENED, f"batch:{number}", item=item, keep=keep)
    return drafted(actor, desk, number)


def propose(actor: Actor, desk: Desk, number: int, typed: int, *, rest: bool = False) -> Decided:
    """Decide on what a draft holds; `typed` must be how many that is.

    Raises ConfigurationError for another count or a sample that is not opened, RefusedError where one of the sample is
    to be kept or too little of it is left, and StaleError for what changed since it was drafted: with `rest` the others
    are decided on, and the count is that of before.
    """
    return until_holds_stay(lambda: _propose(actor, desk, number, typed, rest=rest))


def _propose(actor: Actor, desk: Desk, number: int, typed: int, *, rest: bool) -> Decided:
    found = _draft_numbered(actor, desk, number)
    if actor.account != found.proposer:
        raise RefusedError(f"Draft {number} is somebody else's. Draft one of your own.")
    _refuse_unread(drafted(actor, desk, number), typed)
    with reading(desk.trail.database) as connection:
        verdicts = {one.item: one for one in reviews.items_of(connection, number, VerdictState.DRAFT)}
    ruling = _ruling(found)
    authority = authority_for(actor, desk, ruling, found.service, tuple(verdicts))
    looked = look(desk, tuple(verdicts), risks=ruling.kind.is_proposal)
    with desk.trail.changing(authority) as change:
        if _still(change, found).sample.kept:
            raise RefusedError(f"Draft {number} was changed just now. Look at it again.")
        now = look_again(change.transaction, desk, tuple(verdicts), looked)
        told = {item: one.stamp for item, one in verdicts.items()}
        refused = tuple(refusals(change.transaction, now, told, ruling, found.service))
        left_out = {one.item for one in refused}
        taken = [one for item, one in verdicts.items() if item not in left_out]
        if refused and not (rest and taken):
            raise StaleError(refused)
        items = tuple(one.item for one in taken)
        _leave_out(change, found, [verdicts[item] for item in left_out], _needed(desk, ruling, now, items))
        written = new_batch(change, desk, found.service, ruling, now, items, state_of(ruling))
        give_drafted(change, desk, now, taken, number, written, ruling)
    return Decided(batch(actor, desk, number)[0], items, refused)


_BEFORE, _BYTES = "before", "before_bytes"


def _aside(looked: Looked, item: int, ruling: Ruling, kept: frozenset[int]) -> str:
    """Why an item is not decided on together with others; "" where it is. What only keeps sets nothing aside."""
    if item not in looked.facts or not ruling.kind.is_proposal:
        return str(Aside.BARRED) if item in looked.facts and barred(looked, item, ruling.kind) else ""
    if looked.holds.get(item):
        return str(Aside.HELD)
    if looked.risks.get(item) is not Risk.HIGH and barred(looked, item, ruling.kind):
        return str(Aside.SCHEDULE if ruling.kind is VerdictKind.DISPOSE else Aside.BARRED)
    return str(apart(looked, item) or (Aside.KEPT if item in kept else ""))


def _draft(
    change: Change, desk: Desk, service: str, looked: Looked, taken: list[int], ruling: Ruling,
    counts: Mapping[str, int], before: Tally,
) -> int:  # fmt: skip
    new = new_batch(change, desk, service, ruling, looked, taken, BatchState.DRAFT)
    seed = secrets.token_hex(16)
    told = json.dumps({**counts, _BEFORE: before.items, _BYTES: before.bytes}, sort_keys=True)
    number = reviews.add_batch(change.transaction, new, seed, told)
    rows = verdict_rows(number, looked, taken, ruling, VerdictState.DRAFT)
    reviews.add_verdicts(change.transaction, rows)
    size = _needed(desk, ruling, looked, taken)
    review_samples.draw(change.transaction, number, drawn(taken, seed, size))
    note_batch(change, Act.BATCH_DRAFTED, number, new, items=len(taken), sample=size, aside=sum(counts.values()))
    return number


def _needed(desk: Desk, ruling: Ruling, looked: Looked, items: Sequence[int]) -> int:
    """How many have to be opened of these items."""
    if not ruling.kind.is_proposal or len(items) <= desk.settings.without_sample:
        return 0
    low = all(looked.risks.get(item) is Risk.LOW for item in items)
    return sample_size(len(items), desk.settings.share_low if low else desk.settings.share)


def _refuse_unread(found: Draft, typed: int) -> None:
    if found.to_keep:
        raise RefusedError(
            f"{found.to_keep:,} of the sample {'is' if found.to_keep == 1 else 'are'} to be kept, "
            "so this group does not go together. Keep those, and "
            "draft a smaller group, or decide one by one."
        )
    if found.unopened:
        raise ConfigurationError(
            f"{found.unopened:,} of the sample {'is' if found.unopened == 1 else 'are'} not opened "
            "yet. Open each, then propose."
        )
    if typed != found.batch.items:
        raise ConfigurationError(
            f"You typed {typed:,}, and the draft holds {plural(found.batch.items, 'item')}. Look again."
        )


def _leave_out(change: Change, found: Batch, gone: list[Verdict], needed: int) -> None:
    """Void what changed. Raises RefusedError where fewer are left of the sample than the rest needs."""
    reviews.set_verdict_state(change.transaction, [one.number for one in gone], VerdictState.VOID)
    review_samples.leave_out(change.transaction, found.number, [one.item for one in gone])
    if len(review_samples.sample_of(change.transaction, found.number)) < needed:
        raise RefusedError("Of the sample too much has changed since it was opened. Draft the group again.")


def _still(change: Change, found: Batch) -> Batch:
    """The draft as it is in this transaction, which has it to itself."""
    reviews.alone(change.transaction)
    now = reviews.batch_numbered(change.transaction, found.number)
    if now is None or now.state is not BatchState.DRAFT:
        raise RefusedError(f"Draft {found.number} was changed just now. Look at it again.")
    return now


def _draft_numbered(actor: Actor, desk: Desk, number: int) -> Batch:
    found, _ = batch(actor, desk, number)
    if found.state is not BatchState.DRAFT:
        raise RefusedError(f"Batch {number} is {found.state}, and no draft any more.")
    return found


def _ruling(found: Batch) -> Ruling:
    assert found.reason is not None
    return Ruling(found.kind, found.reason, found.note, found.until, found.target)


def _why(code: str) -> Why:
    return Aside(code) if code in set(Aside) else Odd(code)


def _told(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{count:,}: {_why(code).words}" for code, count in counts.items() if count)
