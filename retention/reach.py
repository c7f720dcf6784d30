"""Which folders a change of a schedule can touch at all, so that the others need not be read."""

from __future__ import annotations

from collections.abc import Iterable

from domain.rule import RecordClass, Rule, Schedule
from retention.glob import compile_glob


class Reach:
    """Where the rules that differ between two schedules may be about an item. It errs on the side of everywhere."""

    def __init__(self, old: Schedule, new: Schedule, claimed: Iterable[str]) -> None:
        """`claimed` are classes that people said items or folders to be of."""
        self._everywhere = _beside_rules(old) != _beside_rules(new)
        self._rules = [*_missing(old.rules, new.rules), *_missing(new.rules, old.rules)]
        self._classes, self._claimed = new.classes, frozenset(claimed)

    def touches(self, path: str, service: str, source: str) -> bool:
        """Whether a folder, by its path as people see it, may hold an item that a rule which differs is about."""
        return self._everywhere or any(self._may_be_about(rule, path, service, source) for rule in self._rules)

    def _may_be_about(self, rule: Rule, path: str, service: str, source: str) -> bool:
        scope = rule.scope
        return (
            _is_among(service, scope.services)
            and _is_among(source, scope.sources)
            and (not scope.paths or _may_match(scope.paths, path))
            and (not scope.classes or self._may_be_of(scope.classes, path))
        )

    def _may_be_of(self, globs: tuple[str, ...], path: str) -> bool:
        """By its folder; or by anything else, which may be met in any folder."""
        if any(compile_glob(glob).matches(each) for glob in globs for each in self._claimed):
            return True
        classes = (each for each in self._classes if any(compile_glob(glob).matches(each.id) for glob in globs))
        return any(_is_told(each) or _may_match(each.paths, path) for each in classes)


def _beside_rules(schedule: Schedule) -> tuple[object, ...]:
    return (schedule.min_observed, schedule.classes, schedule.holds, schedule.keys)


def _missing(these: tuple[Rule, ...], others: tuple[Rule, ...]) -> list[Rule]:
    return [rule for rule in these if rule not in others]


def _is_told(each: RecordClass) -> bool:
    return bool(each.labels or each.words or each.hints)


def _may_match(globs: tuple[str, ...], path: str) -> bool:
    return any(not glob.of_folders or glob.matches(f"{path}/-" if path else "-") for glob in map(compile_glob, globs))


def _is_among(value: str, names: tuple[str, ...]) -> bool:
    return not names or value.casefold() in map(str.casefold, names)
