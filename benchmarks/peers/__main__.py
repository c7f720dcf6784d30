"""Peers that the Python registry carries, beside Muniment: speed, recall, precision and false flags, in one run.

usage: python -m benchmarks.peers [--environment FOLDER] [--only PEER ...] [--documents N]

Installs them, by the exact versions in benchmarks/peers, into an environment of their own below the temporary folder
(FOLDER keeps it), reads the labelled sets of benchmarks/council* with each in a process of its own, and prints tables.
The closed halves of the third and fourth draw are what no rule of Muniment was mended by; rules were mended by the
first and second, of which N documents (100) each of at most 20,000 characters are drawn.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import machine
from benchmarks.peers.adapters import MUNIMENT, PEERS, Mark
from benchmarks.peers.environment import NOT_TO_BE_HAD, installed, refusal
from benchmarks.peers.score import Score, scored
from domain.rate import Rate
from operations.measuring.gold import Gold, load_gold

_ADAPTERS = Path(__file__).parent / "adapters.py"
_SECONDS = 1800
_WARM = 12
_LONGEST = 20_000
_COLUMNS = (
    "peer", "CPU s a MB", "CPU ms a document", "times ours", "CPU s to start", "recall", "precision",
    "personal documents found", "false flags in 1,000", "found by more than a contact", "false flags so",
)  # fmt: skip
_SETS = {
    "closed halves of the third and fourth draw": (("council_third", "closed"), ("council_fourth", "closed")),
    "first and second draw, by which rules were mended": (("council", ""), ("council_unseen", "")),
}


@dataclass(frozen=True, slots=True)
class Answer:
    versions: dict[str, str]
    loading: float
    seconds: float
    marks: list[list[Mark]]
    personal: list[bool] | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--environment", type=Path)
    parser.add_argument("--only", nargs="*", choices=tuple(PEERS), default=tuple(PEERS))
    parser.add_argument("--documents", type=int, default=100)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="peers-") as made:
        python = installed(asked.environment or Path(made) / "environment")
        print(f"Machine: {machine()}")
        for package in () if len(asked.only) < len(PEERS) else NOT_TO_BE_HAD:
            print(f"Not installed: {package}: {refusal(python, package) or 'it could be, and has no adapter here'}")
        for number, (title, draws) in enumerate(_SETS.items()):
            golds = [gold for draw in draws for gold in _drawn(Path(made), *draw, most=asked.documents)]
            _compare(title, golds, asked.only, python, Path(made), is_first=number == 0)


def _drawn(folder: Path, draw: str, half: str, most: int) -> Sequence[Gold]:
    """All of a half; of a whole draw so many that are not too long for the slowest."""
    out = folder / f"{draw}.jsonl"
    chosen = ("--half", half) if half else ()
    command = (sys.executable, "-m", f"benchmarks.{draw}", str(out), *chosen)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=_SECONDS)
    golds = load_gold(out)
    short = [gold for gold in golds if len(gold.text) <= _LONGEST]
    return golds if half else random.Random(1).sample(short, min(most, len(short)))


def _compare(
    title: str, golds: Sequence[Gold], names: Sequence[str], python: Path, folder: Path, *, is_first: bool
) -> None:
    characters, personal = sum(len(gold.text) for gold in golds), sum(bool(gold.personal) for gold in golds)
    print(f"\n{title.capitalize()}: {len(golds)} documents, {personal} of them personal, {characters:,} characters\n")
    answers = dict(_answers(golds, names, python, folder))
    scores = {name: scored(golds, answer.marks, answer.personal) for name, answer in answers.items()}
    if is_first:
        _print("| peer | how | versions |", ((name, PEERS[name].how, _joined(one)) for name, one in answers.items()))
    ours = answers[MUNIMENT].seconds if MUNIMENT in answers else float("nan")
    _print(f"| {' | '.join(_COLUMNS)} |",
           (_row(name, one, scores[name], len(golds), characters, ours) for name, one in answers.items()))  # fmt: skip
    kinds = sorted({kind for score in scores.values() for kind in score.labelled})
    rows = ((kind, *(_part(score, kind) for score in scores.values())) for kind in kinds)
    _print(f"| recall by kind | {' | '.join(scores)} |", rows)


def _answers(golds: Sequence[Gold], names: Sequence[str], python: Path, folder: Path) -> Iterator[tuple[str, Answer]]:
    asked, answered = folder / "asked.json", folder / "answered.json"
    texts = [gold.text for gold in golds]
    others = [f"A copy.\n{text}" for text in texts[:_WARM]]  # A text met before costs Muniment nothing.
    asked.write_text(json.dumps({"warm": others, "texts": texts}), "utf-8")
    for name in names:
        at = sys.executable if name.startswith(MUNIMENT) else str(python)
        command = (at, "-P", str(_ADAPTERS), name, str(asked), str(answered))
        if trouble := _trouble(command, folder):
            print(f"Not run: {name}: {trouble}\n")
        else:
            yield name, Answer(**json.loads(answered.read_text("utf-8")))


def _trouble(command: Sequence[str], folder: Path) -> str:
    """Why the command did not do its work; nothing where it did."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS, cwd=folder)
    except subprocess.TimeoutExpired:
        return f"took more than {_SECONDS} s"
    return said.stderr.strip().splitlines()[-1] if said.returncode else ""


def _joined(answer: Answer) -> str:
    return ", ".join(f"{package} {version}" for package, version in answer.versions.items())


def _row(name: str, answer: Answer, score: Score, documents: int, characters: int, ours: float) -> Sequence[str]:
    return (
        name, f"{1e6 * answer.seconds / characters:.2f}", f"{1000 * answer.seconds / documents:.2f}",
        f"{answer.seconds / ours:.2f}", f"{answer.loading:.1f}", _figure(score.recall), _figure(score.precision),
        _figure(score.any_mark.recall), _figure(score.any_mark.false_per_1000, 0),
        _figure(score.beyond_contact.recall), _figure(score.beyond_contact.false_per_1000, 0),
    )  # fmt: skip


def _part(score: Score, kind: str) -> str:
    return f"{score.found[kind] / score.labelled[kind]:.2f}"


def _figure(rate: Rate | None, places: int = 3) -> str:
    return "-" if rate is None else f"{rate.value:.{places}f}"


def _print(heading: str, rows: Iterator[Sequence[str]]) -> None:
    print(heading + "\n|" + "---|" * (heading.count("|") - 1))
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


if __name__ == "__main__":
    main()
