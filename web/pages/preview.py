"""What is written in one item, or to be seen: asked for by a form, since each look is written down, and shown once."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from domain.actor import Verb
from domain.preview import Preview, Withheld
from operations.viewing.item import ItemShown, item_shown
from operations.viewing.preview import may_preview, preview
from operations.viewing.preview_reading import MOST
from operations.viewing.preview_rights import principals_of
from reports.vocabulary import KIND_WORDS
from web.answers import Answer, Shape, View, preferred
from web.asking import Asked
from web.errors import NotFoundError, PageAloneError
from web.routes import Room, page

ROOM = Room()
_PICTURE_ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"


@page(ROOM, "GET", "/items/{number}/preview", verb=Verb.VIEW_CONTENT)
def item_preview(asked: Asked, number: int) -> Answer:
    """What seeing the text of an item means, and the button for it."""
    return _page(_item(asked, number), None)


@page(ROOM, "POST", "/items/{number}/preview", verb=Verb.VIEW_CONTENT)
def see_item(asked: Asked, number: int) -> Answer:
    """The beginning of an item's text as it is now, with what was found in it; or why it is not shown."""
    item = _item(asked, number)
    return _page(item, preview(asked.actor, asked.trail, asked.settings, number, _known(asked)))


@page(ROOM, "POST", "/items/{number}/picture", verb=Verb.VIEW_CONTENT)
def see_picture(asked: Asked, number: int) -> Answer:
    """A small copy of a picture as it is now, with nothing that is written about it; or why it is not shown."""
    item = _item(asked, number)
    shown = preview(asked.actor, asked.trail, asked.settings, number, _known(asked), picture=True)
    if shown is None or not shown.picture:
        return _page(item, shown)
    return Response(shown.picture, headers={"Content-Security-Policy": _PICTURE_ALONE}, media_type="image/png")


def _known(asked: Asked) -> frozenset[str]:
    if asked.session is None:
        return frozenset()
    return principals_of(asked.session.principals, asked.session.account, asked.settings.preview)


def _item(asked: Asked, number: int) -> ItemShown:
    """Refused before anything is read, and written down as shown, that could not be shown."""
    if preferred(asked.request.headers.get("accept", "")) is not Shape.HTML:
        raise PageAloneError
    found = item_shown(asked.actor, asked.database, number)
    if found is None or not may_preview(asked.actor, asked.trail, number):
        raise NotFoundError
    return found


def _page(item: ItemShown, shown: Preview | None) -> View:
    counted = Counter(kind for one in shown.pieces for kind in one.kinds) if shown else Counter()
    is_picture = item.media_type.startswith("image/") or (shown is not None and shown.why is Withheld.IS_PICTURE)
    values = {
        "item": item, "is_picture": is_picture, "shown": shown, "words": KIND_WORDS,
        "counted": counted.most_common(), "most": MOST,
    }  # fmt: skip
    return View("pages/preview.html", f"What is written in {item.item.name}", values=values)
