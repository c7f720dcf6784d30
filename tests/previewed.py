"""A share with one folder of files that a scan has listed, and somebody who is a user of the machine it lies on."""

from __future__ import annotations

import os
import pwd
import socket
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from classifiers.presidio import PresidioClassifier
from domain.account import Identity
from domain.privacy import FingerprintKey
from inventory.engine import Database
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.config import Detection, InventorySettings, Organisation, Settings
from operations.configuration.source_settings import FolderSettings
from scanner.sources.filesystem import FilesystemSource

SOURCE, SERVICE = "shares", "Planning"
CANARY = "Quillon Marchbanks"
LETTER = f"""Dear {CANARY},

Your National Insurance number is AB123456C, and you can be reached at quillon@example.org.
<script>alert(1)</script><img src=x onerror=alert(2)>
"""


@cache
def a_classifier() -> PresidioClassifier:
    """One for all tests of a process: to make another takes seconds."""
    return PresidioClassifier(FingerprintKey(b"k" * 32), None)


def a_share(folder: Path, **files: bytes) -> Path:
    """With the files of these names, "__" for a dot, in its folder Case; all can be read by everyone."""
    lies = folder / "share" / "Case"
    lies.mkdir(parents=True)
    for name, content in files.items():
        file = lies / name.replace("__", ".")
        file.write_bytes(content)
        file.chmod(0o644)
    for one in (lies, lies.parent):
        one.chmod(0o755)
    return lies


def settings_of(folder: Path, inventory: Path, **other: object) -> Settings:
    """Without a language model, which takes seconds to load."""
    source = FolderSettings(name=SOURCE, root=folder / "share")
    return Settings(
        organisation=Organisation(name="Wexcombe County Council"), source=(source,),
        inventory=InventorySettings(url=f"sqlite:///{inventory}", key_file=folder / "k"),
        detection=Detection(model="none"), **other,
    )  # fmt: skip


def listed(database: Database, folder: Path) -> dict[str, int]:
    """Have a scan list the share, as Planning's; gives the numbers of its files by their names."""
    root = os.fsencode(folder / "share")
    now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    recorder = Recorder(database, Place(SOURCE, root), Pipeline("p", "l"), now.date(), lambda _: SERVICE)
    recorder.begin(now, "detector 1", "key 1")
    for listing in FilesystemSource(SOURCE, root).list():
        recorder.note(listing)
    recorder.settle()
    recorder.finish(now, complete=True)
    return {held.record.ref.name.decode(): held.number for held in Inventory(database).held()}


def user(name: str = "nobody") -> Identity:
    """A user that every machine has."""
    return Identity.of_system_user(socket.gethostname(), pwd.getpwnam(name).pw_uid, name)
