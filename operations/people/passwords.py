"""Passwords of local accounts: which are taken, how they are kept, and when an account is locked."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

from domain.errors import ConfigurationError
from inventory.accounts import Secret

SHORTEST, LONGEST = 12, 512
TEMPORARY_FOR = timedelta(days=7)
"""How long a password opens anything that another has set, unless its person renews it."""

_TRIED_FIRST = (
    "1qaz2wsx", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "qazwsx", "password", "passw0rd", "p@ssword",
    "p@ssw0rd",
    "1234567890", "123456789", "0987654321", "987654321", "12345678", "1234567", "123456", "12345", "1234", "123",
    "abcdefghij", "abcdefgh", "abcdef", "abcd", "abc", "administrator", "admin", "letmein", "welcome", "iloveyou",
    "monkey", "dragon", "football", "liverpool", "sunshine", "princess", "superman", "changeme", "muniment", "council",
    "retention", "disposal", "records", "archive", "summer", "winter", "spring", "autumn",
)  # fmt: skip
"""Words that lists of broken passwords are made of, this program's own and what councils are called by."""

_LEAST_LEFT = 5
"""Different characters beside those words."""

_TRIES = 5
_FIRST_LOCK = timedelta(minutes=15)
_LONGEST_LOCK = timedelta(hours=24)

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
"""argon2id with 64 MiB, three passes and four lanes: RFC 9106, section 4, the second recommended option."""

_FEW = threading.BoundedSemaphore(4)
"""How many are hashed at once in a process: each takes its 64 MiB, whoever asked for it."""

NOBODY = Secret("$argon2id$v=19$m=65536,t=3,p=4$Q1DUt37nXliN8Ar00FlUaQ$ApYcFObtjHcDoVvEnrD+0zu5XllcIJu0uOjO42MtxiE",
                temporary=False, failures=0, locked_until=None)  # fmt: skip
"""What is tried where there is no such account, or no password: the answer takes as long, and is no."""


def hashed(password: str, account: str) -> str:
    """What is kept of a password. Raises ConfigurationError for one that is easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigurationError(f"A password has {SHORTEST} to {LONGEST} characters; three or four random words do.")
    if len(set(password)) < 6 or account.partition("@")[0] in password.lower() or not _own(password):
        raise ConfigurationError("That password is easily guessed. Take three or four random words.")
    return _HASHER.hash(password)


def _own(password: str) -> bool:
    """Whether enough is left of it without what everybody tries."""
    left = password.lower()
    for word in _TRIED_FIRST:
        left = left.replace(word, "")
    return len(set(left)) >= _LEAST_LEFT


def matches(secret: Secret, password: str) -> bool:
    """Whether that is the password, in a time that does not tell why not."""
    try:
        with _FEW:
            return _HASHER.verify(secret.hash or "", password)
    except (Argon2Error, InvalidHashError):
        return False


def outdated(secret: Secret) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return secret.hash is not None and _HASHER.check_needs_rehash(secret.hash)


def tried(secret: Secret, now: datetime) -> Secret:
    """The secret after one more try, counted before its outcome is known so that many at once are no more than five.

    From the fifth wrong one on each locks the account, for a quarter of an hour, then twice as long, up to a day.
    """
    failures = secret.failures + 1
    if failures < _TRIES:
        return replace(secret, failures=failures)
    lock = min(_FIRST_LOCK * 2 ** min(failures - _TRIES, 10), _LONGEST_LOCK)
    return replace(secret, failures=failures, locked_until=now + lock)


def forgiven(secret: Secret) -> Secret:
    """The secret after the right password, or once somebody has unlocked it."""
    return replace(secret, failures=0, locked_until=None)
