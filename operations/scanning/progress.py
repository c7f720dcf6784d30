"""How far a scan is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import ProblemCode
from inventory.waiting import Worth


@dataclass(slots=True)
class Progress:
    """Running figures of a scan. `done` of `expected` items are examined; parts inside items are counted apart, and
    so are the files that were but moved. `worth` says why what is examined now comes before what else waits, where an
    earlier scan has left it. Of unchanged files that were read again at random `proved` had the content
    that they should have and `disproved` another. While the source is left alone `paused_until` says until when.

    `recognised` of `to_recognise` contents have had the text in their pictures read.
    """

    listed: int = 0
    expected: int = 0
    done: int = 0
    parts: int = 0
    moved: int = 0
    proved: int = 0
    disproved: int = 0
    bytes: int = 0
    all_listed: bool = False
    worth: Worth | None = None
    paused_until: datetime | None = None
    to_recognise: int = 0
    recognised: int = 0
    problems: Counter[ProblemCode] = field(default_factory=Counter)


Watcher = Callable[[Progress], None]
