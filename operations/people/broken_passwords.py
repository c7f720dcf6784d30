"""Passwords that were broken elsewhere: a list that the organisation keeps, asked without a network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from domain.errors import ConfigurationError

_DIGEST = re.compile(rb"([0-9A-Fa-f]{40})(:\d+)?\s*")
_OTHER_DIGEST = re.compile(rb"[0-9A-Fa-f]{32,}(:\d+)?\s*")
_NO_LINES = re.compile(rb"[\x00-\x08\x0e-\x1f]|\r[^\r\n]")
"""What packed files, and words of two bytes a letter, have near their beginning; and lines that only return."""

_MARK = b"\xef\xbb\xbf"
_FIRST, _BEGINNING = 1024, 64 * 1024
_LOOKED_AT = 100
"""Places of the whole list: were it in any other order, no two dozen of them would be in this one."""

_UNSORTED = "its digests are not in order. Sort it by digest, or get Have I Been Pwned's list ordered by hash"


@dataclass(frozen=True, slots=True)
class _Broken:
    """A list that can be asked: where its first line begins, where the last ends, and what its lines are."""

    file: BinaryIO
    begins: int
    ends: int
    of_digests: bool


def refuse_broken(password: str, listed: Path | None) -> None:
    """Raises ConfigurationError for a password that a list holds, one on each line: as it is typed, whatever its case,
    or as a SHA-1 digest, sorted, as Have I Been Pwned gives them out; and for a list of another form, which would let
    everything through.
    """
    if listed is None:
        return
    with _opened(listed) as broken:
        is_broken = _digest_in(broken, password) if broken.of_digests else _word_in(broken, password)
    if is_broken:
        raise ConfigurationError("That password stands in a list of broken ones. Take three or four random words.")


def form_of(listed: Path) -> str:
    """What a list is made of, and how large it is. Raises ConfigurationError for one that cannot be asked."""
    with _opened(listed) as broken:
        kind = "sorted SHA-1 digests" if broken.of_digests else "words as they are typed"
        return f"{kind}, {broken.ends:,} bytes"


@contextmanager
def _opened(listed: Path) -> Iterator[_Broken]:
    try:
        with listed.open("rb") as file:
            broken = _understood(file)
            if broken.of_digests:
                _require_order(broken)
            yield broken
    except OSError as error:
        raise _unusable(f"it cannot be read ({error.strerror}). Put it back, or name another") from error


def _understood(file: BinaryIO) -> _Broken:
    """By its beginning, where one line that is something else, such as a heading, does not make it another list."""
    head = file.read(_BEGINNING)
    begins, ends = len(_MARK) if head.startswith(_MARK) else 0, file.seek(0, 2)
    lines = [line for line in head[begins:].splitlines() if line.strip()]
    if not lines:
        raise _unusable("it is empty. Put it back, or name another")
    if _NO_LINES.search(head[:_FIRST]):
        raise _unusable("it is packed, or not UTF-8. Unpack it, or save it as text in UTF-8")
    of_digests = _most(_DIGEST, lines)
    if not of_digests and _most(_OTHER_DIGEST, lines):
        raise _unusable("its digests are not SHA-1, but such as NTLM's. Get that of SHA-1 digests, ordered by hash")
    return _Broken(file, begins, ends, of_digests)


def _most(form: re.Pattern[bytes], lines: list[bytes]) -> bool:
    return 2 * sum(form.fullmatch(line) is not None for line in lines) >= len(lines)


def _require_order(broken: _Broken) -> None:
    """Looks at places of the whole list, and the closer the nearer its end, where somebody may have added another."""
    begins, ends = broken.begins, broken.ends
    step = max((ends - begins) // _LOOKED_AT, 1)
    nearer = (ends - 2**power for power in range(ends.bit_length()))
    before = b""
    for place in sorted({*range(begins, ends, step), *filter(begins.__le__, nearer)}):
        found = _digest_from(broken, place)
        if found and found < before:
            raise _unusable(_UNSORTED)
        before = found


def _word_in(broken: _Broken, password: str) -> bool:
    wanted = password.casefold()
    broken.file.seek(broken.begins)
    return any(line.decode("utf-8", "replace").strip("\r\n").casefold() == wanted for line in broken.file)


def _digest_in(broken: _Broken, password: str) -> bool:
    """By halving: the whole list has tens of gigabytes."""
    # What the list is made with: nothing is kept by it.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    first, behind = broken.begins, broken.ends
    least, most = b"", b"G"
    while first < behind:
        middle = (first + behind) // 2
        found = _digest_from(broken, middle)
        if found and not least <= found <= most:
            raise _unusable(_UNSORTED)
        if found and found < wanted:
            first, least = middle + 1, found
        else:
            behind, most = middle, found or most
    return _digest_from(broken, first) == wanted


def _digest_from(broken: _Broken, place: int) -> bytes:
    """That of the first line that begins there or behind; nothing at the end."""
    broken.file.seek(max(place - 1, broken.begins))
    if place > broken.begins:
        broken.file.readline()
    line = broken.file.readline()
    while line and not line.strip():
        line = broken.file.readline()
    if line and not (found := _DIGEST.fullmatch(line)):
        raise _unusable("not every line of it is a digest. Take out what else is in it, such as a heading")
    return found[1].upper() if line and found else b""


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(f"web.broken_passwords: the list cannot be used: {why}.")
