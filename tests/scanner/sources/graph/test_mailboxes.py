"""Mailboxes: what is listed again, what is told as gone, and which folders stay closed."""

from __future__ import annotations

import pytest
from graph_readings import ALICE, BOB, content_of, files_of, items_of, listing_of, states_of, trouble_of

from domain.errors import Problem, ProblemCode
from domain.item import ItemKind
from scanner.sources.graph.message_ids import MessageIds
from scanner.sources.mail_policy import CLOSED, EXCLUDED, MailPolicy
from scanner.sources.unreachable import SourceUnreachableError

INBOX = f"{ALICE}/Inbox".encode()
CONTENT = b"Subject: Rent\r\nMessage-ID: <1@council.example>\r\n\r\nDear tenant,\r\n"


@pytest.fixture
def alice(graph):
    graph.add_mailbox(ALICE)
    return graph


def test_a_message_is_told_by_its_headers_and_size(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    [item] = items_of(opened(mailboxes=(ALICE,)).list())
    assert (item.kind, item.size, item.owner, item.problem) == (ItemKind.FILE, len(CONTENT), ALICE, None)
    assert item.modified.isoformat() == "2021-03-04T05:06:07+00:00"
    assert item.created.isoformat() == "2021-03-04T05:06:00+00:00"
    assert (item.ref.folder, len(item.ref.name), len(item.file_id)) == (INBOX, 20, 16)


def test_a_message_reads_as_its_mime_in_the_version_that_was_listed(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    source = opened(mailboxes=(ALICE,))
    [item] = items_of(source.list())
    with source.open(item) as message:
        assert (message.file.read(), message.version, message.taken) == (CONTENT, item.version, len(CONTENT))
    assert list(source.fetch([item])) == [(item, CONTENT)]


def test_nothing_is_read_of_messages_while_the_policy_does_not_allow_it(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    source = opened(MailPolicy(), mailboxes=(ALICE,))
    [item] = items_of(source.list())
    assert trouble_of(source, item).problem == Problem(ProblemCode.LIMIT, "mail-content")
    assert next(source.fetch([item]))[1].problem == Problem(ProblemCode.LIMIT, "mail-content")
    assert not any("$value" in asked for asked in alice.asked)


def test_an_unchanged_folder_costs_one_request(alice, opened):
    for number in range(120):
        alice.deliver(ALICE, "Inbox", CONTENT + b"%d" % number)
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    assert len(files_of(listings)) == 120
    alice.asked.clear()
    again = list(source.list(states_of(listings)))
    assert items_of(again) == []
    assert all(listing.since_known for listing in again if listing.folder)
    inbox = alice.mailboxes[ALICE].well_known["inbox"]
    assert sum(inbox in asked for asked in alice.asked) == 1


def test_what_came_and_what_left_is_told_by_itself(alice, opened):
    _, goes, moves = (alice.deliver(ALICE, "Inbox", CONTENT + text) for text in (b"1", b"2", b"3"))
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    before = {item.ref.name: item for item in items_of(listings)}
    alice.remove_message(ALICE, goes)
    alice.move_message(ALICE, moves, "Filed/2021")
    alice.deliver(ALICE, "Inbox", CONTENT + b"a new one")
    again = list(source.list(states_of(listings)))
    inbox, filed = listing_of(again, INBOX), listing_of(again, f"{ALICE}/Filed/2021".encode())
    assert [item.size for item in inbox.items] == [len(CONTENT) + 9]
    assert len(inbox.gone) == 2
    [moved] = filed.items
    assert moved.ref.name in inbox.gone
    was = before[moved.ref.name]
    assert (moved.file_id, moved.version, moved.size, moved.modified) == (
        was.file_id,
        was.version,
        was.size,
        was.modified,
    )


def test_a_message_that_was_read_is_told_again_as_the_same(alice, opened):
    message = alice.deliver(ALICE, "Inbox", CONTENT)
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    alice.touch(ALICE, message, isRead=True, lastModifiedDateTime="2026-01-01T00:00:00Z")
    assert items_of(source.list(states_of(listings))) == items_of(listings)


def test_a_draft_that_was_edited_is_told_as_changed(alice, opened):
    message = alice.deliver(ALICE, "Drafts", CONTENT, isDraft=True)
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    alice.touch(ALICE, message, lastModifiedDateTime="2026-01-01T00:00:00Z")
    [again], [before] = items_of(source.list(states_of(listings))), items_of(listings)
    assert (again.ref, again.version == before.version) == (before.ref, False)


def test_where_graph_forgot_what_changed_the_folder_is_listed_whole(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    alice.forget_changes()
    again = list(source.list(states_of(listings)))
    assert items_of(again) == items_of(listings)
    assert not any(listing.since_known for listing in again)
    assert all(listing.state for listing in again if listing.folder)


def test_a_folder_that_took_the_name_of_another_is_listed_whole(alice, opened):
    alice.deliver(ALICE, "Cases", CONTENT)
    alice.deliver(ALICE, "Other", CONTENT + b"of the other")
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    folders = alice.mailboxes[ALICE].folders
    folders[alice.add_folder(ALICE, "Cases")].name = "Old"
    folders[alice.add_folder(ALICE, "Other")].name = "Cases"
    cases = listing_of(source.list(states_of(listings)), f"{ALICE}/Cases".encode())
    assert ([item.size for item in cases.items], cases.since_known) == ([len(CONTENT) + 12], False)


def test_exchanges_own_way_of_saying_so_is_understood(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    alice.fail("deltatoken", 400, body=b'{"error": {"code": "SyncStateInvalid"}}', times=10)
    assert items_of(source.list(states_of(listings))) == items_of(listings)


def test_a_folder_that_forgets_whenever_it_is_asked_is_unknown(alice, opened):
    inbox = alice.mailboxes[ALICE].well_known["inbox"]
    alice.fail(f"{inbox}/messages/delta", 410, times=100)
    listing = listing_of(list(opened(mailboxes=(ALICE,)).list()), INBOX)
    assert (listing.complete, listing.problem.code) == (False, ProblemCode.VANISHED)


def test_folders_that_a_name_closes_are_named_and_nothing_of_them_is_asked(alice, opened):
    closed = [alice.add_folder(ALICE, path) for path in ("Private", "Inbox/Undeb", "Work/Occupational Health")]
    alice.deliver(ALICE, "Private/Deep", CONTENT)
    listings = list(opened(mailboxes=(ALICE,)).list())
    shut = {item.ref.locator.decode(): item.problem for item in items_of(listings)}
    assert shut == dict.fromkeys(
        (f"{ALICE}/Private", f"{ALICE}/Inbox/Undeb", f"{ALICE}/Work/Occupational Health"), CLOSED
    )
    assert all(item.kind is ItemKind.FOLDER for item in items_of(listings))
    assert not any(folder in asked for folder in closed for asked in alice.asked)


def test_a_message_in_a_closed_folder_cannot_be_opened(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    [item] = items_of(opened(mailboxes=(ALICE,)).list())
    closing = opened(MailPolicy(content=True, also=("inbox",)), mailboxes=(ALICE,))
    assert trouble_of(closing, item).problem.code is ProblemCode.VANISHED
    assert not any("$value" in asked for asked in alice.asked)


def test_folders_are_left_out_by_path_and_by_special_use_whatever_their_language(alice, opened):
    alice.mailboxes[ALICE].folders[alice.mailboxes[ALICE].well_known["junkemail"]].name = "Sbwriel"
    alice.add_folder(ALICE, "Newsletters")
    policy = MailPolicy(content=True, excluded=("\\Junk", "newsletters", "\\Sent"))
    shut = {item.ref.locator.decode(): item.problem for item in items_of(opened(policy, mailboxes=(ALICE,)).list())}
    assert shut == dict.fromkeys((f"{ALICE}/Sbwriel", f"{ALICE}/Newsletters"), EXCLUDED)


def test_a_search_folder_is_a_link_to_what_lies_elsewhere(alice, opened):
    alice.add_folder(ALICE, "Unread", **{"@odata.type": "#microsoft.graph.mailSearchFolder"})
    [item] = items_of(opened(mailboxes=(ALICE,)).list())
    assert (item.kind, item.problem) == (ItemKind.OTHER, Problem(ProblemCode.LINK))


def test_hidden_folders_are_asked_for(alice, opened):
    list(opened(mailboxes=(ALICE,)).list())
    assert all("includeHiddenFolders=true" in asked for asked in alice.asked if "childFolders" in asked)


def test_an_archive_is_listed_beside_the_mailbox(graph, opened):
    graph.add_mailbox(ALICE, archive=True)
    graph.deliver(ALICE, "2009/Rents", CONTENT, root="archivemsgfolderroot")
    graph.add_folder(ALICE, "In-Place Archive")
    source = opened(mailboxes=(ALICE,))
    [item] = items_of(source.list())
    assert item.ref.folder == f"{ALICE}/In-Place Archive/2009/Rents".encode()
    assert content_of(source, item) == CONTENT
    assert len([one for one in source.list() if one.folder.startswith(f"{ALICE}/In-Place Archive~".encode())]) == 1


@pytest.mark.parametrize(("status", "code"), [(400, ProblemCode.UNSUPPORTED), (403, ProblemCode.DENIED)])
def test_an_archive_that_is_not_shown_is_named(alice, opened, status, code):
    alice.fail("archivemsgfolderroot", status, times=10)
    [item] = items_of(opened(mailboxes=(ALICE,)).list())
    assert (item.ref.name, item.kind, item.problem.code) == (b"In-Place Archive", ItemKind.FOLDER, code)


def test_no_archive_is_looked_for_where_none_is_wanted(alice, opened):
    list(opened(mailboxes=(ALICE,), archives=False).list())
    assert not any("archivemsgfolderroot" in asked for asked in alice.asked)


def test_names_with_slashes_controls_and_twins_stay_apart(alice, opened):
    for name in ("a%2Fb", "..", "\x07bell", "", "\ud800"):
        alice.mailboxes[ALICE].folders[alice.add_folder(ALICE, "made")].name = name
    alice.mailboxes[ALICE].folders[alice.add_folder(ALICE, "made")].name = "a/b"
    alice.mailboxes[ALICE].folders[alice.add_folder(ALICE, "made")].name = "a/b"
    folders = [listing.folder for listing in opened(mailboxes=(ALICE,)).list()]
    assert len(folders) == len(set(folders)) == 1 + 1 + 3 + 7


def test_a_mailbox_that_is_not_there_is_unknown_and_the_others_are_listed(alice, opened):
    alice.deliver(ALICE, "Inbox", CONTENT)
    listings = list(opened(mailboxes=(ALICE, BOB)).list())
    away = listing_of(listings, BOB.encode())
    assert (away.complete, away.problem.code, len(files_of(listings))) == (False, ProblemCode.VANISHED, 1)


def test_where_every_mailbox_refuses_the_source_is_unreachable(graph, opened):
    graph.add_mailbox(ALICE)
    graph.fail("/users/", 403, times=100)
    with pytest.raises(SourceUnreachableError, match="every mailbox"):
        list(opened(mailboxes=(ALICE, BOB)).list())


def test_a_message_is_found_again_by_a_program_that_did_not_list_it(alice, opened):
    for number in range(120):
        alice.deliver(ALICE, "Inbox", b"Subject: %d\r\n\r\n" % number)
    items = items_of(opened(mailboxes=(ALICE,)).list())
    alice.asked.clear()
    contents = [content for _, content in opened(mailboxes=(ALICE,)).fetch(items)]
    assert sorted(contents) == sorted(b"Subject: %d\r\n\r\n" % number for number in range(120))
    assert sum("/messages?" in asked for asked in alice.asked) == 3


def test_a_message_that_left_has_vanished(alice, opened):
    message = alice.deliver(ALICE, "Inbox", CONTENT)
    source = opened(mailboxes=(ALICE,))
    [item] = items_of(source.list())
    alice.remove_message(ALICE, message)
    assert trouble_of(source, item).problem.code is ProblemCode.VANISHED
    assert trouble_of(opened(mailboxes=(ALICE,)), item).problem.code is ProblemCode.VANISHED


def test_ids_of_folders_listed_long_ago_are_forgotten():
    ids = MessageIds(most=3)
    for folder in (b"a", b"b", b"c"):
        ids.learn(folder, {b"1": "id", b"2": "id"})
    asked = []
    assert ids.of(b"c", b"1", lambda: asked.append(b"c") or {}) == "id"
    assert ids.of(b"a", b"1", lambda: asked.append(b"a") or {b"1": "again"}) == "again"
    assert ids.of(b"a", b"9", lambda: asked.append(b"a") or {}) is None
    assert asked == [b"a"]
