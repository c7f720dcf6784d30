"""Mailboxes that are kept as files: what is a message, whose it is, and what stays the same when somebody reads it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef
from scanner.sources.mail_policy import CLOSED, MailPolicy
from scanner.sources.mailfile import MailFileSource
from scanner.sources.unreachable import SourceUnreachableError


@pytest.fixture
def source(tmp_path) -> MailFileSource:
    return MailFileSource("mail", os.fsencode(tmp_path), policy=MailPolicy(content=True))


def put(root: Path, path: str, content: bytes = b"Subject: x\r\n\r\nhello\r\n") -> Path:
    found = root / path
    found.parent.mkdir(parents=True, exist_ok=True)
    found.write_bytes(content)
    return found


def a_maildir(root: Path, *messages: str, at: str = "alice/Maildir") -> Path:
    for part in ("cur", "new", "tmp"):
        (root / at / part).mkdir(parents=True, exist_ok=True)
    for message in messages:
        put(root, f"{at}/{message}", message.encode())
    return root / at


def items_of(source: MailFileSource) -> dict[bytes, Item]:
    listings = list(source.list())
    found = [item for listing in listings for item in listing.items]
    assert len({item.ref for item in found}) == len(found)
    return {item.ref.locator: item for item in found}


def content_of(source: MailFileSource, item: Item) -> bytes:
    with source.open(item) as opened:
        assert opened.version == item.version
        return opened.file.read()


def test_the_messages_of_a_maildir_are_named_without_their_flags(source, tmp_path):
    a_maildir(tmp_path, "cur/1.a.host:2,S", "cur/2.b.host,S=99;2,", "new/3.c.host", "tmp/4.d.host")
    items = items_of(source)
    assert sorted(items) == [
        b"alice/Maildir/cur/1.a.host", b"alice/Maildir/cur/2.b.host,S=99", b"alice/Maildir/new/3.c.host",
        b"alice/Maildir/tmp/4.d.host",
    ]  # fmt: skip
    for item in items.values():
        assert content_of(source, item)


def test_a_message_that_is_read_flagged_or_seen_is_the_same_item(source, tmp_path):
    maildir = a_maildir(tmp_path, "cur/1.a.host:2,")
    [before] = items_of(source).values()
    (maildir / "cur/1.a.host:2,").rename(maildir / "cur/1.a.host:2,FS")
    [after] = items_of(source).values()
    assert (after.ref, after.version, after.size) == (before.ref, before.version, before.size)


def test_a_message_is_found_again_under_other_flags_and_in_the_other_part(source, tmp_path):
    maildir = a_maildir(tmp_path, "cur/1.a.host:2,", "new/2.b.host")
    items = items_of(source)
    assert {content_of(source, item) for item in items.values()} == {b"cur/1.a.host:2,", b"new/2.b.host"}
    (maildir / "cur/1.a.host:2,").rename(maildir / "cur/1.a.host:2,RS")
    (maildir / "new/2.b.host").rename(maildir / "cur/2.b.host:2,S")
    assert {content_of(source, item) for item in items.values()} == {b"cur/1.a.host:2,", b"new/2.b.host"}


def test_a_message_that_is_gone_has_vanished(source, tmp_path):
    maildir = a_maildir(tmp_path, "cur/1.a.host:2,")
    [item] = items_of(source).values()
    (maildir / "cur/1.a.host:2,").unlink()
    for _ in range(2):
        with pytest.raises(ItemTroubleError) as caught, source.open(item):
            pass
        assert caught.value.problem.code is ProblemCode.VANISHED


def test_another_content_is_another_version(source, tmp_path):
    maildir = a_maildir(tmp_path, "cur/1.a.host:2,")
    [before] = items_of(source).values()
    (maildir / "cur/1.a.host:2,").write_bytes(b"longer than it was before")
    [after] = items_of(source).values()
    assert after.version != before.version


def test_two_files_of_one_name_are_two_items(source, tmp_path):
    a_maildir(tmp_path, "cur/1.a.host:2,", "cur/1.a.host:2,S")
    items = items_of(source)
    assert sorted(content_of(source, item) for item in items.values()) == [b"cur/1.a.host:2,", b"cur/1.a.host:2,S"]


def test_a_plain_folder_that_is_called_new_is_no_maildir(source, tmp_path):
    put(tmp_path, "alice/new/report:2,S")
    assert list(items_of(source)) == [b"alice/new/report:2,S"]


def test_a_maildir_may_be_the_root_itself(source, tmp_path):
    a_maildir(tmp_path, "cur/1.a.host:2,S", at=".")
    [item] = items_of(source).values()
    assert (item.ref.locator, content_of(source, item)) == (b"cur/1.a.host", b"cur/1.a.host:2,S")


def test_an_owner_is_named_by_the_top_folder_or_file(source, tmp_path):
    for path in ("alice/2019/1.eml", "Bob.pst", "carol", "loose.eml"):
        put(tmp_path, path)
    assert {locator: item.owner for locator, item in items_of(source).items() if locator != b"loose.eml"} == {
        b"alice/2019/1.eml": "alice", b"Bob.pst": "Bob", b"carol": "carol",
    }  # fmt: skip


def test_the_configuration_names_owners_for_folders_and_files(tmp_path):
    for path in ("u123/1.eml", "u123/of-bob/1.eml", "old.pst"):
        put(tmp_path, path)
    owners = {"u123": "alice", "u123/of-bob": "bob", "old.pst": "carol"}
    source = MailFileSource("mail", os.fsencode(tmp_path), owners)
    assert [item.owner for _, item in sorted(items_of(source).items())] == ["carol", "alice", "bob"]


def test_closed_folders_and_stores_are_items_and_never_opened(source, tmp_path):
    a_maildir(tmp_path, "cur/1.a.host:2,S")
    a_maildir(tmp_path, "cur/2.b.host:2,S", at="alice/Maildir/.Work.Trade union")
    a_maildir(tmp_path, "cur/3.c.host:2,S", at="alice/Maildir/.Work")
    put(tmp_path, "bob/Legal/1.eml")
    put(tmp_path, "bob/Private.pst")
    put(tmp_path, "bob/Legal advice on parking.eml")
    items = items_of(source)
    closed = {locator: item.kind for locator, item in items.items() if item.problem == CLOSED}
    assert closed == {
        b"alice/Maildir/.Work.Trade union": ItemKind.FOLDER, b"bob/Legal": ItemKind.FOLDER,
        b"bob/Private.pst": ItemKind.FILE,
    }  # fmt: skip
    assert sorted(items.keys() - closed.keys()) == [
        b"alice/Maildir/.Work/cur/3.c.host", b"alice/Maildir/cur/1.a.host", b"bob/Legal advice on parking.eml",
    ]  # fmt: skip
    for locator in (b"bob/Legal/1.eml", b"bob/Private.pst", b"alice/Maildir/.Work.Trade union/cur/2.b.host"):
        with pytest.raises(ItemTroubleError) as caught, source.open(Item(ItemRef("mail", locator))):
            pass
        assert caught.value.problem == CLOSED


def test_no_listing_is_given_of_what_is_closed(source, tmp_path):
    put(tmp_path, "alice/Legal/Case/1.eml")
    put(tmp_path, "alice/Other/1.eml")
    folders = [listing.folder for listing in source.list()]
    assert folders == [b"", b"alice", b"alice/Other"]


def test_without_the_policys_word_no_content_is_read(tmp_path):
    put(tmp_path, "alice/1.eml")
    source = MailFileSource("mail", os.fsencode(tmp_path))
    [item] = items_of(source).values()
    with pytest.raises(ItemTroubleError) as caught, source.open(item):
        pass
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "mail-content")


def test_a_root_that_is_not_there_is_unreachable(tmp_path):
    with pytest.raises(SourceUnreachableError):
        list(MailFileSource("mail", os.fsencode(tmp_path / "gone")).list())


def test_what_the_filesystem_source_promises_of_links_holds(source, tmp_path):
    put(tmp_path, "outside.eml")
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice/1.eml").symlink_to(tmp_path / "outside.eml")
    item = items_of(source)[b"alice/1.eml"]
    assert item.problem == Problem(ProblemCode.LINK)
    with pytest.raises(ItemTroubleError), source.open(item):
        pass
