"""Apache Tika as a server that runs beside us: what native Tika reads and more, in memory that is not ours."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.content import Content
from domain.errors import ConfigurationError, ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.containers import walks_all_inside
from scanner.formats.tika_answer import Reading, content_of, failed
from scanner.formats.tika_client import PAUSE, DroppedError, OverlongError, TikaServer, UnreachableError, require_safe

Document = Mapping[str, Sequence[str]]
"""Metadata and, under a name of its own, the text."""

_OPTIONS = {
    "Accept": "application/json",
    "X-Tika-OCRskipOcr": "true",
    "X-Tika-PDFOcrStrategy": "no_ocr",
    "maxEmbeddedResources": "10000",
}
"""What the server is told with each document. What has been deleted from one it gives only by its own configuration."""
_PADDING = 100_000
"""Characters beside the text that count against the server's limit: it puts a line break for each piece of metadata."""
_METADATA_BYTES = 64 * MIB
_BYTES_A_CHARACTER = 6  # As JSON writes the rarest of them.
_PATIENCE = 30.0
_TRIES = 2

_CONTENT = "X-TIKA:content"
_PATHS = ("X-TIKA:final_embedded_resource_path", "X-TIKA:embedded_resource_path")
_PATH_LIMIT = 200
_SURROGATE = re.compile("[\ud800-\udfff]")
_FAILED = {415: "Unsupported", 422: "", 500: ""}
"""Statuses of a document that could not be read, and what is told by the status alone."""


@dataclass(frozen=True, slots=True)
class TikaServerExtractor:
    """Asks the server at `url`, which is seen to be safe and asked for its version once, here.

    Of types that are walked (what is embedded in them are items of their own) only the document's own text is taken;
    of others all that is embedded too, each in a place called after its path. `seconds` is for one item with all
    waiting. Raises ConfigurationError where there is no server, or none that is fit, and later where it is gone.
    """

    url: str
    seconds: float = 48.0
    version: str = ""

    def __post_init__(self) -> None:
        if not self.version:
            object.__setattr__(self, "version", f"tika-server {require_safe(self.url, _PATIENCE)} / 1")

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        status, content = self._answer(blob, media_type, limit)
        if status in _FAILED:
            said = _FAILED[status] or content[:MIB].decode("utf-8", "replace")
            return failed(blob, media_type, said)
        if status == 413:
            raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
        if status not in (200, 204):
            raise ConfigurationError(f"The Tika server at {self.url} refuses to read (HTTP {status}).")
        documents = _documents(content) if status == 200 else [{}]
        kept = documents[:1] if walks_all_inside(media_type) else documents
        return content_of([_reading(document) for document in kept], blob, media_type, limit)

    def _answer(self, blob: Blob, media_type: str, limit: int) -> tuple[int, bytes]:
        """One try, and another where the connection was dropped: a server that starts anew drops them all.

        Raises ItemTroubleError (crashed, timeout, limit).
        """
        until = time.monotonic() + self.seconds
        drops = 0
        while drops < _TRIES:
            try:
                return self._asked(blob, media_type, limit, until)
            except DroppedError:
                drops += 1
            except UnreachableError:
                time.sleep(PAUSE)
            except OverlongError as error:
                raise ItemTroubleError(ProblemCode.LIMIT, "answer") from error
            except TimeoutError as error:
                raise ItemTroubleError(ProblemCode.TIMEOUT, "seconds") from error
            self._wait(until, drops)
        raise ItemTroubleError(ProblemCode.CRASHED)

    def _asked(self, blob: Blob, media_type: str, limit: int, until: float) -> tuple[int, bytes]:
        blob.file.seek(0)
        most = limit + _PADDING
        is_walked = walks_all_inside(media_type)
        wanted = _OPTIONS | {"writeLimit": str(most), "X-Tika-Skip-Embedded": str(is_walked).lower()}
        status, content = TikaServer(self.url).put(
            "/rmeta/text", blob.bytes if blob.path is None else blob.file, wanted, until,
            most * _BYTES_A_CHARACTER + _METADATA_BYTES,
        )  # fmt: skip
        if status == 503:  # About to start anew, for the sake of another document.
            raise UnreachableError
        return status, content

    def _wait(self, until: float, drops: int) -> None:
        """Until the server is there again. Where it stays away, the document is to blame that it was reading."""
        try:
            TikaServer(self.url).version(until - time.monotonic())
        except ConfigurationError as error:
            if drops:
                raise ItemTroubleError(ProblemCode.CRASHED) from error
            raise


def _documents(content: bytes) -> list[Document]:
    """The document first, then all that is embedded in it. Raises ItemTroubleError (crashed) for any other answer."""
    try:
        documents = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ItemTroubleError(ProblemCode.CRASHED) from error
    if not isinstance(documents, list) or not documents or not all(isinstance(each, dict) for each in documents):
        raise ItemTroubleError(ProblemCode.CRASHED)
    return [{name: _values(value) for name, value in each.items()} for each in documents]


def _values(value: object) -> list[str]:
    """Metadata has one value or a list of them. Half a character, which JSON can hold, is none."""
    values = value if isinstance(value, list) else [value]
    return [_SURROGATE.sub("\ufffd", str(each)) for each in values]


def _reading(document: Document) -> Reading:
    """Tika puts a title above the text; a picture's is but its name. Both stand with the properties."""
    text = _said(document, _CONTENT).lstrip("\n")
    for title in document.get("dc:title", ()):
        text = text.removeprefix(f"{title}\n")
    path = next((path for name in _PATHS if (path := _said(document, name))), "")
    metadata = {name: values for name, values in document.items() if name != _CONTENT}
    return Reading(text, metadata, " ".join(path.split())[:_PATH_LIMIT])


def _said(document: Document, name: str) -> str:
    return next(iter(document.get(name, ())), "")
