"""What differs between two versions of a schedule: what came, what went, what changed, which id has a new meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from domain.hold import Hold
from domain.rule import RecordClass, Rule, Schedule


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Difference:
    """`field` is what changed, from `before` to `after`; empty for what came or went as a whole."""

    table: str
    id: str
    change: Change
    field: str = ""
    before: str = ""
    after: str = ""


def diff(old: Schedule, new: Schedule) -> list[Difference]:
    """Every difference, class by class, then rules, then holds; ids that mean another series now are named as such."""
    head = [*_fields("schedule", new.id, old, new, skip=("classes", "rules", "holds", "digest"))]
    return [
        *head,
        *_between("class", old.classes, new.classes),
        *_between("rule", old.rules, new.rules),
        *_between("hold", old.holds, new.holds),
    ]


def _between(
    table: str, old: Sequence[RecordClass | Rule | Hold], new: Sequence[RecordClass | Rule | Hold]
) -> Iterator[Difference]:
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    for ident in sorted(before.keys() | after.keys()):
        if ident not in after:
            yield Difference(table, ident, Change.REMOVED, before=_named(before[ident]))
        elif ident not in before:
            yield Difference(table, ident, Change.ADDED, after=_named(after[ident]))
        else:
            if _is_reused(before[ident], after[ident]):
                named = (_named(before[ident]), _named(after[ident]))
                yield Difference(table, ident, Change.REUSED, "title", *named)
            yield from _fields(table, ident, before[ident], after[ident])


def _fields(table: str, ident: str, old: Any, new: Any, skip: tuple[str, ...] = ()) -> Iterator[Difference]:
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in skip and before != after:
            yield Difference(table, ident, Change.CHANGED, field.name, in_short(before), in_short(after))


def _is_reused(old: Any, new: Any) -> bool:
    """A class of another title, or a rule of other classes, under an old number: numbers are never used again."""
    if isinstance(old, RecordClass):
        return not _words(old.title) & _words(new.title)
    return isinstance(old, Rule) and bool(old.scope.classes) and not set(old.scope.classes) & set(new.scope.classes)


def _words(title: str) -> set[str]:
    return {word for word in title.casefold().split() if len(word) > 3}


def _named(each: Any) -> str:
    return str(getattr(each, "title", "") or getattr(each, "reason", ""))


_NOTHING: tuple[object, ...] = (None, (), "")


def in_short(value: Any) -> str:
    """A value of the schedule in few words: what it leaves empty is left out."""
    if value in _NOTHING:
        return "nothing"
    if isinstance(value, tuple):
        return "; ".join(map(in_short, value))
    if hasattr(value, "__dataclass_fields__") and "__str__" not in type(value).__dict__:
        given = ((field.name, getattr(value, field.name)) for field in fields(value))
        said = (
            f"{name} {in_short(each)}" for name, each in given if each not in _NOTHING and in_short(each) != "no time"
        )
        return ", ".join(said) or "nothing"
    return str(value)
