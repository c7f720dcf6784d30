"""Dashboards say first what matters, in the services of the one who looks alone, and what to do where there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert
from viewed_estate import HIGHWAYS, PLANNING, an_estate, begin_scan

from domain.actor import Actor, Grant, Proof, Role
from inventory.engine import writing
from inventory.sums import add_up_anew
from inventory.tables import DirRow, ItemRow, ServiceRow, SourceRow
from operations.access import RefusedError
from operations.viewing.board import Board, items
from operations.viewing.coverage import coverage_board
from operations.viewing.due import due_board
from operations.viewing.estate import estate_board
from operations.viewing.home import home_board
from operations.viewing.risk import risk_board
from operations.viewing.rot_found import rot_board
from operations.viewing.scans import scans_board
from operations.viewing.sight import Sight, sight_of
from operations.viewing.trend import trend_board

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BOARDS = (home_board, estate_board, risk_board, rot_board, coverage_board, due_board, trend_board)
EVERYTHING, OF_HIGHWAYS = Sight(None), Sight(frozenset({HIGHWAYS}))
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def estate(trail):
    return an_estate(trail.database)


def cell(board: Board, grid: str, row: str, heading: str):
    (found,) = [one for one in board.grids if one.name == grid]
    place = [column.heading for column in found.columns].index(heading)
    (chosen,) = [one for one in (*found.rows, found.total or ()) if one and one[0].value == row]
    return chosen[place]


def figure(board: Board, label: str):
    (found,) = [one for one in board.headlines if one.label == label]
    return found.number.value


def actor(role: Role, *services: str) -> Actor:
    return Actor("rosa.lind", (Grant(role, frozenset(services)),), Proof.PASSWORD)


def test_who_has_services_sees_these_and_nobody_looks_without_a_role():
    assert sight_of(actor(Role.REVIEWER, PLANNING)) == Sight(frozenset({PLANNING}))
    assert sight_of(actor(Role.IG_OFFICER)) == EVERYTHING
    assert sight_of(actor(Role.ADMINISTRATOR)) == Sight(None, may_list=False)
    assert sight_of(actor(Role.IG_OFFICER), service=HIGHWAYS) == OF_HIGHWAYS
    for who, service in ((actor(Role.REVIEWER, PLANNING), HIGHWAYS), (actor(Role.OPERATOR), None)):
        with pytest.raises(RefusedError):
            sight_of(who, service=service)


def test_what_is_due_comes_first_on_the_first_page(estate):
    assert home_board(estate, EVERYTHING, NOW).lead.startswith("A decision is wanted on 3 files")
    assert home_board(estate, OF_HIGHWAYS, NOW).lead.startswith("A decision is wanted on 1 file ")


def test_every_sum_is_of_the_services_that_are_seen_alone(estate):
    for board in (make(estate, OF_HIGHWAYS, NOW) for make in BOARDS):
        told = repr(board)
        assert PLANNING not in told, board.name
        assert "Odd" not in told, board.name
    assert figure(home_board(estate, OF_HIGHWAYS, NOW), "Due for a decision") == 1
    assert figure(risk_board(estate, OF_HIGHWAYS, NOW), "With personal data") == 1
    assert figure(rot_board(estate, OF_HIGHWAYS, NOW), "Could go") == 0
    assert figure(estate_board(estate, OF_HIGHWAYS, NOW), "Files held") == 1
    assert cell(trend_board(estate, OF_HIGHWAYS, NOW), "changes", "Held", "Last").value == 1


def test_a_total_is_the_sum_of_its_rows(estate):
    for make in BOARDS:
        for grid in make(estate, EVERYTHING, NOW).grids:
            for place, total in enumerate(grid.total or ()):
                column = [row[place].value for row in grid.rows]
                if isinstance(total.value, int) and all(isinstance(one, int) for one in column):
                    assert total.value == sum(column), grid.name


def test_numbers_lead_to_the_lists_of_what_they_count_and_nothing_leads_nowhere(estate):
    risk = risk_board(estate, EVERYTHING, NOW)
    assert cell(risk, "by-score", PLANNING, "80 to 100").to == items(band="80", service=PLANNING)
    assert cell(risk, "heat-map", PLANNING, "Contact").to == items(theme="contact", service=PLANNING)
    assert cell(risk, "heat-map", HIGHWAYS, "Children").to is None
    due = due_board(estate, EVERYTHING, NOW)
    assert cell(due, "by-service", HIGHWAYS, "Due now").to == items(state="due", service=HIGHWAYS)
    assert cell(due, "by-lateness", "All services", "2 to 5 years").value == 2


def test_a_theme_is_shaded_by_the_highest_score(estate):
    risk = risk_board(estate, EVERYTHING, NOW)
    assert cell(risk, "heat-map", PLANNING, "Special category").value.level == 4
    assert cell(risk, "heat-map", "All services", "Contact").value.items == 10
    assert cell(risk, "heat-map", "All services", "Contact").value.level == 1


def test_the_lead_names_the_service_with_the_most_at_risk(estate):
    assert (
        risk_board(estate, EVERYTHING, NOW).lead
        == "1 item scores 60 or more out of 100, in Planning. Look there first."
    )


def test_what_was_not_read_is_said_beside_what_was(estate):
    coverage = coverage_board(estate, EVERYTHING, NOW)
    assert "the other 2 hold" in coverage.lead
    assert cell(coverage, "by-service", PLANNING, "Waiting").value == 1
    assert cell(coverage, "by-problem", coverage.grids[1].rows[0][0].value, "Items").to == items(problem="encrypted")


def test_what_could_go_leaves_out_what_guards_keep(estate):
    rot = rot_board(estate, EVERYTHING, NOW)
    assert [figure(rot, label) for label in ("Could go", "To be looked at", "Kept out by guards")] == [2, 1, 1]


def test_the_trend_is_told_against_the_baseline(estate):
    trend = trend_board(estate, EVERYTHING, NOW)
    assert trend.lead == "85.0 kB were held on 1 November 2026: 30.0 kB more than at the baseline of 1 October 2026."
    assert cell(trend, "changes", "Held", "Since the baseline").value == "3 more"
    (changes,) = [one for one in trend.grids if one.name == "changes"]
    assert len(changes.rows) == 3, "what was measured on no day is left out"


def test_each_board_says_what_to_do_where_nothing_was_scanned(trail):
    for make in BOARDS:
        board = make(trail.database, EVERYTHING, NOW)
        assert board.next_step.endswith("muniment scan"), board.name
        assert board.lead
    assert "yours" not in home_board(trail.database, EVERYTHING, NOW).next_step
    assert "Information Governance" in home_board(trail.database, OF_HIGHWAYS, NOW).next_step


def test_without_a_schedule_nothing_is_due_and_the_board_says_how_to_apply_one(trail):
    due = due_board(an_estate(trail.database, schedule=False), EVERYTHING, NOW)
    assert (due.lead, "muniment retention" in due.next_step) == (
        "Nothing is due, since no retention schedule has been applied.", True,
    )  # fmt: skip


def test_what_is_added_up_daily_and_was_not_yet_says_so(trail):
    estate = an_estate(trail.database, kept=False)
    for make in (risk_board, rot_board, due_board, trend_board):
        assert "timetable" in make(estate, EVERYTHING, NOW).next_step
    assert all(not row for row in (risk_board(estate, EVERYTHING, NOW).grids[1].rows,))


def test_a_scan_that_is_under_way_is_told_with_how_far_it_is(estate):
    begin_scan(estate, NOW)
    progress = scans_board(estate, EVERYTHING, NOW, LONDON)
    assert progress.running
    assert cell(progress.board, "scans", "shares", "Left").value == 300
    assert cell(progress.board, "scans", "shares", "Done").value == 0.25
    assert progress.board.lead.startswith("1 scan is under way. The last is reckoned to end on 1 Nov 2026, 12:05")
    assert estate_board(estate, EVERYTHING, NOW).next_step.startswith("A scan is under way")


def test_a_scan_that_nobody_works_on_is_no_longer_running(estate):
    begin_scan(estate, NOW)
    progress = scans_board(estate, EVERYTHING, NOW + timedelta(hours=1), LONDON)
    assert not progress.running
    assert "muniment scan" in progress.board.next_step


def test_sources_are_for_those_who_see_all_services(estate):
    begin_scan(estate, NOW)
    board = scans_board(estate, OF_HIGHWAYS, NOW, LONDON).board
    assert board.lead.startswith("1 scan is under way.")
    assert not board.grids
    assert not board.headlines


def test_folders_of_no_service_are_named_as_that(trail):
    with writing(trail.database) as connection:
        connection.execute(insert(SourceRow).values(id=1, name="shares", root=b"/"))
        connection.execute(insert(ServiceRow).values(id=1, name=""))
        connection.execute(insert(DirRow).values(id=1, source_id=1, service_id=1, path=b"a", scan_id=1))
        connection.execute(insert(ItemRow).values(
            dir_id=1, name=b"x.txt", kind="file", size=1, version=b"v", first_seen=NOW.date(),
        ))  # fmt: skip
        add_up_anew(connection)
    board = estate_board(trail.database, EVERYTHING, NOW)
    assert "[[service]]" in board.next_step
    assert cell(board, "by-service", "No service named", "Files").to == items(service="No service named", files="1")
