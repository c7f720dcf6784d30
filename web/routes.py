"""How a page is declared: its method, its path, and the verb that one must be allowed; there is no other way in.

One function gives the page, its data as JSON and its table as CSV, and answers under /api/v1 too.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Literal, TypeAlias, get_type_hints

from fastapi import Depends
from starlette.responses import Response

from web.answers import Answer, Shape, answered, remembered
from web.asking import Asked, asking
from web.needs import Needs

API = "/api/v1"

Method: TypeAlias = Literal["GET", "POST"]
Page: TypeAlias = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Declared:
    """A page as it was declared. `data` is the type of what it tells as JSON; without, it has no form but HTML."""

    method: Method
    path: str
    needs: Needs
    page: Page
    data: Any = None
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.page.__name__


@dataclass(frozen=True, slots=True)
class Room:
    """The pages that one module declares, in their order."""

    declared: list[Declared] = field(default_factory=list)


def page(
    room: Room, method: Method, path: str, *, verb: Needs, data: Any = None, form: Mapping[str, str] | None = None
) -> Callable[[Page], Page]:
    """Declare the function below as a page.

    It takes `asked: Asked` and whatever of path and query it names with a type; it returns a `View` or, after a POST,
    a `Done`. `form` says what each field of a POST means, for the documentation of the API.
    """

    def declare(function: Page) -> Page:
        room.declared.append(Declared(method, path, verb, function, data, form or {}))
        return function

    return declare


def endpoint(declared: Declared, shape: Shape | None) -> Callable[..., Response]:
    """The page as FastAPI calls it: who asks is settled before it runs, and what it answers is put into a shape.

    `shape` None takes the one that the request prefers.
    """
    function, hints = declared.page, get_type_hints(declared.page, include_extras=True)
    hints["asked"] = Annotated[Asked, Depends(asking(declared.needs, declared.method))]
    parameters = [
        one.replace(annotation=hints[one.name], kind=inspect.Parameter.KEYWORD_ONLY)
        for one in inspect.signature(function).parameters.values()
    ]

    @wraps(function)
    def answer(**values: Any) -> Response:
        asked: Asked = values["asked"]
        return remembered(asked, answered(asked, function(**values), shape))

    answer.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what FastAPI looks at
    return answer
