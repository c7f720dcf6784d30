"""Pages of the web application over an inventory of one's own, as docs/ shows them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright
from web_clients import Served, a_client, posted

from operations.config import load_settings
from operations.people.audit import open_trail
from web.app import over, pages_of

PICTURES = Path(__file__).parents[1] / "docs" / "images"
SIZE = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser."""

    browser: Browser
    pages: FastAPI

    @contextmanager
    def seen(self, config: Path, account: str, password: str, path: str) -> Iterator[Page]:
        """What somebody sees there after they have signed in."""
        with open_trail(settings := load_settings(config)) as trail:
            app = over(self.pages, settings, trail, lambda: datetime.now(UTC))
            client = a_client(app)
            client.get("/sign-in")
            assert posted(client, "/sign-in", name=account, password=password, to="/").status_code == 303
            with Served(app) as address, self.browser.new_context(base_url=address, viewport=SIZE) as context:
                context.set_default_timeout(60_000)
                context.add_cookies([{"name": "muniment", "value": client.cookies["muniment"], "url": address}])
                page = context.new_page()
                assert page.goto(path).status == 200
                yield page


@contextmanager
def visiting() -> Iterator[Visitor]:
    with sync_playwright() as started:
        # Root may not have Chromium's sandbox, and the tests of a build often are root.
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield Visitor(browser, pages_of())
        browser.close()


def take_picture(page: Page, name: str) -> None:
    """Renews docs/images/NAME.png where WRITE_GOLDEN is set; else the page has only to be one that can be shown."""
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    if os.environ.get("WRITE_GOLDEN"):
        page.screenshot(path=PICTURES / f"{name}.png")
    else:
        assert (PICTURES / f"{name}.png").is_file()
