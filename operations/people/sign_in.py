"""Who acts: the one at the terminal, by the user of the operating system, and who signs in with a password."""

from __future__ import annotations

import os
import pwd
import socket
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from domain.account import Account, Identity, grants_of
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act, Event
from domain.errors import ConfigurationError
from inventory import accounts as kept
from inventory.audit import Transaction, append, last_time
from inventory.engine import Database, open_inventory, reading, writing
from operations.access import RefusedError
from operations.config import Settings
from operations.people.audit import Trail
from operations.people.broken_passwords import refuse_broken
from operations.people.passwords import NOBODY, TEMPORARY_FOR, forgiven, hashed, matches, outdated, tried

_NOT_IN = (
    "That is not the name and the password of an account in use; or it is locked for a time, after too many that were "
    "wrong. Try again later, or ask an administrator for: muniment users unlock NAME, or for another first password: "
    "muniment users password NAME"
)


class ExpiredError(RefusedError):
    """The password is right, but another has set it and its person did not renew it in time: told to them alone."""

    def __init__(self) -> None:
        why = "This first password was not renewed within a week, and opens nothing any more."
        super().__init__(
            f"{why} Ask an administrator for another: muniment users password NAME",
            f"{why} Ask an administrator for another.",
        )


@dataclass(frozen=True, slots=True)
class SystemUser:
    """A user of this host's operating system."""

    uid: int
    login: str

    @classmethod
    def present(cls) -> SystemUser:
        """Whose program this is."""
        uid = os.getuid()
        try:
            return cls(uid, pwd.getpwuid(uid).pw_name)
        except KeyError:  # a container may know a number alone
            return cls(uid, f"uid{uid}")

    @classmethod
    def named(cls, login: str) -> SystemUser:
        """Raises ConfigurationError where there is none of that name."""
        try:
            return cls(pwd.getpwnam(login).pw_uid, login)
        except KeyError as error:
            raise ConfigurationError(f"This machine has no user {login!r}. Those that it has: getent passwd") from error

    @property
    def identity(self) -> Identity:
        return Identity.of_system_user(socket.gethostname(), self.uid, self.login)


def actor_at_terminal(settings: Settings, database: Database, user: SystemUser | None = None) -> Actor:
    """The account that a user of the operating system is bound to; without one, who runs this program.

    In an inventory without accounts its owner may do what a first scan needs, and make the first account; nobody
    approves anything, and nothing is disposed of. Raises RefusedError for everybody else.
    """
    user = user or SystemUser.present()
    with reading(database) as connection:
        account = kept.account_known_by(connection, user.identity)
        if account is None and not kept.accounts(connection):
            return _owner(settings, database, user)
    if account is None or account.disabled:
        raise RefusedError(
            f"No account in use is bound to the user {user.login!r} of this machine. An administrator can bind one: "
            f"muniment users bind NAME --login {user.login}"
        )
    return _actor(database, account, Proof.OPERATING_SYSTEM, "terminal")


def actor_here(settings: Settings) -> Actor:
    """Who runs this program, as the configured inventory knows them. Raises RefusedError where it does not."""
    database = open_inventory(settings.inventory.url, create=False)
    try:
        return actor_at_terminal(settings, database)
    finally:
        database.dispose()


def sign_in(trail: Trail, name: str, password: str, door: str) -> Actor:
    """The account of that name, after its password. Raises RefusedError, which tells nobody what was wrong; only who
    has the right first password is told that it is too old (ExpiredError), and that is no wrong one.

    Each try is counted before it is judged; from the fifth wrong one on the account is locked for a time.
    """
    now = datetime.now(UTC)
    secret = _counted(trail, name, now)
    if not matches(secret, password):
        _tell_of_refusal(trail, name, secret, now, door)
        raise RefusedError(_NOT_IN)
    fresh = hashed(password, name) if outdated(secret) else secret.hash
    with writing(trail.database) as transaction:
        current, account = kept.secret_of(transaction, name), kept.account_called(transaction, name)
        if current is None or current.hash != secret.hash or account is None or account.disabled:
            raise RefusedError(_NOT_IN)
        kept.set_secret(transaction, name, replace(forgiven(current), hash=fresh))
        proof = Proof.TEMPORARY if current.temporary else Proof.PASSWORD
        done = Event(now, name, "", "", proof, door, Act.SIGNED_IN, f"user:{name}")
        if expired := current.temporary and _is_past(transaction, name, now):
            done = replace(done, proof="", act=Act.SIGN_IN_REFUSED, facts={"expired": True})
        append(transaction, trail.key, [done])
    if expired:
        raise ExpiredError
    return _actor(trail.database, account, proof, door)


def renew_password(
    trail: Trail, name: str, old: str, new: str, door: str = "terminal", broken: Path | None = None
) -> None:
    """Let an account have a password that only its person knows, shown by the one before. Raises RefusedError.

    Needs no role: it is everybody's own. Raises ConfigurationError for one that is easily guessed, or no other, or in
    the list `broken`.
    """
    if new == old:
        raise ConfigurationError("That is the password that it has already. Choose another, which nobody else knows.")
    fresh = hashed(new, name)
    refuse_broken(new, broken)
    actor = sign_in(trail, name, old, door)
    with writing(trail.database) as transaction:
        kept.set_secret(transaction, name, kept.Secret(fresh, False, 0, None))
        done = Event(datetime.now(UTC), name, "", "", actor.proof, actor.door, Act.USER_PASSWORD, f"user:{name}")
        append(transaction, trail.key, [replace(done, facts={"own": True})])


def actor_of(database: Database, name: str, proof: Proof, door: str) -> tuple[Actor, Account] | None:
    """Who showed before that they are this account, with what it may do now; None where it is not in use."""
    with reading(database) as connection:
        account = kept.account_called(connection, name)
    if account is None or account.disabled:
        return None
    return _actor(database, account, proof, door), account


def _counted(trail: Trail, name: str, now: datetime) -> kept.Secret:
    """The secret to be tried, its try counted; where there is none, or it is locked, one that nothing matches."""
    with writing(trail.database) as transaction:
        secret = kept.secret_of(transaction, name)
        if secret is None or secret.hash is None or (secret.locked_until is not None and now < secret.locked_until):
            return NOBODY
        counted = tried(secret, now)
        kept.set_secret(transaction, name, counted)
    return counted


def _is_past(transaction: Transaction, name: str, now: datetime) -> bool:
    """Whether what another has set has been there for too long: the trail says since when."""
    since = last_time(transaction, f"user:{name}", (Act.USER_ADDED, Act.USER_PASSWORD))
    return since is not None and now - since >= TEMPORARY_FOR


def _tell_of_refusal(trail: Trail, name: str, secret: kept.Secret, now: datetime, door: str) -> None:
    """Of an account that there is, until it is locked: what else was typed for a name may be anything."""
    if secret is NOBODY:
        return
    act = Act.SIGN_IN_REFUSED if secret.locked_until is None else Act.USER_LOCKED
    with writing(trail.database) as transaction:
        event = Event(now, name, "", "", "", door, act, f"user:{name}", {"failures": secret.failures})
        append(transaction, trail.key, [event])


def _actor(database: Database, account: Account, proof: Proof, door: str) -> Actor:
    with reading(database) as connection:
        taken = kept.lent_to(connection, account.name)
    return Actor(account.name, grants_of(account, taken, datetime.now(UTC).date()), proof, door)


def _owner(settings: Settings, database: Database, user: SystemUser) -> Actor:
    """Who owns the inventory's file, or where that is on a server the key; the administrator of the machine too."""
    file = database.url.database if database.dialect.name == "sqlite" else str(settings.inventory.key_file)
    if user.uid in (0, Path(str(file)).stat().st_uid):
        return Actor(user.login, (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
    raise RefusedError(
        "This inventory has no accounts yet, and its owner is another user of this machine. Its owner can make the "
        f"first: muniment users add NAME --administrator, and then bind yours: muniment users bind NAME "
        f"--login {user.login}"
    )
