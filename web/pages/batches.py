"""Batches: a draft with its evidence, the sample that is opened, the proposal, and its approvals."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.actor import Verb
from domain.errors import ConfigurationError
from domain.review import BatchState
from operations.access import RefusedError
from operations.review.approving import approve, reject, withdraw
from operations.review.bulk import opened, propose
from operations.review.desk import Desk
from operations.review.ruling import StaleError
from operations.viewing.batches import (
    STATES,
    BatchList,
    BatchPageShown,
    approvals_waiting,
    batch_page,
    batch_shown,
    batches_shown,
)
from operations.viewing.considering import ConsideredItem, considered_item
from reports.wording import plural
from web.answers import Answer, Done, Fault, Rows, View
from web.asking import Asked
from web.errors import NotFoundError, in_plain_words
from web.reviewing import address, desk, hidden
from web.routes import Room, page
from web.verdicts import Typed

ROOM = Room()
_HEADINGS = ("batch", "service", "decided", "state", "items", "bytes", "proposed by", "at")


@dataclass(frozen=True, slots=True)
class SampledItem:
    """An item of a sample, with all that one sees of it; `keep` where somebody said that it is to be kept."""

    batch: int
    seen: ConsideredItem
    opened: bool
    keep: bool
    left: int


@page(ROOM, "GET", "/review/batches", verb=Verb.VIEW_LIST, data=BatchList)
def review_batches(asked: Asked, state: BatchState | None = None, before: int | None = None) -> Answer:
    """What was decided on together, the newest first; drafts are those of this account."""
    told = batches_shown(asked.actor, desk(asked), state, before)
    return _list("Batches", told, {"states": STATES, "state": state, "here": "/review/batches"})


@page(ROOM, "GET", "/approvals", verb=Verb.VIEW_LIST, data=BatchList)
def review_approvals(asked: Asked) -> Answer:
    """What waits for an approval that this account may give, the oldest first."""
    told = approvals_waiting(asked.actor, desk(asked))
    return _list("Waiting for your approval", told, {"states": {}, "state": None, "here": "/approvals"})


@page(ROOM, "GET", "/review/batches/{number}", verb=Verb.VIEW_LIST, data=BatchPageShown)
def review_batch(asked: Asked, number: int, after: str = "") -> Answer:
    """A batch with its evidence, a page of its items as they are now, and its approvals."""
    return _batch(asked, desk(asked), number, after=after)


@page(ROOM, "GET", "/review/batches/{number}/sample/{item}", verb=Verb.VIEW_LIST, data=SampledItem)
def sampled_item(asked: Asked, number: int, item: int) -> Answer:
    """One item of a draft's sample, to be looked at before it is said whether it may go."""
    at = desk(asked)
    with hidden():
        found = batch_page(asked.actor, at, number, None, 1)
        sample = {one.number: one for one in found.evidence.sample}
        seen = considered_item(asked.actor, at, item)
    if item not in sample:
        raise NotFoundError
    one = sample[item]
    told = SampledItem(number, seen, one.opened is not None, one.keep, found.evidence.unopened)
    # The page of the item itself is what this one begins with.
    values = {"view": seen.item, "seen": seen, "sampled": told}
    return View("pages/review/sampled.html", seen.item.item.name, told, values=values)


@page(
    ROOM, "POST", "/review/batches/{number}/sample/{item}", verb=Verb.DECIDE, data=Done,
    form={"keep": "yes: it is to be kept, and the group does not go together; no: it was looked at and may go."},
)  # fmt: skip
def note_sampled(asked: Asked, number: int, item: int) -> Answer:
    """Write down that an item of the sample was opened, and whether it is to be kept."""
    at = desk(asked)
    _seen(asked, at, number)
    said = asked.form.one("keep")
    if said not in ("yes", "no"):
        raise ConfigurationError("Say whether it is to be kept: go back, and use one of the two buttons.")
    found = opened(asked.actor, at, number, item, keep=said == "yes")
    following = next((one.item for one in found.sample if one.opened is None), None)
    if said == "yes":
        return Done(f"/review/batches/{number}", "It is to be kept: this group does not go together.")
    if following is None:
        return Done(f"/review/batches/{number}", f"The whole sample is opened: {found.statement}")
    return Done(f"/review/batches/{number}/sample/{following}", f"{plural(found.unopened, 'item')} left to open.")


@page(
    ROOM, "POST", "/review/batches/{number}/proposal", verb=Verb.DECIDE, data=Done,
    form={"count": "How many items the draft holds, typed.", "rest": "1 leaves out what changed since, and goes on."},
)  # fmt: skip
def propose_batch(asked: Asked, number: int) -> Answer:
    """Decide on what a draft holds: what keeps takes effect at once, what disposes waits for approval."""
    at, said = desk(asked), asked.form.one("count").replace(",", "")
    _seen(asked, at, number)
    if not (said.isdecimal() and len(said) < 12):
        return _batch(asked, at, number, {"count": "Type how many items that are, in digits."})
    try:
        decided = propose(asked.actor, at, number, int(said), rest=asked.form.one("rest") == "1")
    except StaleError as stale:
        return replace(_batch(asked, at, number, {"rest": str(stale)}), status=409)
    except (ConfigurationError, RefusedError) as error:
        return _batch(asked, at, number, {"count": in_plain_words(error)})
    left_out = f" {plural(len(decided.refused), 'item')} left out, which changed." if decided.refused else ""
    told = batch_shown(asked.actor, at, number)
    waits = " Somebody else has to approve it." if told.open else ""
    return Done(f"/review/batches/{number}", f"{told.decided}: {plural(len(decided.items), 'item')}.{left_out}{waits}")


@page(ROOM, "POST", "/review/batches/{number}/withdrawal", verb=Verb.PROPOSE_DISPOSAL, data=Done)
def withdraw_batch(asked: Asked, number: int) -> Answer:
    """Take back one's own draft or proposal; its items wait again."""
    at = desk(asked)
    _seen(asked, at, number)
    gone = withdraw(asked.actor, at, number)
    return Done(address("/review/groups", service=gone.service), f"Batch {number} is withdrawn. Its items wait again.")


_ANSWER = {
    "answer": "approve or reject.", "stamp": "The stamp of the batch as it was seen.",
    "why": "Why; it has to be said of what is rejected.",
}  # fmt: skip


@page(ROOM, "POST", "/review/batches/{number}/approval", verb=Verb.APPROVE_DISPOSAL, data=Done, form=_ANSWER)
def approve_batch(asked: Asked, number: int) -> Answer:
    """Give a batch its first approval, or reject it."""
    return _answered(asked, number)


@page(
    ROOM, "POST", "/review/batches/{number}/second-approval", verb=Verb.SECOND_APPROVE_DISPOSAL, data=Done,
    form=_ANSWER,
)  # fmt: skip
def second_approve_batch(asked: Asked, number: int) -> Answer:
    """Give a batch its second approval, or reject it."""
    return _answered(asked, number)


def _answered(asked: Asked, number: int) -> Answer:
    at, answer, why = desk(asked), asked.form.one("answer"), asked.form.one("why")
    _seen(asked, at, number)
    if answer not in ("approve", "reject"):
        return _batch(asked, at, number, {"answer": "Choose whether you approve it or reject it."})
    if answer == "reject" and not why:
        return _batch(asked, at, number, {"why": "Say in a few words why; whoever proposed it reads that."})
    try:
        if answer == "reject":
            reject(asked.actor, at, number, asked.form.one("stamp"), why)
            return Done("/approvals", f"Batch {number} is rejected. Its items wait for a verdict again.")
        done = approve(asked.actor, at, number, asked.form.one("stamp"), why)
    except RefusedError as error:
        return replace(_batch(asked, at, number, {"answer": in_plain_words(error)}), status=409)
    voided = f" {plural(len(done.voided), 'item')} left out, which changed." if done.voided else ""
    return Done(f"/review/batches/{number}", f"Batch {number}: {STATES[done.batch.state].lower()}.{voided}")


def _seen(asked: Asked, at: Desk, number: int) -> None:
    """Raises NotFoundError for a batch that is not there, or not theirs to see."""
    with hidden():
        batch_shown(asked.actor, at, number)


def _batch(asked: Asked, at: Desk, number: int, faults: dict[str, str] | None = None, after: str = "") -> View:
    with hidden():
        told = batch_page(asked.actor, at, number, after)
    rows = [
        (one.number, one.item.name if one.item else "", one.item.place if one.item else "", one.size,
         "; ".join(one.changed), ", ".join(one.holds))
        for one in told.items
    ]  # fmt: skip
    typed = Typed({name: asked.form.one(name) for name in asked.form.fields}, faults or {})
    kind = "draft" if told.batch.state is BatchState.DRAFT else "batch"
    return View(
        f"pages/review/{kind}.html", f"Batch {number}", told,
        Rows(("item", "name", "place", "size", "changed", "holds"), rows),
        {"typed": typed, "after": after, "address": address},
        tuple(Fault(name, sentence) for name, sentence in typed.faults.items()),
    )  # fmt: skip


def _list(title: str, told: BatchList, values: dict[str, object]) -> View:
    rows = [
        (one.number, one.service, one.decided, one.standing, one.items, one.bytes, one.proposer, one.at.isoformat())
        for one in told.batches
    ]
    return View(
        "pages/review/batches.html", title, told, Rows(_HEADINGS, rows), {**values, "address": address}, fragment="list"
    )
