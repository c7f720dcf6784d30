"""Signing in and out by password, and how long it lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from inventories import an_inventory_at
from sqlalchemy import event, text
from web_clients import ADMIN, KEY, PASSWORD, a_client, add_people, csrf_of, posted

from domain.account import Delegation, Identity
from domain.actor import Grant, Role
from domain.audit import Act
from inventory.audit import latest
from operations.config import InventorySettings, Settings
from operations.configuration.web_settings import WebSettings
from operations.people import accounts, sign_in
from operations.people.audit import Trail
from operations.people.sessions import MOST_AT_ONCE
from web.errors import TooManyError
from web.forms import token_of
from web.site import Tries

NEW = "heron basalt window"


def is_in(client) -> bool:
    return client.get("/account").status_code == 200


def try_in(client, name: str = "rosa.lind", password: str = PASSWORD, **fields):
    client.get("/sign-in")
    return posted(client, "/sign-in", name=name, password=password, **fields)


def test_who_signs_in_is_known_and_goes_where_they_wanted(client):
    assert client.get("/account").headers["location"] == "/sign-in?to=/account"
    answer = try_in(client, to="/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "rosa.lind" in client.get("/account").text


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "", "/\n"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, to):
    assert try_in(client, to=to).headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("rosa.lind", "wrong"), ("nobody.here", PASSWORD), ("", "")])
def test_what_was_wrong_is_not_told(client, name, password):
    answer = try_in(client, name, password)
    assert answer.status_code == 422
    assert "The name or the password is not right, or the account is locked." in answer.text
    assert not is_in(client)


def test_the_token_is_another_after_signing_in(client):
    client.get("/sign-in")
    before = client.cookies["muniment"]
    try_in(client)
    assert client.cookies["muniment"] != before


def test_a_token_that_was_put_into_a_browser_is_worth_nothing(app):
    fixed = "attacker-chose-this-token-0123456789"
    victim, attacker = a_client(app), a_client(app)
    for one in (victim, attacker):
        one.cookies.set("muniment", fixed)
    assert try_in(victim).status_code == 303
    assert is_in(victim)
    assert not is_in(attacker)


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    kept = client.get("/sign-in").headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=lax" in kept
    assert "path=/" in kept


def test_the_token_itself_is_not_in_the_inventory(signed_in, trail):
    token = signed_in("rosa.lind").cookies["muniment"]
    with trail.database.connect() as connection:
        rows = connection.execute(text("SELECT * FROM session")).all()
    assert len(rows) == 1
    assert token not in str(rows)


def test_signing_out_ends_it_at_the_server(signed_in, app):
    client, other = signed_in("rosa.lind"), a_client(app)
    other.cookies.set("muniment", client.cookies["muniment"])
    assert is_in(other)
    posted(client, "/sign-out")
    assert not is_in(other)


def test_signing_out_is_in_the_trail(signed_in, trail):
    posted(signed_in("rosa.lind"), "/sign-out")
    (entry,) = latest(trail.database, 1)
    assert (entry.act, entry.account, entry.door, entry.facts) == (
        Act.SIGNED_OUT, "rosa.lind", "web", '{"everywhere":false}',
    )  # fmt: skip


def test_one_can_sign_out_everywhere_and_nobody_else_is(signed_in):
    here, elsewhere, other = signed_in("rosa.lind"), signed_in("rosa.lind"), signed_in("piet.moor")
    posted(here, "/sign-out", everywhere="1")
    assert [is_in(one) for one in (here, elsewhere, other)] == [False, False, True]


def test_an_administrator_ends_the_sessions_of_one_account_or_of_all(signed_in, trail):
    here, elsewhere, other = signed_in("rosa.lind"), signed_in("rosa.lind"), signed_in("piet.moor")
    assert accounts.sign_out(ADMIN, trail, "rosa.lind") == 2
    assert [is_in(one) for one in (here, elsewhere, other)] == [False, False, True]
    assert try_in(here).status_code == 303
    assert accounts.sign_out(ADMIN, trail, None) == 2
    assert [is_in(one) for one in (here, other)] == [False, False]
    assert [(entry.act, entry.account, entry.subject) for entry in latest(trail.database, 20)
            if entry.act == Act.SIGNED_OUT] == [
        (Act.SIGNED_OUT, ADMIN.account, "user:rosa.lind"), (Act.SIGNED_OUT, ADMIN.account, "users"),
    ]  # fmt: skip


def test_one_session_too_many_ends_the_one_that_was_used_longest_ago(signed_in, trail):
    other = signed_in("piet.moor")
    many = [signed_in("rosa.lind") for _ in range(MOST_AT_ONCE + 1)]
    assert [is_in(one) for one in many] == [False] + [True] * MOST_AT_ONCE
    assert is_in(other)


def test_who_is_enabled_again_signs_in_again(signed_in, trail):
    client = signed_in("rosa.lind")
    for disabled in (True, False):
        accounts.change_account(ADMIN, trail, "rosa.lind", lambda one, now=disabled: replace(one, disabled=now))
    assert not is_in(client)


def test_who_is_bound_no_more_is_out_at_once(signed_in, trail):
    client, identity = signed_in("rosa.lind"), Identity("oidc", "https://idp.example", "r")
    accounts.bind(ADMIN, trail, "rosa.lind", identity)
    assert is_in(client)
    accounts.unbind(ADMIN, trail, "rosa.lind", identity)
    assert not is_in(client)


def test_a_page_reads_the_one_account_and_not_all(signed_in, trail):
    client, asked = signed_in("rosa.lind"), []
    event.listen(trail.database, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert is_in(client)
    of_accounts = [one for one in asked if "FROM account" in one or "FROM identity" in one or "FROM delegation" in one]
    assert of_accounts
    assert all("WHERE" in one for one in of_accounts)


def test_what_is_lent_counts_at_once(signed_in, trail):
    client, today = signed_in("rosa.lind"), datetime.now(UTC).date()
    giver = replace(ADMIN, account="vera.holt", grants=(Grant(Role.APPROVER, frozenset({"Planning"})),))
    accounts.lend(giver, trail, Delegation("vera.holt", "rosa.lind", Role.APPROVER, today, today), today)
    assert set(client.get("/account.json").json()["roles"]) == {"reviewer", "approver"}


def test_a_session_ends_when_nobody_uses_it(signed_in, clock):
    client = signed_in("rosa.lind")
    for _ in range(3):
        clock.pass_by(minutes=29)
        assert is_in(client)
    clock.pass_by(minutes=30)
    assert not is_in(client)


def test_a_session_ends_however_much_it_is_used(signed_in, clock):
    client = signed_in("rosa.lind")
    for _ in range(19):
        clock.pass_by(minutes=25)
        assert is_in(client)
    clock.pass_by(minutes=5)
    assert not is_in(client)


def test_the_page_says_until_when(signed_in, clock):
    client = signed_in("rosa.lind")
    told = client.get("/account.json").json()["ends"]
    assert f'datetime="{told}"' in client.get("/account").text
    assert "you will be signed out at" in client.get("/account").text


def test_who_is_disabled_is_out_at_once(signed_in, trail):
    client = signed_in("rosa.lind")
    accounts.change_account(ADMIN, trail, "rosa.lind", lambda one: replace(one, disabled=True))
    assert not is_in(client)


def test_roles_are_what_they_are_now(signed_in, trail):
    client = signed_in("rosa.lind")
    accounts.change_account(ADMIN, trail, "rosa.lind", lambda one: replace(one, services=frozenset({"Libraries"})))
    assert client.get("/account.json").json()["services"] == ["Libraries"]


def test_another_password_ends_every_session_but_the_one_that_set_it(signed_in):
    here, elsewhere = signed_in("rosa.lind"), signed_in("rosa.lind")
    answer = posted(here, "/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, answer.headers.get("location")) == (303, "/account"), answer.text
    assert "Your password is changed." in here.get("/account").text
    assert "Your password is changed." not in here.get("/account").text
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"old": "wrong one entirely", "new": NEW, "again": NEW}, "old"), ({"old": PASSWORD, "new": "short", "again":
     "short"}, "new"), ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "again")],
)  # fmt: skip
def test_a_password_that_cannot_be_is_refused_beside_its_field(signed_in, fields, field):
    client = signed_in("rosa.lind")
    answer = posted(client, "/account/password", **fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert NEW not in answer.text
    assert is_in(client)


def test_with_a_password_that_another_has_set_one_is_told(signed_in, trail, client):
    accounts.set_password(ADMIN, trail, "rosa.lind", "correct horse battery")
    try_in(client, password="correct horse battery")
    assert "Somebody else has set your password" in client.get("/account").text


def test_who_types_a_first_password_that_is_too_old_is_told_so(trail, client, monkeypatch):
    accounts.set_password(ADMIN, trail, "rosa.lind", "correct horse battery")
    monkeypatch.setattr(sign_in, "TEMPORARY_FOR", timedelta())
    answer = try_in(client, password="correct horse battery")
    assert (answer.status_code, "was not renewed within a week" in answer.text) == (422, True)
    assert not is_in(client)


def test_guesses_at_one_account_lock_it(client):
    for _ in range(5):
        try_in(client, password="wrong")
    assert try_in(client).status_code == 422


class TestFewTries:
    @pytest.fixture
    def settings(self, settings) -> Settings:
        return settings.model_copy(update={"web": WebSettings(tries=5)})

    def test_guesses_from_one_address_at_many_accounts_are_stopped(self, client, clock):
        for number in range(5):
            assert try_in(client, f"person.{number}").status_code == 422
        answer = try_in(client)
        assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
        assert "Too many tries" in answer.text
        clock.pass_by(minutes=15)
        assert try_in(client).status_code == 303

    def test_who_may_sign_in_may_not_guess_the_more_for_it(self, client, app):
        for number in range(4):
            try_in(client, f"person.{number}")
        assert try_in(client).status_code == 303
        assert try_in(a_client(app), "person.5").status_code == 422
        assert try_in(a_client(app), "person.6").status_code == 429


def test_a_network_of_ipv6_is_one_place():
    now, tries = datetime.now(UTC), Tries(2)
    tries.count("2001:db8::1", now)
    tries.count("2001:db8::2:1", now)
    with pytest.raises(TooManyError):
        tries.count("2001:db8::3", now)
    for address in ("2001:db8:0:1::1", "192.0.2.1", "192.0.2.2", "not an address"):
        tries.count(address, now)


class TestBehindTls:
    @pytest.fixture
    def settings(self, settings) -> Settings:
        return settings.model_copy(update={"web": WebSettings(behind_tls=True, hosts=("muniment.council.example",))})

    def test_the_cookie_goes_by_https_alone_and_from_this_host_alone(self, app):
        answer = a_client(app).get("/sign-in", headers={"host": "muniment.council.example"})
        assert answer.headers["set-cookie"].startswith("__Host-muniment=")
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "max-age" in answer.headers["strict-transport-security"]

    @pytest.mark.parametrize(("origin", "status"), [("https", 422), ("http", 403)])
    def test_a_page_without_https_is_another_site(self, app, origin, status):
        name = "muniment.council.example"
        client = TestClient(app, base_url=f"https://{name}", follow_redirects=False)
        client.get("/sign-in")
        fields = {"csrf": token_of(client.cookies["__Host-muniment"]), "name": "x", "password": "y"}
        assert client.post("/sign-in", data=fields, headers={"origin": f"{origin}://{name}"}).status_code == status


def test_a_session_of_one_is_not_another_s(signed_in):
    rosa, ada = signed_in("rosa.lind"), signed_in("ada.frost")
    assert csrf_of(rosa) != csrf_of(ada)
    assert ada.get("/account.json").json()["account"] == "ada.frost"


@pytest.mark.servers
class TestOnPostgres:
    """The same of sessions that a server keeps."""

    @pytest.fixture
    def settings(self, postgres_url, tmp_path) -> Settings:
        return Settings(inventory=InventorySettings(url=postgres_url, key_file=tmp_path / "k"))

    @pytest.fixture
    def trail(self, settings):
        database = an_inventory_at(settings.inventory.url)
        add_people(trail := Trail(database, KEY))
        yield trail
        database.dispose()

    def test_from_signing_in_to_the_end(self, client, signed_in, clock):
        assert try_in(client, password="wrong").status_code == 422
        assert try_in(client, name="rosa\0lind").status_code == 400
        assert try_in(client, to="/account").headers["location"] == "/account"
        here, elsewhere = signed_in("rosa.lind"), signed_in("rosa.lind")
        assert posted(here, "/account/password", old=PASSWORD, new=NEW, again=NEW).status_code == 303
        assert "Your password is changed." in here.get("/account").text
        assert "Your password is changed." not in here.get("/account").text
        assert not is_in(elsewhere)
        clock.pass_by(minutes=29)
        assert is_in(here)
        clock.pass_by(minutes=30)
        assert not is_in(here)

    def test_what_is_lent_disabled_and_signed_out(self, signed_in, trail):
        test_what_is_lent_counts_at_once(signed_in, trail)
        test_one_can_sign_out_everywhere_and_nobody_else_is(signed_in)
        test_who_is_enabled_again_signs_in_again(signed_in, trail)
        test_signing_out_is_in_the_trail(signed_in, trail)
