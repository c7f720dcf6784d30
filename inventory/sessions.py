"""Sign-ins of the web application as they are stored. Who is let in is for operations to say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, delete, insert, select, update

from inventory.tables import AccountRow, SessionRow, SignInTryRow


@dataclass(frozen=True, slots=True)
class KeptSession:
    """`password` is the hash that the account has now, or None; `mark` tells of the one that it had."""

    account: str
    proof: str
    mark: bytes
    password: str | None
    begun: datetime
    seen: datetime
    principals: tuple[str, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class KeptTry:
    nonce: str
    verifier: str
    goes_to: str
    begun: datetime


def add_session(connection: Connection, digest: bytes, kept: KeptSession) -> None:
    connection.execute(insert(SessionRow).values(
        digest=digest, account_id=_number_of(kept.account), proof=kept.proof, mark=kept.mark, begun=kept.begun,
        seen=kept.seen, principals=json.dumps(kept.principals), notice=kept.notice,
    ))  # fmt: skip


def session_of(connection: Connection, digest: bytes) -> KeptSession | None:
    row = connection.execute(_SESSION.where(SessionRow.digest == digest)).first()
    return row and KeptSession(
        row.name, row.proof, row.mark, row.password, row.begun, row.seen, tuple(json.loads(row.principals)), row.notice
    )


def touch_session(connection: Connection, digest: bytes, seen: datetime) -> None:
    """Write down that it is in use; what the next page was to say is said."""
    connection.execute(update(SessionRow).where(SessionRow.digest == digest).values(seen=seen, notice=""))


def set_notice(connection: Connection, digest: bytes, notice: str) -> None:
    connection.execute(update(SessionRow).where(SessionRow.digest == digest).values(notice=notice))


def end_session(connection: Connection, digest: bytes) -> None:
    connection.execute(delete(SessionRow).where(SessionRow.digest == digest))


def end_sessions_of(connection: Connection, account: str | None) -> int:
    """End every session of an account, wherever its browsers are; without a name those of all accounts. How many."""
    ended = delete(SessionRow)
    if account is not None:
        ended = ended.where(SessionRow.account_id == _number_of(account))
    return connection.execute(ended).rowcount


def end_beyond(connection: Connection, account: str, most: int) -> None:
    """Leave an account so many sessions: those that were used last."""
    own = SessionRow.account_id == _number_of(account)
    newest = select(SessionRow.digest).where(own).order_by(SessionRow.seen.desc(), SessionRow.begun.desc())
    kept = connection.execute(newest.limit(most)).scalars().all()
    connection.execute(delete(SessionRow).where(own, SessionRow.digest.not_in(kept)))


def end_old(connection: Connection, seen_before: datetime, begun_before: datetime) -> None:
    """End sessions that nobody can resume any more."""
    connection.execute(delete(SessionRow).where((SessionRow.seen < seen_before) | (SessionRow.begun < begun_before)))


def add_try(connection: Connection, digest: bytes, kept: KeptTry) -> None:
    connection.execute(insert(SignInTryRow).values(
        digest=digest, nonce=kept.nonce, verifier=kept.verifier, goes_to=kept.goes_to, begun=kept.begun
    ))  # fmt: skip


def take_try(connection: Connection, digest: bytes, begun_after: datetime) -> KeptTry | None:
    """The try, which is thereby used up; None where there is none, or it was used, or is too old."""
    connection.execute(delete(SignInTryRow).where(SignInTryRow.begun <= begun_after))
    row = connection.execute(delete(SignInTryRow).where(SignInTryRow.digest == digest).returning(*_TRY)).first()
    return row and KeptTry(row.nonce, row.verifier, row.goes_to, row.begun)


def _number_of(account: str) -> ScalarSelect[int]:
    return select(AccountRow.id).where(AccountRow.name == account).scalar_subquery()


_SESSION = select(
    AccountRow.name, AccountRow.password, SessionRow.proof, SessionRow.mark, SessionRow.begun, SessionRow.seen,
    SessionRow.principals, SessionRow.notice,
).join(AccountRow, AccountRow.id == SessionRow.account_id)  # fmt: skip
_TRY = (SignInTryRow.nonce, SignInTryRow.verifier, SignInTryRow.goes_to, SignInTryRow.begun)
