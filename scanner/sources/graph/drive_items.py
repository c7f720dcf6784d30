"""An item of a drive, by the facets that Graph tells of it (driveItem resource type)."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

from domain.access import EVERYONE, ORGANISATION, Access
from domain.errors import Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef
from scanner.sources.graph.client import Told
from scanner.sources.graph.names import digest, size_of, text_of, time_of


class Scope(IntEnum):
    """How widely an item is shared by a link or by name, narrowest first."""

    NONE = 0
    USERS = 1
    ORGANIZATION = 2
    ANONYMOUS = 3


class Node(NamedTuple):
    """What is kept of an item from one listing to the next: enough to know where it was when it is gone."""

    parent: str
    name: str
    is_folder: bool
    is_file: bool
    scope: int


_ARCHIVED = frozenset({"fullyArchived", "reactivating"})


def node_of(told: Told) -> Node:
    """A notebook is a folder, of its sections, and an item as well."""
    parent = text_of(_facet(told, "parentReference").get("id")) or _NOWHERE
    is_folder = "root" in told or ("remoteItem" not in told and ("folder" in told or "package" in told))
    shared = _facet(told, "shared")
    scope = _SCOPES.get(text_of(shared.get("scope")), Scope.USERS if shared else Scope.NONE)
    is_file = not is_folder or "package" in told
    return Node("" if "root" in told else parent, text_of(told.get("name")), is_folder, is_file, scope)


_NOWHERE = "?"
_SCOPES = {"anonymous": Scope.ANONYMOUS, "organization": Scope.ORGANIZATION, "users": Scope.USERS}


def drive_item(ref: ItemRef, told: Told, owner: str | None) -> Item:
    """Its version is of its content alone where Graph tells a hash of that."""
    times = _facet(told, "fileSystemInfo")
    problem = _problem_of(told)
    size = size_of(told.get("size"))
    author = text_of(_facet(_facet(told, "createdBy"), "user").get("email"))
    return Item(
        ref, ItemKind.OTHER if problem and "file" not in told else ItemKind.FILE, size,
        time_of(times.get("lastModifiedDateTime") or told.get("lastModifiedDateTime")), _version(told, size),
        digest(text_of(_facet(told, "parentReference").get("driveId")), text_of(told.get("id"))).hex(), problem,
        time_of(times.get("createdDateTime") or told.get("createdDateTime")),
        time_of(times.get("lastAccessedDateTime")),
        owner=owner or author or None,
    )  # fmt: skip


def access_of(scope: int, owner: str) -> Access:
    """`owner` is the person whose drive it is, or "site:..." for the members of a site, whom no drive names."""
    person = None if owner.startswith("site:") else owner
    if scope >= Scope.ORGANIZATION:
        return Access(person, (EVERYONE if scope == Scope.ANONYMOUS else ORGANISATION,))
    return Access(person, (owner,))


def _facet(told: Any, name: str) -> dict[str, Any]:
    facet = told.get(name)
    return facet if isinstance(facet, dict) else {}


def _problem_of(told: Told) -> Problem | None:
    if "remoteItem" in told:
        return Problem(ProblemCode.LINK)
    if "package" in told or "file" not in told:
        return Problem(ProblemCode.UNSUPPORTED)
    if _facet(told, "file").get("archiveStatus") in _ARCHIVED:
        return Problem(ProblemCode.PLACEHOLDER)
    return None


def _version(told: Told, size: int) -> bytes:
    hashes = _facet(_facet(told, "file"), "hashes")
    for name in ("quickXorHash", "sha256Hash", "sha1Hash"):
        if found := text_of(hashes.get(name)):
            return digest(str(size), name, found)
    marks = [text_of(told.get(name)) for name in ("cTag", "eTag", "lastModifiedDateTime")]
    return digest(str(size), next(filter(None, marks), ""))
