"""Makes manifests of what was approved: looked at once more, hashed where nobody has, sealed, and signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from domain.actor import About, Actor, Verb
from domain.audit import Act
from domain.disposal import (
    Approver,
    Authorisation,
    Manifest,
    Planned,
    Refusal,
    RefusedFileError,
    manifest_body,
)
from domain.errors import ConfigurationError, ItemTroubleError
from domain.item import Item
from domain.privacy import FingerprintKey
from domain.review import Batch, BatchState, Verdict, VerdictState
from inventory import disposals as kept
from inventory.audit import Transaction
from inventory.disposal_facts import FileFacts, file_facts
from inventory.engine import Database, reading
from inventory.reviews import alone, approved_batches, batch_numbered, items_of, set_batch_state, set_verdict_state
from operations.access import RefusedError, ask, own_services
from operations.config import Settings
from operations.disposal.deciding import Deciding
from operations.disposal.manifests import FORM, seal_of
from operations.keys import load_key
from operations.people.audit import Trail
from operations.scanning.sources import opened
from operations.signing import signing_key
from scanner.ends import hash_whole
from scanner.source import Source

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a manifest of a batch would be, or is: the files that go into it, and the verdicts that do not, each with
    its reason: they go back to review.
    """

    batch: Batch
    planned: tuple[Planned, ...]
    refused: Mapping[int, Refusal]

    @property
    def reasons(self) -> Counter[Refusal]:
        return Counter(self.refused.values())


def refuse_disabled(settings: Settings) -> None:
    """Raises RefusedError unless disposal was switched on."""
    if not settings.disposal.enabled:
        raise RefusedError(
            "Disposal is switched off. Who answers for it writes: [disposal] enabled = true, and dispose = true in "
            "the table of each source that files may be taken from."
        )


def foreseen(actor: Actor, trail: Trail, settings: Settings, clock: Clock) -> Iterator[Draft]:
    """What there is to be planned now, batch by batch. Writes nothing, and touches no source but to hash what nobody
    has.
    """
    refuse_disabled(settings)
    services = own_services(actor, Verb.VIEW_LIST)
    ask(actor, Verb.VIEW_LIST, About(services))
    with reading(trail.database) as connection:
        found = [one for one in approved_batches(connection) if services is None or one.service in services]
    with _planner(trail.database, settings, clock) as planner:
        for batch in found:
            with reading(trail.database) as connection:
                yield planner.draft(connection, batch)


def plan(actor: Actor, trail: Trail, settings: Settings, batch: int, clock: Clock) -> tuple[Manifest | None, Draft]:
    """Sign a manifest of an approved batch; what may not go any more is left out, and its approval void. None where
    nothing of it may go.

    Raises RefusedError for a batch that is not approved, and to those who took part in it.
    """
    refuse_disabled(settings)
    with reading(trail.database) as connection:
        found = refuse_batch(connection, batch, BatchState.APPROVED)
        authority = ask(actor, Verb.RUN_DISPOSAL, About(frozenset({found.service}), found.parties))
        with _planner(trail.database, settings, clock) as planner:
            draft, schedule = planner.draft(connection, found), planner.deciding.schedule
            before = _numbers(connection, batch)
    key = signing_key(settings)
    with trail.changing(authority) as change:
        alone(change.transaction)
        if (
            refuse_batch(change.transaction, batch, BatchState.APPROVED) != found
            or _numbers(change.transaction, batch) != before
        ):
            raise RefusedError("Somebody has just changed this batch. Run the same command again.")
        set_verdict_state(change.transaction, sorted(draft.refused), VerdictState.VOID)
        change.note(
            Act.DISPOSAL_PLANNED, f"batch:{batch}", items=len(draft.planned), refused=len(draft.refused),
            **{str(why): count for why, count in sorted(draft.reasons.items())},
        )  # fmt: skip
        if not draft.planned:
            set_batch_state(change.transaction, batch, BatchState.VOID)
            return None, draft
        number, made = kept.next_manifest(change.transaction), clock()
        basis = authorisation(found, schedule.digest, schedule.version)
        body = manifest_body(number, actor.account, made, basis, draft.planned)
        manifest = Manifest(
            number, batch, found.service, str(found.kind), actor.account, made, len(draft.planned),
            sum(one.size for one in draft.planned), body, key.sign(FORM, body), key.id,
        )  # fmt: skip
        kept.add_manifest(change.transaction, manifest, draft.planned)
        set_batch_state(change.transaction, batch, BatchState.PLANNED)
    return manifest, draft


def authorisation(batch: Batch, schedule: str, version: str) -> Authorisation:
    """What a batch was decided on, by whom, and why."""
    approvers = tuple(
        Approver(one.account, one.on_behalf_of, str(one.stage), one.at) for one in batch.approvals if one.approved
    )
    return Authorisation(
        batch.number, batch.service, str(batch.kind), batch.target, str(batch.reason or ""), batch.proposer,
        batch.on_behalf_of, batch.at, approvers, batch.needs_second, schedule, version,
    )  # fmt: skip


def refuse_batch(connection: Transaction, number: int, state: BatchState) -> Batch:
    """The batch, if it is of that state and has every approval that it needs, each by another person: looked at here
    again, whatever its state says. Raises RefusedError.
    """
    batch = batch_numbered(connection, number)
    if batch is None:
        raise ConfigurationError(f"There is no batch {number}. See: muniment dispose plan")
    if batch.state is not state:
        raise RefusedError(f"Batch {number} is {batch.state}, and this is done with one that is {state}.")
    given = [one for one in batch.approvals if one.approved]
    people = [batch.proposer, *(one.account for one in given)]
    stages = {str(one.stage) for one in given}
    needed = {"first", "second"} if batch.needs_second else {"first"}
    if not needed <= stages or len(set(people)) != len(people):
        raise RefusedError(f"Batch {number} lacks an approval, or one person gave two. It goes back to its approvers.")
    return batch


def _numbers(connection: Transaction, batch: int) -> tuple[int, ...]:
    return tuple(one.number for one in items_of(connection, batch))


@contextmanager
def _planner(database: Database, settings: Settings, clock: Clock) -> Iterator[_Planner]:
    with opened(settings.sources, settings.mail) as sources:
        deciding = Deciding(database, settings, clock().date(), sources)
        yield _Planner(deciding, load_key(settings.inventory.key_file), sources)


@dataclass(frozen=True, slots=True)
class _Planner:
    deciding: Deciding
    key: FingerprintKey
    sources: Mapping[str, Source]

    def draft(self, connection: Transaction, batch: Batch) -> Draft:
        verdicts = list(items_of(connection, batch.number))
        facts = file_facts(connection, [one.item for one in verdicts])
        planned: list[Planned] = []
        refused: dict[int, Refusal] = {}
        for verdict in verdicts:
            try:
                planned.append(self._planned(connection, batch, verdict, facts.get(verdict.item)))
            except RefusedFileError as error:
                refused[verdict.number] = error.refusal
        return Draft(batch, tuple(planned), refused)

    def _planned(self, connection: Transaction, batch: Batch, verdict: Verdict, facts: FileFacts | None) -> Planned:
        """Raises RefusedFileError for what may not go, or cannot be told from others."""
        if facts is None or not facts.is_there:
            raise RefusedFileError(Refusal.GONE)
        if facts.version != verdict.version or facts.file_id is None:
            raise RefusedFileError(Refusal.CHANGED)
        if verdict.digest not in (None, facts.digest):
            raise RefusedFileError(Refusal.CONTENT)
        found = self.deciding.ground(connection, verdict.item, str(batch.kind))
        return Planned(
            verdict.item, verdict.number, facts.ref, self.key.tag(facts.ref), seal_of(self.key, facts.ref),
            facts.service, facts.size, facts.modified, facts.version, facts.file_id, self._digest(facts),
            found.rule, found.record_class, found.due, found.ground,
        )  # fmt: skip

    def _digest(self, facts: FileFacts) -> bytes:
        """Of what nobody has read, its bytes are read now, while it is of the version that was decided on."""
        if facts.digest is not None:
            return facts.digest
        source = self.sources.get(facts.ref.source)
        if source is None:
            raise RefusedFileError(Refusal.SOURCE)
        try:
            version, digest = hash_whole(source, Item(facts.ref, size=facts.size))
        except ItemTroubleError as error:
            raise RefusedFileError(Refusal.UNREADABLE) from error
        if version != facts.version:
            raise RefusedFileError(Refusal.CHANGED)
        return digest
