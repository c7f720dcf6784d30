"""What the trail says of batches that lose items which changed, or were decided on anew, after they were proposed."""

from __future__ import annotations

from collections.abc import Mapping

from domain.audit import Act
from operations.people.audit import Change


def note_lost(change: Change, lost: Mapping[int, int]) -> int:
    """Write down of each batch how many; how many that is together."""
    for batch, items in sorted(lost.items()):
        change.note(Act.VERDICTS_SUPERSEDED, f"batch:{batch}", items=items)
    return sum(lost.values())
