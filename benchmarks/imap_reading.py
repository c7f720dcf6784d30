"""What reading a mailbox by IMAP costs: beside bare imaplib, and in commands to the server.

usage: python -m benchmarks.imap_reading [--messages N]

A Dovecot server is started on this machine with mail made for it: one folder of messages, one in four with 60 KB
attached, and fifty small folders. Bare imaplib does what the fetch cannot do without: the same messages, as many at
once. Each is done three times in turn and the quickest counts.
"""

from __future__ import annotations

import argparse
import imaplib
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import machine
from domain.item import Listing
from scanner.source import nothing_known
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import MailPolicy

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from dovecot_servers import PASSWORD, Dovecot, a_message, running_dovecot
from imap_servers import between

_ROUNDS = 3
_AT_ONCE = 200
_FOLDERS = 50
_PLAIN = "imap_capability = IMAP4rev1 SASL-IR ENABLE NAMESPACE UNSELECT LIST-EXTENDED"


def main(messages: int) -> None:
    print(f"Machine: {machine()}\n")
    with running_dovecot("") as server:
        for number in range(messages):
            server.deliver("alice", "INBOX", a_message(number, 60_000 if number % 4 == 0 else 8_000))
        for number in range(_FOLDERS):
            server.deliver("bob", f"Folder {number}", a_message(number))
        _reading(server)
        print("\n| unchanged mailbox, folders | commands sent | for each folder | ms |\n|---|---|---|---|")
        _unchanged(server, "with LIST-STATUS")
    with running_dovecot(_PLAIN) as server:
        for number in range(_FOLDERS):
            server.deliver("bob", f"Folder {number}", a_message(number))
        _unchanged(server, "without")


def _reading(server: Dovecot) -> None:
    source = ImapSource("mail", _settings(server, "alice"), MailPolicy(content=True))
    listed = _timed(lambda: list(source.list()))
    items = [item for listing in source.list() for item in listing.items]
    read = sum(len(content) for _, content in source.fetch(items) if isinstance(content, bytes))
    timings: dict[str, list[tuple[float, float]]] = {"bare imaplib": [], "fetch": []}
    for _ in range(_ROUNDS):
        timings["bare imaplib"].append(_timed(lambda: _bare(server, len(items), read)))
        timings["fetch"].append(_timed(lambda: sum(1 for _ in source.fetch(items))))
    source.close()
    print(
        f"Messages: {len(items)}, {read / 1e6:.0f} MB. Listed by headers in {listed[0]:.2f} s, CPU {listed[1]:.2f} s.\n"
    )
    print("| reading them | wall s | CPU s | messages a second | times bare imaplib |\n|---|---|---|---|---|")
    bare = min(timings["bare imaplib"])[0]
    for what, spent in timings.items():
        wall, cpu = min(spent)
        print(f"| {what} | {wall:.2f} | {cpu:.2f} | {len(items) / wall:.0f} | {bare / wall:.2f} |")


def _bare(server: Dovecot, messages: int, expected: int) -> None:
    with imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.authenticate("PLAIN", lambda _: f"\0alice\0{PASSWORD}".encode())
        client.select("INBOX", readonly=True)
        read = 0
        for first in range(1, messages + 1, _AT_ONCE):
            _, told = client.uid("FETCH", f"{first}:{first + _AT_ONCE - 1}", "(UID BODY.PEEK[])")
            read += sum(len(answer[1]) for answer in told if isinstance(answer, tuple))
    assert read == expected, "not everything was read"


def _unchanged(server: Dovecot, what: str) -> None:
    with between(server.port) as middle:
        source = ImapSource("mail", replace(_settings(server, "bob"), port=middle.port))
        states = {listing.folder: listing.state for listing in source.list(nothing_known)}
        again: list[Listing] = []
        middle.commands.clear()
        wall, _ = _timed(lambda: again.extend(source.list(lambda folder: states.get(folder, b""))))
        source.close()
    folders = sum(listing.since_known for listing in again)
    sent = len(middle.commands)
    print(f"| {folders}, {what} | {sent} | {sent / folders:.2f} | {wall * 1000:.0f} |")


def _settings(server: Dovecot, account: str) -> ImapSettings:
    return ImapSettings("127.0.0.1", account, PASSWORD, (account,), port=server.port, tls=Tls.NONE)


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.monotonic(), time.process_time()
    call()
    return time.monotonic() - wall, time.process_time() - cpu


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--messages", type=int, default=4000)
    main(arguments.parse_args().messages)
