"""What the doctor says of the mailboxes, drives and sites of a source, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from domain.item import printable
from operations.health.check import Check, Health
from reports.wording import plural
from scanner.source import Reach, Source

_READ_ONLY = "Give it an account that may only read: docs/scan-account.md"
_ALLOW = "Give its account the right to read it, or take it off the list."
_UNTOLD = "Make sure of it on the server: it does not say what this account may do."
_TOO_WIDE = "Narrow it to what is on the list: docs/graph-smoke.md"


class _OfPlaces(Protocol):
    def reach(self) -> Iterator[Reach]: ...


def reached(source: Source) -> Iterator[Reach]:
    """Place by place, of a source that has several: `imap` and `graph`."""
    return cast("_OfPlaces", source).reach()


def checks_of(subject: str, reached: Iterable[Reach]) -> Iterator[Check]:
    """A check for each place, as it is reached, and one for all where there was none."""
    found = False
    for reach in reached:
        found = True
        yield _check(f"{subject}: {printable(reach.title)}", reach)
    if not found:
        yield Check(subject, Health.WRONG, "names no mailbox, drive or site", "Name those that it is to read.")


def _check(subject: str, reach: Reach) -> Check:
    if reach.problem is not None:
        return Check(subject, Health.WRONG, f"cannot be entered: {reach.problem.message}", _ALLOW)
    seen = "reachable" if reach.folders is None else f"reachable, {plural(reach.folders, 'folder')}"
    if reach.changing:
        could = f"{seen}; its account could also change it ({', '.join(reach.changing)}), which Muniment never does"
        return Check(subject, Health.WRONG, could, _READ_ONLY)
    if reach.unreadable:
        return Check(subject, Health.ADVICE, f"{seen}; this account cannot read {reach.unreadable:,} of them", _ALLOW)
    if reach.too_wide:
        return Check(
            subject, Health.ADVICE, f"{seen}; {', '.join(reach.too_wide)} opens more than is listed", _TOO_WIDE
        )
    if reach.changing is None:
        return Check(subject, Health.ADVICE, f"{seen}; whether this account could change it is not told", _UNTOLD)
    return Check(subject, Health.GOOD, f"{seen}; read-only for this account{reach.unseen and f', {reach.unseen}'}")
