"""The first page: what wants attention."""

from __future__ import annotations

from domain.actor import Verb
from operations.viewing.home import home_board
from web.answers import Answer, View
from web.asking import Asked
from web.boards import BoardData, shown
from web.needs import Open
from web.routes import Room, page

ROOM = Room()


@page(ROOM, "GET", "/", verb=Open.OWN)
def home(asked: Asked) -> Answer:
    """Where everybody begins: who sees no figures is greeted alone."""
    if asked.may(Verb.VIEW_FIGURES):
        return overview(asked)
    return View("pages/home.html", "Muniment", values={"name": asked.actor.account})


@page(ROOM, "GET", "/overview", verb=Verb.VIEW_FIGURES, data=BoardData)
def overview(asked: Asked, service: str | None = None) -> Answer:
    """What is due, at risk, held, read and running, in one number each."""
    return shown(asked, service, None, lambda sight: home_board(asked.database, sight, asked.now))
