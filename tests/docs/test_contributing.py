"""What CONTRIBUTING.md says is to be done can be done: the files, tables and names in it are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from operations.reporting.report import REPORTS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = re.findall(r"### (?:A|An) (.+?)\n(.+?)(?=\n#|\Z)", TEXT, re.DOTALL)
_PATH = re.compile(r"`([a-z_]+(?:/[\w.*-]+)+/?)`")
_NAME_IN = re.compile(r"`(\w+)`(?:`s)? of\s+`([a-z_]+/[\w/.]+\.py)`")
_NUMBERS = {14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen"}


def test_each_recipe_has_five_steps():
    assert [title for title, _ in RECIPES] == ["recogniser", "reader", "source", "rule of retention", "report"]
    for title, text in RECIPES:
        assert re.findall(r"(?m)^(\d)\. ", text) == list("12345"), title


PATHS = sorted({path for path in _PATH.findall(TEXT) if not path.startswith("build/")})


@pytest.mark.parametrize("path", PATHS)
def test_every_file_and_folder_that_is_named_is_there(path):
    shown = path.replace("NAME", "*").replace("KIND", "*")
    assert list(ROOT.glob(shown.rstrip("/"))), path


@pytest.mark.parametrize(("name", "file"), sorted(set(_NAME_IN.findall(TEXT))))
def test_every_name_stands_in_the_file_that_it_is_said_to(name, file):
    assert re.search(rf"(?m)^(def |class )?{name}\b", (ROOT / file).read_text("utf-8"))


def test_names_and_files_were_found():
    assert len(_NAME_IN.findall(TEXT)) >= 5
    assert len(PATHS) >= 25


def test_the_number_of_reports_is_told_as_it_is():
    told = _NUMBERS[len(REPORTS)]
    for page in ("README.md", "docs/tutorial.md"):
        assert f"{told} reports" in (ROOT / page).read_text("utf-8").casefold(), page
