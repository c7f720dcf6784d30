"""The information asset register: the seed of the record of processing activities (UK GDPR, Article 30), and what of it
people have confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.asset import BARS_RELEASE, Asset, Location, Missing, Registered
from domain.item import readable
from domain.summary import Provenance, Tally
from reports.report import Cell, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.services import NO_SERVICE
from reports.vocabulary import kinds_in_words
from reports.wording import plural, size

_MARKS = (
    "(confirmed): somebody who answers for the asset vouched for what the cell says, as it stands. (not confirmed): "
    "the machine suggested it or somebody wrote it, and nobody has vouched for it yet. (observed): the scan found it.",
    "The controller is the organisation that this report is of; its representative and data protection officer are "
    "for people to add (Article 30(1)(a)).",
    "Time limits for erasure (Article 30(1)(f)) are those of the retention schedule named at the end of this report; "
    "how much of the asset is past its day is observed.",
)
_NOBODY, _NONE = "nobody has said", "No asset is in the register."
_WHO: tuple[tuple[str, str], ...] = (
    ("Service", "service"), ("Owner", "owner"), ("Technical officer", "technical_officer"), ("Approver", "approver"),
)  # fmt: skip
_WHAT_FOR: tuple[tuple[str, str], ...] = (
    ("Description", "description"), ("Purpose", "purpose"), ("Lawful basis", "lawful_basis"),
    ("Condition (Article 9, Schedule 1)", "condition"), ("Kinds of people", "subjects"), ("Recipients", "recipients"),
    ("Transfers abroad", "transfers"), ("Security", "security"), ("Successor body", "successor_body"),
)  # fmt: skip
"""What people write of an asset, by the headings of Article 30(1)(b) to (g) and of the register."""


def asset_register_report(provenance: Provenance, register: Sequence[Registered], missing: Sequence[Missing]) -> Report:
    return Report(
        name="asset-register",
        title="Information asset register",
        lead=_lead(register, missing),
        sections=(
            _headline(register, missing),
            _by_service(register),
            _missing(missing),
            Section("The register", tables=(_who(register), _what_for(register), _observed(register))),
            Section("How to read this", points=_MARKS),
        ),
        provenance=provenance,
    )


def _lead(register: Sequence[Registered], missing: Sequence[Missing]) -> str:
    if not register:
        return "No asset is in the register yet. To have some suggested: muniment assets suggest."
    barred = sum(each.bars_disposal for each in missing if each.asset)
    return (
        f"{plural(len(register), 'asset')} {'is' if len(register) == 1 else 'are'} in the register. Of these "
        f"{plural(barred, 'asset')} {'lacks' if barred == 1 else 'lack'} what is needed before anything in "
        f"{'it' if barred == 1 else 'them'} may be released or disposed of: an owner, an approver, or somebody's word."
    )


def _headline(register: Sequence[Registered], missing: Sequence[Missing]) -> Section:
    loose = sum((each.holding.files for each in missing if not each.asset), Tally())
    figures = (
        ("Assets", len(register), "in the register"),
        ("Released", sum(each.in_catalogue for each in register), "and with all that this needs"),
        ("Confirmed", sum(bool(each.asset.confirmed_by) for each in register), "by somebody who answers for it"),
        ("Not to be released", sum(_is_barred(each) for each in register), "something is missing, as listed below"),
        ("Files in no asset", loose.items, f"{size(loose.bytes)}: nobody is named for them"),
    )
    return Section(
        "In short", figures=tuple(Figure(words, number, ColumnKind.COUNT, note) for words, number, note in figures)
    )


def _is_barred(each: Registered) -> bool:
    return not BARS_RELEASE.isdisjoint(each.lacks)


def _by_service(register: Sequence[Registered]) -> Section:
    columns = (
        Column("Service"),
        *(Column(words, ColumnKind.COUNT) for words in ("Assets", "Released", "Not to be released", "Files")),
        Column("Size", ColumnKind.BYTES),
        Column("Items with personal data", ColumnKind.COUNT),
    )
    names = sorted({each.asset.service for each in register})
    rows = tuple(
        _summed(name or NO_SERVICE, [each for each in register if each.asset.service == name]) for name in names
    )
    total = _summed("Total", register) if rows else None
    table = Table("by-service", "Assets by service", columns, rows, total, empty=_NONE)
    return Section("By service", tables=(table,))


def _summed(name: str, register: Sequence[Registered]) -> Row:
    files = sum((each.holding.files for each in register), Tally())
    return (
        name, len(register), sum(each.in_catalogue for each in register), sum(map(_is_barred, register)), files.items,
        files.bytes, sum(each.holding.personal for each in register),
    )  # fmt: skip


def _missing(missing: Sequence[Missing]) -> Section:
    columns = (
        Column("Asset", absent="none: files in no asset"),
        Column("Title", names=True, absent=""),
        Column("Service"),
        Column("What is missing"),
        Column("Bars disposal"),
        Column("Scoring 60 or more", ColumnKind.COUNT),
        Column("Items with personal data", ColumnKind.COUNT),
        Column("Files", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
        Column("Due to be disposed of", ColumnKind.COUNT),
    )
    rows = tuple(
        (
            each.asset or None, each.title or None, each.service or NO_SERVICE,
            "; ".join(lack.words for lack in each.lacks), "Yes" if each.bars_disposal else "No", each.holding.high,
            each.holding.personal, each.holding.files.items, each.holding.files.bytes, each.holding.going.items,
        )
        for each in missing
    )  # fmt: skip
    table = Table("missing", "What is missing, the riskiest first", columns, rows, empty="Nothing is missing.")
    return Section("What is missing", tables=(table,))


def _who(register: Sequence[Registered]) -> Table:
    columns = (
        Column("Asset"),
        Column("Title", names=True),
        *(Column(heading, names=True, absent=_NOBODY) for heading, _ in _WHO),
        Column("Where it lies", ColumnKind.PATH, absent=_NOBODY),
        Column("Last reviewed", ColumnKind.DATE, absent="never"),
        Column("State"),
    )
    rows = tuple(
        (
            each.asset.id, *_written(each.asset, (("", "title"), *_WHO)),
            _marked(each.asset, "locations", "; ".join(map(_place, each.asset.locations))), each.asset.confirmed_on,
            _state(each),
        )
        for each in register
    )  # fmt: skip
    return Table("register", "The assets, and who answers for each", columns, rows, empty=_NONE)


def _what_for(register: Sequence[Registered]) -> Table:
    columns = (Column("Asset"), *(Column(heading, names=True, absent=_NOBODY) for heading, _ in _WHAT_FOR))
    rows = tuple((each.asset.id, *_written(each.asset, _WHAT_FOR)) for each in register)
    return Table("processing", "What each is for, as the record of processing asks", columns, rows, empty=_NONE)


def _observed(register: Sequence[Registered]) -> Table:
    columns = (
        Column("Asset"),
        Column("Kinds of data, by items"),
        Column("Items with personal data", ColumnKind.COUNT),
        Column("Not read to the end, or waiting for OCR", ColumnKind.COUNT),
        Column("Files", ColumnKind.COUNT),
        Column("Size", ColumnKind.BYTES),
        Column("Oldest", ColumnKind.DATE),
        Column("Newest", ColumnKind.DATE),
        Column("Due to be disposed of", ColumnKind.COUNT),
    )
    found = ((each.asset.id, each.holding) for each in register)
    rows = tuple(
        (
            id_, kinds_in_words(one.kinds) or "none found", one.personal, one.unread, one.files.items, one.files.bytes,
            one.oldest, one.newest, one.going.items,
        )
        for id_, one in found
    )  # fmt: skip
    return Table("observed", "What the scan found in each (observed)", columns, rows, empty=_NONE)


def _written(asset: Asset, fields: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
    return tuple(_marked(asset, name, getattr(asset, name)) for _, name in fields)


def _place(at: Location) -> str:
    return f"{at.source}: {readable(at.path) or '(all)'}"


def _marked(asset: Asset, name: str, said: str) -> Cell:
    if not said:
        return None
    return f"{said} ({'confirmed' if name in asset.confirmed else 'not confirmed'})"


def _state(each: Registered) -> str:
    return "Released once; something is missing now" if each.state == "suspended" else each.state.capitalize()
