"""The quarantine of a share: a folder below the root of the source for the disposing account alone, never crawled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from domain.disposal import MARKER, RefusedFileError
from operations.access import RefusedError
from operations.disposal.holding import Watch, unwatched
from operations.disposal.quarantine import TEXT, refuse_lost, told
from operations.disposal.renaming import TRIALS, is_trial
from operations.disposal.smb import SmbTree
from operations.disposal.smb_handle import NOBODY, Held
from operations.disposal.smb_making import give_to_owner, make_file, make_folder, remove, rights_of
from operations.disposal.smb_share import Share
from operations.disposal.smb_trouble import COLLISION, refusal_of
from scanner.sources.smb.places import SmbPlaces
from scanner.sources.smb.security_descriptor import access_of
from scanner.sources.smb.servers import SmbServers
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.status import AccountRefusedError, ConnectionLostError, NtStatusError, ShareRefusedError

_RULE_ANYWAY = frozenset({"S-1-5-18", "S-1-5-32-544"})  # the server itself, and its administrators


@contextmanager
def open_share(
    source: str, settings: SmbSettings, quarantine: str, watch: Watch = unwatched,
    sleep: Callable[[float], None] = time.sleep, *, is_known: bool = False,
) -> Iterator[SmbTree]:  # fmt: skip
    """A share with its quarantine, made where there is none yet, unless it `is_known` that files lie in one.

    Raises RefusedError where the source cannot be disposed of safely, or not now, and says why.
    """
    servers = SmbServers(settings, sleep)
    try:
        share, name = Share(SmbPlaces(settings, servers)), quarantine.encode()
        with _saying_why(source):
            _refuse_namespace(source, share)
            if is_known:
                refuse_lost(source, share.stands(name))
            _make(source, share, name, is_known=is_known)
            _try_out(source, share, name)
        yield SmbTree(source, share, name, not settings.restore_access_time, watch)
    finally:
        servers.close()


def _refuse_namespace(source: str, share: Share) -> None:
    if share.is_namespace():
        raise RefusedError(
            f"The source {source!r} is a DFS namespace: what lies in it lies on other shares, and nothing can be moved "
            "from one to another. Give each of these shares a source of its own, or others the manifest: muniment "
            "dispose export"
        )


def _make(source: str, share: Share, quarantine: bytes, *, is_known: bool) -> None:
    """Raises RefusedError for a folder of that name that is not ours, or that others get into."""
    make_folder(share, quarantine)
    names = share.names(quarantine)
    is_ours = MARKER.encode() in names
    if not is_ours and any(not is_trial(name) for name in names):
        raise RefusedError(
            f"The quarantine of {source!r} has files in it and no {MARKER}: it may be somebody else's folder. Look "
            "into it, and put that file back there, or name another folder in disposal.quarantine."
        )
    if not is_ours:
        refuse_lost(source, not is_known)
        give_to_owner(share, quarantine)
    if not _is_closed(rights_of(share, quarantine)):
        raise RefusedError(
            f"Others than the account that disposes may enter the quarantine of {source!r}. Let it inherit nothing, "
            "and grant nothing in it to anybody but its owner."
        )
    make_file(share, quarantine + b"/" + MARKER.encode(), TEXT)


def _is_closed(rights: bytes) -> bool:
    """Whether a folder is its owner's alone, as far as that can be told."""
    access = access_of(rights)
    return access is not None and {*access.readers, *access.writers} <= {access.owner, *_RULE_ANYWAY}


def _try_out(source: str, share: Share, quarantine: bytes) -> None:
    """With empty files: whether the quarantine is this account's own, whether it can move and remove there, and whether
    nothing is replaced.
    """
    one, taken, free = places = [b"%b/%b" % (quarantine, name) for name in TRIALS]
    _clear(share, places)
    try:
        for place in (one, taken):
            make_file(share, place)
        with share.held(one, NOBODY) as file:
            _refuse_owner(source, file.look().rights, rights_of(share, quarantine))
            if not _collides(file, taken):
                raise RefusedError(
                    f"The server of the source {source!r} replaces what stands where something is moved to, so nothing "
                    "is disposed of there. Give others the manifest: muniment dispose export"
                )
            file.move(free)
    finally:
        _clear(share, places)


def _refuse_owner(source: str, made: bytes, quarantine: bytes) -> None:
    """Raises RefusedError where a file that was made just now has another owner than the folder: his the folder is,
    whoever may enter it.
    """
    ours, theirs = access_of(made), access_of(quarantine)
    if ours is None or theirs is None or ours.owner != theirs.owner:
        raise RefusedError(
            f"The quarantine of {source!r} belongs to another account than the one that disposes. Have it belong to "
            "that one, or name another folder in disposal.quarantine."
        )


def _clear(share: Share, places: Iterable[bytes]) -> None:
    for place in places:
        remove(share, place)


def _collides(file: Held, taken: bytes) -> bool:
    try:
        file.move(taken)
    except NtStatusError as error:
        if error.status != COLLISION:
            raise
        return True
    return False


@contextmanager
def _saying_why(source: str) -> Iterator[None]:
    try:
        yield
    except AccountRefusedError as error:
        raise RefusedError(_cannot(source, "its server does not take the account that disposes")) from error
    except ShareRefusedError as error:
        raise RefusedError(_cannot(source, "the account that disposes may not use its share")) from error
    except ConnectionLostError as error:
        raise RefusedError(_cannot(source, "its server does not answer")) from error
    except NtStatusError as error:
        raise RefusedError(told(source, refusal_of(error), str(error))) from error
    except RefusedFileError as error:
        raise RefusedError(told(source, error.refusal, error.refusal.sentence)) from error


def _cannot(source: str, why: str) -> str:
    return f"Nothing can be disposed of in the source {source!r}: {why}. Mend that, then run the same command again."
