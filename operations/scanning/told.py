"""What the audit trail says of a scan: that it began, what for and under which policy, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from domain.actor import Authority
from domain.audit import Act
from inventory.engine import InventoryError
from inventory.recorder import RunningScan
from operations.people.audit import Trail
from operations.scanning.progress import Progress

_COUNTED = ("listed", "done", "parts", "bytes", "moved", "proved", "disproved")


@contextmanager
def told_of_scan(
    trail: Trail, authority: Authority, scan: RunningScan, progress: Progress, *, policy: str, content: bool
) -> Iterator[None]:
    """Write down the beginning of a scan, and with its figures its end, whatever that was; a kill leaves none.

    The source is named by its number: what it is called may be a path.
    """
    subject, before = f"scan:{scan.id}", _counts(progress)
    trail.note(authority, Act.SCAN_BEGUN, subject, source=scan.source_id, pipeline=scan.pipeline, policy=policy,
               content=content)  # fmt: skip
    try:
        yield
    except BaseException:
        with suppress(InventoryError):  # what is raised already is what the user must see
            _end(trail, authority, subject, progress, before, stopped=True)
        raise
    _end(trail, authority, subject, progress, before, stopped=False)


def _end(
    trail: Trail, authority: Authority, subject: str, progress: Progress, before: dict[str, int], *, stopped: bool
) -> None:
    counts = {name: count - before[name] for name, count in _counts(progress).items()}
    trail.note(authority, Act.SCAN_ENDED, subject, stopped=stopped, **counts)


def _counts(progress: Progress) -> dict[str, int]:
    """The figures so far, of all sources together."""
    return {**{name: getattr(progress, name) for name in _COUNTED}, "problems": progress.problems.total()}
