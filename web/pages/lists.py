"""Lists of items: narrowed, ordered and paged by their address alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, Field

from domain.actor import Verb
from domain.rot import RotReason
from operations.viewing.filters import FILTERS, SORTS
from operations.viewing.lists import MOST, PAGE, ItemList, Listed, RotFilter, list_items, list_rot
from web.answers import Answer, Fault, Rows, View
from web.asking import Asked
from web.routes import Room, page

ROOM = Room()
_HEADINGS = ("item", "name", "place", "service", "size", "modified", "risk", "read", "flag")


class Paged(BaseModel, extra="forbid"):
    """A page of a list: what stands behind the mark `after`, so many."""

    after: str = ""
    limit: int = Field(PAGE, ge=1, le=MOST)


class ItemWords(Paged):
    """What a list of items is narrowed by: the words of `operations.viewing.filters.FILTERS`."""

    service: str = ""
    sort: str = ""
    outcome: str = ""
    problem: str = ""
    problems: str = ""
    waiting: str = ""
    personal: str = ""
    high: str = ""
    band: str = ""
    theme: str = ""
    kind: str = ""
    state: str = ""
    family: str = ""
    year: str = ""
    breadth: str = ""
    left: str = ""
    files: str = ""
    owner: str = ""
    folder: str = ""
    folder64: str = ""
    copies_of: str = ""


class RotWords(Paged):
    """What a list of ROT is narrowed by."""

    service: str = ""
    reason: str = ""
    guarded: bool = False
    look: bool = False


@page(ROOM, "GET", "/items", verb=Verb.VIEW_LIST, data=ItemList)
def items(asked: Asked, words: Annotated[ItemWords, Query()]) -> Answer:
    """What is held, narrowed by what is asked for, a page at a time."""
    told = {name: word for name, word in words.model_dump(exclude={"after", "limit"}).items() if word}
    found = list_items(asked.actor, asked.database, told, words.after, words.limit, asked.now)
    return _shown("/items", "Items", found, told, words, {"filters": FILTERS, "sorts": SORTS})


@page(ROOM, "GET", "/rot/items", verb=Verb.VIEW_LIST, data=ItemList)
def rot_items(asked: Asked, words: Annotated[RotWords, Query()]) -> Answer:
    """What is redundant, obsolete or trivial, the largest first of each reason."""
    wanted = RotFilter(words.service, words.reason, words.guarded, words.look)
    found = list_rot(asked.actor, asked.database, wanted, words.after, words.limit, asked.now)
    told = {name: "1" if word is True else str(word) for name, word in asdict(wanted).items() if word}
    return _shown("/rot/items", "Redundant, obsolete and trivial files", found, told, words, {"reasons": RotReason})


def _shown(
    path: str, title: str, found: ItemList, told: dict[str, str], words: Paged, values: dict[str, object]
) -> View:  # fmt: skip
    def address(**other: str | None) -> str:
        """The same list with other words; None takes one away. A page of its own begins at the first."""
        asked = {**told, **({"limit": str(words.limit)} if words.limit != PAGE else {}), **other}
        kept = {name: word for name, word in asked.items() if word}
        return f"{path}?{urlencode(kept)}" if kept else path

    return View(
        "pages/list.html", title, found, Rows(_HEADINGS, [_row(one) for one in found.items]),
        {**values, "path": path, "told": told, "address": address, "after": words.after},
        tuple(Fault("filters", one.sentence) for one in found.refused), fragment="list",
    )  # fmt: skip


def _row(one: Listed) -> tuple[str | int | None, ...]:
    return (one.number, one.name, one.place, one.service, one.size, one.modified.isoformat() if one.modified else "",
            one.risk, one.told, one.flag)  # fmt: skip
