"""Makes manifests of what was approved: looked at once more, hashed where nobody has, sealed, and signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.actor import About, Actor, Verb
from domain.audit import Act
from domain.disposal import (
    Approver,
    Authorisation,
    Later,
    Manifest,
    Planned,
    Refusal,
    RefusedFileError,
    manifest_body,
)
from domain.errors import ItemTroubleError
from domain.item import Item
from domain.privacy import FingerprintKey
from domain.review import Batch, BatchState, Verdict, VerdictState, WhySecond
from domain.rot import RotReason
from domain.rule import Schedule
from inventory import disposals as kept
from inventory.audit import Transaction
from inventory.disposal_facts import FileFacts, file_facts
from inventory.engine import Database, reading
from inventory.reviews import alone, approved_batches, items_of, set_batch_state, set_verdict_state
from operations.access import RefusedError, ask, own_services
from operations.config import Settings
from operations.disposal.approvals import lacking, needs_another, refuse_batch, send_back
from operations.disposal.deciding import Deciding
from operations.disposal.manifests import FORM, seal_of
from operations.keys import load_key
from operations.people.audit import Change, Trail
from operations.review.deciding import until_holds_stay
from operations.review.desk import desk_of
from operations.review.seeing import look, look_again
from operations.scanning.sources import opened
from operations.signing import SigningKey, signing_key
from reports.wording import plural
from scanner.ends import hash_whole
from scanner.source import Source

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a manifest of a batch would be, or is: the files that go into it, and the verdicts that do not, each with
    its reason: they go back to review. `lacks` is why a second person has to approve it first, who has not; `keeps` are
    the later versions that have to stay, by the items that are older ones.
    """

    batch: Batch
    planned: tuple[Planned, ...]
    refused: Mapping[int, Refusal]
    lacks: tuple[WhySecond, ...] = ()
    keeps: Mapping[int, Later] = field(default_factory=dict)

    @property
    def items(self) -> tuple[int, ...]:
        return tuple(one.item for one in self.planned)

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
    desk = desk_of(settings, trail, clock().date())
    with _planner(trail.database, settings, clock) as planner:
        for batch in found:
            with reading(trail.database) as connection:
                draft = planner.draft(connection, batch)
                looked = look(desk, draft.items, risks=True)
                yield replace(draft, lacks=lacking(connection, desk, batch, looked, draft.items))


def plan(actor: Actor, trail: Trail, settings: Settings, batch: int, clock: Clock) -> tuple[Manifest | None, Draft]:
    """Sign a manifest of an approved batch; what may not go any more is left out, and its approval void. None where
    nothing of it may go.

    Raises RefusedError for a batch that is not approved, or not by as many as what was found in it since asks for, and
    to those who took part in it.
    """
    refuse_disabled(settings)
    return until_holds_stay(lambda: _plan(actor, trail, settings, batch, clock))


def _plan(actor: Actor, trail: Trail, settings: Settings, batch: int, clock: Clock) -> tuple[Manifest | None, Draft]:
    with reading(trail.database) as connection:
        found = refuse_batch(connection, batch, BatchState.APPROVED)
        authority = ask(actor, Verb.RUN_DISPOSAL, About(frozenset({found.service}), found.parties))
        with _planner(trail.database, settings, clock) as planner:
            draft, schedule = planner.draft(connection, found), planner.deciding.schedule
            before = _numbers(connection, batch)
    _refuse_all_passing(draft)
    desk = desk_of(settings, trail, clock().date())
    looked = look(desk, draft.items, risks=True)
    key = signing_key(settings)
    with trail.changing(authority) as change:
        alone(change.transaction)
        _refuse_changed(change.transaction, found, before)
        now = look_again(change.transaction, desk, draft.items, looked)
        lacks = lacking(change.transaction, desk, found, now, draft.items)
        if lacks:
            send_back(change, found, lacks)
        else:
            manifest = _sealed(change, found, draft, schedule, key, clock())
    if lacks:
        raise RefusedError(needs_another(found, lacks))
    return manifest, draft


def _refuse_all_passing(draft: Draft) -> None:
    """Raises RefusedError where nothing can go now for reasons that pass: what was approved stands."""
    if draft.refused and not draft.planned and all(why.passing for why in draft.reasons):
        whys = " ".join(f"{plural(count, 'file')}: {why.sentence}" for why, count in sorted(draft.reasons.items()))
        raise RefusedError(f"Nothing of batch {draft.batch.number} can be planned now. {whys} Its approval stands.")


def _refuse_changed(transaction: Transaction, found: Batch, before: Sequence[int]) -> None:
    now = refuse_batch(transaction, found.number, BatchState.APPROVED)
    if now != found or _numbers(transaction, found.number) != before:
        raise RefusedError("Somebody has just changed this batch. Run the same command again.")


def _sealed(
    change: Change, batch: Batch, draft: Draft, schedule: Schedule, key: SigningKey, made: datetime
) -> Manifest | None:
    """The manifest, written down; None where nothing is left, and the batch is void."""
    set_verdict_state(change.transaction, sorted(draft.refused), VerdictState.VOID)
    change.note(
        Act.DISPOSAL_PLANNED, f"batch:{batch.number}", items=len(draft.planned), refused=len(draft.refused),
        **{str(why): count for why, count in sorted(draft.reasons.items())},
    )  # fmt: skip
    if not draft.planned:
        set_batch_state(change.transaction, batch.number, BatchState.VOID)
        return None
    number, planner = kept.next_manifest(change.transaction), change.authority.actor.account
    basis = authorisation(batch, schedule.digest, schedule.version)
    body = manifest_body(number, planner, made, basis, draft.planned, draft.keeps)
    manifest = Manifest(
        number, batch.number, batch.service, str(batch.kind), planner, made, len(draft.planned),
        sum(one.size for one in draft.planned), body, key.sign(FORM, body), key.id,
    )  # fmt: skip
    kept.add_manifest(change.transaction, manifest, draft.planned)
    set_batch_state(change.transaction, batch.number, BatchState.PLANNED)
    return manifest


def authorisation(batch: Batch, schedule: str, version: str) -> Authorisation:
    """What a batch was decided on, by whom, and why."""
    approvers = tuple(
        Approver(one.account, one.on_behalf_of, str(one.stage), one.at) for one in batch.approvals if one.approved
    )
    return Authorisation(
        batch.number, batch.service, str(batch.kind), batch.target, str(batch.reason or ""), batch.proposer,
        batch.on_behalf_of, batch.at, approvers, batch.needs_second, schedule, version,
    )  # fmt: skip


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
        keeps: dict[int, Later] = {}
        for verdict in verdicts:
            try:
                one, later = self._planned(connection, batch, verdict, facts.get(verdict.item))
            except RefusedFileError as error:
                refused[verdict.number] = error.refusal
                continue
            planned.append(one)
            if later is not None:
                keeps[one.item] = later
        return Draft(batch, tuple(planned), refused, keeps=keeps)

    def _planned(
        self, connection: Transaction, batch: Batch, verdict: Verdict, facts: FileFacts | None
    ) -> tuple[Planned, Later | None]:
        """With the later version that has to stay, where it goes as an older one. Raises RefusedFileError for what may
        not go, or cannot be told from others.
        """
        if facts is None or not facts.is_there:
            raise RefusedFileError(Refusal.GONE)
        if facts.version != verdict.version:
            raise RefusedFileError(Refusal.CHANGED)
        if facts.file_id is None:
            raise RefusedFileError(Refusal.NAMELESS)
        if verdict.digest not in (None, facts.digest):
            raise RefusedFileError(Refusal.CONTENT)
        self.deciding.refuse_barred(connection, facts.ref)
        later = self.deciding.read_later_version(connection, verdict.item)
        found = self.deciding.ground(connection, verdict.item, str(batch.kind), later)
        planned = Planned(
            verdict.item, verdict.number, facts.ref, self.key.tag(facts.ref), seal_of(self.key, facts.ref),
            facts.service, facts.size, facts.modified, facts.version, facts.file_id, self._digest(facts),
            found.rule, found.record_class, found.due, found.ground,
        )  # fmt: skip
        return planned, later if found.ground == RotReason.VERSION else None

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
