"""Who looks, and at which services: what every view is narrowed to before anything is added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from domain.actor import About, Actor, Verb
from operations.access import allowed, ask, own_services


class _OfService(Protocol):
    @property
    def service(self) -> str: ...


_Of = TypeVar("_Of", bound=_OfService)


@dataclass(frozen=True, slots=True)
class Sight:
    """`services` are those that may be seen and were asked for; None is all. `may_list`: their items too."""

    services: frozenset[str] | None
    may_list: bool = True

    def sees(self, service: str) -> bool:
        return self.services is None or service in self.services

    def of(self, some: Iterable[_Of]) -> tuple[_Of, ...]:
        """Of figures by service those that may be seen."""
        return tuple(one for one in some if self.sees(one.service))


def sight_of(actor: Actor, verb: Verb = Verb.VIEW_FIGURES, service: str | None = None) -> Sight:
    """What an actor may see, of one service where it is named. Raises RefusedError where they may not."""
    services = own_services(actor, verb) if service is None else frozenset({service})
    ask(actor, verb, About(services))
    return Sight(services, allowed(actor, Verb.VIEW_LIST, About(services)))
