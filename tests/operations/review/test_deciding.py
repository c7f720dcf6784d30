"""Deciding on what waits: what takes effect, what comes back, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from inventories import an_inventory_at
from review_desk import (
    DISPOSE,
    ERIN,
    FILES,
    KEEP,
    MORGAN,
    ROBIN,
    RUTH,
    TODAY,
    A,
    B,
    C,
    D,
    a_desk,
    change_content,
    evaluated,
    hold,
    number,
    stamps,
    waiting_paths,
    with_settings,
)
from scan_driver import scan
from sqlalchemy import delete, select, update

from domain.audit import Act, AuditKey
from domain.decision import State
from domain.errors import ConfigurationError
from domain.figures import Reviewed
from domain.review import BatchState, Changed, ReasonCode, VerdictKind, VerdictState, WhySecond
from domain.rule import Action, Scope
from inventory import review_queue
from inventory.audit import latest
from inventory.engine import reading, writing
from inventory.figures import owned
from inventory.reviewed import reviewed
from inventory.reviews import batch_numbered, current, history, items_of, set_batch_state
from inventory.tables import BatchRow, FlagRow, ItemRow, QueuedRow
from operations.access import RefusedError
from operations.config import default_settings
from operations.people.audit import Trail
from operations.reporting.making import provenance_of
from operations.reporting.report import REPORTS
from operations.reporting.wanted import Wanted
from operations.review.deciding import decide
from operations.review.queue import queues, refill
from operations.review.ruling import Ruling, StaleError


def states(desk, path: bytes) -> list[VerdictState]:
    with reading(desk.trail.database) as connection:
        return [verdict.state for verdict, _ in history(connection, number(desk, path))]


def test_each_service_sees_its_own_queue_and_how_long_it_waits(desk):
    (housing,) = queues(RUTH, replace(desk, today=date(2026, 12, 21)))
    assert (housing.service, housing.items, housing.due) == ("Housing", 3, date(2020, 5, 4))
    assert (housing.entered, housing.waited, housing.overdue_from, housing.overdue) == (
        TODAY, 20, date(2026, 12, 21), True,
    )  # fmt: skip
    assert [queue.service for queue in queues(MORGAN, desk)] == ["Education", "Housing"]
    assert not queues(ERIN, desk)[0].overdue


def test_a_verdict_keeps_since_when_its_item_had_waited(desk):
    decide(RUTH, desk, stamps(desk, A), KEEP)
    with reading(desk.trail.database) as connection:
        told = reviewed(connection)
    assert set(told) == {
        Reviewed("Housing", TODAY, datetime.now(UTC).date(), 1), Reviewed("Housing", TODAY, None, 2),
        Reviewed("Education", TODAY, None, 1),
    }  # fmt: skip


def test_the_report_of_compliance_says_what_was_decided_in_time_and_what_is_overdue(desk):
    database = desk.trail.database
    for path, days in ((A, 3), (B, 40)):
        number_of = decide(RUTH, desk, stamps(desk, path), KEEP).batch.number
        with writing(database) as connection:
            at = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) + timedelta(days=days)
            connection.execute(update(BatchRow).where(BatchRow.id == number_of).values(at=at))
    files, today = owned(database), TODAY + timedelta(days=60)
    wanted = Wanted(database, default_settings(), provenance_of(database, "Example", files), today, files)
    table = next(table for table in REPORTS["compliance"].make(wanted).tables if table.name == "reviews")
    assert table.rows == (("Education", 1, 1, 0, 0, None), ("Housing", 1, 1, 2, 1, 0.5))


def test_what_is_kept_leaves_the_queue_and_comes_back_on_its_day(desk):
    decided = decide(RUTH, desk, stamps(desk, A), replace(KEEP, note="Mrs Marsh asked for it"))
    assert (decided.batch.state, decided.batch.items, decided.refused) == (BatchState.DONE, 1, ())
    assert waiting_paths(desk) == {"Housing/2015/b.txt", "Housing/c.txt", "Education/d.txt"}
    assert queues(RUTH, desk)[0].items == 2
    the_day_before = KEEP.until - timedelta(days=1)
    assert "Housing/2015/a.txt" not in waiting_paths(evaluated(desk, the_day_before))
    assert "Housing/2015/a.txt" in waiting_paths(evaluated(desk, KEEP.until))
    (entry,) = latest(desk.trail.database, 1, f"batch:{decided.batch.number}")
    assert (entry.act, entry.account) == (Act.VERDICT_GIVEN, "ruth")
    assert entry.facts == '{"items":1,"kind":"keep","reason":"still-used","service":"Housing"}'


def test_what_was_changed_since_comes_back_and_its_verdict_is_superseded(desk):
    decide(RUTH, desk, stamps(desk, A, B), KEEP)
    scan(desk.trail.database, {**FILES, A: b"first, changed"})
    assert waiting_paths(evaluated(desk)) == {"Housing/2015/a.txt", "Housing/c.txt", "Education/d.txt"}
    assert states(desk, A) == [VerdictState.SUPERSEDED]
    assert states(desk, B) == [VerdictState.CURRENT]


def test_what_comes_to_lie_where_something_was_disposed_of_waits_like_any_other(desk):
    gone = decide(RUTH, desk, stamps(desk, A), DISPOSE).batch.number
    with writing(desk.trail.database) as connection:
        set_batch_state(connection, gone, BatchState.DONE)
    scan(desk.trail.database, {path: content for path, content in FILES.items() if path != A})
    evaluated(desk)
    with reading(desk.trail.database) as connection:
        assert len(list(items_of(connection, gone))) == 1
    scan(desk.trail.database, {**FILES, A: b"another file"})
    assert "Housing/2015/a.txt" in waiting_paths(evaluated(desk))


def test_filling_the_queues_again_changes_nothing(desk):
    assert refill(MORGAN, desk) == 0


def test_what_is_due_without_a_day_is_due_since_it_came_in_and_not_written_anew_each_night(desk):
    with writing(desk.trail.database) as connection:
        connection.execute(update(FlagRow).where(FlagRow.state == State.DUE).values(due=None))
    nights = [replace(desk, today=desk.today + timedelta(days=days)) for days in range(3)]
    assert [refill(MORGAN, night) for night in nights] == [4, 0, 0]
    with reading(desk.trail.database) as connection:
        assert set(connection.execute(select(QueuedRow.due)).scalars()) == {TODAY}
        assert {one.due for one in review_queue.queue_sums(connection)} == {TODAY}


@pytest.mark.servers
def test_postgresql_tells_how_much_of_the_queues_changed(postgres_url):
    database = an_inventory_at(postgres_url)
    scan(database, FILES)
    desk = a_desk(Trail(database, AuditKey(b"k" * 32)))
    with writing(database) as connection:
        connection.execute(delete(QueuedRow))
    assert [refill(MORGAN, desk), refill(MORGAN, desk)] == [4, 0]
    database.dispose()


def test_what_is_deleted_from_the_inventory_counts_nowhere(desk):
    with writing(desk.trail.database) as connection:
        connection.execute(delete(ItemRow).where(ItemRow.id == number(desk, A)))
    assert refill(MORGAN, desk) == 0
    assert queues(RUTH, desk)[0].items == 2


def test_who_was_slower_is_told_what_changed_and_overwrites_nothing(desk):
    seen = stamps(desk, A, B)
    decide(ROBIN, desk, stamps(desk, A), KEEP)
    with pytest.raises(StaleError, match="Somebody has decided on it meanwhile") as refusal:
        decide(RUTH, desk, seen, replace(KEEP, kind=VerdictKind.EXTEND))
    assert [(one.item, one.changed) for one in refusal.value.refused] == [(number(desk, A), (Changed.VERDICT,))]
    assert states(desk, B) == []
    decided = decide(RUTH, desk, seen, replace(KEEP, kind=VerdictKind.EXTEND), rest=True)
    assert decided.items == (number(desk, B),)
    with reading(desk.trail.database) as connection:
        assert current(connection, [number(desk, A)])[number(desk, A)].kind is VerdictKind.KEEP


@pytest.mark.parametrize(
    ("meanwhile", "what"),
    [
        (lambda desk: scan(desk.trail.database, {**FILES, A: b"other"}), Changed.ITEM),
        (lambda desk: scan(desk.trail.database, {B: b"second"}), Changed.GONE),
        (hold, Changed.HOLD),
        (lambda desk: evaluated(desk_of_two_years(desk)), Changed.FLAG),
    ],
)
def test_each_thing_that_changes_in_between_is_named(desk, meanwhile, what):
    seen = stamps(desk, A)
    meanwhile(desk)
    with pytest.raises(StaleError) as refusal:
        decide(RUTH, desk, seen, KEEP)
    assert what in refusal.value.refused[0].changed
    with reading(desk.trail.database) as connection:
        assert current(connection, list(seen)) == {}


def desk_of_two_years(desk):
    """By the same schedule, which keeps for two years what it kept for one."""
    (period,) = {rule.clock for rule in desk.schedule.rules if rule.id == "ED"}
    rules = tuple(replace(rule, clock=period) if rule.id == "HO" else rule for rule in desk.schedule.rules)
    return replace(desk, schedule=replace(desk.schedule, rules=rules))


@pytest.mark.parametrize("kind", [VerdictKind.DISPOSE, VerdictKind.ARCHIVE, VerdictKind.TRANSFER])
def test_what_is_on_hold_is_kept_and_nothing_else(desk, kind):
    hold(desk)
    ruling = Ruling(kind, ReasonCode.PERIOD_OVER, target="County archive" if kind is VerdictKind.TRANSFER else "")
    with pytest.raises(StaleError, match="on hold \\(HOLD-1\\)"):
        decide(RUTH, desk, stamps(desk, A), ruling)
    assert decide(RUTH, desk, stamps(desk, A), KEEP).batch.items == 1


def test_a_single_disposal_is_a_proposal_that_can_be_changed_into_keeping(desk):
    proposed = decide(RUTH, desk, stamps(desk, A), DISPOSE).batch
    assert (proposed.state, proposed.needs_second) == (BatchState.PROPOSED, False)
    assert "Housing/2015/a.txt" not in waiting_paths(desk)
    with pytest.raises(StaleError, match="waits for no verdict"):
        decide(ROBIN, desk, stamps(desk, A), DISPOSE)
    decide(ROBIN, desk, stamps(desk, A), KEEP)
    with reading(desk.trail.database) as connection:
        assert batch_numbered(connection, proposed.number).state is BatchState.VOID


def test_high_risk_needs_a_second_approval(desk):
    batch = decide(ERIN, desk, stamps(desk, D), DISPOSE).batch
    assert (batch.needs_second, batch.why_second) == (True, (WhySecond.RISK,))


@pytest.mark.parametrize("scope", [Scope(classes=("ED.*",)), Scope(paths=("Education/**",))])
def test_high_risk_is_that_of_the_class_however_the_rule_names_it_or_where_it_names_none(desk, scope):
    rules = tuple(replace(one, scope=scope) if one.id == "ED" else one for one in desk.schedule.rules)
    desk = evaluated(replace(desk, schedule=replace(desk.schedule, rules=rules)))
    assert decide(ERIN, desk, stamps(desk, D), DISPOSE).batch.why_second == (WhySecond.RISK,)


def test_of_several_without_a_sample_each_that_is_odd_or_of_high_risk_goes_by_itself(desk):
    desk = with_settings(desk, without_sample=4)
    change_content(desk, A, children=True)
    with pytest.raises(StaleError, match="about children, and is decided on by itself"):
        decide(RUTH, desk, stamps(desk, A, B), DISPOSE)
    scan(desk.trail.database, {**FILES, b"Education/e.txt": b"fifth"})
    desk = evaluated(desk)
    with pytest.raises(StaleError, match="2 items: Its class or rule is of high risk"):
        decide(ERIN, desk, stamps(desk, D, b"Education/e.txt"), DISPOSE)
    assert decide(RUTH, desk, stamps(desk, A), DISPOSE).batch.why_second == (WhySecond.CHILDREN,)


def test_much_at_once_needs_a_second_approval(desk):
    desk = with_settings(desk, without_sample=2, second_items=2)
    batch = decide(RUTH, desk, stamps(desk, A, B), DISPOSE).batch
    assert batch.why_second == (WhySecond.ITEMS,)


def test_more_than_one_goes_by_a_draft(desk):
    with pytest.raises(ConfigurationError, match="draft a batch"):
        decide(RUTH, desk, stamps(desk, A, B), DISPOSE)


def test_who_reviews_decides_within_their_own_service_and_learns_nothing_of_others(desk):
    answers = []
    for item in (number(desk, A), 10_000):
        for ruling in (KEEP, DISPOSE, Ruling(VerdictKind.RECLASSIFY, ReasonCode.CLASS_WRONG, target="TE.01")):
            with pytest.raises(StaleError, match="gone, or waits for no verdict here") as refusal:
                decide(ERIN, desk, {item: stamps(desk, A).get(item, "x")}, ruling)
            answers.append(str(refusal.value))
    assert len(set(answers)) == 1
    decided = decide(ERIN, desk, stamps(desk, A, D), KEEP, rest=True)
    assert (decided.items, [one.changed for one in decided.refused]) == ((number(desk, D),), [(Changed.GONE,)])
    assert states(desk, A) == []


def test_what_waits_in_several_queues_is_not_decided_on_at_once(desk):
    with pytest.raises(ConfigurationError, match="several queues"):
        decide(MORGAN, desk, stamps(desk, A, D), KEEP)
    assert states(desk, A) == states(desk, D) == []


def test_another_class_is_written_and_takes_effect_with_the_next_evaluation(desk):
    ruling = Ruling(VerdictKind.RECLASSIFY, ReasonCode.CLASS_WRONG, target="LG.01")
    decide(RUTH, desk, stamps(desk, C), ruling)
    assert "Housing/c.txt" not in waiting_paths(desk)
    refill(MORGAN, desk)
    assert "Housing/c.txt" not in waiting_paths(desk)
    assert "Housing/c.txt" not in waiting_paths(evaluated(desk))
    decide(MORGAN, desk, stamps(desk, A), replace(ruling, target="TE.01"))
    assert "Housing/2015/a.txt" in waiting_paths(evaluated(desk))


def test_a_class_that_was_given_while_the_schedule_was_applied_waits_for_the_next_time(desk):
    began = datetime.now(UTC)
    decide(RUTH, desk, stamps(desk, C), Ruling(VerdictKind.RECLASSIFY, ReasonCode.CLASS_WRONG, target="LG.01"))
    for evaluated_from, state in ((began, VerdictState.CURRENT), (datetime.now(UTC), VerdictState.SUPERSEDED)):
        with writing(desk.trail.database) as connection:
            review_queue.refill(connection, desk.today, evaluated=evaluated_from)
        assert states(desk, C) == [state]


def test_a_class_by_which_it_goes_sooner_is_not_for_everybody(desk):
    ruling = Ruling(VerdictKind.RECLASSIFY, ReasonCode.CLASS_WRONG, target="TE.01")
    with pytest.raises(RefusedError, match="map-classes"):
        decide(RUTH, desk, stamps(desk, C), ruling)


@pytest.mark.parametrize(
    ("ruling", "said"),
    [
        (replace(KEEP, until=None), "on which day"),
        (replace(KEEP, until=TODAY), "choose a day after"),
        (replace(KEEP, until=date(2040, 1, 1)), "not after"),
        (replace(KEEP, reason=ReasonCode.TRIVIAL), "Choose one of: still-used"),
        (replace(DISPOSE, until=KEEP.until), "has no day"),
        (replace(KEEP, note="\0"), "note: .* cannot be kept"),
        (replace(KEEP, note="x" * 5_001), "note: at most 5,000"),
        (Ruling(VerdictKind.TRANSFER, ReasonCode.MOVED, target="\ud800"), "target: .* cannot be kept"),
        (Ruling(VerdictKind.TRANSFER, ReasonCode.MOVED), "to whom it goes"),
        (Ruling(VerdictKind.REFER, ReasonCode.NOT_OURS, target="Education"), "service:NAME"),
        (Ruling(VerdictKind.RECLASSIFY, ReasonCode.CLASS_WRONG, target="LG.02"), "did you mean"),
    ],
)
def test_a_ruling_that_cannot_be_says_what_it_needs(desk, ruling, said):
    with pytest.raises(ConfigurationError, match=said):
        decide(RUTH, desk, stamps(desk, A), ruling)


def test_nothing_chosen_is_said(desk):
    with pytest.raises(ConfigurationError, match="at least one"):
        decide(RUTH, desk, {}, KEEP)


@pytest.mark.parametrize("told", ["", "x", "a.b.c.d"])
def test_a_stamp_that_was_made_up_is_refused(desk, told):
    with pytest.raises(StaleError):
        decide(RUTH, desk, {number(desk, A): told}, KEEP)


def test_an_item_that_there_is_not_is_refused(desk):
    with pytest.raises(StaleError, match="gone"):
        decide(RUTH, desk, {10_000: "a.b.c.d"}, KEEP)


def test_the_schedule_may_ask_for_something_else_than_disposal(desk):
    rules = tuple(replace(one, action=Action.ARCHIVE) if one.id == "HO" else one for one in desk.schedule.rules)
    desk = evaluated(replace(desk, schedule=replace(desk.schedule, rules=rules)))
    with pytest.raises(StaleError, match="The schedule says 'archive'"):
        decide(RUTH, desk, stamps(desk, A), DISPOSE)
