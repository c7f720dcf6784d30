"""Mailboxes that are kept as files: Maildirs, mbox and PST, and trees of messages, each with the owner it is named for.

The files are read with the care of the filesystem source, which this one is made of.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing, readable
from scanner.source import Known, Opened, nothing_known
from scanner.sources.descriptors import OpenFolders, closing_descriptor, open_listing, open_root
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.mail_places import STORE, folder_names
from scanner.sources.mail_policy import CLOSED, CONTENT_OFF, MailPolicy
from scanner.sources.maildir import is_part, messages, version_of, without_flags
from scanner.sources.trouble import named_trouble

_KEPT = 4


@dataclass(frozen=True, slots=True)
class MailFileSource:
    """The mailboxes below `root`. The first name in a locator is the owner's, unless `owners` names another for it or
    for a longer path.

    A folder whose name keeps it closed is an item where it lies, and nothing below it is listed; an mbox or PST of such
    a name is an item with that problem.
    """

    name: str
    root: bytes
    owners: Mapping[str, str] = field(default_factory=dict, repr=False)
    policy: MailPolicy = field(default_factory=MailPolicy)
    _messages: dict[bytes, Mapping[bytes, bytes]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Of the Maildirs opened last, where each message lies, by the name that it goes by."""

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:  # noqa: ARG002
        """As the filesystem source, with the messages of a Maildir by their names without flags."""
        listings = FilesystemSource(self.name, self.root).list()
        first = next(listings)
        with self._folders() as folders:
            for listing in chain((first,), listings):
                if self._problem(listing.folder) is None:
                    yield self._told(folders, listing)

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        """As the filesystem source. A message of a Maildir is found again under whatever flags it has by now."""
        folder = item.ref.folder
        problem = self._problem(folder) or self._store_problem(item.ref)
        if problem is None and not self.policy.content:
            problem = CONTENT_OFF
        if problem is not None:
            raise ItemTroubleError(problem.code, problem.limit)
        with ExitStack() as stack:
            try:
                opened = stack.enter_context(self._opened(item))
            except ItemTroubleError as trouble:
                if trouble.problem.code is not ProblemCode.VANISHED or self._messages.pop(folder, None) is None:
                    raise
                opened = stack.enter_context(self._opened(item))
            if folder in self._messages:
                facts = os.fstat(opened.file.fileno())
                opened = replace(opened, version=version_of(facts.st_size, facts.st_mtime_ns // 10**9))
            yield opened

    def _told(self, folders: OpenFolders, listing: Listing) -> Listing:
        items = without_flags(listing.items) if is_part(folders, listing.folder) else listing.items
        found = {item.ref.locator: self._owned(item) for item in items}
        found |= {item.ref.locator: item for item in self._closed(folders, listing.folder)}
        return replace(listing, items=tuple(found[locator] for locator in sorted(found)), state=b"")

    def _owned(self, item: Item) -> Item:
        owner = self._owner(item.ref.locator) or item.owner
        return replace(item, owner=owner, problem=item.problem or self._store_problem(item.ref))

    def _closed(self, folders: OpenFolders, folder: bytes) -> Iterator[Item]:
        """The folders in a folder that stay closed, each as an item."""
        with (
            suppress(OSError),  # The listing itself has met this and says so.
            closing_descriptor(open_listing(folders.open(folder))) as opened,
            os.scandir(opened) as entries,
        ):
            for name in [os.fsencode(entry.name) for entry in entries if entry.is_dir(follow_symlinks=False)]:
                locator = folder + b"/" + name if folder else name
                problem = self._problem(locator)
                if problem is not None:
                    ref = ItemRef(self.name, locator)
                    yield Item(ref, ItemKind.FOLDER, problem=problem, owner=self._owner(locator))

    def _opened(self, item: Item) -> AbstractContextManager[Opened]:
        ref = replace(item.ref, locator=self._place(item.ref))
        return FilesystemSource(self.name, self.root).open(replace(item, ref=ref))

    def _place(self, ref: ItemRef) -> bytes:
        """The locator of the file as it is called now."""
        folder = ref.folder
        if folder.endswith((b"cur", b"new")) and folder not in self._messages:
            with self._folders() as folders:
                if is_part(folders, folder):
                    self._messages[folder] = messages(folders, folder)
            while len(self._messages) > _KEPT:
                self._messages.pop(next(iter(self._messages)), None)
        return self._messages.get(folder, {}).get(ref.name, ref.locator)

    @contextmanager
    def _folders(self) -> Iterator[OpenFolders]:
        with named_trouble():
            root = open_root(self.root)
        with closing_descriptor(root), OpenFolders(root) as folders:
            yield folders

    def _problem(self, folder: bytes) -> Problem | None:
        """What keeps a folder closed, by its own name and those of the folders that it lies in."""
        owner, *names = [name for part in folder.split(b"/") for name in folder_names(part)]
        return CLOSED if self.policy.closes(owner) else self.policy.problem_of(names)

    def _store_problem(self, ref: ItemRef) -> Problem | None:
        """What keeps a file of many messages closed: its name is that of a folder."""
        is_store = STORE.fullmatch(readable(ref.name)) is not None
        return CLOSED if is_store and self.policy.closes(readable(ref.name)) else None

    def _owner(self, locator: bytes) -> str | None:
        names = [readable(name) for name in locator.split(b"/")]
        for depth in range(len(names), 0, -1):
            if (owner := self.owners.get("/".join(names[:depth]))) is not None:
                return owner
        store = STORE.fullmatch(names[0])
        if len(names) > 1:
            return names[0]
        return (store["named"] or store["plain"]) if store else None
