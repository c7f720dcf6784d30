"""Names of sisters, told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def unique(names: Iterable[str]) -> Iterator[str]:
    """The names in their order, a repeated one with a number behind it that makes it the only one of its name.

    >>> list(unique(["a", "a", "a (2)"]))
    ['a', 'a (2)', 'a (2) (2)']
    """
    taken: set[str] = set()
    latest: dict[str, int] = {}
    for name in names:
        candidate = name
        while candidate in taken:
            latest[name] = latest.get(name, 1) + 1
            candidate = f"{name} ({latest[name]})"
        taken.add(candidate)
        yield candidate
