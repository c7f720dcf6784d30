"""Messages, appointments, contacts, tasks and notes of Outlook: one in a file (.msg), or in winmail.dat (TNEF)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.content import Content
from domain.errors import ItemTroubleError
from scanner.blob import Blob
from scanner.extractor import EscalateError
from scanner.extractors.mail import mail_content
from scanner.formats.mapi import Message
from scanner.formats.mapi_mail import as_mail
from scanner.formats.mime import parse_bytes
from scanner.formats.msg import read_msg
from scanner.formats.tnef import read_tnef

MSG, TNEF = "application/vnd.ms-outlook", "application/vnd.ms-tnef"

READERS: Mapping[str, Callable[[Blob], Message]] = {MSG: read_msg, TNEF: read_tnef}
_NAMES = {MSG: "msg", TNEF: "tnef"}


@dataclass(frozen=True, slots=True)
class MsgExtractor:
    """Read as the internet message that it was or would be, so that headers and bodies come out as those of one do.

    What else people write into it, the place of an appointment or a contact's telephone, is the place "properties".
    Escalated is what holds no message that we find, or one with nothing in it to read.
    """

    version: str = "msg 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        try:
            message = READERS[media_type](blob)
        except ItemTroubleError as trouble:
            raise EscalateError("no message") from trouble
        content = mail_content(parse_bytes(as_mail(message, with_attachments=False)), limit, _NAMES[media_type])
        if not content.text.strip() and not message.attachments:
            raise EscalateError("no text", content)
        return content
