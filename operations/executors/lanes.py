"""What of a network source waits to be read, in lanes: a mailbox that its server slows down holds no other up."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from domain.item import Item
from operations.executor import Task
from scanner.budget import MIB
from scanner.source import RemoteSource

_TOGETHER = 50
_TOGETHER_BYTES = 8 * MIB
"""Small items of one lane that are asked for in one go."""

_MOST_OF_A_LANE = 4
"""Groups of one lane that are read at once, where there is room: what Microsoft 365 takes of one mailbox."""


class Lanes:
    """The tasks of one source in their order. Each lane has its share of the source's connections and no more; a source
    that tells of none is one lane, and has them all.
    """

    def __init__(self, source: RemoteSource) -> None:
        self.source = source
        self._lane_of: Callable[[Item], bytes] = getattr(source, "lane", _only_lane)
        lanes: int | None = getattr(source, "lanes", None)
        share = source.connections // max(1, lanes or 1)
        self._most = source.connections if lanes is None else max(1, min(_MOST_OF_A_LANE, share))
        self._waiting: OrderedDict[bytes, deque[_Group]] = OrderedDict()
        self._whole: OrderedDict[bytes, None] = OrderedDict()
        self._under_way: Counter[bytes] = Counter()
        self.held = 0

    def add(self, task: Task) -> None:
        lane = self._lane_of(task.item)
        groups = self._waiting.setdefault(lane, deque())
        if not groups or not groups[-1].takes(task):
            groups.append(_Group())
        groups[-1].add(task)
        self.held += 1
        if len(groups) > 1 or groups[0].is_whole:
            self._whole[lane] = None

    def take(self, *, whole: bool) -> Sequence[Task]:
        """The next group to be read, of each lane in turn; empty where there is none, or none that is `whole` yet."""
        if self._under_way.total() >= self.source.connections:
            return ()
        lanes = self._whole if whole else self._waiting
        lane = next((lane for lane in lanes if self._under_way[lane] < self._most), None)
        return () if lane is None else self._taken(lane)

    def arrived(self, group: Sequence[Task]) -> None:
        """A group has been read: its lane may have another."""
        self._under_way[self._lane_of(group[0].item)] -= 1

    def _taken(self, lane: bytes) -> Sequence[Task]:
        groups = self._waiting.pop(lane)
        self._whole.pop(lane, None)
        group = groups.popleft()
        if groups:
            self._waiting[lane] = groups  # At the end: the other lanes come first.
            if len(groups) > 1 or groups[0].is_whole:
                self._whole[lane] = None
        self._under_way[lane] += 1
        self.held -= len(group.tasks)
        return group.tasks


@dataclass(slots=True)
class _Group:
    """As many as are small enough together, and one at least."""

    tasks: list[Task] = field(default_factory=list)
    size: int = 0

    @property
    def is_whole(self) -> bool:
        return len(self.tasks) == _TOGETHER or self.size >= _TOGETHER_BYTES

    def takes(self, task: Task) -> bool:
        return len(self.tasks) < _TOGETHER and self.size + task.item.size <= _TOGETHER_BYTES

    def add(self, task: Task) -> None:
        self.tasks.append(task)
        self.size += task.item.size


def _only_lane(item: Item) -> bytes:  # noqa: ARG001
    return b""
