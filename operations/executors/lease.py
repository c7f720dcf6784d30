"""A lease: some hundred items that one worker host takes at a time, as a job of Procrastinate in the inventory itself.

A job is JSON and holds numbers alone: no path, no credential. Its queue tells for whom it is: who reads with the same
versions and limits, and has the source in its configuration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import ProcrastinateException

from inventory.engine import InventoryError


class Pass(StrEnum):
    """What a host is to do with the items of a lease: examine them, or read the text in their pictures."""

    EXAMINE = "examine"
    RECOGNISE = "recognise"


PRIORITY = {Pass.EXAMINE: 20, Pass.RECOGNISE: 10}
"""Content before the text in pictures; a slot of the timetable, which lists, comes before both."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Items of one scan by their numbers; `proofs` are unchanged ones that were drawn to be read again.

    Of the one item of a lease that took hosts down `alone` counts the hosts that had nothing else under way with it.
    """

    scan: int
    items: tuple[int, ...] = ()
    proofs: tuple[int, ...] = ()
    alone: int | None = None

    @staticmethod
    def of(job: dict[str, Any]) -> Lease:
        return Lease(job["scan"], tuple(job["items"]), tuple(job.get("proofs", ())), job.get("alone"))

    def job(self) -> dict[str, Any]:
        job = {"scan": self.scan, "items": list(self.items), "proofs": list(self.proofs)}
        return job if self.alone is None else job | {"alone": self.alone}

    def without(self, done: set[int]) -> Lease:
        kept, proofs = (tuple(one for one in some if one not in done) for some in (self.items, self.proofs))
        return Lease(self.scan, kept, proofs, self.alone)

    def singly(self) -> list[Lease]:
        """A lease for each item, so that one of them can be blamed."""
        items = [Lease(self.scan, (one,), alone=0) for one in self.items]
        return items + [Lease(self.scan, (), (one,), alone=0) for one in self.proofs]

    def __len__(self) -> int:
        return len(self.items) + len(self.proofs)


def queue_of(what: Pass, reads_with: str, root: bytes) -> str:
    """The queue of what is to be done in a source by those who read with the same.

    Procrastinate tells of new jobs on a channel named after it, and PostgreSQL takes 63 bytes: so these are digests.
    """
    return f"{what}:{_short(reads_with.encode())}:{_short(root)}"


def queues_like(what: Pass, root: bytes) -> str:
    """The pattern (LIKE) of the queues of a source, whatever is read with."""
    return f"{what}:%:{_short(root)}"


def _short(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:12]


def defer(connection: Any, what: Pass, queue: str, leases: Iterable[Lease]) -> None:
    """Queue leases in the transaction of this connection of psycopg. Raises InventoryError."""
    jobs: Sequence[dict[str, Any]] = [lease.job() for lease in leases]
    if not jobs:
        return
    try:
        _APP.configure_task(what, queue=queue, priority=PRIORITY[what], connection=connection).batch_defer(*jobs)
    except ProcrastinateException as error:
        raise InventoryError("Leases cannot be written to the inventory. See: muniment doctor") from error


_APP = App(connector=SyncPsycopgConnector())
"""Never opened: it joins transactions of ours."""
