from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cli.main import muniment


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shares" / "Finance").mkdir(parents=True)
    (tmp_path / "shares" / "Finance" / "a.txt").write_text("nothing\n")

    def call(*words: str) -> str:
        done = CliRunner().invoke(muniment, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    call("init", ".")
    call("scan", "--metadata-only", "shares")
    return call


def test_assets_are_suggested_filled_in_taken_over_and_shown(run, tmp_path):
    (one,) = json.loads(run("assets", "suggest", "--json"))
    assert (one["id"], one["files"]) == ("A-0001", 1)
    assert one["locations"][0].endswith("shares:Finance")
    run("assets", "suggest", "--out", "assets.csv")
    run("assets", "import", "assets.csv")
    run("assets", "export", "again.xlsx")
    run("assets", "import", "again.xlsx")
    (kept,) = json.loads(run("assets", "list", "--json"))
    assert (kept["state"], "no-owner" in kept["lacks"], kept["files"]) == ("draft", True, 1)
    assert "no owner is named" in run("assets", "list", "--missing")
    assert "A-0001" in run("assets", "list")
    assert "lacks" in run("assets", "show", "A-0001")
    run("baseline", "pilot", "begun", "--asset", "A-0001")
    (pilot,) = json.loads(run("baseline", "list", "--json"))["pilots"]
    assert (pilot["name"], pilot["assets"]) == ("begun", ["A-0001"])
    run("baseline", "drop", "begun")
    run("assets", "withdraw", "A-0001")
    run("assets", "drop", "A-0001")
    assert json.loads(run("assets", "list", "--json")) == []
