"""Whether a content is one message, and which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scanner.blob import Blob
from scanner.budget import MIB
from scanner.formats.mapi_mail import as_mail
from scanner.formats.message_identity import message_digest
from scanner.formats.mime import Mail, parse_bytes, parse_mail
from scanner.formats.msg import read_msg

_MOST = 256 * MIB


def _of_outlook(blob: Blob) -> Mail:
    return parse_bytes(as_mail(read_msg(blob)))


_READERS: Mapping[str, Callable[[Blob], Mail]] = {
    "message/rfc822": parse_mail,
    "message/x-emlx": parse_mail,
    "application/vnd.ms-outlook": _of_outlook,
}


def message_of(blob: Blob, media_type: str) -> bytes | None:
    """What every copy of one message has in common; None of all else, and of messages past any mailbox's limit.

    Raises ItemTroubleError where it is damaged.
    """
    reader = _READERS.get(media_type)
    return None if reader is None or blob.size > _MOST else message_digest(reader(blob))
