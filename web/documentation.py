"""The OpenAPI document of /api/v1: what each page is as data, what its forms take, and what is told when it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.responses import JSONResponse

from web.answers import Answer, Done
from web.asking import Asked
from web.errors import Refusal
from web.forms import TOKEN_FIELD, TOKEN_HEADER
from web.needs import Open
from web.routes import Declared, Room, page

ROOM = Room()
_FAILS = (400, 401, 403, 404, 409, 413, 415, 421, 422, 429, 500, 502, 503)
_FORM = "application/x-www-form-urlencoded"


@page(ROOM, "GET", "/api/openapi.json", verb=Open.PUBLIC)
def openapi(asked: Asked) -> Answer:
    """The document itself; nothing in it is anybody's."""
    return JSONResponse(document(asked.request.app))


def document(app: FastAPI) -> dict[str, Any]:
    """The document of an application. Signing in is done as people do it, and the cookie it gives is sent along."""
    made = app.openapi()
    cookie = {"type": "apiKey", "in": "cookie", "name": app.state.site.cookie}
    made.setdefault("components", {})["securitySchemes"] = {"session": cookie}
    made["security"] = [{"session": []}]
    return made


@dataclass(frozen=True, slots=True)
class Documented:
    """What is said of one page."""

    declared: Declared

    @property
    def model(self) -> Any:
        """After a POST there is what was done, or the form again."""
        data = self.declared.data
        return data if self.declared.method == "GET" or data is Done else data | Done

    @property
    def responses(self) -> dict[int | str, dict[str, Any]]:
        return {status: {"model": Refusal} for status in _FAILS}

    @property
    def extra(self) -> dict[str, Any]:
        said: dict[str, Any] = {"x-needs": str(self.declared.needs)}
        if self.declared.method == "GET":
            return said
        fields = {name: _field(meaning) for name, meaning in self.declared.form.items()}
        token = {
            "name": TOKEN_HEADER,
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": f"The token of the session, which GET /api/v1/account tells; or the field {TOKEN_FIELD}.",
        }
        body = {"content": {_FORM: {"schema": {"type": "object", "properties": fields}}}}
        return {**said, "parameters": [token], "requestBody": body}


def _field(meaning: str) -> dict[str, Any]:
    return {"type": "string", "description": meaning}
