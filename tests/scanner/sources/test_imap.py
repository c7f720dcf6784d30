"""Mailboxes on a real Dovecot: what is listed again, what is told as gone, and that nothing there is changed."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from dovecot_servers import MASTER_PASSWORD, PASSWORD, Dovecot, a_message, running_dovecot
from imap_servers import between

from domain.access import Breadth
from domain.errors import ConfigurationError, ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import CLOSED, EXCLUDED, MailPolicy
from scanner.sources.unreachable import SourceUnreachableError

pytestmark = pytest.mark.servers

READING = MailPolicy(content=True)
_NO_QRESYNC = "imap_capability = IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE UNSELECT LIST-EXTENDED"


@pytest.fixture(scope="module")
def plain_server():
    """A server that says it can do no more than the first edition of the protocol."""
    with running_dovecot(_NO_QRESYNC) as server:
        yield server


@pytest.fixture(params=["resyncing", "plain"])
def server(request) -> Dovecot:
    server = request.getfixturevalue({"resyncing": "dovecot_server", "plain": "plain_server"}[request.param])
    server.empty()
    return server


@pytest.fixture
def opened():
    """Makes sources, and closes them."""
    sources: list[ImapSource] = []

    def make(server: Dovecot, *mailboxes: str, policy: MailPolicy = READING, **changes) -> ImapSource:
        settings = ImapSettings(
            "127.0.0.1", "alice", PASSWORD, mailboxes or ("alice",), port=server.port, tls=Tls.NONE
        )  # fmt: skip
        sources.append(ImapSource("mail", replace(settings, **changes), policy, lambda _: None))
        return sources[-1]

    yield make
    for source in sources:
        source.close()


def states_of(listings: list[Listing]):
    states = {listing.folder: listing.state for listing in listings}
    return lambda folder: states.get(folder, b"")


def files_of(listings: list[Listing]) -> list[Item]:
    return [item for listing in listings for item in listing.items if item.kind is ItemKind.FILE]


def listing_of(listings: list[Listing], folder: bytes) -> Listing:
    return next(listing for listing in listings if listing.folder == folder)


def remove(path: Path) -> None:
    """A message, wherever it lies by now."""
    for part in ("cur", "new"):
        for found in (path.parent.parent / part).glob(path.name.partition(":")[0] + "*"):
            found.unlink()


def test_a_message_is_told_by_its_headers_and_size(dovecot, opened):
    content = a_message(3, 5000)
    dovecot.deliver("alice", "INBOX", content)
    [item] = files_of(list(opened(dovecot).list()))
    assert (item.size, item.owner, item.problem) == (len(content), "alice", None)
    assert item.created.isoformat() == "2019-03-01T09:03:00+00:00"
    assert item.modified.year == 2023
    assert len(item.file_id) == 16


def test_a_message_without_an_id_of_its_own_has_none(dovecot, opened):
    dovecot.deliver("alice", "INBOX", a_message(1, message_id=""))
    [item] = files_of(list(opened(dovecot).list()))
    assert item.file_id is None
    assert item.version


def test_folders_carry_their_names_as_text(dovecot, opened):
    for folder in ("Archive/2019", "&AOk-t&AOk- 100%", "A&-B"):
        dovecot.deliver("alice", folder, a_message(1))
    folders = [listing.folder for listing in opened(dovecot).list()]
    assert folders == [
        b"", b"alice", b"alice/A&B", b"alice/Archive", b"alice/Archive/2019", b"alice/INBOX",
        "alice/été 100%25".encode(),
    ]  # fmt: skip


def test_what_did_not_change_is_not_told_again(server, opened):
    for number in range(3):
        server.deliver("alice", "INBOX", a_message(number))
    first = list(opened(server).list())
    again = list(opened(server).list(states_of(first)))
    inbox = listing_of(again, b"alice/INBOX")
    assert (inbox.items, inbox.gone, inbox.since_known, inbox.complete) == ((), (), True, True)
    assert inbox.state == listing_of(first, b"alice/INBOX").state


def test_only_what_is_new_is_told_and_what_is_gone(server, opened):
    paths = [server.deliver("alice", "INBOX", a_message(number)) for number in range(4)]
    first = list(opened(server).list())
    remove(paths[1])
    remove(paths[2])
    server.deliver("alice", "INBOX", a_message(9))
    inbox = listing_of(list(opened(server).list(states_of(first))), b"alice/INBOX")
    before = [item.ref.name for item in files_of(first)]
    assert inbox.since_known
    assert [item.created.minute for item in inbox.items] == [9]
    assert sorted(inbox.gone) == before[1:3]


def test_as_many_new_as_gone_are_not_taken_for_no_change(server, opened):
    path = server.deliver("alice", "INBOX", a_message(1))
    first = list(opened(server).list())
    remove(path)
    server.deliver("alice", "INBOX", a_message(2))
    inbox = listing_of(list(opened(server).list(states_of(first))), b"alice/INBOX")
    assert (len(inbox.items), len(inbox.gone), inbox.since_known) == (1, 1, True)


def test_a_flag_that_somebody_sets_is_no_change(server, opened):
    path = server.deliver("alice", "INBOX", a_message(1), "")
    first = list(opened(server).list())
    path.rename(path.with_name(path.name + "S"))
    inbox = listing_of(list(opened(server).list(states_of(first))), b"alice/INBOX")
    assert (inbox.items, inbox.gone, inbox.since_known) == ((), (), True)


def test_a_folder_that_is_numbered_anew_is_listed_whole_and_its_messages_are_known_again(server, opened):
    for number in range(3):
        server.deliver("alice", "INBOX", a_message(number))
    first = list(opened(server).list())
    for name in server.maildir("alice").glob("dovecot*"):
        name.unlink()
    (server.maildir("alice") / "dovecot-uidlist").write_text("3 V77 N900\n")
    second = list(opened(server).list(states_of(first)))
    assert not listing_of(second, b"alice/INBOX").since_known
    assert not {item.ref for item in files_of(first)} & {item.ref for item in files_of(second)}
    assert {(item.file_id, item.version) for item in files_of(first)} == {
        (item.file_id, item.version) for item in files_of(second)
    }


def test_a_message_that_is_filed_elsewhere_keeps_its_id_and_version(server, opened):
    path = server.deliver("alice", "INBOX", a_message(1))
    server.deliver("alice", "Filed", a_message(2))
    first = list(opened(server).list())
    [message] = listing_of(first, b"alice/INBOX").items
    [now] = list(path.parent.parent.glob(f"*/{path.name}*"))
    now.rename(server.maildir("alice", "Filed") / "cur" / f"{path.name}:2,S")
    again = list(opened(server).list(states_of(first)))
    assert listing_of(again, b"alice/INBOX").gone == (message.ref.name,)
    [filed] = listing_of(again, b"alice/Filed").items
    assert (filed.file_id, filed.version, filed.size) == (message.file_id, message.version, message.size)


def test_an_unchanged_mailbox_costs_one_round_trip(dovecot, opened):
    for number in range(50):
        dovecot.deliver("alice", f"Folder {number}", a_message(number))
    with between(dovecot.port) as middle:
        source = opened(dovecot, port=middle.port)
        first = list(source.list())
        middle.commands.clear()
        again = list(source.list(states_of(first)))
        source.close()
    assert sum(listing.since_known for listing in again) == 51
    assert middle.commands == ["UNSELECT", "LIST"]


def test_without_list_status_an_unchanged_folder_costs_one_round_trip(plain_server, opened):
    plain_server.empty()
    for number in range(50):
        plain_server.deliver("alice", f"Folder {number}", a_message(number))
    with between(plain_server.port) as middle:
        source = opened(plain_server, port=middle.port)
        first = list(source.list())
        middle.commands.clear()
        again = list(source.list(states_of(first)))
        source.close()
    assert sum(listing.since_known for listing in again) == 51
    assert sorted(middle.commands) == ["LIST", *["STATUS"] * 51, "UNSELECT"]


def test_nothing_on_the_server_changes_when_it_is_listed_and_read(dovecot, opened):
    for number in range(3):
        dovecot.deliver("alice", "INBOX", a_message(number), None if number else "")
    source = opened(dovecot)
    items = files_of(list(source.list()))

    def messages() -> set[tuple[str, bytes, int]]:
        found = [path for part in ("cur", "new") for path in (dovecot.maildir("alice") / part).iterdir()]
        return {(str(path), path.read_bytes(), path.stat().st_mtime_ns) for path in found}

    before = messages()
    for item in items:
        with source.open(item) as opened_item:
            opened_item.file.read()
    assert all(isinstance(content, bytes) for _, content in source.fetch(items))
    list(opened(dovecot).list())
    assert messages() == before


def test_nothing_is_ever_asked_that_could_change_a_mailbox(dovecot, opened):
    for number in range(3):
        dovecot.deliver("alice", "INBOX", a_message(number))
    with between(dovecot.port) as middle:
        source = opened(dovecot, port=middle.port)
        first = list(source.list())
        dovecot.deliver("alice", "INBOX", a_message(9))
        items = files_of([*source.list(states_of(first)), *first])
        list(source.fetch(items))
        with source.open(items[0]):
            pass
        source.close()
    assert set(middle.commands) == {
        "CAPABILITY", "AUTHENTICATE PLAIN", "ENABLE QRESYNC", "LIST", "NAMESPACE", "UNSELECT", "EXAMINE", "GETACL",
        "UID FETCH",
    }  # fmt: skip
    assert b"BODY[" not in middle.said


def test_many_messages_are_read_in_few_answers(dovecot, opened):
    sent = {number: a_message(number, 2000) for number in range(450)}
    for content in sent.values():
        dovecot.deliver("alice", "INBOX", content)
    with between(dovecot.port) as middle:
        source = opened(dovecot, port=middle.port)
        items = files_of(list(source.list()))
        middle.commands.clear()
        told = dict(source.fetch(items))
        source.close()
    assert sorted(told.values()) == sorted(sent.values())
    assert middle.commands.count("UID FETCH") == 3


def test_a_large_message_is_read_piece_by_piece(dovecot, opened):
    content = a_message(1, 20 * 1024 * 1024)
    dovecot.deliver("alice", "INBOX", content)
    source = opened(dovecot)
    [item] = files_of(list(source.list()))
    with source.open(item) as message:
        assert message.version == item.version
        assert message.file.read(100) == content[:100]
        assert (message.file.seek(17_000_000), message.file.read(50)) == (17_000_000, content[17_000_000:17_000_050])
        assert (message.file.seek(0), message.file.read()) == (0, content)
        assert message.file.read(1) == b""
    assert dict(source.fetch([item])) == {item: content}


def test_a_message_that_was_deleted_meanwhile_has_vanished_and_the_others_are_read(dovecot, opened):
    paths = [dovecot.deliver("alice", "INBOX", a_message(number)) for number in range(3)]
    source = opened(dovecot)
    items = files_of(list(source.list()))
    remove(paths[1])
    told = [content for _, content in opened(dovecot).fetch(items)]
    assert [isinstance(content, bytes) for content in told] == [True, False, True]
    assert told[1].problem.code is ProblemCode.VANISHED


def test_a_message_that_came_after_the_folder_was_opened_is_read(dovecot, opened):
    dovecot.deliver("alice", "INBOX", a_message(1))
    reading, listing = opened(dovecot), opened(dovecot)
    [first] = files_of(list(listing.list()))
    assert dict(reading.fetch([first]))
    dovecot.deliver("alice", "INBOX", a_message(2))
    both = files_of(list(listing.list()))
    assert all(isinstance(content, bytes) for _, content in reading.fetch(both))


def test_a_master_user_reads_the_mailboxes_on_the_list_and_no_other(dovecot, opened):
    for user in ("alice", "bob", "carol"):
        dovecot.deliver(user, "INBOX", a_message(1))
    source = opened(
        dovecot, "bob", "alice", username="svcscan", password=MASTER_PASSWORD, master_separator="*"
    )  # fmt: skip
    assert {item.ref.locator.split(b"/")[0] for item in files_of(list(source.list()))} == {b"alice", b"bob"}
    with pytest.raises(ItemTroubleError), source.open(Item(ItemRef("mail", b"carol/INBOX/1-1.eml"))):
        pass


def test_without_a_separator_the_account_is_asked_for_as_sasl_does(dovecot, opened):
    dovecot.deliver("bob", "INBOX", a_message(1))
    source = opened(dovecot, "bob", username="svcscan", password=MASTER_PASSWORD)
    assert [item.owner for item in files_of(list(source.list()))] == ["bob"]


def test_a_folder_that_somebody_shares_is_listed_where_it_is_allowed(dovecot, opened):
    for folder in ("Planning", "Own"):
        dovecot.deliver("bob", folder, a_message(1))
    dovecot.share("bob", "Planning", "alice")
    listings = list(opened(dovecot, "alice", "shared/bob").list())
    assert [item.ref.folder for item in files_of(listings)] == [b"shared/bob/Planning"]
    [item] = files_of(list(opened(dovecot, "shared/bob/Planning").list()))
    assert item.owner is None
    with opened(dovecot, "shared/bob/Planning").open(item) as message:
        assert message.file.read() == a_message(1)


def test_a_shared_folder_that_is_no_longer_to_be_had_is_unknown_and_not_empty(dovecot, opened):
    dovecot.deliver("alice", "INBOX", a_message(1))
    listings = list(opened(dovecot, "alice", "shared/carol").list())
    [gone] = listing_of(listings, b"shared").items
    assert (gone.ref.locator, gone.kind, gone.problem) == (
        b"shared/carol", ItemKind.FOLDER, Problem(ProblemCode.VANISHED),
    )  # fmt: skip
    assert b"shared/carol" not in {listing.folder for listing in listings}


def test_closed_folders_are_items_where_they_lie_and_what_is_in_them_is_not_told(dovecot, opened):
    for folder in ("Personal", "Trade union/Minutes", "Work/Legal advice", "Junk", "Work/Plans"):
        dovecot.deliver("alice", folder, a_message(1))
    source = opened(dovecot, policy=MailPolicy(content=True, excluded=("\\Junk",)))
    listings = list(source.list())
    closed = {item.ref.locator: item.problem for listing in listings for item in listing.items if item.problem}
    assert closed == {
        b"alice/Personal": CLOSED, b"alice/Trade union": CLOSED, b"alice/Work/Legal advice": CLOSED,
        b"alice/Junk": EXCLUDED,
    }  # fmt: skip
    assert [item.ref.folder for item in files_of(listings)] == [b"alice/Work/Plans"]
    with pytest.raises(ItemTroubleError), source.open(Item(ItemRef("mail", b"alice/Personal/1-1.eml"))):
        pass


def test_closed_folders_are_never_asked_for(dovecot, opened):
    dovecot.deliver("alice", "Personal", a_message(1))
    with between(dovecot.port) as middle:
        source = opened(dovecot, port=middle.port)
        list(source.list())
        source.close()
    assert middle.commands.count("EXAMINE") == 1


def test_without_the_policys_word_no_content_is_read(dovecot, opened):
    dovecot.deliver("alice", "INBOX", a_message(1))
    source = opened(dovecot, policy=MailPolicy())
    [item] = files_of(list(source.list()))
    with pytest.raises(ItemTroubleError) as caught, source.open(item):
        pass
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "mail-content")
    [(_, told)] = source.fetch([item])
    assert told.problem == Problem(ProblemCode.LIMIT, "mail-content")


def test_a_shared_folder_of_a_closed_name_cannot_be_allowed(dovecot, opened):
    with pytest.raises(ConfigurationError):
        opened(dovecot, "shared/bob/Legal")


def test_a_mailbox_that_is_suddenly_bare_is_unknown_and_not_empty(server, opened):
    server.deliver("alice", "INBOX", a_message(1))
    server.deliver("bob", "INBOX", a_message(1))

    def both() -> ImapSource:
        return opened(server, "alice", "bob", username="svcscan", password=MASTER_PASSWORD, master_separator="*")

    first = list(both().list())
    shutil.rmtree(server.maildir("alice"))
    server.own_folder(server.maildir("alice"))
    (server.maildir("alice") / "dovecot-uidlist").write_text("3 V77 N1\n")
    again = list(both().list(states_of(first)))
    [bare] = listing_of(again, b"").items
    assert (bare.ref.locator, bare.problem) == (b"alice", Problem(ProblemCode.VANISHED))
    assert b"alice/INBOX" not in {listing.folder for listing in again}


def test_a_mailbox_that_somebody_has_emptied_is_empty(server, opened):
    path = server.deliver("alice", "INBOX", a_message(1))
    first = list(opened(server).list())
    remove(path)
    inbox = listing_of(list(opened(server).list(states_of(first))), b"alice/INBOX")
    assert (inbox.complete, inbox.items, inbox.gone) == (True, (), (files_of(first)[0].ref.name,))


def test_a_wrong_password_is_an_unreachable_source(dovecot, opened):
    with pytest.raises(SourceUnreachableError) as caught:
        list(opened(dovecot, password="wrong").list())
    assert "wrong" not in str(caught.value)


def test_one_mailbox_that_refuses_does_not_keep_back_the_others(dovecot, opened):
    dovecot.deliver("bob", "INBOX", a_message(1))
    source = opened(
        dovecot, "bob", "nobody", username="svcscan", password=MASTER_PASSWORD, master_separator="*"
    )  # fmt: skip
    listings = list(source.list())
    assert len(files_of(listings)) == 1
    [refused] = listing_of(listings, b"").items
    assert (refused.ref.locator, refused.kind) == (b"nobody", ItemKind.FOLDER)
    assert refused.problem == Problem(ProblemCode.DENIED)
    assert all(listing.complete for listing in listings)


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_a_server_is_read_with_either_kind_of_tls(dovecot, opened, tls):
    dovecot.deliver("alice", "INBOX", a_message(1))
    port = dovecot.tls_port if tls is Tls.IMPLICIT else dovecot.port
    source = opened(dovecot, tls=tls, port=port, ca_file=dovecot.certificate)
    assert len(files_of(list(source.list()))) == 1


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_refused(dovecot, opened, tls):
    port = dovecot.tls_port if tls is Tls.IMPLICIT else dovecot.port
    with pytest.raises(SourceUnreachableError, match="certificate"):
        list(opened(dovecot, tls=tls, port=port).list())


def test_several_threads_list_and_read_at_once(dovecot, opened):
    for number in range(60):
        dovecot.deliver("alice", f"F{number % 3}", a_message(number))
    source = opened(dovecot, connections=2)
    items = files_of(list(source.list()))
    told: list[bytes] = []

    def reads(some: list[Item]) -> None:
        for item in some:
            with source.open(item) as message:
                told.append(message.file.read())

    threads = [threading.Thread(target=reads, args=(items[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    assert len(files_of(list(source.list()))) == 60
    for thread in threads:
        thread.join()
    assert sorted(told) == sorted(a_message(number) for number in range(60))


def test_a_folder_that_may_not_be_opened_is_an_item_where_it_lies(server, opened):
    server.deliver("alice", "Sealed", a_message(1))
    server.deliver("alice", "Sealed/Below", a_message(1))
    server.deliver("alice", "INBOX", a_message(2))
    (server.maildir("alice", "Sealed") / "dovecot-acl").write_text("owner l\n")
    listings = list(opened(server).list())
    [sealed] = listing_of(listings, b"alice").items
    assert (sealed.ref.locator, sealed.kind, sealed.problem) == (
        b"alice/Sealed", ItemKind.FOLDER, Problem(ProblemCode.DENIED),
    )  # fmt: skip
    assert {item.ref.folder for item in files_of(listings)} == {b"alice/INBOX", b"alice/Sealed/Below"}
    assert all(listing.complete for listing in listings)


def test_a_closed_folder_that_is_gone_is_told_as_gone_of_a_folder_that_did_not_change(dovecot, opened):
    dovecot.deliver("alice", "Work", a_message(1))
    dovecot.deliver("alice", "Work/Legal", a_message(1))
    first = list(opened(dovecot).list())
    again = list(opened(dovecot).list(states_of(first)))
    shutil.rmtree(dovecot.maildir("alice", "Work/Legal"))
    assert [item.ref.name for item in listing_of(again, b"alice/Work").items] == [b"Legal"]
    for earlier in (first, again):
        last = listing_of(list(opened(dovecot).list(states_of(earlier))), b"alice/Work")
        assert (last.items, last.gone, last.since_known) == ((), (b"Legal",), True)


def test_who_may_read_a_folder_is_told_as_the_server_tells_it(dovecot, opened):
    dovecot.deliver("bob", "Planning", a_message(1))
    dovecot.share("bob", "Planning", "alice")
    source = opened(dovecot, "bob", username="svcscan", password=MASTER_PASSWORD, master_separator="*")
    access = listing_of(list(source.list()), b"bob/Planning").access
    assert (access.owner, access.readers, access.writers) == ("bob", ("alice", "bob"), ("bob",))
    assert access.breadth() is Breadth.NAMED


def test_a_real_server_says_what_this_account_could_change_and_asking_changes_nothing(dovecot, opened):
    dovecot.deliver("alice", "INBOX", a_message(1))
    dovecot.deliver("bob", "Planning", a_message(2))
    dovecot.share("bob", "Planning", "alice")
    with between(dovecot.port) as middle:
        source = opened(dovecot, "alice", "shared/bob/Planning", "shared/carol", port=middle.port)
        own, shared, refused = source.reach()
        source.close()
    assert {"delete", "flag", "insert", "mark as read"} <= set(own.changing)
    assert (own.title, own.unreadable, own.problem) == ("alice", 0, None)
    assert (shared.title, shared.changing, shared.folders) == ("shared/bob/Planning", (), 1)
    assert refused.problem == Problem(ProblemCode.VANISHED)
    assert not {"SELECT", "STORE", "SETACL"} & set(middle.commands)
