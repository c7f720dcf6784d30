"""Every page in every state, in Chromium: accessible, by keyboard, on a small screen, enlarged, without scripts."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from web_pages import STATES, State

pytestmark = pytest.mark.servers

EACH = pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
WIDE = {"width": 1280, "height": 900}
ENLARGED = {"width": 320, "height": 256}
"""A screen of 1280 by 1024 at 400 %; as wide as a small telephone."""


ONLY_WITH_SCRIPTS = "main .govuk-password-input__toggle"
"""What is of use with scripts alone, and not seen without them."""


@contextmanager
def shown(state: State, trail, visiting, **how):
    """The page in that state; nothing was asked of another host, and nothing that the policy forbids was tried."""
    if state.prepare:
        state.prepare(trail)
    page = visiting(state.who, **how).new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(state.path)
    assert answer.status == state.status, page.content()
    if state.then:
        state.then(page)
    page.wait_for_load_state("load")
    yield page
    here = page.url.split("/")[2]
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {here}
    assert [line for line in said if "status of 4" not in line] == []
    page.close()


def violations(page) -> str:
    found = Axe().run(page)
    return found.generate_snapshot() if found.violations_count else ""


def overflow(page) -> int:
    """By how many pixels one must scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


_TO_SEE = [state for state in STATES if state.prepare] + [state for state in STATES if not state.prepare]
ONCE_EACH_PAGE = tuple({state.path.partition("?")[0]: state for state in reversed(_TO_SEE)}.values())
"""Of each page the first state in which there is something to see: what axe looks at on a small screen too."""


@EACH
def test_it_is_accessible_large_and_small_by_keyboard_and_without_scripts(state, trail, visiting):
    with shown(state, trail, visiting, **WIDE) as page:
        assert page.locator("h1").count() == 1
        assert page.title().endswith("Muniment, Wexcombe County Council")
        assert violations(page) == ""
        refuse_out_of_reach(page)
        page.evaluate("document.activeElement.blur()")
        page.set_viewport_size(ENLARGED)
        assert overflow(page) <= 0
        if state in ONCE_EACH_PAGE:
            assert violations(page) == ""
    with shown(replace(state, prepare=None), trail, visiting, **ENLARGED, scripts=False) as page:
        assert page.locator("h1").count() == 1
        hidden = page.locator(USABLE).filter(visible=False).count()
        assert hidden == page.locator(ONLY_WITH_SCRIPTS).count()
        assert overflow(page) <= 0


USABLE = "main :is(button, a, input, select):not(details:not([open]) *, [type=hidden])"
"""What lies in a closed `details` is a click away, with scripts or without."""


def refuse_out_of_reach(page) -> None:
    """Fails where the keyboard does not reach something, or what it has reached does not show."""
    page.evaluate("document.activeElement.blur()")
    wanted, reached = page.evaluate(FOCUSABLE), set()
    for _ in range(wanted * 2 + 5):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUSED)
        if where["number"] >= 0:
            reached.add(where["number"])
            assert where["seen"], where
        if len(reached) == wanted:
            return
    raise AssertionError(f"{len(reached)} of {wanted} reached")


FOCUSABLE = """() => {
    const names = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const radios = new Set();
    window.tried = [...document.querySelectorAll(names)].filter(one => {
        if (!one.checkVisibility() || one.disabled) return false;
        if (one.type !== 'radio') return true;  // of a group of radio buttons the keyboard reaches one
        const key = one.form + one.name;
        return !radios.has(key) && radios.add(key);
    });
    return window.tried.length;
}"""

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), before = getComputedStyle(one, ':before');
    const label = one.labels && one.labels[0] ? getComputedStyle(one.labels[0], ':before') : style;
    const drawn = part => part.outlineStyle !== 'none' || part.boxShadow !== 'none';
    let number = window.tried.indexOf(one);
    if (one.type === 'radio' && number < 0)
        number = window.tried.findIndex(other => other.type === 'radio' && other.name === one.name);
    return {number, seen: drawn(style) || drawn(before) || drawn(label), text: one.outerHTML.slice(0, 200)};
}"""


def test_the_first_thing_that_the_keyboard_reaches_leads_past_the_head(visiting):
    page = visiting("rosa.lind").new_page()
    page.goto("/account")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_axe_would_find_something(visiting):
    page = visiting().new_page()
    page.goto("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    assert violations(page)
