"""Passwords that were broken elsewhere: a list that the organisation keeps, asked without a network."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import BinaryIO

from domain.errors import ConfigurationError

_DIGEST = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\s*")


def refuse_broken(password: str, listed: Path | None) -> None:
    """Raises ConfigurationError for a password that a list holds, one on each line: as it is typed, whatever its case,
    or as a SHA-1 digest, sorted, as Have I Been Pwned gives them out.
    """
    if listed is None:
        return
    try:
        with listed.open("rb") as file:
            of_digests = _DIGEST.fullmatch(file.readline())
            file.seek(0)
            is_broken = _digest_in(file, password) if of_digests else _word_in(file, password)
    except OSError as error:
        raise ConfigurationError(
            f"web.broken_passwords: the list cannot be read ({error.strerror}). Put it back, or name another."
        ) from error
    if is_broken:
        raise ConfigurationError("That password stands in a list of broken ones. Take three or four random words.")


def _word_in(file: BinaryIO, password: str) -> bool:
    wanted = password.casefold()
    return any(line.decode("utf-8", "replace").strip("\r\n").casefold() == wanted for line in file)


def _digest_in(file: BinaryIO, password: str) -> bool:
    """By halving: the whole list has tens of gigabytes."""
    # What the list is made with: nothing is kept by it.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    first, behind = 0, file.seek(0, 2)
    while first < behind:
        middle = (first + behind) // 2
        line = _line_from(file, middle)
        if line and line[:40].upper() < wanted:
            first = middle + 1
        else:
            behind = middle
    return _line_from(file, first)[:40].upper() == wanted


def _line_from(file: BinaryIO, place: int) -> bytes:
    """The first line that begins there or behind."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()
