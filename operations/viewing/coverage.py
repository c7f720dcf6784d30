"""Coverage: what was read to the end, what was not and why, and what still waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.errors import Problem, ProblemCode
from domain.estate import Portion
from domain.examination import Outcome
from inventory.engine import Database
from inventory.estate import by_outcome, by_problem
from operations.viewing.board import Board, Grid, Headline, Number, grid_of, in_order, items, line, named
from operations.viewing.sight import Sight
from operations.viewing.standing import standing_of
from reports.section import Column, ColumnKind
from reports.wording import part, plural, share

WORDS: Mapping[Outcome | None, str] = {
    Outcome.EXAMINED: "Read to the end", Outcome.PARTIAL: "Read in part", Outcome.UNREADABLE: "Could not be read",
    Outcome.SKIPPED: "Skipped", None: "Waiting",
}  # fmt: skip
_LEAVES_OUT = (
    "Attachments and members of archives are counted as items; what lies inside a file that could not be read is not.",
    "Pictures whose text waits to be recognised count as read.",
    "What was never named to Muniment is not in these figures.",
)


def coverage_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, by the kept sums."""
    standing = standing_of(database, sight, now)
    portions, problems = sight.of(by_outcome(database)), sight.of(by_problem(database))
    over: Counter[Outcome | None] = Counter()
    for one in portions:
        over[one.of] += one.files.items + one.parts
    return Board(
        "coverage", "What was read, and what was not", _lead(over),
        (
            Headline("Read to the end", Number(part(over[Outcome.EXAMINED], over.total())), ColumnKind.SHARE,
                     "of all items, attachments counted too"),
            Headline("Could not be read", Number(over[Outcome.UNREADABLE], items(outcome=Outcome.UNREADABLE)),
                     note="nothing is known of what is in them"),
            Headline("Waiting", Number(over[None], items(waiting="1")), note="to be examined by a scan"),
        ),
        (),
        (_by_service(portions), _by_problem(problems)), _LEAVES_OUT, standing.next_step(sight),
    )  # fmt: skip


def _lead(over: Counter[Outcome | None]) -> str:
    if not over.total():
        return "Nothing is held yet."
    rest = over.total() - over[Outcome.EXAMINED]
    read = share(over[Outcome.EXAMINED] / over.total())
    if not rest:
        return f"All of {plural(over.total(), 'item')} were read to the end."
    return (
        f"{read} of {plural(over.total(), 'item')} were read to the end. What is said of personal data and of what is "
        f"due leaves out what the other {rest:,} hold."
    )


def _by_service(portions: Sequence[Portion[Outcome | None]]) -> Grid:
    found: Counter[tuple[str, Outcome | None]] = Counter()
    for one in portions:
        found[one.service, one.of] += one.files.items + one.parts
    columns = (Column("Service"), *(Column(words, ColumnKind.COUNT) for words in WORDS.values()),
               Column("Share read to the end", ColumnKind.SHARE, absent=""))  # fmt: skip

    def row(services: Sequence[str], **of: str) -> tuple[Number, ...]:
        counts = {outcome: sum(found[service, outcome] for service in services) for outcome in WORDS}
        cells = (
            Number(number, items(**({"outcome": outcome} if outcome else {"waiting": "1"}), **of))
            for outcome, number in counts.items()
        )
        return (*cells, Number(part(counts[Outcome.EXAMINED], sum(counts.values()))))

    names = in_order(service for service, _ in found)
    rows = [line(named(service), *row([service], service=named(service))) for service in names]
    return grid_of("by-service", "Items by service and what came of reading them", columns, rows,
                   line("All services", *row(names)))  # fmt: skip


def _by_problem(problems: Sequence[Portion[ProblemCode]]) -> Grid:
    over: Counter[ProblemCode] = Counter()
    for one in problems:
        over[one.of] += one.files.items + one.parts
    rows = [(Problem(code).message, code, Number(number, items(problem=code))) for code, number in over.most_common()]
    columns = (Column("Why"), Column("Code"), Column("Items", ColumnKind.COUNT))
    return grid_of("by-problem", "Why items were not read, or not to the end", columns, rows,
                   note="Folders that could not be listed are among these, and what lies in them is not known.",
                   empty="No item has a problem.")  # fmt: skip
