"""Correspondence is correspondence wherever it lies; a folder of a share is no folder of mail."""

from __future__ import annotations

import pytest

from scanner.sources.mail_places import problem_where_it_lies
from scanner.sources.mail_policy import CLOSED, CONTENT_OFF, MailPolicy

MBOX, PST, MAIL = "application/mbox", "application/vnd.ms-outlook-pst", "message/rfc822"
READ, UNREAD = MailPolicy(content=True), MailPolicy()


@pytest.mark.parametrize(
    ("kind", "locator", "part"),
    [
        (PST, b"Home drives/jo/archive.pst", ()),
        (MBOX, b"team.mbox", ()),
        (MBOX, b"export.zip", ("team.mbox",)),
        (MAIL, b"jo/Maildir/cur/1551691800.M1P2.host:2,S", ()),
        (MAIL, b"jo/Maildir/.Sent/new/1551691800.M1P2.host", ()),
    ],
)
def test_a_mailbox_in_a_file_is_read_where_mail_is(kind, locator, part):
    assert problem_where_it_lies(READ, kind, locator, part) is None
    assert problem_where_it_lies(UNREAD, kind, locator, part) == CONTENT_OFF


@pytest.mark.parametrize(
    ("kind", "locator", "part"),
    [
        (PST, b"Home drives/jo/Private.pst", ()),
        (MBOX, b"Mail/Local Folders/Undeb", ()),
        (MBOX, b"Mail/Local Folders/Private.sbd/Holidays", ()),
        (MBOX, b"export.zip", ("old mail", "Occupational health.mbox")),
        (MAIL, b"jo/Maildir/.Inbox.Private/cur/1551691800.M1P2.host:2,S", ()),
    ],
)
def test_one_that_its_name_keeps_closed_is_not(kind, locator, part):
    assert problem_where_it_lies(READ, kind, locator, part) == CLOSED
    assert problem_where_it_lies(UNREAD, kind, locator, part) == CLOSED


@pytest.mark.parametrize(
    ("kind", "locator", "part"),
    [
        (MAIL, b"Legal/Case 12/letter.eml", ()),
        (MAIL, b"Planning/new/1551691800 plan.eml", ()),
        ("application/vnd.ms-outlook", b"Private/note.msg", ()),
        ("application/zip", b"private.zip", ()),
        (MAIL, b"a.zip", ("Private", "cur", "1551691800.M1P2.host")),
    ],
)
def test_a_document_on_a_share_is_a_document(kind, locator, part):
    assert problem_where_it_lies(UNREAD, kind, locator, part) is None


def test_a_folder_of_a_share_closes_no_mailbox_in_it():
    assert problem_where_it_lies(READ, PST, b"Legal Services/Private hire/team.pst", ()) is None
