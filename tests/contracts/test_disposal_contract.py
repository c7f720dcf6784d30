"""What every source that can dispose promises, whatever it keeps things in: each is in one place at any time, and the
one that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from disposal_estate import at_step
from disposal_stands import TOKEN, Stand, a_folder, a_share, kept
from graph_servers import Graph, running_graph
from mail_stands import a_mailbox, a_tenant

from domain.disposal import Refusal, RefusedFileError, Step
from operations.disposal.holding import Around, Taken, unwatched

CONTENT = b"Subject: tenancy\r\n\r\nended long ago\r\n"


class _StoppedHereError(BaseException):
    """The machine stopped: nothing that runs after an ordinary failure runs after this."""


_ON_SERVERS = [pytest.param(kind, marks=pytest.mark.servers) for kind in ("share", "mailbox")]


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with running_graph() as running:
        yield running


@pytest.fixture(params=["folder", "tenant", *_ON_SERVERS])
def stand(request) -> Iterator[Stand]:
    if request.param == "folder":
        yield a_folder(request.getfixturevalue("tmp_path"))
    elif request.param == "mailbox":
        with a_mailbox(request.getfixturevalue("dovecot")) as made:
            yield made
    elif request.param == "tenant":
        with a_tenant(request.getfixturevalue("graph")) as made:
            yield made
    else:
        with a_share(request.getfixturevalue("samba")) as made:
            yield made


def test_what_is_taken_lies_in_quarantine_and_nowhere_else(stand):
    one, other = stand.planned("a.eml", CONTENT), stand.put("b.eml", CONTENT + b"other")
    with stand.opened(unwatched) as holding:
        taken = holding.take(one)
        assert taken.refusal is None
        assert taken.kept
        assert holding.look_around([replace(one, kept=taken.kept)]) == Around(frozenset(), 0)
        assert not holding.is_gone(replace(one, kept=taken.kept))
    assert stand.standing() == {other: CONTENT + b"other"}
    assert stand.lying() == [CONTENT]


def test_the_quarantine_is_not_crawled(stand):
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        kept(one, holding)
    items = [item for listing in stand.source.list() for item in listing.items]
    assert [item for item in items if item.problem is None] == []  # A mailbox names its quarantine as a closed folder.


def test_what_is_given_back_is_as_it_was(stand):
    one = stand.planned("a.eml", CONTENT)
    locator = one.planned.ref.locator
    with stand.opened(unwatched) as holding:
        one = kept(one, holding)
        assert not holding.is_back(one, locator)
        assert holding.give_back(one, locator)
        assert holding.is_back(one, locator)
    assert list(stand.standing().values()) == [CONTENT]
    assert stand.lying() == []


def test_what_is_purged_is_gone_after_its_intent_was_told(stand):
    one, told = stand.planned("a.eml", CONTENT), []
    with stand.opened(told.append) as holding:
        one = kept(one, holding)
        holding.purge(one, lambda: told.append(stand.lying()))
        assert holding.is_gone(one)
    assert told == [Step.OPENED, Step.RENAMED, Step.HASHED, [CONTENT], Step.UNLINKED]
    assert (stand.standing(), stand.lying()) == ({}, [])


def test_what_may_not_be_purged_after_all_stays(stand):
    def held() -> None:
        raise RefusedFileError(Refusal.HELD)

    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        one = kept(one, holding)
        with pytest.raises(RefusedFileError):
            holding.purge(one, held)
        assert not holding.is_gone(one)
    assert stand.lying() == [CONTENT]


def test_what_has_not_the_bytes_that_were_planned_is_put_back(stand):
    one = stand.planned("a.eml", CONTENT)
    one = replace(one, planned=replace(one.planned, digest=bytes(32)))
    with stand.opened(unwatched) as holding:
        with suppress(RefusedFileError):
            assert holding.take(one) == Taken(refusal=Refusal.CONTENT)
        assert holding.look_around([]) == Around(frozenset(), 0)
    assert list(stand.standing().values()) == [CONTENT]
    assert stand.lying() == []


def test_what_is_gone_is_refused_and_nothing_is_taken_for_it(stand):
    one = stand.planned("a.eml", CONTENT)
    stand.remove(one.planned.ref.locator)
    stand.put("b.eml", CONTENT + b"other")
    with stand.opened(unwatched) as holding:
        with pytest.raises(RefusedFileError) as refused:
            holding.take(one)
        assert refused.value.refusal is Refusal.GONE
        assert holding.finish(one) is None
    assert list(stand.standing().values()) == [CONTENT + b"other"]
    assert stand.lying() == []


def test_what_is_missing_from_quarantine_is_told(stand):
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        one = kept(one, holding)
        stand.rid()
        for act in (
            lambda: holding.give_back(one, one.planned.ref.locator),
            lambda: holding.is_back(one, one.planned.ref.locator), lambda: holding.purge(one, lambda: None),
        ):  # fmt: skip
            with pytest.raises(RefusedFileError) as refused:
                act()
            assert refused.value.refusal is Refusal.MISSING
        assert holding.look_around([one]) == Around(frozenset({TOKEN}), 0)


def test_what_the_journal_does_not_know_in_quarantine_is_counted(stand):
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        kept(one, holding)
        assert holding.look_around([]) == Around(frozenset(), 1)


@pytest.mark.parametrize("step", [Step.OPENED, Step.RENAMED, Step.HASHED])
def test_wherever_taking_stops_the_next_goes_on(stand, step):
    def stops() -> None:
        raise _StoppedHereError

    one = stand.planned("a.eml", CONTENT)
    with suppress(_StoppedHereError), stand.opened(at_step(step, stops)) as holding:
        holding.take(one)
    with stand.opened(unwatched) as holding:
        taken = holding.finish(one)
        if step is Step.OPENED:
            assert taken is None
            assert list(stand.standing().values()) == [CONTENT]
        else:
            assert taken is not None
            assert taken.refusal is None
            assert stand.lying() == [CONTENT]
            assert holding.give_back(replace(one, kept=taken.kept), one.planned.ref.locator)


def test_what_is_changed_when_taking_is_gone_on_with_is_put_back(stand):
    def stops() -> None:
        raise _StoppedHereError

    one = stand.planned("a.eml", CONTENT)
    with suppress(_StoppedHereError), stand.opened(at_step(Step.RENAMED, stops)) as holding:
        holding.take(one)
    with stand.opened(unwatched) as holding:
        taken = holding.finish(replace(one, planned=replace(one.planned, digest=bytes(32))))
    assert taken == Taken(refusal=Refusal.CONTENT)
    assert list(stand.standing().values()) == [CONTENT]


def test_giving_back_and_purging_that_stopped_are_told(stand):
    def stops() -> None:
        raise _StoppedHereError

    one = stand.planned("a.eml", CONTENT)
    locator = one.planned.ref.locator
    with suppress(_StoppedHereError), stand.opened(at_step(Step.RETURNED, stops)) as holding:
        one = kept(one, holding)
        holding.give_back(one, locator)
    with stand.opened(unwatched) as holding:
        assert holding.is_back(one, locator)
    again = stand.planned("b.eml", CONTENT + b"other")
    with suppress(_StoppedHereError), stand.opened(at_step(Step.UNLINKED, stops)) as holding:
        again = kept(again, holding)
        holding.purge(again, lambda: None)
    with stand.opened(unwatched) as holding:
        assert holding.is_gone(again)


@pytest.mark.parametrize("stand", ["folder", _ON_SERVERS[0]], indirect=True)
def test_nothing_is_put_over_what_stands_there(stand):
    """In a mailbox, what is put there has a place of its own."""
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        one = kept(one, holding)
        stand.put("a.eml", b"newer")
        with pytest.raises(RefusedFileError) as refused:
            holding.give_back(one, one.planned.ref.locator)
        assert refused.value.refusal is Refusal.TAKEN
        assert (list(stand.standing().values()), stand.lying()) == ([b"newer"], [CONTENT])
        assert holding.give_back(one, b"Housing/elsewhere.eml")
    assert stand.standing() == {b"Housing/a.eml": b"newer", b"Housing/elsewhere.eml": CONTENT}


def test_what_is_read_to_be_packed_is_what_was_planned(stand):
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        with holding.open(one.planned) as file:
            assert file.read() == CONTENT
        stand.remove(one.planned.ref.locator)
        with pytest.raises(RefusedFileError) as refused:
            holding.open(one.planned)
        assert refused.value.refusal is Refusal.GONE


def test_it_says_what_it_can_promise(stand):
    with stand.opened(unwatched) as holding:
        assert holding.promise.quarantine


def test_what_has_not_the_bytes_that_were_approved_is_not_purged(stand):
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        one = kept(one, holding)
        other = replace(one, planned=replace(one.planned, digest=bytes(32)))
        with pytest.raises(RefusedFileError) as refused:
            holding.purge(other, lambda: pytest.fail("nothing was to be intended"))
        assert refused.value.refusal is Refusal.CONTENT
    assert stand.lying() == [CONTENT]


@pytest.mark.parametrize("stand", ["tenant", _ON_SERVERS[1]], indirect=True)
def test_what_its_owner_takes_out_while_it_is_decided_on_is_not_removed(stand):
    one = stand.planned("a.eml", CONTENT)
    with stand.opened(unwatched) as holding:
        one = kept(one, holding)
        with pytest.raises(RefusedFileError) as refused:
            holding.purge(one, lambda: holding.give_back(one, one.planned.ref.locator))
        assert refused.value.refusal is Refusal.MISSING
        with pytest.raises(RefusedFileError) as refused:
            holding.is_gone(one)
        assert refused.value.refusal is Refusal.MISSING
    assert list(stand.standing().values()) == [CONTENT]
