"""Every way in has a verb, and lets in just the roles that the table of verbs names."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps

import pytest
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse
from starlette.routing import Mount
from web_clients import PEOPLE, a_client, a_client_of, csrf_of

from domain.actor import Role, Verb
from operations.access import RULES
from web.app import ROOMS, application, pages_of
from web.needs import Open
from web.routes import API, Declared, Room

PUBLIC = {
    "GET /colour.css", "GET /health", "GET /accessibility", "GET /sign-in", "POST /sign-in", "GET /sign-in/away",
    "GET /sign-in/returned", "GET /api/openapi.json",
}  # fmt: skip
"""What needs nobody to be signed in."""

OWN = {
    "GET /", "GET /account", "GET /account.json", "GET /account.csv", "GET /api/v1/account", "POST /sign-out",
    "GET /account/password", "POST /account/password",
}  # fmt: skip
"""What everybody may do who is signed in, whatever their role."""


def named(route: APIRoute) -> str:
    (method,) = route.methods
    return f"{method} {route.path}"


def needs_of(route: APIRoute) -> str:
    return (route.openapi_extra or {}).get("x-needs", "")


def routes_of(app) -> list[APIRoute]:
    return [route for route in app.routes if isinstance(route, APIRoute)]


def test_every_route_is_declared_with_its_verb(app):
    others = [route for route in app.routes if not isinstance(route, APIRoute)]
    assert [(type(one), one.path) for one in others] == [(Mount, "/assets")]
    assert {named(one) for one in routes_of(app) if needs_of(one) not in set(Verb)} == PUBLIC | OWN
    assert {named(one) for one in routes_of(app) if needs_of(one) == Open.PUBLIC} == PUBLIC


def test_a_page_needs_the_same_in_every_shape(app):
    """A list is the same list as CSV: `export` is for what reports tell, which goes to more."""
    needs = {named(one): needs_of(one) for one in routes_of(app)}
    shaped = [name for name in needs if name.endswith((".csv", ".json")) and "/api/" not in name]
    assert shaped
    for name in shaped:
        page = name.rpartition(".")[0]
        assert needs[name] == needs[page] == needs[page.replace(" ", f" {API}", 1).removesuffix("/")], name
    assert Verb.EXPORT not in set(needs.values())
    assert set(RULES[Verb.VIEW_LIST].roles) < set(RULES[Verb.EXPORT].roles)


def test_a_route_without_a_verb_would_be_found():
    app = pages_of(())
    app.get("/bare")(lambda: "")
    (bare,) = [one for one in routes_of(app) if one.path == "/bare"]
    assert needs_of(bare) not in {*Verb, *Open}


def test_no_page_is_declared_twice():
    declared = [(one.method, one.path) for room in ROOMS for one in room.declared]
    assert len(declared) == len(set(declared))


def hollow(declared: Declared) -> Declared:
    """The page with nothing in it: what is before it decides alone."""

    @wraps(declared.page)
    def page(**_):
        return JSONResponse({"in": True})

    return replace(declared, page=page)


@pytest.fixture
def hollow_app(settings, trail, clock):
    """The application with nothing in its pages but those by which one signs in."""
    rooms = [Room([one if one.path == "/sign-in" else hollow(one) for one in room.declared]) for room in ROOMS]
    return application(settings, trail, clock, rooms=rooms)


def reached(client, route: APIRoute) -> int:
    (method,) = route.methods
    path = route.path
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", "1").replace(f"{{{name}:path}}", "1")
    fields = {"csrf": csrf_of(client)} if method == "POST" else None
    return client.request(method, path, data=fields).status_code


@pytest.mark.parametrize("name", [*PEOPLE])
def test_each_role_comes_in_just_where_its_verbs_allow(hollow_app, name):
    client, role = a_client_of(hollow_app, name), PEOPLE[name][0]
    for route in routes_of(hollow_app):
        if needs_of(route) in set(Verb):
            refused = reached(client, route) == 403
            assert refused is (Role(role) not in RULES[Verb(needs_of(route))].roles), named(route)


def test_nobody_comes_in_where_somebody_must_be_signed_in(hollow_app):
    for route in routes_of(hollow_app):
        client = a_client(hollow_app)
        client.get("/sign-in")
        if needs_of(route) != Open.PUBLIC:
            (method,) = route.methods
            is_page = method == "GET" and not route.path.endswith((".json", ".csv")) and "/api/" not in route.path
            assert reached(client, route) == (303 if is_page else 401), named(route)
