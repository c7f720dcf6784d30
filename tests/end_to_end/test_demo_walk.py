"""The main job on the demo estate: compared with what its generator knows, and with golden values."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from classifiers.risk import PROPOSED
from inventory.engine import open_inventory
from inventory.queries import Held, Inventory
from operations.config import load_settings
from operations.demo.estate import estate_truth
from operations.demo.plan import Reading, Rot
from operations.demonstrate import Demonstration, demonstrate
from operations.report import REPORTS, provenance_of, rot_items
from reports.renderers.json import render_json

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
def inventory(walk):
    database = open_inventory(load_settings(walk.config).inventory.url, create=False)
    yield Inventory(database)
    database.dispose()


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


@pytest.mark.parametrize("name", ["rot", "gdpr-risk"])
def test_the_reports_are_the_golden_ones(inventory, name):
    provenance = replace(
        provenance_of(inventory, "Example County Council"), scanned=datetime(2026, 11, 1, 9, tzinfo=UTC)
    )
    made = json.loads(render_json(REPORTS[name](inventory, provenance, PROPOSED)))
    assert made == golden(f"{name}.json", made)


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


def test_rot_finds_every_copy_and_every_trivial_file(held):
    found = {item.path: item for item in rot_items([one for one in held if not one.record.ref.part])}
    reasons = {path: {item.reason, *item.also} for path, item in found.items()}
    for path, known in estate_truth().items():
        if known.rot is Rot.TRIVIAL:
            assert "Trivial" in reasons.get(path, ()), path
        if known.rot is Rot.COPY:
            group = {path, known.copy_of}
            assert any("Redundant: exact copy" in reasons.get(one, ()) for one in group), path
    sizes = Counter({one.record.ref.path: one.record.size for one in held})
    assert sum(item.size for item in found.values()) == sum(sizes[path] for path in found)


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
