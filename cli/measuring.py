"""What the commands that measure detection have in common: how they say a rate, and what they write."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

from rich.console import Console
from rich.progress import track

from cli.terminal import Talk
from domain.errors import ConfigurationError
from domain.item import printable
from domain.rate import Rate

_Thing = TypeVar("_Thing")


def counted(talk: Talk, things: Sequence[_Thing], doing: str) -> Iterable[_Thing]:
    """The things one by one, with a bar on standard error while there is a terminal."""
    console = Console(stderr=True)
    return track(things, doing, console=console, transient=True, disable=talk.quiet or not console.is_terminal)


def in_words(rate: Rate | None, digits: int = 3) -> str:
    if rate is None:
        return "-"
    return f"{rate.value:.{digits}f} ({rate.low:.{digits}f} to {rate.high:.{digits}f})"


def as_object(rate: Rate | None) -> dict[str, float] | None:
    if rate is None:
        return None
    return {"value": round(rate.value, 6), "low": round(rate.low, 6), "high": round(rate.high, 6)}


def must_be_new(path: Path) -> None:
    """Raises ConfigurationError where there is a file of that name: answers may have been written into it."""
    if os.path.lexists(path):
        raise ConfigurationError(f"There is a file at {printable(str(path))} already. Name another.")


def new_file(path: Path) -> TextIO:
    """A file that only its owner can read. Raises ConfigurationError where there is one of that name."""
    must_be_new(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="")
