"""What disposal makes on a share: its quarantine, for one account alone, and small files of its own there."""

from __future__ import annotations

import struct

from domain.disposal import Refusal, RefusedFileError
from operations.disposal.smb_handle import NOBODY, path_of
from operations.disposal.smb_requests import close_to_others, make, write
from operations.disposal.smb_share import Share
from operations.disposal.smb_trouble import COLLISION
from scanner.sources.smb.listing import METADATA_ONLY
from scanner.sources.smb.messages import Message, close, create, query_security
from scanner.sources.smb.session import SmbSession

_WRITE, _READ_ATTRIBUTES, _READ_CONTROL, _WRITE_DAC, _SYNCHRONIZE = 0x2, 0x80, 0x20000, 0x40000, 0x100000
_LOOKING = _READ_ATTRIBUTES | _READ_CONTROL | _SYNCHRONIZE
_FOLDER, _FILE = 0x1, 0x40
_OWNER_AT, _AUTHORITIES_AT, _SID = struct.Struct("<4xL"), 1, 8


def make_file(share: Share, locator: bytes, content: bytes = b"") -> None:
    """A small file where nothing stands; what stands there stays."""
    _make(share, locator, _WRITE | _SYNCHRONIZE, _FILE, [write(content)] if content else [])


def make_folder(share: Share, locator: bytes) -> None:
    """Raises RefusedFileError (folder-link) where what stands there is a link."""
    _make(share, locator, _LOOKING, _FOLDER, [])


def rights_of(share: Share, folder: bytes) -> bytes:
    """Its security descriptor. Raises RefusedFileError (folder-link) where it is a link."""

    def asked(session: SmbSession, name: str, root: str) -> bytes:
        opened, rights, _ = session.ask(
            name, create(path_of(root, folder), _LOOKING, _FOLDER | METADATA_ONLY), query_security(), close()
        )
        if opened.opened[1].is_reparse_point:
            raise RefusedFileError(Refusal.FOLDER_LINK)
        return rights.output

    return share.places.at(b"", asked)


def give_to_owner(share: Share, folder: bytes) -> None:
    """Have a folder, and what is made in it, be its owner's alone."""
    owner = _owner_of(rights_of(share, folder))

    def given(session: SmbSession, name: str, root: str) -> None:
        opening = create(path_of(root, folder), _LOOKING | _WRITE_DAC, _FOLDER | METADATA_ONLY)
        for answer in session.ask(name, opening, close_to_others(owner), close()):
            answer.expect_success()

    share.places.at(b"", given)


def remove(share: Share, locator: bytes) -> None:
    """What stands there, if anything does."""
    if share.stands(locator):
        with share.held(locator, NOBODY) as file:
            file.remove()


def _make(share: Share, locator: bytes, access: int, options: int, parts: list[Message]) -> None:
    def made(session: SmbSession, name: str, root: str) -> None:
        opened, *rest = session.ask(name, make(path_of(root, locator), access, options), *parts, close())
        if opened.status != COLLISION:
            for answer in (opened, *rest):
                answer.expect_success()

    share.places.at(b"", made)


def _owner_of(rights: bytes) -> bytes:
    """Its identifier as it stands there (MS-DTYP 2.4.2.2)."""
    (start,) = _OWNER_AT.unpack_from(rights)
    return rights[start : start + _SID + 4 * rights[start + _AUTHORITIES_AT]]
