"""Apache Tika as native code (iscc-tika): every format that has no reader of its own.

It holds the interpreter's lock for the whole of a call and can neither be interrupted nor bounded in memory: call it
in a process that can be killed. What is embedded in a document it spools in /tmp, whatever TMPDIR says, under names
that begin with "apache-tika-"; the document itself it reads where it lies.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as version_of

from iscc_tika import Extractor as Tika
from iscc_tika import OfficeParserConfig, PdfOcrStrategy, PdfParserConfig, StreamReader, TesseractOcrConfig

from domain.content import Content
from scanner.blob import Blob
from scanner.formats.tika_answer import Metadata, Reading, content_of, failed
from scanner.silence import silent

_CHUNK = 1024 * 1024
_LOST = "\ufffd" * 6
"""What becomes of a character outside the basic plane: JNI gives its two surrogates three bytes each, none UTF-8."""
_UNSURE = re.compile("[\ufffd?\0\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class TikaNativeExtractor:
    """The text, and after it the properties worth reading as a place of that name. Never recognises characters in
    pictures: content that waits for that has `ocr` pending.

    In properties, characters outside the basic plane (emoji) come out as replacement characters.
    """

    @property
    def version(self) -> str:
        return f"iscc-tika {_package_version()} / 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        read = _read(blob, limit + 1)
        if isinstance(read, str):
            return failed(blob, media_type, read)
        text, metadata = read
        return content_of((Reading(_unnamed(text, metadata), metadata),), blob, media_type, limit)


@cache
def _package_version() -> str:
    """Asked once: it is looked up on the disk."""
    return version_of("iscc-tika")


def _read(blob: Blob, limit: int) -> tuple[str, Metadata] | str:
    """Text and metadata, or what Tika said when it failed, which may quote the content."""
    tika = _tika(limit)
    try:
        with _path_of(blob) as path, silent():
            text, metadata = tika.extract_file_to_string(path)
            return (_whole(tika, path, text, limit) if _LOST in text else text), metadata
    except TypeError as error:  # The one error that the library has for whatever fails inside Tika.
        return str(error)


def _tika(limit: int) -> Tika:
    office = OfficeParserConfig().set_include_headers_and_footers(True).set_include_deleted_content(True)
    return (
        Tika()
        .set_extract_string_max_length(limit)
        .set_office_config(office)
        .set_pdf_config(PdfParserConfig().set_ocr_strategy(PdfOcrStrategy.NO_OCR))
        .set_ocr_config(TesseractOcrConfig().set_skip_ocr(True))
    )


@contextmanager
def _path_of(blob: Blob) -> Iterator[str]:
    """A path to the bytes. Bytes without one Tika would spool on the disk, under a name that outlives a kill -9."""
    if blob.path is not None:
        yield blob.path
        return
    with open(os.memfd_create("muniment"), "wb") as memory:
        memory.write(blob.bytes)
        memory.flush()
        yield f"/proc/self/fd/{memory.fileno()}"


def _whole(tika: Tika, path: str, text: str, limit: int) -> str:
    """The same text read once more as a stream of bytes, which loses no character.

    Metadata only the first reading gives whole, trouble met on the way included: a stream has what is known when it
    begins. Where the two differ in more than what is lost, the first is kept.
    """
    try:
        reader, _ = tika.extract_file(path)
        streamed = _up_to(reader, 4 * limit).decode("utf-8", "replace")
    except (TypeError, OSError):
        return text
    return streamed if _UNSURE.sub("", streamed).startswith(_UNSURE.sub("", text)) else text


def _unnamed(text: str, metadata: Metadata) -> str:
    """Tika calls what a compressed file holds after the file, whose name is but the number of our descriptor."""
    beginning = text.lstrip("\n")
    name = next(iter(metadata.get("resourceName", ())), "")
    return beginning.removeprefix(f"{name}\n") if name and beginning.startswith(f"{name}\n") else text


def _up_to(reader: StreamReader, limit: int) -> bytes:
    content = bytearray()
    while len(content) < limit and (chunk := reader.read(_CHUNK)):
        content += chunk
    return bytes(content)
