"""Whether somebody may read what certain rights guard: denials first, and what is not known admits nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from domain.access import EVERYONE, ORGANISATION, Access, Right, well_known

_SID = re.compile(r"S-1-\d+(-\d+)+")
_OF_A_DOMAIN = re.compile(r"S-1-5-21(-\d+){4}")
_MAILBOX, _DIRECTORY = "mailbox:", "entra:"
_OBJECT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANYBODY = frozenset({EVERYONE, ORGANISATION, "S-1-1-0", "S-1-5-11"})
"""Everyone, and all who have signed in: anybody is among them of whom a sign-in told who they are."""


def admits(rights: Iterable[Right], principals: Collection[str]) -> bool:
    """Whether these rights let somebody read who is all of these principals, and as far as anybody knows no others.

    Stricter than any system that keeps such rights: in whatever order they stand, one denial that holds, or that may
    hold since nobody knows whether they are meant by it, outweighs every right. A group counts as theirs only where it
    is among their principals; groups in groups are not followed. Whoever is not known at all is let in nowhere.
    """
    rights = tuple(rights)
    if not principals or any(_may_mean(one.principal, principals) for one in rights if not one.allows):
        return False
    return any(one.principal in _ANYBODY or one.principal in principals for one in rights)


def rights_kept(access: Access | None) -> tuple[Right, ...] | None:
    """The rights that an inventory has kept; None where it has not kept enough: none at all, or of a Windows descriptor
    the readers alone, without the denials of other groups that a reader may be in.
    """
    if access is None:
        return None
    if access.entries is not None:
        return access.entries
    if any(_SID.fullmatch(one) for one in (access.owner or "", *access.readers, *access.writers)):
        return None
    return tuple(map(Right, access.readers))


def vouched_for(told: Iterable[str]) -> frozenset[str]:
    """Of what an identity provider told of somebody, the principals that it can vouch for: SIDs of the organisation's
    own, ids of its directory and mailboxes, and neither users or groups of this machine nor words for everyone.
    """
    return frozenset(filter(None, map(_vouched, told)))


def _vouched(one: str) -> str:
    if _OBJECT.fullmatch(one.casefold()):
        return of_directory(one)
    return one if is_of_mailbox(one) or (_OF_A_DOMAIN.fullmatch(one) and well_known(one) is None) else ""


def in_a_domain(principals: Iterable[str]) -> frozenset[str]:
    """Those that say the same on every machine: numbers of users and groups are another's on another machine."""
    return frozenset(one for one in principals if _SID.fullmatch(one))


def on_this_machine(principals: Iterable[str]) -> frozenset[str]:
    """Those that rights of files on this machine can name."""
    return frozenset(one for one in principals if not one.startswith((_MAILBOX, _DIRECTORY)))


def in_a_directory(principals: Iterable[str]) -> frozenset[str]:
    """Those that permissions of drives can name."""
    return frozenset(one for one in principals if one.startswith(_DIRECTORY))


def of_directory(number: str) -> str:
    """The principal of a user or group of Entra ID, by the id of its object."""
    return f"{_DIRECTORY}{number.casefold()}"


def of_mailbox(address: str) -> str:
    """The principal of whoever may look into a mailbox, by the address or the account that its source has for it."""
    return f"{_MAILBOX}{address.casefold()}"


def is_of_mailbox(principal: str) -> bool:
    return principal.startswith(_MAILBOX)


def _may_mean(denied: str, principals: Collection[str]) -> bool:
    """Of the numbers of a machine somebody has all or none; of SIDs there may be more, through groups in groups."""
    if well_known(denied) or denied in principals:
        return True
    return not (denied.startswith(("uid:", "gid:")) and any(one.startswith("uid:") for one in principals))
