"""What readers of documents do alike: keep what can be read, note what cannot, and say so at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from domain.content import Content, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.extractor import EscalateError
from scanner.flow import Flow, FullError
from scanner.formats.package import PART_LIMIT, WHOLE_LIMIT, Member, Package, PackageError, is_bomb, open_package
from scanner.properties import Stated

_T = TypeVar("_T")
_HOSTILE = frozenset({"false size", "many names", "long tag"})
"""What only one who means harm does: no other reader is to meet it."""
DAMAGED = Content(problem=Problem(ProblemCode.CORRUPT))
"""What was read of a document of which nothing was: whatever a full reader finds in it is not all."""


def opened(blob: Blob) -> Package:
    """The package, or EscalateError where it is none, or a broken one."""
    try:
        return open_package(blob)
    except PackageError as error:
        raise EscalateError(error.reason, DAMAGED) from error


class Document:
    """One document as it is read. Its text goes into `flow`, what it says of itself behind that."""

    def __init__(self, reader: str, limit: int) -> None:
        self._reader, self._limit = reader, limit
        self._troubles: list[str] = []
        self._stated = Stated()
        self.flow = Flow(limit)

    def state(self, stated: Stated) -> None:
        """What it says of itself; to be known before any text, which has what room is left."""
        self._stated = stated
        self.flow = Flow(self._limit - len(stated.text))

    def attempt(self, read: Callable[[], _T], otherwise: _T) -> _T:
        """Read a part; where that fails, note it and go on with the rest."""
        try:
            return read()
        except PackageError as error:
            self._troubles.append(error.reason)
            return otherwise

    def sound(self, members: Iterable[Member]) -> tuple[Member, ...]:
        """The members that are read: without bombs, which no other reader is to meet either.

        Raises EscalateError where what is left is too large.
        """
        kept = tuple(member for member in members if not self._is_bomb([member], PART_LIMIT))
        if any(member.size > PART_LIMIT for member in kept):
            raise EscalateError("large part")
        if self._is_bomb(kept, WHOLE_LIMIT):
            return ()
        if sum(member.size for member in kept) > WHOLE_LIMIT:
            raise EscalateError("large package")
        return kept

    def _is_bomb(self, members: Sequence[Member], limit: int) -> bool:
        found = sum(member.size for member in members) > limit and is_bomb(members)
        if found:
            self._troubles.append("bomb")
        return found

    def list(self, place: str, lines: Iterable[str]) -> None:
        """Put lines under a place of their own."""
        self.flow.place(place)
        for line in lines:
            self.flow.line(line)

    def content(self, read: Callable[[], None], seems_full: Callable[[], bool]) -> Content:
        """Read it to its end or to the limit. `seems_full` is asked of a document without text: is there much in it?

        Raises EscalateError, with what was read, where something could not be; ItemTroubleError where that is all.
        """
        try:
            read()
            self.flow.close()
        except FullError:
            return self._content(Problem(ProblemCode.LIMIT, "text"))
        problem = self._problem(seems_full)
        content = self._content(problem)
        if problem == Problem(ProblemCode.CORRUPT) and not _HOSTILE.intersection(self._troubles):
            raise EscalateError(self._troubles[0], content)
        if problem and not content.text:
            raise ItemTroubleError(problem.code, problem.limit)
        return content

    def _problem(self, seems_full: Callable[[], bool]) -> Problem | None:
        if "bomb" in self._troubles:
            return Problem(ProblemCode.LIMIT, "ratio")
        if "encrypted" in self._troubles:
            return Problem(ProblemCode.ENCRYPTED)
        if set(self._troubles) == {"too deep"}:  # The full reader loses such depths in silence.
            return Problem(ProblemCode.TOO_DEEP, "depth")
        if self._troubles:
            return Problem(ProblemCode.CORRUPT)
        return Problem(ProblemCode.NO_TEXT) if not self.flow.length and seems_full() else None

    def _content(self, problem: Problem | None) -> Content:
        text, places = self.flow.text, self.flow.places
        if self._stated.text:
            places = (*places, Place(len(text), "properties"))
        return Content(
            text + self._stated.text,
            places,
            problem,
            tables=self.flow.tables,
            properties=self._stated.properties,
            dates=self._stated.dates,
            reader=self._reader,
        )
