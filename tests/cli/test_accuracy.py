"""`muniment accuracy` as its users and their scripts meet it."""

from __future__ import annotations

import json
import stat

import pytest

pytestmark = pytest.mark.slow

LETTER = "Dear Mrs Ivy Thornbury,\nYour National Insurance number is AB 12 34 56 C.\n"
NINO = {"type": "UK_NINO", "start": LETTER.index("AB 12"), "end": LETTER.index("C.") + 1}
IVY = {"type": "PERSON", "start": LETTER.index("Ivy"), "end": LETTER.index(","), "origin": "english"}
CARD = {"type": "CREDIT_CARD", "start": 0, "end": 4}
LABELLED = {"id": "1", "text": LETTER, "entities": [NINO, IVY, CARD], "personal": True, "special": ["HEALTH"]}
OTHER = {"id": "2", "text": "Gravel, sand and kerb stones.", "entities": [], "personal": False, "special": []}


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (LABELLED, OTHER)))
    return path


def test_figures_are_printed_as_json(muniment, gold):
    result = muniment("accuracy", gold, "--json")
    told = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (0, "")
    assert "no name model" in told["detector"]
    assert (told["documents"], told["problems"]) == (2, {})
    nino = told["kinds"]["UK_NINO"]
    assert (nino["labelled"], nino["found"], nino["false"], nino["f2"]["value"]) == (1, 1, 0, 1.0)
    assert 0.2 < nino["recall"]["low"] < 0.25
    assert told["kinds"]["CREDIT_CARD"]["recall"]["value"] == 0.0
    assert told["verdict"]["false_per_1000"]["value"] == 0.0
    assert told["classes"]["HEALTH"]["missed"] == 1
    assert told["origins"]["english"]["labelled"] == 1


def test_tables_for_people_name_the_detector_and_what_the_intervals_are(muniment, gold):
    result = muniment("accuracy", gold)
    assert result.returncode == 0
    assert "presidio 2." in result.stdout
    assert "95 % intervals (Wilson)" in result.stdout
    for row in ("UK_NINO", "all kinds", "flagged of 1,000 others", "HEALTH", "english"):
        assert row in result.stdout


def test_only_the_kinds_named_are_scored(muniment, gold):
    told = json.loads(muniment("accuracy", gold, "--json", "--kind", "UK_NINO").stdout)
    assert set(told["kinds"]) == {"UK_NINO"}


def test_errors_go_into_a_new_file_for_its_owner_alone_with_a_warning(muniment, gold, tmp_path):
    errors = tmp_path / "errors.tsv"
    result = muniment("accuracy", gold, "--errors", errors)
    assert "text of the labelled file" in result.stderr.lower()
    assert stat.S_IMODE(errors.stat().st_mode) == 0o600
    assert "MISS\tCREDIT_CARD\t\t1\t⟦Dear⟧ Mrs Ivy Thornbury,\\x0aYour National" in errors.read_text()
    before = errors.read_bytes()
    again = muniment("accuracy", gold, "--errors", errors)
    assert (again.returncode, again.stdout) == (2, "")
    assert "already" in again.stderr
    assert errors.read_bytes() == before


def test_bad_lines_are_named_and_nothing_of_them_is_said(muniment, gold):
    gold.write_text(gold.read_text() + '{"id": "3", "text": "Ivy Thornbury"}\n{"Ivy Thornbury\n')
    result = muniment("accuracy", gold, "--json")
    assert (result.returncode, result.stdout) == (2, "")
    assert "line 3: entities: Field required" in result.stderr
    assert "line 4: Invalid JSON" in result.stderr
    assert "Thornbury" not in result.stderr


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_is_not_there_ends_with_2(muniment, name):
    result = muniment("accuracy", name)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "Error" in result.stderr
