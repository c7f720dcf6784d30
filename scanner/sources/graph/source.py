"""Mailboxes, OneDrives and SharePoint document libraries by Microsoft Graph. Nothing there is changed.

A locator is `<mailbox>/<folder>/<name>.eml`, `OneDrive/<person>/<path>` or `<site>/<library>/<path>`. What a message
says is read only where the mail policy allows that.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from itertools import islice
from threading import Lock
from typing import Any, Protocol

from domain.access import Right
from domain.errors import ItemTroubleError, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known, Opened, Reach, nothing_known
from scanner.sources.graph.client import GraphClient
from scanner.sources.graph.drive_items import drive_item
from scanner.sources.graph.drive_rights import rights_now
from scanner.sources.graph.drives import DriveTree
from scanner.sources.graph.mailboxes import MailTree
from scanner.sources.graph.message_ids import MessageIds
from scanner.sources.graph.messages import FACTS, message_item
from scanner.sources.graph.names import in_order
from scanner.sources.graph.rights import changing, too_wide
from scanner.sources.graph.settings import GraphSettings
from scanner.sources.imap.content import LargeMessage
from scanner.sources.imap.messages import PIECE
from scanner.sources.mail_policy import CONTENT_OFF, MailPolicy
from scanner.sources.unreachable import SourceUnreachableError

_BY_EXCHANGE = "as far as its token shows: roles that Exchange gives (RBAC for Applications) are not in it"
_MOST_AT_ONCE = 256 * 1024 * 1024
"""Bytes of what is fetched whole; no mailbox takes a message as large."""


class _Tree(Protocol):
    """A mailbox, or the drives of one owner; its places are listed one by one."""

    @property
    def locator(self) -> bytes: ...
    def places(self) -> Sequence[Any]: ...
    def known_of(self, place: Any, known: Known, /) -> bytes: ...
    def listed(self, place: Any, state: bytes, /) -> Iterable[Listing]: ...


@dataclass(frozen=True, slots=True)
class GraphSource:
    """What the settings name. Any number of threads may list, open and fetch at once.

    Where Graph cannot be reached or does not let the application in, SourceUnreachableError is raised from whatever was
    asked for.
    """

    name: str
    settings: GraphSettings
    policy: MailPolicy = field(default_factory=MailPolicy)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False, compare=False)
    _open: list[_Session] = field(default_factory=list, init=False, repr=False, compare=False)
    _lock: Any = field(default_factory=Lock, init=False, repr=False, compare=False)

    @property
    def connections(self) -> int:
        return self.settings.connections

    @property
    def lanes(self) -> int:
        """Mailboxes and drives are slowed down each by itself."""
        return len(self._session().trees)

    def lane(self, item: Item) -> bytes:
        """The mailbox or drive that an item lies in."""
        tree = self._holding(self._session(), item.ref)
        return b"" if tree is None else tree.locator

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        """Folder by folder, of several mailboxes and drives in turn. A folder that is closed is an item where it lies.

        A mailbox or drive that cannot be entered is a listing with that problem; where each of them refuses this
        application, the source is unreachable.
        """
        trees = self._session().trees
        yield from (Listing(folder, ()) for folder in _above(trees))
        refused = 0
        for listing in _in_turn(list(trees.values()), known, self.connections):
            is_refusal = listing.problem is not None and listing.problem.code is ProblemCode.DENIED
            refused += is_refusal and listing.folder in trees
            yield listing
        if refused == len(trees):
            raise SourceUnreachableError(self.name, "refuses this application every mailbox and drive")

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        """One item, in the version that it has now: whole, but a large file of a drive as it is read."""
        session = self._session()
        tree = self._tree_of(session, item.ref)
        if isinstance(tree, MailTree):
            address = tree.message(item.ref)
            now = message_item(item.ref, session.client.ask(tree.mailbox, f"{address}?{FACTS}"), tree.mailbox)
            content = session.client.whole(tree.mailbox, f"{address}/$value", _MOST_AT_ONCE)
            yield Opened(BytesIO(content), now.version, min(len(content), now.size))
        else:
            address = tree.address_of(item.ref)
            now = _told_now(session.client, tree, address, item.ref)
            if now.size <= PIECE:
                content = session.client.whole(tree.title, f"{address}:/content", _MOST_AT_ONCE)
                yield Opened(BytesIO(content), now.version, min(len(content), now.size))
                return
            with BufferedReader(_large(session.client, tree, address, now.size)) as large:
                yield Opened(large, now.version, now.size)
            if _told_now(session.client, tree, address, item.ref).version != now.version:
                raise ItemTroubleError(ProblemCode.CHANGED)

    def fetch(self, items: Sequence[Item]) -> Iterator[tuple[Item, bytes | ItemTroubleError]]:
        """The bytes of each item, or its trouble."""
        session = self._session()
        for item in items:
            try:
                tree = self._tree_of(session, item.ref)
                if isinstance(tree, MailTree):
                    lane, address = tree.mailbox, f"{tree.message(item.ref)}/$value"
                else:
                    lane, address = tree.title, f"{tree.address_of(item.ref)}:/content"
                content = session.client.whole(lane, address, _MOST_AT_ONCE)
            except ItemTroubleError as trouble:
                yield item, trouble
            else:
                yield item, content

    def rights_now(self, ref: ItemRef) -> tuple[Right, ...] | None:
        """Of an item of a drive; None of a message, which is its mailbox's. Raises ItemTroubleError."""
        session = self._session()
        tree = self._tree_of(session, ref)
        return rights_now(session.client, tree, ref) if isinstance(tree, DriveTree) else None

    def reach(self) -> Iterator[Reach]:
        """How far this application gets in each mailbox and drive, and what its permissions would let it change."""
        session = self._session()
        roles = session.client.roles()
        could = None if roles is None else changing(roles)
        for tree in session.trees.values():
            is_mail = isinstance(tree, MailTree)
            title = tree.mailbox if isinstance(tree, MailTree) else tree.title
            try:
                places = tree.places()
            except ItemTroubleError as trouble:
                yield Reach(title, problem=trouble.problem)
            else:
                unread = _refused_in(places) if is_mail else 0
                wide, unseen = (too_wide(roles or ()), _BY_EXCHANGE) if is_mail else ((), "")
                yield Reach(title, len(places) + unread, unread, None, could, wide, unseen)

    def close(self) -> None:
        with self._lock:
            while self._open:
                self._open.pop().client.close()

    def _session(self) -> _Session:
        with self._lock:
            if not self._open:
                client = GraphClient(self.name, self.settings, self.sleep)
                self._open.append(_Session(client, _trees(self.name, self.settings, self.policy, client)))
            return self._open[-1]

    def _tree_of(self, session: _Session, ref: ItemRef) -> MailTree | DriveTree:
        """Raises ItemTroubleError where the policy does not allow what a message says, or nothing lies there."""
        tree = self._holding(session, ref)
        if tree is None:
            raise ItemTroubleError(ProblemCode.VANISHED)
        if isinstance(tree, MailTree) and not self.policy.content:
            raise ItemTroubleError(CONTENT_OFF.code, CONTENT_OFF.limit)
        return tree

    def _holding(self, session: _Session, ref: ItemRef) -> MailTree | DriveTree | None:
        parts = ref.folder.split(b"/")
        found = (session.trees.get(b"/".join(parts[:depth])) for depth in range(1, len(parts) + 1))
        return next((tree for tree in found if tree is not None), None)


def _refused_in(places: Sequence[Any]) -> int:
    """Folders of a mailbox that could not be entered; what its policy keeps closed was not tried."""
    shut = (item.problem for place in places for item in place.closed if item.kind is ItemKind.FOLDER)
    return sum(problem is not None and problem.code is not ProblemCode.LIMIT for problem in shut)


@dataclass(frozen=True, slots=True)
class _Session:
    client: GraphClient
    trees: Mapping[bytes, MailTree | DriveTree]
    """By their locators, in the order in which they are listed."""


def _trees(
    source: str, settings: GraphSettings, policy: MailPolicy, client: GraphClient
) -> dict[bytes, MailTree | DriveTree]:
    ids = MessageIds()
    trees: list[MailTree | DriveTree] = [
        MailTree(source, mailbox, client, policy, ids, settings.archives) for mailbox in settings.mailboxes
    ]
    trees += [DriveTree(source, title, client) for title in (*settings.onedrives, *settings.sites)]
    found = {tree.locator: tree for tree in trees}
    return {locator: found[locator] for locator in in_order(found)}


def _above(locators: Iterable[bytes]) -> Sequence[bytes]:
    """The source's own folder and all others that only hold mailboxes and drives."""
    paths = [locator.split(b"/") for locator in locators]
    return in_order({b"/".join(path[:depth]) for path in paths for depth in range(len(path))})


def _told_now(client: GraphClient, tree: DriveTree, address: str, ref: ItemRef) -> Item:
    now = drive_item(ref, client.ask(tree.title, address), tree.owner)
    if now.problem is not None:
        raise ItemTroubleError(now.problem.code)
    return now


def _large(client: GraphClient, tree: DriveTree, address: str, size: int) -> LargeMessage:
    def more(start: int) -> bytes:
        if start >= size:
            return b""
        return client.piece(tree.title, f"{address}:/content", start, PIECE)

    return LargeMessage(more(0), size, more)


def _in_turn(trees: Sequence[_Tree], known: Known, width: int) -> Iterator[Listing]:
    """The listings of so many trees at a time, one place of each in turn, but none waits for a tree that is slow; what
    is known is asked for in this thread.
    """
    pool = ThreadPoolExecutor(width, "graph-list")
    try:
        waiting = (_Progress(pool, tree, known) for tree in trees)
        active = deque(islice(waiting, width))
        while active:
            if not any(each.is_ready for each in active):
                wait([coming for each in active if (coming := each.coming)], return_when=FIRST_COMPLETED)
            progress = next(each for each in active if each.is_ready)
            active.remove(progress)
            listings = progress.take()
            if listings is None:
                active.extend(islice(waiting, 1))
            else:
                active.append(progress)
                yield from listings
    finally:
        pool.shutdown(cancel_futures=True)


class _Progress:
    """How far a tree is listed: one step ahead of what was taken."""

    def __init__(self, pool: ThreadPoolExecutor, tree: _Tree, known: Known) -> None:
        self._pool, self._tree, self._known = pool, tree, known
        self._found: Future[Sequence[Any]] | None = pool.submit(tree.places)
        self._rest: deque[Any] = deque()
        self._coming: Future[Iterable[Listing]] | None = None

    @property
    def coming(self) -> Future[Any] | None:
        """What is under way; None at its end."""
        return self._found or self._coming

    @property
    def is_ready(self) -> bool:
        return self.coming is None or self.coming.done()

    def take(self) -> Iterable[Listing] | None:
        """The next listings; None where there are no more."""
        if self._found is not None:
            return self._begun(self._found)
        if self._coming is None:
            return None
        listings = self._coming.result()
        self._step()
        return listings

    def _begun(self, found: Future[Sequence[Any]]) -> Iterable[Listing]:
        """A listing of the tree's own folder where it is none of its places."""
        self._found = None
        locator = self._tree.locator
        try:
            self._rest.extend(found.result())
        except ItemTroubleError as trouble:
            return [Listing(locator, (), complete=False, problem=trouble.problem)]
        is_place = any(place.locator == locator for place in self._rest)
        self._step()
        return [] if is_place else [Listing(locator, ())]

    def _step(self) -> None:
        self._coming = None
        if self._rest:
            place = self._rest.popleft()
            self._coming = self._pool.submit(self._tree.listed, place, self._tree.known_of(place, self._known))
