"""The GDPR risk report: where personal data lies, how much harm it could do, and which items to look at first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from domain.access import Breadth
from domain.figures import Risky
from domain.summary import Ownership, Provenance, RiskItem, ServiceEstate
from reports.access import BY_FOLDER, left_behind, who_can_read
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Heat, Report, Row, Section, Table
from reports.score import how_it_is_made, part_in_words
from reports.services import NO_SERVICE, held_by_service
from reports.vocabulary import THEMES, kinds_in_words, special_in_words
from reports.wording import count, plural, size

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
    risky: Sequence[Risky],
    items: Sequence[RiskItem],
    weights: Mapping[str, float],
    ownership: Ownership,
    scope: str = "",
) -> Report:
    """`risky` are the sums of all that holds personal data; `items` those of it that score highest.

    `weights` are the numbers in force that scores are made with, under their names in the configuration. `scope` says
    of what the report is a part, where it is not about all personal data.
    """
    names = tuple(held_by_service(services, (each.service for each in risky)))
    return Report(
        name="gdpr-risk",
        title="Personal data: risk register and heat map",
        lead=_lead(provenance, names, risky),
        sections=(
            _headline(provenance, risky, scope),
            _heat_map(names, risky),
            _bands(names, risky),
            who_can_read(risky, ownership.breadths),
            left_behind(risky, ownership.left),
            _register(items, sum(each.items for each in risky)),
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


def _lead(provenance: Provenance, names: tuple[str, ...], risky: Sequence[Risky]) -> str:
    items, high = sum(each.items for each in risky), sum(each.high for each in risky)
    if not items and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to report."
    if not items:
        return f"{_NOTHING} This covers {plural(len(names), 'service')} and only what was examined."
    holders = len({each.service for each in risky})
    return (
        f"{plural(items, 'item')} in {plural(holders, 'service')} {_verb(items, 'holds', 'hold')} personal "
        f"data. {plural(high, 'item')} of them {_verb(high, 'scores', 'score')} 60 or more out of 100 and should be "
        "looked at first. Scores say where to look; they are not findings about anybody."
    )


def _verb(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _headline(provenance: Provenance, risky: Sequence[Risky], scope: str) -> Section:
    missing = provenance.coverage.not_fully_examined
    counted = (
        ("Items with personal data", sum(each.items for each in risky), ""),
        ("Scoring 60 or more", sum(each.high for each in risky), "out of 100"),
        ("Possible special category", sum(each.special for each in risky), "found by lists of words"),
        ("Possible criminal offence data", sum(each.criminal for each in risky), "found by lists of words"),
        ("About children", sum(each.children for each in risky), ""),
        ("Kept past their due date", sum(each.late for each in risky), "of those with personal data"),
        (
            "Open to everyone in the organisation, or more",
            sum(each.items for each in risky if each.breadth in _WIDE),
            "by their rights",
        ),
        (
            "Owned by people who have left",
            sum(each.items for each in risky if each.left),
            "as far as a directory says",
        ),
    )
    figures = tuple(Figure(label, number, ColumnKind.COUNT, note) for label, number, note in counted)
    unread = Figure(
        "Not fully examined", missing.items, ColumnKind.COUNT, f"{size(missing.bytes)} not in these figures"
    )
    return Section("In short", text=(*((scope,) if scope else ()), _POSSIBLE), figures=(*figures, unread))


def _heat_map(names: tuple[str, ...], risky: Sequence[Risky]) -> Section:
    return Section(
        "Heat map: services and themes",
        text=(_HEAT,),
        tables=(_heat_table(names, risky),),
    )


def _heat_table(names: tuple[str, ...], risky: Sequence[Risky]) -> Table:
    cells: defaultdict[tuple[str, str], Heat] = defaultdict(lambda: Heat(0, 0))
    for each in risky:
        for theme in each.themes:
            key = (each.service or NO_SERVICE, THEMES[theme])
            cells[key] = _joined((cells[key], Heat(each.items, each.highest)))
    rows: tuple[Row, ...] = tuple((name, *(cells[name, theme] for theme in THEMES.values())) for name in names)
    over = (_joined(cells[name, theme] for name in names) for theme in THEMES.values())
    return Table(
        "heat-map",
        "Items by service and theme, with the highest score",
        (Column("Service"), *(Column(theme, ColumnKind.HEAT) for theme in THEMES.values())),
        rows if risky else (),
        total=("All services", *over) if risky else None,
        empty=_NOTHING,
    )


def _joined(cells: Iterable[Heat]) -> Heat:
    heats = tuple(cells)
    return Heat(sum(heat.items for heat in heats), max((heat.highest for heat in heats), default=0))


def _bands(names: tuple[str, ...], risky: Sequence[Risky]) -> Section:
    counts = {name: _counts(risky, name) for name in names}
    rows: tuple[Row, ...] = tuple((name, *bands, sum(bands)) for name, bands in counts.items())
    columns = (Column("Service"), *(Column(words, ColumnKind.COUNT) for words in (*BANDS, "All scores")))
    sums = tuple(sum(bands[place] for bands in counts.values()) for place in range(len(BANDS)))
    table = Table(
        "bands",
        "Items with personal data, by service and score",
        columns,
        rows if risky else (),
        total=("Total", *sums, sum(sums)) if risky else None,
        empty=_NOTHING,
    )
    return Section("Scores by service", charts=(_chart(counts),) if risky else (), tables=(table,))


def _counts(risky: Sequence[Risky], name: str) -> tuple[int, ...]:
    found = [each.bands for each in risky if (each.service or NO_SERVICE) == name]
    return tuple(sum(bands[place] for bands in found) for place in range(len(BANDS)))


def _chart(counts: Mapping[str, tuple[int, ...]]) -> BarChart:
    bars = (Bar(name, (sum(scores[3:]), sum(scores[:3]))) for name, scores in counts.items())
    return BarChart(
        title="Items with personal data, by service",
        series=("Scoring 60 or more", "Scoring below 60"),
        bars=tuple(bar for bar in bars if bar.total),
        kind=ColumnKind.COUNT,
        table="bands",
    )


def _register(items: Sequence[RiskItem], of: int) -> Section:
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
        note=f"{_how_many(len(items), of)} Numbers in “what was found” count values, not people.",
        empty=_NOTHING,
        shown=_TOP,
    )
    return Section("Risk register", tables=(table,))


def _how_many(listed: int, of: int) -> str:
    if listed == of:
        return f"This is all {plural(of, 'item')} with personal data." if of else ""
    return (
        f"These are the {count(listed)} that score highest of {plural(of, 'item')}; "
        "to list them all: muniment items --personal."
    )


def _row(item: RiskItem) -> Row:
    return (
        item.path,
        item.service or NO_SERVICE,
        item.risk,
        "; ".join(f"{part_in_words(name)}: {amount:g}" for name, amount in item.parts.items()),
        kinds_in_words(item.kinds),
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
