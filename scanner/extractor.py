"""An extractor takes the text out of one item's bytes."""

from __future__ import annotations

from typing import Protocol

from domain.content import Content
from scanner.blob import Blob


class Extractor(Protocol):
    """A reader of one family of formats. `version` changes whenever what it reads may change."""

    @property
    def version(self) -> str: ...

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        """Read at most `limit` characters of text; past them the content carries the problem `limit: text`.

        Raises ItemTroubleError (encrypted, corrupt, no-text, unsupported) where nothing could be read.
        """
        ...
