"""Whether what was archived or transferred stands in its package as it did, before its original is destroyed."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.audit import Act
from domain.disposal import Refusal, RefusedFileError
from inventory.audit import latest
from inventory.engine import Database
from operations.disposal.package_check import listed, sha256_of
from operations.disposal.package_names import PAYLOAD
from operations.disposal.package_tags import DECLARATION, ITEMS, PAYLOAD_MANIFEST, TAG_MANIFEST
from scanner.sources.filesystem import version_of

Copies = Mapping[Path, bytes]
"""The copies of a file that were read, and of which version each was."""

_MOST_ENTRIES = 100_000
_NOT_AS_IT_WAS = (OSError, KeyError, ValueError, RuntimeError, csv.Error)


@dataclass(frozen=True, slots=True)
class Packages:
    """`place` is the folder in which packages stand by now, None where they stand where they were written. `digests`
    are what the trail has of their manifests of tags: of others nothing is taken.
    """

    place: Path | None = None
    digests: frozenset[str] = frozenset()
    _paths: dict[Path, Mapping[int, str]] = field(default_factory=dict, init=False)

    def read(self, package: str, item: int, sha256: bytes) -> Copies:
        """Hash the copy of an item in its package: before the transaction in which the original goes. Each item needs a
        copy of its own, also where others have the same bytes.

        Raises RefusedFileError (package-gone) where that is not what it was.
        """
        try:
            path = self._path(package, item)
            version = version_of(path.stat())
            if path.is_file() and sha256_of(path) == sha256.hex():
                return {path: version}
        except _NOT_AS_IT_WAS as error:
            raise RefusedFileError(Refusal.PACKAGE_GONE) from error
        raise RefusedFileError(Refusal.PACKAGE_GONE)

    def _path(self, package: str, item: int) -> Path:
        """Raises OSError, KeyError, ValueError or RuntimeError where there is none inside of the package."""
        if self.place is None and not Path(package).is_absolute():
            raise ValueError("Packages of earlier releases are known by their names alone.")
        folder = (Path(package) if self.place is None else self.place / Path(package).name).resolve(strict=True)
        if folder not in self._paths:
            self._paths[folder] = self._paths_in(folder)
        name = self._paths[folder][item]
        path = folder / name
        if not name.startswith(f"{PAYLOAD}/") or path.resolve(strict=True) != path:
            raise ValueError("What a package lists lies elsewhere.")
        return path

    def _paths_in(self, folder: Path) -> Mapping[int, str]:
        """Where each item lies in a package whose manifests are what they were."""
        (folder / DECLARATION).stat()
        known = listed(folder / TAG_MANIFEST)
        is_known = sha256_of(folder / TAG_MANIFEST) in self.digests
        if not is_known or any(sha256_of(folder / name) != known[name] for name in (PAYLOAD_MANIFEST, ITEMS)):
            raise ValueError("The manifests of a package are not what they were.")
        with (folder / ITEMS).open(encoding="utf-8", newline="") as file:
            paths = {int(row["item"]): row["path"] for row in csv.DictReader(file)}
        if len(set(paths.values())) != len(paths):
            raise ValueError("Two items of a package have one copy.")
        return paths


def packages_of(database: Database, manifest: int, place: Path | None) -> Packages:
    """What the files of a manifest were packed into."""
    entries = latest(database, _MOST_ENTRIES, f"manifest:{manifest}")
    packed = (json.loads(one.facts) for one in entries if one.act == Act.DISPOSAL_PACKAGED)
    return Packages(place, frozenset(facts["sha256"] for facts in packed if "sha256" in facts))


def refuse_changed(copies: Copies) -> None:
    """Raises RefusedFileError (package-gone) where a copy is not of the version any more that was read."""
    try:
        is_same = all(version_of(path.stat()) == version for path, version in copies.items())
    except OSError as error:
        raise RefusedFileError(Refusal.PACKAGE_GONE) from error
    if not is_same:
        raise RefusedFileError(Refusal.PACKAGE_GONE)
