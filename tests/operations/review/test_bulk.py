"""A whole group decided on together: what is set aside, what has to be opened, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from review_desk import (
    DISPOSE,
    ERIN,
    KEEP,
    MORGAN,
    ROBIN,
    RUTH,
    a_desk,
    change_content,
    evaluated,
    hold,
    number,
    stamps,
    waiting_paths,
)
from scan_driver import scan

from domain.errors import ConfigurationError
from domain.review import Aside, BatchState, Changed, Odd, VerdictState
from inventory.engine import reading
from inventory.reviews import items_of
from operations.access import RefusedError
from operations.review.approving import withdraw
from operations.review.bulk import Draft, draft, opened, propose
from operations.review.deciding import decide
from operations.review.grouping import First, GroupBy, Order, Within, groups, items
from operations.review.ruling import StaleError

MANY = {f"Housing/{year}/{n}.txt".encode(): f"{year} {n}".encode() for year in (2014, 2015) for n in range(20)}
RULE = Within(GroupBy.RULE, "HO")


@pytest.fixture
def desk(trail):
    """Forty files of low risk in two folders, one of high risk; a tenth may be to keep unseen."""
    scan(trail.database, {**MANY, b"Housing/top.txt": b"top", b"Education/d.txt": b"fourth"})
    return a_desk(trail, share_low=0.1)


def all_opened(desk, found: Draft, keep: int | None = None) -> Draft:
    for one in found.sample:
        found = opened(RUTH, desk, found.batch.number, one.item, keep=one.item == keep)
    return found


def test_a_group_goes_by_a_sample_that_says_how_sure_it_is(desk):
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    assert (found.before.items, found.after.items, found.aside) == (41, 41, {})
    assert found.batch.state is BatchState.DRAFT
    assert waiting_paths(desk) >= {"Housing/top.txt"}
    assert 0 < len(found.sample) < 41
    assert found.statement == "0 of 41 read, 0 to keep."
    found = all_opened(desk, found)
    assert found.statement == f"{len(found.sample)} of 41 read, 0 to keep: fewer than 9.8 % at 95 % confidence."
    decided = propose(RUTH, desk, found.batch.number, 41)
    assert (decided.batch.state, decided.batch.items, decided.batch.sample.opened) == (
        BatchState.PROPOSED, 41, len(found.sample),
    )  # fmt: skip
    assert waiting_paths(desk) == {"Education/d.txt"}


def test_what_was_not_opened_is_not_proposed(desk):
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    with pytest.raises(ConfigurationError, match="not opened yet"):
        propose(RUTH, desk, found.batch.number, 41)


def test_another_count_than_that_of_the_draft_is_refused(desk):
    found = all_opened(desk, draft(RUTH, desk, "Housing", RULE, DISPOSE))
    with pytest.raises(ConfigurationError, match="You typed 40, and the draft holds 41"):
        propose(RUTH, desk, found.batch.number, 40)


def test_one_of_the_sample_to_keep_ends_the_bulk_and_is_not_taken_back(desk):
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    kept = found.sample[0].item
    found = all_opened(desk, found, keep=kept)
    opened(RUTH, desk, found.batch.number, kept, keep=False)
    with pytest.raises(RefusedError, match="1 of the sample is to be kept"):
        propose(RUTH, desk, found.batch.number, 41)


def test_what_was_to_be_kept_stays_out_of_another_draft_so_nobody_draws_until_it_fits(desk):
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    kept = found.sample[0].item
    opened(RUTH, desk, found.batch.number, kept, keep=True)
    withdraw(RUTH, desk, found.batch.number)
    again = draft(ROBIN, desk, "Housing", RULE, DISPOSE)
    assert (again.after.items, again.aside) == (40, {Aside.KEPT: 1})
    with reading(desk.trail.database) as connection:
        assert kept not in {one.item for one in items_of(connection, again.batch.number, VerdictState.DRAFT)}


def test_what_is_found_out_after_the_draft_is_not_proposed_with_the_others(desk):
    desk = replace(desk, settings=desk.settings.model_copy(update={"without_sample": 100}))
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    change_content(desk, b"Housing/top.txt", children=True)
    with pytest.raises(StaleError, match="about children"):
        propose(RUTH, desk, found.batch.number, 41)
    decided = propose(RUTH, desk, found.batch.number, 41, rest=True)
    assert (decided.batch.items, decided.batch.why_second) == (40, ())
    assert "Housing/top.txt" in waiting_paths(desk)


def test_high_risk_never_goes_in_bulk(desk):
    with pytest.raises(ConfigurationError, match="1: its class or rule is of high risk"):
        draft(MORGAN, desk, "Education", None, DISPOSE)


def test_what_is_held_or_odd_is_set_aside_with_its_reason(desk):
    hold(desk)
    change_content(desk, b"Housing/2014/1.txt", special="HEALTH")
    change_content(desk, b"Housing/2014/2.txt", children=True)
    change_content(desk, b"Housing/2014/3.txt", criminal=True)
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    assert found.aside == {Aside.HELD: 20, Odd.SPECIAL: 1, Odd.CHILDREN: 1, Odd.CRIMINAL: 1}
    assert (found.before.items, found.after.items) == (41, 18)


def test_a_batch_holds_no_more_than_it_may(desk):
    desk = replace(desk, settings=desk.settings.model_copy(update={"most_items": 10}))
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    assert (found.before.items, found.after.items, found.aside) == (41, 10, {Aside.BEYOND: 31})


def test_what_changed_since_the_draft_is_left_out_by_name_or_all_is_refused(desk):
    desk = replace(desk, settings=desk.settings.model_copy(update={"without_sample": 100}))
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    top = number(desk, b"Housing/top.txt")
    decide(ROBIN, desk, stamps(desk, b"Housing/top.txt"), KEEP)
    with pytest.raises(StaleError):
        propose(RUTH, desk, found.batch.number, 41)
    decided = propose(RUTH, desk, found.batch.number, 41, rest=True)
    assert [(one.item, one.changed) for one in decided.refused] == [(top, (Changed.VERDICT,))]
    assert decided.batch.items == 40
    with reading(desk.trail.database) as connection:
        assert top not in {one.item for one in items_of(connection, decided.batch.number)}
        assert [one.item for one in items_of(connection, decided.batch.number, VerdictState.VOID)] == [top]


def test_a_draft_is_nobodys_word_and_can_be_given_up(desk):
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    with pytest.raises(RefusedError, match="somebody else's"):
        propose(ROBIN, desk, found.batch.number, 41)
    assert withdraw(RUTH, desk, found.batch.number).state is BatchState.VOID
    assert len(waiting_paths(desk)) == 42


def test_a_group_is_kept_together_without_a_sample(desk):
    found = draft(RUTH, desk, "Housing", RULE, KEEP)
    assert (found.sample, found.statement) == ((), "")
    assert propose(RUTH, desk, found.batch.number, 41).batch.state is BatchState.DONE
    assert waiting_paths(desk) == {"Education/d.txt"}


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        (GroupBy.FOLDER, {"memory: Housing/2014": 20, "memory: Housing/2015": 20, "memory: Housing": 1}),
        (GroupBy.RULE, {"HO": 41}),
        (GroupBy.CLASS, {"HO.01 Repairs": 41}),
        (GroupBy.ACTION, {"dispose": 41}),
        (GroupBy.FAMILY, {}),
    ],
)
def test_a_queue_is_grouped_as_people_think(desk, by, counts):
    found = groups(RUTH, desk, "Housing", by).groups
    assert {group.title: group.items for group in found} == counts
    for group in found:
        assert len(items(RUTH, desk, "Housing", Within(by, group.key), limit=100).items) == group.items


@pytest.mark.parametrize("order", Order)
def test_groups_and_items_come_in_pages_that_leave_nothing_out(desk, order):
    whole = groups(RUTH, desk, "Housing", GroupBy.FOLDER, order).groups
    one, seen = None, []
    while one is None or one.following:
        one = groups(RUTH, desk, "Housing", GroupBy.FOLDER, order, one and one.following, limit=1)
        seen += one.groups
    assert tuple(seen) == whole
    page, met = None, []
    while page is None or page.following:
        page = items(RUTH, desk, "Housing", None, page and page.following, limit=7)
        met += [each.held.number for each in page.items]
    assert len(met) == len(set(met)) == 41


def test_the_largest_come_first_in_pages_and_outliers_alone_where_that_is_asked(desk):
    change_content(desk, b"Housing/2015/7.txt", children=True)
    desk = evaluated(desk)
    page, sizes = None, []
    while page is None or page.following:
        page = items(RUTH, desk, "Housing", None, page and page.following, 7, First.LARGEST)
        sizes += [(each.held.record.size, each.held.number) for each in page.items]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 41
    odd = items(RUTH, desk, "Housing", RULE, odd=True).items
    assert [one.held.record.ref.path for one in odd] == ["Housing/2015/7.txt"]


@pytest.mark.parametrize("mark", ["x", "1", "1.x", "x.1", f"{2**70}.1", "2020-01-01.x"])
def test_a_mark_that_is_none_is_refused(desk, mark):
    for page in (
        lambda: groups(RUTH, desk, "Housing", GroupBy.FOLDER, mark=mark),
        lambda: items(RUTH, desk, "Housing", mark=mark),
        lambda: items(RUTH, desk, "Housing", mark=mark, first=First.LARGEST),
    ):
        with pytest.raises(ConfigurationError, match="no mark"):
            page()


def test_another_service_sees_no_groups_items_or_drafts(desk):
    found = draft(RUTH, desk, "Housing", RULE, DISPOSE)
    for look in (
        lambda: groups(ERIN, desk, "Housing", GroupBy.FOLDER),
        lambda: items(ERIN, desk, "Housing"),
        lambda: draft(ERIN, desk, "Housing", None, KEEP),
        lambda: opened(ERIN, desk, found.batch.number, found.sample[0].item, keep=False),
        lambda: withdraw(ERIN, desk, found.batch.number),
    ):
        with pytest.raises(RefusedError, match="another's"):
            look()
