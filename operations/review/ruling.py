"""What somebody wants decided, checked at the door: a kind, a coded reason that serves it, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.errors import ConfigurationError
from domain.review import Changed, ReasonCode, VerdictKind
from operations.access import RefusedError
from operations.review.desk import Desk
from reports.wording import plural

SERVICE, ACCOUNT = "service:", "account:"


@dataclass(frozen=True, slots=True)
class Ruling:
    """`until` is the day on which what is kept comes back. `target` is the class of what is reclassified, the receiver
    of what is transferred, and of what is referred "service:NAME" or "account:NAME"; `again` sends it back although it
    came from there. The `note` is kept beside the verdict and in no audit entry.
    """

    kind: VerdictKind
    reason: ReasonCode
    note: str = field(default="", repr=False)
    until: date | None = None
    target: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that was not decided on: what of it changed, where something did, and why in a sentence."""

    item: int
    changed: tuple[Changed, ...]
    why: str


class StaleError(RefusedError):
    """Some items are not as they were seen, or cannot be decided on so. Nothing was decided on any."""

    def __init__(self, refused: tuple[Refusal, ...]) -> None:
        self.refused = refused
        whys = " ".join(dict.fromkeys(one.why for one in refused))
        super().__init__(f"Nothing was decided, for {plural(len(refused), 'item')}: {whys} Look again, then decide.")


def check_ruling(desk: Desk, ruling: Ruling) -> None:
    """Raises ConfigurationError that says what is missing or cannot be."""
    kind = ruling.kind
    check_words("note", ruling.note)
    check_words("target", ruling.target)
    if kind not in ruling.reason.serves:
        fitting = ", ".join(code for code in ReasonCode if kind in code.serves)
        raise ConfigurationError(f"reason: '{ruling.reason}' is none for '{kind}'. Choose one of: {fitting}")
    if kind.needs_day:
        _check_day(desk, ruling.until)
    elif ruling.until is not None:
        raise ConfigurationError(f"until: '{kind}' has no day. Leave it out.")
    if kind is VerdictKind.RECLASSIFY and desk.schedule is None:
        raise ConfigurationError("class: no retention schedule is configured, so there are no classes to give.")
    if kind is VerdictKind.REFER and not ruling.target.startswith((SERVICE, ACCOUNT)):
        raise ConfigurationError(f"target: say to whom it goes: {SERVICE}NAME or {ACCOUNT}NAME")
    if kind in _TARGETED and not ruling.target.strip():
        raise ConfigurationError(f"target: '{kind}' needs one: {_TARGETED[kind]}")


def check_words(name: str, text: str) -> None:
    """Raises ConfigurationError for what somebody wrote and no database keeps, or nobody reads."""
    if len(text) > _MOST_WORDS:
        raise ConfigurationError(f"{name}: at most {_MOST_WORDS:,} characters. Say it shorter.")
    if any(one == "\0" or "\ud800" <= one <= "\udfff" for one in text):
        raise ConfigurationError(f"{name}: it has characters that cannot be kept. Type it anew.")


_MOST_WORDS = 5_000
_TARGETED = {VerdictKind.RECLASSIFY: "the class that it is of", VerdictKind.TRANSFER: "to whom it goes"}


def _check_day(desk: Desk, until: date | None) -> None:
    latest = desk.today + timedelta(days=366 * desk.settings.most_years)
    if until is None:
        raise ConfigurationError("until: say on which day it is to be looked at again. Nothing is kept for ever so.")
    if not desk.today < until <= latest:
        raise ConfigurationError(f"until: choose a day after {desk.today} and not after {latest}.")
