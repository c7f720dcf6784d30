"""What was decided on one item, and what the audit trail says was done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.actor import Actor, Verb
from domain.audit import Act, Entry
from inventory.audit import latest
from inventory.engine import Database, reading
from inventory.previewed import kept
from inventory.reviews import history
from operations.access import allowed
from operations.viewing.considering import PastVerdict, past_verdict
from operations.viewing.sight import sight_of

MOST = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ACTS: Mapping[str, str] = {
    Act.ITEM_CLASSIFIED: "Given a record class", Act.CONTENT_VIEWED: "It was shown",
    Act.CONTENT_WITHHELD: "It was asked for and not shown", Act.VERDICT_GIVEN: "Decided on, with its batch",
    Act.BATCH_DRAFTED: "Its batch was drafted", Act.SAMPLE_OPENED: "One of the sample of its batch was opened",
    Act.BATCH_PROPOSED: "Its batch was proposed", Act.BATCH_APPROVED: "Its batch was approved",
    Act.BATCH_REJECTED: "Its batch was rejected", Act.BATCH_WITHDRAWN: "Its batch was withdrawn",
    Act.VERDICTS_SUPERSEDED: "Its batch lost items that had changed or were decided on anew",
    Act.ITEM_QUARANTINED: "Moved into quarantine", Act.ITEM_REFUSED: "Not disposed of, though it was planned",
    Act.ITEM_STRANDED: "Left in quarantine, its place being taken", Act.ITEM_RESTORED: "Put back where it was",
    Act.ITEM_PURGED: "Deleted for good", Act.ITEM_LOST: "Found to be gone from quarantine",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DoneWithIt:
    """An entry of the trail, by its number there."""

    entry: int
    at: datetime
    what: str
    by: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class HistoryShown:
    """The newest first. `done` is None for who may not see the trail, and else at most the last hundred entries of the
    item, and of each batch that it was decided on in.
    """

    number: int
    name: str
    decided: tuple[PastVerdict, ...]
    done: tuple[DoneWithIt, ...] | None


def history_shown(actor: Actor, database: Database, number: int) -> HistoryShown | None:
    """None where there is no item of this number, or none that the actor may see: which, is not told."""
    sight, found = sight_of(actor, Verb.VIEW_LIST), kept(database, number)
    if found is None or not sight.sees(found.service):
        return None
    with reading(database) as connection:
        past = history(connection, number)
    ref, decided = found.item.ref, tuple(past_verdict(*one) for one in past)
    name = ref.part[-1] if ref.part else ref.path.rpartition("/")[2]
    may_see = allowed(actor, Verb.VIEW_AUDIT)
    return HistoryShown(number, name, decided, _done(database, number, decided) if may_see else None)


def _done(database: Database, number: int, decided: tuple[PastVerdict, ...]) -> tuple[DoneWithIt, ...]:
    subjects = dict.fromkeys((f"item:{number}", *(f"batch:{one.batch}" for one in decided)))
    found = {one.number: one for subject in subjects for one in latest(database, MOST, subject)}
    return tuple(_in_words(entry) for _, entry in sorted(found.items(), reverse=True))


def _in_words(entry: Entry) -> DoneWithIt:
    at = _EPOCH + timedelta(microseconds=entry.at)
    return DoneWithIt(entry.number, at, _ACTS.get(entry.act, entry.act), entry.account, entry.on_behalf_of)
