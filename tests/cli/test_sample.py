"""`muniment sample` as those who draw, label and score meet it."""

from __future__ import annotations

import csv
import json
import stat

import pytest
from commands import copied, made_in

from classifiers.models import best_model

pytestmark = pytest.mark.slow


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory):
    made = tmp_path_factory.mktemp("sample")
    muniment = made_in(made)
    folder = made / "estate"
    folder.mkdir()
    for number in range(12):
        (folder / f"letter {number}.txt").write_text(
            f"Dear Mrs Thornbury,\nYour National Insurance number is AB 12 34 {56 + number} C.\n"
        )
        (folder / f"list {number}.txt").write_text(f"Gravel, sand and kerb stones, {number} tonnes.\n")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 and then nothing of a document")
    muniment("init", "--root", folder)
    assert muniment("scan").returncode == 3
    return made


@pytest.fixture
def estate(tmp_path, surroundings, scanned_once):
    copied(scanned_once, tmp_path)
    return tmp_path / "work"


def answered(sheet, answer) -> None:
    """Fill the sheet in and save it as a spreadsheet on the continent would."""
    heading, *rows = csv.reader(sheet.read_text("utf-8-sig").splitlines())
    with sheet.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([heading, *([*row[:3], *answer(row[1]), ""] for row in rows)])


def test_a_sample_is_drawn_labelled_and_scored(muniment, estate):
    drawn = muniment("sample", "draw", "--size", "16", "--seed", "3", "--json")
    told = json.loads(drawn.stdout)
    assert (drawn.returncode, told["rows"], told["contents"]) == (0, 16, 24)
    assert told["left_out"]["unreadable"] + told["left_out"]["partial"] == 1
    sheet = estate / told["sheet"]
    assert stat.S_IMODE(sheet.stat().st_mode) == stat.S_IMODE((estate / told["draw"]).stat().st_mode) == 0o600

    empty = muniment("sample", "score", sheet)
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "personal is not answered" in empty.stderr

    answered(sheet, lambda path: ["Yes", "no", "no", "no"] if "letter" in path else ["N", "", "", ""])
    scored = muniment("sample", "score", sheet, "--json")
    personal = json.loads(scored.stdout)["questions"]["personal"]
    assert scored.returncode == 0
    assert (personal["answered"], personal["precision"]["value"], personal["recall"]["value"]) == (16, 1.0, 1.0)
    assert personal["recall"]["low"] < 1.0
    assert personal["holding"]["value"] == 12

    words = muniment("sample", "score", sheet).stdout
    assert "Not in it, and in none of its figures" in words
    assert "95 % intervals" in words

    report = muniment("report", "coverage", "--format", "json", "--out", estate / "told")
    assert report.returncode == 0, report.stderr
    box = json.loads((estate / "told" / "coverage.json").read_text())["sections"][-1]["tables"][0]["rows"]
    (precision,) = [row[1] for row in box if "(precision)" in row[0]]
    assert precision.startswith("Personal data: 100.0% (")


def test_a_sheet_of_another_inventory_is_kept_nowhere(muniment, estate, tmp_path):
    assert muniment("sample", "draw", "--size", "10").returncode == 0
    draw, sheet = estate / "sample.draw.json", estate / "sample.csv"
    answered(sheet, lambda path: ["yes", "no", "no", "no"])
    draw.write_text(draw.read_text().replace('"seed": 1', '"seed": 2'))
    refused = muniment("sample", "score", sheet)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--apart" in refused.stderr
    assert muniment("sample", "score", sheet, "--apart").returncode == 0


def test_answers_are_never_written_over(muniment, estate):
    assert muniment("sample", "draw", "--size", "10").returncode == 0
    before = (estate / "sample.csv").read_bytes()
    again = muniment("sample", "draw", "--size", "10")
    assert again.returncode == 2
    assert "already" in again.stderr
    assert (estate / "sample.csv").read_bytes() == before


def test_what_is_to_be_kept_from_the_labellers_is_said(muniment, estate):
    result = muniment("sample", "draw", "--size", "10", "--out", "for Jo.csv")
    assert result.stdout.splitlines() == ["for Jo.csv", "for Jo.draw.json"]
    assert "keep for Jo.draw.json from them" in result.stderr


def test_an_empty_inventory_or_a_missing_draw_says_what_to_do(muniment, tmp_path):
    muniment("init", "--root", tmp_path)
    assert "muniment scan" in muniment("sample", "draw").stderr
    (tmp_path / "work" / "sheet.csv").write_text("number\n")
    missing = muniment("sample", "score", "sheet.csv")
    assert missing.returncode == 2
    assert "--draw" in missing.stderr


def test_an_audit_without_a_model_is_refused(muniment, estate):
    result = muniment("sample", "audit", "--size", "2")
    assert result.returncode == 2
    assert "language model" in result.stderr


@pytest.mark.skipif(best_model() is None, reason="no language model is installed")
def test_an_audit_counts_and_quotes_nothing(muniment, estate, scanned_once):
    gone = scanned_once / "estate" / "list 3.txt"
    gone.rename(scanned_once / "aside")
    result = muniment("sample", "audit", "--size", "24", "--json", env={"MUNIMENT_DETECTION__MODEL": "auto"})
    (scanned_once / "aside").rename(gone)
    told = json.loads(result.stdout)
    assert result.returncode == 3
    assert (told["contents"], told["unread"]) == (23, 1)
    assert told["cascade"]["UK_NINO"] == {"marked": 12, "alone": told["cascade"]["UK_NINO"]["alone"]}
    assert "Thornbury" not in result.stdout + result.stderr
