"""The files for whose sake another may go: read to their end before the transaction in which it goes, since nobody can
write meanwhile, and in that looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain.disposal import Refusal, RefusedFileError
from domain.errors import ItemTroubleError
from domain.item import Item
from inventory.disposal_facts import FileFacts
from scanner.ends import hash_whole
from scanner.source import Source
from scanner.sources.unreachable import SourceUnreachableError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Others:
    """Those that were read for the file in hand: the version that was read and its digest, by their numbers; and those
    that are `away`, since nobody answers for their source just now.
    """

    sources: Mapping[str, Source]
    known: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)

    def forget(self) -> None:
        """For the next file."""
        self.known.clear()
        self.away.clear()

    def read(self, files: Iterable[FileFacts], digest: bytes) -> None:
        """Read files until one has these bytes."""
        for one in files:
            found = self._whole(one)
            if found is not None and found[1] == digest:
                self.known[one.item] = found
                return

    def read_as_listed(self, one: FileFacts) -> bytes | None:
        """Read a file that is as the inventory knows it; its digest, or None where it is not."""
        found = self._whole(one)
        if found is None or found[0] != one.version or one.digest not in (None, found[1]):
            return None
        self.known[one.item] = found
        return found[1]

    def refuse_none(self, files: Iterable[FileFacts], digest: bytes) -> None:
        """Raises RefusedFileError where none of these was read and has these bytes in the version that it is of now:
        to be tried again (keeper-away) where one of them may have.
        """
        if not any(self._stands(one, digest) for one in files):
            raise RefusedFileError(Refusal.KEEPER_AWAY if self.away else Refusal.ONLY_COPY)

    def _stands(self, one: FileFacts, digest: bytes) -> bool:
        found = self.known.get(one.item)
        return found is not None and found[1] == digest and self._version(one) == found[0]

    def _whole(self, one: FileFacts) -> tuple[bytes, bytes] | None:
        return self._asked(one, hash_whole)

    def _version(self, one: FileFacts) -> bytes | None:
        return self._asked(one, _version_of)

    def _asked(self, one: FileFacts, ask: Callable[[Source, Item], T]) -> T | None:
        """What cannot be read is none to rely on, and the run goes on."""
        source = self.sources.get(one.ref.source)
        if source is None:
            return None
        try:
            return ask(source, Item(one.ref, size=one.size))
        except (ItemTroubleError, OSError):
            return None
        except SourceUnreachableError:
            self.away.add(one.item)
            return None


def _version_of(source: Source, item: Item) -> bytes:
    with source.open(item) as opened:
        return opened.version
