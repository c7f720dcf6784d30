"""What a folder holds that it did not hold when it was last listed, in as few round trips as the server allows.

A UID is given once and never again, and a message never changes (RFC 3501, 2.3.1.1): a folder with the same
UIDVALIDITY, the same next UID and as many messages as before holds the same messages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.sources.imap.messages import uids_from
from scanner.sources.imap.responses import HIGHEST, sequence_set, spans
from scanner.sources.imap.session import FolderFacts, Session

_FORM = 1
_LONGEST_SET = 16 * 1024


@dataclass(frozen=True, slots=True)
class FolderState:
    """What is told of a folder at the next scan. `uids` is a sequence set, kept where the server cannot tell later
    what is gone and where it is short enough; `shut` are the names of the folders in it that were not listed.
    """

    facts: FolderFacts
    uids: str = ""
    shut: tuple[bytes, ...] = ()

    def written(self) -> bytes:
        """b"" where the server told too little to know the folder again by."""
        facts = self.facts
        if not (facts.uidvalidity and facts.uidnext):
            return b""
        numbers = [facts.uidvalidity, facts.uidnext, facts.count, facts.modseq]
        shut = [name.decode("utf-8", "surrogateescape") for name in self.shut]
        return json.dumps([_FORM, numbers, self.uids, shut], separators=(",", ":")).encode()

    @classmethod
    def read(cls, state: bytes) -> FolderState | None:
        """None of what is empty or was not written by this version."""
        try:
            form, numbers, uids, shut = json.loads(state)
            facts = FolderFacts(*map(int, numbers))
        except (ValueError, TypeError):
            return None
        names = tuple(name.encode("utf-8", "surrogateescape") for name in shut)
        return cls(facts, uids, names) if form == _FORM else None

    def holds_with(self, now: FolderFacts) -> bool:
        """Whether the folder still holds what it held, flags apart."""
        then = self.facts
        return (then.uidvalidity, then.uidnext, then.count) == (now.uidvalidity, now.uidnext, now.count)


@dataclass(frozen=True, slots=True)
class Changes:
    """The UIDs to be told of; where `since_known` is false they are all that there is. `state` is the new one.

    `complete` is false where the server names fewer messages than it counts.
    """

    uids: Sequence[int]
    state: FolderState
    since_known: bool = False
    gone: Sequence[int] = ()
    complete: bool = True


def changes_of(session: Session, folder: bytes, before: FolderState | None) -> Changes:
    """Open the folder and find out what is new and what is gone. Where the figures do not add up, all is listed."""
    is_resyncing = before is not None and session.is_resyncing and before.facts.modseq > 0
    vanished = session.examine(folder, before.facts if before and is_resyncing else None)
    if before is not None and before.facts.uidvalidity == session.facts.uidvalidity:
        new = uids_from(session, before.facts.uidnext, session.facts.uidnext - 1)
        gone = _gone(session, before, before.facts.count + len(new) - session.facts.count, vanished)
        if gone is not None:
            return Changes(new, _state(session, before, new, gone), since_known=True, gone=gone)
    last = session.facts.uidnext - 1 if session.facts.uidnext else HIGHEST
    uids = uids_from(session, 1, last) if session.facts.count else []
    return Changes(uids, _state(session, None, uids, ()), complete=len(uids) == session.facts.count)


def _gone(
    session: Session, before: FolderState, missing: int, vanished: Iterable[tuple[int, int]]
) -> Sequence[int] | None:
    """The UIDs of what left the folder; None where that cannot be told, or is not as much as is missing."""
    then, now = before.facts, session.facts
    if then.uidnext > now.uidnext or missing < 0:
        return None
    if session.is_resyncing and 0 < then.modseq <= now.modseq:
        gone = _below(vanished, then.uidnext, missing)
    elif missing and before.uids:
        held = _below(spans(before.uids), then.uidnext, then.count)
        gone = sorted(set(held) - set(uids_from(session, 1, then.uidnext - 1)))
    else:
        gone = []
    return gone if len(gone) == missing else None


def _below(ranges: Iterable[tuple[int, int]], end: int, most: int) -> list[int]:
    """The numbers in the ranges that are below `end`; none where they are more than there can be."""
    clipped = [range(first, min(last + 1, end)) for first, last in ranges]
    if sum(map(len, clipped)) > most:
        return []
    return sorted({number for span in clipped for number in span})


def _state(session: Session, before: FolderState | None, new: Sequence[int], gone: Sequence[int]) -> FolderState:
    facts = session.facts
    if session.is_resyncing and facts.modseq:
        return FolderState(facts)
    held = [] if before is None else _below(spans(before.uids), before.facts.uidnext, before.facts.count)
    uids = sorted({*held, *new} - {*gone})
    text = sequence_set(uids) if len(uids) == facts.count else ""
    return FolderState(facts, text if len(text) <= _LONGEST_SET else "")
