"""Mailboxes of Microsoft 365 from which messages are moved into a hidden folder of the mailbox, and purged there.

A message keeps its immutable id wherever in its mailbox it lies, so what is found is the same. What is purged goes
among the recoverable items, which Exchange keeps for as long as the tenant says: a plain delete would leave it
where its owner can bring it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from domain.disposal import Disposal, Planned, Refusal, RefusedFileError
from domain.errors import ItemTroubleError, ProblemCode
from domain.item import ItemRef
from operations.access import RefusedError
from operations.disposal.graph_client import MovingClient
from operations.disposal.holding import Promise, SourceLostError
from operations.disposal.mail import Message
from scanner.sources.graph.client import BrokenOffError, Told
from scanner.sources.graph.mailboxes import ARCHIVE, MailTree
from scanner.sources.graph.messages import FACTS, message_item, message_name
from scanner.sources.graph.names import below, in_address, text_of
from scanner.sources.unreachable import SourceUnreachableError

_MOST = 256 * 1024 * 1024
_ROOT = "msgfolderroot"
_DEEPEST = 300  # Exchange has no deeper folders.
_NAME = re.compile(rb"[0-9a-f]{16}\.eml")
_REFUSALS = {
    ProblemCode.DENIED: Refusal.DENIED, ProblemCode.VANISHED: Refusal.GONE, ProblemCode.LOCKED: Refusal.BUSY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GraphPost:
    """`trees` are the mailboxes by their locators. Drives are none: what lies in them is refused."""

    source: str
    client: MovingClient
    trees: Mapping[bytes, MailTree]
    quarantine: str
    moves: bool = True
    _quarantines: dict[bytes, str] = field(default_factory=dict, init=False, repr=False)

    @property
    def promise(self) -> Promise:
        return Promise(
            f"quarantine in the hidden folder '{self.quarantine}' of each mailbox, put back by moving; drives refuse",
            "what Exchange keeps of purged messages among recoverable items, for as long as the tenant says or a hold "
            "of its own lasts",
        )

    def refuse_unsafe(self) -> None:
        """Raises RefusedError where there is no mailbox, or the application that disposes is not let in."""
        if not self.trees:
            raise RefusedError(
                f"The source {self.source!r} names no mailbox, and files of OneDrive and SharePoint cannot be disposed "
                "of here. Give others the manifest: muniment dispose export"
            )
        try:
            tree = next(iter(self.trees.values()))
            with self._refusing():
                self.client.ask(tree.mailbox, tree.address(f"mailFolders/{_ROOT}?$select=id"))
        except SourceLostError as lost:
            raise RefusedError(str(lost)) from lost
        except RefusedFileError as refused:
            raise RefusedError(
                f"Graph does not let in the application that disposes of {self.source!r}. Check dispose_client and "
                "its secret or certificate, and that it has Mail.ReadWrite in these mailboxes."
            ) from refused

    def close(self) -> None:
        self.client.close()

    def placed(self, planned: Planned) -> Message:
        tree = self._tree(planned)
        folder = self._folder(tree, planned.ref.folder)
        found = self._looked_up(tree, folder, planned, b"")
        if found is None:
            raise RefusedFileError(Refusal.GONE)
        return found

    def lying(self, one: Disposal, number: bytes = b"") -> Message | None:
        tree = self._tree(one.planned)
        folder = self._quarantine(tree)
        if folder is None and number:
            raise RefusedFileError(Refusal.UNREADABLE)  # Renamed, or not to be seen: no proof that it is gone.
        return self._looked_up(tree, folder, one.planned, number)

    def returned(self, one: Disposal, locator: bytes, number: bytes = b"") -> Message | None:
        tree = self._tree(one.planned)
        folder = self._folder(tree, _folder_of(locator))
        return self._looked_up(tree, folder, one.planned, number or one.kept)

    def content(self, message: Message) -> bytes:
        tree = self.trees[message.mailbox]
        with self._refusing():
            return self.client.whole(tree.mailbox, f"{_address(tree, message)}/$value", _MOST)

    def put_away(self, message: Message) -> bytes:
        tree = self.trees[message.mailbox]
        return self._moved(tree, message, self._quarantine(tree) or self._made(tree))

    def bring_back(self, message: Message, locator: bytes) -> bytes:
        tree = self.trees[message.mailbox]
        folder = self._folder(tree, _folder_of(locator))
        if folder is None:
            raise RefusedFileError(Refusal.FOLDER_GONE)
        return self._moved(tree, message, folder)

    def remove(self, message: Message) -> None:
        tree = self.trees[message.mailbox]
        with self._refusing():
            self.client.order(tree.mailbox, f"{_address(tree, message)}/permanentDelete", {})
        if self._lies_in(tree, message.number) == message.folder.decode():
            raise RefusedFileError(Refusal.NOT_GONE)

    def unmark(self, message: Message) -> None:
        """Nothing is marked before it is removed."""

    def taken_out(self, one: Disposal) -> bool:
        """In any folder that its owner sees: what was removed may be shown too, among the recoverable items."""
        tree = self._tree(one.planned)
        folder = self._lies_in(tree, one.kept) if one.kept else ""
        return bool(folder) and self._is_seen(tree, folder)

    def numbers(self, mailbox: bytes) -> frozenset[bytes]:
        tree = self.trees[mailbox]
        folder = self._quarantine(tree)
        return frozenset(told.encode() for told in self._ids(tree, folder).values()) if folder else frozenset()

    def mailbox_of(self, planned: Planned) -> bytes:
        return self._tree(planned).locator

    def visited(self) -> frozenset[bytes]:
        return frozenset(self._quarantines)

    def _moved(self, tree: MailTree, message: Message, folder: str) -> bytes:
        """Asked for once: where it was not told what came of it, b"", and whoever asked looks for it."""
        with self._refusing():
            try:
                told = self.client.order(tree.mailbox, f"{_address(tree, message)}/move", {"destinationId": folder})
            except SourceUnreachableError:
                return b""
            except ItemTroubleError as trouble:
                if trouble.problem.code in (ProblemCode.DENIED, ProblemCode.VANISHED):
                    raise
                return b""
        return text_of(told.get("id")).encode()

    def _looked_up(self, tree: MailTree, folder: str | None, planned: Planned, number: bytes) -> Message | None:
        """What lies in a folder: under that number, or where that is not known, the one whose id gave its name."""
        if folder is None:
            return None
        key = number.decode() or self._ids(tree, folder).get(planned.ref.name, "")
        told = self._ask(tree, f"messages/{in_address(key)}?{FACTS}") if key else None
        if told is None or text_of(told.get("parentFolderId")) != folder:
            return None
        item = message_item(ItemRef(self.source, planned.ref.locator), told, tree.mailbox)
        return Message(tree.locator, folder.encode(), key.encode(), item.version, item.file_id or "")

    def _lies_in(self, tree: MailTree, number: bytes) -> str:
        """The id of the folder; "" where there is no such message."""
        told = self._ask(tree, f"messages/{in_address(number.decode())}?$select=id,parentFolderId")
        return "" if told is None else text_of(told.get("parentFolderId"))

    def _is_seen(self, tree: MailTree, folder: str) -> bool:
        """Whether it lies below the folder that mail programs show as the top; also where that cannot be told."""
        top = text_of((self._ask(tree, f"mailFolders/{_ROOT}?$select=id") or {}).get("id"))
        for _ in range(_DEEPEST):
            if folder == top:
                return True
            told = self._ask(tree, f"mailFolders/{in_address(folder)}?$select=id,parentFolderId")
            above = "" if told is None else text_of(told.get("parentFolderId"))
            if above in ("", folder):
                return False
            folder = above
        return True

    def _ids(self, tree: MailTree, folder: str) -> Mapping[bytes, str]:
        address = tree.address(f"mailFolders/{in_address(folder)}/messages?$select=id&$top=1000")
        with self._refusing():
            ids = [text_of(told.get("id")) for told in self.client.values(tree.mailbox, address)]
        return {message_name(told): told for told in ids}

    def _folder(self, tree: MailTree, locator: bytes) -> str | None:
        """The id of an open folder; None where there is none."""
        with self._refusing():
            if locator not in tree.folders:
                tree.places()
        known = tree.folders.get(locator)
        told = None if known is None else self._ask(tree, f"mailFolders/{in_address(known)}?$select=id")
        return None if told is None else text_of(told.get("id"))

    def _quarantine(self, tree: MailTree) -> str | None:
        if tree.locator not in self._quarantines:
            address = tree.address(f"mailFolders/{_ROOT}/childFolders?$top=250&includeHiddenFolders=true")
            with self._refusing():
                for told in self.client.values(tree.mailbox, address):
                    if told.get("displayName") == self.quarantine:
                        self._quarantines[tree.locator] = text_of(told.get("id"))
        return self._quarantines.get(tree.locator)

    def _made(self, tree: MailTree) -> str:
        with self._refusing():
            hidden = {"displayName": self.quarantine, "isHidden": True}
            told = self.client.order(tree.mailbox, tree.address("mailFolders"), hidden)
        return text_of(told.get("id"))

    def _ask(self, tree: MailTree, address: str) -> Told | None:
        """None where there is nothing."""
        with self._refusing():
            try:
                return self.client.ask(tree.mailbox, tree.address(address))
            except ItemTroubleError as trouble:
                if trouble.problem.code is ProblemCode.VANISHED:
                    return None
                raise

    def _tree(self, planned: Planned) -> MailTree:
        """Raises RefusedFileError (source) for what lies in a drive, or in an archive, whose messages stay there."""
        folder = planned.ref.folder
        for locator, tree in self.trees.items():
            if folder == locator or folder.startswith(locator + b"/"):
                if (folder + b"/").startswith(below(locator, ARCHIVE) + b"/"):
                    break
                return tree
        raise RefusedFileError(Refusal.SOURCE)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """What Graph says to one request, as it stands for one message."""
        try:
            yield
        except SourceUnreachableError as away:
            raise SourceLostError(self.source) from away
        except BrokenOffError as broken:
            raise RefusedFileError(Refusal.UNREADABLE) from broken
        except ItemTroubleError as trouble:
            raise RefusedFileError(_REFUSALS.get(trouble.problem.code, Refusal.UNREADABLE)) from trouble


def _address(tree: MailTree, message: Message) -> str:
    return tree.address(f"messages/{in_address(message.number.decode())}")


def _folder_of(locator: bytes) -> bytes:
    """A locator is a message's, or the folder that somebody names to have one restored elsewhere."""
    folder, _, name = locator.rpartition(b"/")
    return folder if _NAME.fullmatch(name) else locator
