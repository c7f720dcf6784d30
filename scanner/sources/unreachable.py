"""A source whose root cannot be opened at all: the run of that source ends, and nothing of it is taken for gone."""

from __future__ import annotations

from domain.errors import MunimentError


class SourceUnreachableError(MunimentError):
    """The root of a source cannot be listed. An unreachable root is not an empty root."""

    def __init__(self, source: str, why: str) -> None:
        self.source = source
        super().__init__(
            f"Source '{source}' cannot be reached: it {why}. Check that the server answers or the share is mounted,"
            " that what the configuration says of it is right and that this account may list it, then scan again. What"
            " the inventory holds of it stays."
        )
