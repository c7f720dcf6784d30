"""The exposure report: personal data that more can read than should, and what nobody who is there answers for."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access import Breadth
from domain.figures import Leaver, OpenFolder, Owned, OwnedFiles, Risky
from domain.summary import Provenance
from reports.access import BREADTH_WORDS, BY_FOLDER
from reports.quality import nothing_scanned
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE
from reports.wording import count, part, plural

_WIDE = (Breadth.EVERYONE, Breadth.ORGANISATION)
_SHOWN = 50
_FIRST = (
    "Close the folders that everyone can read first, those of highest score before the others; then give the areas of "
    "people who have left to somebody who is there."
)
_LINKS = (
    "Links that let people outside read a document are counted under everyone where the source tells of them; a "
    "share's "
    "own rights, firewalls and links that no listing shows are not seen."
)
_OWNERS = (
    "An owner is the account that the file, or else its folder, names. Whether that account is somebody who is there "
    "is as the configured directory said; without a directory only accounts of this machine are known."
)


def exposure_report(
    provenance: Provenance,
    risky: Sequence[Risky],
    folders: tuple[int, Sequence[OpenFolder]],
    leavers: tuple[int, Sequence[Leaver]],
    owned: Sequence[OwnedFiles],
) -> Report:
    """`folders` and `leavers` are how many there are, and the worst of them."""
    return Report(
        name="exposure",
        title="Exposure: who can reach personal data",
        lead=_lead(provenance, risky, folders[0]),
        sections=(
            _headline(risky, folders[0], leavers[0], owned),
            _by_service(risky),
            _folders(*folders),
            _owners(owned),
            _leavers(*leavers),
            Section("What this leaves out", points=(BY_FOLDER, _LINKS)),
        ),
        provenance=provenance,
    )


def _wide(risky: Sequence[Risky]) -> list[Risky]:
    return [each for each in risky if each.breadth in _WIDE]


def _items(risky: Sequence[Risky]) -> int:
    return sum(each.items for each in risky)


def _lead(provenance: Provenance, risky: Sequence[Risky], folders: int) -> str:
    if not risky and nothing_scanned(provenance):
        return "Nothing has been scanned yet, so there is nothing to report."
    wide = _items(_wide(risky))
    if not wide:
        return "No personal data was found where everyone, or everyone in the organisation, can read it."
    unknown = _items([each for each in risky if each.breadth is Breadth.UNKNOWN])
    beside = (
        f" Of {plural(unknown, 'item')} more it is not known who can read {'it' if unknown == 1 else 'them'}."
        if unknown
        else ""
    )
    return (
        f"{plural(wide, 'item')} of the {count(_items(risky))} with personal data {'lies' if wide == 1 else 'lie'} "
        "where everyone in the organisation, or everyone who can reach the folder, can read them: in "
        f"{plural(folders, 'folder')}." + beside
    )


def _headline(risky: Sequence[Risky], folders: int, leavers: int, owned: Sequence[OwnedFiles]) -> Section:
    wide = _wide(risky)
    gone = [each.tally.items for each in owned if each.owner in (Owned.LEFT, Owned.DELETED)]
    nobody = [each.tally.items for each in owned if each.owner is Owned.NOBODY]
    figures = (
        (
            "Readable by everyone",
            _items([each for each in wide if each.breadth is Breadth.EVERYONE]),
            "items with personal data",
        ),
        (
            "Readable by the organisation",
            _items([each for each in wide if each.breadth is Breadth.ORGANISATION]),
            "items with personal data",
        ),
        ("Of these scoring 60 or more", sum(each.high for each in wide), "out of 100"),
        ("Folders to close", folders, "with personal data, open to everyone or the organisation"),
        ("People who left and still own files", leavers, "as far as a directory says"),
        ("Files whose owner has gone", sum(gone), "left, or the account was deleted"),
        ("Files that name no owner", sum(nobody), "neither the file nor its folder does"),
    )
    return Section(
        "In short",
        text=(_FIRST,),
        figures=tuple(Figure(words, number, ColumnKind.COUNT, note) for words, number, note in figures),
    )


def _by_service(risky: Sequence[Risky]) -> Section:
    names = sorted({each.service for each in risky})
    columns = (
        Column("Service"),
        *(Column(words, ColumnKind.COUNT) for words in BREADTH_WORDS.values()),
        Column("Open to many", ColumnKind.SHARE),
    )
    rows = tuple(_row(name or NO_SERVICE, [each for each in risky if each.service == name]) for name in names)
    table = Table(
        "by-service",
        "Items with personal data, by service and who can read them",
        columns,
        rows,
        _row("Total", risky) if rows else None,
        empty="No personal data was found.",
        note="Open to many is what everyone, or everyone in the organisation, can read.",
    )
    bars = tuple(Bar(str(row[0]), (_whole(row[1]), _whole(row[2]))) for row in rows)
    chart = BarChart(
        "Items with personal data that many can read, by service",
        tuple(BREADTH_WORDS[each] for each in _WIDE),
        tuple(bar for bar in bars if bar.total),
        ColumnKind.COUNT,
        "by-service",
    )
    return Section("By service", charts=(chart,) if chart.bars else (), tables=(table,))


def _row(name: str, risky: Sequence[Risky]) -> Row:
    counts = tuple(_items([each for each in risky if each.breadth is breadth]) for breadth in BREADTH_WORDS)
    return name, *counts, part(_items(_wide(risky)), _items(risky))


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


_FOLDER_COLUMNS = (
    Column("Folder", ColumnKind.PATH),
    Column("Share", names=True),
    Column("Service"),
    Column("Who can read"),
    Column("Items with personal data", ColumnKind.COUNT),
    Column("Scoring 60 or more", ColumnKind.COUNT),
    Column("Highest score", ColumnKind.SCORE),
)


def _folders(of: int, folders: Sequence[OpenFolder]) -> Section:
    rows = tuple(
        (
            each.path or "(the top folder)",
            each.source,
            each.service or NO_SERVICE,
            BREADTH_WORDS[each.breadth],
            each.personal,
            each.high,
            each.highest,
        )
        for each in folders
    )
    table = Table(
        "folders",
        "Folders with personal data that many can read, worst first",
        _FOLDER_COLUMNS,
        rows,
        note=_listed(len(folders), of, "folder"),
        shown=_SHOWN,
        empty="No folder with personal data is open to everyone or to the organisation.",
    )
    return Section("Folders to close", tables=(table,))


def _listed(shown: int, of: int, what: str) -> str:
    return f"All {plural(of, what)}." if shown == of else f"These are the worst {count(shown)} of {plural(of, what)}."


def _owners(owned: Sequence[OwnedFiles]) -> Section:
    names = sorted({each.service for each in owned})
    columns = (Column("Service"), *(Column(f"Owned by {each}", ColumnKind.COUNT) for each in Owned))
    rows: tuple[Row, ...] = tuple((name or NO_SERVICE, *_counts(owned, name)) for name in names)
    totals = _counts(owned, None)
    table = Table(
        "owners",
        "Files by what is known of their owner",
        columns,
        rows,
        ("Total", *totals) if rows else None,
        empty="Nothing is held.",
    )
    return Section("Who owns what", text=(_OWNERS,), tables=(table,))


def _counts(owned: Sequence[OwnedFiles], service: str | None) -> tuple[int, ...]:
    found = [each for each in owned if service in (None, each.service)]
    return tuple(sum(each.tally.items for each in found if each.owner is one) for one in Owned)


def _leavers(of: int, leavers: Sequence[Leaver]) -> Section:
    columns = (
        Column("Person or account", names=True),
        Column("Worked in"),
        Column("Files", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
        Column("Files with personal data", ColumnKind.COUNT),
        Column("Newest change", ColumnKind.DATE),
    )
    rows = tuple(
        (each.person, each.service or "not known", each.files.items, each.files.bytes, each.personal, each.newest)
        for each in leavers
    )
    table = Table(
        "leavers",
        "People who have left and still own files, those with most first",
        columns,
        rows,
        note=_listed(len(leavers), of, "person") if of == 1 else _listed(len(leavers), of, "leaver"),
        shown=_SHOWN,
        empty="Nobody who has left is known to own files.",
    )
    return Section("Areas of people who have left", tables=(table,))
