"""What one sees of an item before deciding on it."""

from __future__ import annotations

import pytest
from review_desk import (
    DISPOSE,
    ERIN,
    FILES,
    KEEP,
    MORGAN,
    RUTH,
    A,
    B,
    C,
    a_rot,
    change_content,
    hold,
    number,
    stamps,
    waiting_paths,
    with_settings,
)
from scan_driver import scan

from domain.audit import Act
from domain.errors import ConfigurationError
from domain.review import Odd, VerdictKind
from domain.rot import RotReason
from inventory.engine import reading
from inventory.reviews import alike
from operations.access import RefusedError
from operations.review.deciding import decide
from operations.review.evidence import evidence
from operations.review.grouping import GroupBy, Within, items
from operations.review.queue import refill


def test_all_that_speaks_for_or_against_is_told(desk):
    decide(RUTH, desk, stamps(desk, B), KEEP)
    hold(desk)
    seen = evidence(RUTH, desk, number(desk, A))
    assert seen.told.held.record.ref.path == "Housing/2015/a.txt"
    assert (seen.service, seen.place.rule, seen.odd) == ("Housing", "HO", ())
    assert seen.explanation.sentence.startswith("Frozen by")
    assert [one.id for one in seen.holds] == ["HOLD-1"]
    assert set(seen.barred) == {VerdictKind.DISPOSE, VerdictKind.ARCHIVE, VerdictKind.TRANSFER}
    assert seen.alike.here == seen.alike.anywhere == {VerdictKind.KEEP: 1}
    assert evidence(RUTH, desk, number(desk, C)).alike.here == {}
    assert (seen.past, seen.entries) == ((), ())


def test_its_history_is_told_with_what_the_trail_says(desk):
    batch = decide(RUTH, desk, stamps(desk, A), KEEP).batch
    seen = evidence(MORGAN, desk, number(desk, A))
    assert [(verdict.kind, one.proposer) for verdict, one in seen.past] == [(VerdictKind.KEEP, "ruth")]
    assert [(entry.act, entry.subject) for entry in seen.entries] == [(Act.VERDICT_GIVEN, f"batch:{batch.number}")]
    assert seen.place is None


def test_the_stamp_is_what_a_form_carries(desk):
    item = number(desk, A)
    assert decide(RUTH, desk, {item: evidence(RUTH, desk, item).stamp}, DISPOSE).items == (item,)


def test_what_is_odd_is_said(desk):
    change_content(desk, A, children=True)
    assert evidence(RUTH, desk, number(desk, A)).odd == (Odd.CHILDREN,)


def test_items_of_other_services_are_not_shown_nor_those_that_are_not(desk):
    with pytest.raises(RefusedError, match="another's"):
        evidence(ERIN, desk, number(desk, A))
    with pytest.raises(ConfigurationError, match="There is no file 999"):
        evidence(MORGAN, desk, 999)


def test_what_is_gone_since_the_queue_was_filled_is_said_to_be(desk):
    item = number(desk, A)
    scan(desk.trail.database, {B: FILES[B]})
    with pytest.raises(ConfigurationError, match=f"There is no file {item} any more"):
        evidence(RUTH, desk, item)


def test_what_other_services_decided_is_not_counted(desk):
    decide(RUTH, desk, stamps(desk, A, B), KEEP)
    with reading(desk.trail.database) as connection:
        assert alike(connection, "HO", None) == alike(connection, "HO", None, {"Housing"}) == {VerdictKind.KEEP: 2}
        assert alike(connection, "HO", None, {"Education"}) == {}


def test_rot_waits_where_it_is_asked_for(desk):
    decide(RUTH, desk, stamps(desk, A), KEEP)
    a_rot(desk, b"Housing/late.txt", RotReason.TECHNICAL)
    assert "Housing/late.txt" not in waiting_paths(desk)
    desk = with_settings(desk, rot=True)
    refill(MORGAN, desk)
    (one,) = items(RUTH, desk, "Housing", Within(GroupBy.RULE, "rot:technical")).items
    assert (one.ground, one.held.record.ref.path, one.due) == ("rot", "Housing/late.txt", desk.today)
    assert [each.ground for each in items(RUTH, desk, "Housing", Within(GroupBy.CLASS, "")).items] == ["rot"]
    assert refill(MORGAN, desk) == 0
    decide(RUTH, desk, {one.held.number: one.stamp}, DISPOSE)
    assert refill(MORGAN, with_settings(desk, rot=False)) == 0
