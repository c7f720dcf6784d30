"""What it takes to find the families of copies in an inventory, and what it takes the night after.

usage: python -m benchmarks.family_cost [--items N]

The made-up estate of `filled_inventory`. Every content of a text is given a MinHash, one in eight of them nearly that
of the one before; one file in ten the name of another in its folder, as another version of it.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.filled_inventory import fill
from benchmarks.measure import machine
from domain.copies import CopyKind
from inventory.engine import Database, open_inventory, reading, writing
from inventory.families import Written, write_families
from operations.families.find import FOUND_BY, parted
from operations.families.near import near_families
from scanner.similarity import PLACES


def main(items: int) -> None:
    print(f"Machine: {machine()}\n")
    with tempfile.TemporaryDirectory(prefix="families-") as folder:
        database = open_inventory(f"sqlite:///{Path(folder) / 'inventory.db'}", create=True)
        fill(database, items)
        _give_texts(database)
        _give_names(database)
        before = _peak()
        print(f"{items:,} items.\n\n| | families | members | rows written | CPU s | rows the night after | CPU s |")
        print("|---|---|---|---|---|---|---|")
        first, again = _night(database), _night(database)
        for kind, (written, cpu) in first.items():
            later, later_cpu = again[kind]
            figures = f"{written.families:,} | {written.members:,} | {written.changed:,} | {cpu:.1f}"
            print(f"| {kind} | {figures} | {later.changed:,} | {later_cpu:.1f} |")
        print(f"\nIn all {sum(cpu for _, cpu in first.values()):.1f} CPU s, ", end="")
        print(f"the night after {sum(cpu for _, cpu in again.values()):.1f}. ", end="")
        print(f"Memory grew by {_peak() - before:.0f} MiB at the most.")
        database.dispose()


def _night(database: Database) -> Mapping[str, tuple[Written, float]]:
    found: dict[str, tuple[Written, float]] = {}
    for kind, find in FOUND_BY.items():
        began = time.process_time()
        found[kind] = write_families(database, kind, find(database)), time.process_time() - began
    began = time.process_time()
    near, apart = parted(near_families(database))
    written = write_families(database, CopyKind.NEAR, near) + write_families(database, CopyKind.APART, apart)
    found["near, and versions apart"] = written, time.process_time() - began
    return found


def _give_texts(database: Database) -> None:
    chance = random.Random(1)
    with reading(database) as connection:
        numbers = connection.exec_driver_sql("SELECT id FROM content WHERE text_chars > 0 ORDER BY id").scalars().all()
    rows, sketch = [], b""
    for number in numbers:
        near = sketch and chance.random() < 0.125
        sketch = _near(chance, sketch) if near else chance.randbytes(PLACES)
        rows.append((number, sketch))
    with writing(database) as connection:
        connection.exec_driver_sql(
            "INSERT INTO trait (content_id, minhash) VALUES (?, ?) "
            "ON CONFLICT (content_id) DO UPDATE SET minhash = excluded.minhash", rows,
        )  # fmt: skip


def _near(chance: random.Random, sketch: bytes) -> bytes:
    changed = bytearray(sketch)
    for place in chance.sample(range(PLACES), PLACES // 10):
        changed[place] = chance.randrange(256)
    return bytes(changed)


def _give_names(database: Database) -> None:
    with reading(database) as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, dir_id, name FROM item WHERE part = '' AND kind = 'file' ORDER BY dir_id, id"
        ).all()
    renamed = [
        (stem + b" v2." + ending, item)
        for (_, above, other), (item, folder, _) in zip(rows[::10], rows[1::10], strict=False)
        if above == folder
        for stem, _, ending in [bytes(other).rpartition(b".")]
    ]
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE item SET name = ? WHERE id = ?", renamed)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=300_000)
    main(**vars(parser.parse_args()))
