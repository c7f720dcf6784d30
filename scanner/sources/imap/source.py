"""Mailboxes on an IMAP server, as folders of messages. Nothing there is changed: no flag, and no mark of having read.

A locator is `<account>/<folder>/<UIDVALIDITY>-<UID>.eml`. Listing asks for headers and sizes alone, and what a message
says is read only where the mail policy allows that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader, BytesIO
from typing import TypeVar

from domain.errors import ConfigurationError, ItemTroubleError, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known, Opened, Reach, nothing_known
from scanner.sources.imap.connections import TRIES, Connections
from scanner.sources.imap.content import LargeMessage, batches, beginning, contents, piece
from scanner.sources.imap.folders import Mailbox
from scanner.sources.imap.listing import Found, is_replaced, listing_of, shut_items, survey
from scanner.sources.imap.messages import PIECE, item_of, numbers_of
from scanner.sources.imap.reach import reach_of
from scanner.sources.imap.responses import GarbledError
from scanner.sources.imap.session import Session
from scanner.sources.imap.settings import ImapSettings
from scanner.sources.imap.wire import ConnectionLostError, RefusedError
from scanner.sources.mail_policy import CONTENT_OFF, MailPolicy
from scanner.sources.unreachable import SourceUnreachableError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImapSource:
    """The mailboxes that the settings allow. Any number of threads may list, open and fetch at once.

    Where no connection comes about, SourceUnreachableError is raised from whatever was asked for.
    """

    name: str
    settings: ImapSettings
    policy: MailPolicy = field(default_factory=MailPolicy)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False, compare=False)
    _connections: Connections = field(init=False, repr=False, compare=False)
    _names: dict[str, Mapping[bytes, bytes]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The server's names for the folders of each mailbox, by their locators."""

    _mailboxes: Mapping[bytes, Mailbox] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        mailboxes = {mailbox.locator: mailbox for mailbox in self.settings.allowed()}
        if any(each.is_shared and self.policy.problem_of(each.names) is not None for each in mailboxes.values()):
            raise ConfigurationError("An IMAP source names a folder that its mail policy keeps closed: take it out.")
        object.__setattr__(self, "_mailboxes", mailboxes)
        object.__setattr__(self, "_connections", Connections(self.name, self.settings, self.sleep))

    @property
    def connections(self) -> int:
        return self.settings.connections

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        """Mailbox by mailbox, folders in the order of their names, after a look at all of them.

        A folder or mailbox that is closed, that this login may not enter or that is suddenly bare is an item where it
        lies, and what it held is unknown. Where that is so of every mailbox, the source is unreachable.
        """
        entered: dict[bytes, Sequence[Found]] = {}
        refused: dict[bytes, Item] = {}
        for locator, mailbox in self._mailboxes.items():
            try:
                entered[locator] = self._entered(mailbox, known)
            except ItemTroubleError as trouble:
                ref = ItemRef(self.name, locator)
                refused[locator] = Item(ref, ItemKind.FOLDER, problem=trouble.problem, owner=mailbox.account)
        if not entered:
            raise SourceUnreachableError(self.name, "lets this account into none of its mailboxes")
        above = {
            b"/".join(path.split(b"/")[:depth])
            for path in (*entered, *refused)
            for depth in range(path.count(b"/") + 1)
        }
        for folder in sorted(above | entered.keys(), key=lambda folder: folder.split(b"/")):
            if folder in above:
                yield Listing(folder, tuple(item for item in refused.values() if item.ref.folder == folder))
            for each in entered.pop(folder, ()):
                yield self._listed(each, known(each.locator))

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        """One message, the first piece of it at once and the rest as it is read. It never changes under the reader."""
        at = self._address(item.ref)
        told = self._asked(at.mailbox, lambda session: beginning(session, at.folder, at.uidvalidity, at.uid))
        if told is None or b"BODY[]<0>" not in told:
            raise ItemTroubleError(ProblemCode.VANISHED)
        now, first = item_of(item.ref, told, at.mailbox.account), told[b"BODY[]<0>"]
        if len(first) < PIECE:
            with BytesIO(first) as file:
                yield Opened(file, now.version, min(len(first), now.size))
            return

        def more(start: int) -> bytes | None:
            return self._asked(at.mailbox, lambda session: piece(session, at.folder, at.uidvalidity, at.uid, start))

        with BufferedReader(LargeMessage(first, now.size, more)) as large:
            yield Opened(large, now.version, now.size)

    def fetch(self, items: Sequence[Item]) -> Iterator[tuple[Item, bytes | ItemTroubleError]]:
        """The bytes of each message, or its trouble; those of one folder come together, in few answers.

        Where an answer breaks off or is refused it is asked for again in halves, so that one message that a server
        cannot give does not keep back its neighbours.
        """
        folders: dict[tuple[Mailbox, bytes, int], list[tuple[Item, _Address]]] = {}
        for item in items:
            try:
                at = self._address(item.ref)
            except ItemTroubleError as trouble:
                yield item, trouble
            else:
                folders.setdefault((at.mailbox, at.folder, at.uidvalidity), []).append((item, at))
        for together in folders.values():
            for run in batches([item.size for item, _ in together]):
                yield from self._fetched(together[run])

    def reach(self) -> Iterator[Reach]:
        """How far this account gets in each mailbox, and what it could change there."""
        for mailbox in self._mailboxes.values():
            try:
                found = self._survey(mailbox)
                yield self._asked(mailbox, partial(reach_of, title=mailbox.title, found=found))
            except ItemTroubleError as trouble:
                yield Reach(mailbox.title, problem=trouble.problem)

    def close(self) -> None:
        self._connections.close()

    def _entered(self, mailbox: Mailbox, known: Known) -> Sequence[Found]:
        found = self._survey(mailbox)
        if is_replaced(found, known):
            raise ItemTroubleError(ProblemCode.VANISHED)
        return found

    def _survey(self, mailbox: Mailbox) -> Sequence[Found]:
        """Raises ItemTroubleError."""
        found = self._asked(mailbox, lambda session: survey(session, mailbox, self.policy))
        self._names[mailbox.title] = {each.locator: each.name for each in found if each.name is not None}
        return found

    def _listed(self, found: Found, state: bytes) -> Listing:
        told: dict[bytes, Item] = {}  # Where the connection is lost, the next one goes on behind these.
        try:
            return self._asked(found.mailbox, lambda session: listing_of(session, self.name, found, state, told))
        except ItemTroubleError as trouble:
            shut = tuple(shut_items(self.name, found))
            return Listing(found.locator, shut, complete=False, problem=trouble.problem)

    def _fetched(self, together: Sequence[tuple[Item, _Address]]) -> Iterator[tuple[Item, bytes | ItemTroubleError]]:
        pending = [together]
        while pending:
            batch = pending.pop()
            try:
                told = self._contents(batch)
            except ItemTroubleError as trouble:
                if len(batch) == 1:
                    yield batch[0][0], trouble
                else:
                    pending += [batch[len(batch) // 2 :], batch[: len(batch) // 2]]
            else:
                yield from told

    def _contents(self, batch: Sequence[tuple[Item, _Address]]) -> Sequence[tuple[Item, bytes | ItemTroubleError]]:
        item, at = batch[0]
        if len(batch) == 1 and item.size > PIECE:
            with self.open(item) as opened:
                return [(item, opened.file.read())]
        uids = [each.uid for _, each in batch]
        tries = TRIES if len(batch) == 1 else 1
        told = self._asked(at.mailbox, lambda session: contents(session, at.folder, at.uidvalidity, uids), tries)
        return [(item, told.get(at.uid, ItemTroubleError(ProblemCode.VANISHED))) for item, at in batch]

    def _address(self, ref: ItemRef) -> _Address:
        """Raises ItemTroubleError where the policy does not allow what a message says, or it is not there."""
        if not self.policy.content:
            raise ItemTroubleError(CONTENT_OFF.code, CONTENT_OFF.limit)
        numbers, mailbox = numbers_of(ref.name), self._mailbox(ref.folder)
        if numbers is None or mailbox is None:
            raise ItemTroubleError(ProblemCode.VANISHED)
        if mailbox.title not in self._names:
            self._survey(mailbox)
        folder = self._names[mailbox.title].get(ref.folder)
        if folder is None:
            raise ItemTroubleError(ProblemCode.VANISHED)
        return _Address(mailbox, folder, *numbers)

    def _mailbox(self, folder: bytes) -> Mailbox | None:
        while folder and folder not in self._mailboxes:
            folder = folder.rpartition(b"/")[0]
        return self._mailboxes.get(folder)

    def _asked(self, mailbox: Mailbox, work: Callable[[Session], T], tries: int = TRIES) -> T:
        """What the work gives. Raises ItemTroubleError where the server does not play its part."""
        try:
            return self._connections.persist(mailbox.login, work, tries)
        except ConnectionLostError as error:
            raise ItemTroubleError(ProblemCode.VANISHED) from error
        except GarbledError as error:
            raise ItemTroubleError(ProblemCode.CORRUPT) from error
        except RefusedError as error:
            raise ItemTroubleError(error.code) from error


@dataclass(frozen=True, slots=True)
class _Address:
    mailbox: Mailbox
    folder: bytes
    uidvalidity: int
    uid: int
