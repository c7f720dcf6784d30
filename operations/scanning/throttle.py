"""Keeps a scan from being a burden to the server that it reads: so many requests at once and a second, and fewer where
answers slow down.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

_BASELINE_SECONDS = 300.0
"""For so long after the first answer, the usual speed of this server is learnt."""
_WINDOW = 40
_FEWEST = 20
_SLOW, _STRUGGLING = 2.0, 5.0
"""So many times the usual 95th percentile: half as many requests at once, or none for a while."""
_REST_SECONDS = 30.0
_NEXT_TO_NOTHING = 1e-6
"""Of a token: what rounding leaves is not waited for."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What tells and passes the time; tests have one of their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Throttle:
    """Turns at one server, for any number of threads.

    At most `at_once` turns are taken at a time, and `a_second` are begun in a second (0: as many as there are). The
    number at once halves where answers take twice as long as usual, and grows by one where they do not (AIMD); where
    they take five times as long there is a rest. What is usual is learnt in the first minutes, apart for each kind of
    request. Not so unless it `judges`: a server that says itself when it wants to be left alone, in one place and not
    in others, is waited for by who reads it.
    """

    def __init__(self, at_once: int, a_second: float = 0.0, clock: Clock = Clock(), *, judges: bool = True) -> None:
        self._judges = judges
        self._most, self._a_second, self._clock = at_once, a_second, clock
        self._allowed = at_once
        self._taken = 0
        self._tokens, self._filled = max(1.0, a_second), clock.now()
        self._speeds: defaultdict[str, _Speed] = defaultdict(_Speed)
        self._rest_until = 0.0
        self._turn = threading.Condition()

    @property
    def at_once(self) -> int:
        """How many turns may be taken at a time just now."""
        return self._allowed

    @contextmanager
    def turn(self, kind: str = "read") -> Iterator[None]:
        """Wait for a turn, and take how long it lasts for the server's answer to requests of this kind."""
        self._wait()
        began = self._clock.now()
        try:
            yield
        finally:
            with self._turn:
                self._taken -= 1
                if self._judges:
                    self._judge(self._speeds[kind], self._clock.now() - began)
                self._turn.notify()

    def refused(self) -> None:
        """The server says that it has no room: a rest, and one request at a time after it."""
        with self._turn:
            self._allowed = 1
            self._rest_until = self._clock.now() + _REST_SECONDS

    def _wait(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._taken < self._allowed)
                seconds = self._seconds_left()
                if seconds <= 0:
                    self._taken += 1
                    self._tokens -= 1
                    return
            self._clock.sleep(seconds)

    def _seconds_left(self) -> float:
        """Until the rest is over and there is a token in the bucket."""
        now = self._clock.now()
        if now < self._rest_until:
            return self._rest_until - now
        if not self._a_second:
            return 0.0
        # Holds a second's worth: what nobody asked for in a quiet hour is not asked for all at once after it.
        self._tokens = min(max(1.0, self._a_second), self._tokens + (now - self._filled) * self._a_second)
        self._filled = now
        missing = 1.0 - self._tokens
        return missing / self._a_second if missing > _NEXT_TO_NOTHING else 0.0

    def _judge(self, speed: _Speed, seconds: float) -> None:
        now = self._clock.now()
        speed.began = now if speed.began is None else speed.began
        speed.answers.append(seconds)
        if speed.usual is None:
            if now - speed.began >= _BASELINE_SECONDS and len(speed.answers) >= _FEWEST:
                speed.usual = _slowest(speed.answers)
                speed.answers.clear()
        elif len(speed.answers) == _WINDOW:
            self._adjust(_slowest(speed.answers) / max(speed.usual, 1e-6), now)
            speed.answers.clear()

    def _adjust(self, ratio: float, now: float) -> None:
        if ratio < _SLOW:
            self._allowed = min(self._most, self._allowed + 1)
            return
        self._allowed = max(1, self._allowed // 2)
        if ratio >= _STRUGGLING:
            self._rest_until = now + _REST_SECONDS


@dataclass(slots=True)
class _Speed:
    """Of one kind of request: how long it usually takes, once that is known, and how long the last ones took."""

    began: float | None = None
    usual: float | None = None
    answers: list[float] = field(default_factory=list)


def _slowest(seconds: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(seconds, n=20)[-1]
