"""Verdicts are shared as widely as what is counted allows, and no further."""

from __future__ import annotations

import json
from datetime import date

import pytest
from estates import TODAY, fill
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import an_inventory

from domain.rule import DateSource
from inventory.considered import Considered, considered
from inventory.considered_records import own_dates_of
from operations.schedule.judging import Grounds, Judge, judged
from operations.schedule.sameness import seen_by
from retention.evidence import days_of
from retention.schedule import parse_schedule

ORDINALS = [None, date(1979, 1, 1), date(1992, 1, 1), date(2005, 10, 31), date(2012, 2, 29), date(2031, 1, 1)]
days = st.sampled_from([day and day.toordinal() for day in ORDINALS])
texts = st.dictionaries(
    st.sampled_from(["created", "modified", "sent", "received", "name", "printed"]),
    st.sampled_from(["1992-01-01", "2012-02-29", "2012-03-04"]), max_size=3,
).map(lambda said: json.dumps(list(said.items())) if said else None)  # fmt: skip
dates = st.tuples(
    st.sampled_from(["text/plain", "application/pdf", "~docx", None]), days, days, days,
    st.sampled_from(["2010-01-01", "2026-11-01"]), texts,
)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(sources=st.frozensets(st.sampled_from(DateSource)), one=dates, changed=st.sets(st.integers(0, 5)), other=dates)
def test_dates_that_look_the_same_are_counted_the_same(sources, one, changed, other):
    other = tuple(other[at] if at in changed else one[at] for at in range(6))
    seen = seen_by(sources)

    if seen(one) == seen(other):
        mine, others = (days_of(own_dates_of(_file(each)), TODAY) for each in (one, other))
        assert mine.first_seen == others.first_seen
        assert [mine.chosen(source) for source in sources] == [others.chosen(source) for source in sources]


@pytest.mark.parametrize(
    ("source", "alike"),
    [
        (DateSource.MODIFIED, {2: 700_000, 3: 700_000, 0: "text/plain", 5: '[["created", "2001-02-03"]]'}),
        (DateSource.CREATED, {1: 700_000, 3: 700_000, 0: "text/plain"}),
        (DateSource.ACCESSED, {1: 700_000, 2: 700_000, 5: '[["modified", "2001-02-03"]]'}),
    ],
)
def test_what_nothing_is_counted_from_makes_no_difference(source, alike):
    seen = seen_by(frozenset({source}))
    one = ("application/pdf", 734_000, 734_000, 734_000, "2026-11-01", None)

    assert seen(one) == seen(tuple(alike.get(at, each) for at, each in enumerate(one)))
    assert seen(one) != seen((*one[:4], "2026-11-02", None))


def test_a_hold_that_asks_for_dates_sees_all_of_them():
    one = ("application/pdf", 734_000, 734_000, 734_000, "2026-11-01", None)

    assert seen_by(None)(one) == one


def _file(dates: tuple[object, ...]) -> Considered:
    return Considered(1, 1, b"a", 1, (), (), dates)


ONE_RULE = """\
[schedule]
id = "s"
version = "1"
effective_from = 2026-04-01

[[rule]]
id = "R"
scope = { paths = ["Finance/**"] }
trigger = { date = "first-seen" }
period = "P1Y"
action = "dispose"
authority = "test"
[[rule]]
id = "S"
scope = { paths = ["**"] }
match = { mark = "personal" }
trigger = { date = "modified" }
period = "P6Y"
action = "dispose"
authority = "test"
"""


def test_marks_that_no_rule_asks_for_and_dates_that_none_counts_from_cost_no_verdict(tmp_path):
    """Of these files some are special or of children, and hardly two have the same dates."""
    database = an_inventory(tmp_path / "inventory.db")
    fill(database, 2_000)
    judge = Judge(parse_schedule(ONE_RULE, "s.toml"), Grounds(TODAY))
    with considered(database, judge.asked) as estate:
        files = list(estate.files())
        found = {one.number: state for one, state in judged(estate, [judge], lambda _, made: made[0].state)}
    distinct = {(one.dates, one.facts) for one in files}

    assert len(found) == len(files) > 1_000
    assert judge.decided < len(distinct) / 2
    database.dispose()
