"""Finds the families of copies in an inventory, and has them written down with what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.copies import CopyFamily, CopyKind
from inventory.archives import archives_unpacked
from inventory.copies import of_same_bytes, of_same_message
from inventory.engine import Database
from inventory.families import Written, write_families
from operations.access import ask
from operations.families.near import near_families, picture_families
from operations.families.record_copy import family_of_copies, unpacked
from operations.families.versions import version_families
from operations.people.audit import Trail


def find_families(actor: Actor, trail: Trail) -> Mapping[CopyKind, Written]:
    """Find them all anew and write what differs. Nothing is read but the inventory."""
    authority = ask(actor, Verb.EVALUATE)
    written = {kind: write_families(trail.database, kind, find(trail.database)) for kind, find in FOUND_BY.items()}
    near, apart = parted(near_families(trail.database))
    written[CopyKind.NEAR] = write_families(trail.database, CopyKind.NEAR, near)
    written[CopyKind.APART] = write_families(trail.database, CopyKind.APART, apart)
    changed = sum(one.changed for one in written.values())
    trail.note(
        authority, Act.FAMILIES_FOUND, "", changed=changed, families=sum(one.families for one in written.values())
    )
    return written


def parted(families: Iterable[CopyFamily]) -> tuple[Iterator[CopyFamily], list[CopyFamily]]:
    """Near copies as they come, and the versions among them, complete once those are read to the end."""
    apart: list[CopyFamily] = []

    def near() -> Iterator[CopyFamily]:
        for family in families:
            if family.kind is CopyKind.NEAR:
                yield family
            else:
                apart.append(family)

    return near(), apart


def _copies(database: Database) -> Iterator[CopyFamily]:
    for digest, together in of_same_bytes(database):
        if family := family_of_copies(CopyKind.COPY, digest, together):
            yield family


def _attachments(database: Database) -> Iterator[CopyFamily]:
    for digest, together in of_same_bytes(database, inside=True):
        if any(copy.inside and copy.mailed for copy in together):
            members = [copy for copy in together if copy.mailed or not copy.inside]
            if family := family_of_copies(CopyKind.ATTACHMENT, digest, members):
                yield family


def _messages(database: Database) -> Iterator[CopyFamily]:
    for message, together in of_same_message(database):
        if family := family_of_copies(CopyKind.MESSAGE, message, together):
            yield family


def _archives(database: Database) -> Iterator[CopyFamily]:
    for archive, files in archives_unpacked(database):
        yield unpacked(archive.item.to_bytes(8, "big"), archive, files)


FOUND_BY: Mapping[CopyKind, Callable[[Database], Iterator[CopyFamily]]] = MappingProxyType(
    {
        CopyKind.COPY: _copies,
        CopyKind.MESSAGE: _messages,
        CopyKind.ATTACHMENT: _attachments,
        CopyKind.ARCHIVE: _archives,
        CopyKind.VERSIONS: version_families,
        CopyKind.PICTURES: picture_families,
    }
)
"""How each kind is found, in the order of the keys. Near texts are read once, for two kinds."""
