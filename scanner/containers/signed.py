"""What is signed, in a file of its own (.p7m, RFC 5652 and RFC 8551, 3.2.1): the document or the mail inside."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.container import Part
from scanner.formats import cms

_MOST = 256 * MIB
_SEQUENCE = b"\x30"
_BOUNDARY = re.compile(rb"^-----(?:BEGIN|END) [A-Z0-9 ]+-----", re.MULTILINE)
_ENTITY = re.compile(rb"(?i)\s*(?:mime-version|content-[a-z-]+|from|to|subject|date|received|message-id)[ \t]*:")


@dataclass(frozen=True, slots=True)
class SignedContainer:
    """One part, whoever signed it and whether the signature holds; none where the signature stands apart.

    It has no name of its own: "content", as a message "content.eml". In base64, with boundaries of PEM (RFC 7468) or
    without, it is the same.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        """Raises ItemTroubleError: limit (bytes) at more than 256 MiB; corrupt, behind the part, where it is cut."""
        if blob.size > _MOST:
            raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
        data = _binary(blob.bytes)
        content = cms.content_of(data, _MOST)
        if content is not None and after == 0:
            name = "content.eml" if _ENTITY.match(content) else "content"
            yield Part(name, 1, lambda: BytesIO(content), size=len(content))
        if cms.is_cut(data):
            raise ItemTroubleError(ProblemCode.CORRUPT)


def _binary(data: bytes) -> bytes:
    if data.startswith(_SEQUENCE):
        return data
    try:
        return a2b_base64(_BOUNDARY.sub(b"", data))
    except Error as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
