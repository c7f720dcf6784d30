"""Puts the parts together as the configuration says."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from classifiers.classifier import Classifier
from classifiers.detector import detector_version
from classifiers.models import best_model
from classifiers.terms import Term, TermCounter
from classifiers.user_defined import Definition, reference_by_prefix
from domain.errors import ConfigurationError
from domain.item import printable, readable
from domain.privacy import FingerprintKey
from inventory.address import SIGN_IN, file_of, is_over_network
from inventory.engine import Database, open_inventory
from inventory.ocr_queue import OcrQueue
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.config import Settings
from operations.configuration.source_settings import FolderSettings, SourceSettings
from operations.examine import VERSION
from operations.executor import Executor
from operations.executors.carrying import CarryingExecutor
from operations.executors.processes import ProcessExecutor
from operations.executors.seclusion import Seclusion
from operations.executors.serial import SerialExecutor
from operations.scanning.courtesy import AT_EASE, Courtesy
from operations.scanning.self_told import self_told
from operations.scanning.sources import is_remote, near, policy_of
from operations.toolkit import Toolkit
from retention.glob import Glob, compile_glob
from scanner.budget import Budget
from scanner.dating import VERSION as DATING_VERSION
from scanner.extractor import Extractor
from scanner.extractors import FAST, FAST_FAMILIES, OVER_TIKA, readers
from scanner.extractors.tika_native import TikaNativeExtractor
from scanner.extractors.tika_server import TikaServerExtractor
from scanner.ocr import OcrExtractor
from scanner.similarity import VERSION as SIMILARITY_VERSION
from scanner.source import Source
from scanner.sources.mail_policy import MailPolicy

UNASSIGNED = "Unassigned"
_TIKAS_SHARE = 0.8
"""Of the clock that a worker is killed by, how much a Tika server may take: its trouble can then be named."""


@dataclass(frozen=True, slots=True)
class ToolkitMaker:
    """Builds the toolkit of one process; picklable, so that every worker builds its own."""

    settings: Settings
    key: FingerprintKey
    reuse: bool = True
    recognises: bool = False
    withholds: bool = True

    def __call__(self) -> Toolkit:
        settings = self.settings
        extractor_for = readers(tika_of(settings))
        tools = Toolkit(
            near(settings.sources, settings.mail),
            classifier_of(settings, self.key),
            pipeline_of(settings),
            extractor_for,
            fingerprint=self.key.fingerprint,
            weights=settings.risk,
            terms=term_counter(settings),
            recogniser=OcrExtractor(settings.ocr.languages, extractor_for) if self.recognises else None,
            budget=settings.limits.budget(),
            mail=self._mail(),
            self_told=self_told(settings.retention.schedule),
        )
        return self._with_inventory(tools) if self.reuse else tools

    def _mail(self) -> MailPolicy | None:
        """That of the configuration for a scan, which goes through what is other people's and writes it down. Who names
        a file to be examined, and keeps nothing of it, has it in hand: it is read as a whole.
        """
        mail = self.settings.mail
        return replace(policy_of(mail), content=mail.content or mail.on_shares) if self.withholds else None

    def _with_inventory(self, tools: Toolkit) -> Toolkit:
        database = open_inventory(self.settings.inventory.url, create=False)
        inventory = Inventory(database)
        return replace(
            tools,
            known=lambda digest, media_type: inventory.knows(digest, media_type, tools.pipeline),
            known_message=lambda message, kind: inventory.knows_message(message, kind, tools.pipeline),
            awaits_ocr=ocr_queue(self.settings, database, "").awaits if self.recognises else tools.awaits_ocr,
            tag=self.key.tag,
        )


def classifier_of(settings: Settings, key: FingerprintKey) -> Classifier:
    """The classifier of a scan."""
    from classifiers.presidio import PresidioClassifier  # noqa: PLC0415  seconds to import, for workers only

    return PresidioClassifier(key, model_of(settings), recognisers_of(settings))


def model_of(settings: Settings) -> str | None:
    """The name of the language model in force; None where there is none, or none is wanted."""
    name = settings.detection.model
    return {"auto": best_model(), "none": None}.get(name, name)


def recognisers_of(settings: Settings) -> tuple[Definition, ...]:
    """The site's own recognisers, its references by their prefix among them."""
    prefixes = settings.detection.reference_prefixes
    return (*settings.recognisers, *((reference_by_prefix(prefixes),) if prefixes else ()))


def detector_of(settings: Settings) -> str:
    """The detector's version, without loading its model."""
    return detector_version(model_of(settings), recognisers_of(settings))


def tika_of(settings: Settings) -> Extractor:
    """The reader of everything that has no reader of its own. Raises ConfigurationError where a server is not fit."""
    if settings.tika.server is None:
        return TikaNativeExtractor()
    return TikaServerExtractor(settings.tika.server, seconds=_TIKAS_SHARE * settings.limits.seconds)


def ocr_queue(settings: Settings, database: Database, source: str) -> OcrQueue:
    """What waits in a source for what the configuration wants recognised."""
    recogniser = OcrExtractor(settings.ocr.languages).version
    return OcrQueue(database, source, recogniser, settings.ocr.pictures, settings.ocr.documents)


def term_counter(settings: Settings) -> TermCounter:
    return TermCounter(Term(term.id, term.phrases) for term in settings.terms)


def pipeline_of(settings: Settings) -> str:
    """A short name of everything that decides what is read and found: another name, and content is examined again."""
    extractor_for = readers(tika_of(settings))
    kinds = (*FAST, *OVER_TIKA, *(family for family, _ in FAST_FAMILIES), "")
    versions = {extractor.version for kind in kinds if (extractor := extractor_for(kind))}
    told = (detector_of(settings), repr(settings.risk.named()))
    parts = (VERSION, str(SIMILARITY_VERSION), str(DATING_VERSION), *sorted(versions), *told)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def limits_of(settings: Settings) -> str:
    """A short name of the limits past which content is left unread: with another, what was left is read again."""
    limits = settings.limits
    mail = settings.mail
    kept = (limits.file_mb, limits.store_mb, limits.expanded_mb, limits.parts, limits.depth, limits.ratio,
            limits.text_chars, limits.seconds, limits.all_seconds,
            mail.content, mail.on_shares, mail.closed, mail.excluded)  # fmt: skip
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:8]


def recorder_of(settings: Settings, database: Database, source: SourceSettings, today: date) -> Recorder:
    pipeline = Pipeline(pipeline_of(settings), limits_of(settings))
    return Recorder(database, place_of(source), pipeline, today, service_finder(settings))


def place_of(source: SourceSettings) -> Place:
    """The source as the inventory knows it: where it really lies, and under its name."""
    return Place(source.name, source.place)


def ad_hoc_source(name: str, path: Path) -> FolderSettings:
    """A source for a path named on the command line: a folder, or one file in its folder.

    Raises ConfigurationError where there is nothing.
    """
    if not os.path.lexists(path):
        raise ConfigurationError(f"There is nothing at {printable(str(path))}. Check the spelling, or the mount.")
    if path.is_dir():
        return FolderSettings(name=name, root=path)
    return FolderSettings(name=name, root=path.parent, only=path.name)


def executor_of(
    settings: Settings,
    maker: Callable[[], Toolkit],
    sources: Mapping[str, Source] = MappingProxyType({}),
    courtesies: Mapping[str, Courtesy] = MappingProxyType({}),
    *,
    serial: bool = False,
) -> Executor:
    """The executor; what no worker can open is read from these sources here and carried to it."""
    budget, workers = settings.limits.budget(), settings.limits.workers or os.cpu_count() or 1
    executor = SerialExecutor(maker) if serial else ProcessExecutor(maker, workers, budget, seclusion_of(settings))
    return reaching(executor, budget, sources, courtesies)


def seclusion_of(settings: Settings) -> Seclusion:
    """What those who examine must be left: the way to a server that they ask, and how to sign in at the inventory's."""
    url = settings.inventory.url
    return Seclusion(settings.tika.server is not None or is_over_network(url), () if file_of(url) else SIGN_IN)


def reaching(
    executor: Executor, budget: Budget, sources: Mapping[str, Source], courtesies: Mapping[str, Courtesy]
) -> Executor:
    """The executor, to which this process brings what it reads of network sources."""
    far = {name: source for name, source in sources.items() if is_remote(source)}
    return (
        CarryingExecutor(executor, far, budget, lambda name: courtesies.get(name, AT_EASE).turn()) if far else executor
    )


def service_finder(settings: Settings) -> Callable[[bytes], str]:
    """Which service a folder belongs to: as configured, else the name of its top folder."""
    if not settings.services:
        return lambda folder: readable(folder.split(b"/")[0]) or UNASSIGNED
    try:
        globs = [(service.name, compile_glob(path)) for service in settings.services for path in service.paths]
    except ValueError as error:
        raise ConfigurationError(f"service.paths: {error}") from error
    return partial(_service_of, globs)


def _service_of(globs: list[tuple[str, Glob]], folder: bytes) -> str:
    some_file = f"{readable(folder)}/file" if folder else "file"
    return next((name for name, glob in globs if glob.matches(some_file)), UNASSIGNED)
