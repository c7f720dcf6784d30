"""The disposal report: what was disposed of, by whose approval, as the audit trail says; plainly, where nothing was.

With it stands the register of certificates, and what could not be disposed of when it was to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.certificate import Registered
from domain.disposal import Refusal
from domain.figures import Flagged
from domain.summary import Provenance, Tally
from reports.report import Column, ColumnKind, Figure, Report, Section, Table
from reports.wording import count, day, plural

_LEADING = {
    "schedule.approved": "Approvals of a retention schedule",
    "review.proposed": "Batches proposed for disposal, archiving or transfer",
    "review.approved": "Approvals of such batches",
    "review.rejected": "Batches that an approver rejected",
    "schedule.evaluated": "Times that the schedule was applied",
    "hold.added": "Holds placed",
    "hold.reviewed": "Holds looked at again",
    "hold.released": "Holds released",
    "folders.mapped": "Folders given to a record class",
    "item.classified": "Items given to a record class",
    "inventory.expired": "Times that old detail was taken out of this inventory (not out of the files)",
}
_DISPOSING = {
    "disposal.planned": "Manifests made of what was approved",
    "disposal.packaged": "Packages written for an archive or another body, and read back there",
    "disposal.begun": "Runs begun",
    "disposal.ended": "Runs ended",
    "disposal.quarantined": "Files moved into quarantine",
    "disposal.refused": "Files refused",
    "disposal.stranded": "Files that were not what was approved and could not be put back",
    "disposal.lost": "Files that were gone, and not by Muniment's doing",
    "disposal.restored": "Files put back",
    "disposal.stub": "Stubs in the place of files: left, not left, or taken away",
    "disposal.purged": "Files destroyed",
    "disposal.certified": "Certificates of destruction issued",
    "disposal.exported": "Manifests handed out",
    "disposal.stopped": "Times that somebody stopped disposal",
    "disposal.resumed": "Times that it was let go on",
}
_NOTHING = (
    "Nothing was disposed of through Muniment in this inventory: its audit trail has no entry of a disposal. What "
    "people deleted by themselves is not known to it."
)
_PROOF = (
    "The audit trail is numbered without a gap and sealed entry by entry. This report is made from it and from nothing "
    "else. To see whether it is whole: muniment audit verify."
)
_CHECKED = (
    "Each is numbered without a gap and names the one before. To check them all: muniment dispose certificates --check."
)
_LISTED = "One by one, with what to do: muniment dispose list --failed."
_Act = tuple[str, int, datetime, datetime]
"""What was done, how often, first and last."""


def disposal_report(
    provenance: Provenance,
    acts: Sequence[_Act],
    flagged: Sequence[Flagged],
    register: Sequence[Registered] = (),
    failures: Mapping[Refusal, int] | None = None,
) -> Report:
    """`acts` are what stands in the audit trail, `register` the certificates; `failures` are files that are still
    there, by why they could not go.
    """
    disposed = [act for act in acts if act[0] in _DISPOSING]
    proposed = sum((each.tally for each in flagged if each.state == "due" and each.action == "dispose"), Tally())
    return Report(
        name="disposal",
        title="Disposal: what was disposed of, and on whose approval",
        lead=_lead(disposed, acts),
        sections=(
            _headline(proposed, acts), _disposals(disposed), _register(register), _failures(failures or {}),
            _grounds(acts),
        ),
        provenance=provenance,
    )  # fmt: skip


def _lead(disposed: Sequence[_Act], acts: Sequence[_Act]) -> str:
    if disposed:
        gone, back = _times(disposed, "disposal.purged"), _times(disposed, "disposal.restored")
        return f"{plural(gone, 'file')} destroyed and {count(back)} put back, as the audit trail says."
    since = f" The trail goes back to {day(min(act[2] for act in acts))}." if acts else ""
    return _NOTHING + since


def _headline(proposed: Tally, acts: Sequence[_Act]) -> Section:
    figures = (
        ("Proposed", proposed.items, "files that the schedule says may be disposed of"),
        ("Approvals", _times(acts, "review.approved"), "in the trail, each of a batch by another than who proposed it"),
        ("Moved to quarantine", _times(acts, "disposal.quarantined"), "files"),
        ("Put back", _times(acts, "disposal.restored"), "files"),
        ("Destroyed", _times(acts, "disposal.purged"), "files, each after its time in quarantine"),
    )
    return Section(
        "In short", figures=tuple(Figure(words, number, ColumnKind.COUNT, note) for words, number, note in figures)
    )


def _disposals(disposed: Sequence[_Act]) -> Section:
    table = _table("disposals", "Disposals in the audit trail", _DISPOSING, disposed, _NOTHING)
    return Section("Disposals", tables=(table,))


def _register(register: Sequence[Registered]) -> Section:
    columns = (
        Column("Certificate"), Column("Issued", ColumnKind.DATE), Column("Manifest", ColumnKind.COUNT),
        Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES), Column("SHA-256"),
    )  # fmt: skip
    rows = tuple((str(one.number), one.issued, one.manifest, one.items, one.bytes, one.digest) for one in register)
    table = Table("register", "Certificates of destruction", columns, rows, note=_CHECKED, empty="None was issued.")
    return Section("Register of certificates", tables=(table,))


def _failures(failures: Mapping[Refusal, int]) -> Section:
    """What could not be disposed of is an incident: it is kept for longer than it may be."""
    columns = (Column("Reason"), Column("Files", ColumnKind.COUNT))
    rows = tuple((why.sentence, number) for why, number in sorted(failures.items(), key=lambda one: -one[1]))
    caption = "Files that were to go and are still there"
    table = Table("failures", caption, columns, rows, note=_LISTED, empty="There are none.")
    return Section("What could not be disposed of", tables=(table,))


def _grounds(acts: Sequence[_Act]) -> Section:
    caption = "What people decided that disposal rests on"
    table = _table("grounds", caption, _LEADING, acts, "Nothing has been decided yet.")
    return Section("What stands behind them", text=(_PROOF,), tables=(table,))


def _times(acts: Sequence[_Act], wanted: str) -> int:
    return sum(times for act, times, *_ in acts if act == wanted)


def _table(name: str, caption: str, words: Mapping[str, str], acts: Sequence[_Act], empty: str) -> Table:
    columns = (
        Column("What"),
        Column("Times", ColumnKind.COUNT),
        Column("First", ColumnKind.DATE),
        Column("Last", ColumnKind.DATE),
    )
    rows = tuple((words[act], times, first, last) for act, times, first, last in acts if act in words)
    return Table(name, caption, columns, rows, empty=empty)
