"""What whole papers say of the people in them: each class that they do, and no other."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.special_category import SpecialCategoryTerms
from domain.finding import Band, band_of

PAPERS = tomllib.loads((Path(__file__).parents[1] / "cases" / "special_papers.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def terms():
    return SpecialCategoryTerms()


@pytest.mark.parametrize("paper", [pytest.param(paper, id=paper["text"][:60]) for paper in PAPERS["paper"]])
def test_a_paper_says_of_its_people_what_it_says_and_no_more(terms, paper):
    results = terms.analyze(paper["text"], [], None)
    said = {result.entity_type for result in results if band_of(result.score) is not Band.LOW}
    assert said == set(paper["says"])
