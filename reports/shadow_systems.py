"""Shadow systems: spreadsheets, tables and databases that hold personal data as if they were a system."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from domain.figures import Shadow, Shadows
from domain.summary import Provenance, Tally
from reports.access import BREADTH_WORDS
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE
from reports.vocabulary import kinds_in_words
from reports.wording import count, plural

_SHOWN = 50
_WHY = (
    "Personal data that is kept in a working spreadsheet or a small database is outside the system that should hold "
    "it: nobody sees who reads it, its rows grow old there, and no request for a person's data finds it. Each of these "
    "is a question to its service: is it an extract, does a system lack something, or can it go?"
)
_LIKELY: tuple[tuple[str, frozenset[str]], ...] = (
    ("Health or social care case system", frozenset({"UK_NHS", "SPECIAL_HEALTH", "SPECIAL_GENETIC"})),
    ("Children's or education case system", frozenset({"UK_UPN", "CHILD_SAFEGUARDING"})),
    ("Payroll, pensions or staff system", frozenset({"UK_NINO"})),
    ("Finance or payments system", frozenset({"UK_ACCOUNT", "UK_SORT_CODE", "IBAN_CODE", "CREDIT_CARD", "UK_UTR"})),
    ("Licensing, parking or fleet system", frozenset({"UK_DRIVING_LICENCE", "UK_VEHICLE_REGISTRATION"})),
    ("Case or property system by its references", frozenset({"COUNCIL_REF", "UK_UPRN"})),
)
"""The first whose kinds a file holds is where it was most likely taken from."""
_POINTS = (
    "A file is listed where at least ten different values of one kind that tells people apart were found in it. The "
    "number of people is about the number of rows about people; of long tables it is reckoned from a sample of the "
    "rows.",
    "The likely source is a guess from the kinds of data alone, for the conversation with the service.",
    "Tables inside e-mail, archives and documents are not listed here; they are in the risk register.",
)


def likely_source(kinds: Collection[str]) -> str:
    """From what system a table was most likely taken.

    >>> likely_source({"UK_NINO", "UK_ACCOUNT"})
    'Payroll, pensions or staff system'
    """
    return next((system for system, known in _LIKELY if not known.isdisjoint(kinds)), "Not to be told by its columns")


def shadow_systems_report(provenance: Provenance, services: Sequence[Shadows], listed: Sequence[Shadow]) -> Report:
    """`listed` are those of all that hold most people."""
    return Report(
        name="shadow-systems",
        title="Shadow systems: working files that hold personal data",
        lead=_lead(provenance, services),
        sections=(
            _headline(services),
            _by_service(services),
            _list(listed, sum(each.files.items for each in services)),
            Section("How to read this", points=_POINTS),
        ),
        provenance=provenance,
    )


def _lead(provenance: Provenance, services: Sequence[Shadows]) -> str:
    if not services and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to report."
    files = sum(each.files.items for each in services)
    if not files:
        return "No spreadsheet, table or database with the data of ten or more people was found."
    lately = sum(each.lately for each in services)
    return (
        f"{plural(files, 'spreadsheet, table or database', 'spreadsheets, tables and databases')} "
        f"{'holds' if files == 1 else 'hold'} the data of ten people or more; {count(lately)} of them "
        f"{'was' if lately == 1 else 'were'} changed in the last year, so somebody still works with "
        f"{'it' if lately == 1 else 'them'}."
    )


def _headline(services: Sequence[Shadows]) -> Section:
    figures = (
        Figure(
            "Files", sum(each.files.items for each in services), ColumnKind.COUNT, "with the data of ten people or more"
        ),
        Figure(
            "Changed in the last year", sum(each.lately for each in services), ColumnKind.COUNT, "still worked with"
        ),
        Figure(
            "People in them, about", sum(each.people for each in services), ColumnKind.COUNT, "who may be in several"
        ),
        Figure("Size", sum(each.files.bytes for each in services), ColumnKind.BYTES),
    )
    return Section("In short", text=(_WHY,), figures=figures)


_SERVICE_COLUMNS = (
    Column("Service"),
    Column("Files", ColumnKind.COUNT),
    Column("Changed in the last year", ColumnKind.COUNT),
    Column("People in them, about", ColumnKind.COUNT),
    Column("Size", ColumnKind.BYTES),
)


def _by_service(services: Sequence[Shadows]) -> Section:
    whole = Shadows(
        "Total",
        sum((each.files for each in services), Tally()),
        sum(each.lately for each in services),
        sum(each.people for each in services),
    )
    table = Table(
        "by-service",
        "Working files with personal data, by service",
        _SERVICE_COLUMNS,
        tuple(map(_service_row, services)),
        _service_row(whole) if services else None,
        empty="None was found.",
    )
    bars = tuple(Bar(each.service or NO_SERVICE, (each.lately, each.files.items - each.lately)) for each in services)
    chart = BarChart(
        "Working files with personal data, by service",
        ("Changed in the last year", "Not changed since"),
        bars,
        ColumnKind.COUNT,
        "by-service",
    )
    return Section("By service", charts=(chart,) if bars else (), tables=(table,))


def _service_row(each: Shadows) -> Row:
    return each.service or NO_SERVICE, each.files.items, each.lately, each.people, each.files.bytes


_LISTED = (
    Column("File", ColumnKind.PATH),
    Column("Service"),
    Column("People, about", ColumnKind.COUNT),
    Column("Likely taken from"),
    Column("What was found"),
    Column("Who can read"),
    Column("Score", ColumnKind.SCORE),
    Column("Size", ColumnKind.BYTES),
    Column("Changed", ColumnKind.DATE),
)


def _list(listed: Sequence[Shadow], of: int) -> Section:
    note = "" if len(listed) == of else f"These are the {count(len(listed))} with most people of {plural(of, 'file')}."
    table = Table(
        "files",
        "The files, those with most people first",
        _LISTED,
        tuple(map(_file_row, listed)),
        note=note,
        empty="None was found.",
        shown=_SHOWN,
    )
    return Section("The files", tables=(table,))


def _file_row(each: Shadow) -> Row:
    source, breadth = likely_source(_counted(each.kinds)), BREADTH_WORDS[each.breadth]
    return (
        each.path, each.service or NO_SERVICE, each.people, source, kinds_in_words(each.kinds), breadth, each.risk,
        each.size, each.modified,
    )  # fmt: skip


def _counted(kinds: Mapping[str, int]) -> frozenset[str]:
    """Kinds of which there are several: one number in a note makes no column."""
    return frozenset(kind for kind, number in kinds.items() if number >= 3)
