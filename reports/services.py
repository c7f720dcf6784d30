"""Services as reports list them: all that hold something or have an item in the report, none left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.summary import ServiceEstate, Tally

NO_SERVICE = "No service named"


def held_by_service(services: Sequence[ServiceEstate], named: Iterable[str]) -> dict[str, Tally]:
    """What each service holds, in alphabetical order; `named` are services of items, of which nothing held is known."""
    held = dict.fromkeys((name or NO_SERVICE for name in named), Tally())
    for estate in services:
        name = estate.service or NO_SERVICE
        held[name] = held.get(name, Tally()) + estate.held
    return dict(sorted(held.items(), key=lambda pair: (pair[0] == NO_SERVICE, pair[0].casefold())))
