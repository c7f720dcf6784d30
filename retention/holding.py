"""Which holds freeze an item, and why. What cannot be told is frozen: a hold forgives no gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.decision import Reason
from domain.hold import Hold, HoldScope
from domain.item import readable
from domain.record import Record
from retention.content_tests import Answer, all_of, any_of, has_term, is_whole
from retention.evidence import Candidate, lifetime
from retention.glob import compile_glob
from retention.words import in_words, listed


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that freezes an item: surely, or because it cannot be told whether it is meant (`unsure` says why)."""

    hold: Hold
    unsure: tuple[str, ...] = ()

    def reason(self, today: date) -> Reason:
        said = f"Held ({self.hold.kind}): {self.hold.reason.rstrip('.')}; authorised by {self.hold.authorised_by}"
        if self.unsure:
            said += f"; frozen because it cannot be told whether it is meant: {listed(self.unsure)}"
        if self.hold.nags(today) and self.hold.review_by:
            said += f"; its review was due on {in_words(self.hold.review_by)}, and it goes on until it is released"
        return Reason(self.hold.id, f"{said}.")


def holds_on(
    record: Record, classes: Iterable[str], dates: tuple[Candidate, ...], holds: Iterable[Hold], today: date
) -> tuple[Held, ...]:
    """`classes` are all that anybody says it is of: a hold does not wait for the right one to be settled."""
    claimed = tuple(classes)
    found = []
    for hold in sorted(holds, key=lambda hold: hold.id):
        if hold.is_active(today):
            answers = dict(_answers(hold.scope, record, claimed, dates))
            if all_of(answers.values()) is not False:
                found.append(Held(hold, tuple(why for why, said in answers.items() if said is None)))
    return tuple(found)


def _answers(
    scope: HoldScope, record: Record, classes: tuple[str, ...], dates: tuple[Candidate, ...]
) -> Iterator[tuple[str, Answer]]:
    """Each condition that the scope gives, under what is to be said where it is not known."""
    if scope.paths:
        path = readable(record.ref.locator)
        yield "its path", any(compile_glob(glob).matches(path) for glob in scope.paths)
    if scope.services:
        yield "its service", record.service.casefold() in map(str.casefold, scope.services)
    if scope.sources:
        yield "its source", record.ref.source.casefold() in map(str.casefold, scope.sources)
    if scope.classes:
        yield "its class", any(compile_glob(glob).matches(each) for glob in scope.classes for each in classes)
    if scope.begins or scope.ends:
        yield "no date of it can be believed", _of_those_days(scope, dates)
    if scope.terms or scope.people:
        tested = [has_term(term, record) for term in scope.terms]
        yield "it was not, or not wholly, searched for what is meant", any_of([*tested, *_people(scope, record)])


def _of_those_days(scope: HoldScope, dates: tuple[Candidate, ...]) -> Answer:
    if (days := lifetime(dates)) is None:
        return None
    first, last = days
    return last >= (scope.begins or date.min) and first <= (scope.ends or date.max)


def _people(scope: HoldScope, record: Record) -> Iterator[Answer]:
    if scope.people:
        met = record.people is not None and not record.people.isdisjoint(scope.people)
        yield met or (False if record.people is not None and is_whole(record) else None)
