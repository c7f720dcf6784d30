"""Packs what a manifest archives or transfers: until its copy was read back at the target, no original may go."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO

from domain.actor import Actor, Authority, Verb
from domain.audit import Act
from domain.disposal import Disposal, Fate, Manifest, Planned, Refusal, RefusedFileError
from domain.errors import ConfigurationError
from domain.packing import Package, PackageFacts, PackageKind, Packing
from domain.privacy import FingerprintKey
from domain.review import BatchState
from inventory import disposals as kept
from inventory.audit import latest
from inventory.engine import reading
from inventory.packing_facts import FormatFacts, format_facts, not_packed
from operations.access import ask
from operations.config import Settings
from operations.disposal.approvals import refuse_batch
from operations.disposal.disposer import Clock, Disposer, disposing
from operations.disposal.manifests import about, is_as_signed, manifest_of, signed, told_files
from operations.disposal.package import write_package
from operations.disposal.planning import refuse_disabled
from operations.disposal.stopping import refuse_stopped
from operations.keys import load_key
from operations.people.audit import Trail, line_of
from operations.signing import signing_key

_HISTORY = 1_000


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a package is to stand: a folder, the name of the package in it, and for whom it is."""

    folder: Path
    name: str
    recipient: str = ""


def pack(actor: Actor, trail: Trail, settings: Settings, number: int, to: Destination, clock: Clock) -> Package:
    """Write the files of a manifest that are not packed yet into a package; what is in it may then be run.

    Raises RefusedError to those who took part in the decision, ConfigurationError for a manifest that destroys, or of
    which all is packed, and UnpackedError where there is no package.
    """
    refuse_disabled(settings)
    with reading(trail.database) as connection:
        manifest = manifest_of(connection, number)
        authority = ask(actor, Verb.RUN_DISPOSAL, about(connection, manifest))
        refuse_stopped(connection, manifest.service)
        refuse_batch(connection, manifest.batch, BatchState.PLANNED)
        files = tuple(one for one in not_packed(connection, number) if one.fate is Fate.PLANNED)
        formats = format_facts(connection, [one.planned.item for one in files])
    signed(manifest, signing_key(settings))
    if manifest.action not in tuple(PackageKind):
        raise ConfigurationError(f"Manifest {number} archives and transfers nothing: it is to {manifest.action}.")
    if not files:
        raise ConfigurationError(f"All of manifest {number} is packed. Go on with: muniment dispose run {number}")
    with disposing(trail, authority, settings, clock) as disposer:
        opening = _Opening(disposer, {one.planned.item: one.planned for one in files}, told_files(manifest),
                           load_key(settings.inventory.key_file))  # fmt: skip
        chosen = [_packing(one.planned, formats.get(one.planned.item, FormatFacts())) for one in files]
        package = write_package(chosen, opening.open, to.folder, _facts(trail, settings, manifest, to, clock))
        _note(disposer.trail, authority, manifest, package, files, clock)
    return package


@dataclass(frozen=True, slots=True)
class _Opening:
    disposer: Disposer
    planned: Mapping[int, Planned]
    told: Mapping[int, Mapping[str, Any]]
    key: FingerprintKey

    def open(self, packing: Packing) -> BinaryIO:
        """The file, if what stands in its place looks as it was planned. Raises RefusedFileError."""
        planned = self.planned[packing.item]
        if not is_as_signed(planned, self.told.get(planned.item), self.key):
            raise RefusedFileError(Refusal.ALTERED)
        return self.disposer.holding(planned.ref.source, taking=True).open(planned)


def _packing(planned: Planned, known: FormatFacts) -> Packing:
    return Packing(
        planned.item, planned.ref, planned.size, planned.digest, planned.modified, known.media_type, known.pronom,
        known.misnamed, planned.record_class or "", planned.rule or "",
    )  # fmt: skip


def _facts(trail: Trail, settings: Settings, manifest: Manifest, to: Destination, clock: Clock) -> PackageFacts:
    """With who decided as the manifest has it, and all that the audit trail says of the batch and the manifest."""
    decided = {name: value for name, value in manifest.told.items() if name != "files"}
    subjects = (f"batch:{manifest.batch}", f"manifest:{manifest.number}")
    history = tuple(line_of(entry) for subject in subjects for entry in latest(trail.database, _HISTORY, subject))
    return PackageFacts(
        to.name, PackageKind(manifest.action), settings.organisation.name, clock().astimezone(UTC), manifest.number,
        to.recipient or str(manifest.told["target"]), (decided,), history,
    )  # fmt: skip


def _note(
    trail: Trail, authority: Authority, manifest: Manifest, package: Package, files: Sequence[Disposal], clock: Clock
) -> None:
    numbers = {one.planned.item: one.number for one in files}
    with trail.changing(authority) as change:
        for one in package.packed:
            number = numbers[one.packing.item]
            kept.note_package(change.transaction, number, os.path.abspath(package.path), one.sha256, clock())
        change.note(
            Act.DISPOSAL_PACKAGED, f"manifest:{manifest.number}", items=len(package.packed), bytes=package.bytes,
            left_out=len(package.left_out), sha256=package.digest,
        )  # fmt: skip
