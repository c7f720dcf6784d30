"""In a browser a page says that its session is about to end, and that it has ended."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.servers


@pytest.fixture
def page(visiting):
    page = visiting("rosa.lind").new_page()
    page.clock.install()
    page.goto("/account/password")
    page.fill("#old", "typed and not sent")
    return page


def test_it_says_so_in_time_to_stay(page, clock):
    warning = page.locator("#signing-out")
    page.clock.run_for("24:30")
    assert not warning.is_visible()
    page.clock.run_for("01:00")
    clock.pass_by(minutes=25.5)
    assert "You will be signed out in five minutes." in warning.inner_text()
    assert Axe().run(page).violations_count == 0
    with page.expect_response("**/api/v1/account") as answer:
        page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.ok
    warning.wait_for(state="hidden")


def test_it_says_so_when_it_is_over_and_what_was_typed_is_still_there(page):
    page.clock.run_for("31:00")
    assert "You have been signed out." in page.locator("#signing-out").inner_text()
    assert page.input_value("#old") == "typed and not sent"
