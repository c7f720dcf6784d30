"""What is said of an error that nobody foresaw: where it was met, and nothing of what it says."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from cli.terminal import talk


def tell_no_more_than_where() -> None:
    """From now on, of this process. An error's own words may quote what was read, and its path may name people."""
    sys.excepthook = _crashed
    threading.excepthook = lambda told: _crashed(told.exc_type, told.exc_value, told.exc_traceback)


def _crashed(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    talk(f"Muniment failed in a way that nobody foresaw ({kind.__name__}). What was recorded stays.")
    talk("Please report these lines, which hold nothing of what was read:")
    for line in _places(kind, error, trace):
        talk(f"  {line}")


def _places(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Iterator[str]:
    """The innermost error last, as in a traceback."""
    before = error and (error.__cause__ or error.__context__)
    if before is not None:
        yield from _places(type(before), before, before.__traceback__)
    for frame in traceback.extract_tb(trace):
        yield f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} in {frame.name}"
    yield kind.__name__
