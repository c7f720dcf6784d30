"""Decides on millions of files by deciding once on all that a schedule cannot tell apart (ADR 0017)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any, Generic, NamedTuple, TypeVar

from domain.decision import Decision
from domain.event import EventRegister
from domain.hold import Hold
from domain.item import ItemRef, readable
from domain.record import Record
from domain.record_class import NOTHING_SAID, ClassRegister
from domain.rule import Schedule
from inventory.classes import register
from inventory.considered import Considered, Estate
from inventory.considered_folders import Folder, locator_of
from inventory.considered_records import own_dates_of, record_of
from inventory.duplicated import NO_COPIES, Copies, copies_of
from inventory.engine import Database
from inventory.holds import active
from inventory.searched import NOTHING_SOUGHT, Search, search
from operations.schedule.sameness import Sources, counted_from, same_situation, seen_by
from retention.decide import NO_EVENTS, Decider, Situation, Verdict, Weighing
from retention.evidence import Days, days_of
from retention.glob import compile_glob
from retention.likeness import Likeness, duplicated

_REMEMBERED = 50_000
_OF_ONE_DATE_REMEMBERED = 200_000
"""Single days come again, pairs of days seldom do."""
_SOME_NAME = b"-"
_NO_ITEM = -1

Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a schedule decides by besides the items themselves: the day, what was reported, what is held, and what
    people said of classes. `term_keys` are those of the configured terms as they are worded now: what was tested for
    an older wording is not tested. `found` is what files and what lies inside them hold of what holds ask for, `copies`
    where the originals lie that the schedule asks for.
    """

    today: date
    term_keys: tuple[str, ...] = ()
    events: EventRegister = NO_EVENTS
    holds: tuple[Hold, ...] = ()
    classes: ClassRegister = NOTHING_SAID
    found: Search = NOTHING_SOUGHT
    copies: Copies = NO_COPIES


def grounds_in(
    database: Database,
    schedule: Schedule,
    today: date,
    term_keys: Collection[str] = (),
    events: EventRegister = NO_EVENTS,
) -> Grounds:
    """With the holds that are active that day and what people said of classes, as the inventory has them."""
    held = active(database, today)
    found = search(database, [hold for hold in (*schedule.holds, *held) if hold.is_active(today)])
    copies = copies_of(database, {glob: compile_glob(glob).matches for glob in duplicated(schedule.rules)})
    return Grounds(today, tuple(term_keys), events, held, register(database), found, copies)


class Judge:
    """A schedule that decides on files as the inventory gives them; `asked` is what it has to be given.

    `decided` counts the verdicts. Files that the schedule cannot tell apart have one, found once.
    """

    def __init__(self, schedule: Schedule, grounds: Grounds) -> None:
        self._decider = Decider(schedule, grounds.events, grounds.holds)
        self._likeness = Likeness(schedule, grounds.holds)
        self._grounds = grounds
        self._copies = grounds.copies.of(duplicated(schedule.rules))
        self._places: dict[int, Hashable] = {}
        self._same: dict[Hashable, Hashable] = {}
        self.asked = self._likeness.asked
        self.decided = 0
        asks_more = (
            self.asked.names or self.asked.kinds or self.asked.copies or self.asked.self_told or self._likeness.bounds
        )
        self._by_place = not (asks_more or grounds.classes.items or grounds.found)

    def likeness(self, one: Considered, folder: Folder) -> Hashable:
        """Files that have the same, and the same dates, are decided alike."""
        place = self._places.get(one.folder)
        if place is None:
            place = self._place(folder)
            place = _kept(self._places, one.folder, self._same.setdefault(place, place))
        if self._by_place:
            return (place, one.facts)
        likeness, asked = self._likeness, self.asked
        name = likeness.of_name(readable(locator_of(folder, one.name))) if asked.names else None
        kinds = None if one.kinds is None else likeness.of_kinds(one.kinds)
        claim = self._grounds.classes.items.get(one.number)
        found = self._grounds.found.likeness(one.number)
        copies = self._copies.likeness(one.number, one.content, one.size)
        return (place, one.facts, name, kinds, claim, found, copies, one.told, likeness.of_size(one.size))

    def situation(self, one: Considered, folder: Folder) -> Situation:
        """What is the same for all files of its likeness, whatever their dates."""
        return self._decider.situation(self.record(one, folder), self.today)

    def verdict(self, situation: Situation, days: Days) -> Verdict:
        self.decided += 1
        return self._decider.verdict(situation, days)

    def decision(self, found: Verdict) -> Decision:
        return self._decider.decision(found)

    def sentence(self, found: Verdict) -> str:
        """All its reasons, as a flag keeps them."""
        return " ".join(reason.sentence for reason in self._decider.reasons(found))

    def weigh(self, one: Considered, folder: Folder) -> Weighing:
        """What the decision on this one file is made of."""
        return self._decider.weigh(self.record(one, folder), self.today)

    def record(self, one: Considered, folder: Folder) -> Record:
        claims = self._grounds.classes.claims_on(one.number, _ref(folder, one.name))
        record = self._grounds.found.record(one.number, record_of(one, folder, claims))
        record = self._copies.record(one.number, one.content, record)
        return with_terms(record, self._grounds.term_keys)

    @property
    def today(self) -> date:
        return self._grounds.today

    def _place(self, folder: Folder) -> Hashable:
        path, classes = readable(folder.path), self._grounds.classes
        claims = classes.claims_on(_NO_ITEM, _ref(folder, _SOME_NAME)) if classes.folders else ()
        return (self._likeness.of_folder(path, folder.service, folder.source, folder.in_mailbox), claims)


def judged(
    estate: Estate,
    judges: Sequence[Judge],
    answer: Callable[[Considered, Sequence[Verdict]], Answer],
    only: Collection[int] | None = None,
    matters: Callable[[Sequence[Situation]], bool] = lambda _: True,
) -> Iterator[tuple[Considered, Answer]]:
    """Each file with what its verdicts come to, found once for those that no judge can tell apart by what is counted.

    `only` names the folders, where not all are meant; files whose situations do not matter are left out.
    """
    groups = _Groups[Answer](judges, matters)
    today = judges[0].today
    for one in estate.files(only):
        folder = estate.folders[one.folder]
        group = groups.of(one, folder)
        if not group.situations:
            continue
        key = (group.number, group.seen(one.dates))
        found = group.known.get(key)
        if found is None:
            on = days_of(own_dates_of(one), today)
            verdicts = [judge.verdict(each, on) for judge, each in zip(judges, group.situations, strict=True)]
            found = _kept(group.known, key, (answer(one, verdicts),), group.most)
        yield one, found[0]


class _Group(NamedTuple, Generic[Answer]):
    """Files that come to the same where the same is seen of their dates. Those that count from the same dates share
    what is known, so that many pairs of dates do not drive out what was found by one date alone.
    """

    number: int
    situations: tuple[Situation, ...]
    seen: Callable[[Sequence[Any]], Hashable]
    known: dict[Hashable, tuple[Answer]]
    most: int


class _Groups(Generic[Answer]):
    """The groups of files; what does not matter has no situations."""

    def __init__(self, judges: Sequence[Judge], matters: Callable[[Sequence[Situation]], bool]) -> None:
        self._judges, self._matters = judges, matters
        self._alike: dict[Hashable, _Group[Answer]] = {}
        self._same: dict[Hashable, _Group[Answer]] = {}
        self._by_sources: dict[Sources, _Group[Answer]] = {}
        self._numbers = count()

    def of(self, one: Considered, folder: Folder) -> _Group[Answer]:
        alike = tuple([judge.likeness(one, folder) for judge in self._judges])
        return self._alike.get(alike) or _kept(self._alike, alike, self._met(one, folder))

    def _met(self, one: Considered, folder: Folder) -> _Group[Answer]:
        situations = tuple(judge.situation(one, folder) for judge in self._judges)
        same = same_situation(situations)
        if same is None:
            return self._new(situations)
        return self._same.get(same) or _kept(self._same, same, self._new(situations))

    def _new(self, situations: tuple[Situation, ...]) -> _Group[Answer]:
        sources = counted_from(situations)
        like = self._by_sources.get(sources)
        if like is None:
            most = _REMEMBERED if sources is None or len(sources) > 1 else _OF_ONE_DATE_REMEMBERED
            like = self._by_sources[sources] = _Group(0, (), seen_by(sources), {}, most)
        return like._replace(number=next(self._numbers), situations=situations if self._matters(situations) else ())


def _kept(known: dict[Key, Answer], key: Key, found: Answer, most: int = _REMEMBERED) -> Answer:
    """Remembered, among a bounded number."""
    if len(known) >= most:
        known.clear()
    known[key] = found
    return found


def with_terms(record: Record, term_keys: Collection[str]) -> Record:
    """The record with what was tested for the terms as they are now worded, each under its id alone."""
    if not record.terms:
        return record
    return replace(record, terms={key.partition("@")[0]: record.terms[key] for key in term_keys if key in record.terms})


def _ref(folder: Folder, name: bytes) -> ItemRef:
    return ItemRef(folder.source, locator_of(folder, name))
