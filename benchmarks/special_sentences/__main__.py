"""Judges the lexicons by labelled sentences, each read as a text of its own.

usage: python -m benchmarks.special_sentences [--second] [--missed]

Each file of this folder is one domain of council work, and so is each of the second draw, in `second`, which was
written when the rules 5 stood. A line is the classes that the sentence tells of a particular person ("-" for none), a
tab and the sentence. All were invented by one writer, who then wrote the phrases of the lexicons: by what they missed
in the domains that are not of HELD_OUT, but remembering the others, some of whose wordings were in the lexicons nearly
word for word. Those found were taken out, others may be left. So what is held out flatters, in the second draw above
all: only another writer's text tells. It is harder in that a sentence has no document around it which names somebody.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from classifiers.special_category import SpecialCategoryTerms
from domain.finding import Band, band_of

HELD_OUT = frozenset((
    "care_plans", "complaints", "licensing", "planning", "tenancy_visits", "benefits_claims", "community_safety",
    "elections_members", "form_fields", "it_and_security", "manager_email", "meeting_notes", "personnel_file",
    "refugees_resettlement", "school_office", "voicemail",
))  # fmt: skip
"""Domains of either draw. In the second half of them, settled before any rule was judged by it."""

_WRITTEN_SHORT = {"CRIMINAL": "CRIMINAL", "CHILD_SAFEGUARDING": "CHILD"}


class Sentence(NamedTuple):
    """A sentence of a domain, and the classes that it tells of somebody."""

    domain: str
    classes: frozenset[str]
    text: str


class Judged(NamedTuple):
    """A sentence, and the classes that the rules found in it."""

    sentence: Sentence
    found: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--second", action="store_true", help="judge by the second draw, written after the rules 5")
    parser.add_argument("--missed", action="store_true", help="print what was missed or false in domains not held out")
    asked = parser.parse_args()
    judged = list(judge(sentences("second" if asked.second else ".")))
    print("\n".join(report(judged)))
    if asked.missed:
        print("\n".join(_wrong(judged)))


def sentences(draw: str = ".") -> Iterator[Sentence]:
    """Every sentence of a draw, by domain."""
    for file in sorted((Path(__file__).parent / draw).glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            classes, _, text = line.partition("\t")
            yield Sentence(file.stem, frozenset(classes.split(",")) - {"-"}, text)


def judge(said: Iterable[Sentence]) -> Iterator[Judged]:
    """What the rules find in each sentence, where it counts: from the medium band on."""
    rules = SpecialCategoryTerms()
    for sentence in said:
        results = rules.analyze(sentence.text, [], None)
        counted = (result.entity_type for result in results if band_of(result.score) is not Band.LOW)
        yield Judged(sentence, frozenset(map(_written, counted)))


def report(judged: Sequence[Judged]) -> Iterator[str]:
    """Two tables of Markdown: by class in domains held out and not, and by domain."""
    yield "| class | labelled | recall | precision | labelled, held out | recall | precision |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    seen, held = ([one for one in judged if (one.sentence.domain in HELD_OUT) is is_held] for is_held in (False, True))
    for kind in (*sorted(set().union(*(one.sentence.classes for one in judged))), "all"):
        yield f"| {kind} | {_row(seen, kind)} | {_row(held, kind)} |"
    yield "\n| domain | labelled | recall | precision | sentences of no class | flagged |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for domain in sorted({one.sentence.domain for one in judged}):
        own = [one for one in judged if one.sentence.domain == domain]
        ordinary = [one for one in own if not one.sentence.classes]
        name = f"{domain} (held out)" if domain in HELD_OUT else domain
        yield f"| {name} | {_row(own, 'all')} | {len(ordinary)} | {sum(bool(one.found) for one in ordinary)} |"


def _written(kind: str) -> str:
    return _WRITTEN_SHORT.get(kind, kind.removeprefix("SPECIAL_"))


def _row(judged: Iterable[Judged], kind: str) -> str:
    """How often the class (or "all") is labelled, and the shares of recall and precision."""
    labelled = found = hit = 0
    for one in judged:
        wanted, met = one.sentence.classes, one.found
        if kind != "all":
            wanted, met = wanted & {kind}, met & {kind}
        labelled, found, hit = labelled + len(wanted), found + len(met), hit + len(wanted & met)
    return f"{labelled} | {_share(hit, labelled)} | {_share(hit, found)}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _wrong(judged: Iterable[Judged]) -> Iterator[str]:
    for (domain, classes, text), found in judged:
        if domain not in HELD_OUT:
            yield from (f"missed {kind}\t{domain}\t{text}" for kind in sorted(classes - found))
            yield from (f"false {kind}\t{domain}\t{text}" for kind in sorted(found - classes))


if __name__ == "__main__":
    main()
