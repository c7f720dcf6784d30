from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content import DatedBy, DateSource
from scanner.dating import dates_in_name, dates_in_text, whole_date

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "dating.toml").read_text(encoding="utf-8"))
DATES = st.dates(date(1970, 1, 1), date(2100, 12, 31))
PIECES = st.lists(
    st.sampled_from(["2019", "03", "4", "-", "/", ".", " ", "mar", "March", "th", "of", "born", "\n", "\u017f"])
)


@pytest.mark.parametrize("case", CASES["name"]["dates"], ids=lambda case: case["text"])
def test_the_dates_in_a_name(case):
    assert dates_in_name(case["text"]) == tuple(DatedBy(DateSource.NAME, on) for on in case["on"])


@pytest.mark.parametrize("name", CASES["name"]["none"])
def test_what_is_no_date_of_a_name(name):
    assert dates_in_name(name) == ()


@pytest.mark.parametrize("case", CASES["text"]["dates"], ids=lambda case: case["text"])
def test_the_dates_in_the_first_lines_of_a_text(case):
    assert dates_in_text(case["text"]) == tuple(DatedBy(DateSource.TEXT, on) for on in case["on"])


@pytest.mark.parametrize("text", CASES["text"]["none"])
def test_what_is_no_date_of_a_text(text):
    assert dates_in_text(text) == ()


def test_only_dates_that_begin_in_the_head_of_a_text_count():
    assert dates_in_text("x" * 1_998 + " 3 March 2019 ") != ()
    assert dates_in_text("x" * 1_999 + " 3 March 2019 ") == ()


@given(DATES)
def test_every_day_is_found_however_it_is_written(on):
    for written in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        assert dates_in_text(f"Minutes of {on.strftime(written)}, the panel") == (DatedBy(DateSource.TEXT, on),)
    for written in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d %B %Y", "%d%b%Y"):
        assert dates_in_name(f"minutes_{on.strftime(written)}_final.docx") == (DatedBy(DateSource.NAME, on),)


@given(PIECES.map("".join) | st.text())
def test_whatever_is_read_gives_at_most_three_plausible_dates(text):
    for dates in (dates_in_name(text), dates_in_text(text)):
        assert len(dates) == len(set(dates)) <= 3
        assert all(1970 <= dated.on.year <= 2100 for dated in dates)


def test_a_day_that_does_not_exist_is_no_date():
    assert whole_date(2019, 2, 29) is None
    assert whole_date(0, 0, 0) is None
    assert whole_date(2020, 2, 29) == date(2020, 2, 29)
