"""What every page can reach: the configuration, the inventory with its trail, and what is kept between requests."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from operations.config import Settings
from operations.people.audit import Trail
from operations.people.sessions import SessionLimits
from web.errors import TooManyError
from web.oidc import Provider

_WINDOW = timedelta(minutes=15)
_MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Tries:
    """How often each address has tried to sign in, in the last quarter of an hour."""

    most: int
    kept: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, address: str, now: datetime) -> None:
        """Raises TooManyError where there were too many before this one."""
        place = _place(address)
        with self.lock:
            tries = self.kept.setdefault(place, deque())
            self.kept.move_to_end(place)
            while tries and now - tries[0] >= _WINDOW:
                tries.popleft()
            if len(tries) >= self.most:
                seconds = int((tries[0] + _WINDOW - now).total_seconds()) + 1
                raise TooManyError("There were too many tries to sign in from your address.", seconds)
            tries.append(now)
            if len(self.kept) > _MOST_ADDRESSES:
                self.kept.popitem(last=False)

    def forgive(self, address: str) -> None:
        """Who signed in has not been guessing, this once: the tries before it may have been another's, or a guess."""
        with self.lock:
            if tries := self.kept.get(_place(address)):
                tries.pop()


def _place(address: str) -> str:
    """Where it is; of IPv6 the network, since everybody has as many addresses there as they like."""
    try:
        one = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((one, 64), strict=False)) if isinstance(one, IPv6Address) else address


@dataclass(frozen=True, slots=True)
class Site:
    """`clock` is given by tests."""

    settings: Settings
    trail: Trail
    tries: Tries
    provider: Provider | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def limits(self) -> SessionLimits:
        return SessionLimits(self.settings.web.idle, self.settings.web.whole)

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; with the prefix a browser takes it only from this very host, by HTTPS."""
        return "__Host-muniment" if self.settings.web.tls else "muniment"
