"""What is said of an error that nobody foresaw: where it was met, and nothing of what it says."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from cli.terminal import talk

_MOST = 20
"""Of errors that led to one another, and of the places of each."""


def tell_no_more_than_where() -> None:
    """From now on, of this process. An error's own words may quote what was read, and its path may name people."""
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed
    sys.unraisablehook = _passed_over
    handler = logging.StreamHandler()
    handler.setFormatter(_PlacesAlone("%(message)s"))
    logging.basicConfig(level=logging.ERROR, handlers=[handler])


class _PlacesAlone(logging.Formatter):
    """Libraries log errors that they met, with all their words."""

    def formatException(self, ei: _Told | tuple[None, None, None]) -> str:  # noqa: N802  logging's name
        return "" if ei[0] is None else "\n".join(_places(*ei))


_Told = tuple[type[BaseException], BaseException, TracebackType | None]


def _crashed(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    talk(f"Muniment failed in a way that nobody foresaw ({kind.__name__}). What was recorded stays.")
    _report(kind, error, trace)


def _thread_crashed(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is not SystemExit:
        _crashed(told.exc_type, told.exc_value, told.exc_traceback)


def _passed_over(told: sys.UnraisableHookArgs) -> None:
    """Of what could be raised nowhere, as while something is put away."""
    talk(f"An error was passed over ({told.exc_type.__name__}), and the work goes on.")
    _report(told.exc_type, told.exc_value, told.exc_traceback)


def _report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    talk("Please report these lines, which hold nothing of what was read:")
    for line in _places(kind, error, trace):
        talk(f"  {line}")


def _places(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Iterator[str]:
    """The innermost error first, as in a traceback."""
    led_to_it = [] if error is None else _chain(error)[1:]
    for before in reversed(led_to_it):
        yield from _places(type(before), None, before.__traceback__)
    for frame in traceback.extract_tb(trace, limit=-_MOST):
        yield f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} in {frame.name}"
    yield kind.__name__


def _chain(error: BaseException) -> list[BaseException]:
    """An error and what led to it, each once: the cause of one may lead back to itself."""
    found: dict[int, BaseException] = {}
    following: BaseException | None = error
    while following is not None and id(following) not in found and len(found) < _MOST:
        found[id(following)] = following
        following = following.__context__ if following.__cause__ is None else following.__cause__
    return list(found.values())
