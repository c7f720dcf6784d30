"""How right ROT and families are on a tree of real files that somebody else labelled, without having read any rule.

usage: python -m benchmarks.unseen_tree --seed N
       python -m benchmarks.unseen_tree INVENTORY LABELS

With --seed the tree is made by `unseen_share`, and scanned as it would be, without a model that finds names. Else
INVENTORY is the URL of an inventory in which it was scanned, and `families find` and `rot find` were run. LABELS is a
line of JSON a file: its `path`, and `labels` (`trivial`, `copy_group`, `family`, `version`, `not_family`,
`family_unscored`, `guarded`, `doubt`). Printed is each measure with and without the files of which the labeller doubts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import select

from benchmarks.labelled_tree import Score
from domain.copies import CopyKind
from domain.rot import RotItem, RotReason
from inventory.engine import Database, open_inventory, reading
from inventory.rot_listing import RotWanted, rot_items
from inventory.tables import DirRow, FamilyRow, ItemRow, MemberRow

_Labels: TypeAlias = Mapping[str, Mapping[str, Any]]
_Pair: TypeAlias = frozenset[str]
_TRIVIAL = (RotReason.TECHNICAL, RotReason.PERSONAL)
_MAY_GO = tuple(reason for reason in RotReason if reason.disposable)
_MUNIMENT = ("-c", "from cli.main import main; main()")
_VERSIONS = (CopyKind.VERSIONS, CopyKind.APART)


def main(url: str, file: Path) -> None:
    labels = {row["path"]: row["labels"] for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())}
    sure = {path: each for path, each in labels.items() if not each.get("doubt")}
    database = open_inventory(url, create=False)
    put_forward = {item.path: item for item in rot_items(database, RotWanted(_MAY_GO))}
    pairs = {kinds: set(_pairs(database, kinds)) for kinds in ((CopyKind.COPY,), _VERSIONS)}
    print(
        "| what | found | right | wanted | precision | recall | without doubtful ones |\n|---|---|---|---|---|---|---|"
    )
    for what, score in {
        "trivial": lambda some: trivial(some, put_forward),
        "exact copies, pairs": lambda some: copies(some, pairs[CopyKind.COPY,]),
        "exact copies put forward": lambda some: copies_put_forward(some, put_forward),
        "versions, pairs": lambda some: versions(some, pairs[_VERSIONS]),
    }.items():
        _print(what, score, labels, sure)
    for some in (labels, sure):
        wrong = sorted(path for path in put_forward if some.get(path, {}).get("guarded"))
        wanted = sum(bool(each.get("guarded")) for each in some.values())
        print(f"\nguarded and put forward: {len(wrong)} of {wanted}")
        for path in wrong:
            print(f"  {put_forward[path].reason}: {path} ({some[path]['guarded']})")
    database.dispose()


def of_seed(seed: str) -> None:
    """Make the tree, scan it and look for families and for ROT, as somebody at a terminal does."""
    with tempfile.TemporaryDirectory(prefix="unseen-") as folder:
        home = Path(folder)
        _run("-m", "benchmarks.unseen_share", folder, "--seed", seed, home=Path.cwd())
        _run(*_MUNIMENT, "init", str(home / "home"), home=home)
        settings = home / "home" / "muniment.toml"
        settings.write_text(f'[detection]\nmodel = "none"\n[[source]]\nname = "share"\nroot = "{home / "share"}"\n')
        for words in (["scan"], ["families", "find"], ["rot", "find"]):
            _run(*_MUNIMENT, *words, home=settings.parent)
        main(f"sqlite:///{settings.parent / 'inventory.db'}", home / "labels.jsonl")


def _run(*words: str, home: Path) -> None:
    known = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, *words], check=True, cwd=home, env=known, stdout=sys.stderr)


def _print(what: str, score: Callable[[_Labels], Score], labels: _Labels, sure: _Labels) -> None:
    every, told = score(labels), score(sure)
    print(f"| {what} | {every.found} | {every.right} | {every.wanted} | {every.precision:.3f} | {every.recall:.3f} "
          f"| {told.precision:.3f}, {told.recall:.3f} |")  # fmt: skip


def trivial(labels: _Labels, put_forward: Mapping[str, RotItem]) -> Score:
    """What is put forward as trivial, be it beside another reason."""
    said = {path for path, item in put_forward.items() if not {item.reason, *item.also}.isdisjoint(_TRIVIAL)}
    return _scored(said & labels.keys(), {path for path, each in labels.items() if each["trivial"]})


def copies(labels: _Labels, pairs: set[_Pair]) -> Score:
    return _scored(_among(labels, pairs), set(_alike(labels, "copy_group")))


def copies_put_forward(labels: _Labels, put_forward: Mapping[str, RotItem]) -> Score:
    """All but one of each group could be; of those that are guarded none."""
    said = {path for path, item in put_forward.items() if item.reason is RotReason.COPY} & labels.keys()
    right = {path for path in said if labels[path].get("copy_group") and not labels[path].get("guarded")}
    groups = defaultdict[str, list[bool]](list)
    for each in labels.values():
        if group := each.get("copy_group"):
            groups[group].append(bool(each.get("guarded")))
    wanted = sum(min(guarded.count(False), len(guarded) - 1) for guarded in groups.values())
    return Score(len(said), len(right), wanted)


def versions(labels: _Labels, pairs: set[_Pair]) -> Score:
    """Of unlike bytes, copies of a version once; pairs of which the labeller says nothing are no error."""
    apart = {pair for pair in _among(labels, pairs) if not _same(labels, pair, _UNSCORED)}
    scored = {pair for pair in apart if not any(labels[path].get("family_unscored") for path in pair)}
    wanted = {pair for pair in _alike(labels, "family") if not _same(labels, pair, ("copy_group", "version"))}
    said = {pair for pair in scored if pair in wanted or not _same(labels, pair, ("family",))}
    return _scored({_of_contents(labels, pair) for pair in said}, {_of_contents(labels, pair) for pair in wanted})


def _of_contents(labels: _Labels, pair: _Pair) -> _Pair:
    return frozenset(labels[path].get("copy_group", path) for path in pair)


_UNSCORED = ("copy_group", "unpacked_group", "attachment_group", "message_group", "picture_group")


def _same(labels: _Labels, pair: _Pair, keys: Iterable[str]) -> bool:
    one, other = (labels[path] for path in pair)
    return any(one.get(key) is not None and one.get(key) == other.get(key) for key in keys)


def _among(labels: _Labels, pairs: set[_Pair]) -> set[_Pair]:
    return {pair for pair in pairs if pair <= labels.keys()}


def _alike(labels: _Labels, key: str) -> Iterator[_Pair]:
    groups = defaultdict[str, list[str]](list)
    for path, each in labels.items():
        if each.get(key) is not None:
            groups[each[key]].append(path)
    return (frozenset(pair) for group in groups.values() for pair in combinations(group, 2))


def _scored(found: set[Any], wanted: set[Any]) -> Score:
    return Score(len(found), len(found & wanted), len(wanted))


def _pairs(database: Database, kinds: Iterable[CopyKind]) -> Iterator[_Pair]:
    chosen = (
        select(MemberRow.family_id, DirRow.path, ItemRow.name).join(FamilyRow, FamilyRow.id == MemberRow.family_id)
        .join(ItemRow, ItemRow.id == MemberRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
        .where(FamilyRow.kind.in_(kinds), ItemRow.part == "")
    )  # fmt: skip
    groups = defaultdict[int, list[str]](list)
    with reading(database) as connection:
        for family, folder, name in connection.execute(chosen):
            groups[family].append((folder + b"/" + name if folder else name).decode())
    return (frozenset(pair) for group in groups.values() for pair in combinations(group, 2))


if __name__ == "__main__":
    if sys.argv[1] == "--seed":
        of_seed(sys.argv[2])
    else:
        main(sys.argv[1], Path(sys.argv[2]))
