"""Graph's long ids of messages, by the short names that locators have: as many as were lately listed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

_MOST = 100_000


class MessageIds:
    """Any number of threads may ask at once. A folder that was not listed lately is asked for whole."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._folders: OrderedDict[bytes, dict[bytes, str]] = OrderedDict()
        self._whole: set[bytes] = set()
        self._held = 0
        self._lock = Lock()
        self._asking = Lock()

    def learn(self, folder: bytes, ids: Mapping[bytes, str], *, is_whole: bool = False) -> None:
        if not (ids or is_whole):
            return
        with self._lock:
            held = self._folders.setdefault(folder, {})
            before = len(held)
            held.update(ids)
            self._held += len(held) - before
            self._folders.move_to_end(folder)
            self._whole |= {folder} if is_whole else set()
            self._forget()

    def of(self, folder: bytes, name: bytes, ask: Callable[[], Mapping[bytes, str]]) -> str | None:
        """The id of a message; `ask` gives those of its folder. None where it is not there."""
        found, is_whole = self._looked_up(folder, name)
        if found is not None or is_whole:
            return found
        with self._asking:  # Threads that miss the same folder ask for it once.
            found, is_whole = self._looked_up(folder, name)
            if found is None and not is_whole:
                ids = ask()
                self.learn(folder, ids, is_whole=True)
                found = ids.get(name)
        return found

    def _forget(self) -> None:
        while self._held + len(self._folders) > self._most and len(self._folders) > 1:
            folder, ids = self._folders.popitem(last=False)
            self._whole.discard(folder)
            self._held -= len(ids)

    def _looked_up(self, folder: bytes, name: bytes) -> tuple[str | None, bool]:
        with self._lock:
            return self._folders.get(folder, {}).get(name), folder in self._whole
