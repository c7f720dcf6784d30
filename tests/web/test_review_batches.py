"""Drafts, proposals and their approvals in pages: what has to be done before one goes, and by whom."""

from __future__ import annotations

import pytest
from reviewed_estate import change, find_in, hold, reviewed_trail, settings_with_schedule
from reviewed_forms import DISPOSE, ONE, TWO, batch, decided, errors, verdict, waits
from web_clients import posted

from domain.review import BatchState


@pytest.fixture
def settings(tmp_path):
    return settings_with_schedule(tmp_path)


@pytest.fixture
def trail(settings):
    yield from reviewed_trail(settings)


@pytest.fixture
def rosa(signed_in):
    """A reviewer of Planning, where ten items wait; two of Highways do."""
    return signed_in("rosa.lind")


def drafted(client, **fields: object) -> str:
    """The address of a draft for all of Planning's rule."""
    answer = posted(client, "/review/group", service="Planning", by="rule", key="PL", **{**DISPOSE, **fields})
    assert answer.status_code == 303, errors(answer)
    return answer.headers["location"]


def sample_of(client, draft: str) -> list[int]:
    return [one["number"] for one in client.get(f"{draft}.json").json()["evidence"]["sample"]]


def test_a_draft_sets_aside_what_is_odd_and_says_why(rosa, trail):
    find_in(trail, ONE, special="HEALTH", personal=True)
    hold(trail, "Planning/Letters/2.txt")
    draft = drafted(rosa)
    told = rosa.get(f"{draft}.json").json()
    assert (told["evidence"]["before_items"], told["batch"]["items"]) == (10, 8)
    assert told["evidence"]["aside"] == {
        "a legal hold freezes it": 1, "special categories of personal data were found in it": 1,
    }  # fmt: skip
    assert "Set aside: a legal hold freezes it" in rosa.get(draft).text


def test_one_of_the_sample_to_keep_ends_the_bulk(rosa, trail):
    draft = drafted(rosa)
    first, *_ = sample_of(rosa, draft)
    posted(rosa, f"{draft}/sample/{first}", keep="yes")
    page = rosa.get(draft)
    assert "does not go together" in page.text
    assert 'name="count"' not in page.text
    assert posted(rosa, f"{draft}/proposal", count="10").status_code == 422
    assert posted(rosa, f"{draft}/withdrawal").status_code == 303
    assert batch(trail).state is BatchState.VOID


def test_a_draft_goes_only_opened_and_with_its_count_typed(rosa, trail):
    draft = drafted(rosa)
    assert 'name="count"' not in rosa.get(draft).text
    assert "not opened yet" in errors(posted(rosa, f"{draft}/proposal", count="10")) + rosa.get(draft).text.lower()
    for item in sample_of(rosa, draft):
        assert rosa.get(f"{draft}/sample/{item}").status_code == 200
        posted(rosa, f"{draft}/sample/{item}", keep="no")
    for typed in ("", "x", "9", "9" * 40, "-10"):
        assert posted(rosa, f"{draft}/proposal", count=typed).status_code == 422
    assert batch(trail).state is BatchState.DRAFT
    assert posted(rosa, f"{draft}/proposal", count="10").status_code == 303
    assert batch(trail).state is BatchState.PROPOSED


def proposed(client, trail) -> int:
    """One item of Planning's is proposed; the number of its batch."""
    assert decided(client, trail, ONE, **DISPOSE).status_code == 303
    return verdict(trail, ONE).batch


def approval(client, of: int) -> dict[str, str]:
    return {"stamp": client.get(f"/review/batches/{of}.json").json()["batch"]["stamp"]}


def test_whoever_proposed_cannot_approve_and_is_told_who_can(rosa, trail, signed_in):
    of = proposed(rosa, trail)
    assert "It waits for an approver of Planning who took no part in it." in rosa.get(f"/review/batches/{of}").text
    assert posted(rosa, f"/review/batches/{of}/approval", answer="approve", **approval(rosa, of)).status_code == 403
    vera = signed_in("vera.holt")
    own = decided(vera, trail, TWO, **DISPOSE)
    assert own.status_code == 303
    mine = verdict(trail, TWO).batch
    assert "took part in this before" in vera.get(f"/review/batches/{mine}").text
    answer = posted(vera, f"/review/batches/{mine}/approval", answer="approve", **approval(vera, mine))
    assert (answer.status_code, batch(trail, mine).state) == (409, BatchState.PROPOSED)
    assert [one["number"] for one in vera.get("/approvals.json").json()["batches"]] == [of]


def test_a_batch_is_approved_as_it_was_seen_or_not_at_all(rosa, trail, signed_in):
    of, vera = proposed(rosa, trail), signed_in("vera.holt")
    seen = approval(vera, of)
    assert "Choose whether you approve it" in errors(posted(vera, f"/review/batches/{of}/approval", **seen))
    assert posted(vera, f"/review/batches/{of}/approval", answer="approve", stamp="other").status_code == 409
    answer = posted(vera, f"/review/batches/{of}/approval", answer="reject", **seen)
    assert "Say in a few words why" in errors(answer)
    assert posted(vera, f"/review/batches/{of}/approval", answer="approve", **seen).status_code == 303
    assert batch(trail, of).state is BatchState.APPROVED
    assert posted(vera, f"/review/batches/{of}/approval", answer="approve", **seen).status_code == 409


def test_what_is_rejected_waits_again_and_says_why(rosa, trail, signed_in):
    of, vera = proposed(rosa, trail), signed_in("vera.holt")
    assert not waits(trail, ONE)
    posted(vera, f"/review/batches/{of}/approval", answer="reject", why="The appeal is open.", **approval(vera, of))
    assert (batch(trail, of).state, waits(trail, ONE)) == (BatchState.REJECTED, True)
    assert "The appeal is open." in rosa.get(f"/review/batches/{of}").text


def test_an_item_that_changed_is_told_and_left_out_of_the_approval(rosa, trail, signed_in):
    of, vera = proposed(rosa, trail), signed_in("vera.holt")
    change(trail, ONE)
    assert "The item itself was changed" in vera.get(f"/review/batches/{of}").text
    posted(vera, f"/review/batches/{of}/approval", answer="approve", **approval(vera, of))
    assert "1 item left out, which changed." in vera.get("/review").text
    assert batch(trail, of).state is BatchState.VOID
