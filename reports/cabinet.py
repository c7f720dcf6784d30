"""Two pages for cabinet, fit to be published: the estate in the words that cabinet knows, and the seven principles.

The principles are those of the council's own data strategy; each is given the figures that this inventory can give, and
where it can give none, that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import Breadth
from domain.family import Family
from domain.figures import InFamily, Measure, Period
from domain.rot import Decided, Factors, RotReason, RotSum
from domain.summary import Provenance, Tally
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Cell, Column, ColumnKind, Figure, Report, Section, Table
from reports.savings import a_year
from reports.vocabulary import family_in_words
from reports.wording import count, day, part, plural, share, size

_ONCE = (
    "Each file is counted once, by its first reason. These are proposals: nothing goes without two people's approval."
)
_RISK = "Scores say where to look first; they are not findings about anybody, and no money can be reckoned from them."
_SCORECARD = (
    "What this inventory can show for each of the seven information principles, now and at the baseline. A measure is "
    "evidence for a principle, not the whole of it."
)
_MATURITY = (
    "Evidence for the headings of the local-government data maturity assessment that stored information is about. The "
    "level is for the council to judge."
)
_HELD_FAMILIES = (Family.SPREADSHEETS, Family.EMAIL, Family.DOCUMENTS, Family.PICTURES)


@dataclass(frozen=True, slots=True)
class CabinetFigures:
    """`rot` are sums of what is put forward or kept out; `baseline` the first figures that were kept; `decided` how far
    proposals have got; `released` how many assets stand in the catalogue, and of how many in the register.
    """

    families: Sequence[InFamily]
    rot: Sequence[RotSum]
    now: Period
    baseline: Period | None
    breadths: dict[Breadth, int]
    factors: Factors
    decided: Decided = Decided()  # noqa: RUF009  a frozen value
    released: tuple[int, int] = (0, 0)


def cabinet_report(provenance: Provenance, figures: CabinetFigures) -> Report:
    return Report(
        name="cabinet",
        title="The information that we hold",
        lead=_lead(provenance, figures),
        sections=(
            _estate(figures),
            _go(figures),
            _risk(figures),
            _coverage(figures),
            _scorecard(figures, provenance.unowned),
            _maturity(figures, provenance.unowned),
        ),
        provenance=provenance,
        sheets=2,
    )


def _total(period: Period | None, measure: Measure) -> Tally:
    return (period.total(measure) if period else None) or Tally()


def _going(figures: CabinetFigures) -> Tally:
    return sum((each.tally for each in figures.rot if each.guard is None and each.reason.disposable), Tally())


def _lead(provenance: Provenance, figures: CabinetFigures) -> str:
    held, personal = _total(figures.now, Measure.HELD), _total(figures.now, Measure.PERSONAL)
    if not held.items and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to report."
    going = _going(figures)
    fraction = part(going.bytes, held.bytes)
    may_go = (
        f" {share(fraction)} of its size is put forward as redundant, obsolete or trivial."
        if figures.rot and fraction
        else ""
    )
    return (
        f"We hold {plural(held.items, 'file')} ({size(held.bytes)}) outside our systems; personal data was found in "
        f"{plural(personal.items, 'item')}.{may_go}"
    )


_ESTATE_COLUMNS = (
    Column("What"),
    Column("Files", ColumnKind.COUNT),
    Column("Inside other files", ColumnKind.COUNT),
    Column("Size of files", ColumnKind.BYTES),
)


def _estate(figures: CabinetFigures) -> Section:
    of: dict[Family, tuple[Tally, int]] = {family: (Tally(), 0) for family in Family}
    for each in figures.families:
        files, inside = of[each.family]
        of[each.family] = files + each.files, inside + each.inside
    rows = tuple((family_in_words(family), files.items, inside, files.bytes) for family, (files, inside) in of.items())
    whole = sum((files for files, _ in of.values()), Tally())
    table = Table(
        "estate",
        "What we hold, by what it is",
        _ESTATE_COLUMNS,
        rows,
        ("Total", whole.items, sum(inside for _, inside in of.values()), whole.bytes),
        note="Messages in mailbox files, attachments and members of archives are inside other files.",
    )
    chart = BarChart(
        "Files, by what they are",
        ("Files", "Inside other files"),
        tuple(
            Bar(family_in_words(family), (files.items, inside))
            for family, (files, inside) in of.items()
            if family in _HELD_FAMILIES
        ),
        ColumnKind.COUNT,
        "estate",
        in_order=True,
    )
    return Section("What we hold", charts=(chart,) if any(bar.total for bar in chart.bars) else (), tables=(table,))


def _go(figures: CabinetFigures) -> Section:
    kept = sum((each.tally for each in figures.rot if each.guard is not None and each.reason.disposable), Tally())
    # Always published, so never "1 files": a number comes before what it counts, or it would not be withheld.
    kept_out = f" A safeguard keeps out {count(kept.items)} files that would fit a reason." if kept.items else ""
    factors, going = figures.factors, _going(figures)
    saved = (
        _saved("Cost", "£", "£{:,}", factors.pounds_per_tb_year, factors, going),
        _saved("Carbon", "kg CO2e", "{:,} kg CO2e", factors.kg_co2e_per_tb_year, factors, going),
    )
    so_far = _so_far(figures.decided)
    return Section("What can go", text=(_ONCE + kept_out,), tables=(_reasons(figures),), figures=(*saved, *so_far))


def _so_far(decided: Decided) -> tuple[Figure, ...]:
    if not decided:
        none_yet = "no decision and no disposal is recorded here"
        return (Figure("Approved, and achieved", "none yet", ColumnKind.TEXT, none_yet),)
    approved, gone = decided.approved or Tally(), decided.achieved or Tally()
    return (
        Figure("Approved to go", approved.items, ColumnKind.COUNT, "files, each by two people or more"),
        Figure("Size of what was approved", approved.bytes, ColumnKind.BYTES),
        Figure("Achieved", gone.items, ColumnKind.COUNT, "files gone for good, but for copies on backups"),
        Figure("Size of what is gone", gone.bytes, ColumnKind.BYTES),
    )


def _reasons(figures: CabinetFigures) -> Table:
    free = [each for each in figures.rot if each.guard is None]
    of = {
        reason: sum((each.tally for each in free if each.reason is reason), Tally())
        for reason in RotReason
        if reason.disposable
    }
    rows = tuple((reason.label, tally.items, tally.bytes) for reason, tally in of.items()) if figures.rot else ()
    going = _going(figures)
    return Table(
        "can-go",
        "What is put forward, by its first reason",
        (Column("Why"), Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES)),
        rows,
        ("Total", going.items, going.bytes) if rows else None,
        empty="This has not been worked out yet (muniment rot).",
    )


def _saved(what: str, unit: str, form: str, factor: float | None, factors: Factors, going: Tally) -> Figure:
    """What is proposed would save in a year, by the organisation's own factor alone."""
    number = a_year(factor, factors, going)
    if factor is None or number is None:
        note = "our own factor for a terabyte and year is not set, and no other is taken in its place"
        return Figure(f"{what} a year of what is proposed", "not set", ColumnKind.TEXT, note)
    copies = "; backups not counted" if factors.backup_copies is None else ", with its copies on backups"
    note = f"by our own factor of {factor:g} {unit} for a terabyte and year{copies}"
    return Figure(f"{what} a year of what is proposed", form.format(number), ColumnKind.TEXT, note)


def _risk(figures: CabinetFigures) -> Section:
    now = figures.now
    open_to, personal = _total(now, Measure.OPEN).items, _total(now, Measure.PERSONAL).items
    return Section(
        "What is at risk",
        text=(_RISK,),
        figures=(
            Figure("Items with personal data", personal, ColumnKind.COUNT, "files, messages and attachments"),
            Figure("Of these scoring 60 or more", _total(now, Measure.HIGH).items, ColumnKind.COUNT, "out of 100"),
            Figure(
                "Of these open to many",
                open_to,
                ColumnKind.COUNT,
                "everyone in the organisation, or more, can read them",
            ),
            Figure(
                "Files past their day",
                _total(now, Measure.PAST_DUE).items,
                ColumnKind.COUNT,
                "by the retention schedule, which asks for some to be looked at or archived: not all can go",
            ),
        ),
    )


def _coverage(figures: CabinetFigures) -> Section:
    read, unread = _total(figures.now, Measure.READ).items, _total(figures.now, Measure.UNREAD).items
    return Section(
        "What these figures cover",
        figures=(
            Figure(
                "Read to the end", part(read, read + unread), ColumnKind.SHARE, "of all items, attachments counted too"
            ),
            Figure("Not read to the end", unread, ColumnKind.COUNT, "what they hold is in none of these figures"),
        ),
    )


_Evidence = tuple[str, str, Measure, Measure]
"""Principle, what is measured, the measure, and of what it is a share."""

_Unowned = tuple[int, int] | None
"""As a provenance has it: how many files, and of how many it was asked."""

_NOBODY_OWNS = "Files with nobody present who owns them, of those that were asked about"
_COPIES = "Files put forward as exact copies of another"
_RELEASED = "Information assets that stand in the catalogue, of those in the register"
_NO_ASSET = "No information asset is in the register here yet"
_PRINCIPLES: tuple[_Evidence, ...] = (
    ("1 A valued asset", "Read and recorded in the inventory", Measure.READ, Measure.READ),
    ("2 Managed", "Files under a rule of the retention schedule", Measure.UNDER_RULE, Measure.HELD),
    ("2 Managed", "Files past their day and still there", Measure.PAST_DUE, Measure.HELD),
    ("3 Fit for purpose", "Files whose retention can be computed", Measure.COMPUTABLE, Measure.UNDER_RULE),
    ("4 Standardised and linkable", _COPIES, Measure.COPIES, Measure.HELD),
    (
        "5 Reusable",
        "Items in which personal data was found, so not to be reused as they are",
        Measure.PERSONAL,
        Measure.READ,
    ),
    (
        "7 Accessible to those who need it, and to no others",
        "Items with personal data that are open to many",
        Measure.OPEN,
        Measure.PERSONAL,
    ),
)


def _scorecard(figures: CabinetFigures, unowned: _Unowned) -> Section:
    """Of how many files it was asked who owns them is not kept of a day, so there is no such share at the baseline."""
    columns = (
        Column("Principle"),
        Column("What is measured"),
        Column("Now", ColumnKind.SHARE, absent="not known"),
        Column("At the baseline", ColumnKind.SHARE, absent="not kept"),
    )
    rows = [
        (name, what, _part(figures.now, of, whole), _part(figures.baseline, of, whole))
        for name, what, of, whole in _PRINCIPLES
    ]
    rows.insert(1, ("2 Managed", _NOBODY_OWNS, part(*unowned) if unowned else None, None))
    known = part(*figures.released)
    rows.insert(-1, ("6 Published", _NO_ASSET if known is None else _RELEASED, known, None))
    since = f" Baseline: {day(figures.baseline.day)}." if figures.baseline else ""
    return Section(
        "The seven information principles",
        text=(_SCORECARD + since,),
        tables=(Table("principles", "Evidence for each principle", columns, tuple(rows)),),
    )


def _part(period: Period | None, of: Measure, whole: Measure) -> Cell:
    """Of everything where a measure is a share of itself: what was read is a share of what there is to read."""
    if period is None or period.total(of) is None:
        return None
    if of is whole:
        return part(
            _total(period, Measure.READ).items,
            _total(period, Measure.READ).items + _total(period, Measure.UNREAD).items,
        )
    return part(_total(period, of).items, _total(period, whole).items)


def _maturity(figures: CabinetFigures, unowned: _Unowned) -> Section:
    now, personal = figures.now, _total(figures.now, Measure.PERSONAL).items
    told = personal - figures.breadths.get(Breadth.UNKNOWN, 0)
    columns = (
        Column("Heading"),
        Column("Evidence"),
        Column("Number", ColumnKind.COUNT),
        Column("Share", ColumnKind.SHARE, absent="not known"),
    )
    evidence: tuple[tuple[str, str, int | None, int], ...] = (
        ("Usage and ownership", _NOBODY_OWNS, *(unowned or (None, 0))),
        (
            "Data protection",
            "Items with personal data, each with a published score",
            *_pair(now, Measure.PERSONAL, Measure.READ),
        ),
        ("Data protection", "Of these, items of which it is known who can read them", told, personal),
        ("Storage and retention", "Files under a rule of the retention schedule", *_pair(now, Measure.UNDER_RULE)),
        ("Archive and disposal", "Files past their day and still there", *_pair(now, Measure.PAST_DUE)),
        ("Quality", _COPIES, *_pair(now, Measure.COPIES)),
    )
    rows = tuple(
        (heading, what, number, None if number is None else part(number, whole))
        for heading, what, number, whole in evidence
    )
    return Section(
        "Maturity: evidence", text=(_MATURITY,), tables=(Table("maturity", "Evidence by heading", columns, rows),)
    )


def _pair(now: Period, of: Measure, whole: Measure = Measure.HELD) -> tuple[int | None, int]:
    tally = now.total(of)
    return tally.items if tally else None, _total(now, whole).items
