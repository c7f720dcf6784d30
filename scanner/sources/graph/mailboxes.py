"""A mailbox as a tree of folders, each of which is listed by what changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known
from scanner.sources.graph.client import GraphClient, ResyncError, Told, values_of
from scanner.sources.graph.message_ids import MessageIds
from scanner.sources.graph.messages import FACTS, message_item, message_name
from scanner.sources.graph.names import below, component, digest, in_address, in_order, text_of
from scanner.sources.mail_policy import MailPolicy

ARCHIVE = b"In-Place Archive"
_ROOT, _ARCHIVE_ROOT = "msgfolderroot", "archivemsgfolderroot"
_USES = {
    "\\archive": "archive", "\\drafts": "drafts", "\\junk": "junkemail", "\\sent": "sentitems",
    "\\trash": "deleteditems",
}  # fmt: skip
"""Graph's well-known names of folders by their special use (RFC 6154)."""
_MOST_FOLDERS = 50_000
_FORM = 1
_SEARCH_FOLDER = "#microsoft.graph.mailSearchFolder"


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder of a mailbox; `closed` are the items that stand for what is not listed below it."""

    locator: bytes
    id: str
    closed: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class MailTree:
    """A person's or shared mailbox, with its archive where Graph shows one."""

    source: str
    mailbox: str
    client: GraphClient
    policy: MailPolicy
    ids: MessageIds
    archive: bool
    folders: dict[bytes, str] = field(default_factory=dict)
    """The ids of the folders that were found, by their locators."""

    @property
    def locator(self) -> bytes:
        return component(self.mailbox)

    def places(self) -> Sequence[MailFolder]:
        """The folders, those that are closed only named where they lie. Raises ItemTroubleError."""
        found = _Folders(self)
        found.walk(self.locator, _ROOT, ())
        if self.archive:
            found.walk_archive(below(self.locator, ARCHIVE))
        places = found.in_order()
        self.folders.update((place.locator, place.id) for place in places)
        return places

    def known_of(self, place: MailFolder, known: Known) -> bytes:
        return known(place.locator)

    def listed(self, place: MailFolder, state: bytes) -> Iterable[Listing]:
        """What changed in a folder since the state, or all that is in it."""
        try:
            try:
                return [self._changes(place, state)]
            except ResyncError:
                return [self._changes(place, b"")]
        except ItemTroubleError as trouble:
            return [Listing(place.locator, place.closed, complete=False, problem=trouble.problem)]

    def message(self, ref: ItemRef) -> str:
        """The address of a message. Raises ItemTroubleError where there is none in an open folder of that locator."""
        told = self.ids.of(ref.folder, ref.name, lambda: self._ids_in(ref.folder))
        if told is None:
            raise ItemTroubleError(ProblemCode.VANISHED)
        return self.address(f"messages/{in_address(told)}")

    def address(self, rest: str = "") -> str:
        return f"users/{in_address(self.mailbox)}/{rest}"

    def _changes(self, place: MailFolder, state: bytes) -> Listing:
        form = _form(place)
        link = state.removeprefix(form).decode() if state.startswith(form) else ""
        start = self.address(f"mailFolders/{in_address(place.id)}/messages/delta?{FACTS}")
        items: dict[bytes, Item | None] = {}
        ids: dict[bytes, str] = {}
        after = ""
        for page in self.client.pages(self.mailbox, link or start, "odata.maxpagesize=500"):
            for told in values_of(page):
                key = text_of(told.get("id"))
                name = message_name(key)
                is_gone = "@removed" in told
                items[name] = None if is_gone else self._item(below(place.locator, name), told)
                ids[name] = key
            after = text_of(page.get("@odata.deltaLink"))
        self.ids.learn(place.locator, ids)
        present = [item for item in items.values() if item is not None]
        return Listing(
            place.locator,
            tuple(sorted((*present, *place.closed), key=lambda item: item.ref.locator)),
            state=form + after.encode() if after else b"",
            since_known=bool(link),
            gone=tuple(sorted(name for name, item in items.items() if item is None)) if link else (),
        )

    def _item(self, locator: bytes, told: Told) -> Item:
        return message_item(ItemRef(self.source, locator), told, self.mailbox)

    def _ids_in(self, folder: bytes) -> Mapping[bytes, str]:
        if folder not in self.folders:
            self.places()
        if folder not in self.folders:
            raise ItemTroubleError(ProblemCode.VANISHED)
        address = self.address(f"mailFolders/{in_address(self.folders[folder])}/messages?$select=id&$top=1000")
        ids = (text_of(told.get("id")) for told in self.client.values(self.mailbox, address))
        return {message_name(told): told for told in ids}


def _form(place: MailFolder) -> bytes:
    """What a state begins with: another folder may come to have this one's name."""
    return b"%d %b " % (_FORM, digest(place.id).hex().encode())


class _Folders:
    """Walks the folders of a mailbox; two that would share a locator are told apart by their ids."""

    def __init__(self, tree: MailTree) -> None:
        self._tree = tree
        self._found: dict[bytes, tuple[str, list[Item]]] = {}
        self._uses = self._wanted_uses()

    def walk(self, locator: bytes, root: str, path: tuple[str, ...]) -> None:
        self._found[locator] = root, []
        pending = [(locator, root, path)]
        while pending:
            at, folder, names = pending.pop()
            for told in self._children(folder):
                step = self._step(at, told, (*names, text_of(told.get("displayName"))))
                pending += [step] if step else []
            if len(self._found) > _MOST_FOLDERS:
                raise ItemTroubleError(ProblemCode.LIMIT, "folders")

    def walk_archive(self, locator: bytes) -> None:
        """Graph says 404 of a mailbox without an archive; where it says anything else the archive is left unlisted."""
        try:
            self._tree.client.ask(self._tree.mailbox, self._tree.address(f"mailFolders/{_ARCHIVE_ROOT}?$select=id"))
        except ItemTroubleError as trouble:
            code = trouble.problem.code
            if code is not ProblemCode.VANISHED:
                problem = Problem(ProblemCode.UNSUPPORTED if code is ProblemCode.CORRUPT else code)
                self._close(self._tree.locator, locator, ItemKind.FOLDER, problem)
        else:
            self.walk(locator, _ARCHIVE_ROOT, ())

    def in_order(self) -> list[MailFolder]:
        return [
            MailFolder(locator, self._found[locator][0], tuple(self._found[locator][1]))
            for locator in in_order(self._found)
        ]

    def _children(self, folder: str) -> Iterator[Told]:
        wanted = "$top=250&includeHiddenFolders=true&$select=id,displayName,childFolderCount"
        address = self._tree.address(f"mailFolders/{in_address(folder)}/childFolders?{wanted}")
        return self._tree.client.values(self._tree.mailbox, address)

    def _step(self, at: bytes, told: Told, names: tuple[str, ...]) -> tuple[bytes, str, tuple[str, ...]] | None:
        """A folder that is open goes among those found, and is to be walked where it has folders in it."""
        folder = text_of(told.get("id"))
        locator = below(at, component(names[-1]))
        taken = {ARCHIVE} if at == self._tree.locator else set()
        if locator in self._found or component(names[-1]) in taken:
            locator += b"~" + digest(folder).hex().encode()
        if told.get("@odata.type") == _SEARCH_FOLDER:
            # What a search found lies in other folders.
            self._close(at, locator, ItemKind.OTHER, Problem(ProblemCode.LINK))
            return None
        problem = self._tree.policy.problem_of(names, self._uses.get(folder, ()))
        if problem is not None:
            self._close(at, locator, ItemKind.FOLDER, problem)
            return None
        self._found[locator] = folder, []
        return (locator, folder, names) if told.get("childFolderCount") != 0 else None

    def _close(self, at: bytes, locator: bytes, kind: ItemKind, problem: Problem) -> None:
        ref = ItemRef(self._tree.source, locator)
        self._found[at][1].append(Item(ref, kind, problem=problem, owner=self._tree.mailbox))

    def _wanted_uses(self) -> Mapping[str, Sequence[str]]:
        """The special uses that the policy leaves out, by the ids of the folders that have them."""
        uses: dict[str, list[str]] = {}
        for use in sorted({name.casefold() for name in self._tree.policy.excluded} & _USES.keys()):
            address = self._tree.address(f"mailFolders/{_USES[use]}?$select=id")
            try:
                folder = text_of(self._tree.client.ask(self._tree.mailbox, address).get("id"))
            except ItemTroubleError as trouble:
                if trouble.problem.code is not ProblemCode.VANISHED:
                    raise
            else:
                uses.setdefault(folder, []).append(use)
        return uses
