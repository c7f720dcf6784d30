from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from scan_driver import HERE, scan

from domain.actor import Actor, Grant, Proof, Role
from domain.asset import Asset, Location
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.figures import Measure
from domain.pilot import Pilot, PilotScope
from inventory.assets import write_asset
from inventory.audit import latest
from inventory.engine import writing
from inventory.periods import drop_pilot, periods, write_pilot
from operations.access import RefusedError
from operations.assets.baseline import baselines, begin_pilot, choose_day, end_pilot, scope_of
from operations.config import default_settings
from operations.people.audit import Trail
from operations.reporting.report import make_report
from operations.timetable.summarise import measured_in, summarise

TODAY = date(2026, 11, 22)
SETTINGS = default_settings()
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
FILES = {b"Finance/a.txt": b"one", b"Finance/Pay/b.txt": b"NAMED", b"Housing/c.txt": b"three!"}


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    with writing(trail.database) as connection:
        write_asset(connection, Asset("A-1", "Finance", "Finance", (Location(HERE.name, b"Finance"),)))
        write_asset(connection, Asset("A-2", "Pay", "Finance", (Location(HERE.name, b"Finance/Pay"),)))
    return trail


def begun(trail, **named: tuple[str, ...]):
    wanted = {"services": (), "sources": (), "folders": (), "numbers": (), **named}
    return begin_pilot(OFFICER, trail, SETTINGS, "p", scope_of(OFFICER, trail.database, **wanted), TODAY)


@pytest.mark.parametrize(
    ("named", "files"),
    [
        ({"sources": ("memory",)}, 3), ({"services": ("Finance",)}, 2), ({"folders": ("memory:Finance/Pay",)}, 1),
        ({"numbers": ("A-1",)}, 1), ({"numbers": ("A-1", "A-2")}, 2), ({"folders": ("memory:Finance",)}, 2),
        ({"services": ("Housing",), "folders": ("memory:Housing", "memory:Finance")}, 1),
    ],
)  # fmt: skip
def test_a_pilot_is_measured_in_its_scope_alone(trail, named, files):
    period = begun(trail, **named)
    assert period.total(Measure.HELD).items == files
    assert period.total(Measure.UNDER_RULE) is None
    assert periods(trail.database, pilot="p") == (period,)
    assert periods(trail.database) == ()


def test_a_pilot_of_everything_measures_as_the_whole_is_measured(trail):
    whole, pilot = measured_in(trail.database, SETTINGS, TODAY), begun(trail, sources=("memory",))
    not_of_folders = (Measure.UNDER_RULE, Measure.COMPUTABLE)
    assert pilot.sums == {key: tally for key, tally in whole.sums.items() if key[1] not in not_of_folders}


def test_the_step_of_the_timetable_keeps_pilots_too_and_the_trend_compares_within(trail):
    begun(trail, services=("Finance",))
    later = TODAY + timedelta(days=40)
    summarise(OFFICER, trail, SETTINGS, later)
    assert [period.day for period in periods(trail.database, pilot="p")] == [TODAY, later]
    assert [period.day for period in periods(trail.database)] == [later]
    made = make_report("trend", trail.database, SETTINGS, pilot="p")
    assert made.provenance.scope.startswith("the pilot p;")
    assert made.for_publication().provenance.scope.startswith("A pilot (")
    with pytest.raises(ConfigurationError, match="leave --pilot out"):
        make_report("rot", trail.database, SETTINGS, pilot="p")
    with pytest.raises(ConfigurationError, match="There are: p"):
        make_report("trend", trail.database, SETTINGS, pilot="q")


class _Disturbed(Trail):
    """In which another has ended one pilot, and given the next another scope, just before anything is written."""

    @contextmanager
    def changing(self, authority):
        with writing(self.database) as connection:
            drop_pilot(connection, "ended")
            write_pilot(connection, Pilot("moved", PilotScope(frozenset({"Housing"})), TODAY))
        with super().changing(authority) as change:
            yield change


def test_what_was_measured_of_a_pilot_that_is_another_by_now_is_not_kept(trail):
    with writing(trail.database) as connection:
        for name in ("ended", "moved", "p"):
            write_pilot(connection, Pilot(name, PilotScope(frozenset({"Finance"})), TODAY))
    summarise(OFFICER, _Disturbed(trail.database, trail.key), SETTINGS, TODAY)
    assert [len(periods(trail.database, pilot=name)) for name in ("ended", "moved", "p")] == [0, 0, 1]


def test_a_person_chooses_the_day_that_is_compared_with(trail):
    days = [TODAY + timedelta(days=count) for count in range(3)]
    for day in days:
        summarise(OFFICER, trail, SETTINGS, day)
    assert [period.day for period in periods(trail.database)] == days
    choose_day(OFFICER, trail, days[1])
    assert [period.day for period in periods(trail.database)] == days[1:]
    assert [period.day for period in periods(trail.database, 1)] == days[1:]
    assert baselines(OFFICER, trail.database)[0] == days[1]
    (noted,) = latest(trail.database, 1)
    assert (noted.act, noted.subject) == (Act.BASELINE_SET, "estate")
    with pytest.raises(ConfigurationError, match=f"No figures of 2020-01-01 are kept.*{days[2]}"):
        choose_day(OFFICER, trail, date(2020, 1, 1))


def test_another_scope_begins_anew_and_a_pilot_can_be_ended(trail):
    begun(trail, services=("Finance",))
    begun(trail, services=("Housing",))
    scope = PilotScope(frozenset({"Housing"}))
    assert baselines(OFFICER, trail.database)[1] == (Pilot("p", scope, TODAY),)
    assert {service for (service, _) in periods(trail.database, pilot="p")[0].sums} == {"Housing"}
    end_pilot(OFFICER, trail, "p")
    assert baselines(OFFICER, trail.database) == (None, ())
    assert periods(trail.database, pilot="p") == ()
    with pytest.raises(ConfigurationError, match="There is no pilot 'p'"):
        choose_day(OFFICER, trail, TODAY, "p")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, "Of what"), ({"services": ("None",)}, "There is no service 'None'. There are: Finance, Housing"),
        ({"numbers": ("A-9",)}, "There is no asset 'A-9'"), ({"sources": ("x",)}, "names no source"),
        ({"folders": ("memory:Nowhere",)}, "no one folder"),
        ({"services": ("Housing",), "folders": ("memory:Finance",)}, "There is nothing in that scope"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(trail, named, said):
    with pytest.raises(ConfigurationError, match=said):
        begun(trail, **named)


def test_who_only_reads_sets_no_baseline(trail):
    auditor = replace(OFFICER, grants=(Grant(Role.AUDITOR),))
    with pytest.raises(RefusedError, match="may not set-baseline"):
        end_pilot(auditor, trail, "p")


def test_the_trail_tells_of_a_scope_that_takes_anothers_place(trail):
    begun(trail, services=("Finance",))
    begun(trail, numbers=("A-1", "A-2"), folders=("memory:Finance", "memory:Finance"))
    noted = latest(trail.database, 3, "pilot:p")
    assert [entry.act for entry in noted] == [Act.BASELINE_SET, Act.PILOT_DROPPED, Act.BASELINE_SET]
    told = str(noted[-1].facts).replace("'", '"')
    assert '"assets": "A-1, A-2"' in told.replace('":"', '": "')
    assert '"places": 1' in told.replace('":1', '": 1')
