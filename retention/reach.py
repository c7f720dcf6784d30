"""Which folders a change of a schedule can touch at all, so that the others need not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeAlias

from domain.rule import RecordClass, Rule, Schedule
from retention.glob import Glob, compile_glob

_Globs: TypeAlias = tuple[Glob, ...] | None
"""Of which one matches a folder's items; None where that is any folder's."""


class Reach:
    """Where the rules that differ between two schedules may be about an item. It errs on the side of everywhere."""

    def __init__(self, old: Schedule, new: Schedule, claimed: Iterable[str]) -> None:
        """`claimed` are classes that people said items or folders to be of."""
        self._everywhere = _beside_rules(old) != _beside_rules(new)
        said = frozenset(claimed)
        differ = [*_missing(old.rules, new.rules), *_missing(new.rules, old.rules)]
        self._areas = tuple(dict.fromkeys(_area(rule, new.classes, said) for rule in differ))

    def touches(self, path: str, service: str, source: str) -> bool:
        """Whether a folder, by its path as people see it, may hold an item that a rule which differs is about."""
        return self._everywhere or any(
            _is_among(service, area.services)
            and _is_among(source, area.sources)
            and _may_match(area.paths, path)
            and _may_match(area.of_class, path)
            for area in self._areas
        )


class _Area(NamedTuple):
    """Where a rule may be about an item; all has to hold."""

    services: tuple[str, ...]
    sources: tuple[str, ...]
    paths: _Globs
    of_class: _Globs


def _area(rule: Rule, classes: Iterable[RecordClass], claimed: Collection[str]) -> _Area:
    scope = rule.scope
    return _Area(scope.services, scope.sources, _globs(scope.paths) if scope.paths else None,
                 _of_class(scope.classes, classes, claimed) if scope.classes else None)  # fmt: skip


def _of_class(named: Iterable[str], classes: Iterable[RecordClass], claimed: Collection[str]) -> _Globs:
    """By the folders mapped to its classes; what else leads to a class may be met in any folder."""
    meant = [compile_glob(glob).matches for glob in named]
    own = [each for each in classes if any(means(each.id) for means in meant)]
    if any(means(each) for means in meant for each in claimed) or any(map(_is_told, own)):
        return None
    return _globs(path for each in own for path in each.paths)


def _globs(paths: Iterable[str]) -> _Globs:
    """A glob that looks at names may match in any folder."""
    globs = tuple(map(compile_glob, dict.fromkeys(paths)))
    return globs if all(glob.of_folders for glob in globs) else None


def _beside_rules(schedule: Schedule) -> tuple[object, ...]:
    return (schedule.min_observed, schedule.classes, schedule.holds, schedule.keys)


def _missing(these: tuple[Rule, ...], others: tuple[Rule, ...]) -> list[Rule]:
    return [rule for rule in these if rule not in others]


def _is_told(each: RecordClass) -> bool:
    return bool(each.labels or each.words or each.hints)


def _may_match(globs: _Globs, path: str) -> bool:
    return globs is None or any(glob.matches(f"{path}/-" if path else "-") for glob in globs)


def _is_among(value: str, names: tuple[str, ...]) -> bool:
    return not names or value.casefold() in map(str.casefold, names)
