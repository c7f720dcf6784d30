"""A gap is what is held and has no rule, by the schedule that is looked at and not by the last evaluation."""

from __future__ import annotations

from datetime import date

import pytest
from estates import fill
from inventories import an_inventory

from operations.schedule.gaps import Gaps, gaps
from retention.schedule import parse_schedule

SCHEDULE = """\
[schedule]
id = "s"
version = "1"
status = "draft"
effective_from = 2026-04-01

[[class]]
id = "A"
title = "All that is held"
paths = ["**"]

[[rule]]
id = "R"
scope = { services = ["Finance", "Housing"], min_size = "1 KB" }
trigger = { date = "modified" }
period = "P1Y"
action = "dispose"
authority = "test"
status = "draft"
"""


@pytest.mark.parametrize(
    ("services", "unruled"), [('"Finance", "Housing"', {"Schools"}), ('"Finance"', {"Housing", "Schools"})]
)
def test_services_and_classes_that_hold_something_without_a_rule(tmp_path, services, unruled):
    database = an_inventory(tmp_path / "inventory.db")
    fill(database, 60)

    schedule = parse_schedule(SCHEDULE.replace('"Finance", "Housing"', services), "s.toml")

    assert gaps(database, schedule, date(2026, 11, 22)) == Gaps(frozenset({"A"}), frozenset(unruled))
    database.dispose()
