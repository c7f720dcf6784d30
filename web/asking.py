"""Who asks for a page, and whether they may: settled for every page before its function runs."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends
from starlette.requests import Request

from domain.actor import About, Actor, Verb
from inventory.engine import Database
from operations.access import RULES, allowed, ask, own_services
from operations.config import Settings
from operations.people.audit import Trail
from operations.people.sessions import Session, resume_session, say_once
from web.errors import SignedOutError
from web.forms import Form, read_form, refuse_forged, token_of
from web.needs import Needs, Open
from web.site import Site


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: of whom, with what form, over which inventory. `token` is the browser's; `fresh`: it had none."""

    request: Request
    site: Site
    session: Session | None
    form: Form
    token: str
    fresh: bool = False

    @property
    def actor(self) -> Actor:
        """Who is signed in. Raises SignedOutError."""
        if self.session is None:
            raise SignedOutError
        return self.session.actor

    @property
    def settings(self) -> Settings:
        return self.site.settings

    @property
    def trail(self) -> Trail:
        return self.site.trail

    @property
    def database(self) -> Database:
        return self.site.trail.database

    @property
    def now(self) -> datetime:
        return self.site.clock()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.organisation.timezone)

    @property
    def today(self) -> date:
        """By the organisation's clocks."""
        return self.now.astimezone(self.zone).date()

    @property
    def csrf(self) -> str:
        return token_of(self.token)

    def services(self, verb: Verb) -> frozenset[str] | None:
        """The services for which they may do this; None for all. What the page shows must be narrowed to them."""
        return own_services(self.actor, verb)

    def may(self, verb: Verb, about: About | None = None) -> bool:
        """Whether to show what leads to it: without `about`, in any service at all."""
        return may_anywhere(self.actor, verb) if about is None else allowed(self.actor, verb, about)

    def say(self, sentence: str) -> None:
        """Have the next page say so, once: counts and no names."""
        say_once(self.database, self.token, sentence)


def may_anywhere(actor: Actor, verb: Verb) -> bool:
    """Whether the actor may do this with the whole inventory, or within services of their own."""
    return allowed(actor, verb, _widest(actor, verb))


def asking(needs: Needs, method: str) -> Callable[..., Asked]:
    """What makes the `Asked` of a page that needs this. Raises SignedOutError, ForgedError and RefusedError."""

    def asked(request: Request, form: Annotated[Form, Depends(read_form)]) -> Asked:
        site: Site = request.app.state.site
        token = request.cookies.get(site.cookie, "")
        session = resume_session(site.trail.database, token, site.limits, site.clock()) if token else None
        if needs is not Open.PUBLIC and session is None:
            raise SignedOutError
        if method != "GET":
            refuse_forged(request, form, token, tls=site.settings.web.tls)
        if isinstance(needs, Verb) and session is not None:
            # Whether with what the page concerns is for its operation to ask; here, whether with anything at all.
            ask(session.actor, needs, _widest(session.actor, needs))
        return Asked(request, site, session, form, token or secrets.token_urlsafe(32), fresh=not token)

    return asked


def _widest(actor: Actor, verb: Verb) -> About:
    """Something that it may be done with, where it may with anything."""
    services = (grant.services for grant in actor.grants if grant.role in RULES[verb].roles)
    return About(next(services, None))
