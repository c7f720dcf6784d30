"""Mailboxes on an IMAP server from which messages are moved into a folder of the mailbox itself, and expunged there.

By UID MOVE (RFC 6851), which keeps flags and dates; where a server lacks that, by a copy that is compared before the
other is expunged by its number (UIDPLUS, RFC 4315). A server that has neither expunges whatever anybody has marked
meanwhile: it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from domain.disposal import Disposal, Planned, Refusal, RefusedFileError
from domain.item import ItemRef
from operations.access import RefusedError
from operations.disposal.holding import Journal, Promise, SourceLostError
from operations.disposal.imap_session import MovingSession, MovingSessions, RenumberedError
from operations.disposal.mail import Message
from scanner.sources.imap.content import contents
from scanner.sources.imap.folders import Mailbox, encoded
from scanner.sources.imap.listing import survey
from scanner.sources.imap.messages import FACTS, item_of, name_of, numbers_of, uid_of, uids_from
from scanner.sources.imap.responses import HIGHEST, sequence_set
from scanner.sources.imap.settings import ImapSettings
from scanner.sources.imap.wire import ConnectionLostError
from scanner.sources.mail_policy import MailPolicy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImapPost:
    """As the account of `settings`, which may write. `quarantine` is the name of a folder in each mailbox."""

    source: str
    settings: ImapSettings
    policy: MailPolicy
    quarantine: str
    journal: Journal
    _sessions: MovingSessions = field(init=False, repr=False)
    _folders: dict[bytes, Mapping[bytes, bytes]] = field(default_factory=dict, init=False, repr=False)
    _quarantines: dict[bytes, bytes] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sessions", MovingSessions(self.source, self.settings))

    @property
    def promise(self) -> Promise:
        how = "moved whole (MOVE)" if self.moves else "copied, compared and expunged by number (UIDPLUS)"
        return Promise(
            f"quarantine in the folder '{self.quarantine}' of each mailbox, which its owner sees; messages are {how}",
            "what the mail server keeps of expunged messages, by its own settings, and its backups",
        )

    @property
    def moves(self) -> bool:
        return self._ask(self.settings.allowed()[0], lambda session: session.moves)

    def refuse_unsafe(self) -> None:
        """Raises RefusedError for a server that cannot expunge one message alone, and where it does not answer."""
        try:
            is_safe = self._ask(self.settings.allowed()[0], lambda session: session.is_numbering)
        except SourceLostError as lost:
            raise RefusedError(str(lost)) from lost
        except RefusedFileError as refused:
            raise RefusedError(
                f"The mail server of {self.source!r} does not let in the account that disposes. Check "
                "dispose_username, and the password in its file."
            ) from refused
        if not is_safe:
            raise RefusedError(
                f"The mail server of {self.source!r} cannot remove one message without those that others have marked "
                "(it lacks UIDPLUS), so nothing is disposed of there. Give others the manifest: muniment dispose export"
            )

    def close(self) -> None:
        self._sessions.close()

    def placed(self, planned: Planned) -> Message:
        mailbox = self._mailbox(planned.ref.folder)
        folder, numbers = self._known(mailbox, planned.ref.folder), numbers_of(planned.ref.name)
        if folder is None or numbers is None:
            raise RefusedFileError(Refusal.GONE)

        def look(session: MovingSession) -> Message | None:
            session.examine(folder)
            if session.facts.uidvalidity != numbers[0]:
                raise RenumberedError
            return self._told(session, mailbox, numbers[1])

        found = self._ask(mailbox, look)
        if found is None:
            raise RefusedFileError(Refusal.GONE)
        return found

    def lying(self, one: Disposal, number: bytes = b"") -> Message | None:
        mailbox = self._mailbox(one.planned.ref.folder)
        folder = self._quarantine(mailbox)

        def look(session: MovingSession) -> Message | None:
            return self._looked_up(session, folder, one.planned, number, lambda: self._claimed(one, mailbox))

        return self._ask(mailbox, look)

    def returned(self, one: Disposal, locator: bytes, number: bytes = b"") -> Message | None:
        mailbox = self._mailbox(one.planned.ref.folder)
        folder = self._folder(mailbox, _folder_of(locator))
        if folder is None:
            return None
        return self._ask(mailbox, lambda session: self._looked_up(session, folder, one.planned, number, frozenset))

    def content(self, message: Message) -> bytes:
        uidvalidity, uid = _numbers(message)
        found = self._ask(
            self._mailbox(message.mailbox), lambda session: contents(session, message.folder, uidvalidity, [uid])
        )
        if uid not in found:
            raise RefusedFileError(Refusal.GONE)
        return found[uid]

    def put_away(self, message: Message) -> bytes:
        mailbox = self._mailbox(message.mailbox)
        folder = self._quarantine(mailbox)
        if not self._ask(mailbox, lambda session: session.has(folder)):
            self._ask(mailbox, lambda session: session.make(folder))
        return self._moved(message, folder)

    def bring_back(self, message: Message, locator: bytes) -> bytes:
        folder = self._folder(self._mailbox(message.mailbox), _folder_of(locator))
        if folder is None:
            raise RefusedFileError(Refusal.FOLDER_GONE)
        return self._moved(message, folder)

    def remove(self, message: Message) -> None:
        uidvalidity, uid = _numbers(message)

        def act(session: MovingSession) -> bool:
            session.select(message.folder, uidvalidity)
            session.expunge(uid)
            session.examine(message.folder)
            return bool(uids_from(session, uid, uid))

        try:
            is_there = self._ask(self._mailbox(message.mailbox), act)
        except RefusedFileError:
            with suppress(RefusedFileError):
                self.unmark(message)
            raise
        if is_there:
            self.unmark(message)
            raise RefusedFileError(Refusal.NOT_GONE)

    def unmark(self, message: Message) -> None:
        uidvalidity, uid = _numbers(message)

        def act(session: MovingSession) -> None:
            session.select(message.folder, uidvalidity)
            session.unmark(uid)

        self._ask(self._mailbox(message.mailbox), act)

    def taken_out(self, one: Disposal) -> bool:
        """As far as it lies in its folder again: to look into all of them would take too long."""
        return self.returned(one, one.planned.ref.locator) is not None

    def numbers(self, mailbox: bytes) -> frozenset[bytes]:
        found = self._mailbox(mailbox)
        folder = self._quarantine(found)

        def look(session: MovingSession) -> frozenset[bytes]:
            if not session.has(folder):
                return frozenset()
            session.examine(folder)
            uids = uids_from(session, 1, HIGHEST) if session.facts.count else []
            return frozenset(name_of(session.facts.uidvalidity, uid) for uid in uids)

        return self._ask(found, look)

    def mailbox_of(self, planned: Planned) -> bytes:
        return self._home(self._mailbox(planned.ref.folder)).locator

    def visited(self) -> frozenset[bytes]:
        return frozenset(self._quarantines)

    def _moved(self, message: Message, folder: bytes) -> bytes:
        """Asked for once: where it was not told what came of it, b"", and whoever asked looks for it."""
        uidvalidity, uid = _numbers(message)

        def act(session: MovingSession) -> bytes:
            session.select(message.folder, uidvalidity)
            return session.move(uid, folder) if session.moves else session.copy(uid, folder)

        mailbox = self._mailbox(message.mailbox)
        try:
            return self._sessions.once(mailbox.login, act)
        except ConnectionLostError:
            return b""
        except RefusedFileError as refused:
            if refused.refusal in (Refusal.UNREADABLE, Refusal.BUSY):
                return b""
            raise

    def _looked_up(
        self, session: MovingSession, folder: bytes, planned: Planned, number: bytes,
        claimed: Callable[[], frozenset[bytes]],
    ) -> Message | None:  # fmt: skip
        """By its number; where that is not known, or the folder was numbered anew, the last that came of those that are
        told from others by the same and that no other disposal claims.
        """
        if not session.has(folder):
            if number:
                raise RefusedFileError(Refusal.UNREADABLE)  # Renamed, or not to be seen: no proof that it is gone.
            return None
        session.examine(folder)
        mailbox, known = self._mailbox(planned.ref.folder), numbers_of(number)
        if known is not None and known[0] == session.facts.uidvalidity:
            return self._told(session, mailbox, known[1])
        others = claimed()
        found = (self._told(session, mailbox, uid) for uid in reversed(session.of_size(planned.size)))
        return next((one for one in found if one and one.file_id == planned.file_id and one.number not in others), None)

    def _claimed(self, one: Disposal, mailbox: Mailbox) -> frozenset[bytes]:
        others = (other for other in self.journal() if other.number != one.number)
        return frozenset(other.kept for other in others if self._is_beside(other, mailbox))

    def _is_beside(self, other: Disposal, mailbox: Mailbox) -> bool:
        """Whether it lies in the same quarantine; it may, where its mailbox is not in the configuration any more."""
        with suppress(RefusedFileError):
            return self._mailbox(other.planned.ref.folder).login == mailbox.login
        return True

    def _told(self, session: MovingSession, mailbox: Mailbox, uid: int) -> Message | None:
        """What lies in the open folder under a number."""
        assert session.selected is not None
        name = name_of(session.facts.uidvalidity, uid)
        for told in session.fetch(sequence_set([uid]), b"(" + FACTS + b")"):
            if uid_of(told) == uid:
                item = item_of(ItemRef(self.source, name), told, None)
                return Message(mailbox.locator, session.selected, name, item.version, item.file_id or "")
        return None

    def _mailbox(self, folder: bytes) -> Mailbox:
        """Raises RefusedFileError (source) for what lies in no mailbox of the source."""
        for mailbox in self.settings.allowed():
            if folder == mailbox.locator or folder.startswith(mailbox.locator + b"/"):
                return mailbox
        raise RefusedFileError(Refusal.SOURCE)

    def _known(self, mailbox: Mailbox, locator: bytes) -> bytes | None:
        """As `_folder`, but as of when it was last asked: what is not what it was is told by its UIDVALIDITY."""
        known = self._folders.get(mailbox.locator, {}).get(locator)
        return known or self._folder(mailbox, locator)

    def _folder(self, mailbox: Mailbox, locator: bytes) -> bytes | None:
        """The server's name for an open folder of a mailbox, as it is called now; None where there is none."""
        found = self._ask(mailbox, lambda session: survey(session, mailbox, self.policy))
        self._folders[mailbox.locator] = {each.locator: each.name for each in found if each.name is not None}
        return self._folders[mailbox.locator].get(locator)

    def _ask(self, mailbox: Mailbox, work: Callable[[MovingSession], T]) -> T:
        return self._sessions.ask(mailbox.login, work)

    def _quarantine(self, mailbox: Mailbox) -> bytes:
        home = self._home(mailbox).locator
        if home not in self._quarantines:
            name = encoded(self.quarantine)
            self._quarantines[home] = self._ask(mailbox, lambda session: session.own(name))
        return self._quarantines[home]

    def _home(self, mailbox: Mailbox) -> Mailbox:
        """The first that is read by the same account: the quarantine is among that account's own folders."""
        return next(one for one in self.settings.allowed() if one.login == mailbox.login)


def _folder_of(locator: bytes) -> bytes:
    """A locator is a message's, or the folder that somebody names to have one restored elsewhere."""
    folder, _, name = locator.rpartition(b"/")
    return folder if numbers_of(name) else locator


def _numbers(message: Message) -> tuple[int, int]:
    numbers = numbers_of(message.number)
    assert numbers is not None
    return numbers
