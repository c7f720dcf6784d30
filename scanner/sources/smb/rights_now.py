"""The rights of one file of a share at this moment, on the way to it and its own: asked before anybody is shown it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.access import Right
from domain.errors import ItemTroubleError, ProblemCode
from scanner.sources.smb.listing import asking_for_rights
from scanner.sources.smb.places import SmbPlaces
from scanner.sources.smb.security_descriptor import ENTERS, READS, rights_of
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import NtStatusError


def rights_now(places: SmbPlaces, locator: bytes) -> Iterator[tuple[Right, ...]]:
    """The rights of every folder from the root on, to go through it, and of the file, to read it: each must admit who
    is to read it.

    Raises ItemTroubleError (unsupported: rights) where a descriptor is not shown or not understood, and NtStatusError.
    """
    names = locator.split(b"/")
    for count in range(len(names) + 1):
        wanted = READS if count == len(names) else ENTERS
        rights = rights_of(_told(places, b"/".join(names[:count])), wanted)
        if rights is None:
            raise ItemTroubleError(ProblemCode.UNSUPPORTED, "rights")
        yield rights


def _told(places: SmbPlaces, locator: bytes) -> bytes:
    try:
        return places.at(locator, _descriptor)
    except NtStatusError as error:
        if error.problem.code is ProblemCode.DENIED:
            raise ItemTroubleError(ProblemCode.UNSUPPORTED, "rights") from error
        raise


def _descriptor(session: SmbSession, share: str, path: str) -> bytes:
    opened, security, _ = session.ask(share, *asking_for_rights(path))
    opened.expect_success()
    return security.output
