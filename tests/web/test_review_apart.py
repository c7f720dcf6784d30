"""Two services do not see each other's queues, items or batches, by whatever address; forged forms do nothing."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute
from reviewed_estate import LETTER, reviewed_trail, settings_with_schedule
from web_clients import posted

from domain.review import BatchState
from inventory.engine import reading
from inventory.reviews import batch_numbered, current
from web.pages import batches, deciding, review, standing_in

ROOMS = (review.ROOM, deciding.ROOM, batches.ROOM, standing_in.ROOM)
PATHS = {one.path for room in ROOMS for one in room.declared}
DISPOSE = {"kind": "dispose", "reason": "period-over"}
DRAFT, PROPOSAL = 1, 2
ABOUT_PLANNING = {"service": "Planning", "by": "rule", "key": "PL", "item": LETTER}


@pytest.fixture
def settings(tmp_path):
    return settings_with_schedule(tmp_path)


@pytest.fixture
def trail(settings):
    yield from reviewed_trail(settings)


@pytest.fixture
def rosa(signed_in):
    """Of Planning, where she drafted a batch and proposed another, of one item that the draft holds too."""
    rosa = signed_in("rosa.lind")
    posted(rosa, "/review/group", service="Planning", by="rule", key="PL", **DISPOSE)
    stamp = rosa.get(f"/review/items/{LETTER}.json").json()["stamp"]
    posted(rosa, f"/review/items/{LETTER}", stamp=stamp, **DISPOSE)
    return rosa


def routes(app, method: str) -> list[str]:
    """Every address of the review by this method: page, JSON, CSV and API."""
    found = [one.path for one in app.routes if isinstance(one, APIRoute) and method in one.methods]
    return [path for path in found if path.removeprefix("/api/v1").removesuffix(".json").removesuffix(".csv") in PATHS]


def filled(path: str, number: int, item: int = LETTER) -> str:
    of = number if "/batches/" in path else item
    return path.replace("{number}", str(of)).replace("{item}", str(item))


def states(trail):
    with reading(trail.database) as connection:
        return [batch_numbered(connection, of).state for of in (DRAFT, PROPOSAL)], current(connection, [LETTER])


def test_there_are_addresses_to_try(app):
    assert len(routes(app, "GET")) >= 40
    assert len(routes(app, "POST")) >= 16


@pytest.mark.parametrize("batch", [DRAFT, PROPOSAL])
def test_nobody_of_another_service_opens_any_of_it(app, rosa, signed_in, batch):
    piet = signed_in("piet.moor")
    for path in routes(app, "GET"):
        answer = piet.get(filled(path, batch), params=ABOUT_PLANNING)
        assert "Planning/Letters" not in answer.text, path
        assert "1.txt" not in answer.text, path
        if "{" in path or path.split("/")[-1].split(".")[0] in ("groups", "items", "several", "group"):
            assert answer.status_code == 404, path
            missing = piet.get(filled(path, 999_999, 999_999), params=ABOUT_PLANNING | {"item": 999_999})
            assert (missing.status_code, len(missing.text)) == (404, len(answer.text)), path
    assert rosa.get(f"/review/batches/{batch}").status_code == 200


def test_what_their_lists_come_to_is_their_own(rosa, signed_in):
    piet = signed_in("piet.moor")
    assert [one["service"] for one in piet.get("/review.json").json()["queues"]] == ["Highways"]
    assert piet.get("/review/batches.json").json()["batches"] == []
    assert piet.get("/review/batches.json?state=draft").json()["batches"] == []
    assert signed_in("hugo.vale").get("/approvals.json").json()["batches"] == []
    assert len(signed_in("vera.holt").get("/approvals.json").json()["batches"]) == 1


def test_a_draft_is_its_drafters_alone(rosa, signed_in):
    vera = signed_in("vera.holt")
    assert vera.get(f"/review/batches/{DRAFT}").status_code == 404
    assert vera.get(f"/review/batches/{DRAFT}/sample/{LETTER + 1}").status_code == 404
    assert vera.get("/review/batches.json?state=draft").json()["batches"] == []


FIELDS = {
    **DISPOSE, "service": "Planning", "by": "rule", "key": "PL", "item": LETTER, f"stamp-{LETTER}": "x", "stamp": "x",
    "keep": "no", "count": "10", "answer": "approve", "why": "So",
}  # fmt: skip


@pytest.mark.parametrize("who", ["piet.moor", "hugo.vale"])
@pytest.mark.parametrize("batch", [DRAFT, PROPOSAL])
def test_nobody_of_another_service_changes_any_of_it(app, rosa, trail, signed_in, who, batch):
    other, before = signed_in(who), states(trail)
    for path in routes(app, "POST"):
        answer = posted(other, filled(path, batch), **FIELDS)
        assert answer.status_code in (403, 404, 409, 422), path
        assert "1.txt" not in answer.text, path
    assert states(trail) == before
    assert before[0] == [BatchState.DRAFT, BatchState.PROPOSED]


def test_a_form_that_this_browser_was_not_given_changes_nothing(app, rosa, trail):
    before = states(trail)
    for path in routes(app, "POST"):
        for token in ({}, {"csrf": "0" * 64}):
            assert rosa.post(filled(path, DRAFT), data=FIELDS | token).status_code == 403, path
    assert states(trail) == before


def test_a_number_that_nothing_can_have_is_not_found(app, rosa):
    for path in routes(app, "GET"):
        if "{" in path:
            for number in (0, 2**63, 10**30):
                assert rosa.get(filled(path, number, number)).status_code == 404, path
    assert rosa.get("/review/several", params={"item": 10**30}).status_code == 404
