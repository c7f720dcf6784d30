"""An inventory with accounts, the application over it, clients that are signed in, a browser before a real server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from web_clients import KEY, Clock, Served, a_client, a_client_of, an_inventory_with_people

from operations.config import InventorySettings, Organisation, Settings
from operations.people import passwords
from operations.people.audit import Trail
from web.app import over, pages_of


@pytest.fixture(autouse=True, scope="module")
def _quick_hashes() -> Iterator[None]:
    """Hashing is slow on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path) -> Settings:
    """What a test needs otherwise, it says by a fixture of the same name."""
    return Settings(
        organisation=Organisation(name="Wexcombe County Council"),
        inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'i.db'}", key_file=tmp_path / "k"),
    )


@pytest.fixture
def trail(settings) -> Iterator[Trail]:
    """The trail of an inventory in which PEOPLE have accounts, and nothing else is."""
    database = an_inventory_with_people(Path(settings.inventory.url.removeprefix("sqlite:///")))
    yield Trail(database, KEY)
    database.dispose()


@pytest.fixture
def app(settings, trail, clock) -> FastAPI:
    return over(_pages(), settings, trail, clock)


@cache
def _pages() -> FastAPI:
    """Declaring all of them takes a second of FastAPI's, so that a process does it once."""
    return pages_of()


@pytest.fixture
def client(app) -> TestClient:
    """Nobody."""
    return a_client(app)


@pytest.fixture
def signed_in(app) -> Callable[[str], TestClient]:
    """Makes a client of its own for a name of PEOPLE."""
    return lambda name: a_client_of(app, name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with its module: a process has one Playwright at a time, and others want theirs."""
    with sync_playwright() as started:
        # Root may not have Chromium's sandbox, and the tests of a build often are root.
        yield (opened := started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]))
        opened.close()


@pytest.fixture
def served(app) -> Iterator[str]:
    """The address of a real server on loopback."""
    with Served(app) as address:
        yield address


@pytest.fixture
def visiting(browser, served, signed_in) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser of one's own at the served address, signed in where a name is given: `visiting("rosa.lind")`.

    `page.goto` takes paths. `scripts=False` switches JavaScript off.
    """
    opened: list[BrowserContext] = []

    def visit(name: str = "", width: int = 1280, height: int = 900, *, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=served, viewport={"width": width, "height": height}, java_script_enabled=scripts
        )
        opened.append(context)
        if name:
            token = signed_in(name).cookies["muniment"]
            context.add_cookies([{"name": "muniment", "value": token, "url": served}])
        return context

    yield visit
    for context in opened:
        context.close()
