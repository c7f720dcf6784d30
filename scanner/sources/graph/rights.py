"""What an application may do in a tenant, as its token says: the application permissions that were consented to."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence

_CHANGING = re.compile(r"write|send|manage|full_?control|full_access|create|delete", re.IGNORECASE)
_OF_ALL_MAILBOXES = frozenset({"mail.read", "mail.readbasic", "mail.readbasic.all"})


def roles_in(token: str) -> tuple[str, ...] | None:
    """The `roles` of a token for applications ("Access token claims reference"); None where it is not to be read so,
    which Microsoft reserves: then nothing is known.
    """
    parts = token.split(".")
    try:
        told = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, ValueError, RecursionError):
        return None
    roles = told.get("roles", []) if isinstance(told, dict) else None
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        return None
    return tuple(sorted(roles))


def changing(roles: Sequence[str]) -> tuple[str, ...]:
    """Those by which an application could change something, or speak for somebody."""
    return tuple(role for role in roles if _CHANGING.search(role))


def too_wide(roles: Sequence[str]) -> tuple[str, ...]:
    """Those that open every mailbox of the tenant, whatever is on the list of a source."""
    return tuple(role for role in roles if role.casefold() in _OF_ALL_MAILBOXES)
