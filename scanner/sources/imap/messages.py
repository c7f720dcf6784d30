"""A message as an item: by what a server tells of it without its content being read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from domain.errors import Problem, ProblemCode
from domain.item import Item, ItemRef
from scanner.sources.imap.responses import Fetched, number, sequence_set
from scanner.sources.imap.session import Session

FACTS = b"UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE)]"
PIECE = 8 * 1024 * 1024
"""How much of a message one answer holds at most."""
_AT_ONCE = 500
_NAME = re.compile(rb"(\d{1,10})-(\d{1,10})\.eml")
_MONTHS = (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec")
_INTERNAL = re.compile(rb" ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_FIELD = re.compile(rb"^(message-id|date)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.IGNORECASE | re.MULTILINE)
_LONGEST_FIELD = 1000


def uids_from(session: Session, first: int, last: int) -> list[int]:
    """The UIDs in a range, rising. The server may name its last message though it lies before the range."""
    if first > last:
        return []
    told = (uid_of(facts) for facts in session.fetch(f"{first}:{last}", b"(UID)"))
    return sorted({uid for uid in told if first <= uid <= last})


def items_of(
    session: Session, source: str, folder: bytes, uids: Sequence[int], owner: str | None, told: dict[bytes, Item]
) -> Iterator[Item]:
    """An item for each message of the open folder, asked for in batches unless it was `told` before. One that the
    server says nothing of any more has vanished.
    """
    names = {uid: name_of(session.facts.uidvalidity, uid) for uid in uids}
    untold = [uid for uid in uids if names[uid] not in told]
    for start in range(0, len(untold), _AT_ONCE):
        batch = untold[start : start + _AT_ONCE]
        facts = {uid_of(each): each for each in session.fetch(sequence_set(batch), b"(" + FACTS + b")")}
        for uid in batch:
            ref = ItemRef(source, folder + b"/" + names[uid])
            gone = Item(ref, problem=Problem(ProblemCode.VANISHED), owner=owner)
            told[names[uid]] = item_of(ref, facts[uid], owner) if uid in facts else gone
    return (told[name] for name in names.values())


def item_of(ref: ItemRef, facts: Fetched, owner: str | None) -> Item:
    """Its version and its id hold on whatever folder it lies in and whatever number it has there."""
    size, arrived = number(facts.get(b"RFC822.SIZE", b"")), facts.get(b"INTERNALDATE", b"")
    fields = {name.lower(): b" ".join(value.split()) for name, value in _FIELD.findall(_header(facts))}
    message_id, sent = fields.get(b"message-id", b""), fields.get(b"date", b"")
    identity = _hash(message_id, b"%d" % size, sent)
    return Item(
        ref, size=size, modified=_internal_date(arrived), created=_date(sent), owner=owner,
        version=_hash(b"%d" % size, message_id, arrived.strip()), file_id=identity.hex() if message_id else None,
    )  # fmt: skip


def uid_of(facts: Fetched) -> int:
    """0 where the server did not say of which message it speaks."""
    return number(facts.get(b"UID", b""))


def name_of(uidvalidity: int, uid: int) -> bytes:
    return b"%d-%d.eml" % (uidvalidity, uid)


def numbers_of(name: bytes) -> tuple[int, int] | None:
    """The folder's UIDVALIDITY and the message's UID, of a name that `name_of` made."""
    match = _NAME.fullmatch(name)
    return (int(match[1]), int(match[2])) if match else None


def _header(facts: Fetched) -> bytes:
    return facts.get(b"BODY[HEADER.FIELDS]", b"")[: 4 * _LONGEST_FIELD]


def _hash(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"\0".join(parts), digest_size=8).digest()


def _internal_date(told: bytes) -> datetime | None:
    match = _INTERNAL.fullmatch(told)
    if match is None or match[2].lower() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(match[at]) for at in (1, 3, 4, 5, 6))
    east = timedelta(hours=int(match[8]), minutes=int(match[9])) * (-1 if match[7] == b"-" else 1)
    try:
        told_at = datetime(year, _MONTHS.index(match[2].lower()) + 1, day, hour, minute, second, tzinfo=timezone(east))
        return told_at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _date(told: bytes) -> datetime | None:
    """The Date header in UTC; one without a zone is taken for UTC, and an impossible one for none."""
    try:
        date = parsedate_to_datetime(told[:200].decode("ascii", "replace"))
        return (date.replace(tzinfo=UTC) if date.tzinfo is None else date).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
