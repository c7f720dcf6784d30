"""What needs nobody to be signed in: the organisation's colour, whether all is well, how accessible it is."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from inventory.engine import reading
from web.answers import Answer, View
from web.asking import Asked
from web.needs import Open
from web.routes import Room, page

ROOM = Room()


@page(ROOM, "GET", "/colour.css", verb=Open.PUBLIC)
def colour(asked: Asked) -> Answer:
    """The organisation's colour, which the style sheet goes by."""
    style = f":root {{ --organisation: {asked.settings.web.colour}; }}\n"
    return Response(style, 200, {"Cache-Control": "private, max-age=3600"}, "text/css")


@page(ROOM, "GET", "/health", verb=Open.PUBLIC)
def health(asked: Asked) -> Answer:
    """Whether it answers, and reaches its inventory. Raises InventoryError."""
    with reading(asked.database):
        return JSONResponse({"well": True})


@page(ROOM, "GET", "/accessibility", verb=Open.PUBLIC)
def accessibility(asked: Asked) -> Answer:  # noqa: ARG001  a statement is the same for all
    """The accessibility statement."""
    return View("accessibility.html", "Accessibility statement")
