"""The coverage report: a statement, share by share, of what was read and what was not, for somebody to sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from domain.errors import Problem
from domain.examination import Outcome
from domain.figures import Read, Share
from domain.summary import Provenance, Tally
from reports.quality import OUTCOMES, nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.wording import moment, part, plural, share, size

WAITING = "Waiting to be examined"
_NO_REASON = "No reason was recorded"
_STATEMENT = (
    "To the best of my knowledge this statement says, for every share and mailbox store that was named to Muniment, "
    "what was read to the end, what was read in part, what could not be read and why, and what still waits. What was "
    "not named to Muniment at all is not in it; the places that I know of and that are not covered are listed by hand "
    "below."
)
_SIGNED: tuple[Row, ...] = tuple(
    (what, "") for what in ("Name", "Role", "Places known of and not covered", "Signature", "Date")
)
_WORDS: Mapping[Outcome | None, str] = dict((*OUTCOMES.items(), (None, WAITING)))


def coverage_report(provenance: Provenance, shares: Sequence[Share], reads: Sequence[Read]) -> Report:
    """`reads` are all that is there, also the folders that could not be listed."""
    items = [read for read in reads if not read.is_folder]
    return Report(
        name="coverage",
        title="Coverage: what was read and what was not",
        lead=_lead(provenance, items, reads),
        sections=(
            _headline(items, reads, shares),
            _by_share(shares, items),
            _reasons(reads),
            _scans(shares),
            Section("Statement", text=(_STATEMENT,), tables=(_signature(),)),
        ),
        provenance=provenance,
    )


def _sum(reads: Iterable[Read]) -> Tally:
    """Bytes are those of files: what lies in one is a part of it."""
    return sum((Tally(read.tally.items, 0 if read.is_part else read.tally.bytes) for read in reads), Tally())


def _of(reads: Iterable[Read], outcome: Outcome | None) -> Tally:
    return _sum(read for read in reads if read.outcome is outcome)


def _lead(provenance: Provenance, items: Sequence[Read], reads: Sequence[Read]) -> str:
    whole = _sum(items)
    if not whole.items and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so nothing is covered."
    read = _of(items, Outcome.EXAMINED)
    unlisted = sum(read.tally.items for read in reads if read.is_folder and read.outcome is Outcome.UNREADABLE)
    said = (
        f"Read to the end were {plural(read.items, 'item')} of {plural(whole.items, 'item')} ({_share(read, whole)})."
    )
    rest = whole.items - read.items
    left = (
        f" The other {plural(rest, 'item')} {'is' if rest == 1 else 'are'} named below with the reason." if rest else ""
    )
    folders = (
        f" {plural(unlisted, 'folder')} could not be listed, and what lies in "
        f"{'it' if unlisted == 1 else 'them'} is unknown."
        if unlisted
        else ""
    )
    return said + left + folders


def _share(of: Tally, whole: Tally) -> str:
    fraction = part(of.items, whole.items)
    return "none" if fraction is None else share(fraction)


def _headline(items: Sequence[Read], reads: Sequence[Read], shares: Sequence[Share]) -> Section:
    whole = _sum(items)
    figures = [
        Figure(words, _of(items, outcome).items, ColumnKind.COUNT, f"{size(_of(items, outcome).bytes)} in files")
        for outcome, words in _WORDS.items()
    ]
    folders = sum(read.tally.items for read in reads if read.is_folder and read.outcome is Outcome.UNREADABLE)
    return Section(
        "In short",
        figures=(
            Figure(
                "Read to the end",
                part(_of(items, Outcome.EXAMINED).items, whole.items),
                ColumnKind.SHARE,
                "of all items, attachments counted too",
            ),
            *figures[1:],
            Figure(
                "Pictures whose text waits",
                sum(each.awaiting_ocr for each in shares),
                ColumnKind.COUNT,
                "read to the end but for the text in their pictures",
            ),
            Figure("Folders that could not be listed", folders, ColumnKind.COUNT, "what lies in them is unknown"),
        ),
    )


def _by_share(shares: Sequence[Share], items: Sequence[Read]) -> Section:
    of_share = {each.name: [read for read in items if read.share == each.name] for each in shares}
    counted = {name: tuple(_of(reads, outcome) for outcome in _WORDS) for name, reads in of_share.items()}
    columns = (
        Column("Share", names=True),
        Column("Items", ColumnKind.COUNT),
        Column("Size of files", ColumnKind.BYTES),
        *(Column(words, ColumnKind.COUNT) for words in _WORDS.values()),
        Column("Read to the end", ColumnKind.SHARE, absent="nothing there"),
    )
    rows = tuple(_row(name, tallies) for name, tallies in counted.items())
    whole = tuple(sum((tallies[at] for tallies in counted.values()), Tally()) for at in range(len(_WORDS)))
    table = Table(
        "by-share",
        "What came of reading each share",
        columns,
        rows,
        _row("Total", whole) if rows else None,
        note="Attachments and members of archives are items; their size is in that of their files.",
        empty="No share has been named yet.",
    )
    chart = _read_chart(counted)
    return Section("Share by share", charts=(chart,) if chart.bars else (), tables=(table,))


def _read_chart(counted: Mapping[str, Sequence[Tally]]) -> BarChart:
    bars = tuple(
        Bar(name, (sum(t.items for t in tallies[:1]), sum(t.items for t in tallies[1:])))
        for name, tallies in counted.items()
    )
    return BarChart(
        "Items read to the end, and all others, by share",
        ("Read to the end", "All others"),
        tuple(bar for bar in bars if bar.total),
        ColumnKind.COUNT,
        "by-share",
    )


def _row(name: str, tallies: Sequence[Tally]) -> Row:
    whole = sum(tallies, Tally())
    return name, whole.items, whole.bytes, *(each.items for each in tallies), part(tallies[0].items, whole.items)


def _reasons(reads: Sequence[Read]) -> Section:
    found: defaultdict[tuple[str, str, str], Tally] = defaultdict(Tally)
    for read in reads:
        if read.outcome in (Outcome.EXAMINED, None) and read.code is None:
            continue
        why = Problem(read.code).message if read.code else _NO_REASON
        what = f"Folder: {_WORDS[read.outcome].lower()}" if read.is_folder else _WORDS[read.outcome]
        found[read.share, what, why] += Tally(read.tally.items, 0 if read.is_part else read.tally.bytes)
    rows = tuple(
        (*key, found[key].items, found[key].bytes) for key in sorted(found, key=lambda key: (key[0], -found[key].items))
    )
    columns = (
        Column("Share", names=True),
        Column("What came of it"),
        Column("Why"),
        Column("Items", ColumnKind.COUNT),
        Column("Size of files", ColumnKind.BYTES),
    )
    table = Table(
        "reasons",
        "What was not read to the end, and why",
        columns,
        rows,
        empty="Everything that was listed was read to the end, or waits for it without a problem.",
    )
    return Section("Why not", text=("Each of these items is named by: muniment problems",), tables=(table,))


def _scans(shares: Sequence[Share]) -> Section:
    rows = tuple(
        (
            each.name,
            moment(each.scanned) if each.scanned else "Not yet",
            "Yes" if each.complete else "No",
            each.awaiting_ocr,
        )
        for each in shares
    )
    columns = (
        Column("Share", names=True),
        Column("Last scan ended"),
        Column("All of it listed"),
        Column("Pictures whose text waits", ColumnKind.COUNT),
    )
    table = Table("scans", "The last scan of each share", columns, rows, empty="No share has been named yet.")
    return Section("When", tables=(table,))


def _signature() -> Table:
    return Table(
        "signature",
        "To be filled in and signed by the owner of the shares",
        (Column("What"), Column("By hand")),
        _SIGNED,
    )
