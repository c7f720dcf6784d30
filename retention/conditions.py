"""Which class an item is of and which rules are about it, found once for a folder and not once for an item.

**Scope.** Every condition that is given holds, and no `exclude` matches. A part (an attachment, a member of an
archive) has the path of the file it sits in. Services, sources, owners and types are compared without regard to case.

**How specific a scope is**: the number of conditions it gives, tests of the content being one, then its most specific
matching path glob.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from domain.decision import Reason
from domain.item import readable
from domain.record import Record
from domain.record_class import ClassClaim
from domain.record_hint import RecordHint
from domain.rule import Rule, Schedule, Scope
from retention.classes import claims, class_reasons, class_words, contenders, words_of
from retention.glob import Glob, compile_glob, normal

_FOLDERS_REMEMBERED = 8192
_SITUATIONS_REMEMBERED = 65536

Specificity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ScopedRule:
    """A rule that is about an item, and how specific its scope is: greater is more.

    `rival` is the class by which it would be, where that is not the item's class; `contends` says that it holds all
    the same if it keeps for ever. `by_class` says that it is about the item for its class.
    """

    rule: Rule
    specificity: Specificity
    rival: str | None = None
    contends: bool = False
    by_class: bool = False


@dataclass(frozen=True, slots=True)
class Applicable:
    """What of a schedule is about one item; `reasons` say why it is of its class, and name the rival classes.

    `particular` where some of the rules ask something of the single item.
    """

    claims: tuple[ClassClaim, ...]
    rules: tuple[ScopedRule, ...]
    reasons: tuple[Reason, ...]
    particular: bool = False

    @property
    def record_class(self) -> str | None:
        return self.claims[0].record_class if self.claims else None


class Conditions:
    """The conditions of a schedule, compiled. What it remembers is bounded, and never changes an answer."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        globs = [compile_glob(text) for text in dict.fromkeys(_path_globs(schedule))]
        self._of_folders = [glob for glob in globs if glob.of_folders]
        self._of_names = [glob for glob in globs if not glob.of_folders]
        self._words = class_words(schedule.classes)
        self._hints = {hint.casefold() for each in schedule.classes for hint in each.hints}
        self._titles = {each.id: each.title for each in schedule.classes}
        self._folder = lru_cache(maxsize=_FOLDERS_REMEMBERED)(self._matching_folder)
        self._situation = lru_cache(maxsize=_SITUATIONS_REMEMBERED)(self._applicable)

    def applicable(self, record: Record) -> Applicable:
        path = normal(readable(record.ref.locator))
        matched = self._folder(path.rpartition("/")[0])
        if self._of_names:
            matched |= _matching(self._of_names, path)
        words = self._words & words_of(path) if self._words else frozenset()
        hints = tuple(hint for hint in record.hints if hint.record_class.casefold() in self._hints)
        said = (words, record.labels, hints, record.claims)
        found = self._situation(matched, record.service.casefold(), record.ref.source.casefold(), *said)
        if not found.particular:
            return found
        rules = tuple(scoped for scoped in found.rules if _about(scoped.rule.scope, record, path))
        return Applicable(found.claims, rules, found.reasons)

    def _matching_folder(self, folder: str) -> frozenset[str]:
        """Globs of folders do not look at an item's name, so that any name will do."""
        return _matching(self._of_folders, f"{folder}/-" if folder else "-")

    def _applicable(
        self,
        matched: frozenset[str],
        service: str,
        source: str,
        words: frozenset[str],
        labels: tuple[str, ...],
        hints: tuple[RecordHint, ...],
        given: tuple[ClassClaim, ...],
    ) -> Applicable:
        ordered = claims(self._schedule.classes, matched, words, labels, hints, given)
        contend = contenders(ordered)
        rules = []
        for rule in self._schedule.rules:
            if _in_scope(rule.scope, matched, service, source):
                by = next((claim.record_class for claim in ordered if _of_class(rule.scope, claim.record_class)), None)
                if by is not None or not rule.scope.classes:
                    rival = by if rule.scope.classes and by != ordered[0].record_class else None
                    specificity = _specificity(rule, matched)
                    rules.append(ScopedRule(rule, specificity, rival, rival in contend, bool(rule.scope.classes)))
        particular = not all(_about_any(scoped.rule.scope) for scoped in rules)
        return Applicable(ordered, tuple(rules), tuple(class_reasons(ordered, self._titles)), particular)


def _path_globs(schedule: Schedule) -> Iterable[str]:
    for record_class in schedule.classes:
        yield from record_class.paths
    for rule in schedule.rules:
        yield from (*rule.scope.paths, *rule.scope.exclude)


def _matching(globs: Iterable[Glob], path: str) -> frozenset[str]:
    return frozenset(glob.text for glob in globs if glob.matches(path))


def _in_scope(scope: Scope, matched: frozenset[str], service: str, source: str) -> bool:
    return (
        not matched.intersection(scope.exclude)
        and (not scope.paths or bool(matched.intersection(scope.paths)))
        and _is_among(service, scope.services)
        and _is_among(source, scope.sources)
    )


def _of_class(scope: Scope, record_class: str) -> bool:
    return any(compile_glob(glob).matches(record_class) for glob in scope.classes)


def _about_any(scope: Scope) -> bool:
    """Whether nothing in it is asked of the single item."""
    return not (
        scope.owners or scope.types or scope.formats or scope.mailbox_folders
        or scope.min_size is not None or scope.max_size is not None
    )  # fmt: skip


def _about(scope: Scope, record: Record, path: str) -> bool:
    return (
        _is_among(record.owner, scope.owners)
        and _is_among(record.item_type, scope.types)
        and (not scope.formats or any(_is_format(each.casefold(), record, path) for each in scope.formats))
        and (not scope.mailbox_folders or _in_folder(scope.mailbox_folders, record.mailbox_folder))
        and (scope.min_size is None or record.size >= scope.min_size)
        and (scope.max_size is None or record.size <= scope.max_size)
    )


def _is_among(value: str, names: tuple[str, ...]) -> bool:
    return not names or value.casefold() in map(str.casefold, names)


def _is_format(named: str, record: Record, path: str) -> bool:
    if named.startswith("."):
        return path.casefold().endswith(named)
    media_type = (record.media_type or "").casefold()
    return media_type.startswith(named[:-1]) if named.endswith("/*") else media_type == named


def _in_folder(globs: tuple[str, ...], folder: str | None) -> bool:
    return folder is not None and any(compile_glob(glob).matches(folder) for glob in globs)


def _specificity(rule: Rule, matched: frozenset[str]) -> Specificity:
    given = sum(getattr(rule.scope, field.name) not in ((), None) for field in fields(rule.scope))
    globs = (compile_glob(path).specificity for path in rule.scope.paths if path in matched)
    return (given + (rule.match is not None), *max(globs, default=(0, 0)))
