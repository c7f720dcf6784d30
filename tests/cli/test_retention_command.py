"""`muniment retention`: lint, diff, import, export, schema and explain, as a records manager runs them."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path

import pytest

EXAMPLES = Path(str(files("retention") / "examples"))


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


def test_a_schedule_goes_out_to_a_workbook_and_comes_back(muniment, tmp_path):
    made = muniment("retention", "export", "out.xlsx", "--schedule", EXAMPLES)
    assert (made.returncode, made.stdout) == (0, "")
    assert "60 classes and 60 rules written to out.xlsx" in made.stderr

    assert muniment("retention", "import", "out.xlsx", "--out", "back").returncode == 0
    same = muniment("retention", "diff", EXAMPLES, "back")
    assert (same.returncode, same.stdout) == (0, "")


def test_lint_exits_with_one_where_there_is_a_defect(muniment, tmp_path):
    muniment("init")
    sound = muniment("retention", "lint", "--today", "2026-11-22")
    assert (sound.returncode, sound.stdout) == (0, "")

    schedule = tmp_path / "work" / "schedule.toml"
    text = schedule.read_text("utf-8")
    schedule.write_text(text.replace("review_by = 2028-03-31\n", ""), "utf-8")
    found = muniment("retention", "lint", "--json")
    assert found.returncode == 1
    assert [json.loads(line)["code"] for line in found.stdout.splitlines()] == ["no-review"]

    schedule.write_text(text.replace('"P75Y"', '"75 yrs"'), "utf-8")
    refused = muniment("retention", "lint", "schedule.toml")
    assert refused.returncode == 1
    assert 'period: "75 yrs" is not a period' in refused.stdout


def test_diff_says_what_changed(muniment, tmp_path):
    text = (EXAMPLES.parent / "example.toml").read_text("utf-8")
    (tmp_path / "work" / "old.toml").write_text(text, "utf-8")
    (tmp_path / "work" / "new.toml").write_text(text.replace('"P15Y"', '"P7Y"'), "utf-8")

    said = muniment("retention", "diff", "old.toml", "new.toml").stdout

    before, after = (f"trigger date modified, period {years} years" for years in (15, 7))
    assert said == f"rule FI.03-R1: clock: from {before} to {after}\n"


def test_the_schema_is_json(muniment):
    assert json.loads(muniment("retention", "schema").stdout)["title"] == "A retention schedule"


@pytest.mark.slow
def test_explain_tells_of_one_item(muniment, tmp_path):
    shares = tmp_path / "shares" / "Finance" / "Invoices"
    shares.mkdir(parents=True)
    (shares / "a.txt").write_text("An invoice of nobody.")
    muniment("init", "--root", tmp_path / "shares")
    assert muniment("scan").returncode == 0

    told = muniment("retention", "explain", "Finance/Invoices/a.txt")
    assert told.returncode == 0, told.stderr
    assert "Of class FI.01 (Invoices)" in told.stdout

    details = json.loads(muniment("retention", "explain", "Finance/Invoices/a.txt", "--json").stdout)
    assert (details["class"]["id"], details["rules"][0]["id"], details["state"]) == ("FI.01", "FI.01-R1", "kept")

    absent = muniment("retention", "explain", "Finance/none.txt")
    assert absent.returncode == 2
    assert "no item at that path" in absent.stderr


def test_a_draft_decides_nothing(muniment, tmp_path):
    muniment("init")

    refused = muniment("retention", "evaluate", "--schedule", EXAMPLES)

    assert refused.returncode == 2
    assert 'This schedule is of status "draft"' in refused.stderr


@pytest.mark.slow
def test_simulate_says_what_a_schedule_would_change_and_writes_nothing(muniment, tmp_path):
    shares = tmp_path / "shares" / "Finance" / "Invoices"
    shares.mkdir(parents=True)
    (shares / "=a.txt").write_text("An invoice of nobody.")
    os.utime(shares / "=a.txt", (1_400_000_000, 1_400_000_000))
    muniment("init", "--root", tmp_path / "shares")
    assert muniment("scan").returncode == 0
    work = tmp_path / "work"
    text = (work / "schedule.toml").read_text("utf-8")
    (work / "draft.toml").write_text(text.replace('"P6Y"', '"P90Y"').replace('"2026.1"', '"2027.1"'), "utf-8")
    muniment("retention", "evaluate", "--today", "2027-11-22")

    told = muniment("retention", "simulate", "draft.toml", "--today", "2027-11-22", "--all", "changed.csv")
    found = json.loads(muniment("retention", "simulate", "draft.toml", "--today", "2027-11-22", "--json").stdout)
    (work / "gap.toml").write_text(text.replace('"**/Invoices/**"', '"**/Elsewhere/**"'), "utf-8")
    sound = muniment("retention", "lint", "--held", "--today", "2027-11-22")
    gap = muniment("retention", "lint", "gap.toml", "--held", "--today", "2027-11-22", "--json")

    assert (sound.returncode, sound.stdout) == (0, "")
    assert [json.loads(line)["code"] for line in gap.stdout.splitlines()] == ["gap"]
    assert told.returncode == 0, told.stderr
    assert "no longer due" in told.stdout
    assert "[savings] of the configuration does not say" in told.stdout
    assert found["effects"]["no_longer_due"] == {"items": 1, "bytes": 21}
    assert (found["contradicted"]["items"], found["pounds_a_year"]) == (1, None)
    listed = (work / "changed.csv").read_text("utf-8-sig").splitlines()
    assert len(listed) == 2
    assert "Finance/Invoices/=a.txt" in listed[1]
    assert (work / "changed.csv").stat().st_mode & 0o077 == 0
    again = muniment("retention", "simulate", "draft.toml", "--all", "changed.csv")
    assert again.returncode == 2
    unknown = muniment("retention", "simulate", "draft.toml", "--rule", "NONE")
    assert (unknown.returncode, "no rule 'NONE'" in unknown.stderr) == (2, True)
