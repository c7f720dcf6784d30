"""`muniment sample`: how well detection does on this estate, by a random sample that people label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.exits import DONE, ITEMS_WITH_PROBLEMS
from cli.measuring import as_object, counted, in_words, must_be_new, new_file
from cli.terminal import Talk, pass_talk, print_table
from domain.actor import Verb
from domain.item import printable
from inventory.engine import open_inventory
from operations.measuring.sample import Draw, LeftOut, draw_file, load_draw, sheet, take_sample
from operations.measuring.sample_answers import Measured
from operations.measuring.sample_answers import score as score_sheet
from operations.measuring.sample_audit import audit as audit_content
from operations.measuring.sample_audit import auditing, draw_any
from operations.measuring.sample_kept import keep_score

if TYPE_CHECKING:
    from classifiers.audit import Audit

_LEFT_OUT = {
    "waiting": "items wait to be examined",
    "skipped": "items were skipped (links, pipes, placeholders)",
    "unreadable": "items could not be read",
    "partial": "items were read only in part",
    "awaiting_ocr": "items have pictures whose text is not read yet",
    "without_text": "contents have no text of their own (archives, films, programs)",
}
_NAMES = {"personal": "personal data", "special": "special category", "children": "children", "criminal": "criminal"}


@click.group()
def sample() -> None:
    """Measure detection on this estate: draw a random sample, have people label it blindly, score their answers.

    \b
        muniment sample draw --size 200 --out sample.csv
        (somebody opens each file named in sample.csv and answers its questions)
        muniment sample score sample.csv
    """


@sample.command("draw")
@click.option("--size", default=200, show_default=True, type=click.IntRange(10), help="How many contents.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Another number, another sample.")
@click.option("--out", default="sample.csv", show_default=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The sheet for those who label.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@pass_talk
def draw_(talk: Talk, size: int, seed: int, out: Path, as_json: bool) -> None:
    """Draw a random sample and write the sheet, and beside it the draw, which is not for those who label.

    The sample is of different contents, however many copies there are, that were examined whole and have text. Two in
    five are of those that were found to be personal, one in five of those in which something was found that did not
    make them personal, the rest of all others; the score makes up for that.
    """
    with talk.acting(talk.settings()) as (actor, trail):
        for path in (out, draw_file(out)):
            must_be_new(path)
        made = take_sample(actor, trail, size, seed)
    with new_file(out) as answers, new_file(draw_file(out)) as drawn:
        answers.write(sheet(made))
        drawn.write(made.model_dump_json(indent=1) + "\n")
    if as_json:
        click.echo(json.dumps({
            "sheet": str(out), "draw": str(draw_file(out)), "rows": len(made.rows), "contents": made.contents,
            "left_out": made.left_out.model_dump(),
        }))  # fmt: skip
    else:
        click.echo("\n".join([printable(str(out)), printable(str(draw_file(out)))]))
    talk.say("\n".join(_told_draw(made, out)))


def _told_draw(made: Draw, out: Path) -> list[str]:
    return [
        f"Drew {len(made.rows):,} of {made.contents:,} contents that were examined whole.",
        *_told_left_out(made.left_out),
        f"Give {printable(out.name)} to those who label, and keep {printable(draw_file(out).name)} from them: it says "
        "what the detector found. Both name files, so keep them where such names may be kept.",
        f"When every row has its answer: muniment sample score {printable(str(out))}",
    ]


def _told_left_out(left_out: LeftOut) -> list[str]:
    told = [(count, _LEFT_OUT[name]) for name, count in left_out.model_dump().items() if count]
    return (
        ["Not in it, and in none of its figures:", *(f"  {count:>9,}  {words}" for count, words in told)]
        if told
        else []
    )


@sample.command("score")
@click.argument("sheet_file", type=click.Path(path_type=Path, dir_okay=False), metavar="SHEET.csv")
@click.option("--draw", "named", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The draw of the sheet, where it does not lie beside it.")  # fmt: skip
@click.option("--apart", is_flag=True, help="Keep nothing: for a sheet of another inventory, or to have a look.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@pass_talk
def score(talk: Talk, sheet_file: Path, named: Path | None, apart: bool, as_json: bool) -> None:
    """Turn the answers in a sheet into precision and recall for this estate, and keep them for its reports to tell.

    Answers are yes, no or cannot tell (y, n, 1, 0 will do), and what is said of nobody needs no more than one no. The
    sheet may come back from a spreadsheet as CSV in any of its ways; a row that is missing, unknown or without a plain
    answer is named, and nothing is scored.
    """
    drawn = load_draw(named or draw_file(sheet_file))
    measured = score_sheet(drawn, sheet_file.read_bytes())
    if not apart:
        with talk.acting(talk.settings()) as (actor, trail):
            kept = keep_score(actor, trail, drawn, measured, datetime.now(UTC))
        talk.say(f"Kept for reports to tell: {', '.join(_NAMES[one.question] for one in kept) or 'nothing'}.")
    if as_json:
        click.echo(json.dumps(_figures(drawn, measured)))
    else:
        _print(drawn, measured)


def _print(drawn: Draw, measured: Mapping[str, Measured]) -> None:
    scanned = f" on {drawn.scanned.date().isoformat()}" if drawn.scanned else ""
    click.echo(f"{len(drawn.rows):,} of {drawn.contents:,} contents, as {drawn.detector} found them{scanned}.\n")
    rows = [
        (_NAMES[question], f"{one.answered:,}", in_words(one.estimate.holding, 0), in_words(one.estimate.precision),
         in_words(one.estimate.recall), in_words(one.estimate.false_per_1000, 1))
        for question, one in measured.items()
    ]  # fmt: skip
    headings = ("", "answers", "contents that hold it", "precision", "recall", "flagged of 1,000 others")
    print_table(headings, rows, frozenset(range(1, len(headings))))
    click.echo("\n" + "\n".join(_told_score(drawn, measured)))


def _told_score(drawn: Draw, measured: Mapping[str, Measured]) -> list[str]:
    return [
        "In brackets are 95 % intervals: of precision Wilson's, of the others by 4,000 seeded draws of what the",
        "contents that nobody looked at may be (Jeffreys). The figures are of different contents, not of their copies.",
        *_told_rows("Rows left out, because it could not be told", {q: one.unsure for q, one in measured.items()}),
        *_told_rows("Not scored, because rows have no answer", {q: one.unanswered for q, one in measured.items()}),
        *_told_left_out(drawn.left_out),
    ]


def _told_rows(why: str, rows: Mapping[str, int]) -> list[str]:
    told = ", ".join(f"{_NAMES[question]} ({count:,})" for question, count in rows.items() if count)
    return [f"{why}: {told}."] if told else []


def _figures(drawn: Draw, measured: Mapping[str, Measured]) -> dict[str, Any]:
    return {
        "detector": drawn.detector, "scanned": drawn.scanned and drawn.scanned.isoformat(), "seed": drawn.seed,
        "rows": len(drawn.rows), "contents": drawn.contents,
        "questions": {question: _object(one) for question, one in measured.items()},
        "left_out": drawn.left_out.model_dump(),
        "interval": "95 %; precision: Wilson; others: 4,000 seeded draws from Jeffreys posteriors, by stratum",
    }  # fmt: skip


def _object(one: Measured) -> dict[str, Any]:
    found = one.estimate
    return {
        "answered": one.answered, "cannot_tell": one.unsure, "unanswered": one.unanswered,
        "holding": as_object(found.holding), "precision": as_object(found.precision),
        "recall": as_object(found.recall), "false_per_1000": as_object(found.false_per_1000),
    }  # fmt: skip


@sample.command("audit")
@click.option("--size", default=100, show_default=True, type=click.IntRange(1), help="How many contents.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Another number, another sample.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@pass_talk
def audit(talk: Talk, size: int, seed: int, as_json: bool) -> int:
    """Read a random sample again with Presidio as it ships, and count what one marks and the other does not.

    It needs no labels. What only stock Presidio marks is for the most part no personal data; it is a bound on what is
    missed, and where its numbers change between two versions, a reason to look. Ends with 3 where contents could not
    be read again. Each takes seconds, in this process.
    """
    settings = talk.settings()
    talk.asked(settings, Verb.EXAMINE)
    database = open_inventory(settings.inventory.url, create=False)
    drawn = draw_any(database, size, seed)
    database.dispose()
    by, tools = auditing(settings, drawn)
    for content in counted(talk, drawn, "Reading again"):
        audit_content(content, tools, by)
    unread = len(drawn) - by.contents
    if as_json:
        click.echo(json.dumps({"contents": by.contents, "unread": unread, **_compared(by)}))
    else:
        _print_audit(by, unread)
    return ITEMS_WITH_PROBLEMS if unread else DONE


def _compared(by: Audit) -> dict[str, Any]:
    sides = {"stock": by.stock, "cascade": by.cascade}
    marks = {
        side: {kind: {"marked": count, "alone": told.alone[kind]} for kind, count in sorted(told.marked.items())}
        for side, told in sides.items()
    }
    return {"sampled": by.sampled, "cut": by.cut, "characters": by.characters, "detector": by.version, **marks}


def _print_audit(by: Audit, unread: int) -> None:
    click.echo(f"{by.contents:,} contents, {by.characters:,} characters of them compared. Cascade: {by.version}.")
    for side, other, told in (("stock Presidio", "cascade", by.stock), ("cascade", "stock Presidio", by.cascade)):
        rows = [(kind, f"{count:,}", f"{told.alone[kind]:,}") for kind, count in sorted(told.marked.items())]
        click.echo()
        print_table((f"marked by {side}", "places", f"not by {other}"), rows, frozenset({1, 2}))
    click.echo("\nA place counts as marked by the other where half of it is, as whatever kind.")
    for count, words in (
        (unread, "contents could not be read again, or have changed since the scan"),
        (by.sampled, "contents are not compared: of their long tables the cascade marks a sample of rows"),
        (by.cut, "contents are compared by their beginning only"),
    ):
        if count:
            click.echo(f"{count:,} {words}.")
