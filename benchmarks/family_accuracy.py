"""How well versions and copies are told from what only looks like them, on a tree of which that is known.

usage: python -m benchmarks.family_accuracy [--families N]

Precision and recall are of pairs: two documents that were put into one family, two that belong together. Half of the
tree is no version of anything: letters of one pattern to several people, minutes, returns, documents of one name.
Then the labelled tree of names as people write them: the half that rules were mended by, and that held out at first.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, combinations
from pathlib import Path

from sqlalchemy import select

from benchmarks.copied_tree import EDITS, Document, copied_tree
from benchmarks.labelled_tree import Service, files_of, scores, services
from benchmarks.measure import machine
from benchmarks.scanned import scanned
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from domain.copies import CopyFamily, CopyKind
from domain.rot import RotReason
from inventory.engine import Database, reading
from inventory.rot_listing import RotWanted, rot_items
from inventory.tables import DirRow, ItemRow
from operations.configuration.rot_settings import RotSettings
from operations.families.find import FOUND_BY, find_families
from operations.families.near import near_families
from operations.people.audit import Trail
from operations.rot.find import find_rot

_OWNER = Actor("owner", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
_TODAY, _LONG_AGO = date(2026, 3, 2), 1_500_000_000
_MAY_GO = tuple(reason for reason in RotReason if reason.disposable)


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
            found = pairs_of(FOUND_BY[kind](database), paths_in(database))
            right = len(found & wanted)
            print(f"| {kind} | {len(found)} | {right} | {right / max(1, len(found)):.3f} | {right / len(wanted):.3f} |")
        database.dispose()
    for held_out in (False, True):
        _labelled("Held out at first" if held_out else "Mended by", services(held_out=held_out))


def _labelled(name: str, some: Sequence[Service]) -> None:
    with tempfile.TemporaryDirectory(prefix="families-") as folder:
        for path, text in files_of(some).items():
            file = Path(folder) / "tree" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            os.utime(file, (_LONG_AGO, _LONG_AGO))
        database = scanned(Path(folder) / "tree", Path(folder))
        trail = Trail(database, AuditKey(b"k" * 32))
        score_of = scores(some, *found_of(trail))
        print(f"\n{name}, {len(files_of(some)):,} files:\n\n| | found | right | wanted | precision | recall |")
        print("|---|---|---|---|---|---|")
        for what, score in score_of.items():
            print(f"| {what} | {score.found} | {score.right} | {score.wanted} |", end="")
            print(f" {score.precision:.3f} | {score.recall:.3f} |")
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


def found_of(trail: Trail) -> tuple[Mapping[str, RotReason], set[frozenset[str]]]:
    """What is put forward as what could go, and the pairs of versions, both by path."""
    find_families(_OWNER, trail)
    find_rot(_OWNER, trail, RotSettings(), _TODAY)
    paths = paths_in(trail.database)
    rot = {paths[item.number]: item.reason for item in rot_items(trail.database, RotWanted(_MAY_GO))}
    versions = (family for family in near_families(trail.database) if family.kind is CopyKind.APART)
    return rot, pairs_of(chain(FOUND_BY[CopyKind.VERSIONS](trail.database), versions), paths)


def paths_in(database: Database) -> Mapping[int, str]:
    with reading(database) as connection:
        rows = connection.execute(
            select(ItemRow.id, DirRow.path, ItemRow.name).join(DirRow, DirRow.id == ItemRow.dir_id)
        )
        return {row.id: (row.path + b"/" + row.name).decode() for row in rows}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=60)
    main(**vars(parser.parse_args()))
