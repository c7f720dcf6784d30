"""The main job on the demo estate: compared with what its generator knows, and with golden values."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from domain.figures import Searched
from domain.rot import RotReason
from inventory.engine import Database, open_inventory
from inventory.figures import owned
from inventory.periods import periods
from inventory.queries import Held, Inventory
from inventory.rot_listing import RotWanted, rot_items
from operations.config import load_settings
from operations.demo.estate import estate_truth
from operations.demo.plan import Reading, Rot
from operations.demonstrate import Demonstration, demonstrate
from operations.people.audit import last_entries, open_trail
from operations.people.sign_in import actor_here
from operations.reporting.making import provenance_of
from operations.reporting.report import REPORTS, make_report
from operations.reporting.subject_search import search_people
from operations.reporting.wanted import Scope, Wanted
from operations.timetable.summarise import summarise
from reports.renderers import write
from reports.renderers.json import render_json
from reports.report import Report

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 1)
GOLDEN = Path(__file__).parents[1] / "golden" / "demo"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def walk(folder) -> Demonstration:
    return demonstrate(folder, None, TODAY, lambda sentence: None, lambda progress: None)


@pytest.fixture(scope="module")
def database(walk):
    database = open_inventory(load_settings(walk.config).inventory.url, create=False)
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def inventory(database) -> Inventory:
    return Inventory(database)


@pytest.fixture(scope="module")
def held(inventory) -> list[Held]:
    return list(inventory.held())


def golden(name: str, made: object) -> object:
    """What stands in the golden file; with WRITE_GOLDEN set, what was made now is put there first."""
    path = GOLDEN / name
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")
    return json.loads(path.read_text())


def test_the_inventory_is_the_golden_one(inventory, held):
    kinds = inventory.kinds()
    made = {
        one.record.ref.path: [
            one.record.outcome, one.record.problem and one.record.problem.code, one.record.media_type,
            one.record.service,
            one.record.assessment and [one.record.assessment.personal, one.record.assessment.risk],
            dict(kinds.get((one.record.digest, one.record.media_type), {})),
            one.flag and [one.flag.state, one.flag.action, one.flag.due and one.flag.due.isoformat(), one.flag.rule],
        ]
        for one in held
    }  # fmt: skip
    assert json.loads(json.dumps(made)) == golden("inventory.json", dict(sorted(made.items())))


def told(report: Report) -> object:
    """A report without the moments at which this estate was scanned, decided and searched."""
    text = re.sub(r"\d+ \w+ 20\d\d at \d\d:\d\d UTC", "that day", render_json(report))
    if report.name == "disposal":
        text = re.sub(r"20\d\d-\d\d-\d\dT[\d:]+Z|(?<=goes back to )\d+ \w+ 20\d\d", "then", text)
    return json.loads(text)


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "subject-search"])
def test_the_reports_are_the_golden_ones(database, walk, name):
    made = made_of(database, walk, name, "Adult Social Care" if name == "service" else None)
    assert told(made) == golden(f"{name}.json", told(made))


def made_of(
    database: Database, walk: Demonstration, name: str, service: str | None = None, searched: Searched | None = None
) -> Report:
    files = owned(database)
    provenance = replace(
        provenance_of(database, "Example County Council", files),
        scanned=datetime(2026, 11, 1, 9, tzinfo=UTC),
        made=TODAY,
    )
    wanted = Wanted(database, load_settings(walk.config), provenance, TODAY, files, service, searched=searched)
    return REPORTS[name].make(wanted)


def test_the_search_for_a_person_is_the_golden_one(database, walk):
    settings = load_settings(walk.config)
    with open_trail(settings) as trail:
        searched = search_people(actor_here(settings), trail, settings, ["Gareth Tregear"], [], "SAR-2")
    made = made_of(database, walk, "subject-search", searched=searched)
    assert searched.found > 0
    assert "Tregear" not in made.lead
    assert told(made) == golden("subject-search.json", told(made))


def test_a_person_is_searched_for_and_only_the_trail_remembers_that(database, walk):
    settings = load_settings(walk.config)
    with open_trail(settings) as trail:
        actor = actor_here(settings)
        searched = search_people(actor, trail, settings, ["Nobody Atallwhatever"], [], "SAR-1")
        nobody = make_report("subject-search", database, settings, searched=searched)
        (entry,) = last_entries(actor, trail, 1)
    assert nobody.lead.startswith("Nothing was met by 1 name or identifier")
    assert (entry.act, entry.subject, json.loads(entry.facts)["people"]) == ("people.searched", "request:SAR-1", 1)
    assert "Atallwhatever" not in render_json(nobody) + entry.facts


@pytest.mark.servers
def test_cabinet_has_two_printed_pages_and_the_lead_of_a_service_one(database, walk, tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    settings = load_settings(walk.config)
    services = [each.service for each in Inventory(database).services()]
    reports = [(make_report("cabinet", database, settings), 2)]
    reports += [(make_report("service", database, settings, service=service), 1) for service in services]
    for report, most in reports:
        (path,) = write(report, "pdf", tmp_path)
        with pikepdf.open(path) as document:
            assert len(document.pages) <= most, report.title


def test_a_report_of_one_service_tells_nothing_of_the_others(database, walk):
    settings = load_settings(walk.config)
    for name in ("service", "people-years", "shadow-systems"):
        told = render_json(make_report(name, database, settings, service="Human Resources"))
        assert "Human Resources" in told
        assert not [other for other in ("Highways", "Adult Social Care") if other in told]
    with pytest.raises(ConfigurationError, match="is about all services"):
        make_report("gdpr-risk", database, settings, service="Human Resources")
    with pytest.raises(ConfigurationError, match="There is no service 'Parks'"):
        make_report("service", database, settings, service="Parks")


def test_the_figures_of_a_day_are_kept_and_the_trend_finds_them(database, walk):
    settings = load_settings(walk.config)
    with open_trail(settings) as trail:
        kept = summarise(actor_here(settings), trail, settings, date(2026, 10, 1))
    trend = make_report("trend", database, settings)
    assert [period.day for period in periods(database)] == [kept.day]
    assert "Since the baseline of 1 October 2026 that is no change." in trend.lead


def test_the_caldicott_view_is_a_part_of_the_whole(database, walk):
    settings = load_settings(walk.config)
    whole, part = (make_report("gdpr-risk", database, settings, scope=scope) for scope in (Scope.ALL, Scope.CALDICOTT))
    items = [report.sections[0].figures[0].value for report in (whole, part)]
    assert 0 < items[1] < items[0]
    assert part.sections[0].text[0].startswith("Caldicott view")


def test_every_file_of_the_estate_is_in_the_inventory(held):
    assert {one.record.ref.path for one in held if not one.record.ref.part} == set(estate_truth())


def test_what_holds_personal_data_is_flagged_and_what_holds_none_is_not(held):
    truth = {path: known.personal for path, known in estate_truth().items() if known.reading is Reading.TEXT}
    flagged = {
        one.record.ref.locator.decode() for one in held if one.record.assessment and one.record.assessment.personal
    }
    personal = {path for path, is_personal in truth.items() if is_personal}
    assert len(personal & flagged) / len(personal) >= 0.96
    assert len(flagged & (set(truth) - personal)) <= 0.06 * (len(truth) - len(personal))


def test_what_cannot_be_read_is_named_and_nothing_else_is(held):
    problems = {one.record.ref.path: one.record.problem.code for one in held if one.record.problem}
    for path, known in estate_truth().items():
        expected = {Reading.ENCRYPTED: "encrypted", Reading.DAMAGED: "corrupt"}.get(known.reading)
        if expected or known.reading is Reading.TEXT:
            assert problems.get(path) == expected, path


def test_pictures_wait_for_text_recognition(inventory):
    pictures = sum(known.reading is Reading.PICTURE for known in estate_truth().values())
    assert inventory.coverage().awaiting_ocr >= pictures


def test_rot_finds_every_copy_and_every_trivial_file(database):
    put_forward = list(rot_items(database, RotWanted()))
    found = {
        item.path: {item.reason, *item.also} for item in [*put_forward, *rot_items(database, RotWanted(guarded=True))]
    }
    for path, known in estate_truth().items():
        if known.rot is Rot.TRIVIAL:
            assert RotReason.TECHNICAL in found.get(path, ()), path
        if known.rot is Rot.COPY:
            # Where the one that would stay is past due itself, no other goes for being its copy.
            reasons = found.get(path, set()) | found.get(known.copy_of, set())
            assert reasons & {RotReason.COPY, RotReason.PAST_DUE}, path
    disposable = {item.path for item in put_forward if item.reason in (RotReason.COPY, RotReason.TECHNICAL)}
    assert disposable <= {path for path, known in estate_truth().items() if known.rot is not None} | _originals()


def _originals() -> set[str]:
    return {known.copy_of for known in estate_truth().values() if known.copy_of}


def test_parts_are_items_of_their_own(held):
    parts = [one for one in held if one.record.ref.part]
    assert {one.record.ref.path for one in parts if ".zip >" in one.record.ref.path}
    assert {one.record.ref.path for one in parts if ".mbox >" in one.record.ref.path}
    assert {one.record.ref.path for one in parts if ".eml >" in one.record.ref.path}


def test_a_second_run_examines_nothing_and_changes_no_flag(walk, folder):
    again = demonstrate(folder, None, TODAY, lambda sentence: None, lambda progress: None)
    assert again.figures.done == 0
    assert again.evaluation.changed == 0
    assert again.coverage == walk.coverage


def test_the_users_own_folder_is_scanned_beside_and_left_as_it_is(folder, walk, tmp_path):
    estate = tmp_path / "Own estate"
    estate.mkdir()
    (estate / "letter.txt").write_text("Dear Mrs Thornbury, your NI number is AB 12 34 56 C.")
    before = [(entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(estate)]
    own = demonstrate(folder, estate, TODAY, lambda sentence: None, lambda progress: None)
    assert own.coverage.total.items == 1
    assert own.config.parent != walk.config.parent
    assert [(entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(estate)] == before
