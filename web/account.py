"""The pages of what everybody has: where to begin, and the own sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from domain.actor import Proof
from domain.errors import ConfigurationError
from operations.access import RefusedError
from operations.access_words import DOING
from operations.people.sessions import begin_session, say_once
from operations.people.sign_in import ExpiredError, actor_of, renew_password
from web.answers import Answer, Fault, View, keep_token
from web.asking import Asked
from web.errors import SignedOutError
from web.needs import Open
from web.routes import Room, page

ROOM = Room()


@dataclass(frozen=True, slots=True)
class Whoami:
    """Who is signed in, in which roles, until when, how many seconds that is; `csrf` is what a POST must carry."""

    account: str
    roles: tuple[str, ...]
    services: tuple[str, ...]
    ends: str
    seconds: int
    csrf: str


@page(ROOM, "GET", "/account", verb=Open.OWN, data=Whoami)
def own_account(asked: Asked) -> Answer:
    """What this account may do, and for how long it is signed in."""
    actor, session = asked.actor, asked.session
    assert session is not None
    services = sorted(frozenset[str]().union(*(grant.services for grant in actor.grants)))
    seconds = int((session.ends - asked.now).total_seconds())
    may = [words for verb, words in DOING.items() if asked.may(verb)]
    told = Whoami(actor.account, actor.roles, tuple(services), session.ends.isoformat(), seconds, asked.csrf)
    return View("account.html", "Your account", told, values={"may": may, "session": session})


@page(ROOM, "GET", "/account/password", verb=Open.OWN)
def own_password(asked: Asked) -> Answer:  # noqa: ARG001  the form is the same for all
    """The form by which one sets one's own password."""
    return _password_form()


@page(ROOM, "POST", "/account/password", verb=Open.OWN)
def renew_own_password(asked: Asked) -> Answer:
    """Set another password. All other sessions of the account end, and this one goes on with a new token."""
    old, new, again = (_raw(asked, name) for name in ("old", "new", "again"))
    if not new:
        return _password_form(Fault("new", "Type a new password."))
    if new != again:
        return _password_form(Fault("again", "The two new passwords are not the same."))
    try:
        renew_password(asked.trail, asked.actor.account, old, new, "web", asked.settings.web.broken_passwords)
    except ExpiredError as error:
        return _password_form(Fault("old", error.plain))
    except RefusedError:
        return _password_form(Fault("old", "That is not your password now, or your account is locked for a time."))
    except ConfigurationError as error:
        return _password_form(Fault("new", str(error)))
    return _signed_in_anew(asked)


def _signed_in_anew(asked: Asked) -> Response:
    known = actor_of(asked.database, asked.actor.account, Proof.PASSWORD, "web")
    if known is None:
        raise SignedOutError
    token = begin_session(asked.database, known[0], asked.site.limits, asked.now, replaces=asked.token)
    say_once(asked.database, token, "Your password is changed.")
    response = RedirectResponse("/account", 303)
    keep_token(asked.site, response, token)
    return response


def _raw(asked: Asked, name: str) -> str:
    """A password as it was typed, blanks too."""
    return "".join(asked.form.all(name)[:1])


def _password_form(*faults: Fault) -> View:
    return View("password.html", "Change your password", faults=faults)
