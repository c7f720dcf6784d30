"""Leases on their way between the thread that fetches them and the one that has their items examined."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from operations.executors.lease import Lease, Pass


@dataclass(slots=True, eq=False)
class Held:
    """A lease that this host has, and its job's number. `outcome` is what is left of it when the host has done with it:
    mostly nothing.
    """

    what: Pass
    lease: Lease
    job: int
    outcome: Future[Lease] = field(default_factory=Future)
    _done: set[int] = field(default_factory=set)
    _left: set[int] = field(default_factory=set)

    def begin(self, numbers: Iterable[int]) -> None:
        """Of its items these are still to be done; with none it ends."""
        self._left = set(numbers)
        self._done = {*self.lease.items, *self.lease.proofs} - self._left
        self._end_if_done()

    def done(self, number: int) -> None:
        """An item is recorded to its end."""
        self._left.discard(number)
        self._done.add(number)
        self._end_if_done()

    def ends_with(self, number: int) -> bool:
        """Whether this is the last of its items that is not done."""
        return self._left == {number}

    def give_back(self) -> None:
        """What is not done is for another host."""
        if not self.outcome.done():
            self.outcome.set_result(self.lease.without(self._done))

    def _end_if_done(self) -> None:
        if not self._left:
            self.give_back()


class Inbox:
    """Leases that no item was taken of yet."""

    def __init__(self) -> None:
        self._held: deque[Held] = deque()
        self._changed = threading.Condition()

    def put(self, held: Held) -> None:
        with self._changed:
            self._held.append(held)
            self._changed.notify_all()

    def put_back(self, held: Held) -> None:
        with self._changed:
            self._held.appendleft(held)

    def take(self, what: Pass) -> Held | None:
        """The next lease of this kind, if there is one now."""
        with self._changed:
            found = next((held for held in self._held if held.what is what), None)
            if found is not None:
                self._held.remove(found)
            return found

    def wait(self, seconds: float) -> Pass | None:
        """The kind of the next lease: content first. None where none came in so many seconds."""
        with self._changed:
            if not self._held:
                self._changed.wait(seconds)
            return min((held.what for held in self._held), key=list(Pass).index, default=None)

    def empty(self) -> list[Held]:
        with self._changed:
            held = list(self._held)
            self._held.clear()
            return held
