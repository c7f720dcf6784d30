"""Records judged. Most are of things, and a field called "name" says little, so more is asked than of tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from classifiers.columns.one_column import NO_VERDICT, Verdict
from classifiers.columns.records import Records, meant
from classifiers.columns.rows import bare
from classifiers.columns.values import has_first_name, is_at_street, is_current_mark, is_full_name
from classifiers.columns.verdict import MOST_JUDGED_BY, judge
from classifiers.columns.vocabulary import Meaning, NamePart, meaning_of
from classifiers.surnames import ALSO_WORDS, SURNAMES

_FEWEST = 5
_ONLY_OF_PEOPLE = frozenset({"COUNCIL_REF", "UK_PASSPORT", "UK_ACCOUNT"})
_TELL_A_PERSON = frozenset({
    "DATE_OF_BIRTH", "UK_NHS", "UK_NINO", "UK_UTR", "UK_UPN", "UK_DRIVING_LICENCE", "EMAIL_ADDRESS", "UK_PHONE",
    "UK_POSTCODE",
})  # fmt: skip

_ALSO_OF_BODIES = frozenset({"EMAIL_ADDRESS", "UK_PHONE", "UK_POSTCODE"})


def judged(text: str, records: Records, latest: date | None = None) -> Records:
    """The records with a verdict on each column, by the first two hundred records of each kind.

    A record that lies in another is judged with nothing of it. Where a kind has few records, a name has to be one that
    many people bear, or something else in them has to be somebody's; translations of a form have "surname" in them too.
    """
    verdicts = [NO_VERDICT] * len(records.columns)
    for columns, rows in _by_kind(text, records):
        headings = [records.columns[column] for column in columns]
        cells = [[row[at] for row in rows if row[at]] for at in range(len(columns))]
        found = judge(headings, rows, latest)
        for column, verdict in zip(columns, _borne_out(found, headings, cells), strict=False):
            verdicts[column] = verdict
    return replace(records, verdicts=tuple(verdicts))


def _by_kind(text: str, records: Records) -> Iterator[tuple[list[int], list[list[str]]]]:
    """For each kind of record its columns, and the bare cells of its first records."""
    columns: dict[int, list[int]] = defaultdict(list)
    for column, kind in enumerate(records.kinds):
        columns[kind].append(column)
    rows: dict[int, dict[int, dict[int, str]]] = defaultdict(dict)
    cells = records.cells
    for at, (column, record) in enumerate(zip(cells.columns, cells.records, strict=True)):
        of_kind = rows[records.kinds[column]]
        if record in of_kind or len(of_kind) < MOST_JUDGED_BY:
            start, end = records.span(at)
            of_kind.setdefault(record, {}).setdefault(column, meant(bare(text[max(start, 0) : end])))
    for kind, of_kind in rows.items():
        yield columns[kind], [[row.get(column, "") for column in columns[kind]] for row in of_kind.values()]


def _borne_out(
    verdicts: Sequence[Verdict], headings: Sequence[str], cells: Sequence[Sequence[str]]
) -> Iterator[Verdict]:
    meanings = [meaning_of(heading) for heading in headings]
    people = [_are_somebody(*each) for each in zip(verdicts, meanings, cells, strict=True)]
    kinds = {verdict.kind for verdict in verdicts}
    personal = any(people) or not kinds.isdisjoint(_TELL_A_PERSON - _ALSO_OF_BODIES)
    reached = personal or len(kinds & _TELL_A_PERSON) > 1
    for verdict, meaning, column, is_somebody in zip(verdicts, meanings, cells, people, strict=True):
        if column and all(meaning_of(cell).is_known for cell in column):
            stays = False  # The names of fields, as a form translates them.
        elif verdict.kind == "PERSON":
            stays = is_somebody or (reached and _are_called_names(meaning, column))
        else:
            stays = _is_kept(verdict.kind, column, personal=personal)
        yield verdict if stays else NO_VERDICT


def _are_somebody(verdict: Verdict, meaning: Meaning, cells: Sequence[str]) -> bool:
    """Whether names are such that many people bear them; under a loose heading or none both of their parts, and most
    of them, for parks and paints have first names too.
    """
    if verdict.kind != "PERSON":
        return False
    real = [cell for cell in cells if not meaning_of(cell).is_known]
    if meaning.part in (None, NamePart.LOOSE):
        return sum(map(_is_borne_in_full, real)) * 2 >= len(cells)
    borne = sum(has_first_name(cell) or not SURNAMES.isdisjoint(cell.lower().split()) for cell in real)
    return borne * 5 >= len(cells) or (len(real) >= _FEWEST and borne > 0)


def _is_borne_in_full(name: str) -> bool:
    words = name.lower().replace(",", " ").split()
    is_surname = any(word in SURNAMES and word not in ALSO_WORDS for word in (words[0], words[-1])) if words else False
    return is_surname and is_full_name(name) and has_first_name(name)


def _are_called_names(meaning: Meaning, cells: Sequence[str]) -> bool:
    return meaning.part is not None or len(cells) >= _FEWEST


def _is_kept(kind: str, cells: Sequence[str], *, personal: bool) -> bool:
    if kind in _ONLY_OF_PEOPLE:
        return personal
    if kind == "CREDENTIAL":
        return personal or not all(map(str.isdecimal, cells))
    if kind == "UK_VEHICLE_REGISTRATION":
        return personal or any(map(is_current_mark, cells))
    if kind == "ADDRESS":
        return personal or any(map(is_at_street, cells))
    return True
