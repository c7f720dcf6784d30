"""Messages, moved between the folders of a mailbox and its quarantine folder, and removed there alone.

A message has no name that anybody could give it: its server numbers it, and anew wherever it is moved to. What a number
stands for never changes. So a message is hashed in its place, moved, and hashed again under its new number, which the
journal keeps; where a move broke off, it is found by what tells it from all others, and by its hash.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol

from domain.disposal import Disposal, Planned, Refusal, RefusedFileError, Step
from operations.disposal.holding import Around, Promise, SourceLostError, Taken, Watch, unwatched
from scanner.blob import digest_of


@dataclass(frozen=True, slots=True)
class Message:
    """A message where it lies: in whose mailbox, in which folder and under which number, as its server calls them; and
    what it is told from others by, wherever it lies.
    """

    mailbox: bytes
    folder: bytes
    number: bytes
    version: bytes
    file_id: str


class Post(Protocol):
    """A mail server, as disposal asks it. All raises RefusedFileError where the server refuses, and
    SourceLostError where it is away.
    """

    @property
    def promise(self) -> Promise: ...

    @property
    def moves(self) -> bool:
        """Whether a message that is moved never lies in both folders; else it is copied first."""

    def placed(self, planned: Planned) -> Message:
        """What lies in the place of a message that was planned."""

    def lying(self, one: Disposal, number: bytes = b"") -> Message | None:
        """What lies in quarantine, under that number where one is known."""

    def returned(self, one: Disposal, locator: bytes, number: bytes = b"") -> Message | None:
        """The same in the folder that it was given back to."""

    def content(self, message: Message) -> bytes: ...

    def put_away(self, message: Message) -> bytes:
        """Into quarantine; b"" where it was not told which number it has there, or whether it is there at all."""

    def bring_back(self, message: Message, locator: bytes) -> bytes:
        """Out of quarantine, into the folder of a locator; the number likewise."""

    def remove(self, message: Message) -> None:
        """For good, and nothing else with it. Raises RefusedFileError (not-gone) where it is there still."""

    def unmark(self, message: Message) -> None:
        """Take away a mark for removal, where removing broke off behind it."""

    def taken_out(self, one: Disposal) -> bool:
        """Whether its owner has it again, out of quarantine: it was not removed by us then."""

    def numbers(self, mailbox: bytes) -> frozenset[bytes]:
        """Of all that lies in the quarantine of a mailbox."""

    def mailbox_of(self, planned: Planned) -> bytes:
        """The one in whose quarantine it is put: of several that are read by one account, the first."""

    def visited(self) -> Collection[bytes]:
        """The mailboxes whose quarantine was asked after so far."""


@contextmanager
def _telling() -> Iterator[None]:
    """Where nothing is being done, a server that is away can only not tell."""
    try:
        yield
    except SourceLostError as lost:
        raise RefusedFileError(Refusal.UNREADABLE) from lost


@dataclass(frozen=True, slots=True)
class MailHolding:
    """The mailboxes of a server as a `Holding`."""

    post: Post
    watch: Watch = unwatched

    @property
    def promise(self) -> Promise:
        return self.post.promise

    def open(self, planned: Planned) -> BinaryIO:
        return BytesIO(self._verified(self.post.placed(planned), planned))

    def take(self, one: Disposal) -> Taken:
        placed = self.post.placed(one.planned)
        self._verified(placed, one.planned)
        self.watch(Step.OPENED)
        number = self.post.put_away(placed)
        self.watch(Step.RENAMED)
        if not number and self.post.moves and self._is_surely_placed(one.planned):
            raise RefusedFileError(Refusal.UNREADABLE)  # An equal one may lie in quarantine: it is not this one.
        try:
            lying = self.post.lying(one, number)
        except RefusedFileError as refused:
            if self._is_surely_placed(one.planned):
                raise
            return Taken(refusal=refused.refusal, stranded=True)
        if lying is None:
            self.post.placed(one.planned)  # Where it is there no more, somebody else was quicker.
            raise RefusedFileError(Refusal.UNREADABLE)
        return self._looked_at(one, lying, None if self.post.moves else placed)

    @_telling()
    def finish(self, one: Disposal) -> Taken | None:
        placed = self._still_placed(one.planned)
        if placed is not None and self.post.moves:
            return None
        lying = self.post.lying(one)
        return None if lying is None else self._looked_at(one, lying, placed)

    def give_back(self, one: Disposal, locator: bytes) -> bool:
        """Nothing in a folder can be in the way of a message, so nothing is ever replaced."""
        lying = self._found(one)
        number = self.post.bring_back(lying, locator)
        returned = self.post.returned(one, locator, number)
        if returned is None:
            raise RefusedFileError(Refusal.UNREADABLE)
        self.watch(Step.RETURNED)
        same = self._refusal_of(returned, one.planned) is None
        if not self.post.moves:
            self._lose_copy(lying, returned)
        return same

    @_telling()
    def is_back(self, one: Disposal, locator: bytes) -> bool:
        """Where it lies in both folders, on its way at a server that copies, it loses the one in quarantine."""
        lying, returned = self.post.lying(one, one.kept), self.post.returned(one, locator)
        if returned is None:
            if lying is None:
                raise RefusedFileError(Refusal.MISSING)
            return False
        if lying is not None and self.post.moves:
            return False
        if lying is not None:
            self._lose_copy(lying, returned)
        return True

    def purge(self, one: Disposal, intend: Callable[[], None]) -> None:
        lying = self._found(one)
        self._verified(lying, one.planned)
        intend()
        # Its owner may have taken it out meanwhile, and changed it.
        if self._found(one) != lying:
            raise RefusedFileError(Refusal.CHANGED)
        self.post.remove(lying)
        self.watch(Step.UNLINKED)

    @_telling()
    def is_gone(self, one: Disposal) -> bool:
        lying = self.post.lying(one, one.kept)
        if lying is not None:
            self.post.unmark(lying)
            return False
        if self.post.taken_out(one):
            raise RefusedFileError(Refusal.MISSING)
        return True

    @_telling()
    def look_around(self, expected: Iterable[Disposal]) -> Around:
        """In the mailboxes in which the journal has something, and in those that were worked in."""
        by_mailbox: dict[bytes, list[Disposal]] = {mailbox: [] for mailbox in self.post.visited()}
        for one in expected:
            with suppress(RefusedFileError):
                by_mailbox.setdefault(self.post.mailbox_of(one.planned), []).append(one)
        missing: set[str] = set()
        strange = 0
        for mailbox, known in by_mailbox.items():
            with suppress(RefusedFileError):  # Of one that cannot be asked nothing is said.
                lost, unknown = self._compared(mailbox, known)
                missing |= lost
                strange += unknown
        return Around(frozenset(missing), strange)

    def _compared(self, mailbox: bytes, known: Iterable[Disposal]) -> tuple[set[str], int]:
        there = self.post.numbers(mailbox)
        found = {one.token: self._number_of(one, there) for one in known}
        return {token for token, number in found.items() if not number}, len(there - set(found.values()))

    def _number_of(self, one: Disposal, there: frozenset[bytes]) -> bytes:
        if one.kept in there:
            return one.kept
        lying = self.post.lying(one, one.kept)
        return b"" if lying is None else lying.number

    def _found(self, one: Disposal) -> Message:
        """Raises RefusedFileError (missing)."""
        lying = self.post.lying(one, one.kept)
        if lying is None:
            raise RefusedFileError(Refusal.MISSING)
        return lying

    def _is_surely_placed(self, planned: Planned) -> bool:
        """Whether it lies in its place for sure: else it was moved, for all that anybody can tell."""
        with suppress(RefusedFileError):
            return self._still_placed(planned) is not None
        return False

    def _still_placed(self, planned: Planned) -> Message | None:
        try:
            return self.post.placed(planned)
        except RefusedFileError as refused:
            if refused.refusal in (Refusal.GONE, Refusal.RENUMBERED):
                return None
            raise

    def _looked_at(self, one: Disposal, lying: Message, placed: Message | None) -> Taken:
        """What was moved stays in quarantine if it is what was planned, else it is put back. Of what was copied,
        `placed` is the other: it is removed if the copy is the same; else it stays, and people look into the copy.
        """
        refusal = self._refusal_of(lying, one.planned)
        if refusal is None and placed is not None:
            refusal = self._refusal_of(placed, one.planned)
        if refusal is None:
            self.watch(Step.HASHED)
            return self._left_alone(one, lying, placed)
        try:
            if placed is None:
                self.post.bring_back(lying, one.planned.ref.locator)
        except RefusedFileError:
            return Taken(refusal=refusal, stranded=True)
        self.watch(Step.PUT_BACK)
        return Taken(refusal=refusal)

    def _left_alone(self, one: Disposal, lying: Message, placed: Message | None) -> Taken:
        """In quarantine alone. Where what was copied cannot be removed, the copy is, and nothing was taken."""
        if placed is None:
            return Taken(lying.number)
        try:
            self.post.remove(placed)
        except RefusedFileError as refused:
            if not self._is_surely_left(placed, one.planned):
                return Taken(refusal=refused.refusal, stranded=True)
            self.post.remove(lying)
            raise
        return Taken(lying.number)

    def _is_surely_left(self, placed: Message, planned: Planned) -> bool:
        """As `_is_surely_placed`, and unmarked: its owner's mail program would remove it else, and there is no copy."""
        with suppress(RefusedFileError):
            self.post.unmark(placed)
            return self._still_placed(planned) is not None
        return False

    def _lose_copy(self, lying: Message, returned: Message) -> None:
        """Raises RefusedFileError where the two are not the same to the byte."""
        if self.post.content(lying) != self.post.content(returned):
            raise RefusedFileError(Refusal.CONTENT)
        self.post.remove(lying)

    def _refusal_of(self, message: Message, planned: Planned) -> Refusal | None:
        try:
            self._verified(message, planned)
        except RefusedFileError as refused:
            return refused.refusal
        return None

    def _verified(self, message: Message, planned: Planned) -> bytes:
        """What it says. Raises RefusedFileError where it is not what was planned."""
        if message.file_id != planned.file_id:
            raise RefusedFileError(Refusal.REPLACED)
        if message.version != planned.version:
            raise RefusedFileError(Refusal.CHANGED)
        content = self.post.content(message)
        if digest_of([content]) != planned.digest:
            raise RefusedFileError(Refusal.CONTENT)
        return content
