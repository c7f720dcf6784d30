"""Reads a package again where it stands: only what its disk gives back is there."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from operations.disposal.package_tags import PAYLOAD_MANIFEST, TAG_MANIFEST
from scanner.blob import chunks


def faults(folder: Path, digest: str) -> tuple[str, ...]:
    """The paths in a package that are missing, altered or too many; its manifest of tags must have this SHA-256.

    Raises OSError where the package cannot be read.
    """
    if sha256_of(folder / TAG_MANIFEST) != digest:
        return (TAG_MANIFEST,)
    known = listed(folder / TAG_MANIFEST) | listed(folder / PAYLOAD_MANIFEST)
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    altered = {path for path in there & known.keys() if sha256_of(folder / path) != known[path]}
    return tuple(sorted(altered | (there ^ (known.keys() | {TAG_MANIFEST}))))


def listed(manifest: Path) -> dict[str, str]:
    """The digests that a manifest of a package has, by path."""
    lines = manifest.read_text("utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def sha256_of(path: Path) -> str:
    """Of what the disk gives back."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        # What the system still remembers of writing it says nothing of what the disk holds.
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        for piece in chunks(file):
            digest.update(piece)
    return digest.hexdigest()
