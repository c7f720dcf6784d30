"""The pictures and objects of an OpenDocument in one XML file, where they stand in the text (ODF 1.3 part 3, 10.4)."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import BinaryIO

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.container import Part
from scanner.formats.ole_object import MAGIC, packed_file
from scanner.formats.package import PART_LIMIT, Attributes, Handlers, PackageError, parse_xml

_PREVIEW = "VkNMTVRG"  # "VCLMTF": what an object looks like, drawn by the office suite.


@dataclass(frozen=True, slots=True)
class FlatOdfContainer:
    """A position is an index, a name tells it: "binary-1". Where the XML is damaged the walk ends with that trouble."""

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        if blob.size > PART_LIMIT:
            raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
        found = _Found()
        trouble = None
        try:
            parse_xml(_pieces(blob), lambda _: found.handlers)
        except PackageError as error:
            trouble = error
        for index, coded in enumerate(found.coded):
            if index >= after:
                yield Part(f"binary-{index + 1}", index + 1, partial(_opened, coded), packed=len(coded))
        if trouble is not None:
            raise ItemTroubleError(ProblemCode.CORRUPT) from trouble


class _Found:
    """What stands in `office:binary-data`, as it is coded."""

    def __init__(self) -> None:
        self.coded: list[str] = []
        self._pieces: list[str] = []
        self._is_within = False
        self.handlers = Handlers({"binary-data": self._start}, {"binary-data": self._end}, self._text)

    def _start(self, _: Attributes) -> None:
        self._is_within = True

    def _text(self, text: str) -> None:
        if self._is_within:
            self._pieces.append(text)

    def _end(self) -> None:
        self._is_within = False
        coded = "".join(self._pieces)
        self._pieces.clear()
        if coded.strip() and not coded.lstrip().startswith(_PREVIEW):
            self.coded.append(coded)


def _pieces(blob: Blob) -> Iterator[bytes]:
    blob.file.seek(0)
    while piece := blob.file.read(MIB):
        yield piece


def _opened(coded: str) -> BinaryIO:
    try:
        content = binascii.a2b_base64(coded)
    except ValueError as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
    held = packed_file(BytesIO(content), len(content)) if content.startswith(MAGIC) else None
    return BytesIO(held.content if held else content)
