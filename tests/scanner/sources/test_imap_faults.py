"""An IMAP server that goes away, refuses or does not keep to the protocol: a named problem each, and nothing lost."""

from __future__ import annotations

import logging
import re

import pytest
from dovecot_servers import PASSWORD, a_message
from imap_servers import Between, between, played

from domain.errors import ConfigurationError, ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemRef, Listing
from scanner.sources.imap.changes import FolderState
from scanner.sources.imap.session import FolderFacts
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import MailPolicy
from scanner.sources.unreachable import SourceUnreachableError

MESSAGE = Item(ItemRef("mail", b"alice/INBOX/7-1.eml"), size=10)
DONE = b"%t OK done\r\n"
GREEDY = b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def source_at(pauses):
    sources: list[ImapSource] = []

    def make(middle: Between) -> ImapSource:
        settings = ImapSettings("127.0.0.1", "alice", PASSWORD, ("alice",), port=middle.port, tls=Tls.NONE, timeout=5)
        sources.append(ImapSource("mail", settings, MailPolicy(content=True), pauses.append))
        return sources[-1]

    yield make
    for source in sources:
        source.close()


def server(**answers: list[bytes]):
    """A turn that answers as a small mailbox does, but where it is told otherwise: an answer by command, with %t for
    the tag. An empty answer ends the connection.
    """
    usual = {
        "CAPABILITY": [b"* CAPABILITY IMAP4rev1\r\n", DONE],
        "LIST": [b'* LIST (\\HasNoChildren) "/" INBOX\r\n', DONE],
        "STATUS": [b"* STATUS INBOX (UIDVALIDITY 7 UIDNEXT 3 MESSAGES 2)\r\n", DONE],
        "EXAMINE": [b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] a\r\n* OK [UIDNEXT 3] b\r\n", DONE],
        "UID": [
            b"* 1 FETCH (UID 1 RFC822.SIZE 2 BODY[] {2}\r\nab)\r\n",
            b"* 2 FETCH (UID 2 RFC822.SIZE 2 BODY[] {2}\r\ncd)\r\n",
            DONE,
        ],
    } | answers

    def turn(tag: bytes, text: bytes) -> list[bytes]:
        lines = usual.get(text.partition(b" ")[0].decode(), [b"%t OK done\r\n"])
        return [line.replace(b"%t", tag) for line in lines]

    return turn


def only(listings, folder: bytes = b"alice/INBOX") -> Listing:
    return next(listing for listing in listings if listing.folder == folder)


def test_a_played_mailbox_is_listed_and_read(source_at):
    with played(server()) as middle:
        source = source_at(middle)
        inbox = only(source.list())
        assert [item.ref.name for item in inbox.items] == [b"7-1.eml", b"7-2.eml"]
        assert [content for _, content in source.fetch(inbox.items)] == [b"ab", b"cd"]
        source.close()


@pytest.mark.servers
def test_a_connection_that_is_cut_in_the_middle_of_an_answer_loses_nothing(dovecot, source_at):
    sent = [a_message(number, 100_000) for number in range(40)]
    for content in sent:
        dovecot.deliver("alice", "INBOX", content)
    passed = 0

    def cut_once(piece: bytes) -> bytes | None:
        nonlocal passed
        was, passed = passed, passed + len(piece)
        return None if was < 1_000_000 <= passed else piece

    with between(dovecot.port) as middle:
        source = source_at(middle)
        items = [item for listing in source.list() for item in listing.items]
        middle.bend = cut_once
        assert sorted(content for _, content in source.fetch(items)) == sorted(sent)
        assert middle.connections == 2
        source.close()


@pytest.mark.servers
def test_a_message_at_which_the_server_breaks_down_does_not_keep_back_its_neighbours(dovecot, source_at, pauses):
    for number in range(30):
        dovecot.deliver("alice", "INBOX", a_message(number) + (b"BREAKS IT" if number == 11 else b""))
    with between(dovecot.port) as middle:
        source = source_at(middle)
        items = [item for listing in source.list() for item in listing.items]
        middle.bend = lambda piece: None if b"BREAKS IT" in piece else piece
        told = dict(source.fetch(items))
        source.close()
    [trouble] = [content for content in told.values() if isinstance(content, ItemTroubleError)]
    assert (len(told), trouble.problem.code) == (30, ProblemCode.VANISHED)
    assert pauses == [0.5, 1, 2, 4]


@pytest.mark.servers
def test_a_message_longer_than_its_length_is_a_problem_of_that_message_alone(dovecot, source_at):
    for number in range(5):
        dovecot.deliver("alice", "INBOX", a_message(number, 1000 * (number + 1)))
    with between(dovecot.port) as middle:
        source = source_at(middle)
        items = [item for listing in source.list() for item in listing.items]
        length = b"{%d}" % items[2].size
        middle.bend = lambda piece: piece.replace(length, b"{%d}" % (items[2].size - 30))
        told = [content for _, content in source.fetch(items)]
        source.close()
    assert [isinstance(content, bytes) for content in told] == [True, True, False, True, True]
    assert told[2].problem.code is ProblemCode.CORRUPT


@pytest.mark.servers
def test_a_listing_that_is_cut_is_taken_up_again_and_is_whole(dovecot, source_at, pauses):
    for number in range(20):
        dovecot.deliver("alice", "INBOX", a_message(number))
    cuts = [b"MESSAGE-ID", b"EXISTS", b"* LIST"]

    def cut_each_once(piece: bytes) -> bytes | None:
        for cut in cuts:
            if cut in piece.upper():
                cuts.remove(cut)
                return None
        return piece

    with between(dovecot.port) as middle:
        source = source_at(middle)
        middle.bend = cut_each_once
        listings = list(source.list())
        source.close()
    assert not cuts
    assert len(only(listings).items) == 20
    assert all(listing.complete for listing in listings)
    assert len(pauses) == 3


@pytest.mark.servers
@pytest.mark.parametrize("within", [b"MESSAGE-ID", b"BODY[]"])
def test_a_server_that_is_killed_in_an_answer_and_started_again_is_gone_on_with(dovecot, source_at, within):
    sent = [a_message(number, 40_000) for number in range(60)]
    for number, content in enumerate(sent):
        dovecot.deliver("alice", ("INBOX", "Planning", "Works")[number % 3], content)
    restarts = []

    def restart_once(piece: bytes) -> bytes | None:
        if restarts or within not in piece.upper():
            return piece
        restarts.append(dovecot.stop())
        dovecot.start()
        return piece[: len(piece) // 2]

    with between(dovecot.port) as middle:
        source = source_at(middle)
        middle.bend = restart_once
        listings = list(source.list())
        items = [item for listing in listings for item in listing.items]
        told = list(source.fetch(items))
        source.close()
    assert restarts
    assert all(listing.complete for listing in listings)
    assert sorted(content for _, content in told) == sorted(sent)
    assert len({item.ref for item, _ in told}) == 60
    assert middle.connections == 2


@pytest.mark.servers
def test_a_server_that_goes_away_in_mid_listing_is_unreachable_and_its_folders_are_not_empty(dovecot, source_at):
    for folder in ("A", "B"):
        dovecot.deliver("alice", folder, a_message(1))
    with between(dovecot.port) as middle:
        source = source_at(middle)
        seen = []
        listings = source.list()
        while b"alice/A" not in seen:
            seen.append(next(listings).folder)
        middle.bend = lambda piece: None
        with pytest.raises(SourceUnreachableError):
            next(listings)
    assert seen == [b"", b"alice", b"alice/A"]


def test_a_server_that_is_not_there_is_unreachable_after_some_patience(source_at, pauses):
    with played(server()) as middle:
        pass
    with pytest.raises(SourceUnreachableError, match="does not answer"):
        list(source_at(middle).list())
    assert pauses == [0.5, 1, 2, 4]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"%t NO [NOPERM] Jo Bloggs says no\r\n", ProblemCode.DENIED),
        (b"%t NO Jo Bloggs\r\n", ProblemCode.DENIED),
        (b"%t NO [NONEXISTENT] gone\r\n", ProblemCode.VANISHED),
        (b"%t NO [INUSE] later\r\n", ProblemCode.LOCKED),
        (b"%t NO [SERVERBUG] oh\r\n", ProblemCode.CORRUPT),
        (b"%t BAD Jo Bloggs\r\n", ProblemCode.CORRUPT),
        (b"Dear Jo Bloggs\r\n", ProblemCode.CORRUPT),
        (b"* 1 FETCH (UID 1 RFC822.SIZE\r\n", ProblemCode.VANISHED),  # and then nothing more
        (b"x" * 1_100_000, ProblemCode.CORRUPT),
        (b"* BYE Jo Bloggs\r\n", ProblemCode.VANISHED),
    ],
)
@pytest.mark.parametrize("command", ["EXAMINE", "UID"])
def test_what_a_server_does_wrong_is_a_named_problem_of_the_folder(source_at, command, answer, code, caplog):
    caplog.set_level(logging.DEBUG)
    with played(server(**{command: [answer, b""]})) as middle:
        source = source_at(middle)
        inbox = only(source.list())
        assert (inbox.complete, inbox.problem, inbox.items, inbox.state) == (False, Problem(code), (), b"")
        source.close()
    assert "Bloggs" not in caplog.text


def test_what_a_server_does_wrong_is_a_named_problem_of_the_message(source_at):
    answers = {
        b"%t NO [EXPUNGEISSUED] Jo Bloggs\r\n": ProblemCode.VANISHED,
        GREEDY: ProblemCode.CORRUPT,
        b"* 1 FETCH (UID 1 BODY[] NIL\r\n%t OK done\r\n": ProblemCode.CORRUPT,
        b"* 1 FETCH (UID 9 BODY[] {1}\r\nx)\r\n%t OK done\r\n": ProblemCode.VANISHED,
        b"* 1 FETCH (" + b"(" * 5000 + b"\r\n%t OK done\r\n": ProblemCode.CORRUPT,
        b"* 1 FETCH (UID one BODY[] {1}\r\nx)\r\n%t OK done\r\n": ProblemCode.VANISHED,
    }
    for answer, code in answers.items():
        with played(server(UID=[answer])) as middle:
            source = source_at(middle)
            [(_, told)] = source.fetch([MESSAGE])
            assert told.problem.code is code, answer
            assert "Bloggs" not in repr(told) + str(told)
            with pytest.raises(ItemTroubleError) as caught, source.open(MESSAGE):
                pass
            assert caught.value.problem.code is code, answer
            source.close()


def test_a_folder_that_names_fewer_messages_than_it_counts_is_not_complete_and_is_listed_again(source_at):
    counted = [b"* 3 EXISTS\r\n", b"* OK [UIDVALIDITY 7] a\r\n", b"* OK [UIDNEXT 9] b\r\n", b"%t OK done\r\n"]
    with played(server(EXAMINE=counted)) as middle:
        source = source_at(middle)
        inbox = only(source.list())
        assert (len(inbox.items), inbox.complete, inbox.state) == (2, False, b"")
        source.close()


def test_a_long_listing_goes_on_where_it_was_cut(source_at):
    messages = range(1, 1201)
    counted = b"* 1200 EXISTS\r\n* OK [UIDVALIDITY 7] a\r\n* OK [UIDNEXT 1201] b\r\n"
    usual, asked = server(EXAMINE=[counted, DONE]), []

    def turn(tag: bytes, text: bytes) -> list[bytes]:
        if not text.startswith(b"UID FETCH"):
            return usual(tag, text)
        if b"SIZE" not in text:
            return [b"* %d FETCH (UID %d)\r\n" % (uid, uid) for uid in messages] + [tag + b" OK done\r\n"]
        asked.append(text.split()[2])
        if len(asked) == 3:
            return [b""]
        first, last = map(int, asked[-1].split(b":"))
        told = [b"* %d FETCH (UID %d RFC822.SIZE 9)\r\n" % (uid, uid) for uid in range(first, last + 1)]
        return [*told, tag + b" OK done\r\n"]

    with played(turn) as middle:
        source = source_at(middle)
        inbox = only(source.list())
        source.close()
    assert [item.size for item in inbox.items] == [9] * 1200
    assert asked == [b"1:500", b"501:1000", b"1001:1200", b"1001:1200"]


def resyncing(count: int, uidnext: int, vanished: bytes = b"* X\r\n") -> dict[str, list[bytes]]:
    """A server that tells what is gone: with so many messages of the two that it had."""
    facts = b"* OK [UIDVALIDITY 7] a\r\n* OK [UIDNEXT %d] b\r\n* OK [HIGHESTMODSEQ 9] c\r\n" % uidnext
    status = b"* STATUS INBOX (UIDVALIDITY 7 UIDNEXT %d MESSAGES %d HIGHESTMODSEQ 9)\r\n" % (uidnext, count)
    return {
        "CAPABILITY": [b"* CAPABILITY IMAP4rev1 ENABLE CONDSTORE QRESYNC\r\n", DONE],
        "STATUS": [status, DONE],
        "EXAMINE": [b"* %d EXISTS\r\n" % count, facts, vanished, DONE],
    }


KNOWN = FolderState(FolderFacts(7, 3, 2, 5)).written()


@pytest.mark.parametrize(
    "vanished",
    [b"* X\r\n", b"* VANISHED (EARLIER) 1:2\r\n", b"* VANISHED (EARLIER) 1:4294967295\r\n", b"* VANISHED 1\r\n"],
)
def test_where_the_server_does_not_say_rightly_what_is_gone_all_is_listed_anew(source_at, vanished):
    one_left = [b"* 1 FETCH (UID 2 RFC822.SIZE 2)\r\n", DONE]
    with played(server(**resyncing(1, 3, vanished), UID=one_left)) as middle:
        source = source_at(middle)
        inbox = only(source.list(lambda _: KNOWN))
        source.close()
    assert ([item.ref.name for item in inbox.items], inbox.since_known, inbox.gone) == ([b"7-2.eml"], False, ())


def test_a_message_from_before_a_range_is_not_taken_for_a_new_one(source_at):
    with played(server(**resyncing(2, 9))) as middle:  # One came and went: the last that there is has the number 2.
        source = source_at(middle)
        inbox = only(source.list(lambda _: KNOWN))
        source.close()
    assert (inbox.items, inbox.since_known, inbox.gone) == ((), True, ())


def test_a_message_of_which_the_server_says_nothing_is_listed_with_its_problem(source_at):
    turns = iter([[b"* 1 FETCH (UID 1)\r\n", b"* 2 FETCH (UID 2)\r\n"], [b"* 1 FETCH (UID 1 RFC822.SIZE 2)\r\n"]])
    usual = server()

    def turn(tag: bytes, text: bytes) -> list[bytes]:
        return [*next(turns), tag + b" OK done\r\n"] if text.startswith(b"UID") else usual(tag, text)

    with played(turn) as middle:
        source = source_at(middle)
        first, second = only(source.list()).items
        source.close()
    assert (first.problem, second.problem) == (None, Problem(ProblemCode.VANISHED))


def test_a_change_of_numbering_between_listing_and_reading_gives_no_other_message(source_at):
    with played(server()) as middle:
        source = source_at(middle)
        [(_, told)] = source.fetch([Item(ItemRef("mail", b"alice/INBOX/6-1.eml"), size=2)])
        assert told.problem.code is ProblemCode.VANISHED
        source.close()


def test_a_server_without_sasl_is_told_the_password_in_quotes(source_at):
    said = []
    usual = server()

    def turn(tag: bytes, text: bytes) -> list[bytes]:
        said.append(text)
        return usual(tag, text)

    with played(turn) as middle:
        source = source_at(middle)
        list(source.list())
        source.close()
    quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"').encode()
    assert b'LOGIN "alice" "%b"' % quoted in said


def test_one_that_takes_no_more_connections_is_asked_again(source_at, pauses):
    full = server(LOGIN=[b"%t NO [UNAVAILABLE] too many\r\n"])
    with played(full, full, server()) as middle:
        source = source_at(middle)
        assert len(only(source.list()).items) == 2
        source.close()
    assert pauses == [0.5, 1]


def test_a_password_is_in_no_repr(source_at):
    with played(server()) as middle:
        source = source_at(middle)
        list(source.list())
        assert not re.search("0nly", repr(source) + repr(source.settings))
        source.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "mail.council.example"},
        {"mailboxes": ("alice\r\nA1 DELETE INBOX",)},
        {"mailboxes": ("",)},
        {"password": "a\nb"},
        {"connections": 0},
    ],
)
def test_settings_that_would_give_something_away_are_refused(wrong):
    right = {"host": "127.0.0.1", "username": "alice", "password": PASSWORD, "mailboxes": ("alice",), "tls": Tls.NONE}
    with pytest.raises(ConfigurationError) as caught:
        ImapSettings(**(right | wrong))
    assert "0nly" not in str(caught.value)


def test_a_large_message_of_which_a_piece_is_not_given_is_not_taken_for_a_shorter_one(source_at):
    size = 8 * 1024 * 1024
    usual = server()

    def turn(tag: bytes, text: bytes) -> list[bytes]:
        if b"<0." in text:
            head = b"* 1 FETCH (UID 1 RFC822.SIZE %d BODY[]<0> {%d}\r\n" % (2 * size, size)
            return [head, b"x" * size, b")\r\n", tag + b" OK done\r\n"]
        if text.startswith(b"UID FETCH 1 "):
            return [b"* 1 FETCH (UID 1 FLAGS ())\r\n", tag + b" OK done\r\n"]
        return usual(tag, text)

    with played(turn) as middle:
        source = source_at(middle)
        with pytest.raises(ItemTroubleError) as caught, source.open(MESSAGE) as message:
            message.file.read()
        assert caught.value.problem.code is ProblemCode.VANISHED
        source.close()
