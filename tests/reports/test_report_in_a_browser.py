"""The pages in Chromium: nothing runs, nothing is asked of a network, and axe-core finds nothing to mend."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from reports.renderers import write
from reports.report import Section

_CHROMIUM = shutil.which("chromium")
_NASTY = (
    "<script>document.title='run'</script>",
    '"><img src=x onerror="document.title=1">',
    "\u202egnp.exe",
    "\x1b[31m",
)

pytestmark = [pytest.mark.servers, pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium here")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as started:
        # Root may not have Chromium's sandbox, and the tests of a build often are root.
        yield (opened := started.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"]))
        opened.close()


def _report(build, kind):
    made = build.a_listing("a", *_NASTY)
    if kind == "hostile":
        words = " ".join(_NASTY)
        return replace(
            made, title=words, lead=words, sections=(*made.sections, Section(words, (words,), points=(words,)))
        )
    return made.for_publication() if kind == "publishable" else made


@pytest.mark.parametrize(("kind", "width"), [("whole", 1200), ("publishable", 375), ("hostile", 1200)])
def test_axe_finds_no_violation_and_nothing_runs_or_is_fetched(browser, build, tmp_path, kind, width):
    report = _report(build, kind)
    (path,) = write(report, "html", tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    assert page.evaluate("document.scripts.length + document.images.length") == 0
    assert page.title().startswith(report.title[:8])
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_snapshot()
    page.close()


def test_axe_would_find_one(browser):
    page = browser.new_page()
    page.set_content("<p style='color: #ccc'>Pale</p><img src='data:,'>")
    assert Axe().run(page).violations_count
    page.close()
