"""How far an account gets in a mailbox, and what it could change there (RFC 4314)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import ProblemCode
from scanner.source import Reach
from scanner.sources.imap.listing import Found
from scanner.sources.imap.session import Session
from scanner.sources.imap.wire import RefusedError

_CHANGING = {
    ord("s"): "mark as read", ord("w"): "flag", ord("i"): "insert", ord("k"): "make folders",
    ord("x"): "delete folders", ord("t"): "delete", ord("e"): "expunge", ord("a"): "give rights",
    ord("c"): "make folders", ord("d"): "delete",
}  # fmt: skip
"""Rights of RFC 4314, 2.1, and the two of RFC 2086 that servers still tell, in words."""
_MOST = 200
"""Folders whose rights are asked for: enough to see what an account may do."""


def reach_of(session: Session, title: str, found: Sequence[Found]) -> Reach:
    """Of a mailbox that was surveyed. What the policy keeps closed was not asked for, and is nobody's fault."""
    refused = sum(problem.code is not ProblemCode.LIMIT for each in found for _, problem in each.shut)
    folders = [each.name for each in found if each.name is not None]
    return Reach(title, len(folders) + refused, refused, changing=_changing(session, folders[:_MOST]))


def _changing(session: Session, folders: Sequence[bytes]) -> tuple[str, ...] | None:
    """In words; None where the server does not tell, of any folder."""
    told = [rights for folder in folders if (rights := _rights(session, folder)) is not None]
    held = {word for rights in told for letter, word in _CHANGING.items() if letter in rights}
    return tuple(sorted(held)) if told or not folders else None


def _rights(session: Session, folder: bytes) -> bytes | None:
    try:
        return session.own_rights(folder)
    except RefusedError:
        return None
