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
        """Read the text, `limit` characters at a time: more comes in stretches (`Content.rest`) where the reader can
        give them, else the content carries the problem `limit: text`.

        Raises ItemTroubleError (encrypted, corrupt, no-text, unsupported) where nothing could be read, and a fast
        reader EscalateError where a full one should read instead.
        """
        ...


class EscalateError(Exception):
    """Raised by a fast reader that cannot do an item justice. `reason` is a word or two of ours, never of the item's.

    `content` is what it read all the same, to be kept where the full reader fails.
    """

    def __init__(self, reason: str, content: Content | None = None) -> None:
        super().__init__(reason)
        self.reason, self.content = reason, content
