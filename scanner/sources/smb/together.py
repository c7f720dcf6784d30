"""Small files many at a time: all opened in one round trip, all read and closed in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner.sources.smb.facts import Facts
from scanner.sources.smb.file import SmbFile, opening
from scanner.sources.smb.messages import Answer
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import NtStatusError

SMALL = 0x10000  # bytes, which one credit pays for
_CREDITS = 3  # for one file, at most
_MOST = 32  # handles at a time


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a file, and what the server said of it before it was read and behind."""

    content: bytes = field(repr=False)
    before: Facts
    after: Facts


def read_together(session: SmbSession, share: str, paths: Sequence[str]) -> list[Whole | None]:
    """None for a file that is to be opened by itself: it is refused, kept elsewhere, empty or not small any more."""
    at_once = max(min(session.credit // _CREDITS, _MOST), 1)
    found: list[Whole | None] = []
    for start in range(0, len(paths), at_once):
        found.extend(_read(session, share, paths[start : start + at_once]))
    return found


def _read(session: SmbSession, share: str, paths: Sequence[str]) -> list[Whole | None]:
    openings = session.ask_each(share, [[opening(path)] for path in paths])
    files = [_opened(session, share, answer) for (answer,) in openings]
    there = [file for file in files if file is not None]
    ends = [file.reading_whole if _is_simple(file) else file.closing for file in there]
    answers = iter(session.ask_each(share, ends))
    return [None if file is None else _whole(file, next(answers)) for file in files]


def _opened(session: SmbSession, share: str, answer: Answer) -> SmbFile | None:
    try:
        return SmbFile(session, share, *answer.opened)
    except NtStatusError:
        return None


def _is_simple(file: SmbFile) -> bool:
    return file.facts.problem is None and not file.facts.is_reparse_point and 0 < file.facts.size <= SMALL


def _whole(file: SmbFile, answers: Sequence[Answer]) -> Whole | None:
    if not _is_simple(file):
        return None
    try:
        whole = Whole(answers[0].read, file.facts, answers[1].facts)
    except NtStatusError:
        return None
    return whole if len(whole.content) == file.facts.size else None
