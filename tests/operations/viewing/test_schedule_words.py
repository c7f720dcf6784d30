"""How long something is kept, as people would say it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.rule import (
    ByOutcome,
    Choice,
    Combined,
    DateSource,
    Period,
    PersonDate,
    Span,
    Trigger,
    YearEnd,
)
from operations.viewing.schedule import clock_in_words

SIX, YEAR = Period(years=6), YearEnd("financial_year", 3, 31)
CHANGED = Span(Trigger(date=DateSource.MODIFIED), SIX)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (None, "For ever"),
        (CHANGED, "6 years after it was last changed"),
        (Span(Trigger(date=DateSource.FIRST_SEEN, end_of=YEAR), SIX),
         "6 years after a scan first met it, counted from the end of that financial year"),
        (Span(Trigger(event="case_closed", key="case_no", reopened_by="case_reopened"), SIX),
         "6 years after “case closed” is reported for its case no, and again where “case reopened” came after it"),
        (Span(Trigger(event="employment_end", plus=Period(years=1)), SIX),
         "6 years after “employment end” is reported, and 1 year more"),
        (Span(Trigger(person=PersonDate.DEATH, under=Period(years=18)), SIX),
         "6 years after the death of the person before the age of 18 years"),
        (Span(Trigger(on=date(2012, 5, 4)), SIX), "6 years after 4 May 2012"),
        (Span(Trigger(event="claim_closed"), ByOutcome((("settled", SIX),), Period(years=1))),
         "6 years where the outcome is “settled” and 1 year otherwise, after “claim closed” is reported"),
        (Combined(Choice.LATER, (CHANGED, Span(Trigger(person=PersonDate.BIRTH), SIX))),
         "Until the later of these: 6 years after it was last changed; or 6 years after the birth of the person"),
    ],
)  # fmt: skip
def test_a_period_is_told_in_words(clock, words):
    assert clock_in_words(clock) == words


def test_each_date_of_an_item_has_words():
    told = {clock_in_words(Span(Trigger(date=one), SIX)) for one in DateSource}
    assert len(told) == len(DateSource)
