"""Which items a schedule cannot tell apart. They are decided alike, so that one of them is decided for all.

Whatever `Decider` comes to look at has to be told apart here too; tests compare the two on items of every kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from domain.asked import Asked
from domain.hold import Hold, HoldScope
from domain.rule import (
    AllOf,
    AnyOf,
    DateSource,
    DuplicateOf,
    HasKind,
    HasTerm,
    Not,
    Rule,
    Schedule,
    Scope,
    Span,
    Test,
)  # fmt: skip
from retention.classes import class_words, words_of
from retention.clock import spans
from retention.glob import compile_glob, normal
from retention.references import ReferenceFinder


class Likeness:
    """What a schedule, with holds on top of its own, can tell apart; `asked` is what it looks at."""

    def __init__(self, schedule: Schedule, holds: Iterable[Hold] = ()) -> None:
        rules, every = schedule.rules, (*schedule.holds, *holds)
        globs = [compile_glob(text) for text in dict.fromkeys(_globs(schedule, every))]
        self._of_folders = [glob for glob in globs if glob.of_folders]
        self._of_names = [glob for glob in globs if not glob.of_folders]
        boxes = dict.fromkeys(text for rule in rules for text in rule.scope.mailbox_folders)
        self._of_mailboxes = [compile_glob(text) for text in boxes]
        self._words = class_words(schedule.classes)
        endings = {text.casefold() for rule in rules for text in rule.scope.formats if text.startswith(".")}
        self._endings = tuple(sorted(endings))
        self._references = ReferenceFinder(schedule.keys if _asks_registers(rules) else ())
        scopes: list[Scope | HoldScope] = [*(rule.scope for rule in rules), *(hold.scope for hold in every)]
        self._by_service = any(scope.services for scope in scopes)
        self._by_source = any(scope.sources for scope in scopes)
        self.bounds = sorted(_bounds(rules))
        tests = [test for rule in rules for test in _leaves(rule.match)]
        self._kinds = tuple(dict.fromkeys(test for test in tests if isinstance(test, HasKind)))
        by_name = bool(self._of_names or self._words or self._endings)
        self.asked = _asked(schedule, every, tests, by_name=by_name)

    def of_folder(self, path: str, service: str, source: str, mailbox_folder: str) -> Hashable:
        """What all items of a folder have in common. `path` as people see it, `mailbox_folder` that of its messages."""
        any_name = normal(f"{path}/-" if path else "-")
        matched = tuple(glob.text for glob in self._of_folders if glob.matches(any_name))
        return (
            matched, service.casefold() if self._by_service else "", source.casefold() if self._by_source else "",
            tuple(glob.text for glob in self._of_mailboxes if glob.matches(mailbox_folder)),
        )  # fmt: skip

    def of_name(self, path: str) -> Hashable:
        """What more than its folder is seen in an item's path."""
        matched = tuple(glob.text for glob in self._of_names if glob.matches(path))
        words = self._words & words_of(normal(path)) if self._words else frozenset()
        folded = path.casefold()
        endings = tuple(ending for ending in self._endings if folded.endswith(ending))
        return (matched, words, endings, self._references.found_in(path))

    def of_size(self, size: int) -> int:
        return bisect_right(self.bounds, size)

    def of_kinds(self, kinds: Mapping[str, tuple[int, float]]) -> Hashable:
        """Which tests of kinds are met."""
        found = ((test, kinds.get(test.kind, (0, 0.0))) for test in self._kinds)
        return tuple(count >= test.min_count and surest >= test.min_confidence for test, (count, surest) in found)


def duplicated(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The globs of paths where rules want another file of the same content to stay."""
    tests = (test for rule in rules for test in _leaves(rule.match))
    return tuple(dict.fromkeys(test.glob for test in tests if isinstance(test, DuplicateOf)))


def sources_of(rules: Iterable[Rule]) -> frozenset[DateSource]:
    """The dates of items that the clocks of rules count from."""
    dates = (span.trigger.date for rule in rules for span in _spans_of(rule))
    return frozenset(filter(None, dates))


def _asked(schedule: Schedule, holds: Sequence[Hold], tests: Sequence[Test], *, by_name: bool) -> Asked:
    """`by_name`: more of a path than its folder decides."""
    rules, classes = schedule.rules, schedule.classes
    ties = bool(schedule.keys) and _asks_registers(rules)
    sought = [hold.scope for hold in holds if hold.scope.terms or hold.scope.people]
    within = any(hold.scope.begins or hold.scope.ends for hold in holds)
    return Asked(
        names=by_name or ties,
        owners=any(rule.scope.owners for rule in rules),
        media_types=any(rule.scope.formats or rule.scope.types or rule.scope.mailbox_folders for rule in rules),
        content=bool(tests or sought),
        terms=any(isinstance(test, HasTerm) for test in tests) or any(scope.terms for scope in sought),
        hints=any(each.hints for each in classes),
        kinds=frozenset(test.kind for test in tests if isinstance(test, HasKind)),
        self_told=ties or any(each.labels for each in classes),
        copies=any(isinstance(test, DuplicateOf) for test in tests),
        dates=frozenset(DateSource) if within else sources_of(rules),
    )


def _asks_registers(rules: Iterable[Rule]) -> bool:
    return any(span.trigger.event or span.trigger.person for rule in rules for span in _spans_of(rule))


def _globs(schedule: Schedule, holds: Iterable[Hold]) -> Iterator[str]:
    for each in schedule.classes:
        yield from each.paths
    for rule in schedule.rules:
        yield from (*rule.scope.paths, *rule.scope.exclude)
    for hold in holds:
        yield from hold.scope.paths


def _bounds(rules: Iterable[Rule]) -> Iterator[int]:
    """The sizes from which on an item is another to some rule."""
    for rule in rules:
        if rule.scope.min_size is not None:
            yield rule.scope.min_size
        if rule.scope.max_size is not None:
            yield rule.scope.max_size + 1


def _spans_of(rule: Rule) -> Iterator[Span]:
    for clock in (rule.clock, *(step.clock for step in rule.before)):
        if clock is not None:
            yield from spans(clock)


def _leaves(test: Test | None) -> Iterator[Test]:
    match test:
        case None:
            return
        case AllOf(tests) | AnyOf(tests):
            for each in tests:
                yield from _leaves(each)
        case Not(inner):
            yield from _leaves(inner)
        case _:
            yield test
