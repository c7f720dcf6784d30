"""The port of disposal: a source with its quarantine, as everything else in disposal asks it, whatever lies behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from domain.disposal import Disposal, Planned, Refusal, Step
from operations.disposal.stopping import StoppedError

Watch = Callable[[Step], None]
"""Told of each step as it is taken. A drill has the machine stop there."""


def unwatched(_step: Step) -> None:
    """Nobody looks."""


Journal = Callable[[], Sequence[Disposal]]
"""Of a source, what the journal has in quarantine or under way. Where a server numbers things, no two
disposals may claim the same number.
"""


def no_journal() -> Sequence[Disposal]:
    """Of a source that nothing was taken from."""
    return ()


class SourceLostError(StoppedError):
    """The server of a source was lost in the very act. What was under way stands in the journal as that, and the run
    ends: the next one finds out what came of it.
    """

    def __init__(self, source: str) -> None:
        super().__init__(
            f"The server of the source {source!r} does not answer any more, so nothing more was begun. Run the same "
            "command again when it does: what was under way is found and settled then."
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a file: its version in quarantine; or why it is not there, or (`stranded`) still is."""

    kept: bytes = b""
    refusal: Refusal | None = None
    stranded: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What a source can promise: where its quarantine is and how things come back from it, in words that go on after
    "can dispose:"; and what may be left of what was purged and is not Muniment's to remove, as a noun, "" for nothing.
    """

    quarantine: str
    remains: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What quarantine and journal differ in: the tokens of what is missing, and how many things the journal knows
    nothing of.
    """

    missing: frozenset[str]
    strange: int


class Holding(Protocol):
    """A source with its quarantine, open. The `token` of a Disposal is the name that the journal gave to what is moved,
    before it was; its `kept` what `take` or `finish` said of it in quarantine, b"" where that is not what was planned.

    Nothing is ever replaced, nothing followed, and nothing removed but what lies in quarantine. Where the machine stops
    between any two steps, the journal's intent and `finish`, `is_back` and `is_gone` tell where the file is. What acts
    raises SourceLostError where its server is lost meanwhile; what only tells, RefusedFileError (unreadable).
    """

    @property
    def promise(self) -> Promise: ...

    def open(self, planned: Planned) -> BinaryIO:
        """The file in its place, to be packed, if it looks as it was planned. Raises RefusedFileError."""

    def take(self, one: Disposal) -> Taken:
        """Move a file into quarantine if it is, to the byte, the one that was planned; else leave it, or put it back.

        Tells its watch OPENED, RENAMED, HASHED; PUT_BACK. Raises RefusedFileError where it was not moved.
        """

    def finish(self, one: Disposal) -> Taken | None:
        """Go on where taking broke off; None where the file was not moved, or is back. Raises RefusedFileError where
        that cannot be told.
        """

    def give_back(self, one: Disposal, locator: bytes) -> bool:
        """Move what is in quarantine to a place of the source, where nothing may stand; whether its bytes, times and
        rights are what they were. Tells its watch RETURNED.

        Raises RefusedFileError (taken, folder-gone, missing, …).
        """

    def is_back(self, one: Disposal, locator: bytes) -> bool:
        """Whether a file that was being given back is in its place alone. Raises RefusedFileError (missing) where it
        is in neither.
        """

    def purge(self, one: Disposal, intend: Callable[[], None]) -> None:
        """Hash what is in quarantine again, have that be noted (`intend`), remove it, see that it is gone. Tells its
        watch UNLINKED.

        Raises RefusedFileError; whether it is gone then `is_gone` tells.
        """

    def is_gone(self, one: Disposal) -> bool:
        """Whether it is in quarantine no more. Raises RefusedFileError where that cannot be told."""

    def look_around(self, expected: Iterable[Disposal]) -> Around:
        """Compare quarantine with what the journal has there, or under way. Raises RefusedFileError."""


def around(lying: Iterable[str], expected: Iterable[Disposal]) -> Around:
    """Where what lies in quarantine is called by its tokens."""
    there, known = set(lying), {one.token for one in expected}
    return Around(frozenset(known - there), len(there - known))
