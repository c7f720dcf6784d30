"""Which class an item is of and which rules are about it, found once for a folder and not once for an item.

**Class.** Of the classes whose globs match the item's path, the one with the most specific glob: the longest text
before the first wildcard, then the most literal characters in all, then the first id. The others are named as rivals.

**Scope.** Every condition that is given holds, and no `exclude` matches. A part (an attachment, a member of an
archive) has the path of the file it sits in. Services and sources are compared without regard to case.

**How specific a scope is**: the number of conditions it gives, then its most specific matching path glob.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from domain.decision import Reason
from domain.item import readable
from domain.record import Record
from domain.rule import RecordClass, Rule, Schedule, Scope
from retention.glob import Glob, compile_glob, normal

_FOLDERS_REMEMBERED = 8192
_SITUATIONS_REMEMBERED = 65536

Specificity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ScopedRule:
    """A rule that is about an item, and how specific its scope is: greater is more."""

    rule: Rule
    specificity: Specificity


@dataclass(frozen=True, slots=True)
class Applicable:
    """What of a schedule is about one item; `reasons` say why it is of its class, and name the rival classes."""

    record_class: str | None
    rules: tuple[ScopedRule, ...]
    reasons: tuple[Reason, ...]


class Conditions:
    """The conditions of a schedule, compiled. What it remembers is bounded, and never changes an answer."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        globs = [compile_glob(text) for text in dict.fromkeys(_path_globs(schedule))]
        self._of_folders = [glob for glob in globs if glob.of_folders]
        self._of_names = [glob for glob in globs if not glob.of_folders]
        self._folder = lru_cache(maxsize=_FOLDERS_REMEMBERED)(self._matching_folder)
        self._situation = lru_cache(maxsize=_SITUATIONS_REMEMBERED)(self._applicable)

    def applicable(self, record: Record) -> Applicable:
        path = normal(readable(record.ref.locator))
        matched = self._folder(path.rpartition("/")[0])
        if self._of_names:
            matched |= _matching(self._of_names, path)
        return self._situation(matched, record.service.casefold(), record.ref.source.casefold())

    def _matching_folder(self, folder: str) -> frozenset[str]:
        """Globs of folders do not look at an item's name, so that any name will do."""
        return _matching(self._of_folders, f"{folder}/-" if folder else "-")

    def _applicable(self, matched: frozenset[str], service: str, source: str) -> Applicable:
        mapped = _by_specificity(self._schedule.classes, matched)
        effective = mapped[0] if mapped else None
        of_class = effective.id if effective else None
        rules = (
            ScopedRule(rule, _specificity(rule.scope, matched))
            for rule in self._schedule.rules
            if _in_scope(rule.scope, of_class, matched, service, source)
        )
        return Applicable(of_class, tuple(rules), tuple(_class_reasons(mapped, matched)))


def _path_globs(schedule: Schedule) -> Iterable[str]:
    for record_class in schedule.classes:
        yield from record_class.paths
    for rule in schedule.rules:
        yield from (*rule.scope.paths, *rule.scope.exclude)


def _matching(globs: Iterable[Glob], path: str) -> frozenset[str]:
    return frozenset(glob.text for glob in globs if glob.matches(path))


def _by_specificity(classes: Iterable[RecordClass], matched: frozenset[str]) -> list[RecordClass]:
    mapped = sorted((each for each in classes if matched.intersection(each.paths)), key=lambda each: each.id)
    return sorted(mapped, key=lambda each: _most_specific(each.paths, matched), reverse=True)


def _most_specific(paths: Iterable[str], matched: frozenset[str]) -> tuple[int, int]:
    return max((compile_glob(path).specificity for path in paths if path in matched), default=(0, 0))


def _in_scope(scope: Scope, record_class: str | None, matched: frozenset[str], service: str, source: str) -> bool:
    return (
        not matched.intersection(scope.exclude)
        and (not scope.paths or bool(matched.intersection(scope.paths)))
        and (not scope.classes or _of_class(scope.classes, record_class))
        and (not scope.services or service in map(str.casefold, scope.services))
        and (not scope.sources or source in map(str.casefold, scope.sources))
    )


def _of_class(globs: Iterable[str], record_class: str | None) -> bool:
    return record_class is not None and any(compile_glob(glob).matches(record_class) for glob in globs)


def _specificity(scope: Scope, matched: frozenset[str]) -> Specificity:
    given = sum(map(bool, (scope.classes, scope.paths, scope.exclude, scope.services, scope.sources)))
    return (given, *_most_specific(scope.paths, matched))


def _class_reasons(mapped: list[RecordClass], matched: frozenset[str]) -> Iterable[Reason]:
    if not mapped:
        return
    effective, *rivals = mapped
    glob = max((path for path in effective.paths if path in matched), key=lambda path: compile_glob(path).specificity)
    yield Reason("class", f'Of class {effective.id} ({effective.title}), because its folder or name matches "{glob}".')
    for rival in rivals:
        yield Reason("class", f"Also mapped to {rival.id} ({rival.title}); the glob of {effective.id} comes first.")
