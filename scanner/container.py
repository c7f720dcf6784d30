"""A container holds parts, each an item of its own: archive members, messages of a mailbox, attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from domain.errors import Problem
from scanner.blob import Blob


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a container, not yet read.

    `name` is unique among its sisters. `next` is where the walk goes on behind it. `packed` is its size before
    unpacking, where it is packed. With `problem` it cannot be opened (encrypted, a link); `open` raises
    ItemTroubleError where that shows only on reading.
    """

    name: str
    next: int
    open: Callable[[], BinaryIO]
    size: int | None = None
    packed: int | None = None
    modified: datetime | None = None
    problem: Problem | None = None


class Container(Protocol):
    """A walker of one family of containers."""

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        """Yield the parts from position `after` on (0 is the beginning; else a `next` yielded before).

        Raises ItemTroubleError (encrypted, corrupt) where the container cannot be walked from there.
        """
        ...
