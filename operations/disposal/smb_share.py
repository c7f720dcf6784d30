"""A share below the root of a source, as disposal goes about in it: by names that lead nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate

from domain.disposal import Refusal, RefusedFileError
from operations.disposal.smb_handle import READERS, Held, hold, path_of
from operations.disposal.smb_trouble import NOT_THERE
from scanner.sources.smb.facts import Facts
from scanner.sources.smb.listing import METADATA_ONLY, list_folder, mark
from scanner.sources.smb.messages import close, create, prepared, query_file
from scanner.sources.smb.places import SmbPlaces
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import NtStatusError

_READ_ATTRIBUTES, _SYNCHRONIZE = 0x80, 0x100000
_LOOKING = _READ_ATTRIBUTES | _SYNCHRONIZE
_NUMBER, _CLOSE = prepared(query_file(6)), prepared(close())


@dataclass(frozen=True, slots=True)
class Share:
    """What only looks is tried again over another connection; what is held has its own.

    Raises NtStatusError, and ConnectionLostError in the end.
    """

    places: SmbPlaces

    @contextmanager
    def held(self, locator: bytes, sharing: int = READERS) -> Iterator[Held]:
        file = self.hold(locator, sharing)
        try:
            yield file
        finally:
            file.let_go()

    def hold(self, locator: bytes, sharing: int = READERS) -> Held:
        return self.places.at(b"", lambda session, share, root: hold(session, share, root, locator, sharing))

    def number(self, locator: bytes) -> int:
        """The number of whatever stands there on its volume."""
        return self._look(locator).file_id

    def stands(self, locator: bytes) -> bool:
        """Whether anything stands there. That its folder is not there either does not tell."""
        try:
            self._look(locator)
        except NtStatusError as error:
            if error.status in NOT_THERE:
                return False
            raise
        return True

    def refuse_links(self, locator: bytes) -> None:
        """Raises RefusedFileError (folder-link) where a folder on the way there is a link. To be asked while something
        is held there: no folder on the way to that can be made another.
        """
        *folders, _ = locator.split(b"/")
        for folder in accumulate(folders, lambda above, name: above + b"/" + name):
            if (facts := self._look(folder)).is_reparse_point or not facts.is_folder:
                raise RefusedFileError(Refusal.FOLDER_LINK)

    def names(self, folder: bytes) -> tuple[bytes, ...]:
        listed = self.places.at(b"", lambda session, share, root: list_folder(session, share, path_of(root, folder)))
        if listed.problem is not None:
            raise RefusedFileError(Refusal.UNREADABLE)
        return tuple(sorted(entry.name for entry in listed.entries))

    def is_namespace(self) -> bool:
        """Whether it holds DFS links, behind which other shares lie; one that its root lies behind is followed."""

        def asked(session: SmbSession, share: str, root: str) -> bool:
            mark(session, share, root)
            return session.is_dfs(share)

        return self.places.at(b"", asked)

    def _look(self, locator: bytes) -> Facts:
        def looked(session: SmbSession, share: str, root: str) -> Facts:
            opened, number, _ = session.ask(
                share, create(path_of(root, locator), _LOOKING, METADATA_ONLY), _NUMBER, _CLOSE
            )
            _, facts = opened.opened
            return replace(facts, file_id=number.file_id)

        return self.places.at(b"", looked)
