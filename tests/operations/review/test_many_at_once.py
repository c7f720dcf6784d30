"""Fifty reviewers decide on overlapping groups at the same moment, while a scan goes on and the schedule is applied."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from inventories import an_inventory_at
from review_desk import KEEP, MORGAN, NIGHT, a_desk, an_actor
from scan_driver import scan

from domain.actor import Role
from domain.audit import AuditKey
from domain.review import Changed, VerdictState
from inventory.engine import reading
from inventory.queries import Inventory
from inventory.review_groups import queued
from inventory.reviews import history
from operations.people.audit import Trail, verify_trail
from operations.review.deciding import decide
from operations.review.desk import Desk
from operations.review.queue import queues
from operations.review.ruling import StaleError
from operations.review.seeing import look
from operations.schedule.evaluate import evaluate

REVIEWERS, ITEMS, EACH = 50, 60, 8
MANY = {f"Housing/{n % 5}/{n}.txt".encode(): f"number {n}".encode() for n in range(ITEMS)}
CHANGED = {path: b"changed " + content for path, content in list(MANY.items())[:6]}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def desk(request, tmp_path) -> Desk:
    is_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'i.db'}" if is_file else request.getfixturevalue("postgres_url")
    database = an_inventory_at(url)
    scan(database, MANY)
    yield a_desk(Trail(database, AuditKey(b"k" * 32)))
    database.dispose()


def test_nothing_is_lost_and_whoever_was_slower_is_told_what_changed(desk):
    numbers = sorted(one.number for one in Inventory(desk.trail.database).held())
    looked = look(desk, numbers)
    together = Barrier(REVIEWERS + 2)

    def review(place: int) -> tuple[Counter[int], list[Changed]]:
        """The items that one decided on, and of what they were told that they were too late."""
        actor = an_actor(f"reviewer{place}", Role.REVIEWER, "Housing")
        wanted = random.Random(place).sample(numbers, EACH)
        together.wait()
        try:
            decided = decide(actor, desk, {item: looked.stamp(item) for item in wanted}, KEEP, rest=True)
        except StaleError as stale:
            return Counter(), [what for one in stale.refused for what in one.changed]
        assert len(decided.items) + len(decided.refused) == EACH
        return Counter(decided.items), [what for one in decided.refused for what in one.changed]

    def scanned() -> None:
        together.wait()
        scan(desk.trail.database, MANY | CHANGED)

    def evaluated() -> None:
        together.wait()
        evaluate(NIGHT, desk.trail, desk.schedule, desk.today)

    with ThreadPoolExecutor(REVIEWERS + 2) as threads:
        others = [threads.submit(scanned), threads.submit(evaluated)]
        reviewed = [one.result() for one in [threads.submit(review, place) for place in range(REVIEWERS)]]
        for one in others:
            one.result()
    by_item = sum((decided for decided, _ in reviewed), Counter())
    told = Counter(what for _, changed in reviewed for what in changed)
    assert set(by_item.values()) == {1}
    assert told[Changed.VERDICT] > 0
    assert set(told) <= {Changed.VERDICT, Changed.ITEM, Changed.FLAG, Changed.GONE}
    _is_whole(desk, numbers, by_item)


def _is_whole(desk: Desk, numbers: list[int], decided: Counter[int]) -> None:
    """After the next evaluation what is decided on, as it is now, waits no more, and all else does; and all of it
    stands in the trail.
    """
    evaluate(NIGHT, desk.trail, desk.schedule, desk.today)
    with reading(desk.trail.database) as connection:
        standing = set()
        for item in numbers:
            given = [verdict for verdict, _ in history(connection, item)]
            assert len(given) == decided[item]
            standing |= {item for one in given if one.state is VerdictState.CURRENT}
        assert set(queued(connection, numbers)) == set(numbers) - standing
    (queue,) = queues(MORGAN, desk)
    assert queue.items == ITEMS - len(standing)
    assert standing
    assert verify_trail(MORGAN, desk.trail).fault is None
