"""Text that is its own text."""

from __future__ import annotations

from dataclasses import dataclass

from domain.content import Content
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.decoding import decoded

_WIDEST = 4


@dataclass(frozen=True, slots=True)
class PlainExtractor:
    """Characters as they stand in the file: line ends are not translated and a byte-order mark counts as one."""

    version: str = "plain 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for all kinds
        blob.file.seek(0)
        # No character takes more than four bytes, so this holds more than `limit` of them where there are more.
        text = decoded(blob.file.read((limit + 1) * _WIDEST))
        if len(text) > limit:
            return Content(text[:limit], problem=Problem(ProblemCode.LIMIT, "text"))
        return Content(text)
