"""What is correspondence wherever it lies: mailboxes in one file, and the messages of Maildirs, on shares as well.

A single message that somebody filed on a share (.eml, .msg) is a document of that place, and no part of a mailbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.errors import Problem
from domain.item import readable
from scanner.sources.imap.folders import decoded
from scanner.sources.mail_policy import CLOSED, CONTENT_OFF, MailPolicy

STORE = re.compile(r"(?P<plain>[^.]+)|(?P<named>.+)\.(?:mbox|mbx|pst|ost)", re.IGNORECASE)
"""The names of files that hold a folder or a mailbox; Thunderbird and mutt give none of their endings."""

_STORES = frozenset({"application/mbox", "application/vnd.ms-outlook-pst"})
_MAILDIR = frozenset({b"cur", b"new", b"tmp"})
_DELIVERED = re.compile(rb"\d{6,}\.[^/]+")
_THUNDERBIRDS = b".sbd"


def problem_where_it_lies(policy: MailPolicy, kind: str, locator: bytes, part: Sequence[str]) -> Problem | None:
    """Why a content of this media type stays unread at this place; None where it is no mailbox, or may be read.

    `part` are the names of the parts that it lies in. Folders of a share say nothing: a department may be called
    Legal. Those that a mail program makes do: `Private.sbd` (Thunderbird), `.Private/cur` (Maildir++).
    """
    *folders, name = locator.split(b"/")
    if kind in _STORES:
        names = [part[-1]] if part else [readable(name), *(readable(each) for each in folders if _is_of_mail(each))]
    elif not part and folders and folders[-1] in _MAILDIR and _DELIVERED.fullmatch(name):
        names = [inner for folder in folders[-2:-1] if folder.startswith(b".") for inner in folder_names(folder)]
    else:
        return None
    if any(map(policy.closes, names)):
        return CLOSED
    return None if policy.content else CONTENT_OFF


def folder_names(part: bytes) -> Iterator[str]:
    """The names in one part of a path: Maildir++ writes a folder in a folder as `.Folder.Inner`, in modified UTF-7."""
    if part.startswith(b".") and len(part) > 1:
        yield from (decoded(name) or readable(name) for name in part[1:].split(b"."))
    else:
        yield readable(part)


def _is_of_mail(folder: bytes) -> bool:
    return folder.lower().endswith(_THUNDERBIRDS)
