"""Scanning: list sources, examine what is new or changed, write it down; killed at any moment, it goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from domain.actor import Actor, Authority, Verb
from domain.errors import ConfigurationError, MunimentError
from domain.item import readable
from inventory.engine import Database, only_scan
from inventory.progress import Figures, told_by_workers
from inventory.recorder import Recorder, RunningScan
from operations.access import ask
from operations.config import Settings
from operations.configuration.source_settings import MicrosoftSettings, SourceSettings
from operations.keys import load_key
from operations.people.audit import Trail, open_trail
from operations.people.directory import know_people
from operations.scanning.courtesy import Courtesy
from operations.scanning.engine import Engine, engine_of, fit_for
from operations.scanning.progress import Progress, Watcher
from operations.scanning.recognise import recognise
from operations.scanning.run import MOST_AT_ONCE, Run, first_of, scan, utc_now
from operations.scanning.sources import courtesy_of, opened
from operations.scanning.telling import telling
from operations.scanning.told import told_of_scan
from operations.wiring import ad_hoc_source, detector_of, ocr_queue, place_of, recorder_of
from scanner.source import Source
from scanner.sources.mail_policy import CONTENT_OFF
from scanner.sources.unreachable import SourceUnreachableError

__all__ = ["Progress", "Run", "Watcher", "ad_hoc_sources", "scan", "scan_sources", "utc_now", "with_ocr"]

Scanned: TypeAlias = list[tuple[SourceSettings, RunningScan]]


def scan_sources(
    actor: Actor, settings: Settings, sources: Iterable[SourceSettings], watcher: Watcher, *,
    examine_content: bool = True,
) -> Progress:  # fmt: skip
    """Scan sources one after the other into the configured inventory; return the figures of all together.

    A source that cannot be reached stops no other, nor does the directory. Raises MunimentError at the end for those,
    InventoryError where another scan is running, and RefusedError for an actor that may not scan.
    """
    authority = ask(actor, Verb.SCAN)
    sources = tuple(sources)
    fit_for(settings, sources)
    key = load_key(settings.inventory.key_file)
    settings = settings.over(sources)
    with (
        only_scan(settings.inventory.url),
        opened(settings.sources, settings.mail, reads=examine_content) as made,
        open_trail(settings) as trail,
    ):
        timezone = settings.organisation.timezone
        courtesies = {source.name: courtesy_of(source, timezone) for source in settings.sources}
        engine = engine_of(settings, key, trail.database, made, courtesies)
        scans = _Scans(settings, key.id, trail, authority, engine, watcher, examine_content)
        for source in settings.sources:
            scans.scan(source, made[source.name], courtesies[source.name])
        unknown = know_people(settings.directory, trail.database, utc_now().date())
        if examine_content:
            _recognise(settings, scans.ended, engine, trail.database, scans.progress, watcher)
    if unsaid := [*scans.unreachable, *unknown]:
        raise MunimentError("\n".join(unsaid))
    return scans.progress


@dataclass(slots=True)
class _Scans:
    """Scans of several sources, one after the other: their figures, those that ended, and what could not be reached."""

    settings: Settings
    key_id: str
    trail: Trail
    authority: Authority
    engine: Engine
    watcher: Watcher
    reads: bool
    progress: Progress = field(default_factory=Progress)
    ended: Scanned = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)

    def scan(self, source: SourceSettings, made: Source, courtesy: Courtesy) -> None:
        settings, database, progress = self.settings, self.trail.database, self.progress
        withheld = CONTENT_OFF if source.is_mail and not settings.mail.content else None
        recorder = recorder_of(settings, database, source, utc_now().date())
        _begin(recorder, settings, source, self.key_id, reads=self.reads or withheld is not None)
        first = first_of(settings.scan.recent_days, settings.scan.risky)
        run = Run(recorder, progress, self.watcher, courtesy, withheld, first, MOST_AT_ONCE)
        progress.all_listed, progress.worth = False, None
        policy, began, reads = _policy_of(settings, source), recorder.scan, self.reads and not withheld
        try:
            told = told_of_scan(self.trail, self.authority, began, progress, policy=policy, content=reads)
            with told, telling(database, began, progress):
                executor = self.engine.examining(began, source, run.follow)
                scan(made, run, executor, examine_content=self.reads)
        except SourceUnreachableError as error:
            self.unreachable.append(str(error))
        else:
            self.ended.append((source, began))


def _begin(recorder: Recorder, settings: Settings, source: SourceSettings, key_id: str, *, reads: bool) -> None:
    """Open the scan of a source under the policy that holds for it."""
    holds_mail = _holds_mail(source)
    policy = _policy_of(settings, source)
    # A server may put the same message together otherwise every time: what is proved is the look of files.
    proof = 0.0 if holds_mail else settings.scan.proof
    recorder.begin(utc_now(), detector_of(settings), key_id, policy, reads=reads, proof=proof)


def _policy_of(settings: Settings, source: SourceSettings) -> str:
    """On shares lie mailboxes too, as files."""
    mail = settings.mail
    if _holds_mail(source):
        return mail.policy
    return f"mailboxes kept as files: {'read, as files are' if mail.on_shares and not mail.content else mail.policy}"


def _holds_mail(source: SourceSettings) -> bool:
    return source.is_mail or isinstance(source, MicrosoftSettings)


def _recognise(
    settings: Settings, scanned: Scanned, engine: Engine, database: Database, progress: Progress, watcher: Watcher
) -> None:
    """Read the text in pictures, where that is wanted and some wait; last of all, so that nothing waits for it."""
    if not settings.ocr.pictures and not settings.ocr.documents:
        return
    queues = [(ocr_queue(settings, database, source.name), source, began) for source, began in scanned]
    progress.to_recognise = sum(len(queue) for queue, _, _ in queues)
    if not progress.to_recognise:
        return

    def read(contents: int) -> None:
        progress.recognised += contents
        watcher(progress)

    watcher(progress)
    for queue, source, began in queues:
        before = told_by_workers(database, began.id).recognised if len(queue) else 0
        with telling(database, began, progress, "pictures"):
            recognise(queue, engine.recognising(began, source, _Increase(before, read)), read)


class _Increase:
    """Tells how many more pictures other hosts have read since it was last told."""

    def __init__(self, before: int, read: Callable[[int], None]) -> None:
        self._before, self._read = before, read

    def __call__(self, figures: Figures) -> None:
        more, self._before = figures.recognised - self._before, figures.recognised
        self._read(more)


def with_ocr(settings: Settings) -> Settings:
    """The same settings with all text recognition on."""
    return settings.model_copy(update={"ocr": settings.ocr.model_copy(update={"pictures": True, "documents": True})})


def ad_hoc_sources(settings: Settings, paths: Iterable[Path]) -> tuple[SourceSettings, ...]:
    """Sources for paths named on the command line; a path that is a configured source's root is that source.

    Raises ConfigurationError for a path that is not there, or lies in or around a configured source's root.
    """
    return tuple(_ad_hoc(settings, path) for path in paths)


def _ad_hoc(settings: Settings, path: Path) -> SourceSettings:
    source = ad_hoc_source(readable(os.fsencode(path.resolve())), path.resolve())
    own = place_of(source)
    for configured in settings.sources:
        place = place_of(configured)
        if place.root == own.root:
            return configured
        if place.overlaps(own.root):
            raise ConfigurationError(
                f"This path overlaps source {configured.name!r}, so files would be counted twice. "
                f"Scan that: muniment scan --source {configured.name!r}"
            )
    return source
