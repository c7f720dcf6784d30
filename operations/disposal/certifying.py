"""What a certificate of destruction is made of: the manifest, the journal, and the trail, added up."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from domain.asset import register_of
from domain.certificate import Certificate, Copies, Hand, Lot, Method, Part
from domain.disposal import Disposal, Fate, Manifest, Step
from domain.rot import RotReason
from domain.rule import Schedule
from inventory import disposals as kept
from inventory.assets import assets
from inventory.audit import Transaction, latest
from inventory.certificates import certificates
from inventory.disposal_facts import others_of
from operations.disposal.certificate import issue
from operations.disposal.deciding import SCHEDULE
from operations.disposal.disposer import Disposer
from operations.signing import signing_key

_ENTRIES = 1_000


def certify(disposer: Disposer, manifest: Manifest, schedule: Schedule) -> tuple[str, ...]:
    """Issue a certificate of what was purged of a manifest and stands on none yet; its number, or nothing."""
    with disposer.trail.changing(disposer.authority) as change:
        told = certificate_of(change.transaction, disposer, manifest, schedule)
        if told is None:
            return ()
        return (str(issue(change, told, signing_key(disposer.settings)).number),)


def certificate_of(
    transaction: Transaction, disposer: Disposer, manifest: Manifest, schedule: Schedule
) -> Certificate | None:
    """None where there is nothing to be certified."""
    files = tuple(kept.disposals(transaction, manifest.number))
    done = _certified(transaction, manifest)
    purged = {
        position: one for position, one in enumerate(files, start=1)
        if one.fate is Fate.PURGED and one.refusal is None and position not in done
    }  # fmt: skip
    if not purged:
        return None
    gone = purged.values()
    journal = {one.number: kept.steps_of(transaction, one.number) for one in gone}
    intents = [at for steps in journal.values() for step, at, *_ in steps if step is Step.PURGE_INTENT]
    quarantined, ended = [one.quarantined for one in gone if one.quarantined], [one.ended for one in gone if one.ended]
    return Certificate(
        organisation=disposer.settings.organisation.name,
        manifest=manifest.number,
        manifest_digest=hashlib.sha256(manifest.body).hexdigest(),
        planned=manifest.items,
        positions=tuple(purged),
        lots=tuple(_lots(transaction, manifest, purged.values(), schedule)),
        hands=tuple(_hands(disposer, manifest, journal.values())),
        holds_checked=max(intents),
        quarantined=(min(quarantined), max(quarantined)),
        purged=(min(ended), max(ended)),
        copies=Copies(
            sum(_is_elsewhere(transaction, one) for one in purged.values()),
            _backups_until(disposer, max(ended)),
            _remains(disposer, purged.values()),
        ),
        method=_method(manifest),
        not_destroyed=_not_destroyed(files, purged, done),
    )


def _certified(transaction: Transaction, manifest: Manifest) -> set[int]:
    """The places of files that stand on a certificate already."""
    told = (json.loads(one.body) for one in certificates(transaction, manifest.number))
    return {at for body in told for first, last in body["positions"] for at in range(first, last + 1)}


def _not_destroyed(files: Sequence[Disposal], purged: Mapping[int, Disposal], done: set[int]) -> Mapping[str, int]:
    rest = ((at, one) for at, one in enumerate(files, start=1) if at not in purged)
    return Counter("on an earlier certificate" if at in done else _left_as(one) for at, one in rest)


def _left_as(one: Disposal) -> str:
    """What was removed and is not seen to be gone is not certified."""
    return f"{one.fate}, and {one.refusal}" if one.fate is Fate.PURGED else str(one.fate)


def _method(manifest: Manifest) -> Method:
    return Method.UNLINKED if manifest.action == "dispose" else Method.PACKED_THEN_UNLINKED


def _backups_until(disposer: Disposer, purged: datetime) -> date | None:
    """None where nobody has said how long backups hold what was deleted."""
    days = disposer.settings.disposal.backup_days
    return None if days is None else purged.date() + timedelta(days=days)


def _remains(disposer: Disposer, files: Iterable[Disposal]) -> tuple[str, ...]:
    """What the servers of these sources may keep of them by themselves: all of them were opened to be purged."""
    opened = (disposer.holdings.get(source) for source in {one.planned.ref.source for one in files})
    return tuple(sorted({one.promise.remains for one in opened if one is not None and one.promise.remains}))


def _is_elsewhere(transaction: Transaction, one: Disposal) -> bool:
    return any(others_of(transaction, one.planned.item, one.planned.digest, 1))


def _lots(
    transaction: Transaction, manifest: Manifest, files: Iterable[Disposal], schedule: Schedule
) -> Iterator[Lot]:  # fmt: skip
    register, told = register_of(assets(transaction)), manifest.told
    alike: dict[tuple[str, ...], list[Disposal]] = defaultdict(list)
    for one in files:
        planned = one.planned
        asset = register.of(planned.ref.source, planned.ref.folder) or ""
        alike[asset, planned.service, planned.record_class or "", planned.rule or "", planned.ground].append(one)
    for (asset, service, record_class, rule, ground), lot in sorted(alike.items()):
        authority, trigger = _because(schedule, rule, ground)
        changed = [one.planned.modified.date() for one in lot if one.planned.modified]
        due = [one.planned.due for one in lot if one.planned.due]
        yield Lot(
            asset, service, record_class, rule, told["schedule"], authority, trigger, told["reason"], len(lot),
            sum(one.planned.size for one in lot), *_span(changed), *_span(due),
        )  # fmt: skip


def _because(schedule: Schedule, rule: str, ground: str) -> tuple[str, str]:
    """On what authority, and by what it fell due."""
    if ground != SCHEDULE:
        return "", RotReason(ground).label
    found = next((one for one in schedule.rules if one.id == rule), None)
    return (found.authority, found.says or found.title) if found else ("", "")


def _span(days: Sequence[date]) -> tuple[date | None, date | None]:
    return (min(days), max(days)) if days else (None, None)


def _hands(
    disposer: Disposer, manifest: Manifest, journal: Iterable[Sequence[tuple[Step, datetime, str, object]]]
) -> Iterator[Hand]:
    """Proposer and approvers as the manifest names them; who ran and who purged as the journal does."""
    told, roles = manifest.told, _roles(disposer, manifest)
    proposer = told["proposer"]
    at = datetime.fromisoformat(told["proposed"])
    yield Hand(Part.PROPOSED, proposer, roles.get(proposer, ""), at, told["on_behalf_of"])
    for one in told["approvers"]:
        part = Part.APPROVED if one["stage"] == "first" else Part.SECOND_APPROVED
        role = roles.get(one["account"], "")
        yield Hand(part, one["account"], role, datetime.fromisoformat(one["at"]), one["on_behalf_of"])
    steps = [step for lines in journal for step in lines]
    for part, which in ((Part.RAN, Step.INTENT), (Part.PURGED, Step.PURGE_INTENT)):
        first: dict[str, datetime] = {}
        for step, moment, account, _ in steps:
            if step is which:
                first[account] = min(moment, first.get(account, moment))
        yield from (Hand(part, account, roles.get(account, ""), moment) for account, moment in sorted(first.items()))


def _roles(disposer: Disposer, manifest: Manifest) -> Mapping[str, str]:
    """In which role each of them acted, as the trail has it."""
    subjects = (f"batch:{manifest.batch}", f"manifest:{manifest.number}")
    entries = [one for subject in subjects for one in latest(disposer.trail.database, _ENTRIES, subject)]
    now = disposer.authority
    return {one.account: one.role for one in entries} | {now.actor.account: str(now.grant.role)}
