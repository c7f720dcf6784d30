"""The second labelled tree as files, and how right what was found of it is: `tests/cases/rot_tree_second.toml`."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.copied_tree import EDITS, a_text, edited
from domain.rot import RotReason

_TREE = Path(__file__).parents[1] / "tests" / "cases" / "rot_tree_second.toml"
_PATTERN = 0.08
_MAIL = "From: a@example.org\nTo: b@example.org\nDate: Mon, 04 Mar 2019 09:00:00 +0000\nSubject: {0}\n\nOf {0}.\n"
_ALONE = ("trivial", "records", "guarded")

Service = Mapping[str, Any]


class Score(NamedTuple):
    """What was found, what of that is right, and what should have been."""

    found: int
    right: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.wanted)


def services(*, held_out: bool) -> Sequence[Service]:
    """Those that the rules were mended by, or those that were held out until that had been scored."""
    tree = tomllib.loads(_TREE.read_text(encoding="utf-8"))["service"]
    return [one for one in tree if one.get("held_out", False) is held_out]


def files_of(some: Iterable[Service]) -> dict[str, str]:
    """What each path holds."""
    return {f"{one['folder']}/{path}": content for one in some for path, content in _files(one)}


def _files(service: Service) -> Iterator[tuple[str, str]]:
    chance = random.Random(service["folder"])
    for path in _of(service, *_ALONE):
        yield path, f"Content of {path}"
    for path in _of(service, "empty"):
        yield path, ""
    for path in _of(service, "mail", "passing"):
        yield path, _MAIL.format(path)
    for group in _of(service, "copies", "copies_kept"):
        yield from ((path, f"Shared by {group[0]}") for path in group)
    for group in _of(service, "versions"):
        base = a_text(chance, chance.randrange(150, 600))
        yield from ((path, edited(chance, base, share)) for path, share in zip(group, EDITS, strict=False))
    for group in _of(service, "series"):
        base = a_text(chance, 250)
        yield from ((path, edited(chance, base, _PATTERN)) for path in group)


def _of(service: Service, *labels: str) -> Iterator[Any]:
    for label in labels:
        yield from service.get(label, ())


def labelled(some: Iterable[Service], *labels: str) -> set[str]:
    """The paths that have one of these labels; of groups all."""
    paths = ((one["folder"], path) for one in some for path in _of(one, *labels))
    return {
        f"{folder}/{each}" for folder, path in paths for each in ([path] if isinstance(path, str) else path)
    }  # fmt: skip


def scores(
    some: Sequence[Service], put_forward: Mapping[str, RotReason], pairs: set[frozenset[str]]
) -> dict[str, Score]:
    """Of trivial files, exact copies, pairs of versions, and of what must never be put forward."""
    trivial = {path for path, reason in put_forward.items() if reason in (RotReason.TECHNICAL, RotReason.PERSONAL)}
    copies = {path for path, reason in put_forward.items() if reason is RotReason.COPY}
    first = {f"{one['folder']}/{group[0]}" for one in some for group in _of(one, "copies")}
    never = labelled(some, "guarded", "copies_kept", "records", "mail")
    return {
        "trivial": _scored(trivial, labelled(some, "trivial", "empty", "passing")),
        "exact copies": _scored(copies, labelled(some, "copies") - first),
        "versions": _scored(pairs, set(_together(some))),
        "never to be put forward": _scored(put_forward.keys() & never, never),
    }


def _scored(found: set[Any], wanted: set[Any]) -> Score:
    return Score(len(found), len(found & wanted), len(wanted))


def _together(some: Iterable[Service]) -> Iterator[frozenset[str]]:
    for one in some:
        for group in _of(one, "versions"):
            yield from (frozenset(pair) for pair in combinations([f"{one['folder']}/{path}" for path in group], 2))
