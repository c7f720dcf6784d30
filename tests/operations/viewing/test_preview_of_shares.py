"""Files of a real file server: shown by the rights that the scan kept and by those of the moment, denials first."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime

import pytest
from previewed import CANARY, LETTER, a_classifier
from security_descriptors import DENIED, FULL, READ, ace, descriptor
from sqlalchemy import select
from windows_rights import set_rights

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ProblemCode
from domain.preview import Preview, Withheld
from inventory.audit import latest
from inventory.engine import reading
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from inventory.tables import AccessRow
from operations import wiring
from operations.config import Detection, InventorySettings, Organisation, Settings
from operations.configuration.preview_settings import PreviewSettings
from operations.configuration.source_settings import ShareSettings
from operations.scanning.sources import source_of
from operations.viewing import preview as module
from operations.viewing.preview import preview
from scanner.sources.smb.settings import SmbSettings

pytestmark = pytest.mark.servers

REVIEWER = Actor("rosa.lind", (Grant(Role.REVIEWER, frozenset({"Planning"})),), Proof.PASSWORD)
DOMAIN = "S-1-5-21-1004336348-1177238915-682003330"
CLERK, TEAM, OTHERS = f"{DOMAIN}-1104", f"{DOMAIN}-2208", f"{DOMAIN}-3000"
SCANNING = ace("S-1-5-2", FULL)
"""Whoever comes over the network, as the account that scans does: of nobody here is it known that they do."""


class Shown:
    """A share with a folder of a letter, an inventory of it, and somebody who asks for the letter."""

    def __init__(self, samba, trail, settings) -> None:
        self.samba, self.trail, self.settings = samba, trail, settings
        self.number = 0
        self.folder = samba.share("acl") / "Case"
        self.folder.mkdir()
        self.write("letter.txt", LETTER.encode())

    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)
        for one in (self.folder.parent, self.folder, self.folder / name):
            os.chown(one, pwd.getpwnam(self.samba.boss).pw_uid, -1)
            one.chmod(0o777)

    def guard(self, *entries: bytes, path: str = r"Case\letter.txt") -> None:
        own = SmbSettings("127.0.0.1", "acl", "", self.samba.boss, self.samba.password, port=self.samba.port)
        set_rights(own, path, descriptor([*entries, SCANNING]))

    def scan(self) -> None:
        source = source_of(self.settings.sources[0])
        now = datetime(2026, 11, 1, 9, tzinfo=UTC)
        place = Place("share", self.settings.sources[0].place)
        recorder = Recorder(self.trail.database, place, Pipeline("p", "l"), now.date(), lambda _: "Planning")
        recorder.begin(now, "detector 1", "key 1")
        for listing in source.list():
            recorder.note(listing)
        recorder.settle()
        recorder.finish(now, complete=True)
        source.close()
        held = {one.record.ref.name: one.number for one in Inventory(self.trail.database).held()}
        self.number = held[b"letter.txt"]

    def ask(self, *principals: str, settings: Settings | None = None) -> Preview:
        return preview(REVIEWER, self.trail, settings or self.settings, self.number, principals)


@pytest.fixture
def _here(monkeypatch):
    """Fetched and read in this process: to begin others takes seconds."""
    monkeypatch.setattr(module, "alone", lambda work, *_: work())
    monkeypatch.setattr(wiring, "classifier_of", lambda *_: a_classifier())


@pytest.fixture
def shown(samba, trail, tmp_path):
    password = tmp_path / "password"
    password.write_text(samba.password)
    password.chmod(0o600)
    source = ShareSettings(
        name="share", kind="smb", server="127.0.0.1", port=samba.port, share="acl", username=samba.boss,
        password_file=password,
    )  # fmt: skip
    settings = Settings(
        organisation=Organisation(name="Wexcombe County Council"), source=(source,), detection=Detection(model="none"),
        inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'i.db'}", key_file=tmp_path / "k"),
        preview=PreviewSettings(shares=("share",)),
    )  # fmt: skip
    made = Shown(samba, trail, settings)
    made.guard(path="Case")
    made.guard(ace("S-1-1-0", FULL), path="")
    return made


def text_of(shown: Preview) -> str:
    return "".join(one.text for one in shown.pieces)


def test_in_processes_of_their_own_it_is_shown_and_nothing_is_left(shown, tmp_path):
    shown.guard(ace(TEAM, READ), path="Case")
    shown.guard(ace(TEAM, READ))
    shown.scan()
    found = shown.ask(CLERK, TEAM)
    assert (text_of(found), found.why, found.changed) == (LETTER, None, False)
    assert {kind for one in found.pieces for kind in one.kinds} >= {"UK_NINO", "EMAIL_ADDRESS"}
    assert [one.act for one in latest(shown.trail.database, 1)] == [Act.CONTENT_VIEWED]
    assert [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([ace(CLERK, READ)], None), ([ace(TEAM, READ)], None), ([ace("S-1-5-11", READ)], None),
        ([ace(TEAM, READ, DENIED), ace(CLERK, FULL)], Withheld.REFUSED),
        ([ace(OTHERS, READ, DENIED), ace(CLERK, FULL)], Withheld.REFUSED),
        ([ace(OTHERS, READ)], Withheld.REFUSED), ([], Withheld.REFUSED),
    ],
    ids=["their own", "their group's", "all who sign in", "their group denied", "another denied", "another's", "none"],
)  # fmt: skip
def test_a_denial_wins_and_what_is_not_known_lets_nobody_in(shown, entries, why):
    shown.guard(ace("S-1-1-0", READ), path="Case")
    shown.guard(*entries)
    shown.scan()
    found = shown.ask(CLERK, TEAM)
    assert found.why is why
    assert text_of(found) == ("" if why else LETTER)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("path", ["Case", r"Case\letter.txt"])
def test_rights_that_were_taken_away_since_the_scan_count(shown, path):
    for one in ("Case", r"Case\letter.txt"):
        shown.guard(ace(TEAM, READ), path=one)
    shown.scan()
    assert shown.ask(TEAM).why is None
    shown.guard(ace(TEAM, FULL, DENIED), path=path)
    assert shown.ask(TEAM).why is Withheld.REFUSED


@pytest.mark.usefixtures("_here")
def test_what_has_changed_since_the_scan_says_so_and_what_has_gone_is_named(shown):
    for one in ("Case", r"Case\letter.txt"):
        shown.guard(ace(TEAM, READ), path=one)
    shown.scan()
    (shown.folder / "letter.txt").write_text("Quite another text")
    assert (text_of(shown.ask(TEAM)), shown.ask(TEAM).changed) == ("Quite another text", True)
    (shown.folder / "letter.txt").unlink()
    assert shown.ask(TEAM).code == ProblemCode.VANISHED


def test_nothing_is_asked_of_the_server_for_whom_what_is_kept_does_not_let_in(shown, monkeypatch):
    def never(*_: object) -> bytes:
        raise AssertionError("it was fetched")

    monkeypatch.setattr(module, "alone", never)
    for one in ("Case", r"Case\letter.txt"):
        shown.guard(ace(TEAM, READ), path=one)
    shown.scan()
    assert shown.ask(OTHERS).why is Withheld.REFUSED
    assert shown.ask("uid:0", "gid:0", "mailbox:a@example.org").why is Withheld.NOBODY
    closed = shown.settings.model_copy(update={"preview": PreviewSettings()})
    assert shown.ask(TEAM, settings=closed).why is Withheld.IS_FAR


@pytest.mark.usefixtures("_here")
def test_a_source_that_cannot_be_signed_in_to_is_named(shown, tmp_path):
    for one in ("Case", r"Case\letter.txt"):
        shown.guard(ace(TEAM, READ), path=one)
    shown.scan()
    (tmp_path / "password").unlink()
    assert shown.ask(TEAM).why is Withheld.OUT_OF_REACH


def test_each_descriptor_is_kept_once_with_all_its_entries_in_their_order(shown):
    shown.write("second.txt", b"2")
    for name in ("letter.txt", "second.txt"):
        shown.guard(ace(TEAM, READ), ace(CLERK, READ, DENIED), path=rf"Case\{name}")
    shown.scan()
    with reading(shown.trail.database) as connection:
        kept = connection.execute(select(AccessRow.entries).where(AccessRow.entries.like("%-%"))).scalars().all()
    assert len(kept) == 1
    first, denied, last = (int(one) for one in kept[0].strip("[]").split(","))
    assert (first > 0, denied < 0, last > 0) == (True, True, True)
