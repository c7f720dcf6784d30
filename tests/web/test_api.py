"""The API: documented, the same as the pages, and without an error of ours whatever is sent."""

from __future__ import annotations

from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web_clients import a_client, a_client_of, csrf_of

from web.documentation import document
from web.routes import API

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
HERE = {"host": "localhost"}
drawn = hypothesis_settings(
    max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def test_every_page_that_is_data_is_documented_with_what_it_needs(app):
    made = document(app)
    paths = {one.path: one for one in app.routes if getattr(one, "path", "").startswith(API)}
    assert set(made["paths"]) == set(paths)
    for of in made["paths"].values():
        for operation in of.values():
            assert operation["x-needs"]
            assert operation["description"], operation
            answers = operation["responses"]["200"]["content"]["application/json"]["schema"]
            assert "$ref" in answers or "anyOf" in answers or "type" in answers, operation


def test_a_page_and_its_data_are_the_same(signed_in):
    client = signed_in("rosa.lind")
    told = client.get("/api/v1/account").json()
    assert client.get("/account.json").json() == told
    assert client.get("/account", headers={"accept": "application/json"}).json() == told
    assert client.get("/account.csv").status_code == 404


def test_nobody_is_told_so_as_data(client):
    answer = client.get("/api/v1/account")
    assert (answer.status_code, answer.json()["status"], answer.json()["title"]) == (401, 401, "Sign in first")


@pytest.mark.servers
@pytest.mark.parametrize("name", ["", "rosa.lind", "rita.marsh"])
def test_whatever_is_sent_there_is_no_error_of_ours_and_no_breach_of_the_document(app, name):
    """By schemathesis: each operation with values drawn for it, signed in and not."""
    client = a_client_of(app, name) if name else a_client(app)
    client.get("/sign-in")
    said = {**HERE, "cookie": f"muniment={client.cookies['muniment']}", "x-csrf-token": csrf_of(client)}
    answered = Counter()
    for found in schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HERE).get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @drawn
        def sent(case):
            answer = case.call(base_url="http://localhost", headers=said)
            case.validate_response(answer, checks=CHECKS)
            answered[case.operation.path, answer.status_code] += 1

        sent()
    assert {path for path, _ in answered} == set(document(app)["paths"])
    assert bool({status for _, status in answered} & {200}) is bool(name)
