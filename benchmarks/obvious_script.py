"""The whole pipeline against the obvious script: a Tika server and stock Presidio, file by file.

usage: python -m benchmarks.obvious_script [--files N] [--script-files M]

First the demo estate, where the truth about each file is known: what each flags, and CPU seconds. Then an estate of N
(2,000) files made of it, each text with a line of its own, for `muniment scan` alone, whose start weighs little there.
The script puts each file to the server, and what comes back to Presidio as it ships, and flags a file where anything
is found that tells of somebody; nothing is written down. Its server has read the whole estate once before the clock
starts, so that what Java compiles is not counted. M makes the script read only so many files, evenly spread.
Starting is told apart: of the script the server's and Presidio's; of ours a scan of a single file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError

import psutil

from benchmarks.grown_estate import multiplied
from benchmarks.measure import PROGRAM, machine, measure
from benchmarks.peers.words import CONTACT, is_of_somebody, kind_of
from classifiers.audit import Marks, stock_presidio
from classifiers.models import best_model
from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import load_settings
from operations.demo.estate import build_estate, estate_truth
from operations.tika_jar import cached_jar, fetch_tika

_PORT = 9989
_SECONDS = 120.0
_WANTED_RATIO, _WANTED_SECONDS = 40, 0.05


@dataclass(frozen=True, slots=True)
class Ours:
    """What a scan came to: CPU seconds in all, items with their parts, and the files that are flagged."""

    seconds: float
    items: int
    flagged: frozenset[str]


@dataclass(frozen=True, slots=True)
class Script:
    """CPU seconds of the server and of Presidio; the kinds found in each file that was read, and what failed."""

    starting: float
    tika: float
    presidio: float
    kinds: Mapping[str, frozenset[str]]
    failed: int


def main(files: int, script_files: int | None) -> None:
    print(f"Machine: {machine()}")
    with tempfile.TemporaryDirectory(prefix="obvious-") as made:
        work = Path(made)
        build_estate(work / "estate")
        one = work / "one"
        one.mkdir()
        (one / "note.txt").write_text("The meeting is on Monday.")
        start = _scanned(one, work / "of one").seconds
        ours = _scanned(work / "estate", work / "of estate")
        script = _script(work / "estate", script_files)
        multiplied(str(work / "grown"), files)
        grown = _scanned(work / "grown", work / "of grown")
    _print_truth(ours, script)
    _print_cost(start, ours, script, grown, files)


def _scanned(root: Path, home: Path) -> Ours:
    home.mkdir()
    subprocess.run([PROGRAM, "-q", "init", "--root", str(root)], cwd=home, check=True, stdout=subprocess.DEVNULL)
    run = measure([PROGRAM, "-q", "scan", "--json"], str(home))
    database = open_inventory(load_settings(home / "muniment.toml").inventory.url, create=False)
    judged = [held.record for held in Inventory(database).held()]
    database.dispose()
    flagged = {
        record.ref.locator.decode() for record in judged if record.assessment and record.assessment.personal
    }  # fmt: skip
    return Ours(run.cpu, json.loads(run.output)["inventory"]["items"], frozenset(flagged))


def _script(root: Path, most: int | None) -> Script:
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    chosen = paths[:: max(1, len(paths) // most)] if most else paths
    with _tika() as server:
        starting = _cpu(server)
        for path in paths:
            _text(path)
        before = _cpu(server)
        texts = {path: _text(path) for path in chosen}
        tika = _cpu(server) - before
    began = time.process_time()
    find = stock_presidio(best_model() or "")
    find("The meeting is on Monday.")
    loaded = time.process_time()
    kinds = {str(path.relative_to(root)): _kinds(text or "", find) for path, text in texts.items()}
    failed = sum(text is None for text in texts.values())
    return Script(starting + loaded - began, tika, time.process_time() - loaded, kinds, failed)


@contextmanager
def _tika() -> Iterator[psutil.Process]:
    """The server with all its processes, when it answers."""
    jar = cached_jar()
    fetch_tika(jar)
    process = subprocess.Popen(jar.command(port=_PORT), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = psutil.Process(process.pid)
    try:
        _await()
        yield server
    finally:
        for one in (*server.children(recursive=True), server):
            with suppress(psutil.NoSuchProcess):  # The server's own child ends with it.
                one.terminate()
        process.wait(_SECONDS)


def _await() -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/version", timeout=_SECONDS).close()
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def _cpu(server: psutil.Process) -> float:
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def _text(path: Path) -> str | None:
    """What the server says is in the file; None where it says that it cannot read it."""
    asked = urllib.request.Request(f"http://127.0.0.1:{_PORT}/tika", path.read_bytes(), method="PUT")
    asked.add_header("Accept", "text/plain")
    asked.add_header("X-Tika-OCRskipOcr", "true")
    asked.add_header("Content-Type", "application/octet-stream")
    asked.add_header("Content-Disposition", f"attachment; filename*=UTF-8''{urllib.parse.quote(path.name)}")
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:
            return bytes(answer.read()).decode("utf-8", "replace")
    except HTTPError:
        return None


def _kinds(text: str, find: Callable[[str], Marks]) -> frozenset[str]:
    """What is found that tells of somebody."""
    return frozenset(kind_of(word) for word, _ in find(text) if is_of_somebody(kind_of(word)))


def _print_truth(ours: Ours, script: Script) -> None:
    truth = {path: known.personal for path, known in estate_truth().items() if known.readable and path in script.kinds}
    flags: dict[str, Callable[[str], bool]] = {
        "muniment scan": lambda path: path in ours.flagged,
        "the script: anything found": lambda path: bool(script.kinds[path]),
        "the script: more than a way to reach somebody": lambda path: bool(script.kinds[path] - CONTACT),
    }  # fmt: skip
    personal = [path for path, known in truth.items() if known]
    ordinary = [path for path, known in truth.items() if not known]
    print(
        f"\nOf {len(personal)} personal and {len(ordinary)} ordinary files with text; Tika refused {script.failed}.\n"
    )
    print("| flagged by | personal files found | ordinary files flagged | of 1,000 |\n|---|---|---|---|")
    for name, is_flagged in flags.items():
        found, false = sum(map(is_flagged, personal)), sum(map(is_flagged, ordinary))
        print(f"| {name} | {found} ({found / len(personal):.3f}) | {false} | {1000 * false / len(ordinary):.0f} |")


def _print_cost(start: float, ours: Ours, script: Script, grown: Ours, files: int) -> None:
    read, there = len(script.kinds), len(estate_truth())
    theirs = script.tika + script.presidio
    print(f"\nStarting: ours {start:.1f} CPU s (a scan of one file), the script's {script.starting:.1f}.\n")
    print("| | files | items with their parts | CPU s | CPU s a file | without starting |\n|---|---|---|---|---|---|")
    for name, one, count in (("the demo estate, ours", ours, there), ("the grown estate, ours", grown, files)):
        singly = f"{one.seconds / count:.4f} | {(one.seconds - start) / count:.4f}"
        print(f"| {name} | {count} | {one.items} | {one.seconds:.1f} | {singly} |")
    singly = f"{(theirs + script.starting) / read:.4f} | {theirs / read:.4f}"
    print(f"| the demo estate, the script | {read} | | {theirs + script.starting:.1f} | {singly} |")
    print(f"\nOf the script's: Tika {script.tika / read:.4f} a file, Presidio {script.presidio / read:.4f}.")
    times = (theirs / read) / ((grown.seconds - start) / files)
    print(f"{_kept(times >= _WANTED_RATIO)}: {times:.1f} times fewer CPU s a file (wanted {_WANTED_RATIO})")
    item = grown.seconds / grown.items
    print(f"{_kept(item <= _WANTED_SECONDS)}: {item:.4f} core-seconds an item of the grown estate, starting included")
    print(f"(wanted {_WANTED_SECONDS}); 70 million such items take {70e6 * item / 16 / 3600:.0f} hours on 16 cores")


def _kept(is_kept: bool) -> str:
    return "kept" if is_kept else "MISSED"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--script-files", type=int)
    asked = parser.parse_args()
    main(asked.files, asked.script_files)
