"""Sign-in by a real identity provider: who is let in, as what, and what is not believed."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from identity_providers import CLIENT, SECRET, a_provider, provider_folder, signed_in_there  # noqa: F401  a fixture
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from web_clients import ADMIN, Served, a_client

from domain.account import Account, Identity
from domain.actor import Role
from domain.audit import Act
from inventory.audit import latest
from operations.config import InventorySettings, Settings
from operations.configuration.oidc_settings import GroupSettings, OidcSettings
from operations.configuration.web_settings import WebSettings
from operations.people import accounts
from web.oidc import Challenge, Provider, ProviderError

pytestmark = pytest.mark.servers

PLANNERS, KEEPERS, FORBIDDEN = "0b1e-planners", "77aa-keepers", "90ff-others"
PEOPLE = {
    "nina": {"groups": [PLANNERS], "preferred_username": "Nina.Thorpe@wexcombe.example", "name": "Nina Thorpe"},
    "omar": {"groups": [FORBIDDEN], "preferred_username": "omar.dell", "name": "Omar Dell"},
    "rosa": {"groups": [PLANNERS], "preferred_username": "rosa.lind", "name": "Not Rosa Lind"},
}
ADDRESS = "http://localhost/"


@pytest.fixture(scope="module")
def issuer(provider_folder):  # noqa: F811  a fixture
    with a_provider(provider_folder, "http://localhost/sign-in/returned", PEOPLE) as started:
        yield started


@pytest.fixture
def oidc(tmp_path, issuer) -> OidcSettings:
    secret = tmp_path / "client.secret"
    secret.touch(0o600)
    secret.write_text(SECRET)
    groups = (GroupSettings(id=PLANNERS, role=Role.REVIEWER, services=("Planning",)),
              GroupSettings(id=KEEPERS, role=Role.RECORDS_MANAGER))  # fmt: skip
    return OidcSettings(
        issuer=issuer, client_id=CLIENT, client_secret_file=secret, address=ADDRESS, group=groups, make_accounts=True
    )


@pytest.fixture
def settings(tmp_path, oidc) -> Settings:
    url = f"sqlite:///{tmp_path / 'i.db'}"
    return Settings(inventory=InventorySettings(url=url, key_file=tmp_path / "k"), web=WebSettings(oidc=oidc))


def gone_away(client) -> str:
    return client.get("/sign-in/away?to=/account").headers["location"]


def came_back(client, name: str, address: str | None = None):
    back = urlsplit(signed_in_there(address or gone_away(client), name))
    return client.get(f"{back.path}?{back.query}"), f"{back.path}?{back.query}"


def test_who_is_in_a_group_has_its_role_and_goes_where_they_wanted(client, trail):
    answer, _ = came_back(client, "nina")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account"), answer.text
    told = client.get("/account.json").json()
    assert (told["account"], told["roles"], told["services"]) == (
        "nina.thorpe@wexcombe.example", ["reviewer"], ["Planning"],
    )  # fmt: skip
    assert [one.act for one in latest(trail.database, 2)] == [Act.USER_ADDED, Act.SIGNED_IN]


def test_who_is_in_none_is_told_so_and_has_no_account(client, trail):
    answer, _ = came_back(client, "omar")
    assert answer.status_code == 403
    assert "None of the groups" in answer.text
    assert client.get("/account").status_code == 303
    assert "omar.dell" not in {one.name for one in accounts.list_accounts(ADMIN, trail)[0]}


def test_a_name_that_an_account_has_already_is_not_taken_over(client):
    answer, _ = came_back(client, "rosa")
    assert answer.status_code == 403
    assert "muniment users bind NAME --subject rosa" in answer.text


def test_groups_decide_anew_at_each_sign_in_but_over_no_technical_role(client, trail, issuer):
    accounts.bind(ADMIN, trail, "vera.holt", Identity("oidc", issuer, "nina"))
    came_back(client, "nina")
    assert client.get("/account.json").json()["roles"] == ["reviewer"]
    account = Account("bo.lyle", roles=frozenset({Role.ADMINISTRATOR}), identities=(Identity("oidc", issuer, "omar"),))
    accounts.add_account(ADMIN, trail, account)
    came_back(client, "omar")
    assert client.get("/account.json").json()["roles"] == ["administrator"]


def test_a_disabled_account_does_not_come_in(client, trail, issuer):
    accounts.bind(ADMIN, trail, "vera.holt", Identity("oidc", issuer, "nina"))
    accounts.change_account(ADMIN, trail, "vera.holt", lambda one: replace(one, disabled=True))
    answer, _ = came_back(client, "nina")
    assert (answer.status_code, "disabled" in answer.text) == (403, True)


def test_a_way_back_is_gone_once_and_by_the_browser_that_left(client, app, clock):
    away = gone_away(client)
    back = urlsplit(signed_in_there(away, "nina"))
    thief = a_client(app)
    thief.get("/sign-in")
    assert thief.get(f"{back.path}?{back.query}").status_code == 403
    assert client.get(f"{back.path}?{back.query}").status_code == 303
    assert client.get(f"{back.path}?{back.query}").status_code == 403
    late = urlsplit(signed_in_there(gone_away(client), "nina"))
    clock.pass_by(minutes=11)
    assert client.get(f"{late.path}?{late.query}").status_code == 403


def test_a_code_is_taken_once_whoever_brings_it(client):
    _, first = came_back(client, "nina")
    told = {name: values[0] for name, values in parse_qs(urlsplit(first).query).items()}
    state = parse_qs(urlsplit(gone_away(client)).query)["state"][0]
    answer = client.get("/sign-in/returned", params=told | {"state": state})
    assert (answer.status_code, "did not confirm" in answer.text) == (502, True)


def test_an_answer_that_does_not_say_whose_it_is_is_another_s(client):
    back = urlsplit(signed_in_there(gone_away(client), "nina"))
    without = "&".join(part for part in back.query.split("&") if not part.startswith("iss="))
    assert without != back.query
    assert client.get(f"{back.path}?{without}").status_code == 403
    other = without + "&iss=https%3A%2F%2Felsewhere.example"
    assert client.get(f"{back.path}?{other}").status_code == 403


def test_where_our_secret_lies_is_not_told(client, oidc):
    oidc.client_secret_file.unlink()
    answer = client.get("/sign-in/away")
    assert (answer.status_code, str(oidc.client_secret_file) in answer.text) == (502, False)


def test_a_refusal_of_the_provider_is_none_of_ours(client):
    state = parse_qs(urlsplit(gone_away(client)).query)["state"][0]
    answer = client.get(f"/sign-in/returned?error=access_denied&state={state}")
    assert (answer.status_code, "did not let you in" in answer.text) == (502, True)


@pytest.fixture
def challenge() -> Challenge:
    return Challenge.new()


def code_for(provider: Provider, challenge: Challenge) -> str:
    back = signed_in_there(provider.address_for(challenge), "nina")
    return parse_qs(urlsplit(back).query)["code"][0]


def test_what_is_right_is_believed(oidc, challenge, clock):
    provider = Provider(oidc)
    assert provider.vouched(code_for(provider, challenge), challenge, clock()).subject == "nina"


@pytest.mark.parametrize("wrong", ["nonce", "verifier"])
def test_another_nonce_or_verifier_is_refused(oidc, challenge, clock, wrong):
    provider = Provider(oidc)
    code = code_for(provider, challenge)
    with pytest.raises(ProviderError):
        provider.vouched(code, replace(challenge, **{wrong: "x" * 64}), clock())


def test_a_token_that_has_expired_is_refused(oidc, challenge, clock):
    provider = Provider(oidc)
    with pytest.raises(ProviderError, match="Expired"):
        provider.vouched(code_for(provider, challenge), challenge, clock() + timedelta(hours=2))


def test_a_token_that_another_key_signed_is_refused(oidc, challenge, clock):
    provider = Provider(oidc)
    code = code_for(provider, challenge)
    provider.keys, provider.keys_of = KeySet([RSAKey.generate_key(2048)]), clock()
    with pytest.raises(ProviderError):
        provider.vouched(code, challenge, clock())


def test_a_provider_that_calls_itself_otherwise_is_not_asked(oidc, challenge):
    other = oidc.model_copy(update={"issuer": oidc.issuer.replace("127.0.0.1", "localhost")})
    with pytest.raises(ProviderError, match=r"web\.oidc\.issuer"):
        Provider(other).address_for(challenge)


def claims_of(oidc: OidcSettings, challenge: Challenge, other: dict) -> dict:
    now = int(time.time())
    right = {"iss": oidc.issuer, "aud": CLIENT, "sub": "nina", "iat": now, "exp": now + 300, "nonce": challenge.nonce}
    return {name: value for name, value in {**right, **other}.items() if value is not None}


@pytest.mark.parametrize(
    ("other", "believed"),
    [({}, True), ({"iss": "https://elsewhere.example"}, False), ({"aud": "another"}, False), ({"nonce": None}, False),
     ({"aud": [CLIENT, "another"]}, False), ({"exp": 1}, False), ({"sub": None}, False)],
)  # fmt: skip
def test_each_claim_counts(oidc, challenge, clock, other, believed):
    key = RSAKey.generate_key(2048, {"kid": "k"})
    provider = Provider(oidc, keys=KeySet([key]), keys_of=clock())
    token = {"id_token": jwt.encode({"alg": "RS256", "kid": "k"}, claims_of(oidc, challenge, other), key)}
    if believed:
        assert provider._claims(token, challenge.nonce, clock())["sub"] == "nina"
        return
    with pytest.raises(ProviderError):
        provider._claims(token, challenge.nonce, clock())


@pytest.mark.parametrize(
    ("other", "believed"),
    [({"acr": "2", "amr": ["pwd", "mfa"]}, True),
     ({"acr": "1", "amr": ["mfa"]}, False), ({"acr": "2", "amr": ["pwd"]}, False), ({"amr": ["mfa"]}, False),
     ({"acr": "2"}, False), ({"acr": "2", "amr": ["mfa"], "auth_time": None}, False),
     ({"acr": "2", "amr": ["mfa"], "auth_time": 700}, True), ({"acr": "2", "amr": ["mfa"], "auth_time": 3600}, False)],
)  # fmt: skip
def test_how_and_when_one_signed_in_there_counts_where_it_is_asked_for(oidc, challenge, clock, other, believed):
    """`auth_time` as seconds ago; what the provider does not tell is refused."""
    key = RSAKey.generate_key(2048, {"kid": "k"})
    asking = oidc.model_copy(update={"acr": ("2", "3"), "amr": ("mfa",), "fresh_minutes": 15})
    provider = Provider(asking, keys=KeySet([key]), keys_of=clock())
    ago = other.get("auth_time", 0)
    claims = other | {"auth_time": None if ago is None else int(clock().timestamp()) - ago}
    token = {"id_token": jwt.encode({"alg": "RS256", "kid": "k"}, claims_of(oidc, challenge, claims), key)}
    if believed:
        assert provider._claims(token, challenge.nonce, clock())["sub"] == "nina"
        return
    with pytest.raises(ProviderError, match="second factor"):
        provider._claims(token, challenge.nonce, clock())


def test_the_provider_is_asked_for_it(oidc, challenge):
    asking = oidc.model_copy(update={"acr": ("2", "3"), "fresh_minutes": 15})
    asked = parse_qs(urlsplit(Provider(asking).address_for(challenge)).query)
    assert (asked["acr_values"], asked["max_age"]) == (["2 3"], ["900"])
    assert not {"acr_values", "max_age"} & {*parse_qs(urlsplit(Provider(oidc).address_for(challenge)).query)}


def test_a_token_signed_with_what_we_share_is_refused(oidc, challenge, clock):
    key = RSAKey.generate_key(2048, {"kid": "k"})
    provider = Provider(oidc, keys=KeySet([key]), keys_of=clock())
    shared = OctKey.import_key(SECRET)
    token = {"id_token": jwt.encode({"alg": "HS256"}, claims_of(oidc, challenge, {}), shared)}
    with pytest.raises(ProviderError):
        provider._claims(token, challenge.nonce, clock())


class TestInABrowser:
    """Our policy for forms must not stop the way to the provider."""

    @pytest.fixture
    def listening(self) -> socket.socket:
        return socket.create_server(("127.0.0.1", 0))

    @pytest.fixture
    def issuer(self, provider_folder, listening):  # noqa: F811  a fixture
        with a_provider(provider_folder, f"{address_of(listening)}/sign-in/returned", PEOPLE) as started:
            yield started

    @pytest.fixture
    def oidc(self, oidc, listening) -> OidcSettings:
        return oidc.model_copy(update={"address": address_of(listening)})

    def test_one_goes_there_and_comes_back_signed_in(self, app, browser, listening):
        with Served(app, listening) as address:
            page = browser.new_page()
            page.goto(f"{address}/account")
            page.get_by_role("button", name="Sign in with your work account").click()
            page.fill("input[name=login]", "nina")
            page.fill("input[name=password]", "x")
            page.click("button[type=submit]")
            page.click("button[type=submit]")
            page.wait_for_url(f"{address}/account")
            assert "nina.thorpe@wexcombe.example" in page.locator("main").inner_text()
            page.close()


def address_of(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
