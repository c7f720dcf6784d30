"""What is attached to the message in a winmail.dat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.msg import message_parts
from scanner.formats.tnef import read_tnef


@dataclass(frozen=True, slots=True)
class TnefContainer:
    """The attachments in their order; a position is an index into them. A message in it is an internet message."""

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        return message_parts(read_tnef(blob), after)
