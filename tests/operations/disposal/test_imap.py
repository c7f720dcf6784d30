"""Messages on a real Dovecot, moved into quarantine and back, and expunged there: by MOVE, and by copies where a server
has only UIDPLUS.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from disposal_estate import at_step
from disposal_trees import on_its_way
from dovecot_servers import PASSWORD, Dovecot, a_message, running_dovecot
from imap_servers import between
from mail_disposal import READING, UIDPLUS_ALONE, Seen, a_holding, a_scan, as_owner, planned_as, planned_of, seen

from domain.disposal import MAIL_QUARANTINE, Disposal, Refusal, RefusedFileError, Step
from operations.disposal.holding import SourceLostError, Taken, no_journal
from operations.disposal.imap import ImapPost
from operations.disposal.mail import MailHolding
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import QUARANTINED

pytestmark = pytest.mark.servers

FIRST, SECOND = a_message(1, 300), a_message(2, 9_000)
TOKEN = "1-0123"


@pytest.fixture(scope="module")
def copying_server():
    with running_dovecot(UIDPLUS_ALONE) as server:
        yield server


@pytest.fixture(params=["moving", "copying"])
def server(request) -> Dovecot:
    """With two messages in Alice's INBOX, one of which she has read and flagged."""
    server = request.getfixturevalue({"moving": "dovecot_server", "copying": "copying_server"}[request.param])
    server.empty()
    server.deliver("alice", "INBOX", FIRST, "FS")
    server.deliver("alice", "INBOX", SECOND)
    return server


def test_what_is_taken_lies_in_quarantine_and_comes_back_as_it_was(server):
    before = seen(server, "INBOX")
    with a_holding(server) as holding:
        one = taken(holding, planned_of(server, FIRST))
        assert seen(server, "INBOX") == before[1:]
        assert seen(server, MAIL_QUARANTINE) == before[:1]
        assert holding.give_back(one, one.planned.ref.locator)
    assert of_content(server, "INBOX") == of_content_in(before)
    assert seen(server, MAIL_QUARANTINE) == []


def test_a_scan_never_lists_what_lies_in_quarantine_and_says_so(server):
    with a_holding(server) as holding:
        taken(holding, planned_of(server, FIRST))
    source = a_scan(server)
    found = [item for listing in source.list() for item in listing.items]
    source.close()
    assert [item.ref.name for item in found if item.problem == QUARANTINED] == [MAIL_QUARANTINE.encode()]
    assert [item.size for item in found if item.problem is None] == [len(SECOND)]


def expunged(client, _server) -> None:
    client.uid("STORE", "1", "+FLAGS.SILENT", "(\\Deleted)")
    client.expunge()


def moved_by_its_owner(client, _server) -> None:
    client.create("Old")
    client.uid("COPY", "1", "Old")
    expunged(client, _server)


def folder_renamed(client, _server) -> None:
    client.unselect()
    assert client.rename("Work", "Finished")[0] == "OK"


def folder_made_anew(client, _server) -> None:
    """With a message that has the same number."""
    client.unselect()
    assert client.delete("Work")[0] == client.create("Work")[0] == "OK"
    client.append("Work", "", '"01-Jan-2020 10:00:00 +0000"', SECOND)


def rewritten_on_the_disk(_client, server) -> None:
    """Which no mail program can do, and a bad disk or a bad administrator can."""
    (path,) = (path for path in (server.maildir("alice", "Work") / "cur").iterdir())
    path.write_bytes(FIRST.replace(b"committee", b"commission"[:9]))


CHANGES = {
    expunged: Refusal.GONE, moved_by_its_owner: Refusal.GONE, folder_renamed: Refusal.GONE,
    folder_made_anew: Refusal.RENUMBERED, rewritten_on_the_disk: Refusal.CONTENT,
}  # fmt: skip


@pytest.mark.parametrize(("change", "why"), CHANGES.items(), ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_changed_since_is_left_where_it_is(server, change, why):
    server.deliver("alice", "Work", FIRST, "S")
    planned = planned_of(server, FIRST, folder=b"alice/Work")
    with as_owner(server) as client:
        client.select("Work")
        change(client, server)
    before = everything(server)
    with a_holding(server) as holding, pytest.raises(RefusedFileError) as refused:
        holding.take(on_its_way(planned, TOKEN))
    assert refused.value.refusal is why
    assert everything(server) == before


def test_what_may_not_be_moved_waits_until_it_may(server):
    server.deliver("alice", "Work", FIRST, "S")
    planned = planned_of(server, FIRST, folder=b"alice/Work")
    server.share("alice", "Work", "alice")
    with a_holding(server) as holding, pytest.raises(RefusedFileError) as refused:
        holding.take(on_its_way(planned, TOKEN))
    assert refused.value.refusal is Refusal.DENIED
    server.share("alice", "Work", "alice", "lrswipkxtea")
    with a_holding(server) as holding:
        taken(holding, planned)


def test_of_a_folder_that_is_shared_the_quarantine_is_the_disposers_own(dovecot):
    """Carol disposes of what lies in Bob's folder, into a folder of hers, in which Bob sees nothing."""
    dovecot.deliver("bob", "Planning", FIRST, "S")
    dovecot.share("bob", "Planning", "carol", "lrswite")
    settings = ImapSettings("127.0.0.1", "carol", PASSWORD, ("shared/bob/Planning",), dovecot.port, Tls.NONE)
    with closing(ImapSource("mail", settings, READING)) as source:
        (item,) = (item for listing in source.list() for item in listing.items)
    planned = planned_as(item, FIRST)
    with closing(ImapPost("mail", settings, READING, MAIL_QUARANTINE, no_journal)) as post:
        holding = MailHolding(post)
        one = taken(holding, planned)
        assert [seen(dovecot, folder, user) for folder, user in (("Planning", "bob"), (MAIL_QUARANTINE, "bob"))] == [
            [],
            [],
        ]
        assert [found.content for found in seen(dovecot, MAIL_QUARANTINE, "carol")] == [FIRST]
        assert holding.give_back(one, planned.ref.locator)
    assert [found.content for found in seen(dovecot, "Planning", "bob")] == [FIRST]


def test_mailboxes_that_are_read_by_one_account_have_one_quarantine_and_claim_nothing_twice(dovecot):
    """Carol's own and Bob's folder, with the same message in both: of the second, nothing was moved."""
    for user, folder in (("carol", "INBOX"), ("bob", "Planning")):
        dovecot.deliver(user, folder, FIRST, "S")
    dovecot.share("bob", "Planning", "carol", "lrswite")
    settings = ImapSettings(
        "127.0.0.1", "carol", PASSWORD, ("carol", "shared/bob/Planning"), dovecot.port, Tls.NONE, timeout=10
    )  # fmt: skip
    with closing(ImapSource("mail", settings, READING)) as source:
        items = [item for listing in source.list() for item in listing.items if item.problem is None]
    one, other = (on_its_way(planned_as(item, FIRST, at), f"1-{at}") for at, item in enumerate(items, start=1))
    journal: list[Disposal] = []
    with closing(ImapPost("mail", settings, READING, MAIL_QUARANTINE, lambda: journal)) as post:
        holding = MailHolding(post)
        one = replace(one, kept=holding.take(one).kept)
        journal += [one, other]
        assert post.lying(other) is None
        around = holding.look_around([one])
    assert (around.missing, around.strange) == (set(), 0)


@pytest.mark.parametrize("change", [expunged, moved_by_its_owner])
def test_what_its_owner_takes_away_in_the_act_is_not_taken(server, change):
    server.deliver("alice", "Work", FIRST, "S")
    planned, after = planned_of(server, FIRST, folder=b"alice/Work"), []

    def changes() -> None:
        with as_owner(server) as client:
            client.select("Work")
            change(client, server)
        after.append(everything(server))

    with a_holding(server, at_step(Step.OPENED, changes)) as holding, pytest.raises(RefusedFileError) as refused:
        holding.take(on_its_way(planned, TOKEN))
    assert refused.value.refusal is Refusal.GONE
    assert [everything(server)] == after


def test_a_message_comes_back_elsewhere_where_its_folder_is_gone(server):
    server.deliver("alice", "Work", FIRST, "S")
    with a_holding(server) as holding:
        one = taken(holding, planned_of(server, FIRST, folder=b"alice/Work"))
        with as_owner(server) as client:
            client.delete("Work")
        with pytest.raises(RefusedFileError) as refused:
            holding.give_back(one, one.planned.ref.locator)
        assert refused.value.refusal is Refusal.FOLDER_GONE
        assert not holding.is_gone(one)
        assert holding.give_back(one, b"alice/INBOX")
        assert holding.is_back(one, b"alice/INBOX")
    assert [one.content for one in seen(server, "INBOX")] == [FIRST, SECOND, FIRST]


def test_purging_removes_that_message_and_no_other_that_somebody_has_marked(server):
    told = []
    with a_holding(server) as holding:
        one, other = (taken(holding, planned_of(server, content)) for content in (FIRST, SECOND))
        with as_owner(server) as client:
            client.select(f'"{MAIL_QUARANTINE}"')
            client.store("1:*", "+FLAGS", "(\\Deleted)")
            client.unselect()
        holding.purge(one, lambda: told.append(len(seen(server, MAIL_QUARANTINE))))
        assert (holding.is_gone(one), holding.is_gone(other)) == (True, False)
    assert told == [2]
    assert [found.content for found in seen(server, MAIL_QUARANTINE)] == [SECOND]


def test_what_is_not_what_was_taken_is_not_purged(server):
    with a_holding(server) as holding:
        one = taken(holding, planned_of(server, FIRST))
        (path,) = (server.maildir("alice", MAIL_QUARANTINE) / "cur").iterdir()
        path.write_bytes(FIRST.replace(b"committee", b"commissio"))
        with pytest.raises(RefusedFileError) as refused:
            holding.purge(one, lambda: pytest.fail("nothing was to be intended"))
        assert refused.value.refusal is Refusal.CONTENT
        assert not holding.is_gone(one)


def test_a_quarantine_that_its_owner_has_emptied_or_added_to_is_told(server):
    with a_holding(server) as holding:
        one, other = (taken(holding, planned_of(server, content)) for content in (FIRST, SECOND))
        one, other = on_its_way(one.planned, "gone", one.kept), on_its_way(other.planned, "there", other.kept)
        with as_owner(server) as client:
            client.select(f'"{MAIL_QUARANTINE}"')
            expunged(client, server)
            client.append(f'"{MAIL_QUARANTINE}"', "", None, a_message(7))
        found = holding.look_around([one, other])
        with pytest.raises(RefusedFileError) as refused:
            holding.give_back(one, one.planned.ref.locator)
    assert (found.missing, found.strange) == ({"gone"}, 1)
    assert refused.value.refusal is Refusal.MISSING


def test_a_quarantine_that_was_numbered_anew_is_known_by_what_lies_in_it(server):
    """As after a server was moved: the numbers that the journal keeps mean nothing then."""
    before = seen(server, "INBOX")
    with a_holding(server) as holding:
        one, other = (taken(holding, planned_of(server, content)) for content in (FIRST, SECOND))
    with as_owner(server) as client:
        client.rename(f'"{MAIL_QUARANTINE}"', "aside")
        client.create(f'"{MAIL_QUARANTINE}"')
        client.select("aside")
        client.uid("COPY", "2,1", f'"{MAIL_QUARANTINE}"')
        client.unselect()
        client.delete("aside")
    with a_holding(server, journal=lambda: [one, other]) as holding:
        around = holding.look_around([one, replace(other, token="other")])
        assert (around.missing, around.strange) == (set(), 0)
        assert holding.give_back(one, one.planned.ref.locator)
        holding.purge(other, lambda: None)
    assert of_content(server, "INBOX") == of_content_in(before[:1])
    assert seen(server, MAIL_QUARANTINE) == []


class PowerCutError(BaseException):
    """What no code of ours catches."""


def cut() -> None:
    raise PowerCutError


@pytest.mark.parametrize("step", [Step.OPENED, Step.RENAMED, Step.HASHED])
def test_wherever_taking_breaks_off_the_next_run_finds_one_message(server, step):
    planned, before = planned_of(server, FIRST), seen(server, "INBOX")
    with pytest.raises(PowerCutError), a_holding(server, at_step(step, cut)) as holding:
        holding.take(on_its_way(planned, TOKEN))
    with a_holding(server) as holding:
        found = holding.finish(on_its_way(planned, TOKEN))
        assert (found is None) == (step is Step.OPENED)
    away = [] if found is None else before[:1]
    assert (seen(server, MAIL_QUARANTINE), seen(server, "INBOX")) == (away, before[len(away) :])


@pytest.mark.parametrize("step", [Step.RETURNED])
def test_wherever_restoring_breaks_off_the_next_run_finds_one_message(server, step):
    before = seen(server, "INBOX")
    with a_holding(server) as holding:
        one = taken(holding, planned_of(server, FIRST))
    with pytest.raises(PowerCutError), a_holding(server, at_step(step, cut)) as holding:
        holding.give_back(one, one.planned.ref.locator)
    with a_holding(server) as holding:
        assert holding.is_back(one, one.planned.ref.locator)
    assert seen(server, MAIL_QUARANTINE) == []
    assert of_content(server, "INBOX") == of_content_in(before)


def test_a_message_that_was_marked_and_not_removed_is_unmarked(server):
    """Its owner's mail program would remove it else, whatever hold comes meanwhile."""
    with a_holding(server) as holding:
        one = taken(holding, planned_of(server, FIRST))
        with as_owner(server) as client:
            client.select(f'"{MAIL_QUARANTINE}"')
            client.store("1", "+FLAGS", "(\\Deleted)")
        assert not holding.is_gone(one)
    assert [b"\\Deleted" in found.flags for found in seen(server, MAIL_QUARANTINE)] == [False]


def test_of_two_equal_messages_each_is_found_as_itself(server):
    """The second was not moved when taking it broke off, and its owner took it away: it is not the first."""
    server.deliver("alice", "INBOX", FIRST, "S")
    one, other = (on_its_way(planned_of(server, FIRST, number), f"1-{number}") for number in (1, 2))
    with a_holding(server) as holding:
        one = on_its_way(one.planned, one.token, holding.take(one).kept)
    with a_holding(server, journal=lambda: [one, other]) as holding:
        assert holding.finish(other) is None
        with as_owner(server) as client:
            client.select("INBOX")
            client.uid("STORE", other.planned.ref.name.split(b"-")[1].removesuffix(b".eml"), "+FLAGS", "(\\Deleted)")
            client.expunge()
        assert holding.finish(other) is None
        found = holding.look_around([one, other])
    assert (found.missing, found.strange) == ({"1-2"}, 0)


def test_a_connection_that_is_lost_while_a_message_moves_is_begun_anew_to_look_for_it(server):
    planned, cuts = planned_of(server, FIRST), []

    def bend(piece: bytes) -> bytes | None:
        if b"COPYUID" in piece and not cuts:
            cuts.append(1)
            return None
        return piece

    with between(server.port) as proxy, a_holding(server, port=proxy.port) as holding:
        proxy.bend = bend
        one = taken(holding, planned)
        assert not holding.is_gone(one)
    assert cuts == [1]
    assert [found.content for found in seen(server, MAIL_QUARANTINE)] == [FIRST]
    assert [found.content for found in seen(server, "INBOX")] == [SECOND]


class Failing:
    """A mail server that does not say what lies in quarantine."""

    def __init__(self, post: ImapPost) -> None:
        self._post = post

    def lying(self, *_) -> None:
        raise RefusedFileError(Refusal.BUSY)

    def __getattr__(self, name: str):
        return getattr(self._post, name)


def test_what_may_have_been_moved_is_never_taken_for_what_was_not(dovecot):
    """Its approval would stand, and the next run would not find it in its place."""
    dovecot.deliver("alice", "INBOX", FIRST, "S")
    one = on_its_way(planned_of(dovecot, FIRST), TOKEN)
    with a_holding(dovecot) as holding:
        assert MailHolding(Failing(holding.post)).take(one) == Taken(refusal=Refusal.BUSY, stranded=True)
        assert holding.give_back(one, one.planned.ref.locator)
    assert [found.content for found in seen(dovecot, "INBOX")] == [FIRST]


class Silent(Failing):
    """A mail server that neither moves a message nor answers."""

    def lying(self, *told):
        return self._post.lying(*told)

    def put_away(self, _message) -> bytes:
        return b""


def test_what_was_not_moved_is_not_taken_for_an_equal_message_in_quarantine(dovecot):
    for _ in range(2):
        dovecot.deliver("alice", "INBOX", FIRST, "S")
    one, other = (on_its_way(planned_of(dovecot, FIRST, number), f"1-{number}") for number in (1, 2))
    with a_holding(dovecot) as holding:
        holding.take(one)
        with pytest.raises(RefusedFileError) as refused:
            MailHolding(Silent(holding.post)).take(other)
    assert refused.value.refusal is Refusal.UNREADABLE
    assert [found.content for found in seen(dovecot, "INBOX")] == [FIRST]


class Keeping(Failing):
    """A mail server that does not remove what lies in its place."""

    def lying(self, *told):
        return self._post.lying(*told)

    def remove(self, message) -> None:
        if message.folder == b"INBOX":
            raise RefusedFileError(Refusal.DENIED)
        self._post.remove(message)


def test_what_was_copied_and_cannot_be_removed_stays_and_leaves_no_copy(copying_server):
    copying_server.empty()
    copying_server.deliver("alice", "INBOX", FIRST, "S")
    with a_holding(copying_server) as holding, pytest.raises(RefusedFileError) as refused:
        MailHolding(Keeping(holding.post)).take(on_its_way(planned_of(copying_server, FIRST), TOKEN))
    assert refused.value.refusal is Refusal.DENIED
    assert [found.content for found in seen(copying_server, "INBOX")] == [FIRST]
    assert seen(copying_server, MAIL_QUARANTINE) == []


class Marking(Keeping):
    """One that leaves its mark for removal there, too."""

    def unmark(self, _message) -> None:
        raise RefusedFileError(Refusal.DENIED)


def test_the_copy_stays_where_the_other_may_be_marked_for_removal(copying_server):
    copying_server.empty()
    copying_server.deliver("alice", "INBOX", FIRST, "S")
    with a_holding(copying_server) as holding:
        taken = MailHolding(Marking(holding.post)).take(on_its_way(planned_of(copying_server, FIRST), TOKEN))
    assert taken == Taken(refusal=Refusal.DENIED, stranded=True)
    assert [found.content for found in seen(copying_server, MAIL_QUARANTINE)] == [FIRST]


def test_a_quarantine_that_was_renamed_is_no_proof_that_what_lay_in_it_is_gone(server):
    with a_holding(server) as holding:
        one = taken(holding, planned_of(server, FIRST))
    with as_owner(server) as client:
        client.rename(f'"{MAIL_QUARANTINE}"', '"Old things"')
    with a_holding(server) as holding, pytest.raises(RefusedFileError) as refused:
        holding.is_gone(one)
    assert refused.value.refusal is Refusal.UNREADABLE


@pytest.mark.parametrize("step", [Step.OPENED, Step.RENAMED])
def test_a_server_that_is_gone_ends_the_run_and_the_next_goes_on(server, step):
    planned = planned_of(server, FIRST)
    with between(server.port) as proxy:

        def gone() -> None:
            proxy.bend = lambda _: None

        with a_holding(server, at_step(step, gone), port=proxy.port) as holding, pytest.raises(SourceLostError):
            holding.take(on_its_way(planned, TOKEN))
    with a_holding(server) as holding:
        assert (holding.finish(on_its_way(planned, TOKEN)) is None) == (step is Step.OPENED)
    assert sorted(found.content for folder in ("INBOX", MAIL_QUARANTINE) for found in seen(server, folder)) == sorted(
        [FIRST, SECOND]
    )


def taken(holding, planned) -> Disposal:
    found = holding.take(on_its_way(planned, TOKEN))
    assert found.refusal is None, found
    return on_its_way(planned, TOKEN, found.kept)


def of_content(server: Dovecot, folder: str) -> dict[bytes, Seen]:
    return of_content_in(seen(server, folder))


def of_content_in(found: list[Seen]) -> dict[bytes, Seen]:
    return {one.content: one for one in found}


def everything(server: Dovecot) -> dict[str, list[Seen]]:
    """All that Alice has, folder by folder; an empty one counts for nothing."""
    with as_owner(server) as client:
        names = [bytes(line).rpartition(b' "/" ')[2].strip(b'"').decode() for line in client.list()[1]]
    return {name: found for name in names if (found := seen(server, name))}
