"""The subject search: what a request for access concerns, by content, with its log and an estimate of the work."""

from __future__ import annotations

from collections.abc import Sequence

from domain.figures import Matched, Searched
from domain.summary import Provenance
from reports.report import Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE
from reports.wording import count, moment, plural, size

_SHOWN = 200
_CHARS_A_MINUTE = 238 * 6
"""238 words a minute, as adults read English non-fiction in silence (M. Brysbaert, How many words do we read per
minute?, Journal of Memory and Language 109 (2019)), of six characters with the space behind each.
"""
_EFFORT = (
    "The estimate is the time to read each likely content once, at 238 words a minute; copies are read once. Deciding "
    "what to take out, asking colleagues and answering are not in it."
)
_NOT_KEPT = (
    "What was typed is in no part of this report, nor in the inventory or its audit trail: lines are named by their "
    "numbers. "
    "The trail says who searched, when, under which request, for how many people, and how much was found."
)
_REACH = (
    "Only what was read is searched. What was not read, what lies outside the scope, and text in pictures that was not "
    "recognised yet are listed at the end of this report; a person can be in any of it.",
    "A likely content was met by an identifier, or by a surname with its initial. One met by a single word of a name "
    "is most often about somebody else of that name.",
    "A name that is spelt in another way, or described without a name, is not met.",
)


def subject_search_report(provenance: Provenance, searched: Searched) -> Report:
    likely = [each for each in searched.matched if _is_likely(each)]
    return Report(
        name="subject-search",
        title="Subject search",
        lead=_lead(searched, likely),
        sections=(
            _headline(searched, likely),
            _lines(searched),
            _list(searched),
            _log(provenance, searched),
            Section("How to read this", points=(*_REACH, *_unsure(searched))),
        ),
        provenance=provenance,
    )


def _is_likely(each: Matched) -> bool:
    return bool(each.likely or each.terms)


def _lead(searched: Searched, likely: Sequence[Matched]) -> str:
    asked = " and ".join(
        words
        for number, words in (
            (searched.lines, plural(searched.lines, "name or identifier", "names and identifiers")),
            (len(searched.terms), plural(len(searched.terms), "configured term")),
        )
        if number
    )
    if not searched.found:
        return f"Nothing was met by {asked} in what was read."
    more = " at least" if len(searched.matched) < searched.found else ""
    return (
        f"{plural(searched.found, 'different content')} {'was' if searched.found == 1 else 'were'} met by "
        f"{asked};{more} "
        f"{count(len(likely))} of them {'is' if len(likely) == 1 else 'are'} likely."
    )


def _headline(searched: Searched, likely: Sequence[Matched]) -> Section:
    sensitive = [each for each in likely if each.special or each.children or each.criminal]
    minutes = sum(each.text_chars for each in likely) / _CHARS_A_MINUTE
    figures = (
        Figure("Likely contents", len(likely), ColumnKind.COUNT, "each once, however many copies"),
        Figure(
            "Copies of these", sum(each.copies for each in likely), ColumnKind.COUNT, "files, messages and attachments"
        ),
        Figure(
            "By one word of a name",
            sum(not _is_likely(each) for each in searched.matched),
            ColumnKind.COUNT,
            "mostly somebody else",
        ),
        Figure(
            "With sensitive data",
            len(sensitive),
            ColumnKind.COUNT,
            "likely, and special category, criminal or about children",
        ),
        Figure("Hours to read", _hours(minutes), ColumnKind.TEXT, "the likely contents, once"),
    )
    return Section("In short", text=(_EFFORT,), figures=figures)


def _hours(minutes: float) -> str:
    if not minutes:
        return "none"
    return "under a quarter" if minutes < 15 else f"{minutes / 60:,.1f}"


def _lines(searched: Searched) -> Section:
    rows: tuple[Row, ...] = (
        *(
            (
                f"Line {line}",
                sum(line in each.likely for each in searched.matched),
                sum(line in each.loose for each in searched.matched),
            )
            for line in range(1, searched.lines + 1)
        ),
        *((f"Term {term}", sum(term in each.terms for each in searched.matched), 0) for term in searched.terms),
    )
    columns = (
        Column("Searched for", names=True),
        Column("Likely contents", ColumnKind.COUNT),
        Column("By one word of a name", ColumnKind.COUNT),
    )
    table = Table("lines", "What each line and term met", columns, rows, empty="Nothing was searched for.")
    return Section("What was searched for", text=(_NOT_KEPT,), tables=(table,))


def _list(searched: Searched) -> Section:
    columns = (
        Column("Where its first copy lies", ColumnKind.PATH),
        Column("Share", names=True),
        Column("Service"),
        Column("Copies", ColumnKind.COUNT),
        Column("Met by"),
        Column("Sensitive"),
        Column("Characters", ColumnKind.COUNT),
    )
    note = (
        ""
        if len(searched.matched) == searched.found
        else f"These are the {count(len(searched.matched))} likeliest of {plural(searched.found, 'content')}."
    )
    table = Table(
        "met",
        "What was met, the likeliest first; copies are one row",
        columns,
        tuple(map(_row, searched.matched)),
        note=note,
        empty="Nothing was met.",
        shown=_SHOWN,
    )
    return Section("What was met", tables=(table,))


def _row(each: Matched) -> Row:
    by = (
        *(f"line {line}" for line in each.likely),
        *(f"term {term}" for term in each.terms),
        *(f"line {line}, one word of the name" for line in each.loose),
    )
    sensitive = (
        (each.special, "possible special category"),
        (each.children, "about children"),
        (each.criminal, "possible criminal offence data"),
    )
    flags = "; ".join(words for flag, words in sensitive if flag)
    return each.path, each.source, each.service or NO_SERVICE, each.copies, "; ".join(by), flags, each.text_chars


def _log(provenance: Provenance, searched: Searched) -> Section:
    unread = provenance.coverage.not_fully_examined
    rows: tuple[Row, ...] = (
        ("Request", searched.reference or "none named"),
        ("Searched at", moment(searched.at)),
        ("Names and identifiers", count(searched.lines)),
        ("Configured terms", ", ".join(searched.terms) or "none"),
        ("Shares searched", provenance.scope),
        ("Not searched, because not read to the end", f"{plural(unread.items, 'item')} ({size(unread.bytes)})"),
        ("Pictures whose text waits", plural(provenance.coverage.awaiting_ocr, "item")),
        ("Contents met", count(searched.found)),
    )
    return Section(
        "Search log",
        tables=(
            Table(
                "log",
                "What was searched, how, and what was left out",
                (Column("What"), Column("Answer", names=True)),
                rows,
            ),
        ),
    )


def _unsure(searched: Searched) -> tuple[str, ...]:
    if not searched.unsure:
        return ()
    return (
        f"{plural(searched.unsure, 'content')} {'holds' if searched.unsure == 1 else 'hold'} more values than "
        "fingerprints are "
        "kept of, or a long table of which a sample was read: whether the person is in them is for people to look at.",
    )
