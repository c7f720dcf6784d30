"""Whether the cells of a column are names of people."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.columns.values import (
    has_first_name,
    initial_in,
    is_full_name,
    is_initialled,
    is_name,
    surname_in,
)
from classifiers.columns.vocabulary import NamePart

_FEWEST = 5
_FEWEST_TELLING = 3
_LOOKED_AT = 50


def are_people(cells: Sequence[str], *, is_headed: bool, personal: bool) -> bool:
    """Whether they are whole names: by their form and the first names among them, the fewer where a heading calls them
    names or other columns are of people.
    """
    if len(cells) < _FEWEST or len(set(cells)) < 3:
        return _are_few_people(cells) or (is_headed and any(is_name(NamePart.WHOLE, cell) for cell in cells))
    full = sum(map(is_full_name, cells))
    known = sum(has_first_name(cell) for cell in cells if " " in cell)
    if is_headed:
        named = sum(is_name(NamePart.WHOLE, cell) for cell in cells)
        return named * 2 >= len(cells) and (personal or known * 20 >= len(cells) * 3)
    return full * 5 >= len(cells) * 4 and known * 10 >= len(cells) * (3 if personal else 4)


def are_initialled(cells: Sequence[str]) -> bool:
    """Whether nearly all are surnames with initials, most of them different, and not all with one initial.

    "Grade A" and "Grade B" are one word, and "F DIC" and "F MOR" stand on one shelf.
    """
    if len(cells) < _FEWEST_TELLING or sum(map(is_initialled, cells)) * 10 < len(cells) * 9:
        return False
    surnames, initials = ({of(cell) for cell in cells[:_LOOKED_AT]} for of in (surname_in, initial_in))
    return len(surnames) * 2 > min(len(cells), _LOOKED_AT) and len(initials) > 1


def are_first_names(cells: Sequence[str]) -> bool:
    """Whether they are single words, half of them common forenames."""
    return len(set(cells)) >= _FEWEST and sum(map(has_first_name, cells)) * 2 >= len(cells) and _single(cells)


def are_surnames(cells: Sequence[str]) -> bool:
    """Whether they are single words that could be surnames, as beside forenames they are."""
    return len(set(cells)) >= _FEWEST and _single(cells)


def _are_few_people(cells: Sequence[str]) -> bool:
    """Whether all of three or four different cells are names and most have a common forename."""
    known = sum(has_first_name(cell) for cell in cells)
    return len(set(cells)) >= _FEWEST_TELLING and all(map(is_full_name, cells)) and known * 3 >= len(cells) * 2


def _single(cells: Sequence[str]) -> bool:
    return sum(is_name(NamePart.LAST, cell) and " " not in cell for cell in cells) * 10 >= len(cells) * 8
