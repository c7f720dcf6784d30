"""What was decided on one item and done with it."""

from __future__ import annotations

from domain.actor import Verb
from operations.viewing.history import HistoryShown, history_shown
from web.answers import Answer, Rows, View
from web.asking import Asked
from web.errors import NotFoundError
from web.routes import Room, page

ROOM = Room()


@page(ROOM, "GET", "/items/{number}/history", verb=Verb.VIEW_LIST, data=HistoryShown)
def item_history(asked: Asked, number: int) -> Answer:
    """The verdicts on an item, and for those who may see the audit trail what it says of the item and its batches."""
    told = history_shown(asked.actor, asked.database, number)
    if told is None:
        raise NotFoundError
    decided = [(str(one.at), one.decided, one.reason, one.by, one.state, one.batch) for one in told.decided]
    done = [(str(one.at), one.what, "", one.by, "", None) for one in told.done or ()]
    headings = ("at", "what", "reason", "by", "state", "batch")
    return View("pages/history.html", f"History of {told.name}", told, Rows(headings, [*decided, *done]))
