"""What a page answers, and the shapes that it is sent in: HTML for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from fastapi.encoders import jsonable_encoder
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from reports.renderers.csv import guarded
from web.asking import Asked
from web.errors import Fault as Fault  # noqa: PLC0414  pages answer with it
from web.errors import NotFoundError, Refusal
from web.rendering import render
from web.site import Site


class Shape(StrEnum):
    HTML = "html"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a page tells as a table: headings, and rows of plain values."""

    headings: tuple[str, ...]
    rows: Sequence[Sequence[str | int | float | None]]


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template and its title; `data`, the value that the template calls `view` and JSON tells as it is.

    `rows` are what CSV tells. `values` are for the template alone. `faults` are shown above a form, and the status is
    then 422. `fragment` is the block that htmx gets alone where it asks.
    """

    template: str
    title: str
    data: Any = None
    rows: Rows | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    status: int = 200
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """After a POST that changed something: where to go on, and what is said there, once, of what was done."""

    to: str
    said: str = ""


Answer: TypeAlias = View | Done | Response


def answered(asked: Asked, answer: Answer, shape: Shape | None) -> Response:
    """The answer in the shape that was asked for. Raises NotFoundError where it has none such."""
    shape = shape or preferred(asked.request.headers.get("accept", ""))
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, Done):
        return _done(asked, answer, shape)
    status = 422 if answer.faults and answer.status == 200 else answer.status
    if shape is Shape.JSON:
        return _json(answer, status)
    if shape is Shape.CSV:
        return _csv(answer)
    part = answer.fragment if asked.request.headers.get("hx-request") == "true" else ""
    return HTMLResponse(render(asked, answer, part), status, {"Vary": "Accept, HX-Request"})


def remembered(asked: Asked, response: Response) -> Response:
    """The response, which gives the browser its token where it had none."""
    if asked.fresh:
        keep_token(asked.site, response, asked.token)
    return response


def keep_token(site: Site, response: Response, token: str) -> None:
    """Have the browser keep its token: for this site alone, away from scripts, and until it is closed."""
    response.set_cookie(site.cookie, token, path="/", secure=site.settings.web.tls, httponly=True, samesite="lax")


def preferred(accept: str) -> Shape:
    """HTML, unless a program asks for its own shape alone."""
    if "text/html" in accept:
        return Shape.HTML
    return Shape.JSON if "application/json" in accept else Shape.CSV if "text/csv" in accept else Shape.HTML


def _done(asked: Asked, done: Done, shape: Shape) -> Response:
    if shape is Shape.JSON:
        return JSONResponse(asdict(done))
    if done.said:
        asked.say(done.said)
    return RedirectResponse(done.to, 303)


def _json(view: View, status: int) -> Response:
    if view.faults:
        refusal = Refusal(status, view.title, "Something in what you sent is not right.", view.faults)
        return JSONResponse(asdict(refusal), status)
    if view.data is None:
        raise NotFoundError
    return JSONResponse(jsonable_encoder(view.data), status)


def _csv(view: View) -> Response:
    if view.rows is None:
        raise NotFoundError
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(view.rows.headings)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in view.rows.rows)
    headers = {"Content-Disposition": 'attachment; filename="muniment.csv"'}
    return Response(file.getvalue().encode("utf-8", "backslashreplace"), 200, headers, "text/csv; charset=utf-8")
