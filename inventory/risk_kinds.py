"""What contents were found to hold, for sure, as reports on risk ask for it: themes, people, and how sensitive."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Connection, case, func, select

from domain.figures import SENSITIVE_KINDS
from domain.finding import KINDS, Category
from inventory.held import SURE
from inventory.tables import FindingRow, ItemRow

_THEMES = tuple(category for category in Category if category is not Category.OTHER)
TELLING_APART = frozenset(
    kind
    for kind, of in KINDS.items()
    if of is Category.IDENTITY and kind not in ("COUNCIL_REF", "UK_VEHICLE_REGISTRATION")
) | {"EMAIL_ADDRESS", "UK_PHONE", "UK_ACCOUNT"}
"""Kinds of which one person mostly has one, so the most values of any of them is about how many people there are."""


def themes_of_contents() -> Any:
    """The themes of each content, a bit each in the order of `_THEMES`."""
    bits = (
        func.max(case((FindingRow.kind.in_(sorted(_kinds_of(theme))), 1 << place), else_=0))
        for place, theme in enumerate(_THEMES)
    )
    mask = reduce(add, bits)
    return select(FindingRow.content_id, mask.label("mask")).where(SURE).group_by(FindingRow.content_id).subquery()


def _kinds_of(theme: Category) -> frozenset[str]:
    return frozenset(kind for kind, of in KINDS.items() if of is theme)


def themes_of(mask: int) -> frozenset[Category]:
    return frozenset(theme for place, theme in enumerate(_THEMES) if mask >> place & 1)


def people_of_contents() -> Any:
    """About how many people each content tells apart."""
    kinds = FindingRow.kind.in_(sorted(TELLING_APART))
    people = func.max(FindingRow.count).label("people")
    return select(FindingRow.content_id, people).where(SURE, kinds).group_by(FindingRow.content_id).subquery()


def sensitivity_of_contents() -> Any:
    """The place of each content's worst kind in `Sensitivity`."""
    identity = [
        kind for kind, of in KINDS.items() if of in (Category.IDENTITY, Category.FINANCIAL, Category.CREDENTIAL)
    ]
    rank = case(
        (FindingRow.kind.in_(sorted(SENSITIVE_KINDS)), 0),
        (FindingRow.kind.in_(sorted(set(identity) - {"PERSON", "COUNCIL_REF"})), 1),
        else_=2,
    )
    worst = func.min(rank).label("worst")
    return select(FindingRow.content_id, worst).where(SURE).group_by(FindingRow.content_id).subquery()


def kinds_in(connection: Connection, items: Sequence[int]) -> dict[int, dict[str, int]]:
    """What items were found to hold, for sure."""
    kinds: dict[int, dict[str, int]] = {}
    found = select(ItemRow.id, FindingRow.kind, FindingRow.count).join(
        FindingRow, FindingRow.content_id == ItemRow.content_id
    )
    for number, kind, count in connection.execute(found.where(ItemRow.id.in_(items), SURE).order_by(FindingRow.kind)):
        kinds.setdefault(number, {})[kind] = count
    return kinds
