"""Approving what others proposed: by whom, in which order, and of what is still as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from review_desk import (
    ALEX,
    DISPOSE,
    ERIN,
    FILES,
    IRIS,
    KEEP,
    MORGAN,
    ROBIN,
    RUTH,
    A,
    B,
    C,
    D,
    change_content,
    evaluated,
    hold,
    number,
    stamps,
    waiting_paths,
    with_settings,
)
from scan_driver import scan

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.review import BatchState, Changed, Stage, WhySecond
from inventory.audit import latest
from inventory.engine import reading
from inventory.reviews import approved_batches, items_of, parties_of
from operations.access import RefusedError
from operations.review import approving
from operations.review.approving import approve, batch_items, reject, waiting, withdraw
from operations.review.deciding import decide


def stamp(desk, number: int) -> str:
    return approving.batch(MORGAN, desk, number)[1]


def proposed(desk, *paths: bytes, actor: Actor = RUTH) -> int:
    return decide(actor, desk, stamps(desk, *paths), DISPOSE).batch.number


def test_one_proposes_and_another_approves(desk):
    found = proposed(desk, A)
    assert [one.number for one in waiting(ALEX, desk)] == [found]
    assert waiting(RUTH, desk) == waiting(MORGAN, desk) == ()
    approved = approve(ALEX, desk, found, stamp(desk, found))
    assert (approved.batch.state, approved.voided) == (BatchState.APPROVED, ())
    with reading(desk.trail.database) as connection:
        assert [one.number for one in approved_batches(connection)] == [found]
        assert [one.item for one in items_of(connection, found)] == [number(desk, A)]
        assert parties_of(connection, found) == {"ruth", "alex"}
    (entry,) = latest(desk.trail.database, 1)
    assert (entry.act, entry.account, entry.subject) == (Act.BATCH_APPROVED, "alex", f"batch:{found}")


def test_nobody_approves_what_they_proposed_themself_or_on_behalf_of_somebody(desk):
    own = proposed(desk, A, actor=ALEX)
    with pytest.raises(RefusedError, match="took part"):
        approve(ALEX, desk, own, stamp(desk, own))
    standing_in = Actor("robin", (Grant(Role.APPROVER, frozenset({"Housing"}), "alex"),), Proof.PASSWORD)
    with pytest.raises(RefusedError, match="took part"):
        approve(standing_in, desk, own, stamp(desk, own))
    assert waiting(ALEX, desk) == waiting(standing_in, desk) == ()


@pytest.mark.parametrize("actor", [ROBIN, ERIN, MORGAN])
def test_who_may_not_approve_is_refused(desk, actor):
    found = proposed(desk, A)
    with pytest.raises(RefusedError):
        approve(actor, desk, found, stamp(desk, found))


def test_high_risk_waits_for_a_second_who_is_neither_of_the_two(desk):
    found = proposed(desk, D, actor=ERIN)
    first = approve(ALEX, desk, found, stamp(desk, found)).batch
    assert (first.state, first.stage) == (BatchState.APPROVED_ONCE, Stage.SECOND)
    with reading(desk.trail.database) as connection:
        assert approved_batches(connection) == ()
    with pytest.raises(RefusedError, match="may not second-approve"):
        approve(ALEX, desk, found, stamp(desk, found))
    alex_too = replace(ALEX, grants=(*ALEX.grants, Grant(Role.RECORDS_MANAGER)))
    with pytest.raises(RefusedError, match="took part"):
        approve(alex_too, desk, found, stamp(desk, found))
    assert [one.number for one in waiting(IRIS, desk)] == [found]
    assert approve(MORGAN, desk, found, stamp(desk, found)).batch.state is BatchState.APPROVED


@pytest.mark.parametrize(("proposer", "days"), [(RUTH, 30), (ROBIN, 30), (RUTH, 0)])
def test_what_needs_two_is_not_approved_in_slices(desk, proposer, days):
    """Not of the same proposer, nor of the same rule by another; what was approved too long ago does not count."""
    desk = with_settings(desk, without_sample=2, second_items=3, second_days=days)
    before = proposed(desk, A, B)
    assert approve(ALEX, desk, before, stamp(desk, before)).batch.state is BatchState.APPROVED
    found = proposed(desk, C, actor=proposer)
    approved = approve(ALEX, desk, found, stamp(desk, found)).batch
    together = (BatchState.APPROVED_ONCE, (WhySecond.LATELY,))
    assert (approved.state, approved.why_second) == (together if days else (BatchState.APPROVED, ()))


def test_what_two_approved_does_not_count_with_what_comes_after(desk):
    desk = with_settings(desk, without_sample=2, second_items=2)
    before = proposed(desk, A, B)
    for actor in (ALEX, MORGAN):
        approve(actor, desk, before, stamp(desk, before))
    assert decide(RUTH, desk, stamps(desk, C), DISPOSE).batch.why_second == ()


@pytest.mark.parametrize(
    ("meanwhile", "what"),
    [
        (lambda desk: scan(desk.trail.database, {**FILES, A: b"other"}), Changed.ITEM),
        (lambda desk: scan(desk.trail.database, {B: FILES[B]}), Changed.GONE),
        (hold, Changed.HOLD),
    ],
)
def test_what_changed_since_is_voided_by_name_and_nothing_of_it_goes(desk, meanwhile, what):
    item, found = number(desk, A), proposed(desk, A)
    meanwhile(desk)
    approved = approve(ALEX, desk, found, stamp(desk, found))
    assert approved.batch.state is BatchState.VOID
    ((voided,)) = approved.voided
    assert (voided.item, what in voided.changed) == (item, True)
    with reading(desk.trail.database) as connection:
        assert approved_batches(connection) == ()


def test_of_several_those_that_did_not_change_go_on_and_the_others_wait_again(desk):
    desk = with_settings(desk, without_sample=2)
    found = proposed(desk, A, B)
    scan(desk.trail.database, {**FILES, A: b"other"})
    (page,) = [batch_items(ALEX, desk, found).items]
    assert [one.changed for one in page] == [(Changed.ITEM,), ()]
    approved = approve(ALEX, desk, found, stamp(desk, found))
    assert (approved.batch.state, approved.batch.items) == (BatchState.APPROVED, 1)
    assert [one.item for one in approved.voided] == [number(desk, A)]
    assert "Housing/2015/a.txt" in waiting_paths(desk)


@pytest.mark.parametrize("what", ["special", "children", "criminal"])
def test_what_is_found_out_after_the_proposal_asks_for_a_second_all_the_same(desk, what):
    found = proposed(desk, A)
    change_content(desk, A, **{what: "HEALTH" if what == "special" else True})
    approved = approve(ALEX, desk, found, stamp(desk, found)).batch
    assert (approved.state, approved.needs_second, approved.why_second) == (
        BatchState.APPROVED_ONCE, True, (WhySecond(what),),
    )  # fmt: skip
    assert approve(MORGAN, desk, found, stamp(desk, found)).batch.state is BatchState.APPROVED


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda desk: scan(desk.trail.database, {**FILES, A: b"other"}),
        lambda desk: decide(ROBIN, desk, stamps(desk, A), KEEP),
    ],
)
def test_the_trail_says_of_an_approved_batch_what_it_lost(desk, meanwhile):
    found = proposed(desk, A)
    approve(ALEX, desk, found, stamp(desk, found))
    meanwhile(desk)
    evaluated(desk)
    (entry,) = latest(desk.trail.database, 1, f"batch:{found}")
    assert (entry.act, entry.facts) == (Act.VERDICTS_SUPERSEDED, '{"items":1}')
    assert approving.batch(MORGAN, desk, found)[0].state is BatchState.VOID
    evaluated(desk)
    assert latest(desk.trail.database, 1, f"batch:{found}") == (entry,)


def test_a_form_about_another_batch_than_there_is_now_is_refused(desk):
    desk = with_settings(desk, without_sample=2)
    found = proposed(desk, A, B)
    seen = stamp(desk, found)
    decide(ROBIN, desk, stamps(desk, A), KEEP)
    with pytest.raises(RefusedError, match="not as it was when you looked: proposed, 1 item now"):
        approve(ALEX, desk, found, seen)
    approve(ALEX, desk, found, stamp(desk, found))
    with pytest.raises(RefusedError, match="waits for no approval"):
        approve(ALEX, desk, found, seen)


def test_what_is_rejected_says_why_and_waits_again(desk):
    found = proposed(desk, A)
    with pytest.raises(ConfigurationError, match="say in a few words why"):
        reject(ALEX, desk, found, stamp(desk, found), " ")
    rejected = reject(ALEX, desk, found, stamp(desk, found), "The lease runs on.")
    assert (rejected.state, rejected.approvals[0].why) == (BatchState.REJECTED, "The lease runs on.")
    assert "Housing/2015/a.txt" in waiting_paths(desk)
    with pytest.raises(ConfigurationError, match="cannot be kept"):
        approve(ALEX, desk, proposed(desk, B), "x", "\0")
    assert "lease" not in latest(desk.trail.database, 1)[0].facts


def test_one_takes_back_ones_own_proposal_and_no_other(desk):
    found = proposed(desk, A)
    with pytest.raises(RefusedError, match="somebody else"):
        withdraw(ROBIN, desk, found)
    assert withdraw(RUTH, desk, found).state is BatchState.VOID
    assert "Housing/2015/a.txt" in waiting_paths(desk)
    with pytest.raises(RefusedError, match="withdrawn no more"):
        withdraw(RUTH, desk, found)


def test_a_batch_of_another_service_is_not_shown(desk):
    found = proposed(desk, A)
    for look in (approving.batch, batch_items, withdraw):
        for asked in (found, 99):
            with pytest.raises(RefusedError, match="this is another's"):
                look(ERIN, desk, asked)
    with pytest.raises(ConfigurationError, match="There is no batch 99"):
        approving.batch(MORGAN, desk, 99)
