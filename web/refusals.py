"""What people, and programs, are told when a request comes to nothing: what it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from domain.errors import MunimentError
from inventory.engine import InventoryError
from operations.access import RefusedError
from web.errors import ForgedError, Refusal, SignedOutError, TooManyError, WebError, in_plain_words
from web.rendering import render_error
from web.site import Site

_PAGES = {
    400: ("That request could not be read", "Go back, load the page again, and try once more."),
    401: ("Sign in first", "Sign in, and you will be taken to the page that you asked for."),
    403: ("You cannot do this", "If your work needs it, ask one of those who can, or ask whoever administers Muniment "
                                "to give you the role for it."),
    404: ("Page not found", "If you typed the address, check that it is right. If you followed a link, what it led to "
                            "may be gone, or belong to a service that you do not."),
    405: ("That cannot be done here", "Go back to the page that you came from and use its buttons."),
    406: ("This is shown as a page alone", "Open it in a browser. Programs are not given what is written in items."),
    409: ("This has changed since you opened it", "Nothing was done. Load the page again and decide on what it shows."),
    413: ("That is too much to send at once", "Send a smaller file, or choose fewer items."),
    415: ("Only forms are read here", "Send application/x-www-form-urlencoded or multipart/form-data, in UTF-8."),
    421: ("This is not the address of Muniment", "Use the address that you were given. Who administers Muniment can "
                                                 "add this one: [web] hosts in muniment.toml."),
    422: ("Something in what you sent is not right", "Go back, mend it, and try again."),
    429: ("Too many tries", "Wait, and try again later."),
    500: ("Sorry, there is a problem with Muniment", "Nothing was half done. Try again later; if it stays, tell "
                                                     "whoever administers Muniment when it happened."),
    502: (
        "Signing in did not work",
        "Go back to the sign-in page and try again. If it stays so, tell whoever administers Muniment.",
    ),
    503: ("Muniment cannot use its inventory", "Try again later. Who administers Muniment can see why: "
                                               "muniment doctor"),
}  # fmt: skip
STATUSES = tuple(_PAGES)
_FORGED = ("This form was not taken", "Nothing was done. Load the page again, and send the form from there.")


def refused(request: Request, status: int, sentence: str, page: tuple[str, str] | None = None) -> Response:
    """The answer to what comes to nothing, in the shape that was asked for; `page` is its own title and advice."""
    title, advice = page or _PAGES.get(status, _PAGES[500] if status >= 500 else _PAGES[400])
    if _wants_data(request):
        return JSONResponse(asdict(Refusal(status, title, sentence or advice)), status)
    site: Site | None = getattr(getattr(request.scope.get("app"), "state", None), "site", None)
    organisation = site.settings.organisation.name if site else "Muniment"
    return HTMLResponse(render_error(title, sentence, advice, organisation), status)


async def of_error(request: Request, error: Exception) -> Response:
    """The answer to an error that an operation or a page raised."""
    if isinstance(error, SignedOutError):
        return _signed_out(request)
    told = in_plain_words(error) if _may_be_told(error) else ""
    response = refused(request, _status(error), told, _FORGED if isinstance(error, ForgedError) else None)
    if isinstance(error, TooManyError):
        response.headers["Retry-After"] = str(error.seconds)
    return response


async def of_http(request: Request, error: HTTPException) -> Response:
    """The answer to what the framework refuses. A request that stopped coming in was cut off for its size."""
    status = error.status_code if error.status_code in _PAGES or error.status_code in set(HTTPStatus) else 500
    response = refused(request, status, "")
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def of_values(request: Request, error: RequestValidationError) -> Response:
    """A part of the path that is none is a page that is not there; what else is wrong is named by its name alone."""
    places = [fault["loc"] for fault in error.errors()]
    if any(place[0] == "path" for place in places):
        return refused(request, 404, "")
    names = ", ".join(sorted({str(place[-1]) for place in places}))
    return refused(request, 422, f"These parts of the address are not what they should be: {names}.")


async def of_size(request: Request, _error: ClientDisconnect) -> Response:
    """The answer to a body that was cut off for its size; one whose browser has gone reads none."""
    return refused(request, 413, "")


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    MunimentError: of_error, HTTPException: of_http, RequestValidationError: of_values, ClientDisconnect: of_size,
}  # fmt: skip


def _status(error: Exception) -> int:
    if isinstance(error, WebError):
        return error.status
    return 403 if isinstance(error, RefusedError) else 503 if isinstance(error, InventoryError) else 422


def _may_be_told(error: Exception) -> bool:
    """What the database says of its trouble is for who administers it."""
    return not isinstance(error, InventoryError)


def _signed_out(request: Request) -> Response:
    if _wants_data(request) or request.method != "GET":
        return refused(request, 401, "")
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse("/sign-in" if asked == "/" else f"/sign-in?to={quote(asked)}", 303)


def _wants_data(request: Request) -> bool:
    path, accept = request.url.path, request.headers.get("accept", "")
    return path.startswith("/api/") or path.endswith((".json", ".csv")) or (
        "text/html" not in accept and "application/json" in accept
    )  # fmt: skip
