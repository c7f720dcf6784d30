"""What happened to a case, an employee, a contract or a person, as a register outside the files reports it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from domain.privacy import FingerprintKey

BIRTH = "date_of_birth"
DEATH = "date_of_death"
"""The events by which the dates of a person are reported."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A number by which something is known: `key` is of what kind ("employee_no"), `value` names somebody.

    `sealed`: the value is its keyed fingerprint in hexadecimal, which is all that is kept of it.
    """

    key: str
    value: str = field(repr=False)
    sealed: bool = False

    def sealed_with(self, key: FingerprintKey) -> Reference:
        return self.sealed_by(key.fingerprint)

    def sealed_by(self, fingerprint: Callable[[str, str], bytes]) -> Reference:
        if self.sealed:
            return self
        return Reference(self.key, fingerprint(f"reference {self.key}", self.value).hex(), True)


@dataclass(frozen=True, slots=True)
class Event:
    """`outcome` is how it ended, where that matters ("proven"); `source` who reported it."""

    reference: Reference
    name: str
    on: date = field(repr=False)
    outcome: str = ""
    source: str = ""


class EventRegister:
    """The events reported so far, found by reference and name. A value: it never changes.

    With a key the references of its events are sealed, and one that is asked for is sealed before it is looked for.
    """

    def __init__(self, events: Iterable[Event] = (), key: FingerprintKey | None = None) -> None:
        self._key = key
        found: dict[tuple[Reference, str], list[Event]] = {}
        for event in events:
            found.setdefault((event.reference, event.name), []).append(event)
        self._events: Mapping[tuple[Reference, str], list[Event]] = MappingProxyType(found)

    def latest(self, reference: Reference, name: str) -> tuple[Event, ...]:
        """The events of that name of the last day on which there is one, for what happens again runs again.

        There are several where reports disagree about the outcome.
        """
        sealed = reference.sealed_with(self._key) if self._key else reference
        events = self._events.get((sealed, name), ())
        day = max((event.on for event in events), default=None)
        return tuple(event for event in events if event.on == day)

    def last(self, reference: Reference, name: str) -> Event | None:
        """The latest event of that name, whatever its outcome."""
        return next(iter(self.latest(reference, name)), None)
