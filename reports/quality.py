"""How good the figures of a report are: what they were made from and what they leave out."""

from __future__ import annotations

from domain.errors import Problem
from domain.examination import Outcome
from domain.summary import Coverage, Provenance, Tally
from reports.section import Column, ColumnKind, Row, Section, Table
from reports.wording import day, items_and_size, moment, plural, share

OUTCOMES = {
    Outcome.EXAMINED: "Examined",
    Outcome.PARTIAL: "Examined in part",
    Outcome.UNREADABLE: "Could not be read",
    Outcome.SKIPPED: "Skipped",
}
_WAITING = "Waiting to be examined"
_NO_MODEL = "no name model"
"""As the detector says it of itself."""


def caveats(provenance: Provenance) -> tuple[str, ...]:
    """One sentence for each way in which the figures do not cover everything in the scope."""
    coverage = provenance.coverage
    said = (_incomplete(provenance), _unexamined(coverage), _unseen_text(coverage), _unseen_names(provenance))
    return tuple(sentence for sentence in said if sentence)


def nothing_scanned(provenance: Provenance) -> bool:
    """Whether an empty report means nothing. A scan that was stopped has no end, but what it recorded counts."""
    return provenance.scanned is None and not provenance.coverage.total.items


def _incomplete(provenance: Provenance) -> str:
    if nothing_scanned(provenance):
        return "Nothing in this scope has been scanned yet: these figures are empty, not good news."
    if provenance.scanned is not None and provenance.scan_complete:
        return ""
    return "The scan is not complete: what it has not reached is not in these figures."


def _unexamined(coverage: Coverage) -> str:
    missing = coverage.not_fully_examined
    if not missing.items:
        return ""
    verb, they = ("was", "it holds") if missing.items == 1 else ("were", "they hold")
    return (
        f"{items_and_size(missing.items, missing.bytes)} {verb} not fully examined; "
        f"what {they} is not in these figures."
    )


def _unseen_text(coverage: Coverage) -> str:
    if not coverage.awaiting_ocr:
        return ""
    waits = "waits" if coverage.awaiting_ocr == 1 else "wait"
    return (
        f"{plural(coverage.awaiting_ocr, 'item')} {waits} for text recognition (OCR); "
        "text in pictures there is not in these figures."
    )


def _unseen_names(provenance: Provenance) -> str:
    if _NO_MODEL not in provenance.detector:
        return ""
    return (
        "No language model was used in all or a part of the scan, so names of people in running text are undercounted; "
        "other kinds are found by rules all the same."
    )


def quality_box(provenance: Provenance, handling: str) -> Section:
    coverage = provenance.coverage
    return Section(
        "How good these figures are",
        text=("These figures are only as good as the scan they were made from. This is what it covered.",),
        tables=(_made_from(provenance, handling), _coverage(coverage), _problems(coverage)),
    )


def _made_from(provenance: Provenance, handling: str) -> Table:
    rows: tuple[Row, ...] = (
        ("Handling", handling),
        ("Organisation", provenance.organisation),
        ("Scope", provenance.scope),
        ("Scan ended", moment(provenance.scanned) if provenance.scanned else "Not yet"),
        ("Scan complete", "Yes" if provenance.scanned and provenance.scan_complete else "No"),
        ("Retention schedule", provenance.schedule or "None applied"),
        ("Schedule evaluated", day(provenance.evaluated) if provenance.evaluated else "Not yet"),
        ("Detector and model", provenance.detector),
        (
            "Precision as people measured it",
            provenance.measured or "Not measured: no sample has been checked by people",
        ),
        ("Scan runs", provenance.run or "None"),
        ("Age of the scan", _age(provenance)),
        (
            "Files without an owner who is there",
            "Not known" if provenance.unowned is None else share(provenance.unowned),
        ),
        ("Waiting for text recognition (OCR)", provenance.coverage.awaiting_ocr),
        ("Attachments and members of archives", provenance.coverage.parts),
    )
    return Table("quality", "What this report was made from", (Column("What"), Column("Answer")), rows)


def _age(provenance: Provenance) -> str:
    """From the end of the oldest of the scans to the day of the report."""
    if provenance.scanned is None or provenance.made is None:
        return "Not known"
    days = (provenance.made - provenance.scanned.date()).days
    return plural(max(days, 0), "day")


def _coverage(coverage: Coverage) -> Table:
    tallies = {words: coverage.outcomes.get(outcome, Tally()) for outcome, words in OUTCOMES.items()}
    tallies[_WAITING] = coverage.waiting
    columns = (Column("Outcome"), Column("Items", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES))
    return Table(
        "coverage",
        "Items by what came of examining them",
        columns,
        tuple((words, tally.items, tally.bytes) for words, tally in tallies.items()),
        total=("Total", coverage.total.items, coverage.total.bytes),
        note=_parts(coverage),
    )


def _parts(coverage: Coverage) -> str:
    if not coverage.parts:
        return ""
    return (
        f"{plural(coverage.parts, 'attachment or archive member', 'attachments and archive members')} "
        f"{'is' if coverage.parts == 1 else 'are'} counted among these items. "
        "Their size is that of the items they sit in and is not added."
    )


def _problems(coverage: Coverage) -> Table:
    worst_first = sorted(coverage.problems.items(), key=lambda pair: (-pair[1], pair[0]))
    return Table(
        "problems",
        "Why items were not fully examined",
        (Column("Reason"), Column("Items", ColumnKind.COUNT), Column("Code")),
        tuple((Problem(code).message, number, code.value) for code, number in worst_first),
        note="Sizes are by outcome, in the table above: they are not kept by reason.",
        empty="No item had a problem.",
    )
