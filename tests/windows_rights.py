"""Sets the rights of a file or folder of a share, as Windows does: by a descriptor, over the network."""

from __future__ import annotations

from smbprotocol.file_info import InfoType
from smbprotocol.open import SMB2SetInfoRequest

from scanner.sources.smb.messages import close, create
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.settings import SmbSettings

_THE_LIST_ALONE = 0x4
_TO_READ_AND_WRITE_IT = 0x40000 | 0x20000


def set_rights(settings: SmbSettings, path: str, descriptor: bytes) -> None:
    """As the account of the settings; the names of the path are parted by backslashes."""
    setting = SMB2SetInfoRequest()
    setting["info_type"] = InfoType.SMB2_0_INFO_SECURITY
    setting["additional_information"] = _THE_LIST_ALONE
    setting["file_id"] = b"\xff" * 16
    setting["buffer"] = descriptor
    session = SmbSession(settings, settings.server)
    opening = create(path, access=_TO_READ_AND_WRITE_IT, options=0)
    for answer in session.ask(settings.share, opening, setting, close()):
        answer.expect_success()
    session.close()
