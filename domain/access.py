"""Who can read a folder or file, as its rights say: facts of the source, from which the breadth of access is judged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

EVERYONE = "everyone"
"""The principal of a right that any account has, whatever the platform calls it."""
ORGANISATION = "organisation"
"""The principal of a right that every account of the organisation has."""

_WELL_KNOWN = {
    "S-1-1-0": EVERYONE,  # Everyone
    "S-1-5-7": EVERYONE,  # Anonymous
    "S-1-5-32-546": EVERYONE,  # Guests
    "S-1-5-2": ORGANISATION,  # Network
    "S-1-5-11": ORGANISATION,  # Authenticated users
    "S-1-5-32-545": ORGANISATION,  # Users
}
_OF_A_DOMAIN = {"513": ORGANISATION, "514": EVERYONE, "515": ORGANISATION}
"""The last part of a domain's SID: its users, its guests, its computers."""
_PRIVILEGED = frozenset({
    "S-1-5-18", "S-1-5-19", "S-1-5-20",  # the machine and its services
    "S-1-5-32-544", "S-1-5-32-549", "S-1-5-32-551",  # administrators, server operators, backup operators
    "S-1-3-0", "S-1-3-1",  # what is inherited by a file's own owner and group
})  # fmt: skip
_DOMAIN_ADMINISTRATORS = frozenset({"500", "512", "518", "519"})


class Breadth(StrEnum):
    """How many can read, widest first."""

    EVERYONE = "everyone"
    ORGANISATION = "organisation"
    GROUP = "group"
    NAMED = "named"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Right:
    """That a principal, as `Access` names them, is allowed or denied to read. Inherited ones count like its own."""

    principal: str
    allows: bool = True


UNTOLD = Right("untold")
"""That there are others who may read it, of whom nobody tells who they are."""


@dataclass(frozen=True, slots=True)
class Access:
    """The rights of one folder or file. Principals are SIDs, "uid:N", "gid:N", a mailbox's account, "site:" and a
    SharePoint site for its members, EVERYONE or ORGANISATION.

    Readers and writers are sorted and without repeats, so that equal rights are equal values. `entries` are all that a
    Windows descriptor says of reading, denials too, in its order; None where it is none, or not all is understood.
    """

    owner: str | None
    readers: tuple[str, ...]
    writers: tuple[str, ...] = ()
    entries: tuple[Right, ...] | None = None

    @property
    def denied(self) -> frozenset[str] | None:
        """To whom it is denied to read it; None where that is not known."""
        return None if self.entries is None else frozenset(one.principal for one in self.entries if not one.allows)

    def breadth(self, groups: Collection[str] = (), untold: Collection[str] = ()) -> Breadth:
        """`groups` are principals known to be groups, and of `untold` nobody knows; administrators and the machine's
        own accounts count as nobody.
        """
        kinds = {well_known(reader) or reader for reader in self.readers if not is_privileged(reader)}
        if EVERYONE in kinds:
            return Breadth.EVERYONE
        if ORGANISATION in kinds:
            return Breadth.ORGANISATION
        if any(kind in groups or kind.startswith(("gid:", "site:")) for kind in kinds):
            return Breadth.GROUP
        return Breadth.NAMED if kinds.isdisjoint(untold) else Breadth.UNKNOWN


def well_known(principal: str) -> str | None:
    """EVERYONE or ORGANISATION, where a principal means that (well-known SIDs, MS-DTYP 2.4.2.4)."""
    if principal in (EVERYONE, ORGANISATION):
        return principal
    if principal.startswith("S-1-5-21-"):
        return _OF_A_DOMAIN.get(principal.rpartition("-")[2])
    return _WELL_KNOWN.get(principal)


def is_privileged(principal: str) -> bool:
    """Whether it is an account or group of those who run the machine or the domain."""
    if principal.startswith("S-1-5-21-"):
        return principal.rpartition("-")[2] in _DOMAIN_ADMINISTRATORS
    return principal in _PRIVILEGED or principal == "uid:0"
