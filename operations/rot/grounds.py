"""What ROT is judged by besides the files themselves: people and rights, holds, families, and whose clocks to trust."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from classifiers.name_glob import NameGlobs
from classifiers.rot_words import RotWords, Where
from classifiers.trivial import Pattern, Trivial
from domain.item import readable
from domain.rule import Period, Schedule
from inventory import rot_families, rot_reading
from inventory.considered import considered
from inventory.engine import Database
from inventory.rot_reading import Rights, RotFile, RotFolder
from operations.configuration.rot_settings import RotSettings
from operations.schedule.judging import Judge, grounds_in, judged

_DAY = 86_400_000_000
YEAR = 31_556_952_000_000
"""Microseconds of a mean year of the calendar."""
_REMEMBERED, _AT_ONCE = 50_000, 5_000
_LEAST_SAMPLE, _KNOWN, _OPENED_LATER, _ON_ONE_DAY = 100, 0.9, 0.2, 0.5


class Place(NamedTuple):
    """What a folder tells of the files in it. `trivial` are the patterns that may mean them."""

    where: Where
    source: str
    case: str
    mailbox: bool
    classed: bool
    trivial: frozenset[int]
    access: int | None


class Numbers:
    """Numbers of items in order, eight bytes each, each with what goes with it."""

    def __init__(self, rows: Iterable[tuple[int, int]] = ()) -> None:
        self._items, self._beside = array("q"), array("q")
        for item, beside in rows:
            if not self._items or self._items[-1] != item:
                self._items.append(item)
                self._beside.append(beside)

    def get(self, item: int) -> int | None:
        at = bisect_left(self._items, item)
        return self._beside[at] if at < len(self._items) and self._items[at] == item else None

    def __contains__(self, item: int) -> bool:
        return self.get(item) is not None

    def __len__(self) -> int:
        return len(self._items)


@dataclass(slots=True)
class RotGrounds:
    """Everything that is the same for all files of a run; `places` are looked up as they are met, a bounded number."""

    today: date
    settings: RotSettings
    words: RotWords
    trivial: Trivial
    without_reader: NameGlobs
    believed: frozenset[str]
    mailboxes: frozenset[str]
    rights: Rights
    classed: frozenset[int]
    mapped: Mapping[str, tuple[bytes, ...]]
    held: Numbers
    proposed: Numbers
    superseded: Numbers
    database: Database = field(repr=False)
    _places: dict[int, Place] = field(default_factory=dict, repr=False)

    def know(self, folders: Collection[int]) -> None:
        """Look up the folders of a page."""
        if len(self._places) + len(folders) > _REMEMBERED:
            self._places.clear()
        unknown = set(folders) - self._places.keys()
        programs = frozenset(rot_reading.with_programs(self.database, unknown))
        for folder in rot_reading.folders(self.database, unknown):
            self._places[folder.number] = self._place(folder, has_program=folder.number in programs)

    def place(self, folder: int) -> Place:
        if folder not in self._places:
            self.know((folder,))
        return self._places[folder]

    def trivial_as(self, file: RotFile, place: Place) -> Pattern | None:
        years = 0 if file.modified is None else (self.now - file.modified) // YEAR
        return self.trivial.of(readable(file.name), file.size, file.media_type, years, place.trivial)

    def owner(self, file: RotFile, place: Place) -> int | None:
        access = file.access or place.access
        return file.owner or (self.rights.owners.get(access) if access else None)

    @property
    def now(self) -> int:
        """The begin of the day, in microseconds since 1970."""
        return (self.today - date(1970, 1, 1)).days * _DAY

    def _place(self, folder: RotFolder, *, has_program: bool) -> Place:
        """A folder with the parts of a program is that program's, but where it was only downloaded or kept."""
        path = readable(folder.path)
        where = self.words.where(path)
        if has_program and not where.backup:
            where = where._replace(application=True)
        mapped = any(
            folder.path == above or folder.path.startswith(above + b"/") for above in self.mapped.get(folder.source, ())
        )
        case = f"{folder.source}\0{where.case}" if where.case else ""
        return Place(
            where, folder.source, case, folder.source in self.mailboxes, mapped, self.trivial.places(path),
            folder.access,
        )  # fmt: skip


def rot_grounds(
    database: Database,
    settings: RotSettings,
    today: date,
    mailboxes: Collection[str] = (),
    schedule: Schedule | None = None,
    term_keys: Collection[str] = (),
) -> RotGrounds:
    """As the inventory is now. Holds of the inventory count, and those of the schedule."""
    classed, mapped = rot_reading.classed(database)
    grounds = RotGrounds(
        today, settings, RotWords(settings.application_folders, settings.case_folders), settings.trivial_patterns(),
        settings.without_reader(), believed(rot_reading.opened(database)), frozenset(mailboxes),
        rot_reading.rights(database), classed, mapped, Numbers(_held(database, schedule, today, term_keys)),
        Numbers(rot_families.proposed(database)), Numbers(), database,
    )  # fmt: skip
    grounds.superseded = Numbers(_giving_way(grounds))
    return grounds


def _giving_way(grounds: RotGrounds) -> Iterator[tuple[int, int]]:
    """What gives way to the record of a family, by item. What one family proposes to stay gives way in none, and to
    what is itself trivial nothing does: so there is no circle in which each gives way to the next.
    """
    rows = rot_families.superseded(grounds.database)
    while some := list(islice(rows, _AT_ONCE)):
        trivial = frozenset(_trivial(grounds, {keeps for _, keeps in some}))
        yield from (row for row in some if row[1] not in trivial and not grounds.proposed.get(row[0]))


def _trivial(grounds: RotGrounds, items: Collection[int]) -> Iterator[int]:
    for file in rot_reading.of_items(grounds.database, items):
        if grounds.trivial_as(file, grounds.place(file.folder)) is not None:
            yield file.number


def believed(samples: Iterable[tuple[str, int | None, int | None]]) -> frozenset[str]:
    """The sources whose times of last access can be believed, told by (source, last change, last access) of some files.

    A server that keeps them knows nine in ten, and one file in five was opened a day or more after its last change.
    Where half of all fall on one day that was a backup, a copy of the whole, or a scan, and no reader.
    """
    known, all_of, later, days = Counter[str](), Counter[str](), Counter[str](), defaultdict[str, Counter[int]](Counter)
    for source, modified, accessed in samples:
        all_of[source] += 1
        if modified is not None and accessed is not None:
            known[source] += 1
            later[source] += accessed > modified + _DAY
            days[source][accessed // _DAY] += 1
    return frozenset(
        source
        for source, files in all_of.items()
        if files >= _LEAST_SAMPLE
        and known[source] >= _KNOWN * files
        and later[source] >= _OPENED_LATER * files
        and max(days[source].values()) < _ON_ONE_DAY * files
    )


def _held(
    database: Database, schedule: Schedule | None, today: date, term_keys: Collection[str]
) -> Iterator[tuple[int, int]]:
    """What holds freeze, told as evaluation tells it, by a schedule without rules."""
    bare = _BARE if schedule is None else replace(schedule, rules=())
    grounds = grounds_in(database, bare, today, term_keys)
    if not grounds.holds and not bare.holds:
        return
    judge = Judge(bare, grounds)
    with considered(database, judge.asked) as estate:
        for one, held in judged(estate, [judge], lambda _, decisions: bool(decisions[0].holds)):
            if held:
                yield one.number, 1


_BARE = Schedule("none", "0", "No schedule", date.min, Period(), (), (), "")
