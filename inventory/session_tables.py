"""Tables of the web application's sign-ins: who is signed in, and who is on the way through an identity provider."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base


class SessionRow(Base):
    """A browser that signed in. `digest` is the hash of its token, which itself is kept nowhere.

    `mark` is a hash of the password's hash at that moment: with another password the session ends. `principals` are the
    groups and SIDs that an identity provider told of, a list in JSON. `notice` is what the next page says once.
    """

    __tablename__ = "session"
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proof: Mapped[str]
    mark: Mapped[bytes]
    begun: Mapped[datetime]
    seen: Mapped[datetime]
    principals: Mapped[str]
    notice: Mapped[str]
    __table_args__ = (Index("session_seen", "seen"),)


class SignInTryRow(Base):
    """A browser that was sent to an identity provider and has not come back. `digest` is the hash of its state."""

    __tablename__ = "sign_in_try"
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    nonce: Mapped[str]
    verifier: Mapped[str]
    goes_to: Mapped[str]
    begun: Mapped[datetime]
    __table_args__ = (Index("sign_in_try_begun", "begun"),)
