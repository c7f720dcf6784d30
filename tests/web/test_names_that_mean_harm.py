"""Names with markup, quotes, control and bidirectional characters, or that are no text, do nothing in a browser."""

from __future__ import annotations

import pytest
from viewed_estate import HARMFUL, an_estate

from domain.item import readable

pytestmark = pytest.mark.servers

PATHS = ("/items?service=Planning", "/rot/items", "/", "/estate", "/items?folder=Planning/<b>Odd</b>",
         *(f"/items/{20 + place}" for place in range(len(HARMFUL))))  # fmt: skip
ADDED = "main img, main script, main b, main svg:not([focusable]):not([aria-hidden]), main iframe, main [onerror]"


@pytest.mark.parametrize("scripts", [True, False])
def test_no_name_adds_an_element_or_opens_a_dialog(visiting, trail, scripts):
    an_estate(trail.database)
    page = visiting("ivan.gale", scripts=scripts).new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    for path in PATHS:
        assert page.goto(path).status == 200
        assert page.locator(ADDED).count() == 0, path
    assert said == []


def test_each_name_is_shown_as_what_it_is(visiting, trail):
    an_estate(trail.database)
    page = visiting("ivan.gale").new_page()
    for place, name in enumerate(HARMFUL):
        page.goto(f"/items/{20 + place}")
        assert page.locator("h1 bdi").last.inner_text() == readable(name)
