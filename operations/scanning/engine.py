"""Who examines for a scan: the processes of this machine, or hosts that take leases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.errors import ConfigurationError
from domain.privacy import FingerprintKey
from inventory.address import file_of
from inventory.engine import Database
from inventory.leases import drop_waiting_leases
from inventory.progress import Figures
from inventory.recorder import RunningScan
from operations.config import Settings
from operations.configuration.source_settings import SourceSettings
from operations.executor import Executor
from operations.executors.lease import Pass, queue_of, queues_like
from operations.executors.leasing import LeasingExecutor, Terms
from operations.scanning.courtesy import Courtesy
from operations.wiring import ToolkitMaker, executor_of, limits_of, ocr_queue, pipeline_of, place_of
from scanner.source import Source

Follow = Callable[[Figures], None]


class Engine(Protocol):
    """Makes the executor of each pass over a source. `follow` is told what others have done, where others do it."""

    def examining(self, scan: RunningScan, source: SourceSettings, follow: Follow) -> Executor: ...

    def recognising(self, scan: RunningScan, source: SourceSettings, follow: Follow) -> Executor: ...


def engine_of(
    settings: Settings,
    key: FingerprintKey,
    database: Database,
    sources: Mapping[str, Source],
    courtesies: Mapping[str, Courtesy],
) -> Engine:
    if settings.executor.kind == "cluster":
        return ClusterEngine(settings, database)
    return LocalEngine(
        executor_of(settings, ToolkitMaker(settings, key), sources, courtesies),
        lambda: executor_of(settings, ToolkitMaker(settings, key, recognises=True), sources, courtesies),
    )


def fit_for(settings: Settings, sources: tuple[SourceSettings, ...]) -> None:
    """Raises ConfigurationError where hosts are to examine what they cannot: a file's inventory, a path named here."""
    if settings.executor.kind != "cluster":
        return
    refuse_a_file(settings)
    known = {place_of(source).root for source in settings.sources}
    if any(place_of(source).root not in known for source in sources):
        raise ConfigurationError(
            "With executor.kind = 'cluster' only configured sources can be scanned: a worker host knows no other. "
            "Add a [[source]] on all hosts, or write kind = 'local'."
        )


def refuse_a_file(settings: Settings) -> None:
    if file_of(settings.inventory.url) is not None:
        raise ConfigurationError(
            "executor.kind = 'cluster' needs an inventory in PostgreSQL, which all hosts can reach: "
            "write inventory.url = 'postgresql://host/name', or kind = 'local'."
        )


def reads_with(settings: Settings) -> str:
    """All that decides how an item comes out: hosts that differ in it may not work on the same scan."""
    return f"{pipeline_of(settings)}/{limits_of(settings)}"


def recognises_with(settings: Settings, database: Database) -> str:
    return f"{reads_with(settings)}/{ocr_queue(settings, database, '').recogniser}"


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """This machine's own processes: one pool for what is examined, another where the text in pictures is read."""

    examiner: Executor
    recogniser: Callable[[], Executor]

    def examining(self, scan: RunningScan, source: SourceSettings, follow: Follow) -> Executor:  # noqa: ARG002
        return self.examiner

    def recognising(self, scan: RunningScan, source: SourceSettings, follow: Follow) -> Executor:  # noqa: ARG002
        return self.recogniser()


@dataclass(frozen=True, slots=True)
class ClusterEngine:
    """Worker hosts that read with the same versions and limits, and have the source in their configuration."""

    settings: Settings
    database: Database

    def examining(self, scan: RunningScan, source: SourceSettings, follow: Follow) -> Executor:
        return self._leasing(Pass.EXAMINE, scan, source, reads_with(self.settings), follow)

    def recognising(self, scan: RunningScan, source: SourceSettings, follow: Follow) -> Executor:
        return self._leasing(Pass.RECOGNISE, scan, source, recognises_with(self.settings, self.database), follow)

    def _leasing(
        self, what: Pass, scan: RunningScan, source: SourceSettings, with_what: str, follow: Follow
    ) -> Executor:
        """Leases that were left for hosts of another version are taken back: none of these may come again."""
        root = place_of(source).root
        queue = queue_of(what, with_what, root)
        drop_waiting_leases(self.database, queues_like(what, root), queue)
        terms = Terms(self.settings.executor.lease, self.settings.executor.waiting_leases)
        return LeasingExecutor(self.database, scan, what, queue, terms, follow)
