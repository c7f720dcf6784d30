"""The web application, made of the pages that its rooms declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from operations.config import Settings
from operations.people.audit import Trail
from web import account, documentation, public, sign_in, single_sign_on
from web.answers import Shape
from web.documentation import Documented
from web.guard import Guard
from web.oidc import Provider
from web.pages import (
    assets,
    audit,
    batches,
    boards,
    deciding,
    events,
    history,
    holds,
    home,
    item,
    lists,
    preview,
    requests,
    review,
    schedule,
    standing_in,
)
from web.refusals import HANDLERS, refused
from web.routes import API, Declared, Room, endpoint
from web.site import Site, Tries

ROOMS: tuple[Room, ...] = (
    public.ROOM,
    documentation.ROOM,
    sign_in.ROOM,
    single_sign_on.ROOM,
    account.ROOM,
    home.ROOM,
    boards.ROOM,
    lists.ROOM,
    item.ROOM,
    history.ROOM,
    preview.ROOM,
    review.ROOM,
    deciding.ROOM,
    batches.ROOM,
    standing_in.ROOM,
    holds.ROOM,
    assets.ROOM,
    schedule.ROOM,
    requests.ROOM,
    audit.ROOM,
    events.ROOM,
)
"""Every module that declares pages: one line for each."""

_STATIC = Path(__file__).parent / "static"


def application(
    settings: Settings, trail: Trail, clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    rooms: Iterable[Room] = ROOMS,
) -> FastAPI:  # fmt: skip
    """The application over an open inventory."""
    return over(pages_of(rooms), settings, trail, clock)


def pages_of(rooms: Iterable[Room] = ROOMS) -> FastAPI:
    """The pages alone, over nothing yet."""
    app = FastAPI(
        title="Muniment", docs_url=None, redoc_url=None, openapi_url=None, exception_handlers=HANDLERS,
        redirect_slashes=False,
    )  # fmt: skip
    for declared in (one for room in rooms for one in room.declared):
        _add(app, declared)
    app.mount("/assets", StaticFiles(directory=_STATIC), name="assets")
    app.add_middleware(Guard, refuse=refused)
    return app


def over(app: FastAPI, settings: Settings, trail: Trail, clock: Callable[[], datetime]) -> FastAPI:
    """The same pages, from now on over this inventory."""
    app.state.site = Site(settings, trail, Tries(settings.web.tries), _provider(settings), clock)
    return app


def _provider(settings: Settings) -> Provider | None:
    return Provider(settings.web.oidc) if settings.web.oidc else None


def _add(app: FastAPI, declared: Declared) -> None:
    """The shapes with a name of their own come first, or `/items/{number}` would take `/items/1.json`."""
    if declared.method == "GET" and declared.data is not None:
        for shape in (Shape.JSON, Shape.CSV):
            _route(app, declared, f"{declared.path}.{shape}", shape)
    _route(app, declared, declared.path, None)
    if declared.data is not None:
        _route(app, declared, API + declared.path, Shape.JSON, is_api=True)


def _route(app: FastAPI, declared: Declared, path: str, shape: Shape | None, *, is_api: bool = False) -> None:
    said = Documented(declared)
    app.add_api_route(
        path, endpoint(declared, shape), methods=[declared.method], name=declared.name, include_in_schema=is_api,
        response_class=JSONResponse if is_api else Response, response_model=said.model if is_api else None,
        responses=said.responses if is_api else None, openapi_extra=said.extra,
    )  # fmt: skip
