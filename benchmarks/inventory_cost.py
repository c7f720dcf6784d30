"""What writing an inventory costs, in both databases.

usage: python -m benchmarks.inventory_cost [--rows N]

A PostgreSQL server is started on this machine. CPU seconds are those of this process and of the server together. Each
pair of ways is measured in turn, three times, and the least counts. Asking and sizes are `large_inventory`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.measure import machine
from benchmarks.server_cost import Cost
from domain.entry import Entries, Entry
from domain.examination import Assessment, Batch, Examination, Outcome, Traits
from domain.finding import Finding
from domain.item import Item, Listing
from inventory.engine import Database, open_inventory, reading, writing
from inventory.places import Place
from inventory.recorder import Came, Recorder
from inventory.recording import Pipeline
from inventory.rows import insert_items, new_rows
from inventory.tables import DirRow, ItemRow, ServiceRow, SourceRow

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import running_postgres

_ROUNDS = 3
_CHUNK = 10_000
_TODAY = date(2026, 11, 1)
_NOW = datetime(2026, 11, 1, tzinfo=UTC)


def main(rows: int) -> None:
    print(f"Machine: {machine()}\n")
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        for name in ("SQLite", "PostgreSQL"):
            url = server.fresh() if name == "PostgreSQL" else f"sqlite:///{folder}/inventory.db"
            database = open_inventory(url, create=True)
            cost = Cost(server)
            _ingest(name, database, cost, rows)
            _directory(name, database, cost)
            _unchanged(name, database, cost)
            database.dispose()


def _least(cost: Cost, ways: Mapping[str, Callable[[int], object]]) -> dict[str, tuple[float, float]]:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for turn in range(_ROUNDS):
        for name, way in ways.items():
            found[name].append(cost.of(lambda way=way, turn=turn: way(turn)))  # type: ignore[misc]
    return {name: min(times) for name, times in found.items()}


def _ingest(name: str, database: Database, cost: Cost, rows: int) -> None:
    """New items of listings, ten thousand in a transaction."""
    dirs = _folders(database)
    ways = {
        "as listings are written": lambda turn: _each(database, dirs[2 * turn], rows, _ours),
        "SQLAlchemy Core executemany": lambda turn: _each(database, dirs[2 * turn + 1], rows, _core),
    }
    found = _least(cost, ways)
    print(f"| {name}: {rows} new items | rows a CPU second | ratio |\n|---|---|---|")
    ours = found["as listings are written"][0]
    for way, (cpu, _) in found.items():
        print(f"| {way} | {rows / cpu:,.0f} | {cpu / ours:.2f} |")
    print()


def _each(database: Database, dir_id: int, rows: int, write: Callable[[Database, int, Sequence[Entry]], None]) -> None:
    for start in range(0, rows, _CHUNK):
        write(database, dir_id, [_entry(number) for number in range(start, min(rows, start + _CHUNK))])


def _ours(database: Database, dir_id: int, entries: Sequence[Entry]) -> None:
    with writing(database) as connection:
        insert_items(connection, new_rows(dir_id, entries, "2026-11-01", lambda _: None))


def _core(database: Database, dir_id: int, entries: Sequence[Entry]) -> None:
    facts = ("name", "kind", "size", "modified", "version", "file_id", "created", "accessed", "allocated", "mangled")
    with writing(database) as connection:
        rows = []
        for entry in entries:
            item = entry.item("shares", b"")
            values = {fact: getattr(item, fact) for fact in facts[1:]}
            rows.append(values | {"name": entry.name, "dir_id": dir_id, "first_seen": _TODAY})
        connection.execute(insert(ItemRow), rows)


def _folders(database: Database) -> Sequence[int]:
    with writing(database) as connection:
        connection.execute(insert(SourceRow).values(name="other", root=b"/other"))
        connection.execute(insert(ServiceRow).values(name="Housing"))
        rows = [
            {"source_id": 1, "service_id": 1, "path": b"%d" % number, "scan_id": 0} for number in range(2 * _ROUNDS)
        ]
        connection.execute(insert(DirRow), rows)
        return [row.id for row in connection.execute(DirRow.__table__.select())]


def _directory(name: str, database: Database, cost: Cost) -> None:
    """Folders of ten thousand files, listed and then examined; the outcomes of one are written in one transaction."""
    recorder = _recorder(database)
    listed, recorded, singly = zip(*(_one_directory(recorder, cost, turn) for turn in range(_ROUNDS)), strict=True)
    print(f"| {name}: a folder of {_CHUNK} files | CPU seconds | seconds |\n|---|---|---|")
    for what, found in (("listed", min(listed)), ("examined, in one transaction", min(recorded))):
        print(f"| {what} | {found[0]:.2f} | {found[1]:.2f} |")
    cpu, wall = min(singly)
    print(f"| examined, each in a transaction of its own | {50 * cpu:.2f} | {50 * wall:.2f} |")
    copies = _copies(recorder)
    cpu, wall = cost.of(lambda: _together(recorder, copies))
    print(f"| copies of others, fifty in a transaction | {10 * cpu:.2f} | {10 * wall:.2f} |\n")


def _one_directory(recorder: Recorder, cost: Cost, turn: int) -> tuple[tuple[float, float], ...]:
    folder = b"folder %d" % turn
    items = Entries("shares", folder, [_entry(number) for number in range(_CHUNK)])
    listed = cost.of(lambda: recorder.note(Listing(folder, items)))
    came = [(item, None, Batch((_examined(item),))) for item in items]
    recorded = cost.of(lambda: recorder.record_all(came))
    return listed, recorded, cost.of(lambda: _singly(recorder, came[:200]))


def _copies(recorder: Recorder) -> list[list[Came]]:
    """A thousand copies of files of the first folder, as they come when they are known."""
    known = [_examined(item) for item in Entries("shares", b"folder 0", [_entry(number) for number in range(1000)])]
    items = Entries("shares", b"copies", [_entry(number) for number in range(1000)])
    recorder.note(Listing(b"copies", items))
    came: list[Came] = [
        (item, None, Batch((Examination(item, Outcome.EXAMINED, None, _DOCX, one.digest, same_as=one.digest),)))
        for item, one in zip(items, known, strict=True)
    ]
    return [came[at : at + 50] for at in range(0, 1000, 50)]


def _together(recorder: Recorder, came: Sequence[Sequence[Came]]) -> None:
    for some in came:
        recorder.record_all(some)


def _singly(recorder: Recorder, came: Sequence[Came]) -> None:
    for one in came:
        recorder.record(*one)


def _unchanged(name: str, database: Database, cost: Cost) -> None:
    """Ten thousand files in 200 folders, listed again as they were, beside one question for each path."""
    recorder = _recorder(database, "again")
    folders = [b"folder %d" % number for number in range(200)]
    listings = [
        Listing(folder, Entries("again", folder, [_entry(number) for number in range(50)])) for folder in folders
    ]
    recorder.note(*listings)
    recorder.record_all((item, None, Batch((_examined(item),))) for listing in listings for item in listing.items)
    ways = {
        "as listings are noted": lambda _: recorder.note(*listings),
        "one SELECT a path": lambda _: _by_path(database, listings),
    }
    found = _least(cost, ways)
    ours = found["as listings are noted"][0]
    print(f"| {name}: 10000 unchanged files | rows a CPU second | ratio |\n|---|---|---|")
    for way, (cpu, _) in found.items():
        print(f"| {way} | {10_000 / cpu:,.0f} | {cpu / ours:.1f} |")
    print()


def _by_path(database: Database, listings: Sequence[Listing]) -> int:
    mark = "?" if database.dialect.name == "sqlite" else "%s"
    ask = (
        "SELECT i.id, i.version, i.kind, i.outcome, i.pipeline FROM item i JOIN dir d ON d.id = i.dir_id "
        f"JOIN source s ON s.id = d.source_id WHERE s.name = 'again' AND d.path = {mark} AND i.name = {mark} "
        "AND i.part = ''"
    )
    same = 0
    with reading(database) as connection:
        cursor: Any = connection.connection.cursor()
        for listing in listings:
            for item in listing.items:
                cursor.execute(ask, (listing.folder, item.ref.name))
                same += cursor.fetchone()[1] == item.version
        cursor.close()
    return same


def _recorder(database: Database, source: str = "shares") -> Recorder:
    place = Place(source, b"/" + source.encode())
    recorder = Recorder(database, place, Pipeline("0123456789abcdef", "limits"), _TODAY, lambda _folder: "Housing")
    recorder.begin(_NOW, "detector", "key")
    return recorder


def _entry(number: int) -> Entry:
    name = b"Minutes of the meeting %d.docx" % number
    modified = 1_600_000_000_000_000 + number * 1_000_000
    return Entry(
        name, "file", 20_000 + number, modified, number.to_bytes(8, "big"), f"2049-{80_000_000 + number}", None,
        modified, 24_576, False, None, None, None,
    )  # fmt: skip


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PARTS = {"identity": 20.0, "volume": 10.0, "special": 12.0}


def _examined(item: Item) -> Examination:
    """Every third file holds three kinds of personal data, with four fingerprints each."""
    digest = blake2b(item.ref.locator).digest()[:32]
    number = digest[0]
    kinds = ("PERSON", "EMAIL_ADDRESS", "UK_POSTCODE") if number % 3 == 0 else ()
    prints = [tuple(digest[at : at + 16] for at in range(4 * n, 4 * n + 4)) for n in range(3)]
    findings = tuple(
        Finding(kind, 4, 0.85, ("page 1", "page 2"), "Aaaaa Aaaaaaa", prints[at]) for at, kind in enumerate(kinds)
    )
    traits = Traits(number, digest * 4, None, {"application": "Microsoft Office Word", "pages": "3"}, reader="ooxml:1")
    assessment = Assessment(bool(kinds), (), False, False, 40 if kinds else 0, _PARTS if kinds else {})
    return Examination(item, Outcome.EXAMINED, None, _DOCX, digest, 0.02, 4_000, findings, assessment, traits=traits)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=30_000)
    main(arguments.parse_args().rows)
