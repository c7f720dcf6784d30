"""The disposal report: what was disposed of, by whose approval, as the audit trail says; plainly, where nothing was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.figures import Flagged
from domain.summary import Provenance, Tally
from reports.report import Column, ColumnKind, Figure, Report, Section, Table
from reports.wording import day, plural

_LEADING = {
    "schedule.approved": "Approvals of a retention schedule",
    "schedule.evaluated": "Times that the schedule was applied",
    "hold.added": "Holds placed",
    "hold.reviewed": "Holds looked at again",
    "hold.released": "Holds released",
    "folders.mapped": "Folders given to a record class",
    "item.classified": "Items given to a record class",
    "inventory.expired": "Times that old detail was taken out of this inventory (not out of the files)",
}
_DISPOSING = ("disposal.", "dispose.", "item.disposed", "item.restored", "item.purged")
_NOTHING = (
    "Nothing was disposed of through Muniment in this inventory: its audit trail has no entry of a disposal. What "
    "people deleted by themselves is not known to it."
)
_PROOF = (
    "The audit trail is numbered without a gap and sealed entry by entry. This report is made from it and from nothing "
    "else. To see whether it is whole: muniment audit verify."
)
_Act = tuple[str, int, datetime, datetime]
"""What was done, how often, first and last."""


def disposal_report(provenance: Provenance, acts: Sequence[_Act], flagged: Sequence[Flagged]) -> Report:
    """`acts` are what stands in the audit trail."""
    disposed = [act for act in acts if act[0].startswith(_DISPOSING)]
    proposed = sum((each.tally for each in flagged if each.state == "due" and each.action == "dispose"), Tally())
    return Report(
        name="disposal",
        title="Disposal: what was disposed of, and on whose approval",
        lead=_lead(disposed, acts),
        sections=(_headline(proposed, disposed), _disposals(disposed), _grounds(acts)),
        provenance=provenance,
    )


def _lead(disposed: Sequence[object], acts: Sequence[_Act]) -> str:
    if disposed:
        return f"The audit trail has {plural(len(disposed), 'kind')} of entries about disposal."
    since = f" The trail goes back to {day(min(act[2] for act in acts))}." if acts else ""
    return _NOTHING + since


def _headline(proposed: Tally, disposed: Sequence[_Act]) -> Section:
    figures = (
        ("Proposed", proposed.items, "files that the schedule says may be disposed of"),
        ("Approved", _times(disposed, "approved"), "decisions of two people in the trail"),
        ("Disposed of", _times(disposed, "disposed"), "entries in the trail"),
        ("Put back", _times(disposed, "restored"), "entries in the trail"),
    )
    return Section(
        "In short", figures=tuple(Figure(words, number, ColumnKind.COUNT, note) for words, number, note in figures)
    )


def _disposals(disposed: Sequence[_Act]) -> Section:
    words = {act[0]: act[0] for act in disposed}
    return Section(
        "Disposals", tables=(_table("disposals", "Disposals in the audit trail", words, disposed, _NOTHING),)
    )


def _grounds(acts: Sequence[_Act]) -> Section:
    caption = "What people decided that disposal rests on"
    table = _table("grounds", caption, _LEADING, acts, "Nothing has been decided yet.")
    return Section("What stands behind them", text=(_PROOF,), tables=(table,))


def _times(disposed: Sequence[_Act], word: str) -> int:
    return sum(times for act, times, *_ in disposed if act.endswith(word))


def _table(name: str, caption: str, words: Mapping[str, str], acts: Sequence[_Act], empty: str) -> Table:
    columns = (
        Column("What"),
        Column("Times", ColumnKind.COUNT),
        Column("First", ColumnKind.DATE),
        Column("Last", ColumnKind.DATE),
    )
    rows = tuple((words[act], times, first, last) for act, times, first, last in acts if act in words)
    return Table(name, caption, columns, rows, empty=empty)
