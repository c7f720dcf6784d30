"""One item with all that is known of it."""

from __future__ import annotations

from domain.actor import Verb
from operations.viewing.item import ItemShown, item_shown
from web.answers import Answer, Rows, View
from web.asking import Asked
from web.errors import NotFoundError
from web.routes import Room, page

ROOM = Room()


@page(ROOM, "GET", "/items/{number}", verb=Verb.VIEW_LIST, data=ItemShown)
def item(asked: Asked, number: int) -> Answer:
    """What was found in an item, when it is from, who can read it, where its copies are, and what is said of it."""
    told = item_shown(asked.actor, asked.database, number)
    if told is None:
        raise NotFoundError
    found = [(one.words, one.theme, one.count, one.sure, one.shape) for one in told.findings]
    return View("pages/item.html", told.item.name, told, Rows(("found", "theme", "count", "sure", "shape"), found))
