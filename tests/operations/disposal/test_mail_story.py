"""Messages from an approved batch to quarantine, back or to an end, on the servers that mail lies on."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable

import pytest
from disposal_estate import IGGY, NOW, at_step
from dovecot_servers import a_message
from graph_servers import running_graph
from mail_disposal import as_owner, seen
from mail_estate import MailEstate, a_mail_estate, on_dovecot, on_graph

from domain.audit import verify
from domain.disposal import IN_QUARANTINE, MAIL_QUARANTINE, UNDER_WAY, Fate, Refusal, Step
from domain.hold import Hold, HoldKind, HoldScope
from inventory.audit import entries
from inventory.certificates import certificates
from inventory.engine import reading
from operations.access import RefusedError
from operations.schedule.holds import add_hold

pytestmark = pytest.mark.servers

MESSAGES = [a_message(number, 400) for number in range(6)]


@pytest.fixture
def estate(tmp_path, inventory_url, dovecot) -> MailEstate:
    for at, message in enumerate(MESSAGES):
        dovecot.deliver("alice", "Work" if at == 3 else "INBOX", message, "S")
    made = a_mail_estate(tmp_path, *on_dovecot(dovecot), inventory_url)
    yield made
    made.trail.database.dispose()


def in_folder(server, folder: str) -> set[int]:
    """Which messages lie there."""
    return {MESSAGES.index(one.content) for one in seen(server, folder)}


def test_approved_messages_go_one_comes_back_and_the_others_are_purged_with_proof(estate, dovecot):
    names = [estate.by_content[message] for message in MESSAGES[:4]]
    manifest = estate.planned(names)
    before = {one.content: one for folder in ("INBOX", "Work") for one in seen(dovecot, folder)}
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 4}
    assert in_folder(dovecot, MAIL_QUARANTINE) == {0, 1, 2, 3}
    assert in_folder(dovecot, "INBOX") == {4, 5}
    work = next(one for one in estate.at(manifest) if one.planned.ref.folder.endswith(b"Work"))
    assert estate.restore(work).fates == {Fate.RESTORED: 1}
    assert seen(dovecot, "Work") == [before[MESSAGES[3]]]
    estate.list()  # A scan meanwhile sees no quarantine.
    assert estate.purge(manifest).fates == {}
    estate.later()
    done = estate.purge(manifest)
    assert (done.fates, done.strange, len(done.certificates)) == ({Fate.PURGED: 3}, 0, 1)
    assert in_folder(dovecot, MAIL_QUARANTINE) == set()
    assert in_folder(dovecot, "INBOX") == {4, 5}


def test_what_becomes_of_one_message_stops_no_other(estate, dovecot):
    """One is held, one is moved by its owner, a folder is renamed; the fourth goes."""
    names = [estate.by_content[message] for message in (MESSAGES[0], MESSAGES[1], MESSAGES[3], MESSAGES[4])]
    manifest = estate.planned(names)
    scope = HoldScope(paths=(names[0].decode(),))
    hold = Hold("CLAIM-7", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=NOW.date())
    add_hold(IGGY, estate.trail, hold, NOW.date())
    with as_owner(dovecot) as client:
        client.select("INBOX")
        client.uid("MOVE", names[1].rpartition(b"-")[2].removesuffix(b".eml"), "Work")
        client.unselect()
        client.rename("Work", "Finished")
    estate.run(manifest)
    assert estate.fates(manifest) == {
        names[0]: (Fate.REFUSED, Refusal.HELD), names[1]: (Fate.REFUSED, Refusal.GONE),
        names[2]: (Fate.REFUSED, Refusal.GONE), names[3]: (Fate.QUARANTINED, None),
    }  # fmt: skip
    assert (in_folder(dovecot, MAIL_QUARANTINE), in_folder(dovecot, "Finished")) == ({4}, {1, 3})


def test_what_the_owner_takes_out_of_quarantine_is_lost_and_said_so(estate, dovecot):
    manifest = estate.planned([estate.by_content[message] for message in MESSAGES[:2]])
    estate.run(manifest)
    with as_owner(dovecot) as client:
        client.select(f'"{MAIL_QUARANTINE}"')
        client.uid("MOVE", "1", "INBOX")
    estate.later()
    done = estate.purge(manifest)
    assert sorted(str(one.fate) for one in estate.at(manifest)) == ["lost", "purged"]
    assert len(done.certificates) == 1
    assert len(in_folder(dovecot, "INBOX")) == len(MESSAGES) - 2


def test_a_message_that_nothing_tells_from_others_is_not_planned(estate, dovecot):
    nameless = a_message(9, 400, message_id="")
    dovecot.deliver("alice", "INBOX", nameless, "S")
    estate.list()
    manifest, draft = estate.plan(estate.approved([estate.by_content[nameless]]))
    assert (manifest, list(draft.refused.values())) == (None, [Refusal.NAMELESS])


def test_nothing_is_disposed_of_while_messages_may_not_be_read(estate):
    manifest = estate.planned([estate.by_content[MESSAGES[0]]])
    estate.settings = estate.settings.model_copy(update={"mail": type(estate.settings.mail)()})
    with pytest.raises(RefusedError, match="cannot be compared"):
        estate.run(manifest)
    assert [fate for fate, _ in estate.fates(manifest).values()] == [Fate.PLANNED]


def test_messages_of_microsoft_365_go_the_same_way(tmp_path):
    alice = "alice@council.example"
    with running_graph() as graph:
        graph.add_mailbox(alice)
        for message in MESSAGES:
            graph.deliver(alice, "Work", message)
        estate = a_mail_estate(tmp_path, *on_graph(graph, alice))
        manifest = estate.planned([estate.by_content[message] for message in MESSAGES[:3]])
        assert estate.run(manifest).fates == {Fate.QUARANTINED: 3}
        assert estate.restore(estate.at(manifest)[0]).fates == {Fate.RESTORED: 1}
        estate.later()
        done = estate.purge(manifest)
        assert (done.fates, done.strange, len(done.certificates)) == ({Fate.PURGED: 2}, 0, 1)
        assert len(graph.mailboxes[alice].messages) == len(MESSAGES) - 2
        assert {message.content for message in graph.purges.values()} <= set(MESSAGES[:3])
        estate.trail.database.dispose()


RUN = (Step.INTENT, Step.OPENED, Step.RENAMED, Step.HASHED, Step.RECORDED)
RESTORE = (Step.RESTORE_INTENT, Step.RETURNED, Step.RESTORED)
PURGE = (Step.PURGE_INTENT, Step.UNLINKED, Step.PURGED)


@pytest.mark.parametrize("inventory_url", ["sqlite"], indirect=True)
def test_wherever_it_is_killed_each_message_is_in_one_place(tmp_path, dovecot, inventory_url):
    contents = [a_message(number, 200) for number in range(14)]
    for message in contents:
        dovecot.deliver("alice", "INBOX", message, "S")
    estate = a_mail_estate(tmp_path, *on_dovecot(dovecot), inventory_url)
    manifest = estate.planned([estate.by_content[message] for message in contents[:12]])
    for step in RUN:
        assert killed(estate, step, lambda watch: estate.run(manifest, watch=watch))
        check(estate, manifest, dovecot, contents)
    assert estate.run(manifest).strange == 0
    for step in RESTORE:
        one = estate.at(manifest, Fate.QUARANTINED)[0]
        assert killed(estate, step, lambda watch, one=one: estate.restore(one, watch=watch))
        check(estate, manifest, dovecot, contents)
    estate.later()
    for step in PURGE:
        assert killed(estate, step, lambda watch: estate.purge(manifest, watch=watch))
        check(estate, manifest, dovecot, contents)
    assert estate.purge(manifest).strange == 0
    check(estate, manifest, dovecot, contents)
    fates = [one.fate for one in estate.at(manifest)]
    assert not set(fates) & {*UNDER_WAY, Fate.LOST, Fate.QUARANTINED}
    assert verify(entries(estate.trail.database), estate.trail.key).fault is None
    with reading(estate.trail.database) as connection:
        bodies = [json.loads(one.body) for one in certificates(connection, manifest.number)]
    certified = [at for body in bodies for first, last in body["positions"] for at in range(first, last + 1)]
    assert sorted(certified) == [at for at, fate in enumerate(fates, start=1) if fate is Fate.PURGED]
    estate.trail.database.dispose()


def killed(estate: MailEstate, step: Step, act: Callable[[Callable[[Step], None]], object]) -> bool:
    """Whether a process in which this was done was ended at a step, as a power cut would."""
    estate.trail.database.dispose()  # A connection that two processes have is neither's.
    if (child := os.fork()) == 0:
        try:
            act(at_step(step, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def check(estate: MailEstate, manifest, server, contents: list[bytes]) -> None:
    """Every message is in just one of its folder, quarantine, and purged with proof."""
    there = [one.content for one in seen(server, "INBOX")]
    away = [one.content for one in seen(server, MAIL_QUARANTINE)]
    by_locator = {locator: content for content, locator in estate.by_content.items()}
    for one in estate.at(manifest):
        content = by_locator[one.planned.ref.locator]
        places = there.count(content), away.count(content)
        if places == (0, 0):
            assert Step.PURGE_INTENT in estate.steps(one), one.fate
            assert one.fate in (Fate.PURGED, Fate.PURGING)
        else:
            assert sum(places) == 1, (one, places)
            assert one.fate in UNDER_WAY or (one.fate in IN_QUARANTINE) == (places == (0, 1))
    assert set(contents[12:]) <= set(there)
