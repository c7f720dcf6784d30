"""Standing in: a role lent to somebody else, by name and from day to day, and ended."""

from __future__ import annotations

from datetime import date

from domain.account import Delegation
from domain.actor import Role, Verb
from domain.errors import ConfigurationError
from operations.access import RefusedError
from operations.access_words import TITLES
from operations.people.accounts import lend, take_back
from operations.people.standing_in import StandingIn, standing_in
from web.answers import Answer, Done, Fault, Rows, View
from web.asking import Asked
from web.errors import in_plain_words
from web.routes import Room, page
from web.verdicts import Typed, typed_day

ROOM = Room()
_PARTIES = {
    "giver": "The account whose role it is; your own where it is left out.", "taker": "The account it is lent to.",
    "role": "The role.",
}  # fmt: skip


@page(ROOM, "GET", "/delegations", verb=Verb.DELEGATE, data=StandingIn)
def delegations(asked: Asked) -> Answer:
    """Who stands in for this account, for whom it stands in, and until when."""
    return _shown(asked, {})


@page(
    ROOM, "POST", "/delegations", verb=Verb.DELEGATE, data=Done,
    form={**_PARTIES, "begins": "The first day, such as 2027-05-01.", "ends": "The last day."},
)  # fmt: skip
def delegate(asked: Asked) -> Answer:
    """Let somebody else act in a role of one's own, from day to day; nobody lends on what was lent to them."""
    begins, ends = typed_day(asked.form, "begins"), typed_day(asked.form, "ends")
    told = standing_in(asked.actor, asked.trail, asked.today)
    faults = {}
    if asked.form.one("taker") not in {one.account for one in told.people}:
        faults["taker"] = "Choose who stands in."
    if asked.form.one("role") not in set(Role):
        faults["role"] = "Choose the role that is lent."
    if begins is None:
        faults["begins-day"] = "Enter the first day, such as 1 5 2027."
    if ends is None:
        faults["ends-day"] = "Enter the last day, such as 14 5 2027."
    if faults or begins is None or ends is None:
        return _shown(asked, faults)
    try:
        lend(asked.actor, asked.trail, _delegation(asked, begins, ends), asked.today)
    except (ConfigurationError, RefusedError) as error:
        return _shown(asked, {"taker": in_plain_words(error)})
    return Done("/delegations", "The role is lent. It ends by itself.")


@page(ROOM, "POST", "/delegations/end", verb=Verb.DELEGATE, data=Done, form=_PARTIES)
def end_delegation(asked: Asked) -> Answer:
    """End at once what was lent."""
    if asked.form.one("role") not in set(Role):
        raise ConfigurationError("Say which role is not to be lent any more.")
    take_back(asked.actor, asked.trail, _delegation(asked, asked.today, asked.today))
    return Done("/delegations", "The role is lent no more.")


def _delegation(asked: Asked, begins: date, ends: date) -> Delegation:
    giver = asked.form.one("giver") or asked.actor.account
    return Delegation(giver, asked.form.one("taker"), Role(asked.form.one("role")), begins, ends)


def _shown(asked: Asked, faults: dict[str, str]) -> View:
    told = standing_in(asked.actor, asked.trail, asked.today)
    rows = [(one.giver, one.taker, one.role, str(one.begins), str(one.ends)) for one in told.lent]
    typed = Typed({name: asked.form.one(name) for name in asked.form.fields}, faults)
    return View(
        "pages/review/standing_in.html", "Standing in", told, Rows(("giver", "taker", "role", "begins", "ends"), rows),
        {"typed": typed, "roles": TITLES},
        tuple(Fault(name, sentence) for name, sentence in faults.items()),
    )  # fmt: skip
