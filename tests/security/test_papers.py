"""What the papers on security say is shown by a test is shown by one that exists."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_TEST = re.compile(r"`([a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")
PAPERS = sorted(
    [ROOT / "docs" / "threat-model.md", ROOT / "docs" / "asvs.md", *(ROOT / "docs" / "papers").glob("*.md")]
)


@cache
def named_in(file: str) -> frozenset[str]:
    path = ROOT / "tests" / file
    return frozenset(re.findall(r"def (test_\w+)", path.read_text("utf-8"))) if path.is_file() else frozenset()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_test_that_is_named_exists(paper):
    missing = [
        f"{file}::{test}" for file, test in _TEST.findall(paper.read_text("utf-8")) if test not in named_in(file)
    ]
    assert missing == []


def test_each_of_the_thirty_threats_is_shown_by_a_test():
    told = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
    threats = re.split(r"^\*\*(\d+)\. ", told.partition("## Not promised")[0], flags=re.MULTILINE)[1:]
    assert [int(number) for number in threats[::2]] == list(range(1, 31))
    assert [number for number, text in zip(threats[::2], threats[1::2], strict=True) if not _TEST.search(text)] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_page_that_is_linked_to_exists(paper):
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper.read_text("utf-8"))
    assert [one for one in linked if not (paper.parent / one).exists()] == []


ASVS = """
1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1-1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3
4.2.1-1 4.3.1-2 4.4.1-4 5.1.1-1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3
7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 8.2.1-3 8.3.1-1 8.4.1-1 9.1.1-3 9.2.1-4 10.1.1-2 10.2.1-2 10.3.1-4
10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1-1 11.6.1-1 12.1.1-3 12.2.1-2 12.3.1-4
13.1.1-1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7 16.1.1-1 16.2.1-5 16.3.1-4
16.4.1-3 16.5.1-3 17.1.1-1 17.2.1-4 17.3.1-2
"""
"""The requirements of levels 1 and 2 in ASVS 5.0.0: in each section they come first."""


def test_every_requirement_of_levels_1_and_2_has_its_line():
    wanted = []
    for written in ASVS.split():
        first, last = written.split("-")
        section = first.rpartition(".")[0]
        wanted += [f"{section}.{number}" for number in range(1, int(last) + 1)]
    lines = re.findall(
        r"^\| (\d+\.\d+\.\d+) \| (yes|part|no|\u2013) \| .+ \|$", (ROOT / "docs" / "asvs.md").read_text(), re.MULTILINE
    )
    assert [number for number, _ in lines] == wanted
    assert len(wanted) == 253
