"""The figures of a day are broken down by theme and score, by lateness and by reason, and kept with the day."""

from __future__ import annotations

from datetime import date

from viewed_estate import HIGHWAYS, PLANNING, an_estate

from domain.actor import Actor, Grant, Proof, Role
from domain.figures import Breakdown
from domain.summary import Tally
from inventory import asset_figures
from inventory.breakdowns import last_breakdown
from operations.config import default_settings
from operations.timetable.summarise import summarise

TODAY = date(2026, 11, 2)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)


def test_what_is_kept_is_what_is_held(trail):
    an_estate(trail.database, kept=False)
    summarise(OFFICER, trail, default_settings(), TODAY)
    broken = last_breakdown(trail.database)
    assert broken.day == TODAY

    def kept(service, by):
        return {words: tally for (of, what, words), tally in broken.sums.items() if (of, what) == (service, by)}

    assert kept(PLANNING, Breakdown.THEME).keys() >= {("identity", "4"), ("special", "4")}
    assert sum(tally.items for words, tally in kept(PLANNING, Breakdown.THEME).items() if words[0] == "contact") == 10
    assert kept(HIGHWAYS, Breakdown.LATE) == {("1",): Tally(1, 40_000)}
    assert kept(PLANNING, Breakdown.LATE) == {("2",): Tally(2, 105_000)}
    assert kept(PLANNING, Breakdown.ROT) == {("copy",): Tally(1, 5_000), ("technical",): Tally(1, 5_000)}
    assert kept(PLANNING, Breakdown.GUARDED) == {("held",): Tally(1, 5_000)}
    assert kept(HIGHWAYS, Breakdown.ROT) == {}


def test_what_lies_in_assets_is_kept_for_pages(trail, monkeypatch):
    an_estate(trail.database, kept=False)
    monkeypatch.setattr(asset_figures, "SMALL", 0)
    summarise(OFFICER, trail, default_settings(), TODAY)
    told = asset_figures.register_told(trail.database)
    assert (told.as_of, told.counted) == (TODAY, True)
    assert told.missing == asset_figures.missing(trail.database) != ()
