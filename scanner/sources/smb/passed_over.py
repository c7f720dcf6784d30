"""The quarantine of disposal on a share, wherever it lies: it is not listed, as what is in it was where it lay."""

from __future__ import annotations

from domain.disposal import MARKER, QUARANTINE
from scanner.sources.smb.listing import METADATA_ONLY
from scanner.sources.smb.messages import close, create
from scanner.sources.smb.places import SmbPlaces
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import ACCESS_DENIED, NtStatusError, ShareRefusedError

_READ_ATTRIBUTES, _SYNCHRONIZE = 0x80, 0x100000


def is_quarantine(places: SmbPlaces, folder: bytes) -> bool:
    """By its marker; to whom may not even enter it, its name is enough, since nothing of it could be read."""
    if not folder.rpartition(b"/")[2].startswith(QUARANTINE.encode()):
        return False
    try:
        places.at(folder + b"/" + MARKER.encode(), _seen)
    except ShareRefusedError:
        raise
    except NtStatusError as error:
        return error.status == ACCESS_DENIED
    return True


def _seen(session: SmbSession, share: str, path: str) -> None:
    opened, _ = session.ask(share, create(path, _READ_ATTRIBUTES | _SYNCHRONIZE, METADATA_ONLY), close())
    opened.expect_success()
