"""Whether a content is what a rule asks for: yes, no, or None where it was not read or not tested, which is not no."""

from __future__ import annotations

from collections.abc import Iterable

from domain.examination import Outcome
from domain.record import Record
from domain.rule import AllOf, AnyOf, DuplicateOf, HasKind, HasTerm, Mark, Marked, Not, Test
from retention.glob import compile_glob

Answer = bool | None


def answer(test: Test, record: Record) -> Answer:  # noqa: PLR0911  one for each kind of test
    match test:
        case Marked(mark):
            return _marked(mark, record)
        case HasKind(kind, count, confidence):
            return _has_kind(kind, count, confidence, record)
        case HasTerm(term, count):
            return has_term(term, record, count)
        case DuplicateOf(glob):
            return _is_duplicate(glob, record)
        case AllOf(tests):
            return all_of(answer(each, record) for each in tests)
        case AnyOf(tests):
            return any_of(answer(each, record) for each in tests)
        case Not(inner):
            said = answer(inner, record)
            return None if said is None else not said


def all_of(answers: Iterable[Answer]) -> Answer:
    """One no is enough; without one, what is not known is not known (Kleene's strong logic)."""
    said = set(answers)
    return False if False in said else None if None in said else True


def any_of(answers: Iterable[Answer]) -> Answer:
    said = set(answers)
    return True if True in said else None if None in said else False


def is_whole(record: Record) -> bool:
    """Whether all of its content was read, so that what was not found is not there."""
    return record.outcome is Outcome.EXAMINED and not record.pending


def has_term(term: str, record: Record, count: int = 1) -> Answer:
    if record.terms is None or term not in record.terms:
        return None
    return _found(record.terms[term] >= count, record)


def _marked(mark: Mark, record: Record) -> Answer:
    if record.assessment is None:
        return None
    return _found(bool(getattr(record.assessment, mark)), record)


def _has_kind(kind: str, count: int, confidence: float, record: Record) -> Answer:
    if record.kinds is None:
        return None
    found, surest = record.kinds.get(kind, (0, 0.0))
    return _found(found >= count and surest >= confidence, record)


def _found(found: bool, record: Record) -> Answer:
    return found or (False if is_whole(record) else None)


def _is_duplicate(glob: str, record: Record) -> Answer:
    if record.copies is None:
        return None
    return any(map(compile_glob(glob).matches, record.copies))
