"""What people see when something goes wrong, and what is written of it."""

from __future__ import annotations

import logging

import pytest
from web_clients import a_client_of, posted

from domain.actor import Verb
from domain.errors import ConfigurationError
from inventory.engine import InventoryError
from operations.access import RefusedError
from web.app import ROOMS, application
from web.errors import NotFoundError, StaleError
from web.needs import Open
from web.refusals import STATUSES
from web.rendering import render_error
from web.routes import Room, page

SECRET = "Mrs Example of 3 Invented Row"

ERRORS = {
    "refused": (RefusedError("Ask another who may."), 403, "Ask another who may."),
    "missing": (NotFoundError(), 404, "Page not found"),
    "stale": (StaleError("Two items are on hold now."), 409, "Two items are on hold now."),
    "wrong": (ConfigurationError("Name a later day."), 422, "Name a later day."),
    "locked": (InventoryError(f"cannot be used: {SECRET}"), 503, "cannot use its inventory"),
    "broken": (ValueError(SECRET), 500, "there is a problem with Muniment"),
}


@pytest.fixture
def app(settings, trail, clock):
    room = Room()

    @page(room, "GET", "/broken/{kind}", verb=Open.OWN)
    def broken(asked, kind: str):
        raise ERRORS[kind][0]

    @page(room, "GET", "/things/{number}", verb=Verb.VIEW_LIST)
    def thing(asked, number: int, limit: int = 10):
        raise NotFoundError

    return application(settings, trail, clock, rooms=[*ROOMS, room])


@pytest.mark.parametrize("kind", [*ERRORS])
def test_an_error_is_a_page_that_says_what_to_do(app, kind, caplog):
    caplog.set_level(logging.DEBUG)
    _, status, told = ERRORS[kind]
    answer = a_client_of(app, "rosa.lind").get(f"/broken/{kind}")
    assert (answer.status_code, told in answer.text) == (status, True), answer.text
    assert "<h1" in answer.text
    assert SECRET not in answer.text
    assert SECRET not in caplog.text
    assert "Traceback" not in answer.text + caplog.text


def test_who_may_not_open_a_page_is_told_for_whom_it_is_in_plain_words(signed_in):
    told = signed_in("rosa.lind").get("/audit").text
    assert "Your role does not let you see the audit trail. It is for records managers, Information Governance" in told
    assert "view-audit" not in told
    assert "give you the role for it" in told


def test_the_own_account_says_what_one_may_do(signed_in):
    told = signed_in("rosa.lind").get("/account").text
    assert "As Reviewer, in your services, you may:" in told
    assert "<li>decide on items</li>" in told
    assert "approval of a disposal" not in told


def test_a_form_that_was_not_taken_is_no_question_of_roles(signed_in):
    told = signed_in("rosa.lind").post("/sign-out", data={"csrf": "0"}).text
    assert "This form was not taken" in told
    assert "role" not in told.partition("<h1")[2].partition("</main>")[0]


@pytest.mark.parametrize(("who", "shown"), [("rosa.lind", 0), ("sid.rowe", 0), ("vera.holt", 1), ("rita.marsh", 1)])
def test_approvals_stand_in_the_menu_of_those_who_can_approve(signed_in, who, shown):
    assert signed_in(who).get("/review").text.count('href="/approvals"') == shown


@pytest.mark.parametrize("kind", [*ERRORS])
def test_a_program_is_told_the_same_as_data(app, kind):
    _, status, _ = ERRORS[kind]
    answer = a_client_of(app, "rosa.lind").get(f"/broken/{kind}", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", 404), ("/things/one", 404), ("/things/1?limit=many", 422), ("/things/" + "9" * 400, 404),
     ("/assets/../app.py", 404), ("/assets/%2e%2e/app.py", 404), ("/%00", 404), ("/things/1\u202e", 404)],
)  # fmt: skip
def test_addresses_that_are_none(app, path, status):
    client = a_client_of(app, "rosa.lind")
    assert client.get(path).status_code == status


def test_a_method_that_a_page_does_not_know(app):
    client = a_client_of(app, "rosa.lind")
    answer = client.delete("/account")
    assert (answer.status_code, "cannot be done here" in answer.text) == (405, True)


@pytest.mark.parametrize(
    "body",
    [b"--x\r\nContent-Disposition: form-data; name=", b"\xff\xfe", b"--x\r\n\r\n\r\n--x--", b"a" * 100],
)
def test_forms_that_are_none_do_nothing(app, body):
    client = a_client_of(app, "rosa.lind")
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/sign-out", content=body, headers=headers).status_code in (400, 403)
    assert client.get("/account").status_code == 200


def test_a_log_says_the_route_and_not_the_path(app, caplog):
    caplog.set_level(logging.INFO, "operations.web")
    a_client_of(app, "rosa.lind").get("/things/4711")
    assert "GET /things/{number} 404" in caplog.text
    assert "4711" not in caplog.text


def test_a_name_in_the_address_is_shown_as_what_it_is(app):
    client = a_client_of(app, "rosa.lind")
    nasty = "<script>alert(1)</script>"
    answer = client.get("/things/1", params={"limit": nasty, nasty: "1"})
    assert nasty not in answer.text
    assert nasty not in posted(client, "/account/password", old=nasty, new="x", again="y").text


@pytest.mark.parametrize("status", STATUSES)
def test_each_page_of_an_error_can_be_rendered(status):
    assert "<h1" in render_error("Title", "", "Do this.", "Wexcombe")
