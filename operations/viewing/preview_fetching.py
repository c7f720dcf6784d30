"""What a process does that fetches one item of a network source for a preview: it compares rights, and parses nothing.

It has the source's password and the network, and those who read what it fetched have neither.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field, replace

from domain.access import UNTOLD
from domain.admission import admits, in_a_directory, in_a_domain
from domain.errors import ItemTroubleError, MunimentError, Problem, ProblemCode
from domain.item import Item, ItemKind
from domain.preview import Preview, Withheld
from operations.config import Settings
from operations.scanning.sources import is_remote, source_of
from operations.toolkit import surprises_named
from operations.viewing.preview_rights import is_in_a_drive, source_named
from operations.viewing.preview_words import understood, written
from scanner.budget import MIB
from scanner.source import RemoteSource
from scanner.sources.carried import Carried

UNKNOWN_RIGHTS = Problem(ProblemCode.UNSUPPORTED, "rights")


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be fetched into a file that its starter holds open, for somebody who is these principals."""

    settings: Settings
    item: Item
    principals: frozenset[str] = field(repr=False)
    path: str

    def __call__(self) -> bytes:
        try:
            with surprises_named("-"):
                return _fetched(self)
        except ItemTroubleError as trouble:
            return written(Preview(why=Withheld.UNKNOWN if trouble.problem == UNKNOWN_RIGHTS else trouble.problem))
        except MunimentError:  # The source is out of reach, its password is not to be had, or there is no room here.
            return written(Preview(why=Withheld.OUT_OF_REACH))


def whole_of(item: Item) -> Item:
    """The file or message that an item is or lies in."""
    return replace(item, ref=replace(item.ref, part=()), kind=ItemKind.FILE)


def fetched(told: bytes, path: str) -> Carried | Preview:
    """What an errand came to. Raises ItemTroubleError (crashed) for what none of ours would say."""
    try:
        said = json.loads(told)
        if "version" not in said:
            return understood(told)
        return Carried(path, bytes.fromhex(said["version"]), int(said["taken"]))
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise ItemTroubleError(ProblemCode.CRASHED) from error


def _fetched(errand: Errand) -> bytes:
    settings = source_named(errand.settings, errand.item.ref.source)
    source = source_of(settings, errand.settings.mail) if settings else None
    if source is None or not is_remote(source):
        return written(Preview(why=Withheld.OUT_OF_REACH))
    with closing(source):
        if why := _kept_from(source, errand):
            return written(Preview(why=why))
        told = _copied(source, errand)
        # Once more, in case it was another file by the time that it was opened.
        why = _kept_from(source, errand)
        return written(Preview(why=why)) if why else told


def _kept_from(source: RemoteSource, errand: Errand) -> Withheld | None:
    """On a share by any folder on the way or by the file itself, in a drive by its permissions; whose a mailbox is, was
    asked before.
    """
    from scanner.sources.graph.source import GraphSource  # noqa: PLC0415
    from scanner.sources.smb.source import SmbSource  # noqa: PLC0415  their libraries are loaded where they are used

    if isinstance(source, SmbSource):
        known = in_a_domain(errand.principals)
        admitted = all(admits(rights, known) for rights in source.rights_now(errand.item.ref.locator))
        return None if admitted else Withheld.REFUSED
    rights = source.rights_now(errand.item.ref) if isinstance(source, GraphSource) else None
    if rights is None:
        told = source_named(errand.settings, errand.item.ref.source)
        return Withheld.UNKNOWN if told and is_in_a_drive(told, errand.item.ref) else None
    if admits(rights, in_a_directory(errand.principals)):
        return None
    return Withheld.BY_OTHERS if UNTOLD in rights else Withheld.REFUSED


def _copied(source: RemoteSource, errand: Errand) -> bytes:
    budget = errand.settings.limits.budget()
    most, size = budget.store if errand.item.ref.part else budget.bytes, 0
    with source.open(whole_of(errand.item)) as opened, open(errand.path, "r+b") as copy:
        while block := opened.file.read(MIB):
            size += len(block)
            if size > most:
                raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
            copy.write(block)
        told = {"version": opened.version.hex(), "taken": opened.taken}
    return json.dumps(told).encode("ascii")
