"""What other programs can ask of the web application: every page as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cli.reference_pages.markdown import code, page, table, words
from web.app import pages_of
from web.forms import TOKEN_HEADER

_INTRODUCTION = f"""\
Each page of `muniment serve` that shows something gives it as data too: the address with `.json` or `.csv` behind it
for people, and below `/api/v1` for programs, which sign in as people do and send the cookie along. `/api/openapi.json`
is the whole of this in OpenAPI 3.1, with every shape. A POST needs the token of the session too, which
`GET /api/v1/account` tells, as the header `{TOKEN_HEADER}`. `needs` is what one's role has to allow
([roles](../people-and-audit.md)); what is somebody else's answers like what is not there, 404."""


def api_page() -> str:
    """Every address below /api/v1."""
    rows = [row for path, methods in pages_of().openapi()["paths"].items() for row in _rows(path, methods)]
    return page("API", _INTRODUCTION, table(("address", "what", "takes", "needs"), rows))


def _rows(path: str, methods: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for method, told in methods.items():
        form = told.get("requestBody", {}).get("content", {}).values()
        fields = [name for body in form for name in body["schema"]["properties"]]
        asked = [one["name"] for one in told.get("parameters", ()) if one["in"] in ("path", "query")]
        what = str(told.get("description") or told["summary"]).partition("\n\n")[0]
        yield code(f"{method.upper()} {path}"), what, words((*asked, *fields)), told["x-needs"]
