"""Whether what was archived or transferred stands in its package as it did, before its original is destroyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.disposal import Refusal, RefusedFileError
from operations.disposal.package_check import listed, sha256_of
from operations.disposal.package_tags import DECLARATION, PAYLOAD_MANIFEST
from scanner.sources.filesystem import version_of

Copies = Mapping[Path, bytes]
"""The copies of a file that were read, and of which version each was."""


@dataclass(frozen=True, slots=True)
class Packages:
    """`place` is the folder in which packages stand by now, None where they stand where they were written."""

    place: Path | None = None
    _payloads: dict[Path, Mapping[str, list[Path]]] = field(default_factory=dict, init=False)

    def read(self, package: str, sha256: bytes) -> Copies:
        """Hash all that a package lists by this digest: before the transaction in which the original goes.

        Raises RefusedFileError (package-gone) where it lists nothing, or anything of it is not what it was.
        """
        folder = Path(package) if self.place is None else self.place / Path(package).name
        try:
            copies = {path: version_of(path.stat()) for path in self._payload(folder)[sha256.hex()]}
            if copies and all(not path.is_symlink() and sha256_of(path) == sha256.hex() for path in copies):
                return copies
        except (OSError, KeyError, ValueError) as error:
            raise RefusedFileError(Refusal.PACKAGE_GONE) from error
        raise RefusedFileError(Refusal.PACKAGE_GONE)

    def _payload(self, folder: Path) -> Mapping[str, list[Path]]:
        """The files of a package by their digests, as its own manifest has them. Raises OSError where it is none."""
        if folder not in self._payloads:
            (folder / DECLARATION).stat()
            found: dict[str, list[Path]] = defaultdict(list)
            for path, digest in listed(folder / PAYLOAD_MANIFEST).items():
                found[digest].append(folder / path)
            self._payloads[folder] = dict(found)
        return self._payloads[folder]


def refuse_changed(copies: Copies) -> None:
    """Raises RefusedFileError (package-gone) where a copy is not of the version any more that was read."""
    try:
        is_same = all(version_of(path.stat()) == version for path, version in copies.items())
    except OSError as error:
        raise RefusedFileError(Refusal.PACKAGE_GONE) from error
    if not is_same:
        raise RefusedFileError(Refusal.PACKAGE_GONE)
