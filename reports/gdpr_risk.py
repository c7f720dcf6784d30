"""The GDPR risk report: where personal data lies, how much harm it could do, and which items to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from domain.access import Breadth
from domain.summary import Ownership, Provenance, RiskItem, RiskTheme, ServiceEstate
from reports.access import BY_FOLDER, left_behind, who_can_read
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Heat, Report, Row, Section, Table
from reports.score import how_it_is_made, part_in_words
from reports.services import NO_SERVICE, held_by_service
from reports.vocabulary import THEMES, kinds_in_words, special_in_words
from reports.wording import plural, size

BANDS = ("0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 100")
_TOP = 50
_WIDE = {Breadth.EVERYONE: "Open to everyone", Breadth.ORGANISATION: "Open to the organisation"}
_NOTHING = "No personal data was found."
_HEAT = (
    "The number is how many items of the service hold the theme. The shade, and the smaller number, are the highest "
    "score among them. One item may hold several themes, so a row may add up to more than its items."
)
_POSSIBLE = (
    "Special category and criminal offence data are possible, not established: they were found by lists of words, "
    "and a person has to look before anything is decided."
)


def gdpr_risk_report(
    provenance: Provenance,
    services: Sequence[ServiceEstate],
    themes: Sequence[RiskTheme],
    items: Sequence[RiskItem],
    weights: Mapping[str, float],
    ownership: Ownership,
) -> Report:
    """`items` are all that hold personal data; `themes` are the cells of the heat map that are not empty.

    `weights` are the numbers in force that scores are made with, under their names in the configuration.
    """
    named = (*(theme.service for theme in themes), *(item.service for item in items))
    names = tuple(held_by_service(services, named))
    return Report(
        name="gdpr-risk",
        title="Personal data: risk register and heat map",
        lead=_lead(provenance, names, items),
        sections=(
            _headline(provenance, items),
            _heat_map(names, themes),
            _bands(names, items),
            who_can_read(items, ownership.breadths),
            left_behind(items, ownership.left),
            _register(items),
            how_it_is_made(items, weights),
            _leaves_out(),
        ),
        provenance=provenance,
    )


def band(risk: int) -> int:
    """The place in `BANDS` of a score of 0-100.

    >>> band(19), band(20), band(100)
    (0, 1, 4)
    """
    return min(risk // 20, 4)


def _lead(provenance: Provenance, names: tuple[str, ...], items: Sequence[RiskItem]) -> str:
    if not items and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to report."
    if not items:
        return f"{_NOTHING} This covers {plural(len(names), 'service')} and only what was examined."
    high = sum(item.risk >= 60 for item in items)
    holders = len({item.service for item in items})
    return (
        f"{plural(len(items), 'item')} in {plural(holders, 'service')} {_verb(len(items), 'holds', 'hold')} personal "
        f"data. {plural(high, 'item')} of them {_verb(high, 'scores', 'score')} 60 or more out of 100 and should be "
        "looked at first. Scores say where to look; they are not findings about anybody."
    )


def _verb(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _headline(provenance: Provenance, items: Sequence[RiskItem]) -> Section:
    missing = provenance.coverage.not_fully_examined
    counted = (
        ("Items with personal data", len(items), ""),
        ("Scoring 60 or more", sum(item.risk >= 60 for item in items), "out of 100"),
        ("Possible special category", sum(bool(item.special) for item in items), "found by lists of words"),
        ("Possible criminal offence data", sum(item.criminal for item in items), "found by lists of words"),
        ("About children", sum(item.children for item in items), ""),
        ("Kept past their due date", sum(item.past_due is not None for item in items), "of those with personal data"),
        (
            "Open to everyone in the organisation, or more",
            sum(item.breadth in _WIDE for item in items),
            "by their rights",
        ),
        ("Owned by people who have left", sum(item.left for item in items), "as far as a directory says"),
    )
    figures = tuple(Figure(label, number, ColumnKind.COUNT, note) for label, number, note in counted)
    unread = Figure(
        "Not fully examined", missing.items, ColumnKind.COUNT, f"{size(missing.bytes)} not in these figures"
    )
    return Section("In short", text=(_POSSIBLE,), figures=(*figures, unread))


def _heat_map(names: tuple[str, ...], themes: Sequence[RiskTheme]) -> Section:
    return Section(
        "Heat map: services and themes",
        text=(_HEAT,),
        tables=(_heat_table(names, themes),),
    )


def _heat_table(names: tuple[str, ...], themes: Sequence[RiskTheme]) -> Table:
    cells: dict[tuple[str, str], Heat] = {}
    for found in themes:
        key = (found.service or NO_SERVICE, found.theme)
        cells[key] = _joined(cells.get(key), Heat(found.items, found.highest))
    across = _in_order({theme for _, theme in cells})
    rows: tuple[Row, ...] = tuple((name, *(cells.get((name, theme), Heat(0, 0)) for theme in across)) for name in names)
    return Table(
        "heat-map",
        "Items by service and theme, with the highest score",
        (Column("Service"), *(Column(theme, ColumnKind.HEAT) for theme in across)),
        rows if themes else (),
        total=("All services", *(_over_services(theme, cells) for theme in across)) if themes else None,
        empty=_NOTHING,
    )


def _joined(cell: Heat | None, more: Heat) -> Heat:
    return Heat(cell.items + more.items, max(cell.highest, more.highest)) if cell else more


def _over_services(theme: str, cells: dict[tuple[str, str], Heat]) -> Heat:
    found = [cell for (_, of_theme), cell in cells.items() if of_theme == theme]
    return Heat(sum(cell.items for cell in found), max((cell.highest for cell in found), default=0))


def _in_order(found: set[str]) -> tuple[str, ...]:
    known = THEMES if found else ()
    return (*known, *sorted(found.difference(known)))


def _bands(names: tuple[str, ...], items: Sequence[RiskItem]) -> Section:
    found = Counter((item.service or NO_SERVICE, band(item.risk)) for item in items)
    rows: tuple[Row, ...] = tuple((name, *_counts(name, found), sum(_counts(name, found))) for name in names)
    columns = (Column("Service"), *(Column(words, ColumnKind.COUNT) for words in (*BANDS, "All scores")))
    sums = tuple(sum(found[name, place] for name in names) for place in range(len(BANDS)))
    table = Table(
        "bands",
        "Items with personal data, by service and score",
        columns,
        rows if items else (),
        total=("Total", *sums, sum(sums)) if items else None,
        empty=_NOTHING,
    )
    return Section("Scores by service", charts=(_chart(names, found),) if items else (), tables=(table,))


_Found = Counter[tuple[str, int]]


def _counts(name: str, found: _Found) -> tuple[int, ...]:
    return tuple(found[name, place] for place in range(len(BANDS)))


def _chart(names: tuple[str, ...], found: _Found) -> BarChart:
    counts = {name: _counts(name, found) for name in names}
    bars = (Bar(name, (sum(scores[3:]), sum(scores[:3]))) for name, scores in counts.items())
    return BarChart(
        title="Items with personal data, by service",
        series=("Scoring 60 or more", "Scoring below 60"),
        bars=tuple(bar for bar in bars if bar.total),
        kind=ColumnKind.COUNT,
        table="bands",
    )


def _register(items: Sequence[RiskItem]) -> Section:
    riskiest_first = sorted(items, key=lambda item: (-item.risk, item.service, item.path))
    columns = (
        Column("Path", ColumnKind.PATH),
        Column("Service"),
        Column("Score", ColumnKind.SCORE),
        Column("Made of"),
        Column("What was found"),
        Column("Flags"),
        Column("Modified", ColumnKind.DATE),
        Column("Past due since", ColumnKind.DATE, absent="none known"),
    )
    table = Table(
        "register",
        "Items with personal data, highest score first",
        columns,
        tuple(map(_row, riskiest_first)),
        note="Numbers in “what was found” count values, not people.",
        empty=_NOTHING,
        shown=_TOP,
    )
    return Section("Risk register", tables=(table,))


def _row(item: RiskItem) -> Row:
    return (
        item.path,
        item.service or NO_SERVICE,
        item.risk,
        "; ".join(f"{part_in_words(name)}: {amount:g}" for name, amount in item.parts.items()),
        kinds_in_words(dict(item.kinds)),
        "; ".join(_flags(item)),
        item.modified,
        item.past_due,
    )


def _flags(item: RiskItem) -> tuple[str, ...]:
    special = f"Possible special category ({', '.join(map(special_in_words, item.special))})" if item.special else ""
    return tuple(
        filter(
            None,
            (
                special,
                "Possible criminal offence data" if item.criminal else "",
                "About children" if item.children else "",
                "Read only in part" if item.partial else "",
                _WIDE.get(item.breadth, ""),
                "Owner has left" if item.left else "",
            ),
        )
    )


def _leaves_out() -> Section:
    return Section(
        "What this leaves out",
        points=(
            BY_FOLDER,
            _POSSIBLE,
            "Data about people that matches no pattern, such as a story told without names, or names in prose and in "
            "tables without headings that stand alone, is not found.",
            "Kinds of data that the detector is only slightly sure of may be wrong in either direction.",
            "An item read only in part may hold more than is shown; it is flagged in the register.",
            "Risk owner, control and agreed action are for people to add: the scan does not know them.",
        ),
    )
