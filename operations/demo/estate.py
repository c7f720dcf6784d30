"""The demo estate as a whole: the plan of every file, what is true of each, and the writing of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from domain.errors import ConfigurationError
from operations.demo.format import render
from operations.demo.leftovers import leftovers
from operations.demo.plan import PlannedFile, Truth
from operations.demo.services import adults, children, finance, highways, human_resources, planning

VERSION = "2"
"""Raise it whenever the estate changes, so that estates that were built before are built anew."""

_BUILDING = "building"
_OPEN = 0o755
_RIGHTS = {"Children's Social Care": 0o750, "Human Resources": 0o700, "Human Resources/Policies": _OPEN}
"""Of folders, for what lies in them too; the others are open to everyone."""
_SERVICES = (children, adults, human_resources, highways, planning, finance)


def plan() -> tuple[PlannedFile, ...]:
    """Every file of the estate, in the order of their paths. Pure: the same at every call."""
    kept = tuple(file for service in _SERVICES for file in service.files())
    return tuple(sorted((*kept, *leftovers(kept)), key=lambda file: file.path))


def estate_truth() -> Mapping[str, Truth]:
    """What is true of each file, by its path below the estate with '/'. Touches no disk."""
    return {file.path: file.truth for file in plan()}


def build_estate(folder: Path) -> None:
    """Write the estate below `folder`, byte for byte the same at every build, file times and rights included.

    A marker beside the folder says which version stands there: an estate of this version is left alone, one of
    another version or of an interrupted build is removed and built wholly. Raises ConfigurationError where the
    folder holds files that no earlier build put there.
    """
    marker = folder.parent / f".{folder.name}-version"
    standing = marker.read_text() if marker.exists() else None
    if standing == VERSION and folder.is_dir():
        return
    _claim(folder, ours=standing is not None)
    marker.write_text(_BUILDING)
    shutil.rmtree(folder)
    for file in plan():
        _write(folder, file)
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        path.chmod(_rights(path.relative_to(folder)))
    marker.write_text(VERSION)


def _claim(folder: Path, ours: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not ours:
        raise ConfigurationError("The demo needs an empty folder, and this one holds files. Name another folder.")


def _write(folder: Path, file: PlannedFile) -> None:
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render(file.name, file.content))
    seconds = int(file.modified.timestamp())
    os.utime(path, (seconds, seconds))


def _rights(folder: Path) -> int:
    """Not those that this account happens to give to new folders."""
    ways = (str(way) for way in (folder, *folder.parents))
    return next((_RIGHTS[way] for way in ways if way in _RIGHTS), _OPEN)
