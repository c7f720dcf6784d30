r"""A share of a Windows file server or of Samba, read over the network by smbprotocol: `\\server\share`.

Locators are the names as Windows has them, in UTF-8 and parted by "/". Nothing is written and nobody is kept from
anything; what a server keeps elsewhere is never brought back; no link is followed but those of DFS, the folders of a
namespace. What a server does not show to anybody is not seen: Samba leaves out names that are not UTF-8. The quarantine
of disposal is not listed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from io import BufferedReader
from operator import attrgetter

from domain.access import Access, Right
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known, Opened, nothing_known
from scanner.sources.smb.facts import Facts, is_made_up, moment
from scanner.sources.smb.file import AHEAD, SmbFile, open_file, trouble_of
from scanner.sources.smb.file_rights import listing_of, read_rights
from scanner.sources.smb.listing import Mark, grants_writing, list_folder, mark
from scanner.sources.smb.passed_over import is_quarantine
from scanner.sources.smb.places import SmbPlaces, is_listable
from scanner.sources.smb.rights_now import rights_now
from scanner.sources.smb.security_descriptor import access_of
from scanner.sources.smb.servers import SmbServers
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.status import (
    PATH_NOT_COVERED,
    AccountRefusedError,
    ConnectionLostError,
    NtStatusError,
    ShareRefusedError,
)
from scanner.sources.smb.together import SMALL, Whole, read_together
from scanner.sources.unreachable import SourceUnreachableError


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to be listed, and where it lies. `mark` is None for a DFS link that nobody has looked behind yet."""

    locator: bytes
    mark: Mark | None
    above: _Folder | None = None

    def is_within(self, mark: Mark) -> bool:
        """Whether the same folder lies above it already, by whatever way."""
        folder: _Folder | None = self
        while folder is not None and mark.file_id:
            if folder.mark == mark:
                return True
            folder = folder.above
        return False


class SmbSource:
    """Connects when it is first asked for something; `close` ends what it has open at the servers.

    Threads may list and open at the same time: `connections` of the settings is how many do so without taking turns.
    """

    def __init__(self, name: str, settings: SmbSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        self.name = name
        self._settings = settings
        self._servers = SmbServers(settings, sleep)
        self._places = SmbPlaces(settings, self._servers)

    def __repr__(self) -> str:
        return f"SmbSource({self.name!r}, {self._settings!r})"

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        """Depth first, names in the order of their bytes. The server is asked for every folder each time; of one that
        looks as is `known` nothing is listed here.

        Raises SourceUnreachableError where there is no root, and where it is lost on the way and does not come back.
        """
        self._servers.hope_again()
        pending = [_Folder(b"", self._root())]
        while pending:
            listing, below = self._listed(pending.pop(), known)
            yield listing
            pending.extend(sorted(below, key=lambda folder: folder.locator, reverse=True))

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        """Reads ahead a megabyte at a time. What a server keeps elsewhere is seen on opening and not read."""
        file = self._file(item.ref.locator)
        with self._servers.using(file.session):
            try:
                with BufferedReader(file, AHEAD) as reading:
                    yield Opened(reading, self._version(file.facts), min(file.facts.size, file.facts.allocated))
            except BaseException:
                file.abandon()
                raise
            after = self._finished(file)
        if file.passing is not None:
            raise file.passing
        if self._moved(file.facts, after):
            raise ItemTroubleError(ProblemCode.CHANGED)

    @property
    def connections(self) -> int:
        return self._settings.connections

    def fetch(self, items: Sequence[Item]) -> Iterator[tuple[Item, bytes | ItemTroubleError]]:
        """The small ones many at a time, in two round trips; whatever is not as simple as that by itself."""
        rest = {item.ref.locator: item for item in items}
        small = [locator for locator, item in rest.items() if item.size <= SMALL and is_listable(locator)]
        together = () if self._settings.restore_access_time else small
        for locator, found in self._places.each(together, read_together):
            if isinstance(found, ConnectionLostError):
                yield rest.pop(locator), trouble_of(found)
            elif isinstance(found, Whole) and not self._moved(found.before, found.after):
                yield rest.pop(locator), found.content
        for item in rest.values():
            yield item, self._read(item)

    def rights_now(self, locator: bytes) -> Iterator[tuple[Right, ...]]:
        """Of every folder on the way and of the file itself. Raises ItemTroubleError."""
        with _named_trouble():
            yield from rights_now(self._places, _listable(locator))

    def may_write(self, folders: Iterable[bytes] = (b"",)) -> bool:
        """Whether the account could add to one of them or delete in it. It is asked for the right, which is not used.

        Raises SourceUnreachableError.
        """
        with self._reaching():
            return any(self._grants_writing(folder) for folder in folders)

    def clock(self) -> datetime | None:
        """What the server's clock showed when it was connected to; None where it does not tell.

        Raises SourceUnreachableError.
        """
        with self._reaching():
            return moment(self._servers.tried(self._settings.server, attrgetter("began")))

    def close(self) -> None:
        self._servers.close()

    def _grants_writing(self, folder: bytes) -> bool:
        try:
            return self._places.at(folder, grants_writing)
        except ShareRefusedError:
            raise
        except NtStatusError:  # It cannot even be found.
            return False

    def _root(self) -> Mark:
        with self._reaching():
            try:
                return self._places.at(b"", mark)
            except ShareRefusedError:
                raise
            except NtStatusError as error:
                denied = error.problem.code is ProblemCode.DENIED
                why = "may not be listed by this account" if denied else "is missing or is not a folder"
                raise SourceUnreachableError(self.name, why) from error

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except AccountRefusedError as error:
            raise SourceUnreachableError(self.name, "is refused: the server does not take the account") from error
        except ShareRefusedError as error:
            denied = error.problem.code is ProblemCode.DENIED
            why = "may not be used by this account" if denied else "is no share of that server"
            raise SourceUnreachableError(self.name, why) from error
        except ConnectionLostError as error:
            raise SourceUnreachableError(self.name, "is out of reach: the server does not answer") from error

    def _listed(self, folder: _Folder, known: Known) -> tuple[Listing, Sequence[_Folder]]:
        """The listing of one folder, and the folders in it that can be listed in their turn."""
        try:
            with self._reaching():
                folder = replace(folder, mark=folder.mark or self._behind(folder))
                listed = self._places.at(folder.locator, list_folder)
        except NtStatusError as error:  # What was not seen is unknown, not gone: the listing says so.
            return Listing(folder.locator, (), complete=False, problem=error.problem), ()
        found: dict[bytes, tuple[Item | _Folder, Facts]] = {}
        for entry in sorted(listed.entries, key=lambda entry: entry.name):
            locator = folder.locator + b"/" + entry.name if folder.locator else entry.name
            if entry.facts.is_folder and is_quarantine(self._places, locator):
                continue
            found[locator] = self._found(folder, locator, entry.facts), entry.facts
        items = {locator: (item, facts) for locator, (item, facts) in found.items() if isinstance(item, Item)}
        below = [inner for inner, _ in found.values() if isinstance(inner, _Folder)]
        access = access_of(listed.descriptor) if listed.descriptor is not None else None
        if listed.problem is None:
            return listing_of(folder.locator, items, access, known(folder.locator), self._rights), below
        told = tuple(item for item, _ in items.values())
        return Listing(folder.locator, told, complete=False, problem=listed.problem, access=access), below

    def _rights(self, owed: Sequence[bytes]) -> Mapping[bytes, Access | None]:
        """The rights of those that could be asked for them; None where they are not shown, or are not understood."""
        if not self._settings.file_rights:
            return {}
        told = self._places.each(owed, read_rights)
        return {locator: access_of(rights) for locator, rights in told if isinstance(rights, bytes)}

    def _behind(self, folder: _Folder) -> Mark:
        """What lies behind a DFS link. Raises NtStatusError where the link leads back to where it is."""
        found = self._places.at(folder.locator, mark)
        if folder.is_within(found):
            raise NtStatusError(PATH_NOT_COVERED)
        return found

    def _found(self, folder: _Folder, locator: bytes, facts: Facts) -> Item | _Folder:
        """An item, or a folder that is to be listed in its turn."""
        volume = folder.mark.volume if folder.mark else 0
        problem = facts.problem
        if facts.is_folder and problem is None:
            if facts.is_dfs_link:
                return _Folder(locator, None, folder)
            if not folder.is_within(place := Mark(volume, facts.file_id)):
                return _Folder(locator, place, folder)
            problem = Problem(ProblemCode.LINK)  # A link that the server follows: the folder lies in itself.
        return self._item(ItemRef(self.name, locator), facts, volume, problem)

    def _item(self, ref: ItemRef, facts: Facts, volume: int, problem: Problem | None) -> Item:
        is_other = problem is not None and problem.code is not ProblemCode.PLACEHOLDER
        is_whole = not is_other and not facts.is_folder
        return Item(
            ref,
            ItemKind.OTHER if is_other else ItemKind.FOLDER if facts.is_folder else ItemKind.FILE,
            facts.size if is_whole else 0,
            moment(facts.written),
            self._version(facts),
            f"{volume:x}:{facts.file_id:x}" if facts.file_id else None,
            problem,
            moment(facts.created),
            moment(facts.accessed),
            facts.allocated if is_whole else None,
            mangled=is_made_up(ref.name),
        )

    def _file(self, locator: bytes) -> SmbFile:
        def opened(session: SmbSession, share: str, path: str) -> SmbFile:
            return open_file(session, share, path, restore=self._settings.restore_access_time)

        with _named_trouble():
            return self._places.at(_listable(locator), opened)

    def _read(self, item: Item) -> bytes | ItemTroubleError:
        try:
            with self.open(item) as opened:
                return opened.file.read()
        except ItemTroubleError as trouble:
            return trouble

    def _finished(self, file: SmbFile) -> Facts:
        with _named_trouble():
            return file.finish(restore=self._settings.restore_access_time)

    def _version(self, facts: Facts) -> bytes:
        return facts.version(by_change=not self._settings.restore_access_time)

    def _moved(self, before: Facts, after: Facts) -> bool:
        return self._version(before) != self._version(replace(after, file_id=before.file_id, created=before.created))


@contextmanager
def _named_trouble() -> Iterator[None]:
    """Turn what a server says of one item, or that it says nothing, into ItemTroubleError."""
    try:
        yield
    except AccountRefusedError as error:
        raise ItemTroubleError(ProblemCode.DENIED) from error
    except (NtStatusError, ConnectionLostError) as error:
        raise trouble_of(error) from error


def _listable(locator: bytes) -> bytes:
    """The locator itself. Raises ItemTroubleError for one that no listing gives."""
    if not is_listable(locator):
        raise ItemTroubleError(ProblemCode.VANISHED)
    return locator
