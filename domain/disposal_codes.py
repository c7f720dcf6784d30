"""The codes of disposal: where a file of a manifest is, what was done with it, and why it was left where it lies."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """Where a file of a manifest is, as the journal has it. What ends in -ing is under way, or has broken off."""

    PLANNED = "planned"
    MOVING = "moving"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    STRANDED = "stranded"
    """Not what was approved, and its place was taken meanwhile: it lies in quarantine until a person restores it."""
    RESTORING = "restoring"
    RESTORED = "restored"
    PURGING = "purging"
    PURGED = "purged"
    LOST = "lost"
    """Neither in its place nor in quarantine, and not by Muniment's doing."""


UNDER_WAY = (Fate.MOVING, Fate.RESTORING, Fate.PURGING)
IN_QUARANTINE = (Fate.QUARANTINED, Fate.STRANDED)


class Step(StrEnum):
    """What the journal tells of a file, in the order in which it happens. Between any two the machine may stop."""

    INTENT = "intent"
    OPENED = "opened"
    RENAMED = "renamed"
    HASHED = "hashed"
    PUT_BACK = "put-back"
    RECORDED = "recorded"
    RESTORE_INTENT = "restore-intent"
    RETURNED = "returned"
    RESTORED = "restored"
    PURGE_INTENT = "purge-intent"
    UNLINKED = "unlinked"
    PURGED = "purged"
    REFUSED = "refused"
    FAILED = "failed"
    RECOVERED = "recovered"


class Refusal(StrEnum):
    """Why a file was not disposed of, restored or purged."""

    GONE = "gone"
    LINK = "link"
    FOLDER_LINK = "folder-link"
    NOT_A_FILE = "not-a-file"
    CHANGED = "changed"
    REPLACED = "replaced"
    RENUMBERED = "renumbered"
    NAMELESS = "nameless"
    HARD_LINKED = "hard-linked"
    CONTENT = "content"
    HELD = "held"
    NOT_DUE = "not-due"
    SCHEDULE = "schedule"
    ONLY_COPY = "only-copy"
    KEEPER_AWAY = "keeper-away"
    ASSET = "asset"
    VERDICT = "verdict"
    ALTERED = "altered"
    OTHER_VOLUME = "other-volume"
    SOURCE = "source"
    PURGE_OFF = "purge-off"
    NOT_PACKAGED = "not-packaged"
    PACKAGE_GONE = "package-gone"
    TAKEN = "taken"
    FOLDER_GONE = "folder-gone"
    DENIED = "denied"
    FULL = "full"
    BUSY = "busy"
    READ_ONLY = "read-only"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    NOT_GONE = "not-gone"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]

    @property
    def passing(self) -> bool:
        """Whether the same may be tried again: the approval stands, and the file was not found to be another."""
        return self in _PASSING


_SENTENCES = {
    Refusal.GONE: "It is not in its place any more.",
    Refusal.LINK: "A link stands in its place, and links are not followed.",
    Refusal.FOLDER_LINK: "A folder on the way to it is a link now, or no folder, and links are not followed.",
    Refusal.NOT_A_FILE: "What stands in its place is a folder, a pipe or a device.",
    Refusal.CHANGED: "It was changed since it was decided on. It goes back to review.",
    Refusal.REPLACED: "Another file stands in its place. It goes back to review.",
    Refusal.RENUMBERED: "Its mailbox was numbered anew, so it may be another. Scan it and review it again.",
    Refusal.NAMELESS: "It has no number or Message-ID by which to know it again. Give others the exported manifest.",
    Refusal.HARD_LINKED: "It has a second name (a hard link) that would keep its content. Find that first.",
    Refusal.CONTENT: "Its bytes are not those that were decided on. It goes back to review.",
    Refusal.HELD: "A legal hold freezes it now. See: muniment holds list",
    Refusal.NOT_DUE: "The schedule no longer says that it may go. It goes back to review.",
    Refusal.SCHEDULE: "Another version of the retention schedule is in force than the approved one. Review it again.",
    Refusal.ONLY_COPY: "It was to go as a copy or an older version, and what is to stay could not be read as it was "
    "then. If it is in quarantine, restore it and decide again: muniment dispose restore",
    Refusal.KEEPER_AWAY: "What is to stay for it (a copy, a later version) lies in a source that cannot be reached "
    "just now. Try again when it can.",
    Refusal.ASSET: "Nobody answers for the asset it belongs to, or for its folder. See: muniment assets list",
    Refusal.VERDICT: "The decision to dispose of it was taken back, or replaced by another.",
    Refusal.ALTERED: "What the inventory keeps of it is not what was signed in the manifest. Have it looked into.",
    Refusal.OTHER_VOLUME: "It lies on another file system than the quarantine of its source: give that a source.",
    Refusal.SOURCE: "It lies where Muniment cannot dispose (a drive, an archive mailbox, a mail file), or its source "
    "is not told to (dispose = true). Give others the manifest: muniment dispose export",
    Refusal.PURGE_OFF: "Its source does not allow purging (allow_purge = true): it stays in quarantine.",
    Refusal.NOT_PACKAGED: "It was to be archived or transferred first, and that has not been verified at the target.",
    Refusal.PACKAGE_GONE: "Its copy in its package is not as it was, or not where it was written (what earlier "
    "releases packed is known by name alone). Bring that back, or say where packages stand: --packages FOLDER",
    Refusal.TAKEN: "Something else stands in its place now. Restore it elsewhere with --to.",
    Refusal.FOLDER_GONE: "The folder it lay in is gone. Make it again, or restore it elsewhere with --to.",
    Refusal.DENIED: "This account may not move or remove it. Give it the right to write there, then try again.",
    Refusal.FULL: "There is no room left on its disk. Make room, then try again.",
    Refusal.BUSY: "Another program holds it. Try again later.",
    Refusal.READ_ONLY: "It is marked read-only, so its server would not delete it. Take the mark off; review it again.",
    Refusal.PLACEHOLDER: "Its content is kept elsewhere (a cloud, an archive) and not brought back to be disposed of.",
    Refusal.UNREADABLE: "Its disk or share failed. Check it, then try again.",
    Refusal.MISSING: "It is not in quarantine any more, and Muniment did not remove it. Have it looked into.",
    Refusal.NOT_GONE: "It was removed and is still there. Have its disk looked into.",
}
_PASSING = frozenset({
    Refusal.ASSET, Refusal.SOURCE, Refusal.KEEPER_AWAY, Refusal.PURGE_OFF, Refusal.NOT_PACKAGED, Refusal.PACKAGE_GONE,
    Refusal.TAKEN, Refusal.FOLDER_GONE, Refusal.DENIED, Refusal.FULL, Refusal.BUSY, Refusal.UNREADABLE,
    Refusal.OTHER_VOLUME,
})  # fmt: skip


class RefusedFileError(Exception):
    """One file was refused; the run goes on with the next."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal
