"""A disposal as people come to it in a browser: reviewer, approver, second approver; and by keyboard alone."""

from __future__ import annotations

import json
import zipfile

import pytest
from reviewed_estate import HARMFUL, number, reviewed_trail, settings_with_schedule

from domain.review import BatchState
from inventory.engine import reading
from inventory.reviews import approved_batches, batch_numbered

pytestmark = pytest.mark.servers


@pytest.fixture
def settings(tmp_path):
    """From two items on somebody else has to approve too."""
    return settings_with_schedule(tmp_path, second_items=2)


@pytest.fixture
def trail(settings):
    yield from reviewed_trail(settings)


def state(trail) -> BatchState:
    with reading(trail.database) as connection:
        return batch_numbered(connection, 1).state


def go(page, target) -> None:
    """Click, and be on the next page when it is there: what is read at once would be the old one, now and then."""
    with page.expect_navigation():
        target.click()


def draft_of_letters(page) -> None:
    page.goto("/review")
    go(page, page.get_by_role("link", name="Planning"))
    row = page.get_by_role("row", name="Letters")
    assert row.get_by_role("cell").all_inner_texts()[0] == "4"
    go(page, row.get_by_role("link", name="Decide"))
    assert page.get_by_label("Leave as is").is_checked()
    page.get_by_label("Propose to dispose of it").check()
    page.locator("#reason-dispose").select_option("period-over")
    go(page, page.get_by_role("button", name="Continue"))


def open_the_sample(page) -> None:
    go(page, page.get_by_role("button", name="Open the next of the sample"))
    while page.get_by_role("button", name="It may go").count():
        go(page, page.get_by_role("button", name="It may go"))


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)])
def test_a_reviewer_an_approver_and_a_second_one_come_to_an_approved_batch(visiting, trail, width, scripts):
    page = visiting("rosa.lind", width=width, scripts=scripts).new_page()
    draft_of_letters(page)
    assert "nothing is decided yet" in page.locator("h1").inner_text()
    assert "0 of 4 read, 0 to keep" in page.locator("main").inner_text()
    open_the_sample(page)
    assert "All 4 read, 0 to keep" in page.locator("main").inner_text()
    page.get_by_label("How many items are decided on?").fill("3")
    go(page, page.get_by_role("button", name="Propose"))
    assert "You typed 3, and the draft holds 4" in page.get_by_role("alert").inner_text()
    page.get_by_label("How many items are decided on?").fill("4")
    go(page, page.get_by_role("button", name="Propose"))
    told = page.locator("main").inner_text()
    assert "Proposed for disposal: 4 items. Somebody else has to approve it." in told
    assert "You cannot approve it" in told
    assert page.get_by_label("Approve").count() == 0

    page = visiting("vera.holt", width=width, scripts=scripts).new_page()
    page.goto("/approvals")
    go(page, page.get_by_role("link", name="Batch 1"))
    told = page.locator("main").inner_text()
    assert "4 items, drawn at random, were opened one by one. All 4 read, 0 to keep." in told
    page.get_by_label("Approve").check()
    go(page, page.get_by_role("button", name="Approve or reject"))
    assert "Batch 1: waits for a second approval." in page.locator("main").inner_text()
    assert state(trail) is BatchState.APPROVED_ONCE

    page = visiting("rita.marsh", width=width, scripts=scripts).new_page()
    page.goto("/approvals")
    go(page, page.get_by_role("link", name="Batch 1"))
    page.get_by_label("Approve").check()
    go(page, page.get_by_role("button", name="Approve or reject"))
    assert "Approved (second) by rita.marsh" in page.locator("main").inner_text()
    with reading(trail.database) as connection:
        (approved,) = approved_batches(connection)
    assert (approved.items, approved.parties) == (4, {"rosa.lind", "vera.holt", "rita.marsh"})

    page = visiting("abel.quill", width=width, scripts=scripts).new_page()
    page.goto("/audit")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    acts = [line["act"] for line in exported(download.value.path()) if line["subject"] == "batch:1"]
    assert acts == ["review.drafted", *["review.sample-opened"] * 4, "review.proposed", *["review.approved"] * 2]


def exported(archive: str) -> list[dict[str, str]]:
    """The entries of a trail that somebody took out."""
    with zipfile.ZipFile(archive) as files:
        return [json.loads(line) for line in files.read(files.namelist()[0]).splitlines()]


def reach(page, what: str) -> None:
    """Go on by the tabulator key until something has the focus."""
    wanted = page.locator(what).first
    for _ in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {what}")


def follow(page, what: str) -> None:
    """Reach a link or button and press it."""
    reach(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_whole_group_is_reviewed_by_keyboard_alone(visiting, trail):
    page = visiting("rosa.lind").new_page()
    page.goto("/review")
    follow(page, "main th a:has-text('Planning')")
    follow(page, "tr:has-text('Letters') a:has-text('Decide')")
    reach(page, "#kind")
    while not page.locator("input[value=dispose]").is_checked():
        page.keyboard.press("ArrowDown")
    reach(page, "#reason-dispose")
    page.keyboard.type("Its period")
    follow(page, "button:has-text('Continue')")
    follow(page, "a:has-text('Open the next of the sample')")
    while page.locator("button:has-text('It may go')").count():
        follow(page, "button:has-text('It may go')")
    reach(page, "#count")
    page.keyboard.type("4")
    follow(page, "button:has-text('Propose')")
    assert state(trail) is BatchState.PROPOSED


ADDED = "main img, main script, main b, main svg:not([focusable]):not([aria-hidden]), main iframe, main [onerror]"
ODD = [b"Planning/<b>Odd</b>/" + name for name in HARMFUL]


@pytest.mark.parametrize("scripts", [True, False])
def test_no_name_adds_an_element_or_opens_a_dialog(visiting, trail, scripts):
    page = visiting("rosa.lind", scripts=scripts).new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    items = [number(trail, path) for path in ODD]
    page.goto("/review/groups?service=Planning")
    go(page, page.get_by_role("row", name="Odd").get_by_role("link", name="Decide"))
    page.get_by_label("Propose to dispose of it").check()
    page.locator("#reason-dispose").select_option("period-over")
    page.get_by_label("Note").fill("<img src=x onerror=alert(9)>")
    go(page, page.get_by_role("button", name="Continue"))
    ticked = "&".join(f"item={item}" for item in items)
    paths = ["/review", "/review/groups?service=Planning", "/review/items?service=Planning", "/review/batches/1",
             f"/review/several?{ticked}", "/review/batches?state=draft"]  # fmt: skip
    paths += [f"{before}/{item}" for item in items for before in ("/review/items", "/review/batches/1/sample")]
    for path in paths:
        assert page.goto(path).status == 200
        assert page.locator(ADDED).count() == 0, path
        assert "\u202e" not in page.content(), path
    assert said == []
