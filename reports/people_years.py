"""People-years: storage limitation (UK GDPR, Article 5(1)(e)) in one figure, and how it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.figures import Overstay, Sensitivity
from domain.summary import Provenance
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE
from reports.wording import count, plural

_YEAR = 365.25
_HOW = (
    "One person-year is the data of one person kept for one year after the day on which the retention schedule said "
    "that something should be done with it. Fifty people in a list that is two years late are a hundred.",
    "Weighted person-years count each of them by how much harm the data could do, with the weights in the table below, "
    "which are settings: people-years fall when what is late is dealt with, the worst and the oldest first.",
)
_NOTHING = "Nothing with personal data is past its day."
_POINTS = (
    "People are counted in each content by the kind of which most different values were found, of the kinds that tell "
    "people apart: names, dates of birth, National Insurance, NHS and pupil numbers, passports, driving licences, bank "
    "accounts, e-mail addresses and telephone numbers. Names of kinds that firms have too can make this too high.",
    "A person who is in several contents counts in each of them, since each is kept too long by itself; copies of one "
    "content count once in a service.",
    "Contents with personal data of which nobody can be told apart count as one person.",
    "Only files that a rule can be computed for can be late: what the schedule does not rule is not here, however old.",
    "A day that has come for a review counts as well as one that has come for disposal.",
)


def people_years_report(
    provenance: Provenance, overstays: Sequence[Overstay], weights: Mapping[Sensitivity, float], today: date
) -> Report:
    rows = _in_whole_years(overstays, today)
    return Report(
        name="people-years",
        title="People-years: personal data kept past its day",
        lead=_lead(provenance, rows),
        sections=(
            _headline(rows, weights),
            Section("What a person-year is", text=_HOW, tables=(_weights(weights),)),
            _by_service(rows, weights),
            _by_sensitivity(rows, weights),
            Section("How to read this", points=_POINTS),
        ),
        provenance=provenance,
    )


_Rows = Sequence[tuple[Overstay, int]]


def _in_whole_years(overstays: Sequence[Overstay], today: date) -> _Rows:
    """One of each service and sensitivity: rounded before they are added up, so that sums agree with their parts."""
    of = defaultdict(list)
    for each in overstays:
        of[each.service, each.sensitivity].append(each)
    return [
        (
            replace(found[0], contents=sum(one.contents for one in found), people=sum(one.people for one in found)),
            round(sum(one.people * max((today - one.due).days, 0) for one in found) / _YEAR),
        )
        for found in of.values()
    ]


def _lead(provenance: Provenance, rows: _Rows) -> str:
    if provenance.schedule is None or nothing_scanned(provenance):
        return "No retention schedule has been applied to what was scanned, so nothing is known to be kept too long."
    if not rows:
        return _NOTHING
    people, contents = sum(each.people for each, _ in rows), sum(each.contents for each, _ in rows)
    return (
        f"About {plural(people, 'person', 'people')} in {plural(contents, 'content')} are kept past their day: "
        f"{count(sum(years for _, years in rows))} person-years."
    )


def _headline(rows: _Rows, weights: Mapping[Sensitivity, float]) -> Section:
    worst = [pair for pair in rows if pair[0].sensitivity is Sensitivity.SPECIAL]
    figures = (
        ("Person-years", sum(years for _, years in rows), "kept past their day"),
        (
            "Weighted person-years",
            sum(years * weights[each.sensitivity] for each, years in rows),
            "by the weights below",
        ),
        ("People, about", sum(each.people for each, _ in rows), "in contents past their day"),
        ("Of these sensitive", sum(each.people for each, _ in worst), "special category, criminal or about children"),
        ("Contents", sum(each.contents for each, _ in rows), "with personal data, past their day; copies once"),
    )
    return Section(
        "In short",
        figures=tuple(Figure(words, round(number), ColumnKind.COUNT, note) for words, number, note in figures),
    )


def _weights(weights: Mapping[Sensitivity, float]) -> Table:
    rows = tuple((each.value, f"{weights[each]:g}") for each in Sensitivity)
    return Table(
        "weights",
        "What a person-year counts, by what the data is",
        (Column("What the data is"), Column("Weight")),
        rows,
        note="Set in the configuration: [reports] people_weights.",
    )


_COUNTED = (
    Column("Contents", ColumnKind.COUNT),
    Column("People, about", ColumnKind.COUNT),
    Column("Person-years", ColumnKind.COUNT),
    Column("Weighted person-years", ColumnKind.COUNT),
)


def _by_service(rows: _Rows, weights: Mapping[Sensitivity, float]) -> Section:
    of = defaultdict(list)
    for each, years in rows:
        of[each.service or NO_SERVICE].append((each, years))
    table = Table(
        "by-service",
        "People-years by service",
        (Column("Service"), *_COUNTED),
        tuple(_row(name, of[name], weights) for name in sorted(of)),
        _row("Total", rows, weights) if rows else None,
        empty=_NOTHING,
    )
    chart = _chart(of)
    return Section("By service", charts=(chart,) if chart.bars else (), tables=(table, _by_both(of, weights)))


def _chart(of: Mapping[str, _Rows]) -> BarChart:
    bars = (
        Bar(name, tuple(sum(years for each, years in found if each.sensitivity is one) for one in Sensitivity))
        for name, found in of.items()
    )
    return BarChart(
        "Person-years by service",
        tuple(each.value for each in Sensitivity),
        tuple(bar for bar in bars if bar.total),
        ColumnKind.COUNT,
        "by-service-and-data",
    )


def _by_both(of: Mapping[str, _Rows], weights: Mapping[Sensitivity, float]) -> Table:
    rows = (
        (name, one.value, *_row("", found, weights)[1:])
        for name in sorted(of)
        for one in Sensitivity
        if (found := [pair for pair in of[name] if pair[0].sensitivity is one])
    )
    columns = (Column("Service"), Column("What the data is"), *_COUNTED)
    return Table(
        "by-service-and-data", "People-years by service and what the data is", columns, tuple(rows), empty=_NOTHING
    )


def _by_sensitivity(rows: _Rows, weights: Mapping[Sensitivity, float]) -> Section:
    table = Table(
        "by-data",
        "People-years by what the data is",
        (Column("What the data is"), *_COUNTED),
        tuple(_row(one.value, [pair for pair in rows if pair[0].sensitivity is one], weights) for one in Sensitivity),
    )
    return Section("By what the data is", tables=(table,))


def _row(name: str, rows: _Rows, weights: Mapping[Sensitivity, float]) -> Row:
    return (
        name,
        sum(each.contents for each, _ in rows),
        sum(each.people for each, _ in rows),
        sum(years for _, years in rows),
        round(sum(years * weights[each.sensitivity] for each, years in rows)),
    )
