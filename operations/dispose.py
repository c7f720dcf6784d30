"""Disposal: what was approved and planned is moved into quarantine, put back, or in the end purged. Nothing else in
Muniment changes a source.

Each file is decided on again, its intent journalled and on the disk, before it is touched; a run that breaks off
anywhere is gone on with by the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from domain.actor import About, Actor, Authority, Verb
from domain.audit import Act
from domain.disposal import IN_QUARANTINE, QUARANTINE, Disposal, Fate, Manifest, Refusal
from domain.errors import ConfigurationError
from domain.privacy import FingerprintKey
from domain.review import BatchState
from inventory import disposals as kept
from inventory.engine import reading
from inventory.reviews import alone, set_batch_state
from operations.access import RefusedError, ask
from operations.config import Settings
from operations.disposal.approvals import refuse_batch
from operations.disposal.certifying import certify
from operations.disposal.clocks import BACK
from operations.disposal.deciding import Deciding
from operations.disposal.disposer import Clock, Disposer, disposing
from operations.disposal.holding import Watch, unwatched
from operations.disposal.manifests import about, manifest_of, signed, told_files
from operations.disposal.package_standing import packages_of
from operations.disposal.planning import refuse_disabled
from operations.disposal.purging import Purging
from operations.disposal.recovery import NOTHING_BROKEN, Recovered, look_around, recover
from operations.disposal.restoring import give_back
from operations.disposal.stopping import StoppedError, refuse_stopped
from operations.disposal.taking import Taking
from operations.keys import load_key
from operations.people.audit import Trail
from operations.scanning.sources import opened
from operations.signing import signing_key


@dataclass(frozen=True, slots=True)
class Done:
    """What a run, restoring or purging came to: how many files are now at which point, and why others are not.

    `left` were not come to: for the ceiling of one run, or since somebody `stopped` it, as that says. `strange` are
    things in quarantine that the journal knows nothing of.
    """

    fates: Mapping[Fate, int]
    refusals: Mapping[Refusal, int]
    left: int = 0
    stopped: str = ""
    recovered: Recovered = NOTHING_BROKEN
    certificates: tuple[str, ...] = ()
    strange: int = 0


def to_run(actor: Actor, trail: Trail, settings: Settings, number: int) -> tuple[Manifest, tuple[Disposal, ...]]:
    """A manifest and the files of it that one run would take, which is no more than the ceiling: what is shown before.

    Raises RefusedError to those who took part in the decision, and where the manifest is not what was signed.
    """
    refuse_disabled(settings)
    with reading(trail.database) as connection:
        manifest = manifest_of(connection, number)
        ask(actor, Verb.RUN_DISPOSAL, about(connection, manifest))
        refuse_stopped(connection, manifest.service)
        return manifest, tuple(_up_to(settings, kept.due_for_run(connection, number, settings.disposal.most_items)))


def run(
    actor: Actor, trail: Trail, settings: Settings, number: int, typed: int, clock: Clock, watch: Watch = unwatched
) -> Done:
    """Take the files of a manifest into quarantine, `typed` of them, as somebody was shown and typed in.

    Raises RefusedError for another number, to those who took part in the decision, and while disposal is stopped.
    """
    manifest, shown = to_run(actor, trail, settings, number)
    with reading(trail.database) as connection:
        authority = ask(actor, Verb.RUN_DISPOSAL, about(connection, manifest))
        refuse_batch(connection, manifest.batch, BatchState.PLANNED)
        behind = kept.counts(connection, number).get(Fate.PLANNED, (0, 0))[0] - len(shown)
    _refuse_count(typed, len(shown))
    with _working(trail, authority, settings, manifest, clock, watch) as (disposer, deciding, told, key):
        recovered, strange = recover(disposer), look_around(disposer, _sources(shown))
        done = _each(disposer, manifest, shown, Taking(disposer, deciding, manifest, told, key).take)
        _close(disposer, manifest)
    return replace(done, recovered=recovered, strange=strange, left=done.left + behind)


def restore(
    actor: Actor,
    trail: Trail,
    settings: Settings,
    numbers: Sequence[int],
    clock: Clock,
    to: bytes | None = None,
    watch: Watch = unwatched,
) -> Done:
    """Put files back, by their numbers in the journal: to where they lay, or a single one `to` a path below its root.

    Their approval is void then. Nothing is ever overwritten. It works while disposal is switched off or stopped too.
    """
    if to is not None and len(numbers) != 1:
        raise ConfigurationError("Only one file at a time can be restored elsewhere. Name one.")
    if to is not None:
        _refuse_place(to)
    with reading(trail.database) as connection:
        files = [kept.disposal_numbered(connection, number) for number in numbers]
        services = {manifest_of(connection, one.manifest).service for one in files if one}
    there = [one for one in files if one is not None and one.fate in IN_QUARANTINE]
    authority = ask(actor, Verb.RESTORE, About(frozenset(services)))
    if len(there) != len(numbers):
        raise ConfigurationError("Not all of these are in quarantine. See: muniment dispose list --manifest NUMBER")
    with disposing(trail, authority, settings, clock, watch) as disposer:
        recovered = recover(disposer)
        done = _done(disposer, there, lambda one: give_back(disposer, one, to))
    return replace(done, recovered=recovered)


def _refuse_place(to: bytes) -> None:
    """Raises ConfigurationError for what is no path of a file below the root of a source."""
    parts = to.removeprefix(b"/").split(b"/")
    if any(part in (b"", b".", b"..") or b"\0" in part for part in parts):
        raise ConfigurationError(
            "Name a file below the root of the source, with its folders, such as Housing/back.txt."
        )
    if any(part.startswith(QUARANTINE.encode()) for part in parts):
        raise ConfigurationError("That place is in quarantine itself. Name another, below the root of the source.")


def to_purge(actor: Actor, trail: Trail, settings: Settings, number: int, clock: Clock) -> tuple[Disposal, ...]:
    """The files of a manifest whose time in quarantine is over, no more than the ceiling: what is shown before.

    Raises RefusedError to those who took part in the decision.
    """
    refuse_disabled(settings)
    with reading(trail.database) as connection:
        manifest = manifest_of(connection, number)
        ask(actor, Verb.PURGE, about(connection, manifest))
        refuse_stopped(connection, manifest.service)
        today, most = clock().date(), settings.disposal.most_items
        return tuple(_up_to(settings, kept.due_for_purge(connection, today, number, most)))


def purge(
    actor: Actor, trail: Trail, settings: Settings, number: int, typed: int, clock: Clock, watch: Watch = unwatched,
    packages: Path | None = None,
) -> Done:  # fmt: skip
    """Destroy the files of a manifest whose time in quarantine is over, `typed` of them, and issue a certificate. What
    was archived or transferred goes if its copy still stands in its package, or in one of that name in `packages`.

    Raises RefusedError for another number, to those who took part in the decision, and while disposal is stopped.
    """
    shown = to_purge(actor, trail, settings, number, clock)
    with reading(trail.database) as connection:
        manifest = manifest_of(connection, number)
        authority = ask(actor, Verb.PURGE, about(connection, manifest))
    _refuse_count(typed, len(shown))
    with _working(trail, authority, settings, manifest, clock, watch) as (disposer, deciding, told, key):
        recovered, strange = recover(disposer), look_around(disposer, _sources(shown))
        earlier = certify(disposer, manifest, deciding.schedule)  # What was purged before, and broke off, has its own.
        standing = packages_of(trail.database, number, packages)
        done = _each(disposer, manifest, shown, Purging(disposer, deciding, manifest, told, key, standing).purge)
        issued = (*earlier, *certify(disposer, manifest, deciding.schedule))
    return replace(done, recovered=recovered, certificates=issued, strange=strange)


@contextmanager
def _working(
    trail: Trail, authority: Authority, settings: Settings, manifest: Manifest, clock: Clock, watch: Watch
) -> Iterator[tuple[Disposer, Deciding, Mapping[int, Mapping[str, Any]], FingerprintKey]]:
    """All that taking and purging need. Raises RefusedError for a manifest that is not what was signed."""
    signed(manifest, signing_key(settings))
    key = load_key(settings.inventory.key_file)
    with (
        opened(settings.sources, settings.mail) as sources,
        disposing(trail, authority, settings, clock, watch) as disposer,
    ):
        deciding = Deciding(disposer.trail.database, settings, clock().date(), sources)
        yield disposer, deciding, told_files(manifest), key


def _each(disposer: Disposer, manifest: Manifest, files: Sequence[Disposal], act: Callable[[Disposal], None]) -> Done:
    """Each file in turn, as the trail tells of it."""
    trail, authority, subject = disposer.trail, disposer.authority, f"manifest:{manifest.number}"
    trail.note(authority, Act.DISPOSAL_BEGUN, subject, verb=str(authority.verb), items=len(files))
    done = _done(disposer, files, act)
    trail.note(
        authority, Act.DISPOSAL_ENDED, subject, verb=str(authority.verb), left=done.left, stopped=bool(done.stopped),
        **{str(fate): count for fate, count in sorted(done.fates.items())},
    )  # fmt: skip
    return done


def _done(disposer: Disposer, files: Sequence[Disposal], act: Callable[[Disposal], None]) -> Done:
    fates, refusals = Counter[Fate](), Counter[Refusal]()
    for number, one in enumerate(files):
        if disposer.clock.went_back:
            return Done(fates, refusals, len(files) - number, BACK)
        try:
            act(one)
        except StoppedError as stopped:
            return Done(fates, refusals, len(files) - number, str(stopped))
        with reading(disposer.trail.database) as connection:
            now = kept.disposal_numbered(connection, one.number) or one
        fates[now.fate] += 1
        if now.refusal is not None:
            refusals[now.refusal] += 1
    return Done(fates, refusals)


def _close(disposer: Disposer, manifest: Manifest) -> None:
    """A batch of which nothing is to be taken any more is done."""
    with disposer.trail.changing(disposer.authority) as change:
        alone(change.transaction)
        if not {Fate.PLANNED, Fate.MOVING} & kept.counts(change.transaction, manifest.number).keys():
            set_batch_state(change.transaction, manifest.batch, BatchState.DONE)


def _sources(files: Iterable[Disposal]) -> frozenset[str]:
    return frozenset(one.planned.ref.source for one in files)


def _up_to(settings: Settings, files: Iterable[Disposal]) -> Iterator[Disposal]:
    """As many bytes as one run may take."""
    size = 0
    for one in files:
        size += one.planned.size
        if size > settings.disposal.most_bytes:
            return
        yield one


def _refuse_count(typed: int, shown: int) -> None:
    """Raises RefusedError where the number typed is not how many files it is about."""
    if typed != shown:
        raise RefusedError(
            f"The number typed ({typed}) is not how many files this is about ({shown}). Look at them again: "
            "muniment dispose list"
        )
