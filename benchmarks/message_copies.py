"""What knowing a message again saves, where many people got it: CPU seconds with and without, in one process.

usage: python -m benchmarks.message_copies [--messages N] [--mailboxes M]

The mails of the demo estate, each with a number of its own, are put into every mailbox behind the headers of its
way there, so that no two files are alike. They are scanned mailbox by mailbox, once as a scan does it and once
knowing files by their digests alone. The detector is the one that is installed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.measure import machine
from domain.content import Content
from inventory.engine import open_inventory
from inventory.messages import message_copies
from inventory.queries import Inventory
from operations.config import InventorySettings, Settings
from operations.configuration.source_settings import FolderSettings, MailSettings
from operations.demo.document import Message
from operations.demo.estate import plan
from operations.demo.format import render
from operations.executors.serial import SerialExecutor
from operations.keys import load_key, make_key
from operations.scanning.scan import Progress, Run, scan
from operations.wiring import ToolkitMaker, recorder_of
from scanner.blob import read_once
from scanner.message import message_of


def main(messages: int, mailboxes: int) -> None:
    print(f"Machine: {machine()}\n\nMessages: {messages}, each in {mailboxes} mailboxes.\n")
    with tempfile.TemporaryDirectory(prefix="copies-") as folder:
        root = Path(folder) / "mail"
        size = _delivered(root, messages, mailboxes)
        print("| | CPU s | messages a CPU second | groups of copies | personal |\n|---|---|---|---|---|")
        spent = {}
        for name, knows in (("known by digest alone", False), ("known as messages", True)):
            spent[name], told = _scanned(Path(folder) / name, root, knows=knows)
            print(f"| {name} | {spent[name]:.1f} | {messages * mailboxes / spent[name]:.0f} | {told} |")
        slow, quick = spent.values()
        print(f"\n{slow / quick:.1f} times the work without. {size / 1e6:.1f} MB.")
        print(f"Telling which message it is: {_telling(root) * 1e3:.2f} ms of CPU for a message.")


def _delivered(root: Path, messages: int, mailboxes: int) -> int:
    size = 0
    for number, mail in zip(range(messages), _mails(), strict=False):
        for mailbox in range(mailboxes):
            path = root / f"mailbox {mailbox:03}" / f"{number:06}.eml"
            path.parent.mkdir(parents=True, exist_ok=True)
            size += path.write_bytes(_came_to(mailbox, number) + mail)
    return size


def _mails() -> Iterator[bytes]:
    """The demo's mails again and again, each time with another number, and so with another Message-ID."""
    written = [(file.name, file.content) for file in plan() if isinstance(file.content, Message)]
    number = 0
    while True:
        for name, message in written:
            number += 1
            yield render(name, replace(message, subject=f"{message.subject} {number}"))


def _came_to(mailbox: int, number: int) -> bytes:
    return (
        f"Return-Path: <sender{number}@demo.example>\r\nDelivered-To: person{mailbox}@demo.example\r\n"
        f"Received: from gate{mailbox}.demo.example by store.demo.example id {mailbox}x{number}; "
        f"Mon, 5 Mar 2018 09:{mailbox % 60:02}:00 +0000\r\nX-Spam-Score: 0.{mailbox}\r\n"
    ).encode()


def _scanned(home: Path, root: Path, *, knows: bool) -> tuple[float, str]:
    home.mkdir()
    source = FolderSettings(name="mail", root=root)
    settings = Settings(
        inventory=InventorySettings(url=f"sqlite:///{home / 'inventory.db'}", key_file=home / "key"),
        mail=MailSettings(content=True, dpia_reference="benchmark"), source=(source,),
    )  # fmt: skip
    key = make_key(home / "key")
    database = open_inventory(settings.inventory.url, create=True)
    tools = ToolkitMaker(settings, load_key(home / "key"))()
    tools.classifier.find(Content("Dear Mrs Thornbury, your NI number is AB 12 34 56 C."))  # Its models are loaded.
    if not knows:
        tools = replace(tools, known_message=lambda message, media_type: False)  # noqa: ARG005
    recorder = recorder_of(settings, database, source, date(2026, 3, 2))
    recorder.begin(datetime(2026, 3, 2, tzinfo=UTC), "benchmark", key.id)
    began = time.process_time()
    scan(tools.sources["mail"], Run(recorder, Progress(), lambda _: None), SerialExecutor(lambda: tools))
    seconds = time.process_time() - began
    groups = list(message_copies(database))
    verdicts = (one.record.assessment for one in Inventory(database).held())
    personal = sum(verdict is not None and verdict.personal for verdict in verdicts)
    database.dispose()
    return seconds, f"{len(groups)} | {personal}"


def _telling(root: Path) -> float:
    paths = sorted(root.glob("*/*.eml"))[:500]
    began = time.process_time()
    for path in paths:
        with path.open("rb") as file, read_once(file, 2**30) as blob:
            message_of(blob, "message/rfc822")
    return (time.process_time() - began) / max(1, len(paths))


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--messages", type=int, default=60)
    asked.add_argument("--mailboxes", type=int, default=8)
    given = asked.parse_args()
    main(given.messages, given.mailboxes)
