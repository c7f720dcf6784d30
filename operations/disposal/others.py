"""The files for whose sake another may go: read to their end before the transaction in which it goes, since nobody can
write meanwhile, and in that looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.errors import ItemTroubleError
from domain.item import Item
from inventory.disposal_facts import FileFacts
from scanner.ends import hash_whole
from scanner.source import Source


@dataclass(frozen=True, slots=True)
class Others:
    """Those that were read for the file in hand: the version that was read and its digest, by their numbers."""

    sources: Mapping[str, Source]
    known: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)

    def read(self, files: Iterable[FileFacts], digest: bytes | None) -> None:
        """Read files until one has these bytes; where that is None, until one could be read at all."""
        for one in files:
            found = self._whole(one)
            if found is not None and digest in (None, found[1]):
                self.known[one.item] = found
                return

    def stand(self, files: Iterable[FileFacts], digest: bytes | None) -> bool:
        """Whether one of these was read so, and is still of the version that was read."""
        return any(
            found is not None and digest in (None, found[1]) and self._version(one) == found[0]
            for one, found in ((one, self.known.get(one.item)) for one in files)
        )

    def _whole(self, one: FileFacts) -> tuple[bytes, bytes] | None:
        source = self.sources.get(one.ref.source)
        if source is None:
            return None
        try:
            return hash_whole(source, Item(one.ref, size=one.size))
        except ItemTroubleError:
            return None

    def _version(self, one: FileFacts) -> bytes | None:
        try:
            with self.sources[one.ref.source].open(Item(one.ref, size=one.size)) as opened:
                return opened.version
        except ItemTroubleError:
            return None
