"""Breaks the figures of a day down as dashboards show them: by theme and score, by lateness, by reason of ROT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from domain.decision import State
from domain.figures import Breakdown, BrokenDown, Flagged, Risky
from domain.rot import RotSum
from domain.summary import Tally


def broken_down(today: date, risks: Iterable[Risky], flags: Iterable[Flagged], rot: Iterable[RotSum]) -> BrokenDown:
    """Of sums that were made of the day; an item with several themes is in each of them."""
    sums: defaultdict[tuple[str, Breakdown, tuple[str, ...]], Tally] = defaultdict(Tally)
    for risk in risks:
        for theme in risk.themes:
            for place, items in enumerate(risk.bands):
                if items:
                    sums[risk.service, Breakdown.THEME, (theme, str(place))] += Tally(items)
    for flag in flags:
        if flag.state == State.DUE and flag.late is not None:
            sums[flag.service, Breakdown.LATE, (str(flag.late),)] += flag.tally
    for found in rot:
        by, word = (Breakdown.GUARDED, found.guard) if found.guard else (Breakdown.ROT, found.reason)
        sums[found.service, by, (word,)] += found.tally
    return BrokenDown(today, dict(sums))
