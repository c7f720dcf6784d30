"""`muniment accuracy`: what is found, missed and made up in labelled texts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO, TypeAlias

import click

from classifiers.classifier import Classifier
from cli.exits import DONE, ITEMS_WITH_PROBLEMS
from cli.measuring import as_object, counted, in_words, new_file
from cli.terminal import Talk, pass_talk, print_table
from domain.finding import KINDS
from domain.item import printable
from domain.privacy import FingerprintKey
from operations.measuring.accuracy import Accuracy, Comparison, Count, Slip, Topic, add_up, judge, scored_kinds
from operations.measuring.gold import SPECIAL_CLASSES, Gold, load_gold
from operations.wiring import classifier_of
from reports.wording import plural

Table: TypeAlias = tuple[Sequence[str], Sequence[Sequence[str]]]

_AROUND = 40
_ARTICLE_9 = "all special categories"
_COUNTED = ("labelled", "missed", "false", "precision", "recall", "F2")
_INTERVALS = (
    "In brackets are 95 % intervals (Wilson). They take each value for a draw of its own, which the values of one\n"
    "document are not, so they are rather too narrow. That of F2 goes from both lower ends to both upper ends."
)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False), metavar="GOLD.jsonl")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), metavar="KIND",
              help="Only this kind: for texts in which others are not labelled.")  # fmt: skip
@click.option("--errors", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write every miss and false hit, with the text around it, to a new file.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@pass_talk
def accuracy(talk: Talk, gold: Path, kinds: tuple[str, ...], errors: Path | None, as_json: bool) -> int:
    """Measure detection on labelled texts: precision, recall and F2 by kind, by document and by class.

    GOLD.jsonl has one JSON object a line: id, text, entities (each a type, the number of its first character, start,
    and the number behind its last, end), personal and special. There may be children, criminal, a family of documents,
    and an origin of each PERSON, by which the recall of names is compared. What is null is not scored. Ends with 3
    where some texts could not be searched.
    """
    texts = load_gold(gold)
    scored = frozenset(kinds) or scored_kinds(texts)
    with _told_slips(talk, errors) as told:
        # With a key that is forgotten: fingerprints are not looked at.
        classifier = classifier_of(talk.settings_if_any(), FingerprintKey(secrets.token_bytes(32)))
        result = add_up(_compared(counted(talk, texts, "Searching"), classifier, scored, told))
    if as_json:
        click.echo(json.dumps(_figures(result, classifier.version)))
    else:
        _print(result, classifier.version)
    return ITEMS_WITH_PROBLEMS if result.problems else DONE


def slip_line(gold: Gold, slip: Slip) -> str:
    """A miss or false hit in fields parted by tabs: which, of what, in which text, and forty characters either side."""
    seen = ""
    if slip.span is not None:
        text, (start, end) = gold.text, slip.span
        seen = f"{text[max(0, start - _AROUND) : start]}⟦{text[start:end]}⟧{text[end : end + _AROUND]}"
    fields = ("MISS" if slip.is_miss else "FALSE", slip.name, gold.template or gold.family, str(gold.id), seen)
    return "\t".join(map(printable, fields)) + "\n"


def tables(result: Accuracy) -> Iterator[Table]:
    """Headings and rows of every table that has rows."""
    for told in (_kinds, _verdicts, _classes, _origins, _sampled):
        headings, rows = told(result)
        if rows:
            yield headings, rows


def _told_slips(talk: Talk, path: Path | None) -> AbstractContextManager[TextIO | None]:
    if path is None:
        return nullcontext()
    file = new_file(path)
    talk.say(f"Text of the labelled file goes into {printable(str(path))}. Keep that where such text may be kept.")
    return file


def _compared(
    texts: Iterable[Gold], classifier: Classifier, kinds: frozenset[str], told: TextIO | None
) -> Iterator[Comparison]:
    for text in texts:
        comparison = judge(text, classifier, kinds)
        if told is not None:
            told.writelines(slip_line(text, slip) for slip in comparison.slips)
        yield comparison


def _print(result: Accuracy, detector: str) -> None:
    click.echo(
        f"{plural(result.documents, 'document')}, {plural(result.characters, 'character')}, "
        f"searched by {detector}.\n{_INTERVALS}"
    )
    for headings, rows in tables(result):
        click.echo()
        print_table(headings, rows, frozenset(range(1, len(headings))))
    for code, count in result.problems.items():
        click.echo(f"\n{plural(count, 'document')} could not be searched ({code}), and no figure here counts that.")


def _kinds(result: Accuracy) -> Table:
    rows = [_row(kind, count) for kind, count in result.of(Topic.KIND).items()]
    return ("kind", *_COUNTED), [*rows, _row("all kinds", result.total(Topic.KIND))] if rows else []


def _row(name: str, count: Count) -> tuple[str, ...]:
    rates = map(in_words, (count.precision, count.recall, count.f2))
    return (name, f"{count.labelled:,}", f"{count.missed:,}", f"{count.false:,}", *rates)


def _verdicts(result: Accuracy) -> Table:
    families = result.of(Topic.FAMILY)
    rows = [_verdict(name, count) for name, count in families.items() if name]
    headings = (
        "documents",
        "personal",
        "missed",
        "others",
        "flagged",
        "precision",
        "recall",
        "flagged of 1,000 others",
    )
    return headings, [*rows, _verdict("all", result.total(Topic.FAMILY))] if families else []


def _verdict(name: str, count: Count) -> tuple[str, ...]:
    numbers = (count.labelled, count.missed, count.false + count.silent, count.false)
    rates = (in_words(count.precision), in_words(count.recall), in_words(count.false_per_1000, 0))
    return (name, *(f"{number:,}" for number in numbers), *rates)


def _classes(result: Accuracy) -> Table:
    rows = [_row(name, count) for name, count in result.of(Topic.CLASS).items()]
    return ("class of document", *_COUNTED), [*rows, _row(_ARTICLE_9, _special(result))] if rows else []


def _special(result: Accuracy) -> Count:
    return result.total(Topic.CLASS, SPECIAL_CLASSES)


def _origins(result: Accuracy) -> Table:
    rows = [
        (name, f"{count.labelled:,}", f"{count.missed:,}", in_words(count.recall))
        for name, count in result.of(Topic.ORIGIN).items()
    ]
    return ("origin of the name", "labelled", "missed", "recall of PERSON"), rows


def _sampled(result: Accuracy) -> Table:
    rows = [
        (kind, str(len(numbers)), f"{sum(there for _, there in numbers):,}", f"{sum(told for told, _ in numbers):,}")
        for kind, numbers in sorted(result.sampled.items())
    ]
    return ("in long tables, by a sample of rows", "documents", "values there", "values told"), rows


def _figures(result: Accuracy, detector: str) -> dict[str, Any]:
    families = result.of(Topic.FAMILY)
    return {
        "detector": detector, "documents": result.documents, "characters": result.characters,
        "cpu_seconds": round(result.seconds, 3), "problems": dict(result.problems),
        "kinds": _objects(result.of(Topic.KIND)), "all_kinds": _object(result.total(Topic.KIND)),
        "verdict": _object(result.total(Topic.FAMILY)) if families else None,
        "families": _objects({name: count for name, count in families.items() if name}),
        "classes": _objects(result.of(Topic.CLASS)), "all_special": _object(_special(result)),
        "origins": {name: {"labelled": count.labelled, "found": count.found, "recall": as_object(count.recall)}
                    for name, count in result.of(Topic.ORIGIN).items()},
        "sampled": {kind: [{"told": told, "there": there} for told, there in numbers]
                    for kind, numbers in result.sampled.items()},
        "interval": "95 %, Wilson",
    }  # fmt: skip


def _objects(counts: Mapping[str, Count]) -> dict[str, dict[str, Any]]:
    return {name: _object(count) for name, count in counts.items()}


def _object(count: Count) -> dict[str, Any]:
    told: dict[str, Any] = {
        "labelled": count.labelled, "found": count.found, "missed": count.missed, "right": count.right,
        "false": count.false, "precision": as_object(count.precision), "recall": as_object(count.recall),
        "f2": as_object(count.f2),
    }  # fmt: skip
    return {**told, "false_per_1000": as_object(count.false_per_1000)} if count.silent else told
