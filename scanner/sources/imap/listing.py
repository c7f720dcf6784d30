"""What a mailbox holds: its folders in one look, and the messages of each as far as they are new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.access import EVERYONE, ORGANISATION, Access
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known
from scanner.sources.imap.changes import FolderState, changes_of
from scanner.sources.imap.folders import Mailbox, places
from scanner.sources.imap.messages import items_of, name_of
from scanner.sources.imap.session import FolderFacts, Session
from scanner.sources.imap.wire import RefusedError
from scanner.sources.mail_policy import MailPolicy

_ANYBODY = {b"anyone": EVERYONE, b"anonymous": EVERYONE, b"authenticated": ORGANISATION}
_CHANGING = frozenset(b"witekx")


@dataclass(frozen=True, slots=True)
class Found:
    """A folder of a mailbox, the server's name for it where it can be opened, and in which state it is; `shut` are the
    folders in it that are not listed, with the reason.
    """

    mailbox: Mailbox
    locator: bytes
    name: bytes | None
    facts: FolderFacts
    shut: tuple[tuple[bytes, Problem], ...]


def survey(session: Session, mailbox: Mailbox, policy: MailPolicy) -> Sequence[Found]:
    """Every folder of a mailbox in the order of their names: in one round trip, or one more for each whose state the
    server did not tell along. Raises ItemTroubleError where there is nothing at all.
    """
    listed, told = session.folders()
    shown = places(mailbox, listed, session.foreign_prefixes(), policy)
    facts: dict[bytes, FolderFacts] = {}
    shut = dict(pair for place in shown for pair in place.closed)
    for place in shown:
        if place.name is not None:
            try:
                facts[place.locator] = told.get(place.name) or session.status(place.name)
            except RefusedError as refused:
                shut[place.locator] = Problem(refused.code)
    if mailbox.locator in shut or not (facts or shut):
        raise ItemTroubleError(shut.get(mailbox.locator, Problem(ProblemCode.VANISHED)).code)
    within: defaultdict[bytes, list[tuple[bytes, Problem]]] = defaultdict(list)
    for locator, problem in sorted(shut.items()):
        within[locator.rpartition(b"/")[0]].append((locator, problem))
    return [
        Found(mailbox, at, place.name, facts.get(at, FolderFacts()), tuple(within[at]))
        for place in shown
        if (at := place.locator) not in shut
    ]


def is_replaced(found: Sequence[Found], known: Known) -> bool:
    """Whether all that a mailbox held is empty now and numbered anew: as where its disk is not mounted, which is not
    what a mailbox looks like that somebody has emptied.
    """
    if any(each.facts.count for each in found):
        return False
    states = [(each, FolderState.read(known(each.locator))) for each in found]
    held = [(each.facts, state.facts) for each, state in states if state is not None and state.facts.count]
    return bool(held) and all(now.uidvalidity != then.uidvalidity for now, then in held)


def listing_of(session: Session, source: str, found: Found, state: bytes, told: dict[bytes, Item]) -> Listing:
    """What is new in a folder and what has left it since the state it was in; all of it where that is not known.

    Messages that are in `told` are not asked for again, and those that are asked for are put there.
    """
    before = FolderState.read(state)
    shut = tuple(shut_items(source, found))
    if found.name is None:
        return Listing(found.locator, shut)
    names = tuple(item.ref.name for item in shut)
    reopened = () if before is None else tuple(name for name in before.shut if name not in names)
    if before is not None and before.holds_with(found.facts):
        now = replace(before, facts=found.facts, shut=names)
        return Listing(found.locator, shut, state=now.written(), since_known=True, gone=reopened)
    changes = changes_of(session, found.name, before)
    items = (*items_of(session, source, found.locator, changes.uids, found.mailbox.account, told), *shut)
    gone = tuple(name_of(session.facts.uidvalidity, uid) for uid in changes.gone)
    return Listing(
        found.locator,
        tuple(sorted(items, key=lambda item: item.ref.locator)),
        changes.complete,
        access=_access(session, found),
        state=replace(changes.state, shut=names).written() if changes.complete else b"",
        since_known=changes.since_known,
        gone=(*gone, *reopened) if changes.since_known else (),
    )


def shut_items(source: str, found: Found) -> Iterator[Item]:
    for locator, problem in found.shut:
        yield Item(ItemRef(source, locator), ItemKind.FOLDER, problem=problem, owner=found.mailbox.account)


def _access(session: Session, found: Found) -> Access | None:
    """Who may read a folder (RFC 4314), where the server says it to this login."""
    try:
        rights = session.rights(found.name or b"")
    except RefusedError:
        return None
    if rights is None:
        return None
    account = found.mailbox.account
    granted = [(_principal(who, account), may) for who, may in rights.items() if not who.startswith(b"-")]
    readers = {who for who, may in granted if b"r" in may}
    writers = {who for who, may in granted if _CHANGING & set(may)}
    return Access(account, tuple(sorted(readers)), tuple(sorted(writers)))


def _principal(identifier: bytes, account: str | None) -> str:
    name = identifier.decode("utf-8", "backslashreplace")
    return account if account is not None and name == "owner" else _ANYBODY.get(identifier, name)
