"""Who says of what class an item is: claims, of which the one on the firmest ground holds and all are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from domain.item import ItemRef


class Ground(IntEnum):
    """What a claim stands on, the firmest last."""

    INFERENCE = 0
    LABEL = 1
    FOLDER = 2
    PERSON = 3


@dataclass(frozen=True, slots=True)
class ClassClaim:
    """`why` is a sentence without a full stop. `weight` orders claims on one ground: greater is stronger."""

    record_class: str
    ground: Ground
    why: str
    weight: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassRegister:
    """What people said: of single items, by their number, and of folders with all below them, by source and path."""

    items: Mapping[int, ClassClaim]
    folders: Mapping[tuple[str, bytes], ClassClaim]

    def claims_on(self, number: int, ref: ItemRef) -> tuple[ClassClaim, ...]:
        """What was said of an item, and of each folder around it."""
        said = [self.items[number]] if number in self.items else []
        if self.folders:
            said += (self.folders[ref.source, path] for path in _around(ref) if (ref.source, path) in self.folders)
        return tuple(said)


NOTHING_SAID = ClassRegister({}, {})


def _around(ref: ItemRef) -> Iterator[bytes]:
    path = ref.folder
    while path:
        yield path
        path = path.rpartition(b"/")[0]
