"""Queues, items and several of them in pages: what they show, and what a form on them comes to."""

from __future__ import annotations

import re

import pytest
from reviewed_estate import NIGHT, change, desk_of_today, find_in, hold, number, reviewed_trail, settings_with_schedule
from reviewed_forms import DISPOSE, KEEP, ONE, ROADS, TWO, decided, errors, stamp, verdict, waits
from web_clients import a_client_of, posted

from domain.review import VerdictKind
from inventory.audit import entries
from operations.review.queue import refill


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


def test_a_queue_says_how_much_waits_and_until_when(rosa):
    (queue,) = rosa.get("/review.json").json()["queues"]
    assert (queue["service"], queue["items"], queue["overdue"]) == ("Planning", 10, False)
    assert "10 items wait for a decision" in rosa.get("/review").text
    assert queue["standing"].startswith("To be decided by ")
    assert rosa.get("/review.csv").text.splitlines()[1].startswith("Planning,10,")
    assert "but for the bank holidays of England and Wales" in rosa.get("/review").text


def test_an_overdue_queue_says_so_in_words(rosa, clock):
    clock.pass_by(days=45)
    page = a_client_of(rosa.app, "rosa.lind").get("/review")
    assert "Overdue since" in page.text
    assert "working days in the queue" in page.text


@pytest.mark.parametrize(
    ("by", "titles"),
    [("folder", {"memory: Planning/Letters": 4, "memory: Planning/<b>Odd</b>": 6}), ("rule", {"PL": 10}),
     ("class", {"PL.01 Planning letters": 10}), ("action", {"Dispose": 10}), ("family", {})],
)  # fmt: skip
def test_a_queue_comes_in_the_groups_that_people_think_in(rosa, by, titles):
    told = rosa.get(f"/review/groups.json?service=Planning&by={by}").json()
    assert {one["title"]: one["items"] for one in told["groups"]} == titles
    for one in told["groups"]:
        found = rosa.get("/review/items.json", params={"service": "Planning", "by": by, "key": one["key"]}).json()
        assert len(found["items"]) == one["items"]


@pytest.mark.parametrize(
    ("by", "key", "title"),
    [("rule", "PL", "Rule: <strong><bdi>PL</bdi>"), ("action", "dispose", "Action: <strong><bdi>Dispose</bdi>"),
     ("class", "PL.01", "Record class: <strong><bdi>PL.01 Planning letters</bdi>"),
     ("folder", "", "Folder: <strong><bdi>memory: Planning/Letters</bdi>")],
)  # fmt: skip
def test_a_group_is_called_by_its_name_before_it_is_decided_on(rosa, by, key, title):
    groups = rosa.get(f"/review/groups.json?service=Planning&by={by}").json()["groups"]
    of = key or next(one["key"] for one in groups if one["title"].endswith("Letters"))
    assert title in rosa.get("/review/group", params={"service": "Planning", "by": by, "key": of}).text


def test_a_group_that_there_is_not_is_no_page(rosa):
    assert rosa.get("/review/group?service=Planning&by=rule&key=none").status_code == 404
    assert rosa.get("/review/items?service=Planning&by=folder&key=x").status_code == 422
    assert rosa.get("/review/items?service=Planning&after=x").status_code == 422


def test_the_items_of_a_queue_are_narrowed_and_put_in_order_by_address(rosa, trail):
    find_in(trail, ONE, special="HEALTH", personal=True)
    refill(NIGHT, desk_of_today(trail))
    first = {"service": "Planning", "first": "largest"}
    sizes = [one["item"]["size"] for one in rosa.get("/review/items.json", params=first).json()["items"]]
    assert sizes == sorted(sizes, reverse=True)
    told = rosa.get("/review/items.json", params={**first, "odd": "true"}).json()
    assert [one["item"]["number"] for one in told["items"]] == [number(trail, ONE)]
    page = rosa.get("/review/items", params={**first, "odd": "true"}).text
    assert '<option value="largest" selected>' in page
    assert "/review/items.csv?service=Planning&amp;first=largest&amp;odd=true" in page
    assert rosa.get("/review/items?service=Planning&first=size").status_code == 422


def test_an_item_is_shown_with_why_it_waits_what_holds_it_and_what_was_decided_on_others(rosa, trail):
    find_in(trail, ONE, special="HEALTH", personal=True)
    hold(trail, "Planning/Letters/2.txt")
    assert decided(rosa, trail, b"Planning/Letters/3.txt", **KEEP).status_code == 303
    page = rosa.get(f"/review/items/{number(trail, ONE)}")
    assert "Unchanged since 4 May 2019; kept for 1 year; due on 4 May 2020." in page.text
    assert "Possible special category data: health" in page.text
    assert "Planning retention, invented" in page.text
    assert "Kept: 1" in page.text
    held = rosa.get(f"/review/items/{number(trail, TWO)}")
    assert "HOLD-1" in held.text
    assert 'value="dispose"' not in held.text
    assert "It is on hold (HOLD-1)" in held.text


def test_what_is_kept_waits_no_more_and_the_note_is_in_no_audit_entry(rosa, trail):
    answer = decided(rosa, trail, ONE, **KEEP, back="/review/items?service=Planning&by=rule&key=PL")
    assert answer.headers["location"] == "/review/items?service=Planning&by=rule&key=PL"
    assert "Kept: 1 item." in rosa.get("/review").text
    assert (verdict(trail, ONE).kind, verdict(trail, ONE).until.month) == (VerdictKind.KEEP, 5)
    assert not waits(trail, ONE)
    assert "Wanted for the appeal" in rosa.get(f"/review/items/{number(trail, ONE)}").text
    assert "appeal" not in str([*entries(trail.database)])


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/account", "/review\\x", ""])
def test_a_form_leads_on_to_pages_of_the_review_alone(rosa, trail, to):
    answer = decided(rosa, trail, ONE, **KEEP, back=to)
    assert answer.headers["location"] == "/review/items?service=Planning"


@pytest.mark.parametrize(
    ("fields", "told"),
    [({}, "Choose what is to become of it."), ({"kind": "burn"}, "Choose what is to become of it."),
     ({"kind": "keep"}, "Choose a reason. Enter the day on which it is looked at again, such as 31 5 2027."),
     (KEEP | {"until-keep-day": "32"}, "Enter the day on which it is looked at again, such as 31 5 2027."),
     (KEEP | {"until-keep-year": "1999"}, "Choose a day after"),
     (KEEP | {"until-keep-year": "9" * 30}, "Enter the day on which it is looked at again"),
     (KEEP | {"until-keep-year": "9999"}, "Choose a day after"),
     (KEEP | {"reason-keep": "period-over"}, "Choose a reason."),
     (KEEP | {"note": "x" * 2_001}, "Write a note of 2,000 characters at most."),
     ({"kind": "reclassify", "reason": "class-wrong"}, "Choose the class that it is of."),
     ({"kind": "transfer", "reason": "moved"}, "Say to whom it is handed over."),
     ({"kind": "refer", "reason": "not-ours"}, "Choose to whom it goes."),
     ({"kind": "refer", "reason": "not-ours", "target": "service:Nowhere"}, "Nobody reviews for"),
     ({"kind": "reclassify", "reason": "class-wrong", "target": "NO.99"}, "NO.99")],
)  # fmt: skip
def test_what_is_missing_or_cannot_be_is_told_beside_what_was_typed(rosa, trail, fields, told):
    answer = decided(rosa, trail, ONE, **fields)
    assert answer.status_code == 422
    assert told in errors(answer)
    assert fields.get("note", "") in answer.text
    assert re.findall(r'href="#([^"]+)"', answer.text)[-1] in re.findall(r'id="([^"]+)"', answer.text)
    assert verdict(trail, ONE) is None


def test_a_stale_form_is_told_what_changed_and_comes_again_as_it_was_typed(rosa, trail):
    item = number(trail, ONE)
    before = stamp(rosa, item)
    change(trail, ONE)
    answer = posted(rosa, f"/review/items/{item}", **KEEP, stamp=before)
    assert answer.status_code == 409
    assert "the item itself was changed" in errors(answer).lower()
    assert "Wanted for the appeal" in answer.text
    assert verdict(trail, ONE) is None
    again = re.search(r'name="stamp" value="([^"]+)"', answer.text).group(1)
    assert posted(rosa, f"/review/items/{item}", **KEEP, stamp=again).status_code == 303
    assert verdict(trail, ONE).kind is VerdictKind.KEEP


def test_a_hold_that_came_meanwhile_stops_a_proposal(rosa, trail):
    item = number(trail, ONE)
    before = stamp(rosa, item)
    hold(trail, "Planning/Letters/1.txt")
    answer = posted(rosa, f"/review/items/{item}", **DISPOSE, stamp=before)
    assert (answer.status_code, verdict(trail, ONE)) == (409, None)
    assert "holds on it have changed" in errors(answer)


def test_of_several_nothing_is_decided_unless_somebody_says_so(rosa, trail):
    items = [number(trail, ONE), number(trail, TWO)]
    page = rosa.get("/review/several", params={"item": items})
    assert 'value="leave" checked' in page.text
    assert 'value="dispose"' not in page.text
    stamps = {f"stamp-{item}": stamp(rosa, item) for item in items}
    assert posted(rosa, "/review/several", item=items, kind="leave", **stamps).status_code == 303
    assert "Nothing was changed." in rosa.get("/review").text
    assert verdict(trail, ONE) is None
    assert posted(rosa, "/review/several", item=items, **KEEP, **stamps).status_code == 303
    assert "Kept: 2 items." in rosa.get("/review").text


def test_of_several_one_that_changed_keeps_all_from_being_decided_on(rosa, trail):
    items = [number(trail, ONE), number(trail, TWO)]
    stamps = {f"stamp-{item}": stamp(rosa, item) for item in items}
    change(trail, TWO)
    answer = posted(rosa, "/review/several", item=items, **KEEP, **stamps)
    assert (answer.status_code, verdict(trail, ONE)) == (409, None)
    assert "Nothing was decided, for 1 item" in errors(answer)
    assert "Wanted for the appeal" in answer.text


def test_that_nothing_is_ticked_is_told(rosa):
    assert "No item is ticked" in rosa.get("/review/several").text
    assert posted(rosa, "/review/several", **KEEP).status_code == 422
    assert rosa.get("/review/several", params={"item": list(range(1, 300))}).status_code == 422


def test_what_is_not_mine_goes_to_who_it_is_sent_to_and_back_only_if_said_again(rosa, trail, signed_in):
    refer = {"kind": "refer", "reason": "not-ours"}
    item = number(trail, ONE)
    assert decided(rosa, trail, ONE, **refer, target="service:Highways").status_code == 303
    assert rosa.get(f"/review/items/{item}").status_code == 404
    piet = signed_in("piet.moor")
    assert piet.get(f"/review/items/{item}").status_code == 200
    assert piet.get("/review.json").json()["queues"][0]["items"] == 3
    answer = decided(piet, trail, ONE, **refer, target="service:Planning")
    assert (answer.status_code, "It came from there" in errors(answer)) == (409, True)
    assert 'name="again"' in answer.text
    assert decided(piet, trail, ONE, **refer, target="service:Planning", again="1").status_code == 303
    assert rosa.get(f"/review/items/{item}").status_code == 200


def test_what_was_sent_to_somebody_is_on_a_page_of_theirs(rosa, trail, signed_in):
    decided(rosa, trail, ONE, kind="refer", reason="cannot-tell", target="account:vera.holt")
    vera = signed_in("vera.holt")
    assert "1 item sent to you" in vera.get("/review").text
    assert [one["item"]["name"] for one in vera.get("/review/sent.json").json()["items"]] == ["1.txt"]
    assert rosa.get("/review/sent.json").json()["items"] == []


def test_who_reads_alone_sees_no_form(trail, signed_in):
    sid = signed_in("sid.rowe")
    page = sid.get(f"/review/items/{number(trail, ROADS)}")
    assert 'id="decide"' not in page.text
    assert "You can look at this" in page.text
    assert decided(sid, trail, ROADS, **KEEP).status_code == 403
