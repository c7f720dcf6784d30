"""Who stands behind an account, as the organisation's own directory says: a person, a group, or nobody it knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PrincipalKind(StrEnum):
    USER = "user"
    GROUP = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Principal:
    """An account by what a source calls it. `service` is where a person works, and `left` says that they no longer do.

    One that is of an unknown kind and has left was deleted: its directory holds all of its domain, and not it.
    """

    account: str = field(repr=False)
    kind: PrincipalKind = PrincipalKind.UNKNOWN
    name: str = field(default="", repr=False)
    service: str = ""
    left: bool = False


def kind_by_form(account: str) -> PrincipalKind:
    """What an account is by its form alone. A domain's SID does not tell."""
    if account.startswith(("gid:", "site:", "S-1-5-32-")):
        return PrincipalKind.GROUP
    return PrincipalKind.UNKNOWN if account.startswith("S-1-") else PrincipalKind.USER
