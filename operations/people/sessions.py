"""Who is signed in at the web application: sessions that the server keeps, by a token that only the browser has."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.account import Account
from domain.actor import Actor, Proof
from domain.audit import Act, Event
from inventory import accounts as kept_accounts
from inventory import sessions as kept
from inventory.audit import append
from inventory.engine import Database, reading, writing
from inventory.sessions import KeptSession, KeptTry
from operations.people.audit import Trail
from operations.people.sign_in import actor_of

DOOR = "web"
MOST_AT_ONCE = 10
"""Sessions of one account: one more ends that which was used longest ago."""
_SEEN_AGAIN = timedelta(seconds=60)
"""How exactly is known when a session was last used: so that not every page is a write."""


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts unused, and at the longest."""

    idle: timedelta
    whole: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that signed in, and who acts there: with the roles that they have at this moment."""

    token: str = field(repr=False)
    actor: Actor
    account: Account
    ends: datetime
    ends_for_good: datetime
    principals: frozenset[str]
    notice: str = ""


def begin_session(
    database: Database, actor: Actor, limits: SessionLimits, now: datetime, *, replaces: str = "",
    principals: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """The token of a new session for who has just signed in. Whatever token the browser had before is worth nothing."""
    token = secrets.token_urlsafe(32)
    with writing(database) as transaction:
        secret = kept_accounts.secret_of(transaction, actor.account)
        mark = _mark(secret.hash if secret else None)
        kept.end_session(transaction, _digest(replaces))
        kept.end_old(transaction, now - limits.idle, now - limits.whole)
        new = KeptSession(actor.account, actor.proof, mark, None, now, now, principals, "")
        kept.add_session(transaction, _digest(token), new)
        kept.end_beyond(transaction, actor.account, MOST_AT_ONCE)
    return token


def resume_session(database: Database, token: str, limits: SessionLimits, now: datetime) -> Session | None:
    """Who has this token, as they are now; None where it is nobody's, or its time is up, or the account is disabled or
    has another password since.
    """
    with reading(database) as connection:
        one = kept.session_of(connection, _digest(token))
    if one is None or now >= _ends(one, limits) or not hmac.compare_digest(one.mark, _mark(one.password)):
        return None
    known = actor_of(database, one.account, Proof(one.proof), DOOR)
    if known is None:
        return None
    seen = one.seen
    if one.notice or now - seen >= _SEEN_AGAIN:
        seen = now
        with writing(database) as transaction:
            kept.touch_session(transaction, _digest(token), now)
    actor, account = known
    ends_for_good = one.begun + limits.whole
    ends = min(seen + limits.idle, ends_for_good)
    return Session(token, actor, account, ends, ends_for_good, frozenset(one.principals), one.notice)


def end_session(trail: Trail, session: Session, *, everywhere: bool = False) -> None:
    """Sign out: the token, or every one of the account, is worth nothing any more."""
    actor = session.actor
    said = Event(datetime.now(UTC), actor.account, "", "", actor.proof, DOOR, Act.SIGNED_OUT, f"user:{actor.account}",
                 {"everywhere": everywhere})  # fmt: skip
    with writing(trail.database) as transaction:
        if everywhere:
            kept.end_sessions_of(transaction, actor.account)
        kept.end_session(transaction, _digest(session.token))
        append(transaction, trail.key, [said])


def say_once(database: Database, token: str, sentence: str) -> None:
    """Have the next page of this browser say so."""
    with writing(database) as transaction:
        kept.set_notice(transaction, _digest(token), sentence)


def begin_try(database: Database, digest: bytes, nonce: str, verifier: str, goes_to: str, now: datetime) -> None:
    """Keep what is needed when a browser comes back from an identity provider."""
    with writing(database) as transaction:
        kept.add_try(transaction, digest, KeptTry(nonce, verifier, goes_to, now))


def end_try(database: Database, digest: bytes, begun_after: datetime) -> KeptTry | None:
    """What was kept of it, for this once; None where there is nothing, or it was used before, or is too old."""
    with writing(database) as transaction:
        return kept.take_try(transaction, digest, begun_after)


def _ends(one: KeptSession, limits: SessionLimits) -> datetime:
    return min(one.seen + limits.idle, one.begun + limits.whole)


def _digest(token: str) -> bytes:
    # A plain hash does: the token is 256 random bits, which nobody finds by trying.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _mark(password: str | None) -> bytes:
    return hashlib.sha256((password or "").encode()).digest()
