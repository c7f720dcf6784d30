"""What is known of an item before it is opened: by each kind of source, who may see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.access import EVERYONE, Access, Right
from domain.account import Account
from domain.admission import of_directory, of_mailbox
from domain.errors import ConfigurationError
from domain.item import Item, ItemRef
from domain.preview import Withheld
from inventory.previewed import Kept
from operations.config import Organisation, Settings, load_settings
from operations.configuration.preview_settings import PreviewSettings
from operations.configuration.source_settings import (
    FolderSettings,
    MailFileSettings,
    MailServerSettings,
    MicrosoftSettings,
    ShareSettings,
)
from operations.viewing.preview_rights import principals_of, withheld

NOWHERE = Path("/nowhere")
FOLDER = FolderSettings(name="s", root=NOWHERE)
SHARE = ShareSettings(name="s", kind="smb", server="fs01", share="x", username="scan", password_file=NOWHERE)
FILES = MailFileSettings(name="s", kind="mailfile", root=NOWHERE)
SERVER = MailServerSettings(
    name="s", kind="imap", server="mail", username="scan", password_file=NOWHERE,
    mailboxes=("alice", "shared/alice/Team"),
)  # fmt: skip
MICROSOFT = MicrosoftSettings(
    name="s", kind="graph", tenant="t", client="c", secret_file=NOWHERE, mailboxes=("rosa.lind@example.org",),
    onedrives=("rosa.lind@example.org",), sites=("example.org/sites/Planning",),
)  # fmt: skip
SID, OTHER = "S-1-5-21-1-2-3-1100", "S-1-5-21-1-2-3-1101"
LISTED = Access(SID, (SID,), (), (Right(SID),))
MINE = of_directory("8F3C6E0A-0000-4000-8000-000000000000")
ROSA, ALICE = of_mailbox("rosa.lind@example.org"), of_mailbox("alice")


def asked(source, locator: bytes, access: Access | None, known: set[str], owner: str | None = None, *, shares=("s",)):
    settings = Settings(
        organisation=Organisation(name="Wexcombe County Council"), source=(source,),
        preview=PreviewSettings(shares=shares),
    )  # fmt: skip
    return withheld(Kept(Item(ItemRef("s", locator)), "Planning", owner, access, gone=False), settings, known)


@pytest.mark.parametrize(
    ("source", "access", "known", "why"),
    [
        (FOLDER, Access("uid:7", ("uid:7",)), {"uid:7"}, None),
        (FOLDER, Access("uid:7", (EVERYONE,)), {ROSA, MINE}, Withheld.NOBODY),
        (FOLDER, LISTED, {SID}, None), (SHARE, LISTED, {SID}, None), (SHARE, LISTED, {OTHER}, Withheld.REFUSED),
        (SHARE, LISTED, {"uid:7", ROSA, MINE}, Withheld.NOBODY), (SHARE, None, {SID}, Withheld.UNKNOWN),
        (SHARE, Access(SID, (SID,)), {SID}, Withheld.UNKNOWN),
        (SHARE, Access(SID, (SID,), (), (Right(OTHER, allows=False), Right(SID))), {SID}, Withheld.REFUSED),
        (SHARE, Access("uid:7", ("uid:7",), (), (Right("uid:7"),)), {"uid:7", SID}, Withheld.REFUSED),
    ],
)  # fmt: skip
def test_a_file_is_opened_for_whom_its_rights_let_in(source, access, known, why):
    assert asked(source, b"Case/a", access, known) is why


SAID = """
[preview]
shares = ["hr"]
[[preview.person]]
account = "rosa.lind"
sids = ["%s"]
ids = ["8f3c6e0a-0000-4000-8000-000000000000"]
mailboxes = ["rosa.lind@example.org"]
[[source]]
name = "hr"
kind = "%s"
"""
AN_SMB = 'smb"\nserver = "fs01"\nshare = "hr"\nusername = "scan"\npassword_file = "p'


def test_the_configuration_says_who_is_who_and_what_may_be_shown(tmp_path):
    (tmp_path / "muniment.toml").write_text(SAID % (SID, AN_SMB))
    told = load_settings(tmp_path / "muniment.toml").preview
    assert principals_of((), Account("rosa.lind"), told) == {SID, MINE, ROSA}
    assert principals_of((), Account("vera.holt"), told) == frozenset()


@pytest.mark.parametrize(
    ("sid", "kind", "said"),
    [
        ("S-1-1-0", AN_SMB, r"preview.person\[1\].sids\[1\]"), ("uid:0", AN_SMB, r"preview.person\[1\].sids\[1\]"),
        (SID, 'filesystem"\nroot = "/srv', "preview.shares: there is no source 'hr' of kind smb"),
    ],
)  # fmt: skip
def test_what_would_mean_anybody_or_nothing_is_refused(tmp_path, sid, kind, said):
    (tmp_path / "muniment.toml").write_text(SAID % (sid, kind))
    with pytest.raises(ConfigurationError, match=said):
        load_settings(tmp_path / "muniment.toml")


def test_of_a_share_nothing_is_opened_unless_the_configuration_names_it():
    assert asked(SHARE, b"Case/a", LISTED, {SID}, shares=()) is Withheld.IS_FAR


@pytest.mark.parametrize(
    ("source", "locator", "owner", "known", "why"),
    [
        (SERVER, b"alice/INBOX/1-1.eml", None, {ALICE}, None),
        (SERVER, b"alice.b/INBOX/1-1.eml", None, {ALICE}, Withheld.UNKNOWN),
        (SERVER, b"shared/alice/Team/1-1.eml", None, {ALICE}, Withheld.NOT_YOURS),
        (SERVER, b"shared/alice/Team/1-1.eml", None, {of_mailbox("shared/alice/Team")}, None),
        (FILES, b"alice/cur/1", "alice", {ALICE}, None), (FILES, b"alice/cur/1", "alice", {ROSA}, Withheld.NOT_YOURS),
        (FILES, b"1.eml", None, {ROSA}, Withheld.UNKNOWN), (FILES, b"1.eml", "uid:0", {"uid:0"}, Withheld.NOT_YOURS),
        (MICROSOFT, b"rosa.lind@example.org/Inbox/1.eml", None, {ROSA}, None),
        (MICROSOFT, b"rosa.lind@example.org/Inbox/1.eml", None, {ALICE, SID}, Withheld.NOT_YOURS),
        (MICROSOFT, b"OneDrive/rosa.lind@example.org/a.docx", "rosa.lind@example.org", {ROSA}, Withheld.IN_A_DRIVE),
        (MICROSOFT, b"example.org/sites/Planning/a.docx", "rosa.lind@example.org", {ROSA}, Withheld.IN_A_DRIVE),
        (MICROSOFT, b"OneDrive/another@example.org/a.docx", "rosa.lind@example.org", {ROSA, MINE}, Withheld.UNKNOWN),
    ],
)  # fmt: skip
def test_a_message_is_opened_for_whose_mailbox_it_is(source, locator, owner, known, why):
    everyone = Access(None, (EVERYONE,))
    assert asked(source, locator, everyone, known, owner) is why
