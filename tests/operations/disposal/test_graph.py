"""Messages of Microsoft 365, moved into quarantine and back, and purged there, at a local stand-in of Graph."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from blake3 import blake3
from disposal_estate import at_step
from disposal_trees import on_its_way
from graph_mail import ALICE, a_graph_holding, a_graph_scan, a_moving_client
from graph_servers import MOST_AT_ONCE, Graph, running_graph

from domain.disposal import MAIL_QUARANTINE, Disposal, Planned, Refusal, RefusedFileError, Step
from operations.access import RefusedError
from operations.disposal.graph import GraphPost
from operations.disposal.holding import SourceLostError
from operations.disposal.mail import MailHolding
from scanner.sources.mail_policy import QUARANTINED

FIRST, SECOND = b"Subject: first\r\n\r\nThe plan of works.\r\n", b"Subject: second\r\n\r\nThe plan of works.\r\n"
TOKEN = "1-0123"


@pytest.fixture(scope="module")
def tenant() -> Iterator[Graph]:
    with running_graph() as running:
        yield running
        assert running.written == [], "something was asked for that the scan's application could write by"
        assert max(running.most_at_once.values(), default=0) <= MOST_AT_ONCE


@pytest.fixture
def graph(tenant) -> Graph:
    """With two messages in Alice's Work."""
    tenant.mailboxes.clear()
    tenant.ordered.clear()
    tenant.purges.clear()
    tenant.add_mailbox(ALICE)
    for content in (FIRST, SECOND):
        tenant.deliver(ALICE, "Work", content, isRead=True)
    return tenant


def scanned(graph: Graph):
    """All that a scan lists, with the bytes of each message."""
    with closing(a_graph_scan(graph)) as source:
        items = [item for listing in source.list() for item in listing.items]
        return [(item, item.problem is None and next(source.fetch([item]))[1]) for item in items]


def planned_of(graph: Graph, content: bytes) -> Planned:
    item = next(item for item, read in scanned(graph) if read == content)
    assert item.file_id is not None
    return Planned(
        1, 1, item.ref, "tag", "place", "Housing", item.size, item.modified, item.version, item.file_id,
        blake3(content).digest(), "HO", None, None, "schedule",
    )  # fmt: skip


def taken(holding: MailHolding, planned: Planned) -> Disposal:
    found = holding.take(on_its_way(planned, TOKEN))
    assert found.refusal is None, found
    return on_its_way(planned, TOKEN, found.kept)


def lying(graph: Graph) -> dict[bytes, str]:
    """Every message of Alice's, and the name of the folder that it lies in."""
    box = graph.mailboxes[ALICE]
    return {message.content: box.folders[message.folder].name for message in box.messages.values()}


def test_what_is_taken_lies_in_a_hidden_quarantine_and_comes_back_as_it_was(graph):
    planned, facts = planned_of(graph, FIRST), [dict(one.facts) for one in graph.mailboxes[ALICE].messages.values()]
    with a_graph_holding(graph) as holding:
        one = taken(holding, planned)
        assert lying(graph) == {FIRST: MAIL_QUARANTINE, SECOND: "Work"}
        hidden = [one.facts for one in graph.mailboxes[ALICE].folders.values() if one.name == MAIL_QUARANTINE]
        assert hidden == [{"isHidden": True}]
        seen = scanned(graph)
        assert [item.ref.name for item, _ in seen if item.problem == QUARANTINED] == [MAIL_QUARANTINE.encode()]
        assert [read for _, read in seen if read] == [SECOND]
        assert holding.give_back(one, planned.ref.locator)
        assert holding.is_back(one, planned.ref.locator)
    assert lying(graph) == {FIRST: "Work", SECOND: "Work"}
    assert [dict(one.facts) for one in graph.mailboxes[ALICE].messages.values()] == facts
    assert planned_of(graph, FIRST) == planned  # The id, and so the place, is what it was.


def test_purging_is_for_good_and_leaves_what_exchange_keeps(graph):
    with a_graph_holding(graph) as holding:
        one = taken(holding, planned_of(graph, FIRST))
        holding.purge(one, lambda: graph.ordered.clear())
        assert holding.is_gone(one)
        assert "recoverable items" in holding.promise.remains
    assert lying(graph) == {SECOND: "Work"}
    assert [order.rpartition("/")[2] for order in graph.ordered] == ["permanentDelete"]
    assert [message.content for message in graph.purges.values()] == [FIRST]


def test_what_is_purged_is_gone_though_graph_shows_it_among_the_recoverable_items(graph):
    graph.shows_purged = True
    with a_graph_holding(graph) as holding:
        one = taken(holding, planned_of(graph, FIRST))
        holding.purge(one, lambda: None)
        assert holding.is_gone(one)


@pytest.mark.parametrize("folder", ["Work", "Old/Older", "Deleted Items"])
def test_what_its_owner_took_out_of_quarantine_was_not_removed_by_us(graph, folder):
    """Wherever he put it: where the order to remove it broke off, the next run would certify it else."""
    with a_graph_holding(graph) as holding:
        one = taken(holding, planned_of(graph, FIRST))
        graph.move_message(ALICE, one.kept.decode(), folder)
        with pytest.raises(RefusedFileError) as refused:
            holding.is_gone(one)
    assert refused.value.refusal is Refusal.MISSING


def removed(graph: Graph, key: str) -> None:
    graph.remove_message(ALICE, key)


def moved_by_its_owner(graph: Graph, key: str) -> None:
    graph.move_message(ALICE, key, "Old")


def folder_renamed(graph: Graph, _key: str) -> None:
    next(one for one in graph.mailboxes[ALICE].folders.values() if one.name == "Work").name = "Finished"


def written_over(graph: Graph, key: str) -> None:
    graph.mailboxes[ALICE].messages[key].content = FIRST.upper()


def edited(graph: Graph, key: str) -> None:
    """As a draft may be."""
    graph.touch(ALICE, key, isDraft=True, lastModifiedDateTime="2026-01-01T00:00:00Z")


CHANGES = {
    removed: Refusal.GONE, moved_by_its_owner: Refusal.GONE, folder_renamed: Refusal.GONE,
    written_over: Refusal.CONTENT, edited: Refusal.CHANGED,
}  # fmt: skip


@pytest.mark.parametrize(("change", "why"), CHANGES.items(), ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_changed_since_is_left_where_it_is(graph, change, why):
    planned = planned_of(graph, FIRST)
    change(graph, next(iter(graph.mailboxes[ALICE].messages)))
    before = lying(graph)
    with a_graph_holding(graph) as holding, pytest.raises(RefusedFileError) as refused:
        holding.take(on_its_way(planned, TOKEN))
    assert refused.value.refusal is why
    assert (lying(graph), graph.ordered) == (before, [])


@pytest.mark.parametrize("change", [written_over, edited])
def test_what_is_another_once_it_was_moved_is_put_back(graph, change):
    planned, key = planned_of(graph, FIRST), next(iter(graph.mailboxes[ALICE].messages))
    with a_graph_holding(graph, at_step(Step.RENAMED, lambda: change(graph, key))) as holding:
        assert holding.take(on_its_way(planned, TOKEN)).refusal is CHANGES[change]
    assert set(lying(graph).values()) == {"Work"}


def test_a_message_comes_back_elsewhere_where_its_folder_is_gone(graph):
    graph.add_folder(ALICE, "Other")
    with a_graph_holding(graph) as holding:
        one = taken(holding, planned_of(graph, FIRST))
    folder_renamed(graph, "")
    with a_graph_holding(graph) as holding:
        with pytest.raises(RefusedFileError) as refused:
            holding.give_back(one, one.planned.ref.locator)
        assert refused.value.refusal is Refusal.FOLDER_GONE
        assert holding.give_back(one, f"{ALICE}/Other".encode())
    assert lying(graph)[FIRST] == "Other"


class PowerCutError(BaseException):
    """What no code of ours catches."""


def cut() -> None:
    raise PowerCutError


@pytest.mark.parametrize("step", [Step.OPENED, Step.RENAMED, Step.HASHED])
def test_wherever_taking_breaks_off_the_next_run_finds_one_message(graph, step):
    planned = planned_of(graph, FIRST)
    with pytest.raises(PowerCutError), a_graph_holding(graph, at_step(step, cut)) as holding:
        holding.take(on_its_way(planned, TOKEN))
    with a_graph_holding(graph) as holding:
        found = holding.finish(on_its_way(planned, TOKEN))
        assert (found is None) == (step is Step.OPENED)
        around = holding.look_around([on_its_way(planned, TOKEN, found.kept if found else b"")])
    assert lying(graph) == {FIRST: MAIL_QUARANTINE if found else "Work", SECOND: "Work"}
    assert (around.missing, around.strange) == (set() if found else {TOKEN}, 0)


@pytest.mark.parametrize("status", [0, 500, 504])
def test_an_order_whose_answer_is_lost_is_looked_for_and_not_given_again(graph, status):
    planned = planned_of(graph, FIRST)
    with a_graph_holding(graph) as holding:
        taken(holding, planned_of(graph, SECOND))
        graph.ordered.clear()
        graph.answers_lost.append(status)
        taken(holding, planned)
    assert [order.rpartition("/")[2] for order in graph.ordered] == ["move"]
    assert lying(graph) == {FIRST: MAIL_QUARANTINE, SECOND: MAIL_QUARANTINE}


def test_an_order_waits_for_as_long_as_graph_asks(graph):
    pauses: list[float] = []
    planned = planned_of(graph, FIRST)
    graph.fail("/move", 429, times=2, Retry_After="7")
    with a_graph_holding(graph, pauses=pauses) as holding:
        taken(holding, planned)
    assert pauses == [7.0, 7.0]


def test_an_order_that_may_have_been_carried_out_is_not_given_again(graph):
    planned = planned_of(graph, FIRST)
    with a_graph_holding(graph) as holding:
        graph.fail("/move", 500)
        with pytest.raises(RefusedFileError) as refused:
            holding.take(on_its_way(planned, TOKEN))
    assert refused.value.refusal.passing
    assert lying(graph) == {FIRST: "Work", SECOND: "Work"}
    assert sum(order.endswith("/move") for order in graph.ordered) == 1


def test_a_quarantine_that_was_renamed_is_no_proof_that_what_lay_in_it_is_gone(graph):
    with a_graph_holding(graph) as holding:
        one = taken(holding, planned_of(graph, FIRST))
    for folder in graph.mailboxes[ALICE].folders.values():
        if folder.name == MAIL_QUARANTINE:
            folder.name = "Old things"
    with a_graph_holding(graph) as holding, pytest.raises(RefusedFileError) as refused:
        holding.is_gone(one)
    assert refused.value.refusal is Refusal.UNREADABLE


def test_a_tenant_that_is_away_ends_the_run(graph):
    with running_graph() as other:
        other.add_mailbox(ALICE)
        other.deliver(ALICE, "Work", FIRST)
        planned = planned_of(other, FIRST)
        with a_graph_holding(other, at_step(Step.OPENED, other.stop)) as holding:
            with pytest.raises(SourceLostError):
                holding.take(on_its_way(planned, TOKEN))
            with pytest.raises(RefusedFileError) as refused:
                holding.finish(on_its_way(planned, TOKEN))
    assert refused.value.refusal is Refusal.UNREADABLE


@pytest.mark.parametrize("folder", [b"OneDrive/alice@council.example/Work", f"{ALICE}/In-Place Archive/Work".encode()])
def test_what_lies_in_a_drive_or_an_archive_is_refused(graph, folder):
    planned = planned_of(graph, FIRST)
    ref = type(planned.ref)("m365", folder + b"/x.docx")
    elsewhere = Planned(**{name: getattr(planned, name) for name in planned.__slots__} | {"ref": ref})
    with a_graph_holding(graph) as holding, pytest.raises(RefusedFileError) as refused:
        holding.take(on_its_way(elsewhere, TOKEN))
    assert refused.value.refusal is Refusal.SOURCE


def test_a_source_of_drives_alone_and_an_application_that_is_not_let_in_are_named(graph):
    with (
        closing(GraphPost("m365", a_moving_client(graph), {}, MAIL_QUARANTINE)) as post,
        pytest.raises(RefusedError, match="export"),
    ):
        post.refuse_unsafe()
    graph.fail("msgfolderroot", 403)
    with a_graph_holding(graph) as holding, pytest.raises(RefusedError, match="dispose_client"):
        holding.post.refuse_unsafe()
