"""A source whose root cannot be opened at all: the run of that source ends, and nothing of it is taken for gone."""

from __future__ import annotations

from domain.errors import MunimentError


class SourceUnreachableError(MunimentError):
    """The root of a source cannot be listed. An unreachable root is not an empty root."""

    def __init__(self, source: str, why: str) -> None:
        self.source = source
        super().__init__(
            f"Source '{source}' cannot be reached: its root {why}. Check that the share is mounted, that the path in"
            " the configuration is right and that this account may list it, then scan again. What the inventory holds"
            " of it stays."
        )
