"""What pages of the web application cost: ten requests a second for a minute, to `muniment serve` in its own process.

usage: python -m benchmarks.web_cost [--items N] [--url sqlite:///FILE] [--seconds S] [--rate R] [--only PAGE ...]

The inventory is made up (`filled_inventory`, `filled_decisions`, `filled_review`); with --url it is one that was, to
which people are added where it has none; on PostgreSQL, with --folder for its keys. Clients are signed in by password;
pages take their turns. Printed is of each page the middle and the 95th of a hundred times, from the moment a request
was due, so that waiting for a busy server counts, and what is wanted of the 95th; and the CPU time of the server's
process a request, from asking each page some times more, one after another.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import httpx2
import psutil

from benchmarks.filled_decisions import decide
from benchmarks.filled_inventory import fill
from benchmarks.filled_review import work
from benchmarks.measure import PROGRAM, machine
from inventory.engine import open_inventory
from operations.config import load_settings
from operations.people.accounts import bind, has_accounts
from operations.people.audit import open_trail
from operations.people.sign_in import SystemUser
from web.forms import token_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from web_clients import ADMIN, PASSWORD, add_people

LISTS = (
    "/items", "/items?sort=risk", "/items?kind=PERSON", "/items?service=Service%2040&kind=CREDENTIAL", "/rot/items",
    "/rot/items?reason=technical&service=Service%2040", "/review", "/review/groups?service=Service%201",
    "/review/groups?service=Service%201&by=family", "/review/items?service=Service%201", "/information-assets",
    "/information-assets/A-0011", "/holds", "/audit", "/requests",
)  # fmt: skip
DASHBOARDS = ("/overview", "/due", "/risk", "/rot", "/estate", "/coverage", "/trend", "/scans")
PAGES = (*LISTS, *DASHBOARDS)
_TARGETS = dict.fromkeys(LISTS, 500) | dict.fromkeys(DASHBOARDS, 200)
"""Milliseconds in which 95 of a hundred are to be answered."""
_NAMES = ("rita.marsh", "ivan.gale")
_ALONE = 10
_START_SECONDS = 120.0
_MOST_WAITING = 60

Times: TypeAlias = dict[str, list[float]]


def main(items: int, url: str | None, folder: Path | None, seconds: int, rate: int, pages: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = folder or (Path(url.removeprefix("sqlite:///")).parent if url else Path(made))
        if url is None:
            url = f"sqlite:///{folder}/inventory.db"
            database = open_inventory(url, create=True)
            fill(database, items)
            decide(database)
            work(database)
            database.dispose()
        config = _configured(folder, url)
        with serving(config) as (address, process):
            clients = [_signed_in(address, name) for name in _NAMES]
            cpu = {page: _cpu(clients[0], process, page) for page in pages}
            told = asked(clients, pages, seconds, rate)
            for client in clients:
                client.close()
    _print(told, cpu, seconds, rate)


def _configured(folder: Path, url: str) -> Path:
    """A configuration beside which the keys lie, of an inventory in which people have accounts."""
    config = folder / "muniment.toml"
    config.write_text(f'[inventory]\nurl = "{url}"\nkey_file = "{folder}/k"\naudit_key_file = "{folder}/a"\n')
    with open_trail(load_settings(config)) as trail:
        if not has_accounts(trail):
            add_people(trail)
            # Who measures starts the server.
            bind(ADMIN, trail, ADMIN.account, SystemUser.present().identity)
    return config


@contextmanager
def serving(config: Path) -> Iterator[tuple[str, psutil.Process]]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environment = {**os.environ, "MUNIMENT_CONFIG": str(config)}
    command = [PROGRAM, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield address, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            httpx2.get(f"{address}/health", trust_env=False).raise_for_status()
        except httpx2.HTTPError:
            threading.Event().wait(0.2)
        else:
            return
    raise RuntimeError("The server did not start.")


def _signed_in(address: str, name: str) -> httpx2.Client:
    # Given up before the server closes it, since a connection is lost that both settle on in the same moment.
    kept = httpx2.Limits(keepalive_expiry=2)
    client = httpx2.Client(base_url=address, trust_env=False, timeout=120, limits=kept)
    client.get("/sign-in")
    fields = {"name": name, "password": PASSWORD, "csrf": token_of(client.cookies["muniment"])}
    answer = client.post("/sign-in", data=fields)
    if answer.status_code != 303:
        raise RuntimeError(f"{name} could not sign in: {answer.status_code}")
    return client


def _cpu(client: httpx2.Client, process: psutil.Process, page: str) -> float:
    """Milliseconds of one request, after one by which what is read first is read."""
    _ask(client, page)
    before = process.cpu_times()
    for _ in range(_ALONE):
        _ask(client, page)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) * 1000 / _ALONE


def asked(clients: Sequence[httpx2.Client], pages: Sequence[str], seconds: int, rate: int) -> Times:
    """Milliseconds of each request of each page, from the moment at which it was due."""
    told: Times = {page: [] for page in pages}

    def ask(number: int, due: float) -> None:
        page = pages[number % len(pages)]
        _ask(clients[number % len(clients)], page)
        told[page].append((time.monotonic() - due) * 1000)

    begun = time.monotonic()
    with ThreadPoolExecutor(_MOST_WAITING) as pool:
        asking = []
        for number in range(seconds * rate):
            due = begun + number / rate
            time.sleep(max(due - time.monotonic(), 0))
            asking.append(pool.submit(ask, number, due))
        for one in asking:
            one.result()
    return told


def _ask(client: httpx2.Client, page: str) -> None:
    answer = client.get(page, headers={"Accept": "text/html"})
    if answer.status_code != 200:
        raise RuntimeError(f"{page}: {answer.status_code}")


def _print(told: Times, cpu: dict[str, float], seconds: int, rate: int) -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{rate} requests a second for {seconds} s; {machine()}; load {load}\n")
    print("| page | requests | p50 ms | p95 ms | wanted | CPU ms |\n|---|---|---|---|---|---|")
    for page, times in told.items():
        print(f"| {page} | {_row(times, _TARGETS.get(page))} | {cpu[page]:.0f} |")
    for kind, several in (("lists", LISTS), ("dashboards", DASHBOARDS)):
        every = [time for page in several for time in told.get(page, ())]
        if every:
            print(f"| all {kind} | {_row(every, _TARGETS[several[0]])} | |")


def _row(times: Sequence[float], wanted: int | None) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"{len(times)} | {cuts[9]:.0f} | {cuts[18]:.0f} | {wanted or ''}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--url")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=10)
    parser.add_argument("--only", nargs="+", default=PAGES)
    told = parser.parse_args()
    main(told.items, told.url, told.folder, told.seconds, told.rate, told.only)
