"""People, clients and a real server for tests of the web application. All people are invented."""

from __future__ import annotations

import atexit
import shutil
import socket
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from inventories import an_inventory

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from inventory.engine import Database, open_inventory
from operations.people import accounts
from operations.people.audit import Trail
from operations.people.sign_in import renew_password
from web.forms import token_of

PASSWORD = "otter lantern gravel"
KEY = AuditKey(b"k" * 32)
OWNER = Actor("root", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
ADMIN = Actor("ada.frost", (Grant(Role.ADMINISTRATOR),), Proof.OPERATING_SYSTEM)
_FIRST = "correct horse battery"

PEOPLE = {
    "ada.frost": (Role.ADMINISTRATOR, ()),
    "rosa.lind": (Role.REVIEWER, ("Planning",)),
    "piet.moor": (Role.REVIEWER, ("Highways",)),
    "vera.holt": (Role.APPROVER, ("Planning",)),
    "hugo.vale": (Role.APPROVER, ("Highways",)),
    "rita.marsh": (Role.RECORDS_MANAGER, ()),
    "ivan.gale": (Role.IG_OFFICER, ()),
    "sid.rowe": (Role.SIRO, ()),
    "dora.penn": (Role.DPO, ()),
    "abel.quill": (Role.AUDITOR, ()),
}
"""One account for each role, and of those who see their services alone one for each of two."""


class Clock:
    """The site's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def an_inventory_with_people(file: Path) -> Database:
    """One in which PEOPLE have accounts, with PASSWORD, and nothing else is."""
    shutil.copy(_peopled(), file)
    return open_inventory(f"sqlite:///{file}", create=False)


def add_people(trail: Trail) -> None:
    for name, (role, services) in PEOPLE.items():
        account = Account(name, name.replace(".", " ").title(), frozenset({role}), frozenset(services))
        accounts.add_account(OWNER if role is Role.ADMINISTRATOR else ADMIN, trail, account, _FIRST)
        renew_password(trail, name, _FIRST, PASSWORD)


@cache
def _peopled() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="people-"))
    atexit.register(shutil.rmtree, folder)
    database = an_inventory(folder / "inventory.db")
    add_people(Trail(database, KEY))
    database.dispose()
    return folder / "inventory.db"


def a_client(app: FastAPI) -> TestClient:
    """Nobody yet. It follows no redirection, and an error of ours is the page that people would see."""
    return TestClient(app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False)


def a_client_of(app: FastAPI, name: str) -> TestClient:
    """One that has signed in."""
    client = a_client(app)
    client.get("/sign-in")
    answer = posted(client, "/sign-in", name=name, password=PASSWORD, to="/")
    assert answer.status_code == 303, answer.text
    return client


def csrf_of(client: TestClient) -> str:
    """What the forms of this client's pages carry."""
    return token_of(client.cookies["muniment"])


def posted(client: TestClient, path: str, **fields: object):
    """A form as this client's own page sends it."""
    return client.post(path, data={"csrf": csrf_of(client), **fields})


class Served:
    """The application on a real server on loopback, for as long as it is entered."""

    def __init__(self, app: FastAPI, listening: socket.socket | None = None) -> None:
        self._listening = listening or socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listening]})

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()
