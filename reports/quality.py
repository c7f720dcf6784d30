"""How good the figures of a report are: what they were made from and what they leave out."""

from __future__ import annotations

from domain.errors import Problem
from domain.examination import Outcome
from domain.rate import Rate
from domain.summary import Coverage, Provenance, Sampled, Tally
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
_QUESTIONS = {
    "personal": "Personal data", "special": "Special category", "children": "About children",
    "criminal": "Criminal offences",
}  # fmt: skip
_ONLY_AS_GOOD = "These figures are only as good as the scan they were made from. This is what it covered."
_IN_PRINT = "In print this is in short. Its tables, with all reasons, are on the page for screens and in spreadsheets."
_MOST = 3
_PRECISION = "How often it is right (precision), as people measured it"
_SHORTLY = (
    "Scan ended", "Scan complete", "Age of the scan", "Scan runs", "Retention schedule", "Detector and model",
    "Files without an owner who is there", _PRECISION,
)  # fmt: skip
_NOT_MEASURED = "Not measured. To measure it: muniment sample draw, have people label it, muniment sample score"
_OUT_OF_DATE = " Out of date: the detector is another one now; draw and label a new sample."


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


def quality_box(provenance: Provenance, handling: str, *, in_short: bool = False) -> Section:
    """`in_short` says the same in words too, for what is printed without the tables."""
    coverage = provenance.coverage
    return Section(
        "How good these figures are",
        text=_in_short(provenance) if in_short else (_ONLY_AS_GOOD,),
        tables=(_made_from(provenance, handling), _coverage(coverage), _problems(coverage)),
    )


def _in_short(provenance: Provenance) -> tuple[str, ...]:
    coverage = provenance.coverage
    read, whole = coverage.outcomes.get(Outcome.EXAMINED, Tally()).items, coverage.total.items
    worst = sorted(coverage.problems.items(), key=lambda pair: (-pair[1], pair[0]))
    why = "; ".join(f"{plural(number, 'item')}: {Problem(code).message.rstrip('.')}" for code, number in worst[:_MOST])
    more = f"; and {plural(len(worst) - _MOST, 'more reason')}" if len(worst) > _MOST else ""
    told = {row[0]: row[1] for row in _made_from(provenance, "").rows}
    return (
        f"Read to the end were {plural(read, 'item')} of {plural(whole, 'item')}"
        f"{f' ({share(read / whole)})' if whole else ''}.",
        *([f"Not read to the end: {why}{more}."] if why else []),
        " ".join((*(f"{name}: {str(told[name]).rstrip('.')}." for name in _SHORTLY), _IN_PRINT)),
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
        *_measured(provenance),
        ("Scan runs", provenance.run or "None"),
        ("Age of the scan", _age(provenance)),
        ("Files without an owner who is there", _unowned(provenance)),
        ("Waiting for text recognition (OCR)", provenance.coverage.awaiting_ocr),
        ("Attachments and members of archives", provenance.coverage.parts),
    )
    return Table("quality", "What this report was made from", (Column("What"), Column("Answer")), rows)


def _measured(provenance: Provenance) -> tuple[Row, Row]:
    """Of all that is held, also where the report is of a service: people label a sample of the whole."""
    of = {one.question: one for one in provenance.measured}
    measured = [of[question] for question in _QUESTIONS if question in of]
    now = provenance.detector
    right = " ".join(_rate(one, one.precision, one.flagged, now) for one in measured if one.precision)
    found = " ".join(_rate(one, one.recall, one.labelled, now) for one in measured if one.recall)
    return (
        (_PRECISION, right or _NOT_MEASURED),
        ("How much it finds (recall), as people measured it", found or _NOT_MEASURED),
    )


def _rate(one: Sampled, rate: Rate, looked_at: int, detector: str) -> str:
    return (
        f"{_QUESTIONS[one.question]}: {share(rate.value)} ({share(rate.low)} to {share(rate.high)}) by "
        f"{plural(looked_at, 'content')} that people looked at, drawn on {day(one.at)}."
        f"{'' if one.detector == detector else _OUT_OF_DATE}"
    )


def _age(provenance: Provenance) -> str:
    """From the end of the oldest of the scans to the day of the report."""
    if provenance.scanned is None or provenance.made is None:
        return "Not known"
    days = (provenance.made - provenance.scanned.date()).days
    return plural(max(days, 0), "day")


def _unowned(provenance: Provenance) -> str:
    if provenance.unowned is None:
        return "Not known: no directory was asked who they are"
    gone, known = provenance.unowned
    return f"{plural(gone, 'file')} of {plural(known, 'file')} ({share(gone / known)})"


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
