"""The pages by which one signs in and out."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from operations.access import RefusedError
from operations.people.accounts import has_accounts
from operations.people.sessions import begin_session, end_session
from operations.people.sign_in import ExpiredError
from operations.people.sign_in import sign_in as signed_in
from web.answers import Answer, Fault, View, keep_token
from web.asking import Asked
from web.errors import NotFoundError
from web.needs import Open
from web.routes import Room, page

ROOM = Room()
_PUBLIC = Open.PUBLIC
_LONGEST_PATH = 2_000


@page(ROOM, "GET", "/sign-in", verb=_PUBLIC)
def sign_in(asked: Asked, to: str = "/") -> Answer:
    """The form, or for who is signed in already where they wanted to go."""
    if asked.session is not None:
        return RedirectResponse(within(to), 303)
    return _form(asked, within(to))


@page(ROOM, "POST", "/sign-in", verb=_PUBLIC)
def sign_in_by_password(asked: Asked) -> Answer:
    """Try a name and a password."""
    if not asked.settings.web.passwords:
        raise NotFoundError
    name, password, to = asked.form.one("name"), asked.form.all("password"), within(asked.form.one("to"))
    count_try(asked)
    try:
        actor = signed_in(asked.trail, name.lower(), password[0] if password else "", "web")
    except ExpiredError as error:
        return _form(asked, to, name, Fault("name", error.plain))
    except RefusedError:
        return _form(asked, to, name, Fault("name", "The name or the password is not right, or the account is locked."))
    forgive_tries(asked)
    token = begin_session(asked.database, actor, asked.site.limits, asked.now, replaces=asked.token)
    return arrived(asked, token, to)


@page(ROOM, "POST", "/sign-out", verb=Open.OWN)
def sign_out(asked: Asked) -> Answer:
    """End the session, here and at the server; with `everywhere`, that of every browser."""
    assert asked.session is not None
    end_session(asked.trail, asked.session, everywhere=bool(asked.form.one("everywhere")))
    response = RedirectResponse("/sign-in?to=/", 303)
    response.delete_cookie(asked.site.cookie, path="/", secure=asked.settings.web.tls, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def count_try(asked: Asked) -> None:
    """Count that this address tries. Raises TooManyError where there were too many."""
    asked.site.tries.count(_address(asked), asked.now)


def forgive_tries(asked: Asked) -> None:
    """Who signed in has not been guessing."""
    asked.site.tries.forgive(_address(asked))


def _address(asked: Asked) -> str:
    return asked.request.client.host if asked.request.client else ""


def arrived(asked: Asked, token: str, to: str) -> Response:
    """On to where they wanted to go, with the new session's token."""
    response = RedirectResponse(to, 303)
    keep_token(asked.site, response, token)
    return response


def within(to: str) -> str:
    """A path of this application, whatever the address said."""
    is_path = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if is_path and len(to) <= _LONGEST_PATH else "/"


def _form(asked: Asked, to: str, name: str = "", *faults: Fault) -> View:
    web = asked.settings.web
    values = {
        "to": to, "name": name, "passwords": web.passwords, "elsewhere": web.oidc and web.oidc.title,
        "nobody": not has_accounts(asked.trail),
    }  # fmt: skip
    return View("sign_in.html", "Sign in", values=values, faults=faults)
