"""Files of a share, moved between their places and quarantine, and removed there, by the handle of the file itself.

A server renames and removes what is open, not what has the name just then; and no other client writes to what is held
here. It is looked at in quarantine all the same: on the server itself other programs may write.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from domain.disposal import MARKER, Disposal, Planned, Refusal, RefusedFileError, Step
from operations.disposal.holding import Around, Promise, Taken, Watch, around, unwatched
from operations.disposal.renaming import is_trial
from operations.disposal.smb_handle import NOBODY, Held, Look, is_number
from operations.disposal.smb_share import Share
from operations.disposal.smb_trouble import acting, refusing, telling

_REMAINS = "what the file server keeps of deleted files by itself (shadow copies, a recycle bin)"


@dataclass(frozen=True, slots=True)
class SmbTree:
    """A share as a `Holding`. `by_change`: whether the time of change is part of a file's version."""

    source: str
    share: Share
    quarantine: bytes
    by_change: bool
    watch: Watch = unwatched

    @property
    def promise(self) -> Promise:
        return Promise("quarantine on the same share, moved and put back by handle without replacing", _REMAINS)

    def open(self, planned: Planned) -> BinaryIO:
        with telling():
            file = self.share.hold(planned.ref.locator)
            try:
                self._refuse_other(file, planned)
                return file.lent()
            except BaseException:
                file.let_go()
                raise

    def take(self, one: Disposal) -> Taken:
        with acting(self.source), self.share.held(one.planned.ref.locator) as file:
            self._refuse_other(file, one.planned)
            self.watch(Step.OPENED)
            file.move(self._place(one))
            self.watch(Step.RENAMED)
            return self._settled(file, one)

    def finish(self, one: Disposal) -> Taken | None:
        with telling():
            if not self.share.stands(self._place(one)):
                return None
            with self.share.held(self._place(one)) as file:
                return self._settled(file, one)

    def give_back(self, one: Disposal, locator: bytes) -> bool:
        with acting(self.source):
            self._refuse_missing(one)
            with self.share.held(self._place(one)) as file:
                before, same = file.look(), self._is_whole(file, one)
                file.seem_unread(before)
                self._give_back(file, locator)
                self.watch(Step.RETURNED)
                return same and before.lasting == file.look().lasting

    def is_back(self, one: Disposal, locator: bytes) -> bool:
        with telling():
            if self.share.stands(self._place(one)):
                return False
            if not self.share.stands(locator) or not is_number(self.share.number(locator), one.planned):
                raise RefusedFileError(Refusal.MISSING)
            return True

    def purge(self, one: Disposal, intend: Callable[[], None]) -> None:
        with acting(self.source):
            self._refuse_missing(one)
            with self.share.held(self._place(one), NOBODY) as file:
                self._refuse_unkept(file, one)
                if file.digest() != one.planned.digest:
                    raise RefusedFileError(Refusal.CONTENT)
                self._refuse_unkept(file, one)
                intend()
                self._refuse_unkept(file, one)
                file.remove()
            self.watch(Step.UNLINKED)
            if self.share.stands(self._place(one)):
                raise RefusedFileError(Refusal.NOT_GONE)

    def is_gone(self, one: Disposal) -> bool:
        with telling():
            return not self.share.stands(self._place(one))

    def look_around(self, expected: Iterable[Disposal]) -> Around:
        with telling():
            names = self.share.names(self.quarantine)
        return around((os.fsdecode(name) for name in names if name != MARKER.encode() and not is_trial(name)), expected)

    def _place(self, one: Disposal) -> bytes:
        return b"%b/%b" % (self.quarantine, one.token.encode())

    def _refuse_other(self, file: Held, planned: Planned) -> None:
        """Raises RefusedFileError where what was opened does not look as it was planned, or lies behind a link."""
        self.share.refuse_links(planned.ref.locator)
        look = file.look()
        if refusal := look.why_not(planned, self._version(look)):
            raise RefusedFileError(refusal)

    def _settled(self, file: Held, one: Disposal) -> Taken:
        """What was taken, if it is what was planned; else it goes back where it was, or, where it cannot, stays."""
        try:
            with refusing():
                return self._looked_at(file, one)
        except RefusedFileError as refused:
            try:
                with refusing():
                    self._give_back(file, one.planned.ref.locator)
            except RefusedFileError:
                return Taken(refusal=refused.refusal, stranded=True)
            self.watch(Step.PUT_BACK)
            return Taken(refusal=refused.refusal)

    def _looked_at(self, file: Held, one: Disposal) -> Taken:
        """Raises RefusedFileError where what lies in quarantine is not what was planned."""
        self.share.refuse_links(self._place(one))
        before = file.look()
        if refusal := before.why_other(one.planned):
            raise RefusedFileError(refusal)
        if self.share.number(self._place(one)) != before.facts.file_id:  # A link that its server follows, say.
            raise RefusedFileError(Refusal.REPLACED)
        if file.digest() != one.planned.digest:
            raise RefusedFileError(Refusal.CONTENT)
        if self._version(after := file.look()) != self._version(before) or after.links != 1:
            raise RefusedFileError(Refusal.CHANGED)
        file.seem_unread(before)
        kept = self._version(file.look())
        self.watch(Step.HASHED)
        return Taken(kept)

    def _give_back(self, file: Held, locator: bytes) -> None:
        """Raises RefusedFileError (taken, folder-gone, folder-link, …)."""
        with _of_its_folder(), refusing():
            self.share.refuse_links(locator)
            file.move(locator)

    def _refuse_missing(self, one: Disposal) -> None:
        if not self.share.stands(self._place(one)):
            raise RefusedFileError(Refusal.MISSING)

    def _refuse_unkept(self, file: Held, one: Disposal) -> None:
        """Raises RefusedFileError where it is not as it came into quarantine."""
        look = file.look()
        if self._version(look) != one.kept or look.links != 1:
            raise RefusedFileError(Refusal.CHANGED)

    def _is_whole(self, file: Held, one: Disposal) -> bool:
        with suppress(RefusedFileError), refusing():
            return file.digest() == one.planned.digest
        return False

    def _version(self, look: Look) -> bytes:
        return look.facts.version(by_change=self.by_change)


@contextmanager
def _of_its_folder() -> Iterator[None]:
    """What is not there on the way to a place that nothing stands in is its folder."""
    try:
        yield
    except RefusedFileError as refused:
        if refused.refusal is Refusal.GONE:
            raise RefusedFileError(Refusal.FOLDER_GONE) from refused
        raise
