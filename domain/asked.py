"""What a schedule asks of items, so that nothing else need be read of millions of them."""

from __future__ import annotations

from dataclasses import dataclass

from domain.rule import DateSource


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at besides an item's folder, its service and the day it was first seen. `names`: more of a path
    than its folder. `content`: how far it was read and what it was marked as. `copies`: which content it has.
    `self_told`: references and labels in what documents say of themselves.
    """

    names: bool = False
    owners: bool = False
    media_types: bool = False
    content: bool = False
    terms: bool = False
    hints: bool = False
    kinds: frozenset[str] = frozenset()
    dates: frozenset[DateSource] = frozenset()
    copies: bool = False
    self_told: bool = False

    def __or__(self, other: Asked) -> Asked:
        return Asked(*(getattr(self, name) | getattr(other, name) for name in self.__slots__))
