"""How well versions and copies are told from what only looks like them, on a tree of which that is known.

usage: python -m benchmarks.family_accuracy [--families N]

Precision and recall are of pairs: two documents that were put into one family, two that belong together. Half of the
tree is no version of anything: letters of one pattern to several people, minutes, returns, documents of one name.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

from sqlalchemy import select

from benchmarks.copied_tree import EDITS, Document, copied_tree
from benchmarks.measure import machine
from benchmarks.scanned import scanned
from domain.copies import CopyFamily, CopyKind
from inventory.engine import Database, reading
from inventory.tables import DirRow, ItemRow
from operations.families.find import FOUND_BY


def main(families: int) -> None:
    documents = {document.path: document for document in copied_tree(families)}
    print(f"Machine: {machine()}\n\n{len(documents):,} documents, {families} with versions edited by {_told(EDITS)}.\n")
    with tempfile.TemporaryDirectory(prefix="families-") as folder:
        for path, document in documents.items():
            file = Path(folder) / "tree" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document.text)
        database = scanned(Path(folder) / "tree", Path(folder))
        print("| | pairs found | right | precision | recall |\n|---|---|---|---|---|")
        for kind, wanted in _wanted(documents.values()).items():
            found = pairs_of(FOUND_BY[kind](database), _paths(database))
            right = len(found & wanted)
            print(f"| {kind} | {len(found)} | {right} | {right / max(1, len(found)):.3f} | {right / len(wanted):.3f} |")
        database.dispose()


def _told(edits: Iterable[float]) -> str:
    return ", ".join(f"{edit:.0%}" for edit in edits)


def _wanted(documents: Iterable[Document]) -> Mapping[CopyKind, set[frozenset[str]]]:
    return {
        CopyKind.VERSIONS: together({document.path: document.title for document in documents}),
        CopyKind.COPY: together({document.path: document.text for document in documents}),
    }


def together(labels: Mapping[str, str]) -> set[frozenset[str]]:
    """Every pair of paths with one label."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path, label in labels.items():
        groups[label].append(path)
    return {frozenset(pair) for paths in groups.values() for pair in combinations(paths, 2)}


def pairs_of(families: Iterable[CopyFamily], paths: Mapping[int, str]) -> set[frozenset[str]]:
    return {
        frozenset(pair)
        for family in families
        for pair in combinations([paths[member.item] for member in family.members], 2)
    }


def _paths(database: Database) -> Mapping[int, str]:
    with reading(database) as connection:
        rows = connection.execute(
            select(ItemRow.id, DirRow.path, ItemRow.name).join(DirRow, DirRow.id == ItemRow.dir_id)
        )
        return {row.id: (row.path + b"/" + row.name).decode() for row in rows}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=60)
    main(**vars(parser.parse_args()))
