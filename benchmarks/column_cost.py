"""A payroll workbook of 6,000 rows and eight columns: CPU seconds of our classifier and of stock Presidio, and how far
the counts reckoned from a sample are from the truth.

usage: python benchmarks/column_cost.py [ROWS [ROWS_FOR_PRESIDIO]]

Presidio with its default recognisers and the same spaCy model reads only the first rows, since it takes so long, and
its time is scaled to all of them. The people are drawn, none is real.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import xlsxwriter
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from benchmarks.measure import machine
from classifiers.first_names import FIRST_NAMES
from classifiers.models import MODELS, best_model
from classifiers.presidio import PresidioClassifier
from domain.content import Content
from domain.privacy import FingerprintKey
from scanner.blob import read_once
from scanner.budget import MIB, Budget
from scanner.extractors import extractor_for
from scanner.media import media_type

COLUMNS = ("Emp No", "Surname", "Forename(s)", "DoB", "NI No", "Post title", "Salary", "E-mail")
_POSTS = ("Care Assistant", "Highways Officer", "Teaching Assistant", "Planning Officer", "Benefits Assessor")
_SYLLABLES = ("mar", "ash", "bell", "thorn", "hay", "lin", "rook", "stan", "wick", "ford", "ley", "ton", "by", "dale")
_TIMES = 3


def main(rows: int = 6_000, rows_for_presidio: int = 300) -> None:
    print(f"Machine: {machine()}")
    ours = PresidioClassifier(FingerprintKey(b"benchmark"), best_model())
    took = []
    for seed in range(_TIMES + 1):  # Each time other people, because texts met before are remembered.
        people = _people(rows, seed)
        content, reading = _read(people)
        began = time.process_time()
        found = ours.find(content)
        took.append(time.process_time() - began)
    seconds = min(took[1:])  # the first warms up
    print(f"{rows} rows x {len(COLUMNS)} columns, {len(content.text)} characters, read in {reading:.2f} CPU s")
    print(f"ours ({ours.version}): {seconds:.3f} CPU s")
    truth = _truth(people)
    for finding in found:
        wanted = truth.get(finding.kind)
        against = f"truth {wanted}, ratio {finding.count / wanted:.3f}" if wanted else "not in the workbook"
        print(f"  {finding.kind}: {finding.count}{' (sampled)' if finding.sampled else ''}, {against}")
    part, _ = _read(people[:rows_for_presidio])
    stock = AnalyzerEngine(nlp_engine=_whole_model(), supported_languages=["en"])
    logging.getLogger("tldextract").disabled = True  # It says at length that the network is not there.
    stock.analyze("Ivy Marsh ivy.marsh@example.org www.example.org 07700 900123", "en")
    began = time.process_time()
    stock.analyze(part.text, "en")
    scaled = (time.process_time() - began) * len(content.text) / len(part.text)
    print(
        f"stock Presidio: {scaled:.1f} CPU s, scaled from {rows_for_presidio} rows; {scaled / seconds:.0f} times ours"
    )


def _people(rows: int, seed: int) -> list[tuple[str, ...]]:
    """Rows of people who do not exist; no two share a number."""
    chance = random.Random(seed)
    forenames = sorted(name for name in FIRST_NAMES if len(name) > 2 and name.isascii())
    people: list[tuple[str, ...]] = []
    for number in range(rows):
        forename, surname = chance.choice(forenames).title(), "".join(chance.choices(_SYLLABLES, k=3)).title()
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(19_000))
        people.append((
            str(400_000 + number), surname, forename, born.isoformat(), f"AB{(number * 7919 + seed) % 1_000_000:06}C",
            chance.choice(_POSTS), f"{chance.randrange(18_000, 70_000)}.00",
            f"{forename}.{surname}{number}@example.org".lower(),
        ))  # fmt: skip
    return people


def _truth(people: Sequence[Sequence[str]]) -> dict[str, int]:
    return {
        "COUNCIL_REF": len({person[0] for person in people}),
        "PERSON": len({(person[1], person[2]) for person in people}),
        "DATE_OF_BIRTH": len({person[3] for person in people}),
        "UK_NINO": len({person[4] for person in people}),
        "EMAIL_ADDRESS": len({person[7] for person in people}),
    }


def _read(people: Sequence[Sequence[str]]) -> tuple[Content, float]:
    """The workbook as our reader gives it, and the seconds that took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "payroll.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
            sheet = workbook.add_worksheet("Payroll")
            sheet.write_row(0, 0, COLUMNS)
            for at, person in enumerate(people, 1):
                sheet.write_row(at, 0, person)
        began = time.process_time()
        with open(path, "rb") as file, read_once(file, 64 * MIB) as blob:
            kind = media_type(blob, path.name)
            reader = extractor_for(kind)
            assert reader is not None
            content = reader.extract(blob, kind, Budget().stretch)
        return content, time.process_time() - began


def _whole_model() -> SpacyNlpEngine:
    """spaCy as Presidio takes it, all its parts, with the model that ours takes."""
    model = best_model()
    assert model is not None
    package = find_spec(MODELS[model][0])
    assert package is not None
    assert package.origin is not None
    folder = next(Path(package.origin).parent.glob("*/meta.json")).parent
    return SpacyNlpEngine([{"lang_code": "en", "model_name": str(folder)}])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
