"""OpenID Connect: the authorization code flow with PKCE, state and nonce, and what is believed of an ID token."""

from __future__ import annotations

import hashlib
import secrets
import ssl
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from domain.admission import is_of_mailbox, of_mailbox
from domain.errors import ConfigurationError
from operations.configuration.oidc_settings import OidcSettings
from operations.people.single_sign_on import Vouched
from web.errors import WebError

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by the provider's private key alone: never none, never one by a secret that we share with it."""

_LEEWAY = 60
"""Seconds by which the clocks of the two may differ."""

_KEYS_HOLD = timedelta(minutes=10)


class ProviderError(WebError, status=502):
    """The provider did not say who somebody is, or said it in a way that is not to be believed."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is made up for one sign-in, and known to nobody else until it comes back."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> Challenge:
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


@dataclass(slots=True)
class Provider:
    """An OpenID Connect provider: what it says of itself is asked once, its keys again now and then."""

    settings: OidcSettings
    about: dict[str, Any] = field(default_factory=dict)
    keys: KeySet | None = None
    keys_of: datetime | None = None

    def address_for(self, challenge: Challenge) -> str:
        """Where to send a browser. Raises ProviderError."""
        asked = {
            "response_type": "code", "client_id": self.settings.client_id, "redirect_uri": self.settings.returns_to,
            "scope": " ".join(self.settings.scopes), "state": challenge.state, "nonce": challenge.nonce,
            "code_challenge": _s256(challenge.verifier), "code_challenge_method": "S256", "response_mode": "query",
        }  # fmt: skip
        if self.settings.acr:
            asked["acr_values"] = " ".join(self.settings.acr)
        if self.settings.fresh_minutes:
            asked["max_age"] = str(self.settings.fresh_minutes * 60)
        address = self._known()["authorization_endpoint"]
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    @property
    def names_itself(self) -> bool:
        """Whether it says by `iss` that it sent somebody back: RFC 9207, against another's answer for ours."""
        return self._known().get("authorization_response_iss_parameter_supported") is True

    def vouched(self, code: str, challenge: Challenge, now: datetime) -> Vouched:
        """Who has come back with this code. Raises ProviderError for anything that is not as it should be."""
        with self._client() as client:
            token = client.fetch_token(
                self._known()["token_endpoint"], grant_type="authorization_code", code=code,
                redirect_uri=self.settings.returns_to, code_verifier=challenge.verifier,
            )  # fmt: skip
        claims = self._claims(token, challenge.nonce, now)
        return _vouched(claims, self.settings)

    def _claims(self, token: Mapping[str, Any], nonce: str, now: datetime) -> Mapping[str, Any]:
        with _refusals_named():
            decoded = jwt.decode(
                str(token["id_token"]), self._keys(now), registry=JWSRegistry(algorithms=list(ALGORITHMS))
            )
            wanted = {
                "iss": {"essential": True, "value": self.settings.issuer},
                "aud": {"essential": True, "value": self.settings.client_id},
                "sub": {"essential": True}, "nonce": {"essential": True, "value": nonce},
            }  # fmt: skip
            known = {"nonce": nonce, "client_id": self.settings.client_id, "access_token": token.get("access_token")}
            claims = CodeIDToken(decoded.claims, decoded.header, wanted, known)
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        if not _strong_enough(claims, self.settings, now):
            raise ProviderError(
                "You signed in there in another way than is asked for here, or too long ago. Sign out there, and try "
                "again with your second factor."
            )
        return dict(claims)

    def _keys(self, now: datetime) -> KeySet:
        """The keys that it signs with. They change: what is older than some minutes is asked for again."""
        if self.keys is None or self.keys_of is None or now - self.keys_of >= _KEYS_HOLD:
            with self._client() as client:
                self.keys = KeySet.import_key_set({"keys": _answer(client, self._known()["jwks_uri"])["keys"]})
            self.keys_of = now
        return self.keys

    def _known(self) -> dict[str, Any]:
        if not self.about:
            with self._client() as client:
                told = _answer(client, self.settings.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if told.get("issuer") != self.settings.issuer:
                raise ProviderError("The identity provider calls itself otherwise than web.oidc.issuer does.")
            self.about = told
        return self.about

    @contextmanager
    def _client(self) -> Iterator[OAuth2Client]:
        """Speaks to the provider, follows no redirection, and gives up in good time. Raises ProviderError."""
        settings = self.settings
        with _refusals_named():
            trusted, secret = ssl.create_default_context(cafile=settings.ca_file), settings.client_secret()
            with OAuth2Client(
                settings.client_id, secret, token_endpoint_auth_method="client_secret_basic",  # noqa: S106  a name
                timeout=settings.seconds, follow_redirects=False, verify=trusted, trust_env=False,
            ) as client:  # fmt: skip
                yield client


@contextmanager
def _refusals_named() -> Iterator[None]:
    """Errors of libraries as ours, and of our own files. Only their kind is told: they quote tokens and paths."""
    try:
        yield
    except (httpx2.HTTPError, OAuthError, JoseError, KeyError, ValueError, OSError, ConfigurationError) as error:
        raise ProviderError(f"The identity provider did not confirm who you are ({type(error).__name__}).") from error


def _answer(client: OAuth2Client, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


def _strong_enough(claims: Mapping[str, Any], settings: OidcSettings, now: datetime) -> bool:
    """Whether it says so: what a provider does not tell counts as the weakest and the oldest."""
    told = ((settings.acr, claims.get("acr")), (settings.amr, claims.get("amr")))
    strong = all(not wanted or {*wanted} & {*_words(claim)} for wanted, claim in told)
    if not settings.fresh_minutes:
        return strong
    since = claims.get("auth_time")
    longest = settings.fresh_minutes * 60 + _LEEWAY
    return strong and isinstance(since, int | float) and now.timestamp() - since <= longest


def _vouched(claims: Mapping[str, Any], settings: OidcSettings) -> Vouched:
    # An address that nobody has verified is whatever its owner wrote.
    boxes = [one for one in settings.mailbox_claims if one != "email" or claims.get("email_verified") is not False]
    principals = [*_told(claims, settings.principal_claims), *map(of_mailbox, _told(claims, boxes))]
    return Vouched(
        settings.issuer, str(claims["sub"]), str(claims.get(settings.name_claim, "")), str(claims.get("name", "")),
        frozenset(_words(claims.get(settings.groups_claim))), tuple(principals),
    )  # fmt: skip


def _told(claims: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """What these claims tell. Whoever may name a group must not become anybody by what it is called."""
    told = [word for name in names for word in _words(claims.get(name))]
    return [word for word in told if not is_of_mailbox(word)]


def _words(claim: Any) -> list[str]:
    """The claim as a list of words, whatever it is."""
    if isinstance(claim, str):
        return [claim]
    return [word for word in claim if isinstance(word, str)] if isinstance(claim, list) else []


def _s256(verifier: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
