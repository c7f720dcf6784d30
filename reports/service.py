"""One page for the lead of a service: what is held in their name, what wants a decision, and the five worst items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.decision import State
from domain.family import Family
from domain.figures import GONE, Flagged, InFamily, Owned, Risky, Shadows
from domain.summary import Provenance, RiskItem, Tally
from reports.access import BREADTH_WORDS
from reports.report import Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.vocabulary import family_in_words, kinds_in_words
from reports.wording import count, part, plural, size

_ASKED = (
    "Please look at the items named below, have what is past its day decided, and name an owner for what has none. "
    "Nothing is disposed of without your decision and another person's."
)
_TABLES = "spreadsheets and databases with ten people or more"
_MOST_KINDS = 3
_SIGN: tuple[Row, ...] = (("I have seen this page", "", "", ""),)


@dataclass(frozen=True, slots=True)
class ServicePage:
    """What is known of one service. `worst` are its items with personal data that score highest."""

    service: str
    held: Tally
    under_rule: Tally
    families: Sequence[InFamily]
    flagged: Sequence[Flagged]
    risky: Sequence[Risky]
    worst: Sequence[RiskItem]
    owners: Mapping[Owned, int]
    shadows: Shadows | None
    go: Tally | None


def service_report(provenance: Provenance, page: ServicePage) -> Report:
    """`provenance` is of the service alone."""
    return Report(
        name="service",
        title=f"{page.service}: what you hold and what is asked of you",
        lead=_lead(page),
        sections=(_headline(page), _holding(page), _worst(page), _sign()),
        provenance=provenance,
        sheets=1,
    )


def _due(page: ServicePage) -> Tally:
    return sum((each.tally for each in page.flagged if each.state == State.DUE), Tally())


def _lead(page: ServicePage) -> str:
    due, personal = _due(page), sum(each.items for each in page.risky)
    return (
        f"{page.service} holds {plural(page.held.items, 'file')} ({size(page.held.bytes)}). "
        f"{plural(due.items, 'file')} {'waits' if due.items == 1 else 'wait'} for a decision, and "
        f"{plural(personal, 'item')} {'holds' if personal == 1 else 'hold'} personal data."
    )


def _headline(page: ServicePage) -> Section:
    asked = any(files for of, files in page.owners.items() if of is not Owned.UNASKED)
    gone = sum(page.owners.get(of, 0) for of in GONE) if asked else None
    wide = sum(each.items for each in page.risky if each.breadth in tuple(BREADTH_WORDS)[:2])
    ruled = part(page.under_rule.items, page.held.items)
    shadows = page.shadows
    figures = (
        Figure("Wait for a decision", _due(page).items, ColumnKind.COUNT, "files past the day in the schedule"),
        Figure(
            "Score 60 or more",
            sum(each.high for each in page.risky),
            ColumnKind.COUNT,
            f"of {count(sum(each.items for each in page.risky))} items with personal data",
        ),
        Figure("Open to many", wide, ColumnKind.COUNT, "items with personal data that the whole organisation can read"),
        Figure("Without a present owner", gone, ColumnKind.COUNT, "files" if asked else "no directory was asked"),
        Figure(
            "Could go",
            page.go.bytes if page.go else None,
            ColumnKind.BYTES,
            plural(page.go.items, "file") + " put forward" if page.go else "not worked out yet: muniment rot",
        ),
        Figure("Under a rule", ruled, ColumnKind.SHARE, "of the files held"),
        Figure("Working tables about people", shadows.files.items if shadows else 0, ColumnKind.COUNT, _TABLES),
    )
    return Section("In short", text=(_ASKED,), figures=figures)


def _holding(page: ServicePage) -> Section:
    return Section("What you hold, and what waits for a decision", tables=(_families(page), _decisions(page)))


def _families(page: ServicePage) -> Table:
    columns = (
        Column("What"),
        Column("Files", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
        Column("Inside other files", ColumnKind.COUNT),
    )
    rows = tuple(
        (family_in_words(each.family), each.files.items, each.files.bytes, each.inside)
        for each in sorted(page.families, key=lambda each: tuple(Family).index(each.family))
    )
    return Table("families", "What is held, by what it is", columns, rows, empty="Nothing is held.")


def _decisions(page: ServicePage) -> Table:
    found: dict[str, Tally] = {}
    for each in page.flagged:
        if each.state == State.DUE:
            found[each.action] = found.get(each.action, Tally()) + each.tally
    columns = (Column("What is to be done"), Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES))
    rows = tuple(
        (action.replace("-", " ").capitalize(), tally.items, tally.bytes) for action, tally in sorted(found.items())
    )
    return Table("decisions", "Files past their day in the schedule", columns, rows, empty="Nothing is past its day.")


_WORST_COLUMNS = (
    Column("Item", ColumnKind.PATH),
    Column("Score", ColumnKind.SCORE),
    Column("What was found"),
    Column("Who can read"),
    Column("Changed", ColumnKind.DATE),
    Column("Past due since", ColumnKind.DATE, absent="none known"),
)


def _worst(page: ServicePage) -> Section:
    rows = tuple(
        (
            item.path,
            item.risk,
            kinds_in_words(item.kinds, _MOST_KINDS),
            BREADTH_WORDS[item.breadth],
            item.modified,
            item.past_due,
        )
        for item in page.worst
    )
    return Section(
        "Look at these first",
        tables=(
            Table(
                "worst",
                "The items with personal data that score highest",
                _WORST_COLUMNS,
                rows,
                note="All that was found in each is listed by: muniment items --personal.",
                empty="No personal data was found.",
            ),
        ),
    )


def _sign() -> Section:
    columns = (Column("By hand"), Column("Name"), Column("Signature"), Column("Date"))
    return Section("Sign here", tables=(Table("signature", "To be filled in by hand", columns, _SIGN),))
