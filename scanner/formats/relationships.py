"""How the parts of an Office Open XML package point at each other and outside (ECMA-376 part 2, 6.5)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from scanner.budget import MIB
from scanner.formats.package import Attributes, Handlers, Member, Package, parse_xml, value_of

RELATIONSHIPS_LIMIT = 8 * MIB
"""The largest .rels member that is read."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """`kind` is the last word of its type. `target` is the name of a part, or what stands there if it is outside."""

    id: str
    kind: str
    target: str = field(repr=False)
    is_external: bool


def relationships(package: Package, member: Member) -> tuple[Relationship, ...]:
    """What a .rels member says. Raises PackageError where it cannot be read, or not wholly."""
    found: list[Relationship] = []
    folder = posixpath.dirname(posixpath.dirname(member.name))

    def meet(attributes: Attributes) -> None:
        found.append(_relationship(attributes, folder))

    handlers = Handlers({"Relationship": meet}, {}, lambda _: None)
    parse_xml(package.pieces(member, RELATIONSHIPS_LIMIT), lambda _: handlers)
    return tuple(found)


def external_targets(package: Package, member: Member) -> tuple[str, ...]:
    """What a .rels member points at outside of the package. Most point inside only, which shows without parsing."""
    content = package.read(member, RELATIONSHIPS_LIMIT)
    if content.startswith(b"<") and b"External" not in content and b"&#" not in content:
        return ()
    return tuple(relationship.target for relationship in relationships(package, member) if relationship.is_external)


def relationships_of(package: Package, part: str) -> tuple[Relationship, ...]:
    """What the part of this name points at; "" is the package itself."""
    folder, name = posixpath.split(part)
    member = package.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    return () if member is None else relationships(package, member)


def _relationship(attributes: Attributes, folder: str) -> Relationship:
    target = value_of(attributes, "Target")
    is_external = value_of(attributes, "TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    kind = value_of(attributes, "Type").rpartition("/")[2]
    return Relationship(value_of(attributes, "Id"), kind, target, is_external)
