"""What the policy for mail withholds is named, and not one byte of it is searched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_zip, an_item, an_mbox
from fakes import MakeTools

from domain.errors import Problem
from domain.examination import Cursor, Outcome
from domain.privacy import FingerprintKey
from inventory.engine import open_inventory
from operations.config import Detection, InventorySettings, Settings
from operations.configuration.source_settings import MailSettings
from operations.examine import examine
from operations.wiring import ToolkitMaker, limits_of
from scanner.budget import MIB, Budget
from scanner.sources.mail_policy import CLOSED, CONTENT_OFF, MailPolicy

MBOX = an_mbox(2, "NAMED")


def examined(name: bytes, content: bytes, policy: MailPolicy | None, after: Cursor | None = None, **budget):
    tools = replace(MakeTools({name: content}, Budget(**budget))(), mail=policy)
    return examine(an_item(name, len(content)), tools, after)


def problems(batch) -> dict[tuple[str, ...], Problem | None]:
    return {one.item.ref.part: one.problem for one in batch.examinations}


def test_without_leave_a_mailbox_on_a_share_is_named_and_skipped():
    (one,) = examined(b"team.mbox", MBOX, MailPolicy()).examinations
    assert (one.outcome, one.problem, one.digest, one.findings) == (Outcome.SKIPPED, CONTENT_OFF, None, ())


def test_with_leave_it_is_read_unless_its_name_keeps_it_closed():
    assert len(examined(b"team.mbox", MBOX, MailPolicy(content=True)).examinations) == 3
    assert len(examined(b"team.mbox", MBOX, None).examinations) == 3
    assert problems(examined(b"Private.mbox", MBOX, MailPolicy(content=True))) == {(): CLOSED}


def test_one_in_an_archive_is_named_where_it_lies_and_the_rest_is_read():
    archive = a_zip({"a.txt": b"one", "team.mbox": MBOX, "letter.eml": b"Subject: x\nFrom: y\nTo: z\n\nhello"})
    found = problems(examined(b"old.zip", archive, MailPolicy()))
    assert found == {(): None, ("a.txt",): None, ("team.mbox",): CONTENT_OFF, ("letter.eml",): None}


def test_a_walk_that_began_with_leave_ends_without_it():
    tools = {"batch_parts": 1}
    begun = examined(b"team.mbox", MBOX, MailPolicy(content=True), **tools)
    (one,) = examined(b"team.mbox", MBOX, MailPolicy(), begun.rest, **tools).examinations
    assert (one.problem, one.begun, one.outcome) == (CONTENT_OFF, True, Outcome.PARTIAL)


def test_a_large_one_is_not_even_hashed(monkeypatch, tmp_path):
    from scanner.sources.filesystem import FilesystemSource  # noqa: PLC0415

    path = tmp_path / "large.mbox"
    path.write_bytes(MBOX + b"x\n" * (17 * MIB))
    source = FilesystemSource("memory", str(tmp_path).encode())
    tools = replace(MakeTools({})(), sources={"memory": source}, mail=MailPolicy())
    (item,) = next(source.list()).items
    monkeypatch.setattr("operations.examine.hashed", pytest.fail)
    (one,) = examine(item, tools).examinations
    assert one.problem == CONTENT_OFF


@pytest.mark.parametrize("mail", [{"closed": ("grievance",)}, {"excluded": ("Junk",)},
                                  {"content": True, "dpia_reference": "DPIA-1"}, {"on_shares": False}])  # fmt: skip
def test_with_another_policy_what_was_withheld_is_read_again(mail):
    assert limits_of(Settings(mail=MailSettings(**mail))) != limits_of(Settings())


@pytest.mark.parametrize(
    ("mail", "reads"),
    [
        ({}, True), ({"on_shares": False}, False),
        ({"on_shares": False, "content": True, "dpia_reference": "DPIA-1", "closed": ("grievance",)}, True),
    ],
)  # fmt: skip
def test_a_scan_goes_by_the_configured_policy_and_who_names_a_file_to_examine_has_it_read(tmp_path, mail, reads):
    settings = Settings(
        mail=MailSettings(**mail), detection=Detection(model="none"),
        inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'inventory.db'}"),
    )  # fmt: skip
    open_inventory(settings.inventory.url, create=True).dispose()
    key = FingerprintKey(b"k" * 32)
    assert ToolkitMaker(settings, key)().mail == MailPolicy(reads, tuple(mail.get("closed", ())))
    assert ToolkitMaker(settings, key, reuse=False, withholds=False)().mail is None
