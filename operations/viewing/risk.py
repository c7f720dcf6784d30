"""Risk: where personal data lies, by service and score as it stands now, and by theme as it was last added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.estate import Portion, RiskBand
from domain.figures import Breakdown, BrokenDown
from domain.finding import Category
from inventory.breakdowns import last_breakdown
from inventory.engine import Database
from inventory.estate import by_band
from operations.viewing.board import Board, Grid, Headline, Link, Number, grid_of, in_order, items, line, named
from operations.viewing.sight import Sight
from operations.viewing.standing import NOT_KEPT, standing_of
from reports.section import Bar, BarChart, Column, ColumnKind, Heat
from reports.vocabulary import THEMES
from reports.wording import day, plural

BANDS: Mapping[RiskBand, str] = {
    RiskBand.FROM_80: "80 to 100", RiskBand.FROM_60: "60 to 79", RiskBand.FROM_40: "40 to 59",
    RiskBand.FROM_20: "20 to 39", RiskBand.UNDER_20: "0 to 19",
}  # fmt: skip
"""Of personal data, the highest first."""
_HIGH = (RiskBand.FROM_60, RiskBand.FROM_80)
_LEAVES_OUT = (
    "Scores say where to look first; they are no findings about anybody. A person has to look before anything is done.",
    "Special category and criminal offence data are possible, not established: they are found by lists of words.",
    "By score an item counts by its content alone. By theme who can read it, and whether it is past due, count too.",
    "Data about people that matches no pattern is not found.",
)

_Bands = Mapping[tuple[str, RiskBand], int]


def risk_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, by the kept sums."""
    standing, portions = standing_of(database, sight, now), sight.of(by_band(database))
    bands = _counted(portions)
    broken = last_breakdown(database)
    over: Counter[RiskBand] = Counter()
    for (_, band), number in bands.items():
        over[band] += number
    personal, unread = sum(over[band] for band in BANDS), over[RiskBand.NOT_LOOKED_INTO]
    return Board(
        "risk", "Personal data at risk", _lead(bands, over, personal, bool(standing.held.items)),
        (
            Headline("Scoring 60 or more", Number(over[_HIGH[0]] + over[_HIGH[1]], items(high="1")),
                     note="out of 100: to be looked at first"),
            Headline("With personal data", Number(personal, items(personal="1")), note="files, and parts inside them"),
            Headline("Not looked into", Number(unread, Link("coverage")), note="may hold more that is not counted"),
        ),
        (_chart(bands),) if personal else (),
        (_by_score(bands), _by_theme(broken, sight)),
        (f"{plural(unread, 'item')} that nobody has looked into may hold more.", *_LEAVES_OUT),
        standing.next_step(sight) or ("" if broken else NOT_KEPT), broken.day if broken else None,
    )  # fmt: skip


def _counted(portions: Sequence[Portion[RiskBand]]) -> _Bands:
    return {(one.service, one.of): one.files.items + one.parts for one in portions}


def _lead(bands: _Bands, over: Mapping[RiskBand, int], personal: int, held: bool) -> str:
    if not personal:
        return "No personal data was found in what was examined." if held else "Nothing is held yet."
    high = {service: sum(bands.get((service, band), 0) for band in _HIGH) for service, _ in bands}
    worst = max(in_order(high), key=lambda service: high[service])
    if not high[worst]:
        return f"{plural(personal, 'item')} with personal data were found, none of which scores 60 or more."
    whole = over[_HIGH[0]] + over[_HIGH[1]]
    said = f"{plural(whole, 'item')} {'scores' if whole == 1 else 'score'} 60 or more out of 100"
    if high[worst] == whole:
        return f"{said}, in {named(worst)}. Look there first."
    return f"{said}; most of them, {high[worst]:,}, in {named(worst)}. Look at these first."


def _by_score(bands: _Bands) -> Grid:
    columns = (Column("Service"), *(Column(words, ColumnKind.COUNT) for words in BANDS.values()),
               Column("All scores", ColumnKind.COUNT), Column("Nothing personal", ColumnKind.COUNT),
               Column("Not looked into", ColumnKind.COUNT))  # fmt: skip

    def row(services: Sequence[str], **of: str) -> tuple[Number, ...]:
        def count(*some: RiskBand) -> int:
            return sum(bands.get((service, band), 0) for service in services for band in some)

        scores = (Number(count(band), items(band=BANDS[band].split()[0], **of)) for band in BANDS)
        return (*scores, Number(count(*BANDS), items(personal="1", **of)), Number(count(RiskBand.NOTHING_PERSONAL)),
                Number(count(RiskBand.NOT_LOOKED_INTO), Link("coverage")))  # fmt: skip

    names = in_order(service for service, _ in bands)
    rows = [line(named(service), *row([service], service=named(service))) for service in names]
    return grid_of("by-score", "Items by service and score", columns, rows, line("All services", *row(names)),
                   empty="Nothing was examined yet.")  # fmt: skip


def _by_theme(broken: BrokenDown | None, sight: Sight) -> Grid:
    columns = (Column("Service"), *(Column(words, ColumnKind.HEAT) for words in THEMES.values()))
    found: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for (service, by, words), tally in (broken.sums if broken else {}).items():
        if by is Breakdown.THEME and sight.sees(service):
            found[service, words[0]][int(words[1])] += tally.items

    def cell(services: Sequence[str], theme: Category, **of: str) -> Number:
        bands: Counter[int] = Counter()
        for service in services:
            bands += found.get((service, theme), Counter())
        return Number(Heat(bands.total(), 20 * max(bands)) if bands else 0, items(theme=theme, **of))

    names = in_order(service for service, _ in found)
    rows = [line(named(one), *(cell([one], theme, service=named(one)) for theme in THEMES)) for one in names]
    total = line("All services", *(cell(names, theme) for theme in THEMES))
    on = f" as of {day(broken.day)}" if broken else ""
    note = "The shade is the band of the highest score. One item may hold several themes, and is counted in each."
    empty = "No personal data was found." if broken else NOT_KEPT
    return grid_of("heat-map", f"Items by service and theme{on}", columns, rows, total, note=note, empty=empty)


def _chart(bands: _Bands) -> BarChart:
    bars = []
    for service in in_order(service for service, _ in bands):
        high = sum(bands.get((service, band), 0) for band in _HIGH)
        bars.append(Bar(named(service), (high, sum(bands.get((service, band), 0) for band in BANDS) - high)))
    series = ("Scoring 60 or more", "Scoring below 60")
    return BarChart("Items with personal data, by service", series, tuple(bar for bar in bars if bar.total),
                    ColumnKind.COUNT, "by-score")  # fmt: skip
