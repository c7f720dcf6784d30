"""Fifty people decide on overlapping groups through the pages, in the same moment, while a scan goes on."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import httpx2
import pytest
from inventories import an_inventory_at
from review_desk import MORGAN, SCHEDULE, a_desk
from scan_driver import scan
from web_clients import KEY, Served

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.review import Changed, VerdictState
from inventory.accounts import add_account
from inventory.engine import reading, writing
from inventory.queries import Inventory
from inventory.reviews import history
from operations.config import InventorySettings, Settings
from operations.people.audit import Trail, verify_trail
from operations.people.sessions import SessionLimits, begin_session
from operations.review.desk import Desk
from web.app import application
from web.forms import token_of

REVIEWERS, ITEMS, EACH = 50, 48, 4
MANY = {f"Housing/{n % 4}/{n}.txt".encode(): f"number {n}".encode() for n in range(ITEMS)}
CHANGED = {path: b"changed " + content for path, content in list(MANY.items())[:5]}
NOW = datetime.now(UTC)
KEEP = {"kind": "keep", "reason": "still-used", "until": f"{NOW.year + 1}-05-31"}
LIMITS = SessionLimits(timedelta(minutes=30), timedelta(hours=8))
PATIENCE = 120
"""Seconds; far more than all of it takes, so that a deadlock ends as a failure."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def settings(request, tmp_path) -> Settings:
    is_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'i.db'}" if is_file else request.getfixturevalue("postgres_url")
    return Settings(inventory=InventorySettings(url=url, key_file=tmp_path / "k"))


@pytest.fixture
def desk(settings) -> Iterator[Desk]:
    database = an_inventory_at(settings.inventory.url)
    scan(database, MANY)
    yield a_desk(Trail(database, KEY), SCHEDULE, NOW.date())
    database.dispose()


@pytest.fixture
def tokens(desk) -> list[str]:
    """Of the sessions of fifty reviewers: their sign-in is shown elsewhere."""
    return [_session(desk, f"reviewer{number}") for number in range(REVIEWERS)]


def _session(desk: Desk, name: str) -> str:
    with writing(desk.trail.database) as connection:
        account = Account(name, "", frozenset({Role.REVIEWER}), frozenset({"Housing"}), has_password=True)
        add_account(connection, account, NOW)
    actor = Actor(name, (Grant(Role.REVIEWER, frozenset({"Housing"})),), Proof.PASSWORD, "web")
    return begin_session(desk.trail.database, actor, LIMITS, datetime.now(UTC))


def test_nothing_is_lost_and_a_stale_form_is_told_what_changed(desk, settings, tokens):
    numbers = sorted(one.number for one in Inventory(desk.trail.database).held())
    together = Barrier(REVIEWERS + 1, timeout=PATIENCE)

    def review(place: int) -> tuple[list[int], list[int], bool]:
        """What somebody decided on by the form as they saw it first; or by the one that came again, after it was told
        there what had changed; and whether it was.
        """
        token, wanted = tokens[place], random.Random(place).sample(numbers, EACH)
        with httpx2.Client(base_url=address, timeout=PATIENCE, trust_env=False, cookies={"muniment": token}) as client:
            seen = client.get("/review/several", params={"item": wanted})
            together.wait()
            first = _sent(client, token, seen)
            if first.status_code == 303:
                return wanted, [], False
            again = _sent(client, token, first)
            return [], wanted if again.status_code == 303 else [], True

    def scanned() -> None:
        together.wait()
        scan(desk.trail.database, MANY | CHANGED)

    with Served(application(settings, desk.trail)) as address, ThreadPoolExecutor(REVIEWERS + 1) as threads:
        other = threads.submit(scanned)
        reviewed = [one.result(PATIENCE) for one in [threads.submit(review, place) for place in range(REVIEWERS)]]
        other.result(PATIENCE)
    first, again = (Counter(item for one in reviewed for item in one[which]) for which in (0, 1))
    assert set(first.values()) <= {1}
    assert sum(told for _, _, told in reviewed) >= REVIEWERS - ITEMS // EACH
    assert first or again
    _is_whole(desk, numbers, first + again)


def _sent(client: httpx2.Client, token: str, page: httpx2.Response) -> httpx2.Response:
    """The form of a page, sent as it is there; what comes back says that it was done, or what changed since."""
    stamps = dict(re.findall(r'name="(stamp-[0-9]+)" value="([^"]*)"', page.text))
    assert len(stamps) == EACH
    items = [name.removeprefix("stamp-") for name in stamps]
    answer = client.post("/review/several", data={**KEEP, **stamps, "item": items, "csrf": token_of(token)})
    if answer.status_code != 303:
        assert answer.status_code == 409, answer.text
        assert any(f" {what.words}" in answer.text.lower() for what in Changed), answer.text
    return answer


def _is_whole(desk: Desk, numbers: list[int], decided: Counter[int]) -> None:
    """Each decision that was said to be done stands in the history of its item and in the trail, and no other does."""
    with reading(desk.trail.database) as connection:
        for item in numbers:
            given = [verdict for verdict, _ in history(connection, item)]
            assert len(given) == decided[item]
            assert sum(one.state is VerdictState.CURRENT for one in given) <= 1
    assert verify_trail(MORGAN, desk.trail).fault is None
