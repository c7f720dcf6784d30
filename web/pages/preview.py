"""What is written in one item: asked for by a form, since each look is written down, and shown once."""

from __future__ import annotations

from collections import Counter

from domain.actor import Verb
from domain.preview import Preview
from operations.viewing.item import ItemShown, item_shown
from operations.viewing.preview import may_preview, preview, principals_of
from operations.viewing.preview_reading import MOST
from reports.vocabulary import KIND_WORDS
from web.answers import Answer, View
from web.asking import Asked
from web.errors import NotFoundError
from web.routes import Room, page

ROOM = Room()


@page(ROOM, "GET", "/items/{number}/preview", verb=Verb.VIEW_CONTENT)
def item_preview(asked: Asked, number: int) -> Answer:
    """What seeing the text of an item means, and the button for it."""
    return _page(_item(asked, number), None)


@page(ROOM, "POST", "/items/{number}/preview", verb=Verb.VIEW_CONTENT)
def see_item(asked: Asked, number: int) -> Answer:
    """The beginning of an item's text as it is now, with what was found in it; or why it is not shown."""
    item = _item(asked, number)
    known = () if asked.session is None else principals_of(asked.session.principals, asked.session.account.identities)
    return _page(item, preview(asked.actor, asked.trail, asked.settings, number, known))


def _item(asked: Asked, number: int) -> ItemShown:
    found = item_shown(asked.actor, asked.database, number)
    if found is None or not may_preview(asked.actor, asked.trail, number):
        raise NotFoundError
    return found


def _page(item: ItemShown, shown: Preview | None) -> View:
    counted = Counter(kind for one in shown.pieces for kind in one.kinds) if shown else Counter()
    values = {"item": item, "shown": shown, "words": KIND_WORDS, "counted": counted.most_common(), "most": MOST}
    return View("pages/preview.html", f"What is written in {item.item.name}", values=values)
