"""Of what class an item is: every claim, the firmest first, and each one kept and shown.

A person's decision comes before the mapping of a folder, that before a label in the file, that before what path words
and content suggest. Of two mapped folders the more specific glob comes first: the longest text before the first
wildcard, then the most literal characters in all; of two suggestions the surer; then the first id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.decision import Reason
from domain.record_class import ClassClaim, Ground
from domain.record_hint import RecordHint
from domain.rule import RecordClass
from retention.glob import compile_glob

_WORD = re.compile(r"[^\W_]+")
_WORDS_CONFIDENCE = 0.3
_GROUNDS = {
    Ground.PERSON: "a person decided so", Ground.FOLDER: "its folder is mapped to it",
    Ground.LABEL: "the file says so", Ground.INFERENCE: "it looks like it",
}  # fmt: skip


def claims(
    classes: Sequence[RecordClass],
    matched: frozenset[str],
    words: frozenset[str],
    labels: tuple[str, ...],
    hints: tuple[RecordHint, ...],
    given: tuple[ClassClaim, ...],
) -> tuple[ClassClaim, ...]:
    """The strongest claim for each class. `matched` are the globs that match, `words` those of the path."""
    found = [*given, *(claim for each in classes for claim in _claims_for(each, matched, words, labels, hints))]
    ordered = sorted(sorted(found, key=lambda claim: claim.record_class), key=_strength, reverse=True)
    return tuple({claim.record_class: claim for claim in reversed(ordered)}[name] for name in _each_once(ordered))


def contenders(ordered: Sequence[ClassClaim]) -> frozenset[str]:
    """Rival classes whose rules that keep for ever hold until a person settles it.

    Not what is only inferred, and not a folder around the mapped one, which the closer mapping has settled.
    """
    if not ordered or ordered[0].ground is Ground.PERSON:
        return frozenset()
    settled = ordered[0]
    return frozenset(
        claim.record_class
        for claim in ordered[1:]
        if claim.ground is not Ground.INFERENCE
        and (claim.ground is not settled.ground or claim.weight == settled.weight)
    )


def class_words(classes: Iterable[RecordClass]) -> frozenset[str]:
    return frozenset(word.casefold() for each in classes for word in each.words)


def words_of(path: str) -> frozenset[str]:
    return frozenset(_WORD.findall(path.casefold()))


def class_reasons(ordered: Sequence[ClassClaim], titles: dict[str, str]) -> Iterator[Reason]:
    if not ordered:
        return
    effective, *rivals = ordered
    yield Reason("class", f"Of class {_titled(effective, titles)}, because {effective.why}.")
    for rival in rivals:
        named = _titled(rival, titles)
        if rival.ground is Ground.FOLDER and effective.ground is Ground.FOLDER:
            yield Reason("class", f"Also mapped to {named}; the glob of {effective.record_class} comes first.")
        else:
            why = f"{rival.why}; set aside for {effective.record_class}, since {_GROUNDS[effective.ground]}"
            yield Reason("class", f"Also claimed for {named}: {why}.")


def _claims_for(
    each: RecordClass,
    matched: frozenset[str],
    words: frozenset[str],
    labels: tuple[str, ...],
    hints: tuple[RecordHint, ...],
) -> Iterator[ClassClaim]:
    globs = [path for path in each.paths if path in matched]
    if globs:
        glob = max(globs, key=lambda path: compile_glob(path).specificity)
        why = f'its folder or name matches "{glob}"'
        yield ClassClaim(each.id, Ground.FOLDER, why, compile_glob(glob).specificity)
    known = {label.casefold() for label in each.labels}
    if label := next((label for label in labels if label.casefold() in known), None):
        yield ClassClaim(each.id, Ground.LABEL, f'the file is labelled "{label}"')
    for hint in hints:
        if hint.record_class.casefold() in map(str.casefold, each.hints):
            why = f"it looks like {hint.record_class} ({hint.confidence:.0%}: {hint.reason.rstrip('.')})"
            yield ClassClaim(each.id, Ground.INFERENCE, why, (hint.confidence,))
    if found := sorted(words.intersection(map(str.casefold, each.words))):
        why = f'its path has the word "{found[0]}" ({_WORDS_CONFIDENCE:.0%})'
        yield ClassClaim(each.id, Ground.INFERENCE, why, (_WORDS_CONFIDENCE,))


def _strength(claim: ClassClaim) -> tuple[Ground, tuple[float, ...]]:
    return (claim.ground, claim.weight)


def _each_once(ordered: Iterable[ClassClaim]) -> Iterable[str]:
    return dict.fromkeys(claim.record_class for claim in ordered)


def _titled(claim: ClassClaim, titles: dict[str, str]) -> str:
    title = titles.get(claim.record_class)
    return f"{claim.record_class} ({title})" if title else claim.record_class
