"""The pages by which one goes to the identity provider, and comes back."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from starlette.responses import RedirectResponse

from operations.people.sessions import begin_session, begin_try, end_try
from operations.people.single_sign_on import admit
from web.answers import Answer
from web.asking import Asked
from web.errors import ForgedError, NotFoundError
from web.needs import Open
from web.oidc import Challenge, Provider, ProviderError
from web.routes import Room, page
from web.sign_in import arrived, count_try, forgive_tries, within

ROOM = Room()
_LONGEST_WAY = timedelta(minutes=10)


# A link and no form: browsers follow no redirection of a form to another site under our policy.
@page(ROOM, "GET", "/sign-in/away", verb=Open.PUBLIC)
def sign_in_elsewhere(asked: Asked, to: str = "/") -> Answer:
    """Send the browser to the identity provider."""
    provider, challenge = _provider(asked), Challenge.new()
    count_try(asked)
    address = provider.address_for(challenge)
    digest = _bound(asked, challenge.state)
    begin_try(asked.database, digest, challenge.nonce, challenge.verifier, within(to), asked.now)
    return RedirectResponse(address, 303)


@page(ROOM, "GET", "/sign-in/returned", verb=Open.PUBLIC)
def sign_in_returned(asked: Asked, code: str = "", state: str = "", iss: str = "") -> Answer:
    """Take in who comes back, once: by a code for this very browser, of this very provider."""
    provider = _provider(asked)
    one = end_try(asked.database, _bound(asked, state), asked.now - _LONGEST_WAY)
    if one is None:
        raise ForgedError("This sign-in did not begin here, was used before, or took longer than ten minutes.")
    if not code:
        raise ProviderError("The identity provider did not let you in.")
    if iss != provider.settings.issuer and (iss or provider.names_itself):
        raise ForgedError("Another provider than ours sent you back.")
    vouched = provider.vouched(code, Challenge(state, one.nonce, one.verifier), asked.now)
    actor = admit(asked.trail, vouched, provider.settings)
    forgive_tries(asked)
    token = begin_session(
        asked.database, actor, asked.site.limits, asked.now, replaces=asked.token, principals=vouched.principals
    )
    return arrived(asked, token, one.goes_to)


def _provider(asked: Asked) -> Provider:
    if asked.site.provider is None:
        raise NotFoundError
    return asked.site.provider


def _bound(asked: Asked, state: str) -> bytes:
    """The state together with the browser's token: of no use to another browser."""
    return hashlib.sha256(f"{asked.token} {state}".encode("utf-8", "surrogatepass")).digest()
