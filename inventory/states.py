"""By what a folder is known at the next scan: the state that its source tells, or else what it looked like."""

from __future__ import annotations

import marshal
from hashlib import blake2b

from domain.access import Access
from domain.entry import entries_of
from domain.item import Listing

_LOOK = b"\0look 1 "  # Another number, and every folder is compared item by item once: raise it with what is looked at.
_DAY = 86_400_000_000  # microseconds
_MARSHAL = 2  # The last form in which equal values are always equal bytes: from the third on equal objects are shared.


def state_of(listing: Listing) -> bytes:
    """What is to be kept of a complete listing. Where the source tells no state, a digest of all by which noting would
    find that an item has changed; b"" where something could not be looked at.
    """
    if listing.state or listing.since_known:
        return listing.state
    own, entries = listing.access, entries_of(listing.items)
    looks = [
        (name, kind, version, accessed and accessed // _DAY, owner, access is not own and _told(access))
        for name, kind, _, _, version, _, _, accessed, _, _, owner, access, problem in entries
        if problem is None
    ]
    if len(looks) < len(entries):
        return b""
    return _LOOK + blake2b(marshal.dumps(looks, _MARSHAL), digest_size=16).digest()


def is_look(state: bytes) -> bool:
    """Whether a kept state is such a digest: then equal states are equal items, which no source's own need promise."""
    return state.startswith(_LOOK)


def as_told(state: bytes) -> bytes:
    """What the source told of a kept state: b"" where it told nothing."""
    return b"" if is_look(state) else state


def _told(access: Access | None) -> tuple[object, ...] | None:
    return None if access is None else (access.owner, access.readers, access.writers)
